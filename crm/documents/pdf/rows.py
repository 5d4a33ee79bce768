"""Pieces in the order they were set: which of them are cells of one row, and which just follow.

Whoever writes a pdf sets a table row by row and columns of text one after the other: the order
tells them apart where the places alone could not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from crm.documents.pdf.pieces import Piece

Pitch = Callable[[float], float]
"""From the size of letters to the usual distance of two lines of them."""
_LONGEST_CELL = 3  # lines


@dataclass
class Row:
    """Cells side by side, each of one line or more; a plain line is a row of one."""

    cells: list[list[Piece]] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(
        default_factory=list
    )  # of its table, if it is in one

    def pieces(self) -> Iterator[Piece]:
        for cell in self.cells:
            yield from cell

    @property
    def top(self) -> float:
        return self.cells[0][0].y


def rows_of(pieces: list[Piece], pitch: Pitch) -> list[Row]:
    """The rows of a page as they are to be read; those of tables know their columns."""
    rows = _tables(_drawn(_sane(pieces), pitch))
    return [line for row in rows for line in ([row] if row.columns else _lines(row))]


def _sane(pieces: list[Piece]) -> list[Piece]:
    """As they were set; from top to bottom when they were set in no order."""
    jumps = sum(
        after.y < before.y - before.size and after.x0 < before.x1
        for before, after in pairwise(pieces)
    )
    return (
        sorted(pieces, key=lambda p: (round(p.y), p.x0))
        if jumps > max(2, len(pieces) / 8)
        else pieces
    )


def _drawn(pieces: list[Piece], pitch: Pitch) -> list[Row]:
    rows: list[Row] = []
    for piece in pieces:
        if rows and _is_next_cell(rows[-1], piece):
            rows[-1].cells.append([piece])
        elif rows and _goes_on(rows[-1].cells[-1][-1], piece, pitch):
            rows[-1].cells[-1].append(piece)
        else:
            rows.append(Row([[piece]]))
    return rows


def _is_next_cell(row: Row, piece: Piece) -> bool:
    """To the right of the cell before, and as high as the row."""
    before = row.cells[-1]
    right = max(each.x1 for each in before)
    return piece.x0 > right + 0.3 * piece.size and abs(piece.y - row.top) < 0.6 * piece.size


def _goes_on(before: Piece, piece: Piece, pitch: Pitch) -> bool:
    """The next line of the same cell."""
    down = piece.y - before.y
    return (
        abs(piece.x0 - before.x0) < 3
        and 0 < down < 1.12 * pitch(before.size)
        and abs(piece.size - before.size) < 0.6
    )


def _tables(rows: list[Row]) -> list[Row]:
    """Mark the rows that stand in columns with others."""
    for table in _runs(rows):
        wide = [row for row in table if len(row.cells) > 1]
        if len(wide) < 2 or _is_prose(wide):
            continue
        columns = _columns(wide)
        for row in table:
            row.columns = columns
    for before, row, after in zip(rows, rows[1:], rows[2:], strict=False):
        if not row.columns and before.columns and before.columns == after.columns:
            row.columns = before.columns  # only its first cell says something
    return rows


def _runs(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows one under the other that could be of one table."""
    for fits, group in groupby(rows, key=_may_be_row):
        if fits:
            yield list(group)


def _may_be_row(row: Row) -> bool:
    return len(row.cells) > 1 and all(len(cell) <= _LONGEST_CELL for cell in row.cells)


def _is_prose(rows: list[Row]) -> bool:
    """Columns of a text that were set line by line, not cells."""
    cells = [cell for row in rows for cell in row.cells]
    words = sum(len(piece.words) for cell in cells for piece in cell)
    return len(rows) >= 6 and all(len(row.cells) == 2 for row in rows) and words / len(cells) > 5


def _columns(rows: list[Row]) -> list[tuple[float, float]]:
    """Where the cells of the row with most of them stand, widened by the others that fit."""
    fullest = max(rows, key=lambda row: len(row.cells))
    spans = [_span(cell) for cell in fullest.cells]
    for row in rows:
        for cell in row.cells:
            left, right = _span(cell)
            inside = [at for at, span in enumerate(spans) if left < span[1] and span[0] < right]
            if len(inside) == 1:
                at = inside[0]
                spans[at] = min(left, spans[at][0]), max(right, spans[at][1])
    return spans


def _span(cell: list[Piece]) -> tuple[float, float]:
    return min(piece.x0 for piece in cell), max(piece.x1 for piece in cell)


def _lines(row: Row) -> Iterator[Row]:
    """A row that is no table's: its lines; words far apart on one line are still one line."""
    lines: list[Piece] = []
    for piece in row.pieces():
        same = lines and abs(piece.y - lines[-1].y) < 0.45 * piece.size and piece.x0 > lines[-1].x1
        if same:
            lines[-1] = Piece([*lines[-1].words, *piece.words])
        else:
            lines.append(piece)
    for line in lines:
        yield Row([[line]])
