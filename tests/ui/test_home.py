"""Monday morning: what awaits, what this week brings, and three ways to begin in an empty file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crm import settings
from crm.db import Database
from tests import coalition
from tests.ui.conftest import Frame
from ui.context import Context
from ui.kit import Button
from ui.screens.home import Home

Put = Callable[..., Any]


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> Home:
    made = Home(context)
    qtbot.addWidget(made)
    made.resize(1150, 760)
    made.show()
    return made


def said(page: Home) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def button(page: Home, text: str) -> Button:
    return next(b for b in page.findChildren(Button) if b.text() == text and b.isVisible())


def seen(page: Home, text: str) -> bool:
    return any(b.text() == text and b.isVisible() for b in page.findChildren(Button))


def test_an_empty_file_offers_three_ways_to_begin(page: Home, qtbot: QtBot, frame: Frame) -> None:
    page.visit()
    qtbot.waitUntil(lambda: "Your directory is empty" in said(page))
    assert "First steps 1/6" in said(page)
    button(page, "Import my spreadsheet").click()
    button(page, "Read an appeal").click()
    button(page, "Add an organisation").click()
    assert frame.went == [("import", {}), ("reading", {}), ("directory", {"create": ""})]


def test_what_awaits_her_is_counted_and_leads_where_it_is_done(
    page: Home, put: Put, qtbot: QtBot, frame: Frame
) -> None:
    put(coalition.found, label="30 organisations imported")
    page.visit()
    qtbot.waitUntil(lambda: "5 things await you" in said(page))
    qtbot.waitUntil(lambda: seen(page, "Prepare a reminder (11)"))
    button(page, "Prepare a reminder (11)").click()
    button(page, "Answer them").click()
    remind = {"appeal_id": 1, "statuses": ("asked",), "letter": "remind"}
    assert frame.went == [("compose", remind), ("appeal", {"appeal_id": 2})]


def test_the_week_shows_deadlines_rendezvous_and_mailings_to_resume(
    page: Home, put: Put, qtbot: QtBot
) -> None:
    put(coalition.found, label="30 organisations imported")
    page.visit()
    qtbot.waitUntil(lambda: "This week" in said(page))
    for words in (
        "<b>Deadline</b>", "10 signed, 4 promised, 11 without answer", "Exempleville, 14:00",
        "<b>Mailing paused</b>", "30 organisations imported",
    ):  # fmt: skip
        assert words in said(page)


def test_the_first_steps_can_be_hidden(page: Home, put: Put, qtbot: QtBot, db: Database) -> None:
    put(coalition.found)
    page.visit()
    qtbot.waitUntil(lambda: "First steps 5/6" in said(page))
    button(page, "Hide").click()
    qtbot.waitUntil(lambda: "First steps" not in said(page))
    with db.read() as session:
        assert settings.load(session).hidden_first_steps
