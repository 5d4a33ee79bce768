"""Renders every screen, by day and by night, in both languages: `python -m tests.pictures`.

The pictures are for eyes, in build/pictures; arguments choose some of them by a part of their name.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psycopg
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog

from crm import contacts, language, settings
from crm import db as door
from crm.cipher import Key
from crm.db import moving, server
from crm.language import _
from tests import coalition, scenes
from tests.postgres import Postgres, postgres
from ui import look
from ui.tasks import Tasks
from ui.window import PLACES, Window

TARGET = Path("build/pictures")
SIZE = QSize(1360, 850)
SHOWN = Path("resources/pictures")
README = {f"{name}-en-light" for name in ("directory", "reading", "appeal", "check")}
"""Those the README shows."""
Scene = Callable[[Window], None]


def _home(window: Window) -> None:
    window.go("home")


def _directory(window: Window) -> None:
    window.go("directory", organisation_id=12)


def _filtered(window: Window) -> None:
    window.go("directory", words="union")
    page = window.page("directory")
    page.narrow_to("place", "Country: France, Benin", countries=("FR", "BJ"))
    page.narrow_to("signed", "signed: Stop the torture in colony 18", appeal_id=2)


def _searching(window: Window) -> None:
    window.go("home")
    window.top.finder.setText("horizon")
    window.top.finder.textEdited.emit("horizon")


def _editing(window: Window) -> None:
    window.go("directory", organisation_id=12)
    settle(window)
    window.page("directory").edit()


def _asking(window: Window) -> None:
    window.go("home")
    settle(window)
    window.undo()


def _working(window: Window) -> None:
    from crm.db import Step
    from ui.tasks import Work

    window.go("directory")
    work = Work("Sending")
    work.step = Step(207, 418, "Ligue Horizon")
    window.tasks.under_way.append(work)
    window.tasks.progress.emit(work)
    window.toast("Done: 43 signatures recorded.", undo=True)
    settle(window)
    window.top.pulse.click()
    settle(window)
    window.tasks.under_way.clear()


def _unlock(window: Window) -> None:
    from crm.errors import Locked

    why = Locked(
        _("This is not that phrase. Your data are untouched."),
        hint=_("Try again, or use the recovery sheet."),
    )
    window.go("unlock", path=Path("/home/ana/Documents/Solidarité Exemple.cosigne"), why=why)


def _guide(window: Window) -> None:
    window.go("directory")
    window.open_guide()


SCENES: list[tuple[str, Scene]] = [
    ("home", _home),
    ("directory", _directory),
    ("directory-filtered", _filtered),
    ("directory-edit", _editing),
    *scenes.SCENES,
    ("search", _searching),
    ("journal", lambda window: window.go("journal")),
    ("guide", _guide),
    ("undo-asks", _asking),
    ("under-way", _working),
    ("unlock", _unlock),
    *scenes.LAST,
]
EMPTY_SCENES: list[tuple[str, Scene]] = [
    ("empty-home", _home),
    ("empty-directory", lambda window: window.go("directory")),
    *scenes.EMPTY,
]


def main(wanted: list[str]) -> int:
    """Render what is wanted, or everything; says where each picture went."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    TARGET.mkdir(parents=True, exist_ok=True)
    for spoken in ("en", "fr"):
        language.use(spoken)
        for theme, zoom, size in (
            ("light", 1.0, SIZE),
            ("dark", 1.0, SIZE),
            ("light", 1.5, QSize(1280, 720)),
        ):
            look.dress(app, theme=theme, zoom=zoom)
            kind = f"{spoken}-{theme}" + ("-large" if zoom > 1 else "")
            _render(EMPTY_SCENES, kind, size, wanted, filled=False)
            _render(SCENES, kind, size, wanted, filled=True)
            _render(scenes.SHARED, kind, size, wanted, filled=True, shared=True)
    return 0


def _render(
    chosen_from: list[tuple[str, Scene]],
    kind: str,
    size: QSize,
    wanted: list[str],
    *,
    filled: bool,
    shared: bool = False,
) -> None:
    chosen = [
        (name, scene)
        for name, scene in chosen_from
        if not wanted or any(part in f"{name}-{kind}" for part in wanted)
    ]
    if not chosen:
        return
    with opened(filled=filled, shared=shared) as window:
        window.resize(size)
        window.show()
        for name, scene in chosen:
            scene(window)
            settle(window)
            path = TARGET / f"{name}-{kind}.png"
            _grab(window).save(str(path))
            if path.stem in README:
                _grab(window).save(str(SHOWN / path.name))
            print(path)
            for box in window.findChildren(QDialog):
                box.reject()


def _grab(window: Window) -> Any:
    """The window, with the dialog that stands before it."""
    from PySide6.QtGui import QColor, QPainter

    made = window.grab()
    for box in window.findChildren(QDialog):
        if box.isVisible():
            painter = QPainter(made)
            painter.fillRect(made.rect(), QColor(0, 0, 0, 70))
            shot = box.grab()
            middle = (window.size() - box.size()) / 2
            painter.drawPixmap(middle.width(), middle.height(), shot)
            painter.end()
    return made


def settle(window: Window, most: int = 4000) -> None:
    """Wait until nothing is asked any more, and everything is painted."""
    app = QApplication.instance()
    assert app is not None
    deadline = QDeadlineTimer(most)
    quiet = 0
    while quiet < 12 and not deadline.hasExpired():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 15)
        QApplication.sendPostedEvents()
        quiet = 0 if window.tasks.busy else quiet + 1
        window.thread().msleep(8)


@contextmanager
def opened(*, filled: bool, shared: bool = False) -> Iterator[Window]:
    """A window on an invented coalition, or on a new workspace; on a server where `shared`."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as end:
        os.environ["COSIGNE_CONFIG_DIR"] = folder
        db = door.create(Path(folder) / "pictures.cosigne", Key(b"p" * 32, b"picturespictures"))
        with db.write("A new workspace", kind="final") as session:
            settings.found_workspace(session, association="Solidarité Exemple", secretary="Ana")
        if filled:
            with db.write("30 organisations imported") as session:
                coalition.found(session)
            db.back_up()
        if shared:
            db = _moved(db, end.enter_context(postgres()))
        tasks = Tasks()
        window = Window(tasks)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
        tasks.open(db)
        assert PLACES
        try:
            yield window
        finally:
            tasks.close()
            window.deleteLater()
            db.close()


def _moved(db: door.Database, running: Postgres) -> door.Database:
    """The same workspace, on a server."""
    with psycopg.connect(running.url("postgres"), autocommit=True) as line:
        line.execute("CREATE DATABASE coalition")
    url = server.address(running.url("coalition"))
    moved = door.finish(moving.to_server(db, url, None, "Ana"))
    db.close()
    with moved.write("Paul changed a note") as session:
        contacts.change(session, "organisation", 12, notes="Réunion le 12 mai.")
    return moved


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
