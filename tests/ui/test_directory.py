"""The register on the screen: found, narrowed, changed; nobody written to who asked for peace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from crm import contacts, privacy
from crm.db import Database
from tests import coalition
from tests.ui.conftest import Frame
from ui.context import Context
from ui.kit import Button, Chip, Dialog
from ui.screens.directory import Directory
from ui.screens.editor import Editor
from ui.screens.organisation import Picker

Put = Callable[..., Any]


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> Directory:
    made = Directory(context)
    qtbot.addWidget(made)
    made.resize(1150, 760)
    made.show()
    return made


@pytest.fixture
def filled(page: Directory, put: Put, qtbot: QtBot) -> Directory:
    put(coalition.found)
    page.visit()
    qtbot.waitUntil(lambda: page.sheet.shown is not None and not page.context.tasks.busy)
    return page


def names(page: Directory) -> list[str]:
    return [str(page.records.index(row, 0).data()) for row in range(page.records.rowCount())]


def texts(page: Directory) -> str:
    return "\n".join(label.text() for label in page.sheet.findChildren(QLabel))


def editor(page: Directory) -> Editor:
    return next(each for each in page.findChildren(Editor) if each.isVisible())


def press(dialog: Dialog) -> None:
    """Press the main button, or the last one where a question is asked."""
    buttons = dialog.findChildren(Button)
    (dialog.main or buttons[-1]).click()


def test_every_organisation_is_listed_in_the_order_of_names(filled: Directory) -> None:
    assert len(names(filled)) == 30
    assert filled.figure.text() == "30 organisations"
    assert not filled.show_all.isVisible()


def test_typing_narrows_the_list_and_says_of_how_many(filled: Directory, qtbot: QtBot) -> None:
    QTest.keyClicks(filled.words, "memoire")
    qtbot.waitUntil(lambda: names(filled) == ["Comité Mémoire vive"])
    assert filled.figure.text() == "1 of 30 ·"
    filled.show_all.click()
    qtbot.waitUntil(lambda: len(names(filled)) == 30)


def test_conditions_are_chips_that_can_be_taken_away(filled: Directory, qtbot: QtBot) -> None:
    filled.narrow_to("place", "Country: Benin", countries=("BJ",))
    qtbot.waitUntil(lambda: len(names(filled)) == 1)
    chips = [each for each in filled.findChildren(Chip) if each.isVisible()]
    assert [each.text for each in chips] == ["Country: Benin"]
    QTest.keyClick(chips[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(names(filled)) == 30)


def test_countries_are_chosen_from_those_that_have_somebody(
    filled: Directory, qtbot: QtBot
) -> None:
    action = filled.add_filter.menu().actions()[0]
    action.trigger()
    qtbot.waitUntil(lambda: bool(filled.findChildren(Picker)))
    picker = filled.findChildren(Picker)[0]
    assert picker.list.item(0).text() == "France (12)"
    picker.list.item(0).setCheckState(Qt.CheckState.Checked)
    press(picker)
    qtbot.waitUntil(lambda: len(names(filled)) == 12)


def test_who_signed_an_appeal_is_one_condition(filled: Directory, qtbot: QtBot) -> None:
    filled.narrow_to("signed", "signed", appeal_id=1, statuses=("signed",))
    qtbot.waitUntil(lambda: filled.figure.text().startswith("10 of 30"))


def test_a_filter_that_finds_nothing_offers_to_create_it(filled: Directory, qtbot: QtBot) -> None:
    QTest.keyClicks(filled.words, "Xyzzy")
    empty = filled.table.empty
    assert empty is not None
    qtbot.waitUntil(empty.isVisible)
    said = [each.text() for each in empty.findChildren(Button) if each.isVisible()]
    assert said == ["Show all", "Create “Xyzzy”"]


def test_an_empty_directory_offers_three_ways_to_begin(page: Directory, qtbot: QtBot) -> None:
    page.visit()
    empty = page.table.empty
    assert empty is not None
    qtbot.waitUntil(empty.isVisible)
    assert len([each for each in empty.findChildren(Button) if each.isVisible()]) == 3


def test_the_sheet_tells_names_contacts_people_and_history(filled: Directory, qtbot: QtBot) -> None:
    filled.visit(organisation_id=12)
    qtbot.waitUntil(lambda: filled.sheet.shown is not None and filled.sheet.shown.id == 12)
    said = texts(filled)
    for words in (
        "Fédération nationale Libre Parole", "also: FNLP", "secretariat@parole.example",
        "✓ can be reached", "Nadia Exemple", "may be published (in writing, 12 Mar 2024)",
        "Stop the torture in colony 18", "✕ declined", "Prefers a call before 6 p.m.",
    ):  # fmt: skip
        assert words in said


def test_an_organisation_is_added_by_hand_and_shown(
    filled: Directory, qtbot: QtBot, db: Database
) -> None:
    filled.new()
    box = editor(filled)
    box.form.put(name="Atelier des rives", place="FR", email="atelier@rives.example")
    press(box)
    qtbot.waitUntil(
        lambda: filled.sheet.shown is not None and filled.sheet.shown.name == "Atelier des rives"
    )
    assert filled.sheet.shown is not None
    assert filled.sheet.shown.country == "FR"
    assert filled.sheet.shown.addresses[0].value == "atelier@rives.example"


def test_a_bad_address_is_said_in_the_form_which_stays(filled: Directory, qtbot: QtBot) -> None:
    filled.new()
    box = editor(filled)
    box.form.put(name="Atelier des rives", email="atelier at rives")
    press(box)
    qtbot.waitUntil(lambda: "is not an e-mail address" in box.said())
    assert box.isVisible()
    assert len(names(filled)) == 30


def test_a_name_that_is_known_is_said_while_it_is_typed(filled: Directory, qtbot: QtBot) -> None:
    filled.new()
    box = editor(filled)
    field = box.form.field("name")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "ligue hori")
    qtbot.waitUntil(lambda: "Already in the directory: Ligue Horizon" in box.said())


def test_a_new_name_keeps_the_old_one_as_an_alias(
    filled: Directory, qtbot: QtBot, frame: Frame
) -> None:
    filled.visit(organisation_id=5)
    qtbot.waitUntil(lambda: filled.sheet.shown is not None and filled.sheet.shown.id == 5)
    filled.edit()
    box = editor(filled)
    box.form.put(name="Collectif Aurore", notes="Since June.")
    press(box)
    qtbot.waitUntil(lambda: "Collectif Aurore" in names(filled))
    qtbot.waitUntil(lambda: "also: Collectif Aube" in texts(filled))
    assert frame.said == ["Saved."]


def test_a_sensitive_organisation_is_marked_after_asking(
    filled: Directory, qtbot: QtBot, db: Database
) -> None:
    filled.visit(organisation_id=5)
    qtbot.waitUntil(lambda: filled.sheet.shown is not None and filled.sheet.shown.id == 5)
    filled.sheet.ask_sensitive()
    box = next(each for each in filled.findChildren(Dialog) if each.isVisible())
    assert box.title.text() == "Mark Collectif Aube as sensitive?"
    press(box)
    qtbot.waitUntil(lambda: "sensitive: in no export" in texts(filled))
    with db.read() as session:
        assert 5 in set(session.scalars(privacy.hidden_organisations()))


def test_nobody_is_written_to_who_asked_not_to_be(
    filled: Directory, qtbot: QtBot, db: Database
) -> None:
    filled.visit(organisation_id=5)
    qtbot.waitUntil(lambda: filled.sheet.shown is not None and filled.sheet.shown.id == 5)
    filled.sheet.ask_opt_out("aube@aube.example")
    box = next(each for each in filled.findChildren(Dialog) if each.isVisible())
    assert box.leave.isDefault()
    press(box)
    qtbot.waitUntil(lambda: "asked not to be written to" in texts(filled))
    with db.read() as session:
        assert privacy.opted_out(session, ["Aube@aube.example"])


def test_only_their_written_wish_takes_that_back(
    filled: Directory, qtbot: QtBot, db: Database, put: Callable[..., Any]
) -> None:
    put(privacy.opt_out, "aube@aube.example", "by hand")
    filled.visit(organisation_id=5)
    qtbot.waitUntil(lambda: "asked not to be written to" in texts(filled))
    filled.sheet.ask_wish("aube@aube.example")
    box = next(each for each in filled.findChildren(Editor) if each.isVisible())
    assert box.main is not None
    box.main.click()
    assert box.isVisible()
    box.form.put(wish="“Yes please, write again” – mail of 3 May 2026")
    box.main.click()
    qtbot.waitUntil(lambda: "asked not to be written to" not in texts(filled))
    with db.read() as session:
        assert not privacy.opted_out(session, ["aube@aube.example"])


def test_writing_and_answers_start_from_the_sheet(
    filled: Directory, qtbot: QtBot, frame: Frame
) -> None:
    filled.visit(organisation_id=5)
    qtbot.waitUntil(lambda: filled.sheet.shown is not None and filled.sheet.shown.id == 5)
    said = {each.text(): each for each in filled.sheet.findChildren(Button)}
    said["Write"].click()
    said["Note an answer"].click()
    assert frame.went == [
        ("compose", {"organisation_ids": (5,)}),
        ("answer", {"organisation_id": 5}),
    ]


def test_an_export_takes_what_is_shown(filled: Directory, qtbot: QtBot, frame: Frame) -> None:
    filled.narrow_to("place", "Country: Benin", countries=("BJ",))
    qtbot.waitUntil(lambda: len(names(filled)) == 1)
    next(b for b in filled.findChildren(Button) if b.text() == "Export…").click()
    assert frame.went[-1] == ("export", {"what": "organisations", "ids": [25]})


def test_a_sensitive_contact_is_not_copied_with_the_others(filled: Directory) -> None:
    filled.table.setFocus()
    filled.table.selectAll()
    QTest.keyClick(filled.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "Collectif Aube" in copied
    assert "Erkin Dala" not in copied


def test_what_another_window_changed_appears(filled: Directory, put: Put, qtbot: QtBot) -> None:
    put(contacts.rename, 5, "Collectif Aurore")
    qtbot.waitUntil(lambda: "Collectif Aurore" in names(filled))


def test_the_list_is_sorted_by_its_headers(filled: Directory, qtbot: QtBot) -> None:
    first = names(filled)[0]
    filled.table.horizontalHeader().sectionClicked.emit(0)
    qtbot.waitUntil(lambda: names(filled)[-1] == first)
