"""How long each thing at the review of a long list keeps the window, beside a plain table's fill.

`python -m tests.bench.review [LINES] [KNOWN]`, without a screen; prints medians in milliseconds,
and the comparison with the register, which happens off the window's thread.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem

from crm import contacts, settings
from crm import db as door
from crm.cipher import Key
from crm.reading import Beside, Kept, Pencil, Reading, Review, beside
from crm.reading.keeping import from_json, to_json
from tests import coalition, long_list
from ui import look
from ui.tasks import Tasks
from ui.window import Window

ROUNDS = 15


def main(lines: int = 2_000, known: int = 5_000) -> None:
    """Print every figure."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    look.dress(app, theme="light")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COSIGNE_CONFIG_DIR"] = folder
        db = door.create(Path(folder) / "bench.cosigne", Key(b"p" * 32, b"picturespictures"))
        with db.write("A new workspace", kind="final") as session:
            settings.found_workspace(session, association="Collectif Aube")
            coalition.organisations(session, known)
        with db.write("Known already") as session:
            for name in long_list.known(lines):
                contacts.add_organisation(session, name)
        read = long_list.reading(lines)
        ready, took = timed(lambda: compared(db, read))
        print(f"{lines:,} lines beside {known:,} organisations, off the window: {took:,.0f} ms")
        counts = ready.review.counts()
        print(f"    {counts}")
        plain = per(app, lambda: fill(lines), rounds=5)
        print(f"a plain table of as many rows, filled:  {plain:8.1f} ms")
        tasks = Tasks(db)
        window = Window(tasks)
        window.resize(1360, 850)
        window.show()
        window.go("reading")
        measure(app, window, ready, plain)
        tasks.close()
        db.close()


def measure(app: QApplication, window: Window, ready: Beside, plain: float) -> None:
    """Each gesture, painted."""
    page = window.page("reading")

    def say(what: str, took: float) -> None:
        print(f"{what + ':':40}{took:8.1f} ms   {took / plain:5.2f} of the plain fill")

    say("the review opened", per(app, lambda: page._show(None, ready), rounds=5))
    window.activateWindow()
    while not window.isActiveWindow() or window.tasks.busy:
        QTest.qWait(10)
    page.table.setFocus()
    assert page.table.hasFocus() and page.desk.asked() is not None
    say("a question answered by its key", per(app, lambda: key(page, Qt.Key.Key_2)))
    say("the question before", per(app, lambda: key(page, Qt.Key.Key_Backspace)))
    say("an answer, recognised unfolded", unfolded(app, page))
    say("undo", per(app, page.desk.undo))
    say("redo", per(app, page.desk.redo))
    say("the part of every line", per(app, roles(page)))
    say("marking the document", per(app, lambda: page.desk._mark(page.review)))
    say("moving to a line far below", per(app, hops(page)))
    say("scrolling the document", per(app, scrolls(page)))
    say("a boundary set", per(app, boundary(page)))
    kept = Kept(ready.review.reading, page.review.now)
    say("kept, off the window (as JSON)", median(timed(lambda: to_json(kept))[1] for _ in "abc"))
    content = to_json(kept)
    say(
        "taken up again, off the window", median(timed(lambda: from_json(content))[1] for _ in "ab")
    )


def compared(db: door.Database, read: Reading) -> Beside:
    """The walk to its end."""
    walk = beside(db, read)
    while True:
        try:
            next(walk)
        except StopIteration as end:
            result: Beside = end.value
            return result


def timed(do: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and its milliseconds."""
    begun = time.perf_counter()
    found = do()
    return found, (time.perf_counter() - begun) * 1000


def per(app: QApplication, do: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """The median of a gesture with all that is painted for it."""

    def whole() -> None:
        do()
        app.processEvents()

    return median(timed(whole)[1] for _ in range(rounds))


def fill(rows: int) -> None:
    """What Qt takes to fill a table of its own."""
    table = QTableWidget(rows, 5)
    for at in range(rows):
        for column in range(5):
            table.setItem(at, column, QTableWidgetItem("Association des riverains"))
    table.show()
    QApplication.processEvents()


def key(page: Any, which: Qt.Key) -> None:
    """A key pressed on the table."""
    QTest.keyClick(page.table, which)


def unfolded(app: QApplication, page: Any) -> float:
    """The same answer with every row of the list in the table."""
    page.desk._unfold()
    took = per(app, lambda: key(page, Qt.Key.Key_2))
    page.desk._unfold()
    return took


def roles(page: Any) -> Callable[[], None]:
    """Two parts in turn."""
    turn = iter(["caller", "signatory"] * ROUNDS)
    return lambda: page.desk.hand.set_role(next(turn))


def hops(page: Any) -> Callable[[], None]:
    """From one end of the document to the other."""
    ids = [page.desk.records.ids[at] for at in (0, -1)]
    turn = iter(ids * ROUNDS)
    return lambda: page.table.select(next(turn))


def scrolls(page: Any) -> Callable[[], None]:
    """A page further."""
    bar = page.desk.document.verticalScrollBar()
    turn = iter(range(0, 10_000, 40))
    return lambda: bar.setValue(next(turn))


def boundary(page: Any) -> Callable[[], None]:
    """The last word of a name cut off, of another line each time."""
    review: Review = page.review
    lines = iter([each for each in review.lines if each.spans and " " in each.name])
    pencil = Pencil(review)

    def cut() -> None:
        line = next(lines)
        start, end = line.spans[0]
        made = pencil.bound(line.index, start, end - 4)
        page.desk.renew(made.index if made else -1)

    return cut


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
