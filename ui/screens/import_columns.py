"""Her sheets as they are: her own headings beside what we take them for, with three sample rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QSizePolicy, QWidget

from crm import imports
from crm.formats import Cell
from crm.imports import SheetGuess
from crm.language import _, n_
from ui.form import choose
from ui.kit import Card, TwoLines, Words, column, dates, hair, heading, line, row, scaled, scrolling

SAMPLES = 3  # rows
MIDDLE = Qt.AlignmentFlag.AlignVCenter
NAMES = {"organisation", "acronym"}  # what a row must have one of


class SheetColumns(Card):
    """One sheet: whether it is read, and what each of its columns is."""

    def __init__(self, sheet: SheetGuess) -> None:
        super().__init__()
        self.sheet = sheet
        name = _("{name} (hidden)").format(name=sheet.name) if sheet.hidden else sheet.name
        self.wanted = QCheckBox(name.replace("&", "&&"))
        self.wanted.setChecked(sheet.wanted)
        filled = sum(any(cell is not None for cell in each) for each in sheet.rows)
        self.body.addLayout(row(self.wanted, line(n_("{n} row", "{n} rows", filled), "soft"), None))
        self.boxes: list[QComboBox] = []
        self._below = QWidget()
        self._below.setLayout(self._grid())
        self.body.addWidget(self._below)
        self._below.setVisible(sheet.wanted)
        self.wanted.toggled.connect(self._below.setVisible)

    def chosen(self) -> SheetGuess:
        """The sheet as she wants it read."""
        columns = [box.currentData() for box in self.boxes]
        return replace(self.sheet.with_columns(columns), wanted=self.wanted.isChecked())

    def fault(self) -> str:
        """What is missing before it can be read; empty when nothing is."""
        if not self.wanted.isChecked() or NAMES & {box.currentData() for box in self.boxes}:
            return ""
        return _(
            "“{sheet}”: say which column holds the name of the organisation, or untick it."
        ).format(sheet=self.sheet.name)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(scaled(16))
        grid.setVerticalSpacing(scaled(6))
        titles = (_("Your heading"), _("What it is"), _("Your first rows"))
        for place, words in enumerate(titles):
            grid.addWidget(heading(words), 0, place)
        for place, share in ((0, 3), (2, 4), (3, 4), (4, 4)):
            grid.setColumnStretch(place, share)
        for place in range(len(self.sheet.columns)):
            grid.addWidget(hair(), 2 * place + 1, 0, 1, 2 + SAMPLES)
            self._line(grid, place)
        return grid

    def _line(self, grid: QGridLayout, place: int) -> None:
        at = 2 * place + 2
        said = self.sheet.headings[place] or _("Column {n}").format(n=place + 1)
        box = choose([(key, _(words)) for key, words in imports.FIELDS.items()])
        box.setMinimumContentsLength(16)
        box.setCurrentIndex(max(0, box.findData(self.sheet.columns[place])))
        box.setAccessibleName(said)
        self.boxes.append(box)
        grid.addWidget(_two_lines(said, strong=True), at, 0, MIDDLE)
        grid.addWidget(box, at, 1)
        for sample, cells in enumerate(self.sheet.samples[:SAMPLES]):
            shown = _shown(cells[place] if place < len(cells) else None)
            grid.addWidget(_two_lines(shown), at, 2 + sample, MIDDLE)


class Columns(QWidget):
    """Every sheet of her file, one below the other."""

    def __init__(self, sheets: Sequence[SheetGuess]) -> None:
        super().__init__()
        self.sheets = [SheetColumns(each) for each in sheets]
        inside = QWidget()
        inside.setLayout(
            column(
                Words(
                    _("Your headings stand at the left. Change what Cosigne took them for where "
                      "it is wrong."),
                    "soft",
                ),
                *self.sheets,
                None,
                gap=14,
            )
        )  # fmt: skip
        whole = column(scrolling(inside))
        self.setLayout(whole)

    def chosen(self) -> list[SheetGuess]:
        """Every sheet as she wants it read."""
        return [each.chosen() for each in self.sheets]

    def fault(self) -> str:
        """What is missing before they can be read; empty when nothing is."""
        if not any(each.wanted.isChecked() for each in self.sheets):
            return _("Tick at least one sheet.")
        return next(filter(None, (each.fault() for each in self.sheets)), "")


def _two_lines(text: str, *, strong: bool = False) -> TwoLines:
    made = TwoLines(text, strong=strong)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


def _shown(cell: Cell) -> str:
    value: Any = cell
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        return dates.day(value)
    return " ".join(str(value).split())
