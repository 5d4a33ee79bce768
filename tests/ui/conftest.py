"""A real window on a real workspace, without a screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm.db import Database, server
from tests.crm.conftest import blank_database, falling, running, shared
from ui import look
from ui.context import Action, Context
from ui.tasks import Tasks
from ui.window import Window

__all__ = [
    "blank_database",
    "falling",
    "running",
    "shared",
]  # a real server, as the rooms' tests have


class Frame:
    """What a screen asked of the window."""

    def __init__(self) -> None:
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.said: list[str] = []

    def go(self, key: str, **what: Any) -> None:
        self.went.append((key, what))

    def back(self) -> None:
        self.went.append(("back", {}))

    def toast(self, sentence: str, *, undo: bool = False, action: Action | None = None) -> None:
        self.said.append(sentence)

    def open(self, db: Database) -> None:
        self.opened = db


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Every test sees the real look; what was copied is let go of while Python still runs."""
    look.dress(qapp, theme="light")
    yield
    qapp.clipboard().clear()


@pytest.fixture
def tasks(db: Database, qtbot: QtBot) -> Iterator[Tasks]:
    """The door to threads, on a new workspace."""
    made = Tasks(db)
    yield made
    made.close()


@pytest.fixture
def frame() -> Frame:
    """A frame that only notes what it is asked."""
    return Frame()


@pytest.fixture
def context(tasks: Tasks, frame: Frame) -> Context:
    """What a screen is given."""
    return Context(tasks, frame)


@pytest.fixture
def window(tasks: Tasks, db: Database, qtbot: QtBot) -> Iterator[Window]:
    """The whole window, shown."""
    made = Window(tasks)
    made.resize(1360, 850)
    qtbot.addWidget(made)
    made.show()
    yield made


@pytest.fixture
def put(db: Database) -> Callable[..., Any]:
    """Write at once, from a thread of its own, as somebody else might: `put(step, *args)`."""
    import threading

    def write(step: Callable[..., Any], *args: Any, label: str = "Setting up") -> Any:
        found: list[Any] = []

        def work() -> None:
            with db.write(label) as session:
                found.append(step(session, *args))

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        return found[0] if found else None

    return write


@pytest.fixture
def opened(shared: str, qtbot: QtBot) -> Iterator[Callable[[str], Window]]:
    """A whole window on the shared workspace, of somebody by name."""
    made: list[Window] = []

    def open_(who: str) -> Window:
        db = server.call(server.address(shared), None, who)
        window = Window(Tasks(db))
        window.resize(1360, 850)
        qtbot.addWidget(window)
        window.show()
        made.append(window)
        return window

    yield open_
    for window in made:
        window.tasks.close()
        window.tasks.db.close()
