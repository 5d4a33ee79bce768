"""Addressees pasted from a spreadsheet: what is understood is shown before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from crm import addressees
from crm.addressees import COLUMNS, Plan
from crm.errors import Trouble
from crm.language import _, n_
from ui.context import Context
from ui.form import choose, field_row
from ui.kit import Dialog, FlowLayout, Words, clear, scaled
from ui.table import Column, Records, Table

SOON = 250  # milliseconds after the last letter typed


@dataclass(frozen=True)
class _Line:
    """A row of the preview."""

    id: int
    name: str
    block: str
    greeting: str


def paste(context: Context, owner: QWidget, appeal_id: int) -> Pasting:
    """Open the window in which a list is pasted."""
    box = Pasting(context, owner, appeal_id)
    box.open()
    box.text.setFocus()
    return box


class Pasting(Dialog):
    """Rows at the top, what they are below; one act writes them all."""

    def __init__(self, context: Context, owner: QWidget, appeal_id: int) -> None:
        super().__init__(owner, _("Paste a list of addressees"), save=(_("Add"), self._save),
                         width=860)  # fmt: skip
        self.context, self.appeal_id = context, appeal_id
        self.plan: Plan | None = None
        self._columns: list[QComboBox] = []
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Rows of your spreadsheet"))
        self.text.setPlaceholderText(
            _("Copy the rows in your spreadsheet and paste them here: name, lines of the address, "
              "greeting; with a row of headings or without.")
        )  # fmt: skip
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setMinimumHeight(scaled(56))
        self.text.setMaximumHeight(scaled(120))
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._read)
        self.text.textChanged.connect(self._typed)
        self.verdict = Words(_("Nothing is written before you say so."), "soft")
        self.kinds = FlowLayout(gap=8)
        self.records = Records(context.tasks, None, _preview())
        self.table = Table(self.records, label=_("What was understood"))
        self.table.setMinimumHeight(scaled(90))
        self.put(self.text, self.verdict, self.kinds, self.table)
        self.body.setStretch(3, 1)
        self.resize(scaled(860), min(scaled(660), owner.window().height() - scaled(40)))
        self._offer(None)

    def _typed(self) -> None:
        self._columns = []  # other rows: guess anew
        self._soon.start()

    def _read(self) -> None:
        columns = [box.currentData() for box in self._columns] or None
        self.context.tasks.read(
            self, addressees.plan, self.appeal_id, self.text.toPlainText(), columns,
            then=self._show, otherwise=self._nothing,
        )  # fmt: skip

    def _show(self, plan: Plan) -> None:
        self.records.show_rows([
            _Line(at, each.name, each.block, each.greeting) for at, each in enumerate(plan.new, 1)
        ])  # fmt: skip
        if len(self._columns) != len(plan.columns):
            self._show_columns(plan)
        self._offer(plan)

    def _nothing(self, why: Trouble) -> None:
        self.records.show_rows([])
        clear(self.kinds)
        self._columns = []
        self._offer(None)
        self.verdict.setText(f"{why.message} {why.hint}".strip())

    def _show_columns(self, plan: Plan) -> None:
        clear(self.kinds)
        self._columns = []
        for at, what in enumerate(plan.columns):
            box = choose([(key, _(label)) for key, label in COLUMNS.items()])
            box.setCurrentIndex(box.findData(what))
            box.currentIndexChanged.connect(lambda _at: self._read())
            title = plan.headings[at] if at < len(plan.headings) else ""
            self._columns.append(box)
            said = title or _("Column {n}").format(n=at + 1)
            self.kinds.addWidget(field_row(said, box))

    def _offer(self, plan: Plan | None) -> None:
        self.plan = plan
        count = len(plan.new) if plan else 0
        assert self.main is not None
        self.main.setEnabled(count > 0)
        self.main.setText(
            n_("Add {n} addressee", "Add {n} addressees", count) if count else _("Add")
        )
        if plan is not None:
            self.verdict.setText(sentence(plan))

    def _save(self) -> None:
        if self.plan is None:
            return
        count = len(self.plan.new)
        label = n_("{n} addressee pasted", "{n} addressees pasted", count)
        self.context.tasks.write(
            self, label, partial(_record, self.appeal_id, self.plan),
            then=lambda _done: self._done(label),
        )  # fmt: skip

    def _done(self, label: str) -> None:
        self.accept()
        self.context.toast(label + ".", undo=True)


def sentence(plan: Plan) -> str:
    """What would be written, and what would not, in figures that add up."""
    parts = [n_("{n} new addressee", "{n} new addressees", len(plan.new))]
    if plan.known:
        parts.append(n_("{n} already there, left as it is", "{n} already there, left as they are",
                        len(plan.known)))  # fmt: skip
    if plan.nameless:
        lines = ", ".join(map(str, plan.nameless[:8])) + (" …" if len(plan.nameless) > 8 else "")
        said = n_("{n} row without a name, left out", "{n} rows without a name, left out",
                  len(plan.nameless))  # fmt: skip
        parts.append(f"{said} ({lines})")
    return " · ".join(parts) + ". " + _("Nothing is written yet.")


def _preview() -> tuple[Column, ...]:
    return (
        Column(_("Addressee"), "name", "strong", grow=3, least=14),
        Column(_("Address"), "block", "text", grow=4, least=14,
               say=lambda row: row.block.replace("\n", " · ")),
        Column(_("Greeting"), "greeting", "dim", grow=2, least=12),
    )  # fmt: skip


def _record(appeal_id: int, plan: Plan, session: Any) -> list[int]:
    return addressees.record(session, appeal_id, plan.new)
