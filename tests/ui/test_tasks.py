"""Work done elsewhere comes home safely."""

from __future__ import annotations

import sys
import threading
import weakref
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from crm.db import Database, Step
from crm.errors import Refused, Trouble
from crm.schema import Appeal
from ui import trouble
from ui.context import Context
from ui.kit import Page
from ui.tasks import Tasks


def titled(session: Session, title: str) -> None:
    session.execute(
        insert(Appeal).values(
            title=title, folded=title, kind="appeal", created_at=datetime.now(UTC)
        )
    )


def titles(session: Session) -> list[str]:
    return list(session.scalars(select(Appeal.title).order_by(Appeal.id)))


def test_answers_arrive_on_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    got: list[Any] = []
    tasks.read(owner, titles, then=lambda found: got.append((found, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(got))
    assert got == [([], threading.get_ident())]


def test_nothing_is_delivered_to_a_closed_window(tasks: Tasks, qtbot: QtBot) -> None:
    owner, gate = QWidget(), threading.Event()
    got: list[Any] = []
    done: list[Any] = []
    tasks.read(owner, lambda _session: gate.wait(5), then=got.append)
    shiboken6.delete(owner)
    gate.set()
    tasks.think(tasks, lambda: None, then=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert got == []


def test_only_the_last_of_many_questions_is_answered(tasks: Tasks, qtbot: QtBot) -> None:
    owner, got = QObject(), list[int]()
    gates = [threading.Event() for _each in range(3)]

    def slow(_session: Session, number: int) -> int:
        gates[number].wait(5)
        return number

    for number in range(3):
        tasks.read(owner, slow, number, then=got.append)
    for gate in reversed(gates):
        gate.set()
    qtbot.waitUntil(lambda: got == [2])
    done: list[Any] = []
    tasks.write(owner, "Nothing", lambda _session: None, then=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert got == [2]


def test_trouble_is_told_not_raised(tasks: Tasks, qtbot: QtBot) -> None:
    def refuse(_session: Session) -> None:
        raise Refused("This cannot be.", hint="Do that instead.")

    owner = QObject(tasks)
    with qtbot.waitSignal(tasks.trouble) as told:
        tasks.write(owner, "Edit", refuse)
    assert isinstance(told.args[1], Refused)


def test_trouble_can_be_said_in_its_place(tasks: Tasks, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise Refused("This is not that phrase.")

    owner, told = QObject(), list[Trouble]()
    tasks.think(owner, refuse, otherwise=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].message == "This is not that phrase."


def test_trouble_is_a_bar_on_the_page_that_asked(context: Context, qtbot: QtBot) -> None:
    page = Page(context, title="Appeals")
    qtbot.addWidget(page)
    trouble.show(page, Refused("This appeal is closed.", hint="Open it again."))
    assert "This appeal is closed." in page.said()


def test_a_report_of_a_bug_names_places_and_nothing_else() -> None:
    secret = "ana@exemple.example"
    try:
        raise ValueError(f"cannot write to {secret}")
    except ValueError as error:
        told = trouble.report(error)
    assert "test_tasks.py" in told and "ValueError" in told
    assert secret not in told


def test_edits_are_kept_in_the_order_they_were_made(
    tasks: Tasks, db: Database, qtbot: QtBot
) -> None:
    owner, done = QObject(), list[Any]()
    for number in range(40):
        tasks.write(owner, "Add", titled, f"{number:02}", then=done.append)
    qtbot.waitUntil(lambda: len(done) == 40)
    with db.read() as session:
        assert titles(session) == [f"{number:02}" for number in range(40)]


def test_the_windows_thread_may_not_write(tasks: Tasks, db: Database) -> None:
    with pytest.raises(AssertionError, match=r"ui\.tasks"), db.write("oops"):
        pass


def test_a_walk_shows_how_far_it_is_and_can_be_stopped(tasks: Tasks, qtbot: QtBot) -> None:
    closed, go = [], threading.Event()

    def walk(_db: Database, total: int) -> Iterator[Step]:
        try:
            for number in range(total):
                go.wait(0.001)
                yield Step(number, total)
        finally:
            closed.append(number)

    seen: list[int] = []
    tasks.progress.connect(lambda work: seen.append(work.step.done))
    done: list[Any] = []
    work = tasks.run(QObject(tasks), "Walking", walk, 100_000, then=done.append)
    assert tasks.under_way == [work]
    qtbot.waitUntil(lambda: len(seen) > 1)
    work.stop()
    qtbot.waitUntil(lambda: not tasks.under_way)
    assert closed and closed[0] < 99_999
    assert seen == sorted(seen)
    assert done == [None]


def test_a_long_act_that_is_stopped_leaves_nothing(
    tasks: Tasks, db: Database, qtbot: QtBot
) -> None:
    begun, go = threading.Event(), threading.Event()

    def add_many(session: Session) -> Generator[Step, None, int]:
        for number in range(10):
            titled(session, str(number))
            begun.set()
            go.wait(5)
            yield Step(number, 10)
        return 10

    work = tasks.act(QObject(tasks), "Add many", add_many)
    begun.wait(5)
    work.stop()
    go.set()
    qtbot.waitUntil(lambda: not tasks.under_way)
    with db.read() as session:
        assert titles(session) == []


def test_a_long_act_gives_its_result(tasks: Tasks, qtbot: QtBot) -> None:
    def add_two(session: Session) -> Generator[Step, None, str]:
        titled(session, "one")
        yield Step(1, 2)
        titled(session, "two")
        yield Step(2, 2)
        return "both"

    got: list[str] = []
    tasks.act(QObject(tasks), "Add two", add_two, then=got.append)
    qtbot.waitUntil(lambda: got == ["both"])


def test_questions_asked_before_the_file_is_open_wait_for_it(db: Database, qtbot: QtBot) -> None:
    early = Tasks()
    owner, got = QObject(), list[Any]()
    early.read(owner, titles, then=got.append)
    assert not early.is_open
    early.open(db)
    qtbot.waitUntil(lambda: got == [[]])
    early.close()


def test_every_window_hears_of_a_change(tasks: Tasks, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tasks.changed) as heard:
        tasks.write(QObject(tasks), "Add", titled, "An appeal")
    assert set(heard.args[0]) == {"appeal"}


class Circle(QObject):
    """Something of the window that refers to itself, and notes the thread it dies on."""

    def __init__(self, died: list[str]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: died.append(threading.current_thread().name))


def test_no_worker_destroys_what_belongs_to_the_window(tasks: Tasks, qtbot: QtBot) -> None:
    died, done = list[str](), list[Any]()

    def much() -> None:
        for _each in range(300_000):
            circle: list[Any] = []
            circle.append(circle)

    for _each in range(20):
        Circle(died)
    tasks.think(tasks, much, then=done.append)
    qtbot.waitUntil(lambda: bool(done))
    qtbot.waitUntil(lambda: len(died) == 20)
    assert set(died) == {"MainThread"}


def test_who_asked_is_let_go_of_on_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    home, died, got = threading.Event(), list[str](), list[Any]()

    def linger(_frame: FrameType, event: str, what: Any) -> None:
        if event == "c_return" and what.__name__ == "emit":
            sys.setprofile(None)
            home.wait(5)

    owner = Circle(died)
    del owner.itself
    tasks.think(owner, lambda: sys.setprofile(linger), then=got.append)
    del owner
    qtbot.waitUntil(lambda: bool(got))
    home.set()
    qtbot.waitUntil(lambda: bool(died))
    assert died == ["MainThread"]
