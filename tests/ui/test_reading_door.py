"""What is pasted keeps its layout, and is read in the airlock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from crm.reading import Reading
from ui.context import Context
from ui.kit import Dialog
from ui.screens.reading_door import Door

LIST = "<h2>Signataires</h2><h3>France</h3><p>Ligue Horizon<br>Foyer Lumière</p>"
WORDS = "Signataires France Ligue Horizon Foyer Lumière"


@pytest.fixture
def door(context: Context, qtbot: QtBot) -> Iterator[Door]:
    made = Door(context)
    qtbot.addWidget(made)
    yield made
    QGuiApplication.clipboard().clear()


def copied(html: str = LIST, words: str = WORDS) -> QMimeData:
    carried = QMimeData()
    carried.setHtml(html)
    carried.setText(words)
    return carried


def names(found: Reading) -> list[str]:
    return [one.name for one in found.organisations]


def pasted(door: Door) -> tuple[QPlainTextEdit, QPushButton]:
    QGuiApplication.clipboard().setMimeData(copied())
    door.paste()
    dialog = door.findChild(Dialog)
    assert dialog is not None
    read = [each for each in dialog.findChildren(QPushButton) if each.text() == "Read it"]
    text = dialog.findChild(QPlainTextEdit)
    assert text is not None
    return text, read[0]


def test_a_paste_from_a_browser_keeps_its_lines(door: Door, qtbot: QtBot) -> None:
    text, read = pasted(door)
    assert text.toPlainText() == WORDS
    with qtbot.waitSignal(door.understood, timeout=20_000) as given:
        read.click()
    assert names(given.args[0]) == ["Ligue Horizon", "Foyer Lumière"]


def test_what_was_changed_before_reading_is_read_as_changed(door: Door, qtbot: QtBot) -> None:
    text, read = pasted(door)
    text.setPlainText("Signataires : Ligue Horizon, Foyer Lumière, Encre Libre")
    with qtbot.waitSignal(door.understood, timeout=20_000) as given:
        read.click()
    assert names(given.args[0]) == ["Ligue Horizon", "Foyer Lumière", "Encre Libre"]


def test_what_is_dropped_from_a_word_processor_keeps_its_lines(door: Door, qtbot: QtBot) -> None:
    with qtbot.waitSignal(door.understood, timeout=20_000) as given:
        door.take("Dropped text", copied())
    assert [one.country for one in given.args[0].organisations] == ["FR", "FR"]
