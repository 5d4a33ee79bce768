"""Sheets out: text stays text, dates are dates, and no cell ever runs."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crm.errors import Refused, Unreachable
from crm.formats.table import Cell, Table
from crm.language import _

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_RUNS = ("=", "+", "-", "@", "\t", "\r", "＝")
_WIDEST = 60  # characters


def write(path: Path, table: Table) -> None:
    """Write a table by the file's ending; the file appears whole or not at all."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise Refused(
            _("Cosigne cannot write “{name}”.").format(name=path.name),
            hint=_("End its name with .xlsx or .csv."),
        )
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(writer(table))
        part.replace(path)
    except OSError as error:
        raise Unreachable(
            _("“{name}” could not be written.").format(name=path.name), hint=error.strerror or ""
        ) from None
    finally:
        part.unlink(missing_ok=True)


def _csv(table: Table) -> bytes:
    out = io.StringIO(newline="")
    # Semicolons and a byte-order mark: what a French spreadsheet opens by a double click.
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_still(heading) for heading in table.headings])
    for row in table.rows:
        writer.writerow([_said(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _said(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return _still(cell) if isinstance(cell, str) else str(cell)


def _still(text: str) -> str:
    """A text no spreadsheet takes for a formula (OWASP, CSV injection)."""
    clean = _CONTROL.sub("", text)
    return f"'{clean}" if clean.startswith(_RUNS) else clean


def _xlsx(table: Table) -> bytes:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31] or "Cosigne")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    last = get_column_letter(max(1, len(table.headings)))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    _keep_in_memory(sheet)
    sheet.append([_heading(sheet, heading) for heading in table.headings])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])
    return _packed(book)


def _keep_in_memory(sheet: Any) -> None:
    """Left alone, openpyxl writes the rows in clear to a temporary file, which a crash leaves."""
    from openpyxl.worksheet._writer import WorksheetWriter

    sheet._writer = WorksheetWriter(sheet, io.BytesIO())
    sheet._writer.write_top()


def _packed(book: Any) -> bytes:
    from openpyxl.writer.excel import ExcelWriter

    out = io.BytesIO()
    archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    writer = ExcelWriter(book, archive)

    def pack(sheet: Any) -> None:
        sheet.close()
        sheet._rels = sheet._writer._rels
        archive.writestr(sheet.path[1:], sheet._writer.read())
        writer.manifest.append(sheet)

    writer.write_worksheet = pack  # its own expects the path of a file
    writer.save()
    return out.getvalue()


def _heading(sheet: Any, heading: str) -> Any:
    from openpyxl.styles import Font

    cell = _cell(sheet, heading)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=None)
        # Set by hand: given as a value, a text that begins with "=" becomes a formula.
        cell._value = _CONTROL.sub("", value)[:32_767]
        cell.data_type = "s"
        return cell
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone().replace(tzinfo=None)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _widths(table: Table) -> list[float]:
    widths = [len(heading) for heading in table.headings]
    for row in table.rows[:500]:
        for place, cell in enumerate(row):
            widths[place] = max(widths[place], len(_said(cell)))
    return [min(_WIDEST, width) + 3.0 for width in widths]


WRITERS: dict[str, Callable[[Table], bytes]] = {".xlsx": _xlsx, ".csv": _csv}
"""Each gives the bytes of one kind of file, by its ending."""
