"""The last page before letters leave: half a minute to change one's mind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crm.db import Database
from crm.mailings import look
from tests.crm.test_mailings import drafted, partners
from ui.kit import Button, LinkButton
from ui.screens.check import Check
from ui.window import Window


@pytest.fixture
def counting(window: Window, db: Database, qtbot: QtBot) -> Iterator[Check]:
    """The half minute has begun."""
    qtbot.waitUntil(lambda: not window.tasks.busy)
    mailing = without_guard(lambda: write(db))
    window.go("check", mailing_id=mailing)
    page: Check = window.page("check")
    qtbot.waitUntil(lambda: hasattr(page, "send_button") and page.send_button.isEnabled())
    page.send_button.click()
    assert page._clock.isActive()
    yield page
    page._clock.stop()


def write(db: Database) -> int:
    partners(db, 3)
    return drafted(db)


def without_guard(work: Callable[[], Any]) -> Any:
    """On another thread, as every write is."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as other:
        return other.submit(work).result()


def test_whoever_leaves_the_page_has_changed_her_mind(
    counting: Check, window: Window, db: Database, qtbot: QtBot
) -> None:
    window.go("mailings")
    qtbot.waitUntil(lambda: not counting.isVisible())
    assert not counting._clock.isActive()
    with db.read() as session:
        assert look(session, counting.mailing_id).state == "draft"


def test_not_sending_stops_the_clock(counting: Check) -> None:
    counting.cancel_button.click()
    assert not counting._clock.isActive()


def test_the_half_minute_is_counted_aloud(counting: Check) -> None:
    assert "30 seconds" in counting._said.text()
    counting._tick()
    assert "29 seconds" in counting._said.text()


def checked(window: Window, mailing: int, qtbot: QtBot) -> Check:
    """The page, with everything it has to say."""
    window.go("check", mailing_id=mailing)
    page: Check = window.page("check")
    qtbot.waitUntil(lambda: hasattr(page, "send_button") and not window.tasks.busy)
    qtbot.waitUntil(lambda: page.send_button.isVisible())
    return page


def links(page: Check) -> dict[str, LinkButton]:
    return {each.text(): each for each in page.findChildren(LinkButton) if each.isVisible()}


def test_send_and_do_not_send_are_in_sight_in_a_low_window(
    window: Window, db: Database, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    page = checked(window, without_guard(lambda: write(db)), qtbot)

    def whole() -> list[bool]:
        return [
            each.visibleRegion().boundingRect() == each.rect()
            for each in (page.send_button, page.cancel_button)
        ]

    qtbot.waitUntil(lambda: all(whole()))


def test_without_a_mailbox_one_click_leads_to_where_it_is_set_up(
    window: Window, db: Database, qtbot: QtBot
) -> None:
    page = checked(window, without_guard(lambda: drafted(db)), qtbot)
    qtbot.waitUntil(lambda: "Set up your mailbox" in links(page))
    assert {"Check the recovery sheet", "Choose recipients"} < links(page).keys()
    links(page)["Set up your mailbox"].click()
    assert window.stage.currentWidget() is window.page("settings")
    assert window.page("settings").tabs.current() == "mailbox"


def test_a_mailing_to_nobody_says_nothing_of_its_messages(
    window: Window, db: Database, qtbot: QtBot
) -> None:
    page = checked(window, without_guard(lambda: drafted(db)), qtbot)
    said = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    assert not [each for each in said if "messages: about" in each]
    pressed = [each.text() for each in page.findChildren(Button) if each.isVisible()]
    assert not [each for each in pressed if each.startswith("See the")]
