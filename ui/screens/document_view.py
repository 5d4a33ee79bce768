"""A document as it was read, with what was understood marked in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from crm.language import _
from ui.look import look, tone

_LINE = QTextCharFormat.UnderlineStyle
LINES = {"info": _LINE.DotLine, "warn": _LINE.WaveUnderline, "bad": _LINE.WaveUnderline}
"""A tone's line below the words, so that no mark is a colour alone."""


@dataclass(frozen=True)
class Mark:
    """A stretch of the text, its tone, the record it leads to (0 for none), what it is."""

    start: int
    end: int
    tone: str
    record_id: int
    said: str = ""


class DocumentView(QPlainTextEdit):
    """Read only; pressing a mark, or Enter on it, says which record it is."""

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setProperty("look", "document")
        self.setAccessibleName(_("The document"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._marks: Sequence[Mark] = ()
        self._shown: list[QTextEdit.ExtraSelection] = []
        self._current = 0
        self._text, self._tall = "", False
        look().changed.connect(self._mark_again)

    def show_text(self, text: str) -> None:
        """Another document."""
        self._marks, self._shown, self._current = (), [], 0
        self._text, self._tall = text, any(letter > "\uffff" for letter in text)
        self.setExtraSelections([])
        self.setPlainText(text)

    def _units(self, at: int) -> int:
        """A place in the text as Qt counts: letters beyond the first plane stand for two."""
        return len(self._text[:at].encode("utf-16-le")) // 2 if self._tall else at

    def mark(self, marks: Sequence[Mark]) -> None:
        """Mark these stretches, and no others."""
        self._marks = marks
        self._shown = [self._selection(each) for each in marks]
        self._paint()

    def _mark_again(self) -> None:
        self.mark(self._marks)

    def move_to(self, record_id: int) -> None:
        """Bring the marks of a record into sight and make them stand out."""
        self._current = record_id
        self._paint()
        here = next((each for each in self._marks if each.record_id == record_id), None)
        if here is None or not record_id:
            return
        cursor = self._cursor(here.start, here.end)
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)
        self.centerCursor()

    def mark_at(self, at: int) -> Mark | None:
        """The mark that leads somewhere, at this place as Qt counts."""
        found = (m for m in self._marks if self._units(m.start) <= at <= self._units(m.end))
        return next((mark for mark in found if mark.record_id), None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.textCursor().hasSelection():
            self._press(self._under(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press(self.mark_at(self.textCursor().position()))
            return
        super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            mark = self._under(event.pos())
            QToolTip.showText(event.globalPos(), mark.said if mark else "", self)
            return True
        return super().viewportEvent(event)

    def _under(self, place: QPoint) -> Mark | None:
        return self.mark_at(self.cursorForPosition(place).position())

    def _press(self, mark: Mark | None) -> None:
        if mark is not None:
            self.pressed.emit(mark.record_id)

    def _paint(self) -> None:
        now = [each for each in self._marks if each.record_id and each.record_id == self._current]
        self.setExtraSelections(self._shown + [self._selection(each, now=True) for each in now])

    def _selection(self, mark: Mark, *, now: bool = False) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        style = QTextCharFormat()
        colours = tone(mark.tone)
        style.setBackground(QColor(colours.ink if now else colours.tint))
        if now:
            style.setForeground(QColor(colours.tint))
        elif mark.tone in LINES:
            style.setUnderlineStyle(LINES[mark.tone])
            style.setUnderlineColor(QColor(colours.ink))
        if mark.tone == "quiet":
            style.setFontStrikeOut(True)
        made.format = style
        made.cursor = self._cursor(mark.start, mark.end)
        return made

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(self._units(start), last))
        cursor.setPosition(min(self._units(end), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor
