"""What the global search found, in a list under its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm.language import _
from ui.finder import MOST, PLACES
from ui.kit import column
from ui.look import colours, icon, scaled

BELOW = int(Qt.ItemDataRole.UserRole) + 1
ICONS = {"organisation": "building", "person": "person", "address": "mail", "appeal": "appeal",
         "addressee": "mail"}  # fmt: skip


class Hit(Protocol):
    """Something found: what it is, its id, and two lines about it."""

    noun: str
    id: int
    title: str
    subtitle: str
    appeal_id: int | None


class Found(QFrame):
    """What was found, under the field."""

    def __init__(self, window: QWidget, choose: Callable[[str, Any], None]) -> None:
        super().__init__(window)
        self.setProperty("look", "popup")
        self._choose = choose
        self.results = QListWidget()
        self.results.setAccessibleName(_("Found"))
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.results.setItemDelegate(_Lines(self.results))
        self.results.itemClicked.connect(lambda _item: self.take())
        self.setLayout(column(self.results, margin=5))

    def watch(self, field: QWidget) -> None:
        """Go away when the field loses the focus."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self.hide()
        return False

    def offer(self, words: str, hits: list[Hit], near: str | None = None) -> None:
        """Show what was found; where nothing was, what can be done about it."""
        self.results.clear()
        for hit in hits[:MOST]:
            # A person is shown by the organisations she is in.
            what = (hit.appeal_id or hit.id) if hit.noun in PLACES else hit.title
            self._add(ICONS.get(hit.noun, "right"), hit.title, hit.subtitle, (hit.noun, what))
        if not hits:
            nothing = _("Nothing for “{words}”.").format(words=words)
            self._add("search", nothing, "", None)
            if near is not None:
                close = _("Close: {name}").format(name=near)
                self._add("building", close, "", ("words", near))
            create = _("Create the organisation “{words}”").format(words=words)
            self._add("plus", create, "", ("new", words.strip()))
        self.results.setCurrentRow(0 if hits else 1)
        high = sum(self.results.sizeHintForRow(at) for at in range(self.results.count()))
        self.setFixedHeight(min(high, scaled(430)) + scaled(14))

    def move_by(self, steps: int) -> None:
        """The next or the previous one."""
        wanted = self.results.currentRow() + steps
        self.results.setCurrentRow(max(0, min(self.results.count() - 1, wanted)))

    def take(self) -> None:
        """Go to the current one."""
        item = self.results.currentItem()
        where = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if where is not None:
            self._choose(*where)

    def _add(self, drawing: str, title: str, subtitle: str, where: tuple[str, Any] | None) -> None:
        item = QListWidgetItem(icon(drawing, "soft", 16), title)
        item.setData(Qt.ItemDataRole.UserRole, where)
        item.setData(BELOW, subtitle)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {subtitle}")
        self.results.addItem(item)


class _Lines(QStyledItemDelegate):
    """A drawing, a title, and what is said of it in small letters below."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        lines = 2 if index.data(BELOW) else 1
        return QSize(scaled(200), lines * option.fontMetrics.lineSpacing() + scaled(12))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        now, rect = colours(), option.rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.tint))
            painter.drawRoundedRect(rect, 6, 6)
        side = scaled(16)
        drawing = index.data(Qt.ItemDataRole.DecorationRole)
        drawing.paint(painter, rect.left() + scaled(8), rect.center().y() - side // 2, side, side)
        below = index.data(BELOW)
        lines = ((index.data(), option.font, now.ink), (below, _smaller(option.font), now.soft))
        left, top = rect.left() + scaled(34), rect.top() + scaled(6)
        for words, font, ink in lines[: 2 if below else 1]:
            painter.setFont(font)
            painter.setPen(QColor(ink))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.right() - left)
            painter.drawText(left, top + metrics.ascent(), shown)
            top += metrics.lineSpacing()


def _smaller(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * 0.9)
    return made
