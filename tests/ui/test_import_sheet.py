"""Her own spreadsheet: seen before it is written, written in one act, and taken back whole."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from crm import contacts, formats
from crm.db import Database
from tests.ui.conftest import Frame
from ui import trouble
from ui.context import Context
from ui.kit import Banner, Button, Dialog, TwoLines
from ui.screens.imports import Imports

Put = Callable[..., Any]
HEADINGS = ("Association", "Pays", "Courriel", "Lettre au maire")


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> Imports:
    made = Imports(context)
    qtbot.addWidget(made)
    made.resize(1150, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.visit()
    context.tasks.trouble.connect(trouble.show)
    return made


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """A csv as she keeps it."""

    def write(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> Path:
        path = tmp_path / "partners.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([headings, *rows])
        return path

    return write


THREE = (
    ("Ligue Horizon", "France", "contact@horizon.example", "x"),
    ("Foyer Lumière", "Belgique", "info(at)lumiere.example", ""),
    ("", "France", "lost@nowhere.example", ""),
)


def said(page: Imports) -> str:
    labels = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    return "\n".join([page.said(), *labels])


def button(page: Imports, words: str) -> Button:
    return next(
        each for each in page.findChildren(Button) if each.isVisible() and words in each.text()
    )


def key(page: Imports, key: Qt.Key, qtbot: QtBot) -> None:
    """A key on the page, in the window that has the keyboard."""
    page.activateWindow()
    qtbot.waitUntil(lambda: page.isActiveWindow() and QApplication.focusWidget() is not None)
    QTest.keyClick(page, key)


def until(page: Imports, words: str, qtbot: QtBot) -> None:
    """Wait until these words can be read."""
    qtbot.waitUntil(lambda: words in said(page), timeout=20_000)


def press(page: Imports, words: str) -> None:
    button(page, words).click()


def to_columns(page: Imports, path: Path, qtbot: QtBot) -> None:
    page.visit(path=path)
    qtbot.waitUntil(lambda: bool(page.sheets) and "See what would change" in buttons(page))


def to_plan(page: Imports, path: Path, qtbot: QtBot) -> None:
    to_columns(page, path, qtbot)
    press(page, "See what would change")
    qtbot.waitUntil(lambda: page.plan is not None)


def to_the_end(page: Imports, path: Path, qtbot: QtBot) -> None:
    to_plan(page, path, qtbot)
    press(page, "Record")
    qtbot.waitUntil(lambda: "That is done." in said(page))


def buttons(page: Imports) -> str:
    return " | ".join(each.text() for each in page.findChildren(Button) if each.isVisible())


def invented(many: int) -> list[str]:
    """As many names as are wanted, none close to another."""
    drawn = random.Random(7)
    letters = "bdfgklmnprstvz"
    return ["".join(drawn.choice(letters) + drawn.choice("aeiou") for _two in range(6)).title()
            for _name in range(many)]  # fmt: skip


def names_in(db: Database) -> list[str]:
    with db.read() as session:
        return [row.name for row in contacts.rows(session, contacts.ids(session))]


def test_the_page_asks_for_a_file_and_promises_not_to_change_it(
    page: Imports, qtbot: QtBot
) -> None:
    until(page, "Drop here the spreadsheet you keep your partners in.", qtbot)
    until(page, "Your file is only read, never changed.", qtbot)


def test_a_file_that_is_dropped_is_read(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet(*THREE)))])
    left = Qt.MouseButton.LeftButton
    page.dropEvent(
        QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left,
                   Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    qtbot.waitUntil(lambda: len(page.sheets) == 1)


def test_her_headings_stand_beside_ours_with_her_first_rows(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot
) -> None:
    to_columns(page, sheet(*THREE), qtbot)
    shown = [each.text() for each in page.findChildren(TwoLines)]
    assert [each for each in shown if each in HEADINGS] == list(HEADINGS)
    assert {"Ligue Horizon", "Foyer Lumière", "contact@horizon.example"} <= set(shown)
    assert page._columns is not None
    boxes = page._columns.sheets[0].boxes
    assert [box.currentText() for box in boxes] == [
        "Organisation", "Country", "E-mail", "Signed this appeal",
    ]  # fmt: skip


def test_a_hidden_sheet_is_shown_unticked_and_can_be_taken(
    page: Imports, tmp_path: Path, qtbot: QtBot
) -> None:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.append(["Association", "Courriel"])
    first.append(["Ligue Horizon", "contact@horizon.example"])
    hidden = book.create_sheet("Old")
    hidden.append(["Association", "Courriel"])
    hidden.append(["Vieux Comité", "vieux@comite.example"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "partners.xlsx")
    to_columns(page, tmp_path / "partners.xlsx", qtbot)
    assert page._columns is not None
    shown, old = page._columns.sheets
    assert shown.wanted.isChecked()
    assert old.wanted.text() == "Old (hidden)"
    assert not old.wanted.isChecked()
    assert not old.boxes[0].isVisible()
    old.wanted.setChecked(True)
    qtbot.waitUntil(old.boxes[0].isVisible)
    press(page, "See what would change")
    qtbot.waitUntil(lambda: page.plan is not None)
    assert page.plan is not None
    assert [each.name for each in page.plan.new] == ["Ligue Horizon", "Vieux Comité"]


def test_a_column_taken_for_something_else_changes_the_plan(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot
) -> None:
    to_columns(page, sheet(*THREE), qtbot)
    assert page._columns is not None
    box = page._columns.sheets[0].boxes[3]
    box.setCurrentIndex(box.findData("notes"))
    press(page, "See what would change")
    qtbot.waitUntil(lambda: page.plan is not None)
    assert page.plan is not None
    assert page.plan.new[0].signed == []
    assert page.plan.new[0].notes == ["x"]


def test_a_sheet_without_a_column_of_names_is_asked_about(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot
) -> None:
    to_columns(page, sheet(*THREE), qtbot)
    assert page._columns is not None
    box = page._columns.sheets[0].boxes[0]
    box.setCurrentIndex(box.findData(""))
    press(page, "See what would change")
    assert "say which column holds the name of the organisation" in page.said()
    assert page.plan is None


def test_the_plan_is_said_in_one_sentence_and_nothing_is_written(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot, db: Database
) -> None:
    to_plan(page, sheet(*THREE), qtbot)
    until(
        page,
        "2 organisations, 1 signature on 1 appeal, 1 address, 1 to correct, 1 row left aside.",
        qtbot,
    )
    until(page, "Nothing is written yet.", qtbot)
    assert names_in(db) == []


def test_every_line_of_the_plan_can_be_looked_through(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot
) -> None:
    to_plan(page, sheet(*THREE), qtbot)
    assert page._view is not None
    tabs = page._view.tabs
    assert [tabs.bar.tabText(at) for at in range(tabs.bar.count())] == [
        "New 2", "To correct 1", "Left aside 1",
    ]  # fmt: skip
    tabs.open("doubtful")
    until(page, "only what is missing will be added", qtbot)


def test_one_question_at_a_time_is_answered_by_a_key_and_asked_again_by_backspace(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot, put: Put
) -> None:
    put(contacts.add_organisation, "Erkin Dala Qoghamy")
    put(contacts.add_organisation, "Foyer Lumière")
    rows = (("Erkin Dala Qogamy", "", "", ""), ("Foyer Lumieres", "", "", ""))
    to_plan(page, sheet(*rows), qtbot)
    assert page.plan is not None
    first, second = page.plan.questions
    until(page, "Question 1 of 2.", qtbot)
    until(page, "The 2 questions will stay aside", qtbot)
    key(page, Qt.Key.Key_1, qtbot)
    assert (first.answer, second.answer) == ("same", "")
    until(page, "Question 2 of 2.", qtbot)
    key(page, Qt.Key.Key_Backspace, qtbot)
    assert first.answer == ""
    until(page, "Question 1 of 2.", qtbot)
    key(page, Qt.Key.Key_2, qtbot)
    key(page, Qt.Key.Key_4, qtbot)
    assert (first.answer, second.answer) == ("new", "skip")
    qtbot.waitUntil(lambda: "Record 1 organisation" in buttons(page))
    assert [each for each in page.findChildren(Banner) if each.isVisible()] == []


def test_a_question_about_another_country_says_which(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot, put: Put
) -> None:
    put(lambda session: contacts.add_organisation(session, "Foyer Lumière", country="BE"))
    to_plan(page, sheet(("Foyer Lumière", "France", "", "")), qtbot)
    until(page, "“Foyer Lumière” (France): is it <b>Foyer Lumière (Belgium)</b>", qtbot)


def test_a_question_of_the_list_can_be_asked_again(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot, put: Put
) -> None:
    put(contacts.add_organisation, "Foyer Lumière")
    to_plan(page, sheet(("Foyer Lumieres", "", "", "")), qtbot)
    key(page, Qt.Key.Key_4, qtbot)
    assert page._view is not None
    page._view.tabs.open("questions")
    page.ask_again(0)
    until(page, "Question 1 of 1.", qtbot)


def test_once_recorded_it_says_so_and_her_file_has_not_changed(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot, db: Database
) -> None:
    path = sheet(*THREE)
    before = path.read_bytes()
    to_the_end(page, path, qtbot)
    until(page, "That is done. Your own file has not changed.", qtbot)
    until(page, "2 new organisations, 0 completed, 1 address, 1 signature.", qtbot)
    assert names_in(db) == ["Foyer Lumière", "Ligue Horizon"]
    assert path.read_bytes() == before


def test_record_cannot_be_pressed_twice(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot, db: Database
) -> None:
    to_plan(page, sheet(*THREE), qtbot)
    page.record()
    page.record()
    qtbot.waitUntil(lambda: "That is done." in said(page))
    qtbot.waitUntil(lambda: not page.context.tasks.busy)
    assert len(names_in(db)) == 2


def test_taking_back_takes_back_this_import_and_not_what_was_done_since(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot, db: Database, put: Put, frame: Frame
) -> None:
    to_the_end(page, sheet(("Ligue Horizon", "France", "", "")), qtbot)
    put(contacts.add_organisation, "Added by hand", label="Add by hand")
    press(page, "Take back this import")
    qtbot.waitUntil(lambda: bool(frame.said))
    assert frame.said == ["Taken back: Import of 1 organisation."]
    assert names_in(db) == ["Added by hand"]
    until(page, "Drop here the spreadsheet", qtbot)


def test_taking_back_many_records_is_said_before_it_is_done(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot, db: Database
) -> None:
    rows = [(name, "France", f"{name[:3]}@x.example", "x") for name in invented(12)]
    to_the_end(page, sheet(*rows), qtbot)
    press(page, "Take back this import")
    qtbot.waitUntil(lambda: bool(page.findChildren(Dialog)))
    (asked,) = page.findChildren(Dialog)
    told = "\n".join(each.text() for each in asked.findChildren(QLabel))
    assert "12 signatures, 12 organisations, 12 addresses and 1 appeal" in told
    assert "Nothing else changes." in told
    asked.accept()
    qtbot.waitUntil(lambda: names_in(db) == [])


def test_a_stopped_import_writes_nothing_and_keeps_the_answers(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot, db: Database, put: Put
) -> None:
    put(contacts.add_organisation, "Foyer Lumière")
    rows = [(name, "France", "", "") for name in invented(400)]
    to_plan(page, sheet(("Foyer Lumieres", "", "", ""), *rows), qtbot)
    key(page, Qt.Key.Key_3, qtbot)
    page.record()
    assert page._work is not None
    page._work.stop()
    qtbot.waitUntil(lambda: "Stopped. Nothing was recorded." in page.said(), timeout=20_000)
    assert names_in(db) == ["Foyer Lumière"]
    assert page.plan is not None
    assert [each.answer for each in page.plan.questions] == ["section"]
    assert {each.organisation_id for each in page.plan.new} == {None}
    qtbot.waitUntil(lambda: "Record 401 organisations" in buttons(page))
    press(page, "Record 401 organisations")
    qtbot.waitUntil(lambda: "That is done." in said(page), timeout=20_000)
    assert len(names_in(db)) == 402


def test_the_rows_left_aside_come_back_with_the_reason(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot, tmp_path: Path, frame: Frame,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    kept = tmp_path / "aside.xlsx"
    monkeypatch.setattr(page.context, "save_file", lambda *what: what[-1](kept))
    to_the_end(page, sheet(*THREE), qtbot)
    press(page, "Save the rows left aside")
    qtbot.waitUntil(lambda: frame.said == ["Saved: aside.xlsx"])
    heading, *rows = formats.read(str(kept)).sheets[0].rows
    assert list(heading[:3]) == ["Row", "Why", "Association"]
    (row,) = [each for each in rows if each[1] == "no organisation is named"]
    assert "lost@nowhere.example" in row
    assert [each for each in rows if "not an e-mail address" in str(each[1])]


def test_a_file_that_is_no_table_is_refused_in_words_and_another_can_be_chosen(
    page: Imports, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "partners.xlsx"
    path.write_bytes(b"this is no spreadsheet")
    page.visit(path=path)
    qtbot.waitUntil(lambda: bool(page.said()), timeout=20_000)
    qtbot.waitUntil(lambda: "Choose a file" in buttons(page))


def test_coming_back_to_the_page_keeps_the_columns(
    page: Imports, sheet: Callable[..., Path], qtbot: QtBot
) -> None:
    to_columns(page, sheet(*THREE), qtbot)
    page.visit()
    qtbot.waitUntil(lambda: "See what would change" in buttons(page))
