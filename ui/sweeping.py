"""What nobody holds any more is swept up by the window's thread, and by no other.

Left to itself, Python looks for circles of garbage on whichever thread happens to need memory:
mostly a worker, reading rows.  There it would destroy the models, timers and layouts of closed
pages beside the thread that paints; and for some of them Qt for Python (6.11) walks its table of
connections without holding Python's lock, while the window writes into it.  What is overwritten
then kills the program some time later, somewhere else.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QTimer

EVERY = 100  # milliseconds: a little at a time, so that nobody feels it


class Sweeper(QTimer):
    """Sweeps now and then, in the pauses of the window's thread."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app, interval=EVERY)
        self.timeout.connect(sweep)


def keep_swept() -> None:
    """From now on no thread looks for garbage but the window's; may be called again."""
    gc.disable()
    app = QCoreApplication.instance()
    if app is not None and app.findChild(Sweeper) is None:
        Sweeper(app).start()


def sweep() -> None:
    """Look among as many things as Python itself would have by now: mostly the youngest."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
