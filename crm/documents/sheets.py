"""Spreadsheets with a column of signatories: each row that is shown becomes the row of a table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from crm.documents.archives import Archive, damaged
from crm.documents.document import Document
from crm.documents.drafting import Draft, Run
from crm.errors import Refused
from crm.language import _

MOST_ROWS = 20_000
MOST_COLUMNS = 60
_LONGEST = 2_000  # letters of a cell
_EXPECTED = 200 * 1024 * 1024  # bytes a whole workbook may unpack to


def from_sheets(name: str, content: bytes) -> Document:
    """The document the sheets of a workbook make, hidden ones left out."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    if content.startswith(b"PK"):
        Archive(name, content).refuse_more_than(_EXPECTED)
    draft = Draft()
    left = MOST_ROWS
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [
            book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=True)
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
        ]
    except Exception:  # noqa: BLE001  the library has a dozen errors, all mean the same here
        raise damaged(name) from None
    for rows in shown:
        said = list(_said(rows))
        left -= len(said)
        if left < 0:
            raise Refused(
                _("“{name}” has too many rows to be a list of signatories.").format(name=name),
                hint=_("Keep only the rows with the signatories, or import it as a sheet."),
            )
        draft.gap()
        _draw(draft, said)
    return draft.document(name)


def _said(rows: Sequence[Sequence[Any]]) -> Iterator[list[str]]:
    """The rows in words, empty rows and empty columns left out."""
    words = [[_word(cell) for cell in row[:MOST_COLUMNS]] for row in rows[: MOST_ROWS + 1]]
    used = [
        at for at in range(max(map(len, words), default=0)) if any(_at(row, at) for row in words)
    ]
    for row in words:
        if any(row):
            yield [_at(row, at) for at in used]


def _draw(draft: Draft, rows: list[list[str]]) -> None:
    """Above the headings stands a title; the rest is rows, or lines when it is one column."""
    head = next((at for at, row in enumerate(rows) if sum(map(bool, row)) > 1), len(rows))
    one_column = head == len(rows)
    for at, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if one_column:
            draft.line([Run(filled[0], bold=at == 0)])
        elif at < head:
            draft.line([Run(filled[0], bold=True)])
            draft.gap()
        else:
            draft.row([[Run(cell)] for cell in row])


def _at(row: list[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _word(cell: Any) -> str:
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()[:16].replace("T", " ")
    return " ".join(str(cell).replace("\0", " ").split())[:_LONGEST]
