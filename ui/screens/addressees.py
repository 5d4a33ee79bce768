"""Those an appeal is addressed to: where each stands, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from crm import addressees
from crm.addressees import AddresseeRow, PrintedLetter, Written
from crm.language import _, n_
from ui.context import Context
from ui.kit import (
    Banner,
    Button,
    Card,
    EmptyState,
    FlowLayout,
    MainButton,
    clear,
    column,
    scaled,
    states,
)
from ui.kit.states import State
from ui.screens import addressee_forms as forms
from ui.screens.addressee_sheet import AddresseeSheet
from ui.screens.beside import Beside
from ui.screens.letter_saving import save_letters
from ui.screens.pasting import paste
from ui.table import Column, Records, Table

MANY = 10  # from here on, what is removed is said before


class Addressees(QWidget):
    """A table of them, the chosen one beside it, and the way to their letter."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.appeal_id, self.hinted = 0, ""
        self.rows: list[AddresseeRow] = []
        self.letters: list[Written] = []
        self.records = Records(context.tasks, None, columns())
        self.empty = EmptyState(
            _("This appeal is addressed to nobody yet."),
            detail=_("A mayor, a minister, a hundred town halls: each gets the same letter, with "
                     "their own name, address and greeting."),
            icon="mail",
        )  # fmt: skip
        self.table = Table(self.records, name="addressees", empty=self.empty, label=_("Addressees"))
        self.table.setMinimumHeight(scaled(260))
        self.table.opened.connect(lambda each: self.edit(each))
        self.table.chosen.connect(self._choose)
        self.table.context_menu = self._menu
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table, self._remove_chosen,
                  context=Qt.ShortcutContext.WidgetShortcut)  # fmt: skip
        self.sheet = AddresseeSheet(context, self)
        self._late = column(gap=0)
        self._ways = FlowLayout(gap=8)
        inside = column(
            self._late, self._ways,
            Beside(Card(self.table, flush=True), self.sheet, name="addressees"), gap=12,
        )  # fmt: skip
        inside.setStretch(2, 1)
        self.setLayout(inside)

    def show_appeal(self, appeal_id: int, hinted: str = "") -> None:
        """Show the addressees of this appeal; `hinted` is what its record says of them."""
        if appeal_id != self.appeal_id:
            self.sheet.show_addressee(None, [])
        self.appeal_id, self.hinted = appeal_id, hinted
        self.renew()

    def renew(self) -> None:
        """Read them again."""
        self.context.tasks.read(self, _everything, self.appeal_id, then=self._show)

    def _show(self, found: tuple[list[AddresseeRow], list[Written], list[PrintedLetter]]) -> None:
        self.rows, self.letters, self._printed = found
        self.records.show_rows(self.rows)
        self._offer()
        self._choose(self.table.current_id())

    def _offer(self) -> None:
        add = _("Add “{name}”…").format(name=self.hinted) if self.hinted else _("Add an addressee…")
        self.empty.offer(MainButton(add, self.add), Button(_("Paste a list…"), self.paste))
        clear(self._ways)
        clear(self._late)
        late = self._late_ones()
        if late:
            said = n_("{n} addressee has not answered by the day named.",
                      "{n} addressees have not answered by the day named.", len(late))  # fmt: skip
            remind = Button(_("Write a reminder…"), self._remind, look="small")
            self._late.addWidget(Banner("warn", said, remind))
        write = _("The letter…") if self.letters else _("Write the letter…")
        ways = [Button(write, self.write, icon="appeal")]
        if self.rows:
            save = Button(_("Save the letters…"), self.save, icon="document")
            ways += [save, Button(_("Note as sent…"), self.note_sent, icon="check")]
        ways.append(Button(_("Add…"), self.add, icon="plus"))
        ways.append(Button(_("Paste a list…"), self.paste))
        for each in ways:
            self._ways.addWidget(each)

    def _late_ones(self) -> list[int]:
        today = date.today()
        return [each.id for each in self.rows if addressees.standing(each, today).kind == "overdue"]

    def _choose(self, addressee_id: int) -> None:
        row = next((each for each in self.rows if each.id == addressee_id), None)
        printed = [each for each in self._printed if row and each.addressee_id == row.id]
        self.sheet.show_addressee(row, printed)

    def _menu(self, ids: list[int]) -> list[tuple[str, Callable[[], object]]]:
        one = ids[0]
        return [
            (_("Change…"), partial(self.edit, one)),
            (_("Save the letters…"), partial(self.save, ids)),
            (_("Note as sent…"), partial(self.note_sent, ids)),
            (_("Note their answer…"), partial(self.note_answer, one)),
            (_("Remove"), partial(self.remove, ids)),
        ]

    # --- doing ------------------------------------------------------------------------------

    def add(self) -> None:
        """Write down one more."""
        hinted = "" if self.rows else self.hinted
        forms.edit_addressee(self.context, self, self.appeal_id, hinted=hinted)

    def edit(self, addressee_id: int) -> None:
        """Change one."""
        forms.edit_addressee(self.context, self, self.appeal_id, self._row(addressee_id))

    def paste(self) -> None:
        """A hundred at once, from a spreadsheet."""
        paste(self.context, self, self.appeal_id)

    def write(self) -> None:
        """Go to the letter."""
        chosen = self.table.current_id()
        self.context.go("letter", appeal_id=self.appeal_id, addressee_id=chosen)

    def save(self, ids: list[int] | None = None) -> None:
        """Save the letters of these, or of those she then chooses."""
        if not self.letters:
            self.write()
            return
        chosen = ids or self.table.chosen_ids()
        save_letters(self.context, self, self.letters[-1].id, self.rows, chosen)

    def note_sent(self, ids: list[int] | None = None) -> None:
        """The letters of these, or of all, have left."""
        chosen = self._of(ids or self.table.chosen_ids())
        forms.note_sent(self.context, self, chosen, self.rows, meant=bool(ids) or len(chosen) > 1)

    def note_answer(self, addressee_id: int) -> None:
        """What one of them answered."""
        forms.note_answer(self.context, self, self._row(addressee_id))

    def remove(self, ids: list[int]) -> None:
        """Take some off, after asking where they are many."""
        if len(ids) < MANY:
            self._remove(ids)
            return
        self.context.ask(
            self,
            n_("Remove {n} addressee?", "Remove {n} addressees?", len(ids)),
            _("Nothing else changes; letters already printed are kept."),
            yes=_("Remove them"), then=partial(self._remove, ids),
        )  # fmt: skip

    def _remove(self, ids: list[int]) -> None:
        label = n_("{n} addressee removed", "{n} addressees removed", len(ids))
        self.context.tasks.write(
            self, label, addressees.remove, ids,
            then=lambda _done: self.context.toast(label + ".", undo=True),
        )  # fmt: skip

    def _remove_chosen(self) -> None:
        if ids := self.table.chosen_ids():
            self.remove(ids)

    def _remind(self) -> None:
        self.context.go("letter", appeal_id=self.appeal_id, starter="reminder")

    def _row(self, addressee_id: int) -> AddresseeRow:
        return next(each for each in self.rows if each.id == addressee_id)

    def _of(self, ids: list[int]) -> list[AddresseeRow]:
        return [each for each in self.rows if each.id in set(ids)]


