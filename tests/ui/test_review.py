"""A reading agreed upon at the window: selecting, cutting, joining, answering, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crm import appeals, contacts, reading
from crm.db import Database
from crm.reading import ReviewLine
from tests import documents
from ui.form import Form
from ui.kit import AnswerButton, Dialog
from ui.screens.reading import DESK, DOOR, Reading
from ui.screens.review_dialogs import SplitLine
from ui.window import Window

Put = Callable[..., Any]
TEXT = """# Appel pour les rivières

Signataires :

## France

- Ligue Horizon et Foyer Lumieres
- Atelier des Deux
- Rives
- Encre Libre

## Kazakhstan

- Jasyl Dala
"""
NO_LIST = "Un billet.\n\nRendez-vous le 20 septembre 2025 à 14 h, place du Port, à Vaucreux."


@pytest.fixture
def page(window: Window, put: Put, qtbot: QtBot) -> Reading:
    """The review of a short appeal, one of whose names is nearly known."""
    put(contacts.add_organisation, "Jasyl Dalla")
    put(contacts.add_organisation, "Encre Libre")
    return shown(window, TEXT, qtbot)


def shown(window: Window, text: str, qtbot: QtBot) -> Reading:
    window.go("reading")
    page: Reading = window.page("reading")
    page._understood(documents.text_read(text))
    qtbot.waitUntil(lambda: page.review is not None and not window.tasks.busy)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return page


def names(page: Reading) -> list[str]:
    assert page.review is not None
    return [each.name for each in page.review.lines if each.state != "dropped"]


def line(page: Reading, name: str) -> ReviewLine:
    assert page.review is not None
    return next(each for each in page.review.lines if each.name == name)


def select(page: Reading, words: str) -> None:
    """Words selected in the document, as the keyboard does it."""
    view = page.desk.document
    view.setFocus()
    text = view.toPlainText()
    cursor = view.textCursor()
    cursor.setPosition(text.index(words))
    cursor.setPosition(text.index(words) + len(words), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)


def offered(page: Reading) -> list[str]:
    bar = page.desk.hand.bar
    return [each.accessibleName() for each in bar.findChildren(AnswerButton)]


def press(qtbot: QtBot, inside: QWidget, words: str) -> None:
    """A button, by what it says, once it is there."""

    def found() -> list[QPushButton]:
        buttons = inside.findChildren(QPushButton)
        return [each for each in buttons if each.isVisibleTo(inside) and words in each.text()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    found()[0].click()


def dialog(window: Window) -> Dialog:
    (box,) = (each for each in window.findChildren(Dialog) if each.isVisible())
    return box


# -- words selected in the document ---------------------------------------------------------


def test_selected_words_are_offered_what_they_may_be(page: Reading) -> None:
    bar = page.desk.hand.bar
    assert not bar.isVisible()
    select(page, "Foyer Lumieres")
    assert bar.isVisible()
    assert [each for each in offered(page) if not each.startswith("6")] == [
        "5: It is an organisation",
        "7: It is a person",
        "8: It is a country",
        "9: It is no signatory",
    ]
    assert offered(page)[1].startswith("6: It is the name of “Ligue Horizon")
    assert bar.geometry().right() <= page.desk.document.width()
    assert bar.sizeHint().width() <= page.desk.document.width()
    QTest.keyClick(page.desk.document, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_a_key_makes_an_organisation_of_the_selected_words(page: Reading) -> None:
    select(page, "Foyer Lumieres")
    QTest.keyClick(page.desk.document, Qt.Key.Key_5)
    assert names(page)[:2] == ["Ligue Horizon", "Foyer Lumieres"]
    assert line(page, "Foyer Lumieres").country == "FR"
    assert page.table.current_id() == line(page, "Foyer Lumieres").index + 1
    assert not page.desk.hand.bar.isVisible()


def test_a_french_keyboard_needs_no_shift(page: Reading) -> None:
    select(page, "Foyer Lumieres")
    QTest.keyClick(page.desk.document, Qt.Key.Key_ParenLeft)
    assert "Foyer Lumieres" in names(page)
    page.table.setFocus()
    page.table.select(line(page, "Jasyl Dala").index + 1)
    QTest.keyClick(page.table, Qt.Key.Key_Eacute)
    assert line(page, "Jasyl Dala").answer == "new"


def test_the_name_of_the_line_under_the_selection_is_set(page: Reading) -> None:
    select(page, "Atelier des Deux\nRives")
    assert offered(page)[1] == "6: It is the name of “Atelier des Deux”"
    QTest.keyClick(page.desk.document, Qt.Key.Key_6)
    assert "Atelier des Deux Rives" in names(page)
    assert "Rives" not in names(page)


def test_a_person_a_country_and_nobody(page: Reading, window: Window, qtbot: QtBot) -> None:
    select(page, "Encre Libre")
    QTest.keyClick(page.desk.document, Qt.Key.Key_7)
    assert line(page, "Encre Libre").noun == "person"
    select(page, "Rives")
    QTest.keyClick(page.desk.document, Qt.Key.Key_9)
    assert "Rives" not in names(page)
    select(page, "Kazakhstan")
    QTest.keyClick(page.desk.document, Qt.Key.Key_8)
    box = dialog(window)  # it is one already: another one is asked for
    box.findChildren(Form)[0].put(country="BJ")
    press(qtbot, box, "Keep")
    assert line(page, "Jasyl Dala").country == "BJ"
    assert page.review is not None
    assert page.review.to_undo() == "“Kazakhstan” a country"


def test_a_country_nobody_knows_is_asked_for(page: Reading, window: Window, qtbot: QtBot) -> None:
    select(page, "Rives")
    QTest.keyClick(page.desk.document, Qt.Key.Key_8)
    box = dialog(window)
    box.findChildren(Form)[0].put(country="BJ")
    press(qtbot, box, "Keep")
    assert line(page, "Encre Libre").country == "BJ"
    assert page.review is not None
    assert page.review.counts().dropped == 1


def test_without_a_selection_its_keys_do_nothing(page: Reading) -> None:
    before = names(page)
    for key in (Qt.Key.Key_5, Qt.Key.Key_7, Qt.Key.Key_9):
        QTest.keyClick(page.desk.document, key)
    assert names(page) == before


def test_the_menu_of_the_document_offers_the_same(page: Reading) -> None:
    select(page, "Rives")
    words = [text.partition("\t")[0] for text, _do in page.desk.hand.in_document()]
    assert words == [each.partition(": ")[2] for each in offered(page)]
    view = page.desk.document
    inside = view.toPlainText().index("des Deux")
    view.select(inside, inside)
    choices = dict(page.desk.hand.in_document())
    choices["Cut in two here"]()
    assert "des Deux" in names(page)


def test_letters_beyond_the_first_plane_are_counted_once(window: Window, qtbot: QtBot) -> None:
    page = shown(window, "Signataires :\n\n- 𝔸𝕓 Vigie et Phare 🌊 Bleu\n- Encre\n- Aube\n", qtbot)
    select_at = page.desk.document
    assert page.review is not None
    start = page.review.reading.text.index("Phare")
    select_at.select(start, start + 5)
    assert select_at.chosen() == (start, start + 5)
    QTest.keyClick(select_at, Qt.Key.Key_5)
    assert "Phare" in names(page)


# -- one line, two lines --------------------------------------------------------------------


def test_a_line_is_cut_at_its_joint(page: Reading, window: Window, qtbot: QtBot) -> None:
    page.table.select(line(page, "Ligue Horizon et Foyer Lumieres").index + 1)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    box = dialog(window)
    assert isinstance(box, SplitLine)
    assert [each.text() for each in box.choices.buttons()] == [
        "“Ligue Horizon” and “Foyer Lumieres”",
        "Somewhere else: put the caret there",
    ]
    press(qtbot, box, "Cut in two")
    assert names(page)[:2] == ["Ligue Horizon", "Foyer Lumieres"]


def test_a_line_is_cut_where_the_caret_is_put(page: Reading, window: Window) -> None:
    page.desk.document.setFocus()
    select(page, "des Deux")
    page.desk.document.unselect()
    page.desk.hand.split()
    box = dialog(window)
    assert box.main is not None
    assert not box.main.isEnabled()
    (field,) = box.findChildren(QLineEdit)
    field.setCursorPosition(len("Atelier "))
    box.main.click()
    assert "Atelier" in names(page)
    assert "des Deux" in names(page)


def test_lines_are_joined(page: Reading) -> None:
    page.table.select(line(page, "Atelier des Deux").index + 1)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert "Atelier des Deux Rives" in names(page)
    assert page.table.current_id() == line(page, "Atelier des Deux Rives").index + 1


def test_a_signatory_is_added_by_hand(page: Reading, window: Window, qtbot: QtBot) -> None:
    page.desk.more.click()
    box = dialog(window)
    box.findChildren(Form)[0].put(name="Phare", country="BJ")
    press(qtbot, box, "Add")
    assert (line(page, "Phare").country, line(page, "Phare").state) == ("BJ", "new")
    assert page.main.text() == "Record 5 signatures"


# -- one key per doubt, and the way back ----------------------------------------------------


def where(page: Reading, place: str) -> QWidget:
    return {"table": page.table, "document": page.desk.document}[place]


@pytest.mark.parametrize("place", ["table", "document"])
def test_a_doubt_is_answered_from_either_side(page: Reading, place: str) -> None:
    where(page, place).setFocus()
    QTest.keyClick(where(page, place), Qt.Key.Key_1)
    assert line(page, "Jasyl Dala").state == "recognised"
    QTest.keyClick(where(page, place), Qt.Key.Key_Backspace)
    assert line(page, "Jasyl Dala").state == "question"
    QTest.keyClick(where(page, place), Qt.Key.Key_4)
    assert line(page, "Jasyl Dala").state == "dropped"


def test_the_window_keeps_the_keyboard_from_one_doubt_to_the_next(
    window: Window, put: Put, qtbot: QtBot
) -> None:
    for name in ("Jasyl Dalla", "Foyer Lumière", "Ligue Horizon"):
        put(contacts.add_organisation, name)
    text = "Signataires :\n\n- Jasyl Dala\n- Foyer Lumieres\n- Ligue Horizom\n"
    page = shown(window, text, qtbot)
    page.table.setFocus()
    for _question in range(3):
        QTest.keyClick(page.table, Qt.Key.Key_2)
        QTest.qWait(30)  # a window that opens for a moment takes the keyboard away after it
        assert window.isActiveWindow()
        assert page.table.hasFocus()
    assert page.review is not None
    assert page.review.counts().questions == 0


@pytest.mark.parametrize("place", ["table", "document"])
def test_undo_takes_back_the_review_as_long_as_it_is_seen(
    page: Reading, window: Window, place: str, db: Database
) -> None:
    where(page, place).setFocus()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    assert not window.top.undo.isEnabled()  # what was done before stays as it is
    QTest.keyClick(where(page, place), Qt.Key.Key_2)
    assert window.top.undo.text() == "Undo: answer about “Jasyl Dala”"
    QTest.keyClick(where(page, place), Qt.Key.Key_Z, control)
    assert line(page, "Jasyl Dala").state == "question"
    assert window.top.redo.isVisible()
    QTest.keyClick(where(page, place), Qt.Key.Key_Z, control | shift)
    assert line(page, "Jasyl Dala").answer == "new"
    window.top.undo.click()
    assert line(page, "Jasyl Dala").answer is None
    window.go("home")
    assert "Jasyl Dala" not in window.top.undo.text()
    with db.read() as session:
        assert contacts.count(session) == 2


def test_keys_work_after_a_correction(page: Reading, window: Window, qtbot: QtBot) -> None:
    page.desk.hand.correct(line(page, "Rives").index)
    box = dialog(window)
    box.findChildren(Form)[0].put(name="Rives Libres")
    press(qtbot, box, "Keep")
    qtbot.waitUntil(window.isActiveWindow)
    assert "Rives Libres" in names(page)
    page.table.select(line(page, "Jasyl Dala").index + 1)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_1)
    assert line(page, "Jasyl Dala").state == "recognised"
    QTest.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Rives" in names(page)


def test_questions_come_first_and_figures_add_up(page: Reading) -> None:
    assert page.desk.records.row_at(0).name == "Jasyl Dala"
    assert "Encre Libre" not in [
        page.desk.records.row_at(at).name for at in range(page.desk.records.rowCount())
    ]
    assert page.main.text() == "Record 4 signatures"
    assert page.desk.fold.text() == "Show the 1 recognised"


# -- a text without a list ------------------------------------------------------------------


def test_a_text_without_a_list_says_what_may_be_noted(window: Window, qtbot: QtBot) -> None:
    page = shown(window, NO_LIST, qtbot)
    assert page.desk.nothing.isVisible()
    assert "no list of signatories" in page.desk.nothing.words.text()
    said = [each.text() for each in page.desk.nothing.findChildren(QPushButton)]
    assert said == [
        "This organisation relays…",
        "Rendezvous of 20 September 2025, 14:00",
        "Add a signatory by hand…",
    ]


def test_a_rendezvous_is_noted_in_an_appeal(window: Window, db: Database, qtbot: QtBot) -> None:
    page = shown(window, NO_LIST, qtbot)
    press(qtbot, page.desk.nothing, "Rendezvous of")
    qtbot.waitUntil(lambda: window.page("appeal") is not None and not window.tasks.busy)
    with db.read() as session:
        (appeal_id,) = appeals.ids(session)
        ((on, at, _place),) = appeals.sheet(session, appeal_id).events
    assert (on.isoformat(), at) == ("2025-09-20", "14:00")
    assert page.review is None


def test_who_relays_becomes_a_line_and_a_signature(
    window: Window, db: Database, qtbot: QtBot
) -> None:
    page = shown(window, NO_LIST, qtbot)
    press(qtbot, page.desk.nothing, "relays")
    box = dialog(window)
    box.findChildren(Form)[0].put(name="Vigie")
    press(qtbot, box, "Add")
    assert line(page, "Vigie").role == "relayed"
    assert page.main.text() == "Record 1 signature"
    page.record()
    qtbot.waitUntil(lambda: page.review is None and not window.tasks.busy)
    with db.read() as session:
        assert contacts.find_exactly(session, "Vigie")


# -- another day ----------------------------------------------------------------------------


def unfinished(db: Database) -> list[reading.Unfinished]:
    with db.read() as session:
        return reading.unfinished(session)


def test_leaving_the_page_keeps_what_was_answered(
    page: Reading, window: Window, db: Database, qtbot: QtBot
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_2)
    window.go("home")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    (waiting,) = unfinished(db)
    assert (waiting.name, waiting.lines, waiting.questions) == ("text.md", 5, 0)
    window.go("reading")
    assert page.review is not None  # still at hand
    assert len(unfinished(db)) == 1


def test_it_is_kept_as_she_goes(page: Reading, db: Database, qtbot: QtBot) -> None:
    page.keeper._soon.setInterval(1)
    QTest.keyClick(page.table, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: bool(unfinished(db)))
    page.desk.hand.set_role("caller")
    qtbot.waitUntil(lambda: not page.context.tasks.busy and not page.keeper._soon.isActive())
    with db.read() as session:
        found = reading.kept(session, unfinished(db)[0].id)
    assert {each.role for each in found.now.lines} == {"caller"}
    assert len(unfinished(db)) == 1


def test_nothing_answered_is_nothing_kept(
    page: Reading, window: Window, db: Database, qtbot: QtBot
) -> None:
    window.go("home")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert unfinished(db) == []


def test_a_reading_is_finished_another_day(
    page: Reading, window: Window, db: Database, qtbot: QtBot
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_2)
    press(qtbot, page, "Close without recording")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert page.review is None
    window.go("reading")
    qtbot.waitUntil(lambda: page.waiting.isVisible())
    press(qtbot, page.waiting, "Resume")
    qtbot.waitUntil(lambda: page.review is not None and not window.tasks.busy)
    assert page._stack.currentIndex() == DESK
    assert line(page, "Jasyl Dala").answer == "new"
    page.record()
    qtbot.waitUntil(lambda: page.review is None and not window.tasks.busy)
    assert unfinished(db) == []


def test_a_reading_that_waits_is_forgotten(
    page: Reading, window: Window, db: Database, qtbot: QtBot
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_2)
    press(qtbot, page, "Close without recording")
    window.go("reading")
    qtbot.waitUntil(lambda: page.waiting.isVisible())
    press(qtbot, page.waiting, "Forget")
    press(qtbot, dialog(window), "Forget it")
    qtbot.waitUntil(lambda: not page.waiting.isVisible() and not window.tasks.busy)
    assert unfinished(db) == []


def test_what_cannot_be_read_any_more_is_forgotten_with_a_sentence(
    page: Reading, window: Window, put: Put, db: Database, qtbot: QtBot
) -> None:
    from datetime import UTC, datetime

    from sqlalchemy import insert

    from crm.schema import UnfinishedReading

    def spoil(session: Any) -> None:
        row = {"name": "old.docx", "at": datetime.now(UTC), "content": {"version": 99}}
        session.execute(insert(UnfinishedReading).values(row))

    put(spoil)
    press(qtbot, page, "Close without recording")
    window.go("reading")
    qtbot.waitUntil(lambda: page.waiting.isVisible())
    press(qtbot, page.waiting, "Resume")
    qtbot.waitUntil(lambda: page.said() != "" and not window.tasks.busy)
    assert "cannot be read any more" in page.said()
    assert page._stack.currentIndex() == DOOR
    assert unfinished(db) == []


def test_another_document_puts_the_first_away(
    page: Reading, window: Window, db: Database, qtbot: QtBot
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_2)
    window.go("reading", path=documents.path_of("letter_fr"))
    qtbot.waitUntil(
        lambda: page.review is not None and page.review.reading.name == "letter_fr.md",
        timeout=20_000,
    )
    assert [each.name for each in unfinished(db)] == ["text.md"]
    assert page.keeper.unfinished_id is None


def test_home_says_what_waits_to_be_finished(page: Reading, window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_4)
    window.go("home")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    window.go("home")
    qtbot.waitUntil(lambda: "text.md" in all_words(window.page("home")))


def all_words(widget: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(each.text() for each in widget.findChildren(QLabel))


# -- thousands of lines ---------------------------------------------------------------------


def test_a_comparison_of_many_lines_can_be_stopped(window: Window, put: Put, qtbot: QtBot) -> None:
    window.go("reading")
    page: Reading = window.page("reading")
    lines = "\n".join(f"- Association des riverains numéro {each}" for each in range(400))
    page._understood(documents.text_read(f"Signataires :\n\n{lines}\n"))
    page.door.stop()
    qtbot.waitUntil(lambda: not window.tasks.busy and not window.tasks.under_way)
    assert page.review is None
    assert page._stack.currentIndex() == DOOR


def test_only_what_is_in_sight_is_painted(window: Window, qtbot: QtBot) -> None:
    lines = "\n".join(f"- Association des riverains numéro {each}" for each in range(400))
    page = shown(window, f"Signataires :\n\n{lines}\n", qtbot)
    view = page.desk.document
    assert page.review is not None
    assert page.review.counts().read == 400
    assert 0 < len(view.extraSelections()) < 100
    page.table.select(page.review.lines[390].index + 1)
    assert "numéro 390" in {each.cursor.selectedText()[-10:] for each in view.extraSelections()}
