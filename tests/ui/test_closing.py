"""Closing the window: what has not been recorded is asked about, and never vanishes unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crm import contacts, documents, reading
from crm.db import Database
from tests.ui.test_check import counting
from ui.kit import Dialog, MainButton
from ui.screens.check import Check
from ui.screens.imports import Imports
from ui.window import Window

Put = Callable[..., Any]
__all__ = ["counting"]


def asked(window: Window) -> list[Dialog]:
    return [each for each in window.findChildren(Dialog) if each.isVisible()]


def closed_anyway(window: Window, qtbot: QtBot) -> None:
    (box,) = asked(window)
    for each in box.findChildren(MainButton):
        each.click()
    qtbot.waitUntil(lambda: not window.isVisible())


@pytest.fixture
def answered(window: Window, put: Put, tmp_path: Path, qtbot: QtBot) -> Imports:
    """Her spreadsheet, its one question answered, nothing recorded."""
    put(contacts.add_organisation, "Foyer Lumière")
    path = tmp_path / "partners.csv"
    path.write_text("Association;Pays\nFoyer Lumieres;\nLigue Horizon;\n", encoding="utf-8")
    window.go("import", path=path)
    page: Imports = window.page("import")
    qtbot.waitUntil(lambda: bool(page.sheets))
    page._plan()
    qtbot.waitUntil(lambda: page.plan is not None)
    QTest.keyClick(page, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(page._answered) == 1)
    return page


def test_a_half_answered_review_is_not_lost_by_closing(
    window: Window, put: Put, db: Database, qtbot: QtBot
) -> None:
    put(contacts.add_organisation, "Foyer Lumière")
    window.go("reading")
    page = window.page("reading")
    lines = (
        "# Appel pour les rivières", "**Paris, le 3 mai 2026**", "## Signataires", "### France",
        "Ligue Horizon", "Foyer Lumieres", "Atelier des Deux Rives",
    )  # fmt: skip
    text = "\n\n".join(lines)
    read = reading.understand(documents.from_text("appel.md", text))
    page._understood(read)
    qtbot.waitUntil(lambda: page.review is not None)
    assert page.unsaved() == ""
    qtbot.waitUntil(lambda: page.desk.asked() is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(page.table, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: any(each.answer for each in page.review.lines))
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not asked(window)
    with db.read() as session:
        (waiting,) = reading.unfinished(session)
        found = reading.kept(session, waiting.id)
    assert waiting.name == "appel.md"
    assert any(each.answer for each in found.now.lines)


def test_the_answers_of_an_import_are_not_lost_by_closing(
    answered: Imports, window: Window, qtbot: QtBot
) -> None:
    window.go("home")
    window.close()
    assert window.isVisible()
    assert asked(window)[0].title.text() == "“partners.csv” has not been recorded."
    closed_anyway(window, qtbot)


def test_the_half_minute_is_not_lost_by_closing(
    counting: Check, window: Window, db: Database, qtbot: QtBot
) -> None:
    window.close()
    assert window.isVisible()
    assert asked(window)[0].title.text() == "This mailing has not left yet."
    asked(window)[0].reject()
    assert counting._clock.isActive()
    counting.cancel_button.click()
    window.close()
    assert not window.isVisible()


def test_back_to_the_columns_keeps_what_was_answered(answered: Imports, qtbot: QtBot) -> None:
    answered._back_to_columns()
    answered._plan()
    qtbot.waitUntil(lambda: answered.plan is not None)
    assert answered.plan is not None
    assert [each.answer for each in answered.plan.questions] == ["same"]


def test_another_file_over_a_plan_asks_first(
    answered: Imports, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "others.csv"
    other.write_text("Association;Pays\nCollectif Aube;\n", encoding="utf-8")
    window.go("import", path=other)
    (box,) = asked(window)
    assert answered.plan is not None
    for each in box.findChildren(MainButton):
        each.click()
    qtbot.waitUntil(lambda: answered.path == other and bool(answered.sheets))
    assert answered.unsaved() == ""
