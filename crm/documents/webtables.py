"""Tables of web pages: which hold rows, and which only place things on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_MOST_COLUMNS = 60
_BLOCKS = ".//table | .//h1 | .//h2 | .//h3 | .//h4 | .//li[2]"


def rows_of(table: Any) -> list[list[Any]]:
    """The cells of a table row by row; one that reaches further down is repeated there."""
    rows: list[list[Any]] = []
    reaching: dict[int, tuple[Any, int]] = {}
    for tr in table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"):
        row: list[Any] = []
        for cell in tr.xpath("./td | ./th"):
            _reached(row, reaching)
            if down := _span(cell.get("rowspan")) - 1:
                reaching[len(row)] = (cell, down)
            row += [cell, *[None] * (_span(cell.get("colspan")) - 1)]
        _reached(row, reaching)
        rows.append(row[:_MOST_COLUMNS])
    return rows


def is_grid(table: Any, rows: Sequence[Sequence[Sequence[Any]]]) -> bool:
    """Several rows of several cells, each a line or two; `rows` are the lines of the cells."""
    if table.get("role") == "presentation" or table.xpath(_BLOCKS):
        return False
    wide = [row for row in rows if sum(bool(lines) for lines in row) > 1]
    if len(wide) < 2 or len(wide) < len([row for row in rows if any(row)]) / 2:
        return False
    return all(len(lines) <= 2 for row in rows for lines in row)


def _reached(row: list[Any], reaching: dict[int, tuple[Any, int]]) -> None:
    while len(row) in reaching:
        cell, left = reaching.pop(at := len(row))
        if left > 1:
            reaching[at] = (cell, left - 1)
        row.append(cell)


def _span(said: str | None) -> int:
    return min(int(said), _MOST_COLUMNS) if said and said.isascii() and said.isdigit() and int(said) else 1
