"""How a cell of a table is painted: text on one line or two, a pill, a dot, a grey bar."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QStaticText,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

from ui.kit.words import two_lines
from ui.look import look, scaled

if TYPE_CHECKING:
    from ui.table import Column, Table

MEMORY = 4000  # texts whose breaking is remembered


class _Laid(NamedTuple):
    """A text ready to be painted: each line and how far below the middle it begins."""

    font: QFont
    lines: list[tuple[float, QStaticText]]


class Painter(QStyledItemDelegate):
    """Paints every cell of a table by hand: faster than the style, and the same everywhere."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table
        look().changed.connect(self._learn)
        self._learn()

    def _learn(self) -> None:
        """Colours and letters of the look worn now."""
        now = look().colours
        self._ink, self._soft = QColor(now.ink), QColor(now.soft)
        self._tint, self._hair = QColor(now.tint), QColor(now.hair)
        self._focus = QColor(now.link)
        tones = now.tones.items()
        self._tones = {k: (QColor(t.ink), QColor(t.tint), QColor(t.solid)) for k, t in tones}
        self._plain = QApplication.font()
        self._strong = QFont(self._plain)
        self._strong.setWeight(QFont.Weight.Medium)
        self._small = QFont(self._strong)
        self._small.setPointSizeF(self._plain.pointSizeF() * 0.9)
        self._metrics = {id(f): QFontMetricsF(f) for f in (self._plain, self._strong, self._small)}
        self._laid: dict[tuple[str, int, int], _Laid] = {}
        self._edge, self._dot = scaled(10), scaled(7)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        at, section = index.row(), index.column()
        records = self._table.records
        # Asking the option for its state would load all of QStyle: 12 ms of the start.
        if self._table.selectionModel().isSelected(index):
            painter.fillRect(rect, self._tint)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._hair)
        if at == self._table.currentIndex().row() and self._table.hasFocus():
            self._ring(painter, rect)
        row = records.row_at(at)
        inner = rect.adjusted(self._edge, 0, -4, -1)
        if row is None:
            self._grey(painter, inner, at * 31 + section)
            return
        _PAINTS[records.columns[section].paint](self, painter, inner, records.columns[section], row)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(10, self._table.verticalHeader().defaultSectionSize())

    def _ring(self, painter: QPainter, rect: QRect) -> None:
        painter.fillRect(rect.left(), rect.top(), rect.width(), 1, self._focus)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._focus)
        if rect.left() <= 0:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), self._focus)
        if rect.right() >= self._table.viewport().width() - 1:
            painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height(), self._focus)

    def _text(self, painter: QPainter, rect: QRect, column: Column, row: Any) -> None:
        self._write(painter, rect, column.text(row), self._plain, self._ink)

    def _bold(self, painter: QPainter, rect: QRect, column: Column, row: Any) -> None:
        self._write(painter, rect, column.text(row), self._strong, self._ink)

    def _dim(self, painter: QPainter, rect: QRect, column: Column, row: Any) -> None:
        self._write(painter, rect, column.text(row), self._plain, self._soft)

    def _number(self, painter: QPainter, rect: QRect, column: Column, row: Any) -> None:
        text = column.text(row)
        wide = self._metrics[id(self._plain)].horizontalAdvance(text)
        moved = rect.adjusted(max(0, round(rect.width() - wide) - 8), 0, 0, 0)
        self._write(painter, moved, text, self._plain, self._soft)

    def _pill(self, painter: QPainter, rect: QRect, column: Column, row: Any) -> None:
        if column.state is None:
            return
        state = column.state(row)
        if not state.word:
            return
        ink, tint, _solid = self._tones[state.tone]
        metrics = self._metrics[id(self._small)]
        text = metrics.elidedText(str(state), Qt.TextElideMode.ElideRight, rect.width() - 20)
        high = metrics.height() + 4
        wide = metrics.horizontalAdvance(text) + 18
        box = QRectF(rect.left() - 2, rect.center().y() - high / 2 + 1, wide, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setPen(ink)
        painter.setFont(self._small)
        painter.drawText(QPointF(box.left() + 9, box.top() + 2 + metrics.ascent()), text)

    def _dotted(self, painter: QPainter, rect: QRect, column: Column, row: Any) -> None:
        text = column.text(row)
        tone = column.state(row).tone if column.state is not None else "quiet"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tones[tone][2])
        middle = rect.center().y() + 1
        painter.drawEllipse(QRectF(rect.left(), middle - self._dot / 2, self._dot, self._dot))
        self._write(
            painter, rect.adjusted(self._dot + 7, 0, 0, 0), text or "—", self._plain,
            self._ink if text else self._soft,
        )  # fmt: skip

    def _write(self, painter: QPainter, rect: QRect, text: str, font: QFont, ink: QColor) -> None:
        if not text:
            return
        key = (text, id(font), rect.width())
        known = self._laid.get(key)
        if known is None:
            if len(self._laid) > MEMORY:
                self._laid.clear()
            known = self._laid[key] = self._lay(text, font, rect.width())
        painter.setFont(known.font)
        painter.setPen(ink)
        left, middle = rect.left(), rect.center().y() + 1
        for down, words in known.lines:
            painter.drawStaticText(QPointF(left, middle + down), words)

    def _lay(self, text: str, font: QFont, width: int) -> _Laid:
        """Shaping letters is the cost of painting: it is done once for each text and width."""
        metrics = self._metrics[id(font)]
        wide = metrics.horizontalAdvance(text)
        lines = [text]
        if wide > width and " " not in text and "@" not in text:
            # One long word, an acronym perhaps, is written smaller rather than cut.
            font = QFont(font)
            font.setPointSizeF(font.pointSizeF() * max(0.75, width / wide * 0.98))
            metrics = QFontMetricsF(font)
            lines = [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)]
        elif wide > width:
            lines = two_lines(text, QTextLayout("", font), max(20, width))
        high = metrics.lineSpacing()
        return _Laid(font, [
            ((place - len(lines) / 2) * high, self._static(words, font))
            for place, words in enumerate(lines)
        ])  # fmt: skip

    def _static(self, words: str, font: QFont) -> QStaticText:
        made = QStaticText(words)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.prepare(font=font)
        return made

    def _grey(self, painter: QPainter, rect: QRect, seed: int) -> None:
        share = 0.35 + (zlib.crc32(seed.to_bytes(4, "little")) % 50) / 100
        high = max(6, rect.height() // 3)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(self._hair)
        painter.drawRoundedRect(
            QRectF(rect.left(), rect.center().y() - high / 2, rect.width() * share, high), 4, 4
        )


_PAINTS = {
    "text": Painter._text,
    "strong": Painter._bold,
    "dim": Painter._dim,
    "date": Painter._dim,
    "number": Painter._number,
    "pill": Painter._pill,
    "dot": Painter._dotted,
}
