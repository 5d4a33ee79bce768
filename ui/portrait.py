"""Pictures of the main screens of a workspace: `python -m ui.portrait FILE FOLDER`.

The phrase comes from COSIGNE_PASSPHRASE or the keyring; the pictures show what the file holds.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

SCENES: tuple[tuple[str, dict[str, int]], ...] = (
    ("home", {}),
    ("directory", {}),
    ("appeals", {}),
    ("appeal", {"appeal_id": 2}),
    ("mailings", {}),
    ("progress", {"mailing_id": 1}),
)
PATIENCE = 4000  # milliseconds for one screen to be ready


def main(path: Path, folder: Path) -> int:
    """Open the file beside whoever has it open, and keep a picture of each screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QDeadlineTimer, QEventLoop

    from crm import db, vault
    from ui import app as start
    from ui.tasks import Tasks
    from ui.window import Window

    app = start.make()
    opened = db.open_(path, vault.key_for(path, lambda: None), writing=False)
    tasks = Tasks()
    window = Window(tasks)
    window.resize(1360, 850)
    tasks.open(opened)
    window.show()
    for key, what in SCENES:
        window.go(key, **what)
        deadline, quiet = QDeadlineTimer(PATIENCE), 0
        while quiet < 12 and not deadline.hasExpired():
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 15)
            quiet = 0 if tasks.busy else quiet + 1
            window.thread().msleep(5)
        window.grab().save(str(folder / f"{key}.png"))
    tasks.close()
    opened.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
