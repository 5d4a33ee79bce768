"""The frame: rooms, one search for everything, undo that says what it undoes, work under way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crm import computer, contacts
from crm.db import Database, Step
from crm.errors import Refused
from tests import coalition
from ui import guide, look
from ui.found import Found
from ui.kit import Dialog, MainButton, Page
from ui.pulse import said
from ui.tasks import Work
from ui.topbar import in_words
from ui.window import PLACES, Window

Put = Callable[..., Any]


@pytest.fixture
def filled(window: Window, put: Put, qtbot: QtBot) -> Window:
    put(coalition.found, label="30 organisations imported")
    window.go("home")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    return window


def press(window: Window, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    pressed = Qt.KeyboardModifier.NoModifier
    for each in modifiers:
        pressed |= each
    window.activateWindow()
    QTest.keyClick(window, key, pressed)


def dialog(window: Window) -> Dialog:
    return next(each for each in window.findChildren(Dialog) if each.isVisible())


def test_the_window_says_whose_workspace_it_is(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.windowTitle() == "Collectif Exemple – Cosigne")


def test_rooms_are_reached_from_the_keyboard(filled: Window, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(filled.arrived) as there:
        press(filled, Qt.Key.Key_2, control)
    assert there.args == ["directory"]
    assert filled.sidebar.rooms["directory"].isChecked()
    press(filled, Qt.Key.Key_1, control)
    assert filled.sidebar.rooms["home"].isChecked()
    filled.back()
    assert filled.sidebar.rooms["directory"].isChecked()


def test_one_search_finds_an_organisation_and_goes_there(filled: Window, qtbot: QtBot) -> None:
    finder = filled.top.finder
    press(filled, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(finder, "memoire")
    qtbot.waitUntil(lambda: any(f.isVisible() for f in filled.findChildren(Found)))
    QTest.keyClick(finder, Qt.Key.Key_Return)
    page = filled.page("directory")
    qtbot.waitUntil(lambda: page is not None and page.sheet.shown is not None)
    assert page.sheet.shown.name == "Comité Mémoire vive"
    assert finder.text() == ""


def test_a_search_that_finds_nothing_offers_to_create_it(filled: Window, qtbot: QtBot) -> None:
    finder = filled.top.finder
    finder.setFocus()
    QTest.keyClicks(finder, "Xyzzy")
    qtbot.waitUntil(lambda: any(f.isVisible() for f in filled.findChildren(Found)))
    QTest.keyClick(finder, Qt.Key.Key_Return)
    box = dialog(filled)
    assert box.form.values()["name"] == "Xyzzy"  # type: ignore[attr-defined]


def test_undo_says_what_it_takes_back_and_asks_before_a_large_one(
    filled: Window, db: Database, qtbot: QtBot
) -> None:
    undo = filled.top.undo
    qtbot.waitUntil(lambda: undo.text() == "Undo: 30 organisations imported")
    press(filled, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in filled.findChildren(Dialog)))
    box = dialog(filled)
    assert box.title.text() == "Undo “30 organisations imported”?"
    assert box.leave.isDefault()
    box.reject()
    with db.read() as session:
        assert len(contacts.ids(session)) == 30


def test_a_small_act_is_undone_at_once_and_done_again(
    window: Window, db: Database, put: Put, qtbot: QtBot
) -> None:
    put(contacts.add_organisation, "Collectif Aube", label="Add Collectif Aube")
    qtbot.waitUntil(lambda: window.top.undo.text() == "Undo: Add Collectif Aube")
    window.undo()
    qtbot.waitUntil(lambda: not window.top.undo.isEnabled())
    with db.read() as session:
        assert len(contacts.ids(session)) == 0
    qtbot.waitUntil(window.top.redo.isVisible)
    window.redo()
    qtbot.waitUntil(window.top.undo.isEnabled)
    with db.read() as session:
        assert len(contacts.ids(session)) == 1


def test_an_undo_is_announced_in_figures() -> None:
    tally = {"signature": 43, "organisation": 9, "name": 9}
    assert in_words(tally) == "43 signatures and 9 organisations"
    assert in_words({"setting": 12}) == "12 records"
    assert in_words({"address": 1}) == "1 address"


def test_what_is_under_way_is_seen_and_stopped_in_the_corner(window: Window, qtbot: QtBot) -> None:
    go = threading.Event()

    def walk(_db: Database) -> Iterator[Step]:
        for number in range(418):
            yield Step(number, 418)
            go.wait(0.01)

    work = window.tasks.run(window, "Sending", walk)
    qtbot.waitUntil(lambda: "of 418" in window.top.pulse.text())
    work.stop()
    qtbot.waitUntil(lambda: not window.top.pulse.isVisible())


def test_closing_asks_while_something_is_under_way(window: Window, qtbot: QtBot) -> None:
    def walk(_db: Database) -> Iterator[Step]:
        for number in range(100_000):
            yield Step(number, 100_000)

    window.tasks.run(window, "Sending", walk)
    window.close()
    assert window.isVisible()
    box = dialog(window)
    assert "Sending" in box.title.text()
    for each in box.findChildren(MainButton):
        each.click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_work_is_said_in_one_line() -> None:
    work = Work("Sending")
    assert said(work) == "Sending"
    work.step = Step(207, 418, "Ligue Horizon")
    assert said(work) == "Sending: 207 of 418 · Ligue Horizon"


def test_trouble_is_shown_on_the_page_where_she_is(filled: Window, qtbot: QtBot) -> None:
    def refuse(_session: Any) -> None:
        raise Refused("This appeal is closed.")

    page = filled.stage.currentWidget()
    assert isinstance(page, Page)
    filled.tasks.write(page, "Sign", refuse)
    qtbot.waitUntil(lambda: "This appeal is closed." in page.said())


def test_an_undo_that_is_refused_says_why_on_the_page(filled: Window, qtbot: QtBot) -> None:
    page = filled.page("home")
    qtbot.waitUntil(lambda: filled.top.undo.isEnabled() and not filled.tasks.busy)
    filled.undo()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in filled.findChildren(Dialog)))
    dialog(filled).findChildren(MainButton)[0].click()
    qtbot.waitUntil(lambda: "A message rests on it" in page.said())


def test_the_place_and_the_window_are_remembered(filled: Window, qtbot: QtBot) -> None:
    filled.go("directory")
    filled.close()
    assert computer.recall("place") == "directory"
    again = Window(filled.tasks)
    qtbot.addWidget(again)
    again.start()
    assert again.sidebar.rooms["directory"].isChecked()


def test_a_second_toast_is_as_wide_as_its_words(window: Window) -> None:
    window.toast("Saved.")
    window.toast("The answer of the harbour committee is noted.")
    toast = window.findChild(type(window._toast))
    assert toast is not None
    words = toast.fontMetrics().horizontalAdvance("The answer of the harbour committee is noted.")
    assert toast.width() > words


def test_a_toast_offers_undo_and_stays_inside_the_window(window: Window) -> None:
    window.toast("43 signatures recorded. " * 12, undo=True)
    toast = window.findChild(type(window._toast))
    assert toast is not None
    assert window.rect().contains(toast.geometry())


def test_every_room_has_a_name_an_icon_and_can_be_reached_by_tab(window: Window) -> None:
    rooms = [place for place in PLACES if place.title]
    assert len({place.key for place in PLACES}) == len(PLACES)
    for place in rooms:
        assert (look.RESOURCES / "icons" / f"{place.icon}.svg").exists()
        assert window.sidebar.rooms[place.key].focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_guide_always_has_something_to_say() -> None:
    assert guide.page("home")
    assert guide.page("nowhere")


@pytest.mark.parametrize(
    ("place", "about"),
    [("appeal", "**Publish**"), ("proof", "**Proof-read**"), ("letter", "**Addressees"),
     ("reading", "# Read a document")],
)  # fmt: skip
def test_the_guide_opens_at_the_page_she_is_on(place: str, about: str) -> None:
    assert about in guide.page(place)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(theme: str) -> None:
    """Contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    now = look.NIGHT if theme == "dark" else look.DAY
    pairs = [
        (ink, ground)
        for ground in (now.paper, now.card, now.rail, now.well)
        for ink in (now.ink, now.soft)
    ]
    pairs += [(now.link, now.card), (now.link, now.paper), (now.on_accent, now.accent)]
    pairs += [(now.faint, now.card), (now.ink, now.tint)]
    pairs += [(each.ink, each.tint) for each in now.tones.values()]
    pairs += [(now.ink, each.tint) for each in now.tones.values()]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
