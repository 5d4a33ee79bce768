"""The addressees of an appeal and their letter, with real widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from crm import addressees, appeals, contacts
from crm.db import Database
from tests.ui.acting import calm
from ui.found import Found
from ui.screens.editor import Editor
from ui.screens.former_lists import FormerLists
from ui.screens.letter_saving import SaveLetters
from ui.screens.pasting import Pasting
from ui.window import Window

Put = Callable[..., Any]
TODAY = date.today()


@pytest.fixture
def appeal(put: Put) -> int:
    """An open letter two organisations signed."""

    def found(session: Any) -> int:
        made = appeals.add(
            session, "Libérez les jardiniers", language="fr", place="Port-Clair",
            addressee="Odile Ferrand, maire de Port-Clair",
        )  # fmt: skip
        for name in ("Ligue Horizon", "Foyer Lumière"):
            body = contacts.add_organisation(session, name)
            appeals.sign(session, made, organisation_id=body, on=date(2026, 5, 1))
        return made

    made: int = put(found)
    return made


@pytest.fixture
def three(put: Put, appeal: int) -> list[int]:
    """Three addressees."""

    def found(session: Any) -> list[int]:
        return [
            addressees.add(session, appeal, name, block="1, rue Haute", greeting=greeting)
            for name, greeting in (
                ("Madame Odile Ferrand", "Madame la Maire,"),
                ("Monsieur Paul Modèle", "Monsieur le Maire,"),
                ("=1+1", "Chère =1+1,"),
            )
        ]

    made: list[int] = put(found)
    return made


def tab(window: Window, qtbot: QtBot, appeal_id: int) -> Any:
    """The addressees of an appeal, in sight."""
    window.go("appeal", appeal_id=appeal_id, tab="addressees")
    calm(qtbot, window)
    return window.page("appeal").addressees


def letter(window: Window, qtbot: QtBot, appeal_id: int, **more: Any) -> Any:
    """The letter of an appeal, in sight."""
    window.go("letter", appeal_id=appeal_id, **more)
    qtbot.waitUntil(lambda: window.page("letter").letter_id and not window.tasks.busy)
    calm(qtbot, window)
    return window.page("letter")


def box(window: Window, kind: type[QDialog]) -> Any:
    """The window of this kind that is open."""
    (found,) = [each for each in window.findChildren(kind) if each.isVisible()]
    return found


def people(db: Database, appeal_id: int) -> list[addressees.AddresseeRow]:
    with db.read() as session:
        return addressees.rows(session, addressees.ids(session, appeal_id))


def test_the_first_addressee_is_the_one_the_appeal_names(
    window: Window, qtbot: QtBot, db: Database, appeal: int
) -> None:
    page = tab(window, qtbot, appeal)
    assert page.empty.isVisible()
    page.add()
    form = box(window, Editor)
    assert form.form.values()["name"] == "Odile Ferrand"
    form.form.put(greeting="Madame la Maire,")
    form.main.click()
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    (row,) = people(db, appeal)
    assert (row.name, row.block) == ("Odile Ferrand", "maire de Port-Clair")


def test_a_hundred_are_pasted_after_a_look_and_are_one_act(
    window: Window, qtbot: QtBot, db: Database, appeal: int
) -> None:
    page = tab(window, qtbot, appeal)
    page.paste()
    pasted = box(window, Pasting)
    assert not pasted.main.isEnabled()
    rows = "".join(f"Mairie {n}\t{n}, rue Haute\tMadame {n},\n" for n in range(100))
    pasted.text.setPlainText("Nom\tAdresse\tAppel\n" + rows + "\tnulle part\t\n")
    qtbot.waitUntil(lambda: pasted.plan is not None)
    assert "100 new addressees · 1 row without a name" in pasted.verdict.text()
    assert people(db, appeal) == []
    pasted.main.click()
    qtbot.waitUntil(lambda: len(page.rows) == 100)
    assert window.page("appeal").tabs.bar.tabText(2) == "Addressees 100"
    assert window.top.undo.text().endswith("100 addressees pasted")


def test_a_column_taken_for_another_is_put_right(window: Window, qtbot: QtBot, appeal: int) -> None:
    page = tab(window, qtbot, appeal)
    page.paste()
    pasted = box(window, Pasting)
    pasted.text.setPlainText("Port-Clair;Odile\nAube;Paul\n")
    qtbot.waitUntil(lambda: pasted.plan is not None)
    first, second = pasted._columns
    first.setCurrentIndex(first.findData("town"))
    second.setCurrentIndex(second.findData("name"))
    qtbot.waitUntil(lambda: bool(pasted.plan) and pasted.plan.new[0].name == "Odile")
    assert pasted.plan.new[0].block == "Port-Clair"


def test_all_are_noted_as_sent_and_the_late_one_is_said_here_and_at_home(
    window: Window, qtbot: QtBot, db: Database, appeal: int, three: list[int]
) -> None:
    page = tab(window, qtbot, appeal)
    page.note_sent()
    form = box(window, Editor)
    assert form.form.values()["whom"] == "all"
    assert form.form.values()["on"] == TODAY
    form.form.put(on=TODAY - timedelta(days=9), answer_by=TODAY - timedelta(days=2))
    form.main.click()
    qtbot.waitUntil(lambda: all(each.sent_on for each in page.rows))
    page.note_answer(three[0])
    form = box(window, Editor)
    form.form.put(answer="Oui")
    form.main.click()
    qtbot.waitUntil(lambda: any(each.answered_on for each in page.rows))
    states = [page.records.columns[2].text(each) for each in page.rows]
    assert states == ["✓ answered", "! late by 2 days", "! late by 2 days"]
    window.page("appeal").tabs.open("signatories")
    assert window.page("appeal").said() == "2 addressees are late to answer."
    window.go("home")
    calm(qtbot, window)
    said = [each.text() for each in window.page("home").findChildren(QLabel)]
    assert "Addressees late to answer" in said


def test_what_an_addressee_answered_is_undone_with_one_key(
    window: Window, qtbot: QtBot, db: Database, appeal: int, three: list[int]
) -> None:
    page = tab(window, qtbot, appeal)
    page.note_answer(three[1])
    form = box(window, Editor)
    form.form.put(answer="Non")
    form.main.click()
    qtbot.waitUntil(lambda: any(each.answered_on for each in page.rows))
    window.undo()
    qtbot.waitUntil(lambda: not any(each.answered_on for each in page.rows))


def test_the_delete_key_takes_one_off(
    window: Window, qtbot: QtBot, db: Database, appeal: int, three: list[int]
) -> None:
    page = tab(window, qtbot, appeal)
    page.table.select(three[1])
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(page.rows) == 2)
    assert [each.id for each in people(db, appeal)] == [three[0], three[2]]


def test_rows_are_copied_for_a_spreadsheet(
    window: Window, qtbot: QtBot, appeal: int, three: list[int]
) -> None:
    page = tab(window, qtbot, appeal)
    page.table.selectAll()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert (
        "Madame Odile Ferrand\t1, rue Haute\t− not sent yet" in QGuiApplication.clipboard().text()
    )


def test_a_letter_is_begun_seen_as_printed_and_kept_as_she_types(
    window: Window, qtbot: QtBot, db: Database, appeal: int, three: list[int]
) -> None:
    page = letter(window, qtbot, appeal)
    seen = page.reader.view.toPlainText
    assert "Madame la Maire," in seen()
    assert "Libérez les jardiniers" in seen()
    page.editor.text.textCursor().insertText(", bonjour.")
    page.place.setText("Aube")
    qtbot.waitUntil(lambda: "Exemple, bonjour." in seen(), timeout=8000)
    assert f"Aube, le {TODAY.day}" in seen().replace("1er", "1")
    with db.read() as session:
        kept = addressees.read(session, page.letter_id)
    assert kept.body.endswith("{{ association }}, bonjour.\n")
    assert kept.place == "Aube"


def test_each_addressees_letter_is_shown_with_its_own_greeting(
    window: Window, qtbot: QtBot, appeal: int, three: list[int]
) -> None:
    page = letter(window, qtbot, appeal, addressee_id=three[1])
    seen = page.reader.view.toPlainText
    assert "Monsieur le Maire," in seen()
    page.reader._step(1)
    qtbot.waitUntil(lambda: "Chère =1+1," in seen())
    page.reader._step(1)
    qtbot.waitUntil(lambda: "Madame la Maire," in seen())


def test_a_letter_to_nobody_yet_shows_whose_place_waits(
    window: Window, qtbot: QtBot, appeal: int
) -> None:
    page = letter(window, qtbot, appeal)
    assert "[Name of the addressee]" in page.reader.view.toPlainText()
    assert "addressed to nobody yet" in page.said()


def test_a_reminder_is_a_letter_beside_the_first(
    window: Window, qtbot: QtBot, db: Database, appeal: int, three: list[int]
) -> None:
    first = letter(window, qtbot, appeal).letter_id
    second = letter(window, qtbot, appeal, starter="reminder").letter_id
    assert second != first
    assert "[Day it was sent]" in window.page("letter").reader.view.toPlainText()
    assert letter(window, qtbot, appeal, starter="reminder").letter_id == second
    with db.read() as session:
        assert [each.id for each in addressees.of_appeal(session, appeal)] == [first, second]


def test_a_letter_starts_from_that_of_another_appeal(
    window: Window, qtbot: QtBot, put: Put, db: Database, appeal: int, three: list[int]
) -> None:
    def other(session: Any) -> int:
        made = appeals.add(session, "Sauvez les rivières", language="fr")
        model = addressees.begin(session, made)
        addressees.rewrite(session, model, body="{{ greeting }}, sauvez-les.\n")
        return model

    model = put(other)
    page = letter(window, qtbot, appeal)
    with db.read() as session:
        page._use(addressees.read(session, model), "Sauvez les rivières")
    qtbot.waitUntil(lambda: "sauvez-les" in page.editor.text.toPlainText())


def test_letters_are_saved_one_file_for_each_with_progress(
    window: Window, qtbot: QtBot, db: Database, appeal: int, three: list[int], tmp_path: Path
) -> None:
    page = letter(window, qtbot, appeal)
    page._save_letters()
    qtbot.waitUntil(lambda: bool(window.findChildren(SaveLetters)))
    save = box(window, SaveLetters)
    assert save.ids() == three
    calm(qtbot, window)
    assert save.main.isEnabled()
    save.save_to(tmp_path / "lettres")
    qtbot.waitUntil(lambda: not save._work and not window.tasks.under_way, timeout=20_000)
    names = sorted(each.name for each in (tmp_path / "lettres").iterdir())
    assert names == ["=1+1.docx", "Madame Odile Ferrand.docx", "Monsieur Paul Modèle.docx"]
    path = tmp_path / "lettres" / "Monsieur Paul Modèle.docx"
    said = "\n".join(part.text for part in docx.Document(str(path)).paragraphs)
    assert "Monsieur le Maire," in said
    assert "Odile" not in said
    page = tab(window, qtbot, appeal)
    page.table.select(three[0])
    lists = window.page("appeal").tabs.open("publish").findChild(FormerLists)
    qtbot.waitUntil(lambda: len(lists.records.ids) == 3)
    kept = [lists.records.columns[1].text(lists.records.row_at(at)) for at in range(3)]
    assert "Letter to =1+1" in kept
    assert "Letters printed" in [each.text() for each in page.sheet.findChildren(QLabel)]


def test_all_letters_in_one_pdf(
    window: Window, qtbot: QtBot, appeal: int, three: list[int], tmp_path: Path
) -> None:
    page = letter(window, qtbot, appeal)
    page._save_letters()
    qtbot.waitUntil(lambda: bool(window.findChildren(SaveLetters)))
    save = box(window, SaveLetters)
    save.format.setCurrentIndex(save.format.findData("together"))
    calm(qtbot, window)
    save.save_to(tmp_path / "toutes.pdf")
    qtbot.waitUntil(lambda: not save._work and not window.tasks.under_way, timeout=20_000)
    document = pypdfium2.PdfDocument(str(tmp_path / "toutes.pdf"))
    assert len(document) == 3
    document.close()


def test_a_letter_that_lacks_a_word_is_not_saved_and_says_which(
    window: Window, qtbot: QtBot, appeal: int, three: list[int]
) -> None:
    page = letter(window, qtbot, appeal, starter="reminder")
    page._save_letters()
    qtbot.waitUntil(lambda: bool(window.findChildren(SaveLetters)))
    save = box(window, SaveLetters)
    calm(qtbot, window)
    assert not save.main.isEnabled()


def test_what_somebody_else_wrote_in_the_letter_is_asked_about(
    window: Window, qtbot: QtBot, put: Put, appeal: int, three: list[int]
) -> None:
    from ui.screens.clashing import Clashes

    page = letter(window, qtbot, appeal)
    page.editor.text.textCursor().insertText("D'Ana. ")
    number = page.letter_id
    put(lambda session: addressees.rewrite(session, number, body="De Paul.\n"), label="Paul")
    page.flush()
    qtbot.waitUntil(lambda: bool(window.findChildren(Clashes)))


def test_the_letterhead_is_kept_for_every_letter(
    window: Window, qtbot: QtBot, appeal: int, three: list[int]
) -> None:
    page = letter(window, qtbot, appeal)
    page._letterhead()
    qtbot.waitUntil(lambda: bool([e for e in window.findChildren(Editor) if e.isVisible()]))
    form = box(window, Editor)
    form.form.put(lines="1, rue de l'Aube\n99000 Aube")
    form.main.click()
    qtbot.waitUntil(lambda: "99000 Aube" in page.reader.view.toPlainText())


def test_an_addressee_found_by_the_search_leads_to_them(
    window: Window, appeal: int, three: list[int], qtbot: QtBot
) -> None:
    finder = window.top.finder
    finder.setFocus()
    QTest.keyClicks(finder, "odile ferrand")
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(Found)))
    with qtbot.waitSignal(window.arrived):
        QTest.keyClick(finder, Qt.Key.Key_Return)
    page = window.page("appeal")
    assert (page.appeal_id, page.tabs.current()) == (appeal, "addressees")
