"""What leaves in a sheet: which one, which columns, how many rows, where to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QSizePolicy, QWidget

from crm import contacts, exports, formats
from crm.contacts import Filter
from crm.formats import Table
from crm.language import _, n_
from ui.context import Context
from ui.form import choose, field_row
from ui.kit import Dialog, LinkButton, Words, clear, column, hair, heading, row, scaled

NOBODY = (0,)  # no organisation has this id: a list narrowed to nothing exports nothing


def export(
    context: Context,
    what: str = "organisations",
    ids: Sequence[int] | None = None,
    appeal_id: int = 0,
    where: dict[str, Any] | None = None,
    mailing_id: int = 0,
) -> None:
    """Open the small window; `ids`, `where`, an appeal or a mailing narrow what leaves."""
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    owner = next(each for each in shown if each.parentWidget() is None)
    chosen = Filter.from_dict(where or {})
    if ids is not None:
        chosen = replace(chosen, organisations=tuple(ids) or NOBODY)
    Export(context, owner, what, chosen, appeal_id, mailing_id).open()


class Export(Dialog):
    """The sheet, its columns, how many rows it will have, then where it goes."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        what: str,
        where: Filter,
        appeal_id: int = 0,
        mailing_id: int = 0,
    ) -> None:
        super().__init__(
            owner, _("Export"), save=(_("Export…"), self.choose), leave=_("Close"), width=560
        )
        self.context = context
        self._where, self._appeal_id, self._mailing_id = where, appeal_id, mailing_id
        self.what = choose(_sheets())
        self.format = choose(
            [(".xlsx", _("Excel, LibreOffice (.xlsx)")), (".csv", _("Text with semicolons (.csv)"))]
        )
        for each in (self.what, self.format):
            each.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.ticks: dict[str, QCheckBox] = {}
        self.count = Words("", "strong")
        self.narrowed = Words("", "soft")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scaled(18))
        for place in (0, 1):
            self._grid.setColumnStretch(place, 1)
        self._build()
        self.what.setCurrentIndex(max(0, self.what.findData(what)))
        self.what.currentIndexChanged.connect(self._offer)
        self._offer()
        self.what.setFocus()

    def _build(self) -> None:
        ways = row(
            LinkButton(_("All"), partial(self._tick, True)),
            LinkButton(_("None"), partial(self._tick, False)),
            gap=12,
        )
        top = row(heading(_("Columns")), None)
        self._ways = QWidget()
        self._ways.setLayout(ways)
        ways.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self._ways)
        both = row(field_row(_("Sheet"), self.what), field_row(_("Format"), self.format), gap=14)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.put(
            both, 4, top, self._grid, hair(), column(self.count, self.narrowed, gap=2),
            Words(
                _("Contacts marked sensitive and private addresses are in no sheet. "
                  "A sheet is not encrypted: keep it as you would a list of names."),
                "small",
            ),
        )  # fmt: skip

    # --- what is chosen ---------------------------------------------------------------------

    def _offer(self) -> None:
        """The columns of the sheet, as they were ticked last time."""
        clear(self._grid)
        what = self.what.currentData()
        columns = exports.COLUMNS[what]
        kept = self.context.recall(f"export.{what}", None)
        half = -(-len(columns) // 2)
        self.ticks = {}
        for place, (key, words) in enumerate(columns.items()):
            tick = QCheckBox(_(words))
            tick.setChecked(kept is None or key in kept)
            tick.toggled.connect(self._weigh)
            self.ticks[key] = tick
            self._grid.addWidget(tick, place % half, place // half)
        if not columns:
            told = _("Organisations down, appeals across, the answer where they meet.")
            self._grid.addWidget(Words(told, "soft"), 0, 0, 1, 2)
        self._ways.setVisible(bool(columns))
        self._rows = 0
        self.count.setText(_("Counting…"))
        self.narrowed.setText(self._said_narrowed(what))
        self.narrowed.setVisible(bool(self.narrowed.text()))
        self._weigh()
        self.context.tasks.read(self, _counted, what, *self._narrow(), then=self._show_count)

    def _tick(self, on: bool) -> None:
        for tick in self.ticks.values():
            tick.setChecked(on)

    def columns(self) -> list[str]:
        """The columns ticked, in the order they are written."""
        return [key for key, tick in self.ticks.items() if tick.isChecked()]

    def _narrow(self) -> tuple[Filter, int, int]:
        return self._where, self._appeal_id, self._mailing_id

    def _weigh(self) -> None:
        """Something to write, and somewhere to write it in."""
        assert self.main is not None
        self.main.setEnabled(bool(self._rows) and bool(self.columns() or not self.ticks))

    # --- how much it is ---------------------------------------------------------------------

    def _show_count(self, found: tuple[str, int, int]) -> None:
        what, self._rows, hidden = found
        said = [_said_count(what, self._rows)]
        if hidden:
            said.append(
                n_("{n} sensitive contact is left out.", "{n} sensitive contacts are left out.",
                   hidden)
            )  # fmt: skip
        self.count.setText(" ".join(said))
        self._weigh()

    def _said_narrowed(self, what: str) -> str:
        if what == "deliveries":
            return _("Only this mailing.") if self._mailing_id else ""
        parts = []
        if self._where != Filter():
            parts.append(_("Only what your filter shows now."))
        if self._appeal_id and what == "signatures":
            parts.append(_("Only this appeal."))
        return " ".join(parts)

    # --- where it goes ----------------------------------------------------------------------

    def choose(self) -> None:
        """Ask where it goes, then write it."""
        what, ending = self.what.currentData(), self.format.currentData()
        self.context.remember(f"export.{what}", self.columns())
        self.context.save_file(
            self, _("Export"), f"{self.what.currentText()}{ending}",
            f"{self.format.currentText()} (*{ending})",
            lambda path: self._settle(path, ending),
        )  # fmt: skip

    def _settle(self, path: Path, ending: str) -> None:
        """The file's name ends as its format does; another file of that name is not lost."""
        named = path if path.suffix.lower() == ending else path.with_name(path.name + ending)
        write = partial(self.write, named, self.what.currentData(), self.columns())
        if named == path or not named.exists():
            write()
            return
        self.context.ask(
            self, _("“{name}” is already there. Replace it?").format(name=named.name),
            yes=_("Replace"), then=write, danger=True,
        )  # fmt: skip

    def write(self, path: Path, what: str, columns: list[str]) -> None:
        """Write the sheet to this file."""
        self.say(None)
        self.context.tasks.read(
            self, _table, what, columns, *self._narrow(),
            then=lambda table: self.context.tasks.think(
                self, formats.write, path, table, then=lambda _done: self._written(path, table)
            ),
        )  # fmt: skip

    def _written(self, path: Path, table: Table) -> None:
        said = n_("{n} row in {name}.", "{n} rows in {name}.", len(table.rows))
        self.context.toast(said.replace("{name}", path.name))
        self.accept()


def _sheets() -> list[tuple[str, str]]:
    return [
        ("organisations", _("Organisations")),
        ("people", _("People")),
        ("signatures", _("Signatures")),
        ("grid", _("Who signed what")),
        ("deliveries", _("Deliveries")),
    ]


def _said_count(what: str, rows: int) -> str:
    if not rows:
        return _("There is nothing to write.")
    return {
        "organisations": n_("{n} organisation will be written.",
                            "{n} organisations will be written.", rows),
        "people": n_("{n} person will be written.", "{n} people will be written.", rows),
        "signatures": n_("{n} signature will be written.", "{n} signatures will be written.", rows),
        "grid": n_("{n} organisation will be written.",
                   "{n} organisations will be written.", rows),
        "deliveries": n_("{n} message will be written.", "{n} messages will be written.", rows),
    }[what]  # fmt: skip


def _table(
    session: Any, what: str, columns: Sequence[str], where: Filter, appeal_id: int, mailing_id: int
) -> Table:
    return exports.export(
        session, what, columns=columns, where=where, appeal_id=appeal_id or None,
        mailing_id=mailing_id or None,
    )  # fmt: skip


def _counted(
    session: Any, what: str, where: Filter, appeal_id: int, mailing_id: int
) -> tuple[str, int, int]:
    """The rows the sheet will have, and how many organisations in danger it leaves out."""
    first = list(exports.COLUMNS[what])[:1]
    rows = len(_table(session, what, first, where, appeal_id, mailing_id).rows)
    hidden = 0
    if what in ("organisations", "grid"):
        hidden = contacts.count(session, replace(where, sensitive=True))
    return what, rows, hidden
