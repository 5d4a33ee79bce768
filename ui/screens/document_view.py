"""A document as it was read, with what was understood marked in place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit, QToolTip

from crm.language import _
from ui.kit.words import tip
from ui.look import look, tone

_LINE = QTextCharFormat.UnderlineStyle
LINES = {"info": _LINE.DotLine, "warn": _LINE.WaveUnderline, "bad": _LINE.WaveUnderline}
"""A tone's line below the words, so that no mark is a colour alone."""
_BELOW = 200  # letters marked below what is in sight
Choice = tuple[str, Callable[[], object]]


@dataclass(frozen=True)
class Mark:
    """A stretch of the text, its tone, the record it leads to (0 for none), what it is."""

    start: int
    end: int
    tone: str
    record_id: int
    said: str = ""


class DocumentView(QPlainTextEdit):
    """Read only; pressing a mark, or Enter on it, says which record it is.

    Words can be selected, by hand or by key; `choices` are then offered in its menu.
    """

    pressed = Signal(int)
    selected = Signal()  # other words, or none any more; not while they are being dragged over

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setProperty("look", "document")
        self.setAccessibleName(_("The document"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.choices: Callable[[], Sequence[Choice]] = list
        self._marks: list[Mark] = []
        self._starts: list[int] = []
        self._longest = 0
        self._current = 0
        self._tall: list[int] = []  # where letters stand that Qt counts as two
        self._dragging = False
        self._painted: tuple[int, int, int] | None = None  # which marks, and whose stand out
        look().changed.connect(self._paint_again)
        self.selectionChanged.connect(self._tell_selected)
        self.verticalScrollBar().valueChanged.connect(self._paint)

    def show_text(self, text: str) -> None:
        """Another document."""
        self._marks, self._starts, self._current = [], [], 0
        self._tall = [at for at, letter in enumerate(text) if letter > "\uffff"]
        self._painted = None
        self.setExtraSelections([])
        self.setPlainText(text)

    # --- places, as the text counts and as Qt does

    def _units(self, at: int) -> int:
        """A place in the text as Qt counts: letters beyond the first plane stand for two."""
        return at + bisect_left(self._tall, at)

    def _place(self, units: int) -> int:
        """The same, back from Qt's count."""
        if not self._tall:
            return units
        low, high = units - len(self._tall), units
        return low + bisect_left(range(low, high + 1), units, key=self._units)

    def chosen(self) -> tuple[int, int] | None:
        """The selected stretch of the text, if there is one."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        return self._place(cursor.selectionStart()), self._place(cursor.selectionEnd())

    def caret(self) -> int:
        """Where the caret stands in the text."""
        return self._place(self.textCursor().position())

    def select(self, start: int, end: int) -> None:
        """Select a stretch of the text."""
        self.setTextCursor(self._cursor(start, end))

    def unselect(self) -> None:
        """Select nothing any more; the caret stays."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.position())
        self.setTextCursor(cursor)

    def around_selection(self) -> QRect:
        """Where the end of the selection is seen, as the viewport counts."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        return self.cursorRect(cursor)

    # --- marks

    def mark(self, marks: Sequence[Mark]) -> None:
        """Mark these stretches, and no others."""
        self._marks = sorted(marks, key=lambda each: each.start)
        self._starts = [each.start for each in self._marks]
        self._longest = max((each.end - each.start for each in self._marks), default=0)
        self._paint_again()

    def move_to(self, record_id: int) -> None:
        """Bring the marks of a record into sight and make them stand out."""
        self._current = record_id
        here = next((each for each in self._marks if each.record_id == record_id), None)
        if here is not None and record_id:
            cursor = self._cursor(here.start, here.end)
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
            self.centerCursor()
        self._paint()

    def mark_at(self, at: int) -> Mark | None:
        """The mark that leads somewhere, at this place as Qt counts."""
        place = self._place(at)
        near = self._marks[slice(*self._between(place - self._longest, place))]
        found = (each for each in near if each.start <= place <= each.end)
        return next((mark for mark in found if mark.record_id), None)

    def _between(self, start: int, end: int) -> tuple[int, int]:
        """Which marks begin in this stretch: the first, and the one behind the last."""
        return bisect_left(self._starts, start), bisect_right(self._starts, end)

    def _paint_again(self) -> None:
        self._painted = None
        self._paint()

    def _paint(self, _moved: object = None) -> None:
        """Mark what is in sight: thousands of marks cost no more than a page of them."""
        corner = self.viewport().rect().bottomRight()
        top = self._place(self.cursorForPosition(QPoint(0, 0)).position())
        bottom = self._place(self.cursorForPosition(corner).position()) + _BELOW
        first, behind = self._between(top - self._longest, bottom)
        if self._painted == (first, behind, self._current):
            return
        self._painted = (first, behind, self._current)
        seen = self._marks[first:behind]
        now = [each for each in seen if each.record_id and each.record_id == self._current]
        shown = [self._selection(each) for each in seen]
        self.setExtraSelections(shown + [self._selection(each, now=True) for each in now])

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

    # --- hands and keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragging = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._dragging = False
        self.selected.emit()
        if not self.textCursor().hasSelection() and event.button() == Qt.MouseButton.LeftButton:
            self._press(self._under(event.position().toPoint()))

    def _tell_selected(self) -> None:
        if not self._dragging:
            self.selected.emit()

    def event(self, event: QEvent) -> bool:
        # A text claims letters and Ctrl+Z for itself; this one is only read, they are the page's.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undoing = event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if (control and undoing) or (not control and event.text().strip()):
                event.ignore()
                return False
            if event.key() == Qt.Key.Key_Backspace:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press(self.mark_at(self.textCursor().position()))
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be said of the selected words, then copying and the rest."""
        if not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        usual = self.createStandardContextMenu()
        menu = QMenu(self)
        for text, on in self.choices():
            menu.addAction(text.replace("&", "&&")).triggered.connect(
                lambda _checked=False, on=on: on()
            )
        menu.addSeparator()
        menu.addActions(usual.actions())
        menu.aboutToHide.connect(usual.deleteLater)
        menu.popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            mark = self._under(event.pos())
            QToolTip.showText(event.globalPos(), tip(mark.said) if mark else "", self)
            return True
        return super().viewportEvent(event)

    def _under(self, place: QPoint) -> Mark | None:
        return self.mark_at(self.cursorForPosition(place).position())

    def _press(self, mark: Mark | None) -> None:
        if mark is not None:
            self.pressed.emit(mark.record_id)
