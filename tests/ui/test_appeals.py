"""Appeals on the screen: who stands where, what waits, what is printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from crm import appeals, contacts, publishing, reading
from crm.db import Database
from crm.duplicates import KnownNames
from crm.schema import Organisation, Publication
from tests import documents
from tests.ui.conftest import Frame
from ui.context import Context
from ui.kit import Button, Pill
from ui.screens.appeal import PARTS, Appeal
from ui.screens.appeals import Appeals, new_appeal
from ui.screens.editor import Editor
from ui.screens.former_lists import Seen
from ui.screens.publishing import Publishing
from ui.screens.section_of import SectionOf

Put = Callable[..., Any]
NAMES = ("Ligue Horizon", "Foyer Lumière", "Erkin Dala Qoghamy", "Platforma Zori", "Collectif Aube")


@pytest.fixture
def bodies(put: Put) -> list[int]:
    return [put(contacts.add_organisation, name) for name in NAMES]


@pytest.fixture
def appeal_id(put: Put, bodies: list[int]) -> int:
    """Two signed, one promised, one is silent for twelve days, one declined."""

    def step(session: Any) -> int:
        made = appeals.add(
            session, "Open the rivers", kind="open letter", addressee="Mayor of Port-Clair",
            issued_on=date(2026, 5, 21), place="Port-Clair", language="fr", text="Stop.",
            deadline=date.today() + timedelta(days=5),
        )  # fmt: skip
        ago = date.today() - timedelta(days=12)
        said = ("signed", "signed", "promised", "asked", "declined")
        for body, status in zip(bodies, said, strict=True):
            appeals.sign(
                session, made, organisation_id=body, status=status, on=ago, channel="telephone"
            )
        return made

    return int(put(step))


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> Appeal:
    made = Appeal(context)
    qtbot.addWidget(made)
    made.resize(1150, 760)
    made.show()
    return made


@pytest.fixture
def shown(page: Appeal, appeal_id: int, qtbot: QtBot) -> Appeal:
    page.visit(appeal_id)
    calm(page, qtbot)
    return page


def calm(page: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.context.tasks.busy)
    qtbot.waitUntil(lambda: page.records.loaded and not page.context.tasks.busy)


def cells(page: Any, column: int) -> list[str]:
    records = page.records
    return [str(records.index(row, column).data()) for row in range(records.rowCount())]


def labels(place: Any) -> str:
    return "\n".join(each.text() for each in place.findChildren(QLabel) if each.isVisible())


def press(place: Any, words: str) -> None:
    found = [each for each in place.findChildren(QPushButton) if each.isVisible()]
    next(each for each in found if words in each.text() or words in each.accessibleName()).click()


# --- the list


@pytest.fixture
def listed(context: Context, qtbot: QtBot) -> Appeals:
    made = Appeals(context)
    qtbot.addWidget(made)
    made.resize(1150, 760)
    made.show()
    return made


def test_each_appeal_stands_with_its_figures(listed: Appeals, appeal_id: int, qtbot: QtBot) -> None:
    listed.visit()
    qtbot.waitUntil(lambda: cells(listed, 0) == ["Open the rivers"])
    figures = [cells(listed, column)[0] for column in (3, 4, 5)]
    assert figures == ["2", "1", "1"]
    assert cells(listed, 7) == ["… in 5 days"]


def test_without_an_appeal_there_are_two_ways_to_begin(listed: Appeals, qtbot: QtBot) -> None:
    listed.visit()
    empty = listed.table.empty
    assert empty is not None
    qtbot.waitUntil(empty.isVisible)
    qtbot.waitUntil(lambda: offered(empty) == ["Read a document…", "New appeal"])


def offered(place: Any) -> list[str]:
    return [each.text() for each in place.findChildren(Button) if each.isVisible()]


def test_enter_opens_an_appeal(listed: Appeals, appeal_id: int, frame: Frame, qtbot: QtBot) -> None:
    listed.visit()
    qtbot.waitUntil(lambda: cells(listed, 0) == ["Open the rivers"])
    listed.table.select(appeal_id)
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    assert frame.went == [("appeal", {"appeal_id": appeal_id})]


def test_a_new_appeal_is_written_and_opened(
    listed: Appeals, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    new_appeal(listed.context, listed)
    box = listed.window().findChildren(Editor)[0]
    box.form.put(title="For the forest", place="Lyon", issued_on=date(2026, 3, 4))
    press(box, "Save")
    qtbot.waitUntil(lambda: bool(frame.went))
    made = frame.went[0][1]["appeal_id"]
    with db.read() as session:
        sheet = appeals.sheet(session, made)
    assert (sheet.title, sheet.place, sheet.kind) == ("For the forest", "Lyon", "appeal")


def test_an_appeal_without_a_title_is_not_written(listed: Appeals, db: Database) -> None:
    new_appeal(listed.context, listed)
    box = listed.window().findChildren(Editor)[0]
    press(box, "Save")
    assert "This is needed." in labels(box)
    with db.read() as session:
        assert appeals.ids(session) == []


# --- one appeal


def test_the_figures_add_up(shown: Appeal, qtbot: QtBot) -> None:
    def pills() -> list[str]:
        found = shown.figures.legend.findChildren(Pill)
        return [each.text() for each in found if each.isVisible()]

    wanted = ["✓ 2 signed", "+ 1 promised", "… 1 without answer", "✕ 1 declined"]
    qtbot.waitUntil(lambda: pills() == wanted)
    assert shown.figures.sum.text() == "2 signatures"
    assert "of 5 asked" in shown.figures.about.text()
    assert "Mayor of Port-Clair" in shown.figures.about.text()


def test_the_silent_are_told_since_when(shown: Appeal) -> None:
    assert cells(shown, 2) == [
        "✓ signed", "✓ signed", "+ promised", "… silent, 12 days", "✕ declined",
    ]  # fmt: skip


def test_a_document_that_brought_all_signatures_asked_nobody(
    page: Appeal, db: Database, put: Put, qtbot: QtBot
) -> None:
    done = put(recorded, "countries_fr")
    page.visit(done.appeal_id)
    calm(page, qtbot)
    assert page.figures.sum.text() == "43 signatures"
    assert "asked" not in page.figures.about.text()


def test_every_part_of_an_appeal_opens(shown: Appeal, qtbot: QtBot) -> None:
    for part in PARTS:
        shown.tabs.open(part)
        calm(shown, qtbot)
        assert shown.tabs.current() == part
        assert shown.said() == ""
    assert shown.text.toPlainText() == "Stop."
    shown.tabs.open("text")
    qtbot.waitUntil(lambda: "Mayor of Port-Clair" in labels(shown))


def test_the_journal_tells_what_was_done_with_this_appeal_only(
    shown: Appeal, put: Put, qtbot: QtBot
) -> None:
    put(lambda session: appeals.add(session, "Another"), label="New appeal: Another")
    shown.tabs.open("journal")
    calm(shown, qtbot)
    acts = [str(shown.acts.index(row, 1).data()) for row in range(shown.acts.rowCount())]
    assert acts == ["Setting up"]


def test_the_table_sorts_by_name(shown: Appeal, qtbot: QtBot) -> None:
    shown.table.sorted.emit("name", False)
    qtbot.waitUntil(lambda: cells(shown, 0) == sorted(NAMES))


def test_an_answer_is_noted_from_a_line(
    shown: Appeal, bodies: list[int], appeal_id: int, frame: Frame, qtbot: QtBot
) -> None:
    shown.table.opened.emit(shown.records.ids[3])
    qtbot.waitUntil(lambda: bool(frame.went))
    assert frame.went == [("answer", {"appeal_id": appeal_id, "organisation_id": bodies[3]})]


def test_reminding_is_for_the_silent(shown: Appeal, appeal_id: int, frame: Frame) -> None:
    press(shown, "Prepare a reminder (1)")
    assert frame.went == [
        ("compose", {"appeal_id": appeal_id, "statuses": ("asked",), "letter": "remind"})
    ]


def test_the_printed_name_is_changed_and_the_directory_is_not(
    shown: Appeal, db: Database, bodies: list[int], qtbot: QtBot
) -> None:
    dict(shown._menu([shown.records.ids[0]]))["Change the printed name…"]()
    qtbot.waitUntil(lambda: bool(shown.window().findChildren(Editor)))
    box = shown.window().findChildren(Editor)[0]
    box.form.put(name="Ligue Horizon, national office")
    press(box, "Save")
    qtbot.waitUntil(lambda: cells(shown, 0)[0] == "Ligue Horizon, national office")
    with db.read() as session:
        assert contacts.displayed_names(session, bodies)[bodies[0]] == "Ligue Horizon"


def test_the_page_follows_what_others_write(
    shown: Appeal, put: Put, bodies: list[int], appeal_id: int, qtbot: QtBot
) -> None:
    put(lambda session: appeals.sign(session, appeal_id, organisation_id=bodies[3]))
    qtbot.waitUntil(lambda: shown.figures.sum.text() == "3 signatures")


def test_an_appeal_nobody_signed_is_no_trouble(page: Appeal, put: Put, qtbot: QtBot) -> None:
    page.visit(put(lambda session: appeals.add(session, "Brand new")))
    calm(page, qtbot)
    qtbot.waitUntil(page.publishing.nothing.isVisible)
    assert page.said() == ""
    assert not any(each.isEnabled() for each in page.publishing.ways)
    empty = page.table.empty
    assert empty is not None and empty.isVisible()


# --- printing


def test_the_list_is_shown_as_it_will_be_printed(shown: Appeal, qtbot: QtBot) -> None:
    preview = shown.publishing.view.toPlainText
    qtbot.waitUntil(lambda: "Foyer Lumière" in preview())
    assert "Platforma Zori" not in preview()
    said = shown.publishing.said.text()
    assert said == "This version contains 2 names and 0 addresses."
    shown.publishing.form.setCurrentIndex(2)
    qtbot.waitUntil(lambda: preview().startswith("Les organisations Ligue Horizon et Foyer"))


def test_addresses_nobody_allowed_are_held_back_and_said(
    shown: Appeal, put: Put, bodies: list[int], qtbot: QtBot
) -> None:
    for body in bodies[:2]:
        put(lambda session, body=body: contacts.add_address(
            session, f"a{body}@partner.example", organisation_id=body
        ))  # fmt: skip
    shown.publishing.form.setCurrentIndex(3)
    said = shown.publishing.said.text
    qtbot.waitUntil(lambda: "2 addresses held back" in said())
    assert "partner.example" not in shown.publishing.view.toPlainText()


def test_copying_gives_bold_headings_and_keeps_the_publication(
    shown: Appeal, db: Database, frame: Frame, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Foyer" in shown.publishing.view.toPlainText())
    press(shown.publishing, "Copy for Word")
    qtbot.waitUntil(lambda: bool(frame.said))
    held = QGuiApplication.clipboard().mimeData()
    assert held is not None
    assert "<h2>" in held.html()
    assert "Foyer Lumière" in held.text()
    assert "not encrypted" in frame.said[0]
    with db.read() as session:
        assert session.scalars(select(Publication.names)).all() == [2]


@pytest.mark.parametrize("to", ["md", "html", "txt"])
def test_a_saved_list_opens_elsewhere_with_its_accents(
    to: str, shown: Appeal, tmp_path: Path, frame: Frame, qtbot: QtBot
) -> None:
    path = tmp_path / f"list.{to}"
    shown.publishing.save_to(path, to)
    qtbot.waitUntil(lambda: bool(frame.said))
    text = path.read_text(encoding="utf-8")
    assert "Foyer Lumière" in text
    assert ('<meta charset="utf-8">' in text) == (to == "html")


def test_a_sensitive_signatory_is_on_no_list(
    shown: Appeal, put: Put, bodies: list[int], qtbot: QtBot
) -> None:
    put(lambda session: contacts.change(session, "organisation", bodies[1], sensitive=True))
    put(lambda session: appeals.sign(
        session, shown.appeal_id, organisation_id=bodies[3], on=date.today()
    ))  # fmt: skip
    preview = shown.publishing.view.toPlainText
    qtbot.waitUntil(lambda: "Platforma Zori" in preview())
    assert "Foyer" not in preview()
    assert "protected" in shown.publishing.said.text()


@pytest.mark.parametrize("to", ["docx", "odt", "pdf"])
def test_a_list_is_saved_as_a_file_and_its_bytes_are_kept(
    to: str, shown: Appeal, db: Database, tmp_path: Path, frame: Frame, qtbot: QtBot
) -> None:
    path = tmp_path / f"list.{to}"
    shown.publishing.save_to(path, to)
    qtbot.waitUntil(lambda: bool(frame.said))
    with db.read() as session:
        left = publishing.publications(session, shown.appeal_id)
        assert publishing.as_left(session, left[0].id)[1] == path.read_bytes()
    assert left[0].format == to


def test_a_list_is_printed_in_the_language_chosen(shown: Appeal, qtbot: QtBot) -> None:
    preview = shown.publishing.view.toPlainText
    qtbot.waitUntil(lambda: preview().startswith("Liste des signataires"))
    shown.publishing.language.setCurrentIndex(shown.publishing.language.findData("uk"))
    qtbot.waitUntil(lambda: preview().startswith("Список підписантів"))


def test_the_form_she_chose_is_offered_again(shown: Appeal, context: Context, qtbot: QtBot) -> None:
    box = shown.publishing.form
    box.setCurrentIndex(box.findData("sentence"))
    box.activated.emit(box.currentIndex())
    again = Publishing(context)
    qtbot.addWidget(again)
    assert again.form.currentData() == "sentence"


def test_a_copy_pastes_headings_in_bold_and_live_links(
    shown: Appeal, put: Put, bodies: list[int], frame: Frame, qtbot: QtBot
) -> None:
    put(lambda session: contacts.change(
        session, "address",
        contacts.add_address(session, "a@partner.example", organisation_id=bodies[0]),
        publishable=True,
    ))  # fmt: skip
    shown.publishing.form.setCurrentIndex(shown.publishing.form.findData("annex"))
    qtbot.waitUntil(lambda: "partner.example" in shown.publishing.view.toPlainText())
    press(shown.publishing, "Copy for Word")
    qtbot.waitUntil(lambda: bool(frame.said))
    paper = QTextEdit()
    qtbot.addWidget(paper)
    paper.paste()
    assert paper.toPlainText().startswith("Contacts\nLigue Horizon\na@partner.example")
    cursor = paper.textCursor()
    cursor.setPosition(3)
    assert cursor.charFormat().fontWeight() > 400
    cursor.movePosition(cursor.MoveOperation.End)
    assert cursor.charFormat().anchorHref() == "mailto:a@partner.example"


def test_what_was_printed_is_listed_seen_and_saved_again(
    shown: Appeal, put: Put, bodies: list[int], tmp_path: Path, frame: Frame, qtbot: QtBot
) -> None:
    shown.tabs.open("publish")
    printing, former = shown.printing, shown.former
    qtbot.waitUntil(lambda: "Foyer" in printing.view.toPlainText())
    assert not former.see.isEnabled()
    printing.save_to(tmp_path / "list.docx", "docx")
    qtbot.waitUntil(lambda: former.records.rowCount() == 1)
    put(lambda session: appeals.sign(session, shown.appeal_id, organisation_id=bodies[3]))
    former.table.selectRow(0)
    qtbot.waitUntil(former.see.isEnabled)
    frame.said.clear()
    former.save_to(tmp_path / "again.docx", former.table.current_id())
    qtbot.waitUntil(lambda: bool(frame.said))
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "list.docx").read_bytes()
    former.see.click()
    qtbot.waitUntil(lambda: bool(shown.window().findChildren(Seen)))
    seen = shown.window().findChildren(Seen)[0]
    assert "Foyer Lumière" in seen.view.toPlainText()
    assert "Platforma Zori" not in seen.view.toPlainText()


# --- questions that wait

WAITING = """# Appel pour les rivières

