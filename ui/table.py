"""Any list of records on the screen: columns that fit, keys, copying, what is chosen."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from crm import computer
from ui.look import colours, look, scaled
from ui.painting import Painter
from ui.records import PAGE, Column, Records

__all__ = ["PAGE", "Column", "Records", "Table"]


class Table(QTableView):
    """Records in columns that always fit the page.

    `name` keeps the widths of the columns on this computer; `empty` is shown where there is
    nothing; `label` is what a screen reader calls it.
    """

    opened = Signal(int)  # Enter or a double click
    chosen = Signal(int)  # the current record, 0 for none
    sorted = Signal(str, bool)
    typed = Signal(str)  # letters typed on the table, for the field that searches it

    def __init__(
        self, records: Records, *, name: str = "", empty: QWidget | None = None, label: str = ""
    ) -> None:
        super().__init__()
        self.records = records
        self.context_menu: Callable[[list[int]], list[tuple[str, Callable[[], object]]]] | None = (
            None
        )
        self._name = f"columns.{name}" if name else ""
        self._shares: list[float] = list(computer.recall(self._name, [])) if name else []
        self._silent: set[int] = set()
        self._fitting = False
        self._late = False
        self._at = 0
        self.empty = empty
        if empty is not None:
            empty.setParent(self.viewport())
            empty.hide()
        self.setModel(records)
        self.setItemDelegate(Painter(self))
        self.setAccessibleName(label)
        self._arrange()
        self._listen()

    def _arrange(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        top = self.horizontalHeader()
        top.setHighlightSections(False)
        top.setSectionsClickable(True)
        top.setMinimumSectionSize(scaled(40))
        top.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        top.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._size_rows()

    def _listen(self) -> None:
        top = self.horizontalHeader()
        top.sectionClicked.connect(self._press_header)
        top.sectionResized.connect(self._resized)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.records.ids[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.records.modelAboutToBeReset.connect(self._remember_place)
        self.records.modelReset.connect(self._return_to_place)
        self.records.modelReset.connect(self._let_vanish)
        self.records.came.connect(self._let_vanish)
        look().changed.connect(self._size_rows)
        QTimer.singleShot(300, self, self._show_waiting)
        self._keep = QTimer(self, singleShot=True, interval=800)
        self._keep.timeout.connect(self.keep_widths)

    # --- what is chosen

    def current_id(self) -> int:
        """The record the cursor stands on, 0 for none."""
        at = self.currentIndex().row()
        return self.records.ids[at] if 0 <= at < len(self.records.ids) else 0

    def chosen_ids(self) -> list[int]:
        """Every selected record, from top to bottom."""
        ids = self.records.ids
        selection = self.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.count())]
        rows = {at for each in ranges for at in range(each.top(), each.bottom() + 1)}
        return [ids[at] for at in sorted(rows) if at < len(ids)]

    def select(self, record_id: int) -> None:
        """Go to a record, if it is in the list."""
        try:
            at = self.records.ids.index(record_id)
        except ValueError:
            return
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(
            self.records.index(at, 0), flags.ClearAndSelect | flags.Rows
        )
        self.scrollTo(self.records.index(at, 0))

    def copied(self) -> str:
        """The selected rows as a sheet takes them: a line each, tabs between the cells."""
        ids = set(self.chosen_ids())
        lines = []
        for at, record in enumerate(self.records.ids):
            row = self.records.row_at(at) if record in ids else None
            # A sensitive contact leaves by no door, the clipboard included.
            if row is not None and not getattr(row, "sensitive", False):
                lines.append("\t".join(each.text(row) for each in self.records.columns))
        return "\n".join(lines)

    # --- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        self.typed.emit(search)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        ids = self.chosen_ids()
        if self.context_menu is None or not ids:
            return
        menu = QMenu(self)
        for text, on in self.context_menu(ids):
            menu.addAction(text).triggered.connect(lambda _checked=False, on=on: on())
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        at = now.row()
        self.chosen.emit(self.records.ids[at] if 0 <= at < len(self.records.ids) else 0)

    def _press_header(self, section: int) -> None:
        key = self.records.columns[section].sort
        if not key:
            return
        before, descending = self.records.order
        way = not descending if before == key else False
        self.records.sort_rows(key, way)
        self.horizontalHeader().viewport().update()
        self.sorted.emit(key, way)

    # --- where she was when the list is asked for again

    def _remember_place(self) -> None:
        self._at = self.current_id()

    def _return_to_place(self) -> None:
        if self._at:
            self.select(self._at)
        self._show_empty()
        if not self.currentIndex().isValid() and self._at:
            self.chosen.emit(0)

    def _show_empty(self) -> None:
        if self.empty is not None:
            self.empty.setVisible(self.records.loaded and not len(self.records.ids))
            self.empty.setGeometry(self.viewport().rect())

    def _show_waiting(self) -> None:
        self._late = True
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._late and not self.records.loaded:
            painter = QPainter(self.viewport())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().hair))
            step = self.verticalHeader().defaultSectionSize()
            for number_ in range(8):
                wide = scaled(120 + zlib.crc32(bytes([number_])) % 160)
                painter.drawRoundedRect(
                    scaled(10), number_ * step + step // 3, wide, step // 3, 4, 4
                )

    # --- columns that fit

    def keep_widths(self) -> None:
        """Remember the widths of the columns on this computer."""
        self._keep.stop()
        computer.remember(self._name, self._shares)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._show_empty()

    def _size_rows(self) -> None:
        lines = 2 * self.fontMetrics().lineSpacing()
        self.verticalHeader().setDefaultSectionSize(max(scaled(33), lines + 3))
        self.horizontalHeader().setFixedHeight(scaled(32))
        self._fit()

    def _fit(self) -> None:
        columns = self.records.columns
        room = self.viewport().width()
        letter = self.fontMetrics().averageCharWidth()
        least = [float(column.least * letter + scaled(20)) for column in columns]
        shown = self._shown(least, room)
        if len(self._shares) == len(columns) == len(shown):
            wanted = [share * room for share in self._shares]
        else:
            spare = max(0.0, room - sum(least[place] for place in shown))
            grows = sum(columns[place].grow for place in shown) or 1
            wanted = [least[place] + spare * columns[place].grow / grows for place in shown]
        self._fitting = True  # a column that comes back is not her hand
        for place in range(len(columns)):
            self.setColumnHidden(place, place not in shown)
        self._lay(shown, wanted, room)

    def _let_vanish(self) -> None:
        silent = self.records.silent()
        if silent != self._silent:
            self._silent = silent
            self._fit()

    def _shown(self, least: list[float], room: int) -> list[int]:
        shown = [place for place in range(len(least)) if place not in self._silent]
        while sum(least[place] for place in shown) > room:
            goes = max(shown, key=lambda place: (self.records.columns[place].spare, place))
            if not self.records.columns[goes].spare:
                break
            shown.remove(goes)
        return shown

    def _lay(self, shown: list[int], wanted: list[float], room: int) -> None:
        self._fitting = True
        factor = room / max(1.0, sum(wanted))
        left = room
        for place, width in zip(shown, wanted, strict=True):
            size = left if place == shown[-1] else min(left, round(width * factor))
            self.setColumnWidth(place, max(1, size))
            left -= size
        self._fitting = False

    def _resized(self, section: int, _old: int, new: int) -> None:
        if self._fitting or not new:
            return
        shown = [p for p in range(len(self.records.columns)) if not self.isColumnHidden(p)]
        at, room, narrowest = shown.index(section), self.viewport().width(), scaled(40)
        widths = [float(self.columnWidth(place)) for place in shown]
        after = len(shown) - at - 1
        if after:
            free = room - sum(widths[:at])
            widths[at] = max(narrowest, min(new, free - narrowest * after))
            rest = sum(widths[at + 1 :])
            for place in range(at + 1, len(widths)):
                share = widths[place] / max(1.0, rest) * (free - widths[at])
                widths[place] = max(narrowest, share)
        self._lay(shown, widths, room)
        if len(shown) == len(self.records.columns):
            self._shares = [width / sum(widths) for width in widths]
            if self._name:
                self._keep.start()
