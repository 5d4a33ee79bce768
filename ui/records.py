"""The rows behind any list: the ids of all, the rows of those in sight."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from crm.language import number
from ui.kit import dates
from ui.kit.states import State
from ui.tasks import Tasks

PAGE = 128  # rows read at once
KEPT = 64  # pages remembered
PATIENCE = 0.012  # seconds a painting waits for its rows before it paints grey ones
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """What one column shows of a row, and how.

    `paint`: text, strong, dim, date, number, pill, dot.  `state` gives the pill, or the dot's
    tone; `say` the text where it is not simply the value.  `sort` is the key handed back when
    its header is pressed; rows already at hand are then sorted here.  Where the page is too
    narrow for `least` letters in each column, those with the highest `spare` are left out first;
    one that `vanishes` is left out while no record has anything to say there.
    """

    title: str
    key: str
    paint: str = "text"
    grow: float = 1.0
    least: int = 8  # letters
    spare: int = 0
    vanishes: bool = False
    sort: str = ""
    state: Callable[[Any], State] | None = None
    say: Callable[[Any], str] | None = None

    def text(self, row: Any) -> str:
        """What the cell says, as it is shown, copied and read aloud."""
        if self.say is not None:
            return self.say(row)
        value = getattr(row, self.key, None)
        if value is None or value == "":
            return str(self.state(row)) if self.state and self.paint == "pill" else ""
        if self.state is not None and self.paint == "pill":
            return str(self.state(row))
        if isinstance(value, datetime):
            return dates.moment(value)
        if isinstance(value, date):
            return dates.day(value)
        return number(value) if isinstance(value, int) else str(value)


class Records(QAbstractTableModel):
    """Shows the records whose ids it is given; reads each page the first time it is seen."""

    came = Signal()  # rows that were asked for

    def __init__(
        self, tasks: Tasks, rows: Callable[..., Iterable[Any]] | None, columns: Sequence[Column]
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.loaded = False
        self.order: tuple[str, bool] = ("", False)
        self._tasks = tasks
        self._rows = rows
        self._ids: Sequence[int] = array("q")
        self._pages: dict[int, list[Any]] = {}
        self._coming: set[int] = set()
        self._edition = 0

    def show(self, ids: Sequence[int]) -> None:
        """Replace the list by these records, read as they come in sight."""
        self.beginResetModel()
        self._ids = ids
        self._start_again()
        self.endResetModel()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace the list by rows already at hand; each has an `id`."""
        self.beginResetModel()
        self._ids = array("q", [row.id for row in rows])
        self._start_again()
        for start in range(0, len(rows), PAGE):
            self._pages[start // PAGE] = list(rows[start : start + PAGE])
        self.endResetModel()

    def silent(self) -> set[int]:
        """The places of columns that may vanish: every record is known, none says a word there."""
        may = [(place, each) for place, each in enumerate(self.columns) if each.vanishes]
        if not may or sum(map(len, self._pages.values())) < max(1, len(self._ids)):
            return set()
        rows = [row for page in self._pages.values() for row in page if row is not None]
        return {place for place, column in may if not any(map(column.text, rows))}

    def forget(self) -> None:
        """Read again what is in sight: something changed."""
        if self._rows is None:
            return
        self._start_again()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _start_again(self) -> None:
        self.loaded = True
        self._edition += 1
        self._pages = {}
        self._coming = set()

    @property
    def ids(self) -> Sequence[int]:
        """The ids of all records, in the order shown."""
        return self._ids

    def row_at(self, position: int) -> Any:
        """The row at a place, or None while it is still being read."""
        page = self._pages.get(position >> 7)
        if page is None:
            page = self._turn_to(position >> 7)
            if page is None:
                return None
        place = position & 127
        return page[place] if place < len(page) else None

    def sort_rows(self, key: str, descending: bool) -> None:
        """Sort rows already at hand; those read by pages are asked for again by the screen."""
        self.order = (key, descending)
        if self._rows is None:
            column = next(each for each in self.columns if each.sort == key)
            rows = [row for page in sorted(self._pages) for row in self._pages[page]]

            def rank(row: Any) -> tuple[bool, Any]:
                value = getattr(row, column.key, None)
                return (value is None, column.text(row).casefold() if value is None else value)

            self.show_rows(sorted(rows, key=rank, reverse=descending))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> str | None:
        # Asked thousands of times a second: comparing enums here costs twice the painting.
        if role:
            return None
        row = self.row_at(index.row())
        return "…" if row is None else self.columns[index.column()].text(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or role not in (DISPLAY, ALIGNMENT):
            return None
        column = self.columns[section]
        if role == ALIGNMENT:
            return _RIGHT if column.paint == "number" else None
        key, descending = self.order
        arrow = (" ▾" if descending else " ▴") if key and key == column.sort else ""
        return column.title + arrow

    def _turn_to(self, page: int) -> list[Any] | None:
        if self._rows is None or page in self._coming:
            return None
        alone = not self._coming
        asked = self._ask(page)
        if (page + 1) * PAGE < len(self._ids) and page + 1 not in self._pages:
            self._ask(page + 1)
        # A page comes in a few milliseconds: waiting for it avoids a flicker of grey.
        wait([asked], PATIENCE if alone else 0)
        if asked.done():
            self._receive(page, self._edition, asked)
        return self._pages.get(page)

    def _ask(self, page: int) -> Future[Any]:
        edition = self._edition
        self._coming.add(page)
        return self._tasks.fetch(
            _page, self._rows, self._ids_of(page),
            then=lambda done: self._arrive(page, edition, done),
        )  # fmt: skip

    def _ids_of(self, page: int) -> list[int]:
        return list(self._ids[page * PAGE : (page + 1) * PAGE])

    def _arrive(self, page: int, edition: int, done: Future[Any]) -> None:
        fresh = self._receive(page, edition, done)
        self.came.emit()
        if not fresh:
            return
        bottom = min(len(self._ids), (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(bottom, len(self.columns) - 1))

    def _receive(self, page: int, edition: int, done: Future[Any]) -> bool:
        if edition != self._edition or page not in self._coming or done.cancelled():
            return False
        self._coming.discard(page)
        wanted = self._ids_of(page)
        if (error := done.exception()) is not None:
            self._pages[page] = [None] * len(wanted)
            self._tasks.call(lambda: self._tasks.trouble.emit(self, error))
            return True
        known = {row.id: row for row in done.result()}
        self._pages[page] = [known.get(each) for each in wanted]
        while len(self._pages) > KEPT:
            del self._pages[next(iter(self._pages))]
        return True


def _page(session: Any, rows: Callable[..., Iterable[Any]], wanted: list[int]) -> list[Any]:
    return list(rows(session, wanted))
