"""What leaves in a sheet: which one, which columns, where to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QVBoxLayout, QWidget

from crm import exports, formats
from crm.contacts import Filter
from crm.formats import Table
from crm.language import _, n_
from ui.context import Context
from ui.kit import Dialog, Words, clear, line, row

SHEETS = ("organisations", "people", "signatures", "grid", "deliveries")


def export(
    context: Context, what: str = "organisations", ids: Any = None, appeal_id: int = 0,
    where: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Open the small window; `ids` or `where` narrow what leaves."""
    owner = QApplication.activeWindow() or QApplication.topLevelWidgets()[0]
    chosen = Filter(organisations=tuple(ids)) if ids else Filter.from_dict(where or {})
    Export(context, owner, what, chosen, appeal_id).open()


class Export(Dialog):
    """The sheet, its columns, then where it goes."""

    def __init__(
        self, context: Context, owner: QWidget, what: str, where: Filter, appeal_id: int
    ) -> None:
        super().__init__(owner, _("Export"), save=(_("Export…"), self.choose), width=520)
        self.context = context
        self._where, self._appeal_id = where, appeal_id
        self.what = QComboBox()
        self.what.setAccessibleName(_("Sheet"))
        titles = (
            _("Organisations"), _("People"), _("Signatures"), _("Who signed what"), _("Deliveries"),
        )  # fmt: skip
        for key, title in zip(SHEETS, titles, strict=True):
            self.what.addItem(title, key)
        self.format = QComboBox()
        self.format.setAccessibleName(_("Format"))
        for ending, title in ((".xlsx", "Excel, LibreOffice (.xlsx)"), (".csv", "CSV (.csv)")):
            self.format.addItem(title, ending)
        self._columns = QVBoxLayout()
        self.ticks: dict[str, QCheckBox] = {}
        self.what.currentIndexChanged.connect(self._offer)
        self.put(
            row(line(_("Sheet"), "soft"), self.what, None),
            self._columns,
            row(line(_("Format"), "soft"), self.format, None),
            Words(
                _("Contacts marked sensitive and private addresses are in no sheet. "
                  "A sheet is not encrypted: keep it as you would a list of names."),
                "small",
            ),
        )  # fmt: skip
        self.what.setCurrentIndex(max(0, self.what.findData(what)))
        self._offer()

    def _offer(self) -> None:
        clear(self._columns)
        self.ticks = {}
        kept = self.context.recall(f"export.{self.what.currentData()}", None)
        for key, words in exports.COLUMNS[self.what.currentData()].items():
            tick = QCheckBox(_(words))
            tick.setChecked(kept is None or key in kept)
            self.ticks[key] = tick
            self._columns.addWidget(tick)

    def choose(self) -> None:
        """Ask where it goes, then write it."""
        what, ending = self.what.currentData(), self.format.currentData()
        columns = [key for key, tick in self.ticks.items() if tick.isChecked()]
        self.context.remember(f"export.{what}", columns)
        self.context.save_file(
            self, _("Export"), f"{what}{ending}", f"*{ending}",
            lambda path: self.write(path, what, columns),
        )  # fmt: skip

    def write(self, path: Path, what: str, columns: list[str]) -> None:
        """Write the sheet to this file."""
        self.context.tasks.read(
            self, _table, what, columns, self._where, self._appeal_id,
            then=lambda table: self.context.tasks.think(
                self, formats.write, path, table, then=lambda _done: self._written(path, table)
            ),
        )  # fmt: skip

    def _written(self, path: Path, table: Table) -> None:
        said = n_("{n} row in {name}.", "{n} rows in {name}.", len(table.rows))
        self.context.toast(said.replace("{name}", path.name))
        self.accept()


def _table(session: Any, what: str, columns: list[str], where: Filter, appeal_id: int) -> Table:
    return exports.export(session, what, columns=columns, where=where, appeal_id=appeal_id or None)
