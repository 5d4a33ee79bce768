"""One addressee beside the list: the address as printed, what became of the letter."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm import documents, filenames, publishing
from crm.addressees import AddresseeRow, PrintedLetter
from crm.language import _
from ui.context import Context
from ui.kit import (
    Button,
    Card,
    EmptyState,
    FlowLayout,
    LinkButton,
    Pill,
    Words,
    clear,
    dates,
    heading,
    scaled,
)

if TYPE_CHECKING:
    from ui.screens.addressees import Addressees


class AddresseeSheet(Card):
    """The card at the right; empty until somebody is chosen."""

    def __init__(self, context: Context, among: Addressees) -> None:
        super().__init__(scrolls=True)
        self.context = context
        self._among = among

    def show_addressee(self, row: AddresseeRow | None, printed: list[PrintedLetter]) -> None:
        """Show another one; None shows none."""
        clear(self.body)
        if row is None:
            said = _("Choose an addressee to see what became of the letter.")
            self.body.addWidget(EmptyState(said, icon="mail"))
            return
        from ui.screens.addressees import state_of

        self.body.addWidget(Words(row.name, "title", copied=True))
        self.body.addLayout(FlowLayout(Pill(state_of(row))))
        self.body.addLayout(FlowLayout(*self._ways(row), gap=6))
        self._part(_("Address"), row.block or _("No postal address yet."))
        self._part(_("Greeting"), row.greeting or _("No greeting of their own."))
        if row.sent_on is not None:
            self._part(_("Letter"), _sent(row))
        if row.answered_on is not None:
            self._part(_("Their answer"), _answered(row))
        self._printed(printed)
        self.body.addStretch(1)

    def _ways(self, row: AddresseeRow) -> list[Button]:
        among = self._among
        sent = _("Note as sent…") if row.sent_on is None else _("Change the days…")
        answer = _("Note their answer…") if row.answered_on is None else _("Change the answer…")
        return [
            Button(_("Change…"), partial(among.edit, row.id), look="small", icon="appeal"),
            Button(sent, partial(among.note_sent, [row.id]), look="small", icon="mail"),
            Button(answer, partial(among.note_answer, row.id), look="small", icon="check"),
            Button(_("Remove"), partial(among.remove, [row.id]), look="small"),
        ]

    def _part(self, title: str, said: str) -> None:
        self.body.addSpacing(scaled(5))
        self.body.addWidget(heading(title))
        self.body.addWidget(Words(said, copied=True))

    def _printed(self, printed: list[PrintedLetter]) -> None:
        if not printed:
            return
        self.body.addSpacing(scaled(5))
        self.body.addWidget(heading(_("Letters printed")))
        for each in printed[:12]:
            said = _("{when} · {format}").format(
                when=dates.moment(each.at), format=each.format.upper()
            )
            self.body.addWidget(LinkButton(said, partial(self._save_again, each)))

    def _save_again(self, each: PrintedLetter) -> None:
        name = f"{filenames.after_name(each.addressee)}.{each.format}"
        self.context.save_file(
            self, _("Save the letter as it was printed"), name, f"*.{each.format}",
            partial(self._read_again, each.id),
        )  # fmt: skip

    def _read_again(self, publication_id: int, path: Path) -> None:
        self.context.tasks.read(
            self, publishing.as_left, publication_id,
            then=lambda left: self.context.tasks.think(
                self, documents.save, path, left[1],
                then=lambda _done: self.context.toast(_("Saved: {name}").format(name=path.name)),
            ),
        )  # fmt: skip


def _sent(row: AddresseeRow) -> str:
    parts: list[Any] = [_("sent on {day}").format(day=dates.day(row.sent_on))]
    if row.answer_by is not None:
        parts.append(_("answer expected by {day}").format(day=dates.day(row.answer_by)))
    return " · ".join(parts)


def _answered(row: AddresseeRow) -> str:
    return "\n".join(filter(None, (dates.day(row.answered_on), row.answer)))
