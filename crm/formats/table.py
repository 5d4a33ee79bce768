"""Rows and cells, whatever file they come from or go to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

Cell = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the first line, empty cells None."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """A file of sheets; `encoding` is what a text file was taken for."""

    sheets: tuple[Sheet, ...]
    encoding: str = ""


@dataclass(frozen=True)
class Table:
    """What is written to a sheet: a title, headings, and rows as wide as these."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
