"""Sheets in: csv in any usual encoding; xlsx, xls, xlsb and ods through calamine.

Run through the airlock: these files come from strangers.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from crm.errors import Refused
from crm.formats.table import Cell, Sheet, Workbook
from crm.language import _

MOST_ROWS = 200_000
MOST_CELLS = 2_000_000
LONGEST_CELL = 32_767
_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 200 * 1024 * 1024  # bytes
_MOST_RATIO = 200
_ENCODINGS = ["utf_8", "utf_16", "cp1252", "cp1251", "koi8_r", "mac_roman"]


def read(path: str) -> Workbook:
    """The sheets of a file, by its ending; Refused when it is none we read, or hostile."""
    reader = READERS.get(Path(path).suffix.lower())
    if reader is None:
        raise Refused(
            _("Cosigne cannot read “{name}” as a sheet.").format(name=Path(path).name),
            hint=_("Save it as .xlsx, .ods or .csv."),
        )
    try:
        return reader(Path(path))
    except OSError as error:
        raise Refused(
            _("“{name}” cannot be opened.").format(name=Path(path).name), error.strerror or ""
        ) from None


def _csv(path: Path) -> Workbook:
    raw = path.read_bytes()
    text, encoding = _decoded(raw)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:8_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    csv.field_size_limit(LONGEST_CELL * 4)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), dialect))
    except csv.Error:
        raise Refused(_("“{name}” is not a table.").format(name=path.name)) from None
    sheet = Sheet(path.stem, _bounded([_plain(cell) for cell in row] for row in rows))
    return Workbook((sheet,), encoding)


def _decoded(raw: bytes) -> tuple[str, str]:
    for start, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if raw.startswith(start):
            return raw.decode(encoding, "replace"), encoding
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        # Left to itself the library takes French cp1252 for Polish cp1250.
        best = from_bytes(raw, cp_isolation=_ENCODINGS).best()
        encoding = best.encoding if best else "cp1252"
        return raw.decode(encoding, "replace"), encoding


def _plain(cell: str) -> str | None:
    """Our own exports put a ' before what a spreadsheet would run; it comes off again."""
    if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r＝":
        return cell[1:]
    return cell.strip() or None


def _workbook(path: Path) -> Workbook:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    if path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".ods"):
        _refuse_bombs(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [
            Sheet(
                known.name,
                _bounded(_rows_of(book, known.name)),
                known.visible != SheetVisibleEnum.Visible,
            )
            for known in book.sheets_metadata
        ]
    except Refused:
        raise
    except Exception:  # noqa: BLE001  the library has a dozen errors, all mean the same here
        raise Refused(
            _("“{name}” is damaged or protected by a password.").format(name=path.name),
            hint=_("Open it in your spreadsheet and save it again without a password."),
        ) from None
    return Workbook(tuple(sheets))


def _rows_of(book: Any, name: str) -> list[list[Cell]]:
    sheet = book.get_sheet_by_name(name)
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right:  # merged downwards: the value speaks for every row it covers
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return rows


def _refuse_bombs(path: Path) -> None:
    """Look at what the archive says it unpacks to, before unpacking anything."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise Refused(
            _("“{name}” is damaged or protected by a password.").format(name=path.name)
        ) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > _MOST_ENTRIES
        or unpacked > _MOST_UNPACKED
        or unpacked > max(packed, 10_000) * _MOST_RATIO
    ):
        raise Refused(_("“{name}” is too large to be read safely.").format(name=path.name))


def _bounded(rows: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    kept: list[tuple[Cell, ...]] = []
    cells = 0
    for row in rows:
        line = tuple(_cell(cell) for cell in row)
        cells += len(line)
        if len(kept) >= MOST_ROWS or cells > MOST_CELLS:
            raise Refused(
                _("This sheet is too long."),
                hint=_("Up to {n} rows can be read at once.").format(n=MOST_ROWS),
            )
        kept.append(line)
    while kept and not any(cell is not None for cell in kept[-1]):
        kept.pop()
    return tuple(kept)


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return cell.replace("\0", " ").strip()[:LONGEST_CELL] or None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


READERS: dict[str, Callable[[Path], Workbook]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".txt": _csv,
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".xls": _workbook,
    ".xlsb": _workbook,
    ".ods": _workbook,
}
"""Each reads one kind of file, by its ending."""
