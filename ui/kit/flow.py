"""Layouts: columns and rows in one line, and items that wrap like words."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.look import scaled

Item = QWidget | QLayout | int | None
"""What a column or a row holds; a number is a gap in pixels, None takes all the rest."""

B = TypeVar("B", QVBoxLayout, QHBoxLayout)


def column(*items: Item, gap: int = 8, margin: int = 0) -> QVBoxLayout:
    """Things below one another."""
    return _fill(QVBoxLayout(), items, gap, margin)


def row(*items: Item, gap: int = 10, margin: int = 0) -> QHBoxLayout:
    """Things beside one another, centred on one line."""
    return _fill(QHBoxLayout(), items, gap, margin)


def _fill(layout: B, items: tuple[Item, ...], gap: int, margin: int) -> B:
    layout.setSpacing(scaled(gap))
    layout.setContentsMargins(*[scaled(margin)] * 4)
    for item in items:
        add(layout, item)
    return layout


def add(layout: QVBoxLayout | QHBoxLayout, item: Item) -> None:
    """Put one more thing at the end of a column or a row."""
    if item is None:
        layout.addStretch(1)
    elif isinstance(item, int):
        layout.addSpacing(scaled(item))
    elif isinstance(item, QWidget):
        layout.addWidget(item)
    else:
        layout.addLayout(item)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class FlowLayout(QLayout):
    """Items one after the other, on as many lines as it takes."""

    def __init__(
        self, *widgets: QWidget, gap: int = 8, right: bool = False, middle: bool = False
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._lead = 1.0 if right else 0.5 if middle else 0.0
        self.setSpacing(scaled(gap))
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All on one line, if there is room."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(s.width() for s in sizes) + self.spacing() * max(0, len(sizes) - 1)
        height = max((s.height() for s in sizes), default=0)
        return QSize(width, height).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        width = max((s.width() for s in sizes), default=0)
        height = max((s.height() for s in sizes), default=0)
        return QSize(width, height).grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        margins: QMargins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        top, height = inner.top(), 0
        for line in self._lines(inner.width()):
            sizes = [self._size(item, inner.width()) for item in line]
            height = max(size.height() for size in sizes)
            left = inner.left()
            gaps = self.spacing() * (len(line) - 1)
            free = max(0, inner.width() - sum(s.width() for s in sizes) - gaps)
            left += round(free * self._lead)
            for item, size in zip(line, sizes, strict=True):
                if move:
                    down = (height - size.height()) // 2
                    item.setGeometry(QRect(QPoint(left, top + down), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()
        return top - self.spacing() - rect.top() + margins.bottom() if height else 0

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wide = self._size(item, width).width()
            if lines and used + self.spacing() + wide <= width:
                lines[-1].append(item)
                used += self.spacing() + wide
            else:
                lines.append([item])
                used = wide
        return lines

    def _size(self, item: QLayoutItem, width: int) -> QSize:
        size = item.sizeHint()
        if size.width() <= width:
            return size
        tall = item.heightForWidth(width) if item.hasHeightForWidth() else size.height()
        return QSize(width, max(tall, size.height()))


class Tiles(QWidget):
    """Things of one width beside one another, in as many columns as there is room for."""

    def __init__(self, *tiles: QWidget, least: int = 250, gap: int = 14) -> None:
        super().__init__()
        self._tiles: list[QWidget] = []
        self._least = scaled(least)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(scaled(gap))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.lay(*tiles)

    def lay(self, *tiles: QWidget) -> None:
        """Show these instead of the ones before."""
        for each in self._tiles:
            if each not in tiles:
                each.hide()
                each.deleteLater()
        self._tiles = list(tiles)
        self._columns = 0
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        room = max(1, (self.width() + self._grid.spacing()) // (self._least + self._grid.spacing()))
        # As many in each line as in the others: five stand as three and two, not as four and one.
        lines = -(-len(self._tiles) // max(1, room))
        columns = max(1, -(-len(self._tiles) // max(1, lines)))
        if columns == self._columns:
            return
        for column_ in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column_, 0)
        self._columns = columns
        for place, each in enumerate(self._tiles):
            self._grid.addWidget(each, place // columns, place % columns)
            self._grid.setColumnStretch(place % columns, 1)
