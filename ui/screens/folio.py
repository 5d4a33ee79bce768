"""A page that fills the window: one card in its middle, one question at a time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from ui.context import Context
from ui.kit import Card, MainButton, Page, clear, column, line, row, scaled, wear

WIDTH = 620  # pixels at the usual size of letters


class Folio(Page):
    """Turned like the pages of a book; Return presses the main button, or the one in focus."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, scrolls=True)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(scaled(12))
        self.card = Card()
        self.card.body.setContentsMargins(*[scaled(24)] * 4)
        self.card.body.addLayout(self._inside)
        self.card.setFixedWidth(scaled(WIDTH))
        sign = line("")
        wear(sign, "cosigne", "link", 26)
        whole = QWidget()
        whole.setLayout(
            row(
                None,
                column(None, row(sign, line("Cosigne", "lead"), None, gap=8), self.card, None, 20),
                None,
            )
        )
        self.put(whole)

    def turn(self, head: QWidget | QLayout, *items: Any) -> None:
        """Another page of the book; what `say` says stands below its head."""
        clear(self._inside)
        said = QVBoxLayout()
        self.say_in(said)
        self._inside.addLayout(column(head, said, *items, gap=12))

    def main(self) -> MainButton | None:
        """The one thing this page is for."""
        shown = [each for each in self.card.findChildren(MainButton) if each.isVisibleTo(self)]
        return shown[-1] if shown else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focus = self.focusWidget()
        pressed = focus if isinstance(focus, QPushButton) else self.main()
        if pressed is not None and pressed.isEnabled():
            pressed.click()
