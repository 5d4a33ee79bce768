"""Noting an answer: half of them come by telephone, by Signal, or at a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from crm import appeals, contacts, history
from crm.db import Database
from crm.search import Hit
from tests.ui.conftest import Frame
from ui.context import Context
from ui.kit import Button
from ui.screens import answer
from ui.screens.answer import NoteAnswer
from ui.screens.appeal import Appeal

Put = Callable[..., Any]


@pytest.fixture
def main(qtbot: QtBot) -> Iterator[QMainWindow]:
    """The window the small one stands before."""
    made = QMainWindow()
    made.resize(1280, 720)
    qtbot.addWidget(made)
    made.show()
    yield made
    for each in made.findChildren(NoteAnswer):
        each.reject()


@pytest.fixture
def appeal_id(put: Put) -> int:
    put(contacts.add_organisation, "Ligue Horizon")
    put(contacts.add_organisation, "Ligue Horizon – Exempleville")
    return int(put(lambda session: appeals.add(session, "Open the rivers")))


@pytest.fixture
def box(context: Context, main: QMainWindow, appeal_id: int, qtbot: QtBot) -> NoteAnswer:
    answer.note_answer(context, appeal_id)
    return opened(main, qtbot)


def opened(main: QMainWindow, qtbot: QtBot) -> NoteAnswer:
    def found() -> list[NoteAnswer]:
        return [each for each in main.findChildren(NoteAnswer) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def rows(db: Database, appeal_id: int) -> list[appeals.SignatureRow]:
    with db.read() as session:
        return appeals.rows(session, appeals.signature_ids(session, appeal_id))


def steps(db: Database, signature_id: int) -> list[appeals.AnswerLine]:
    with db.read() as session:
        return appeals.answers(session, signature_id)


def type_and_choose(box: NoteAnswer, words: str, qtbot: QtBot) -> None:
    QTest.keyClicks(box.who, words)
    qtbot.waitUntil(lambda: bool(box.who.offered()) and not box.context.tasks.busy)
    box.who.take(0)


def saved(box: NoteAnswer, frame: Frame, qtbot: QtBot) -> None:
    said = len(frame.said)
    assert box.main is not None
    box.main.click()
    qtbot.waitUntil(lambda: len(frame.said) > said)


def press_the_answer(box: NoteAnswer, words: str, qtbot: QtBot) -> None:
    """Enter on an answer to "Create it?", once the cursor can stand there."""
    (answer,) = (each for each in waited(box, qtbot) if words in each.text())
    answer.setFocus()
    QTest.keyClick(answer, Qt.Key.Key_Return)


def waited(box: NoteAnswer, qtbot: QtBot) -> list[Button]:
    """The answers to "Create it?"."""
    qtbot.waitUntil(lambda: box.ways.isVisible() and box.focusWidget() in answers(box))
    return answers(box)


def answers(box: NoteAnswer) -> list[Button]:
    return [each for each in box.ways.findChildren(Button) if each.isVisible()]


def test_enter_on_half_a_name_creates_nobody(
    box: NoteAnswer, appeal_id: int, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    QTest.keyClicks(box.who, "Ligue Hor")
    QTest.keyClick(box.who, Qt.Key.Key_Return)
    first = waited(box, qtbot)[0]
    assert box.known.text() == (
        "Create “Ligue Hor”? Near: Ligue Horizon, Ligue Horizon – Exempleville"
    )
    assert rows(db, appeal_id) == []
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert box.who.hit is not None and box.who.hit.title == "Ligue Horizon"
    assert box.isVisible() and rows(db, appeal_id) == []
    QTest.keyClick(box.form.field("said"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(frame.said))
    assert [row.name for row in rows(db, appeal_id)] == ["Ligue Horizon"]


def test_enter_on_a_whole_name_says_who_it_is(
    box: NoteAnswer, appeal_id: int, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    QTest.keyClicks(box.who, "ligue horizon")
    QTest.keyClick(box.who, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.who.hit is not None)
    assert box.focusWidget() is box.form.field("said")
    assert rows(db, appeal_id) == []
    qtbot.waitUntil(lambda: not box.context.tasks.busy)
    popup = box.who.completer().popup()
    assert popup is not None and not popup.isVisible()  # no name is offered after Enter
    assert box.focusWidget() is box.form.field("said")


def test_a_new_name_is_created_with_three_enters(
    box: NoteAnswer, appeal_id: int, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    QTest.keyClicks(box.who, "Maison des Quatre Vents")
    QTest.keyClick(box.who, Qt.Key.Key_Return)
    press_the_answer(box, "Create it", qtbot)
    assert rows(db, appeal_id) == []
    QTest.keyClick(box.form.field("said"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(frame.said))
    assert [row.name for row in rows(db, appeal_id)] == ["Maison des Quatre Vents"]


def test_who_writes_on_is_asked_about_the_new_words(
    box: NoteAnswer, appeal_id: int, db: Database, qtbot: QtBot
) -> None:
    QTest.keyClicks(box.who, "Ligue Hor")
    QTest.keyClick(box.who, Qt.Key.Key_Return)
    waited(box, qtbot)
    box.who.setFocus()
    QTest.keyClicks(box.who, "loge")
    assert box.ways.isHidden()
    assert rows(db, appeal_id) == []


def test_somebody_of_the_directory_signs_on_the_telephone(
    box: NoteAnswer, appeal_id: int, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    type_and_choose(box, "horizon", qtbot)
    box.form.put(with_whom="Paul", note="after their meeting")
    saved(box, frame, qtbot)
    (row,) = rows(db, appeal_id)
    assert (row.published_name, row.status, row.channel) == ("Ligue Horizon", "signed", "telephone")
    (step,) = steps(db, row.id)
    assert (step.with_whom, step.note, step.on) == ("Paul", "after their meeting", date.today())
    assert frame.said == ["Noted. 1 signature in all."]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("signs", "signed"),
        ("promises", "promised"),
        ("declines", "declined"),
        ("question", "asked"),
    ],
)
def test_each_of_the_four_answers_stands_where_it_should(
    said: str, status: str, box: NoteAnswer, appeal_id: int, db: Database, frame: Frame,
    qtbot: QtBot,
) -> None:  # fmt: skip
    type_and_choose(box, "horizon", qtbot)
    box.form.put(said=said)
    saved(box, frame, qtbot)
    assert [row.status for row in rows(db, appeal_id)] == [status]


def test_a_name_written_otherwise_makes_no_second_organisation(
    box: NoteAnswer, appeal_id: int, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    box.who.setText("LIGUE HORIZON")
    saved(box, frame, qtbot)
    with db.read() as session:
        assert contacts.counts(session).organisations == 2
    assert [row.name for row in rows(db, appeal_id)] == ["Ligue Horizon"]


def test_whoever_is_not_in_the_directory_is_added(
    box: NoteAnswer, appeal_id: int, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    box.who.setText("Maison des Quatre Vents")
    box.save()
    said = len(frame.said)
    press_the_answer(box, "Create it", qtbot)
    qtbot.waitUntil(lambda: len(frame.said) > said)
    assert [row.name for row in rows(db, appeal_id)] == ["Maison des Quatre Vents"]


def test_the_name_to_print_is_another_than_the_one_of_the_directory(
    box: NoteAnswer, appeal_id: int, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    type_and_choose(box, "horizon", qtbot)
    box.form.put(name="Ligue Horizon, national office")
    saved(box, frame, qtbot)
    (row,) = rows(db, appeal_id)
    assert (row.name, row.published_name) == ("Ligue Horizon", "Ligue Horizon, national office")


def test_one_may_count_without_being_named(
    box: NoteAnswer, appeal_id: int, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    type_and_choose(box, "horizon", qtbot)
    box.form.put(unnamed=True)
    saved(box, frame, qtbot)
    assert rows(db, appeal_id)[0].unnamed


def test_to_relay_is_not_to_sign_twice(
    box: NoteAnswer, appeal_id: int, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    box.who.setText("ligue horizon")
    box.form.put(said="relays")
    saved(box, frame, qtbot)
    (row,) = rows(db, appeal_id)
    assert (row.name, row.role) == ("Ligue Horizon", "relayed")


def test_the_next_answer_keeps_the_appeal_and_the_channel(
    box: NoteAnswer, appeal_id: int, db: Database, qtbot: QtBot
) -> None:
    box.form.put(channel="signal", said="promises", with_whom="Paul")
    type_and_choose(box, "horizon", qtbot)
    box.next.click()
    qtbot.waitUntil(lambda: "Ligue Horizon" in box.said())
    assert box.isVisible()
    assert box.who.name() == ""
    values = box.form.values()
    assert (values["appeal_id"], values["channel"]) == (appeal_id, "signal")
    assert values["with_whom"] is None
    box.who.setText("Collectif Aube")
    box.next.click()
    press_the_answer(box, "Create it", qtbot)
    qtbot.waitUntil(lambda: "Collectif Aube" in box.said())
    assert [row.channel for row in rows(db, appeal_id)] == ["signal", "signal"]


def test_an_answer_can_be_taken_back(
    box: NoteAnswer, appeal_id: int, db: Database, frame: Frame, put: Put, qtbot: QtBot
) -> None:
    type_and_choose(box, "horizon", qtbot)
    saved(box, frame, qtbot)
    with db.read() as session:
        last = history.to_undo(session)
    assert last is not None
    assert last.label == "Answer of Ligue Horizon"


def test_nobody_answers_when_nobody_is_named(
    box: NoteAnswer, appeal_id: int, db: Database, qtbot: QtBot
) -> None:
    assert box.main is not None
    box.main.click()
    assert box.known.text() == "Say who answers."
    assert box.isVisible()
    assert rows(db, appeal_id) == []


def test_a_wrong_date_is_said_beside_it(box: NoteAnswer, appeal_id: int, db: Database) -> None:
    box.who.setText("Ligue Horizon")
    box.form.put(on=None)
    field = box.form.field("on")
    field.words.setText("soon")  # type: ignore[attr-defined]
    box.save()
    said = [each.text() for each in box.form.findChildren(QLabel) if each.isVisible()]
    assert "This is not a date." in said
    assert rows(db, appeal_id) == []


def test_a_refusal_is_said_in_the_window_and_nothing_typed_is_lost(
    box: NoteAnswer, appeal_id: int, put: Put, qtbot: QtBot
) -> None:
    box.who.setText("Ligue Horizon")
    box.form.put(said="withdraws", with_whom="Paul")
    box.save()
    qtbot.waitUntil(lambda: "no signature to withdraw" in box.said())
    assert box.isVisible()
    assert box.form.values()["with_whom"] == "Paul"
    assert box.main is not None and box.main.isEnabled()


def test_what_was_answered_before_is_told(
    context: Context, main: QMainWindow, appeal_id: int, put: Put, qtbot: QtBot
) -> None:
    before = date.today() - timedelta(days=5)
    put(lambda session: appeals.note_answer(
        session, appeal_id, "promises", organisation_id=1, on=before, channel="signal",
        with_whom="Paul",
    ))  # fmt: skip
    answer.note_answer(context, appeal_id, organisation_id=1)
    box = opened(main, qtbot)
    qtbot.waitUntil(lambda: "so far" in box.known.text())
    assert box.who.hit == Hit("organisation", 1, "Ligue Horizon")
    assert "promised" in box.known.text()
    assert "(Signal, Paul)" in box.known.text()
    assert box.focusWidget() is box.form.field("said")


def test_a_person_may_answer_too(
    context: Context, main: QMainWindow, appeal_id: int, db: Database, put: Put, frame: Frame,
    qtbot: QtBot,
) -> None:  # fmt: skip
    person = put(contacts.add_person, "Nadia Exemple")
    answer.note_answer(context, appeal_id, person_id=person)
    saved(opened(main, qtbot), frame, qtbot)
    assert [row.person_id for row in rows(db, appeal_id)] == [person]


def test_the_appeal_in_sight_is_the_one_answered(
    context: Context, main: QMainWindow, appeal_id: int, put: Put, qtbot: QtBot
) -> None:
    put(lambda session: appeals.add(session, "A newer appeal"))
    page = Appeal(context)
    main.setCentralWidget(page)
    page.show()
    page.visit(appeal_id)
    answer.note_answer(context)
    box = opened(main, qtbot)
    assert box.form.values()["appeal_id"] == appeal_id


def test_without_any_appeal_the_ways_to_begin_are_offered(
    context: Context, main: QMainWindow, frame: Frame, qtbot: QtBot
) -> None:
    answer.note_answer(context)

    def new() -> list[Button]:
        found = main.findChildren(Button)
        return [each for each in found if each.isVisible() and each.text() == "New appeal"]

    qtbot.waitUntil(lambda: bool(new()))
    new()[0].click()
    assert frame.went == [("new-appeal", {})]


def test_everything_is_done_with_the_keyboard(
    box: NoteAnswer, appeal_id: int, db: Database, qtbot: QtBot
) -> None:
    box.activateWindow()
    qtbot.waitUntil(lambda: box.focusWidget() is box.who)
    QTest.keyClicks(box.who, "Foyer Exemple")
    qtbot.waitUntil(lambda: not box.context.tasks.busy)
    QTest.keyClick(box.who, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    press_the_answer(box, "Create it", qtbot)
    qtbot.waitUntil(lambda: "Foyer Exemple" in box.said())
    assert [row.name for row in rows(db, appeal_id)] == ["Foyer Exemple"]


def test_every_field_has_a_name_that_can_be_read_aloud(box: NoteAnswer) -> None:
    assert box.who.accessibleName() == "Who"
    assert all(each.accessibleName() for each in box.form.findChildren(QComboBox))
