"""Sheets in and out."""

from __future__ import annotations

import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from crm import airlock, formats
from crm.errors import Refused, Unreachable
from crm.formats import Table

PARTNERS = Table(
    "Partners",
    ["Association", "Since"],
    [["Rive Claire", date(2026, 1, 2)], ["=HYPERLINK(1)", None], ["Élan\x01", date(2025, 3, 4)]],
)


def rows(path: Path) -> tuple[tuple[formats.Cell, ...], ...]:
    return airlock.run(formats.read, str(path)).sheets[0].rows


def test_a_workbook_keeps_dates_as_dates_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    formats.write(path, PARTNERS)
    sheet = openpyxl.load_workbook(path).active
    assert sheet["B2"].is_date
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].value == "=HYPERLINK(1)"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B4"
    assert rows(path)[1] == ("Rive Claire", date(2026, 1, 2))


def test_a_csv_runs_nothing_and_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    formats.write(path, PARTNERS)
    assert "'=HYPERLINK" in path.read_text(encoding="utf-8-sig")
    assert rows(path)[2][0] == "=HYPERLINK(1)"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_any_usual_csv_is_understood(tmp_path: Path, encoding: str, mark: str) -> None:
    lines = ["Association", "Élan d'été", "Forêt claire", "Hérisson", "Équipe de la Grève"]
    text = "\n".join(f"{line}{mark}Pays{mark}{place}" for place, line in enumerate(lines))
    path = tmp_path / "in.csv"
    path.write_bytes(text.encode(encoding))
    assert [row[0] for row in rows(path)] == lines


def test_a_hidden_sheet_is_said_to_be_hidden(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.create_sheet("Archive").sheet_state = "hidden"
    book.save(tmp_path / "in.xlsx")
    sheets = airlock.run(formats.read, str(tmp_path / "in.xlsx")).sheets
    assert [sheet.hidden for sheet in sheets] == [False, True]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(Refused, match="too large"):
        airlock.run(formats.read, str(path))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"\x00" * 5000])
def test_a_damaged_workbook_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match="damaged"):
        airlock.run(formats.read, str(path))


def test_a_letter_is_not_a_sheet(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot read"):
        formats.read(str(tmp_path / "letter.docx"))
    with pytest.raises(Refused, match="cannot write"):
        formats.write(tmp_path / "out.pages", PARTNERS)


def test_nothing_half_written_is_left_where_one_may_not_write(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="could not be written"):
        formats.write(tmp_path / "absent" / "out.xlsx", PARTNERS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_sheet_is_never_written_anywhere_but_where_she_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    formats.write(tmp_path / f"out.{ending}", PARTNERS)
    assert [path.name for path in tmp_path.iterdir()] == [f"out.{ending}"]
    assert rows(tmp_path / f"out.{ending}")[2][0] == "=HYPERLINK(1)"


def test_two_sheets_are_written_at_once_and_each_is_whole(tmp_path: Path) -> None:
    long = Table("Long", ["Name", "N"], [[f"Rive {n}", n] for n in range(2_000)])
    paths = [tmp_path / f"{n}.xlsx" for n in range(4)]
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(formats.write, paths, [long] * 4))
    assert all(rows(path)[2_000] == ("Rive 1999", 1999) for path in paths)