**Paris, le 3 mai 2026**

## Signataires

### France

Ligue Horizon

Foyer Lumieres

Erkin Dala Qogamy
"""


def recorded(session: Any, name: str = "", text: str = "") -> Any:
    read = documents.reading_of(name) if name else documents.text_read(text)
    review = reading.Review(read, KnownNames.load(session))
    return documents.finished(reading.record(session, review))


@pytest.fixture
def waiting(page: Appeal, bodies: list[int], put: Put, qtbot: QtBot) -> Appeal:
    done = put(recorded, "", WAITING)
    assert done.questions == 2
    page.visit(done.appeal_id)
    calm(page, qtbot)
    qtbot.waitUntil(page.questions.isVisible)
    page.activateWindow()
    page.table.setFocus()
    return page


def test_a_question_that_waits_is_answered_with_a_key(waiting: Appeal, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "2 questions wait." in labels(waiting.questions))
    QTest.keyClick(waiting.table, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "1 question waits." in labels(waiting.questions))
    QTest.keyClick(waiting.table, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: not waiting.questions.isVisible())
    qtbot.waitUntil(lambda: cells(waiting, 0) == ["Ligue Horizon", "Foyer Lumieres"])
    assert waiting.said() == ""


def test_a_question_that_waits_says_the_country_of_the_one_known(
    waiting: Appeal, put: Put, bodies: list[int], qtbot: QtBot
) -> None:
    def moves(session: Any) -> None:
        asked = reading.open_questions(session, waiting.appeal_id)[0].candidate_id
        assert asked is not None
        contacts.change(session, "organisation", asked, country="BE")

    put(moves)
    waiting.visit(waiting.appeal_id)
    qtbot.waitUntil(lambda: "Foyer Lumière (Belgium)" in labels(waiting.questions))


def test_a_key_held_down_answers_once(waiting: Appeal, db: Database, qtbot: QtBot) -> None:
    QTest.keyClick(waiting.table, Qt.Key.Key_2)
    QTest.keyClick(waiting.table, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: "1 question waits." in labels(waiting.questions))
    assert waiting.said() == ""


def test_a_section_is_linked_to_the_organisation_chosen(
    waiting: Appeal, db: Database, bodies: list[int], qtbot: QtBot
) -> None:
    QTest.keyClick(waiting.table, Qt.Key.Key_3)
    box = waiting.window().findChildren(SectionOf)[0]
    assert box.who.name() == "Foyer Lumière"
    press(box, "It is a section of it")
    qtbot.waitUntil(lambda: "1 question waits." in labels(waiting.questions))
    with db.read() as session:
        parents = session.scalars(select(Organisation.parent_id)).all()
    assert parents.count(bodies[1]) == 1


def test_without_questions_the_keys_do_nothing(shown: Appeal, qtbot: QtBot) -> None:
    shown.activateWindow()
    shown.table.setFocus()
    QTest.keyClick(shown.table, Qt.Key.Key_1)
    calm(shown, qtbot)
    assert shown.figures.sum.text() == "2 signatures"
    assert shown.said() == ""


# --- many


def test_two_thousand_signatories_are_shown_page_by_page(
    page: Appeal, put: Put, qtbot: QtBot
) -> None:
    def step(session: Any) -> int:
        made = appeals.add(session, "Many")
        for number in range(2000):
            body = contacts.add_organisation(session, f"Association numéro {number:04}")
            appeals.sign(session, made, organisation_id=body, on=date(2026, 5, 21))
        return made

    page.visit(put(step))
    qtbot.waitUntil(lambda: page.records.rowCount() == 2000, timeout=20_000)
    assert page.figures.sum.text() == "2,000 signatures"
    page.table.scrollToBottom()
    last = page.records.index(1999, 0)
    qtbot.waitUntil(lambda: last.data() == "Association numéro 1999")