def columns() -> tuple[Column, ...]:
    """What the table shows of an addressee."""
    return (
        Column(_("Addressee"), "name", "strong", grow=5, least=18, sort="name"),
        Column(_("Address"), "block", "dim", grow=4, least=14, spare=3,
               say=lambda row: row.block.replace("\n", " · ")),
        Column(_("State"), "sent_on", "pill", grow=0, least=21, sort="sent_on", state=state_of),
        Column(_("Answer by"), "answer_by", "date", grow=0, least=12, spare=2, sort="answer_by"),
    )  # fmt: skip


def state_of(row: AddresseeRow) -> State:
    """Where an addressee stands, and since how long."""
    now = addressees.standing(row, date.today())
    state = states.addressee(now.kind)
    if now.kind == "waiting":
        return replace(state, word=n_("waiting, {n} day", "waiting, {n} days", now.days))
    if now.kind == "overdue":
        return replace(state, word=n_("late by {n} day", "late by {n} days", now.days))
    return state


def _everything(
    session: Any, appeal_id: int
) -> tuple[list[AddresseeRow], list[Written], list[PrintedLetter]]:
    return (
        addressees.rows(session, addressees.ids(session, appeal_id)),
        addressees.of_appeal(session, appeal_id),
        addressees.printed(session, appeal_id),
    )
