"""A document as it was read, with what was understood marked in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from crm.language import _
from ui.look import look, tone


@dataclass(frozen=True)
class Mark:
    """A stretch of the text, its tone, and the record it leads to (0 for none)."""

    start: int
    end: int
    tone: str
    record_id: int


class DocumentView(QPlainTextEdit):
    """Read only; pressing a mark says which record it is."""

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(_("The document"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._marks: Sequence[Mark] = ()
        self._text, self._tall = "", False
        look().changed.connect(lambda: self.mark(self._marks))

    def show_text(self, text: str) -> None:
        """Another document."""
        self._marks = ()
        self._text, self._tall = text, any(letter > "\uffff" for letter in text)
        self.setExtraSelections([])
        self.setPlainText(text)

    def _units(self, at: int) -> int:
        """A place in the text as Qt counts: letters beyond the first plane stand for two."""
        return len(self._text[:at].encode("utf-16-le")) // 2 if self._tall else at

    def mark(self, marks: Sequence[Mark]) -> None:
        """Mark these stretches, and no others."""
        self._marks = marks
        self.setExtraSelections([self._selection(each) for each in marks])

    def move_to(self, start: int, end: int) -> None:
        """Bring a stretch into sight."""
        cursor = self._cursor(start, end)
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)
        self.centerCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self.cursorForPosition(event.position().toPoint()).position()
        for each in self._marks:
            if each.record_id and self._units(each.start) <= at <= self._units(each.end):
                self.pressed.emit(each.record_id)
                return

    def _selection(self, mark: Mark) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        style = QTextCharFormat()
        style.setBackground(QColor(tone(mark.tone).tint))
        made.format = style
        made.cursor = self._cursor(mark.start, mark.end)
        return made

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(self._units(start), last))
        cursor.setPosition(min(self._units(end), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor
