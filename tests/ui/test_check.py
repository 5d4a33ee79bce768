"""The last page before letters leave: half a minute to change one's mind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from crm.db import Database
from crm.mailings import look
from tests.crm.test_mailings import drafted, partners
from ui.screens.check import Check
from ui.window import Window


@pytest.fixture
def counting(window: Window, db: Database, qtbot: QtBot) -> Check:
    """The half minute has begun."""
    qtbot.waitUntil(lambda: not window.tasks.busy)
    mailing = without_guard(lambda: write(db))
    window.go("check", mailing_id=mailing)
    page: Check = window.page("check")
    qtbot.waitUntil(lambda: hasattr(page, "send_button") and page.send_button.isEnabled())
    page.send_button.click()
    assert page._clock.isActive()
    return page


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
