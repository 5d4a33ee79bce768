"""Every mailing, with what became of it."""

from __future__ import annotations

from typing import Any

from crm import mailings
from crm.language import _, n_
from crm.language import marked as _m
from ui import actions
from ui.actions import action, button
from ui.context import Context
from ui.kit import Card, EmptyState, MainButton, Page, dates, states
from ui.table import Column, Records, Table


class Mailings(Page):
    """The list of mailings, newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Mailings"))
        self.records = Records(context.tasks, mailings.rows_of, columns())
        empty = EmptyState(
            _("No letter has been written yet."),
            MainButton(_("Write to partners"), self.new, icon="plus"),
            detail=_("Each partner receives a personal message from your own mailbox."),
            icon="mail",
        )
        self.table = Table(self.records, name="mailings", empty=empty, label=_("Mailings"))
        self.table.opened.connect(self._open)
        self.table.context_menu = self._menu
        self.put(Card(self.table, flush=True))
        self.setFocusProxy(self.table)
        self.act(button(self.new, main=True))
        actions.bind(self)
        self.follow("mailing", "delivery", refresh=self._refresh)

    def visit(self) -> None:
        """Read the list again."""
        self._refresh()

    @action(_m("New mailing"), "Ctrl+N", icon="plus")
    def new(self) -> None:
        """Write a new letter."""
        self.context.go("compose")

    def _refresh(self) -> None:
        self.context.tasks.read(self, mailings.ids, then=self.records.show)
        self.records.forget()

    def _open(self, mailing_id: int) -> None:
        self.context.tasks.read(self, mailings.look, mailing_id, then=self._go)

    def _go(self, mailing: mailings.Draft) -> None:
        place = "compose" if mailing.state == "draft" else "progress"
        self.context.go(place, mailing_id=mailing.id)

    def _menu(self, ids: list[int]) -> list[tuple[str, Any]]:
        return [
            (_("Open"), lambda: self._open(ids[0])),
            (_("Use as a model"), lambda: self._copy(ids[0])),
        ]

    def _copy(self, mailing_id: int) -> None:
        self.context.tasks.write(
            self, _("New mailing"), mailings.duplicate, mailing_id,
            then=lambda made: self.context.go("compose", mailing_id=made),
        )  # fmt: skip


def columns() -> tuple[Column, ...]:
    """What the list shows of a mailing."""
    return (
        Column(_("Letter"), "title", "strong", grow=3),
        Column(_("State"), "state", "pill", state=lambda row: states.mailing(row.state)),
        Column(_("Recipients"), "status", "text", say=_figures, grow=2),
        Column(
            _("Made on"),
            "created_at",
            "date",
            say=lambda row: dates.day(row.created_at.astimezone().date()),
        ),
    )


def _figures(row: mailings.MailingRow) -> str:
    status = row.status
    if not status.recipients:
        return _("not sent yet")
    waiting = status.queued + status.deferred + status.leaving
    parts = [n_("{n} delivered", "{n} delivered", status.sent)]
    if waiting:
        parts.append(n_("{n} waiting", "{n} waiting", waiting))
    if status.refused:
        parts.append(n_("{n} refused", "{n} refused", status.refused))
    if status.uncertain:
        parts.append(n_("{n} uncertain", "{n} uncertain", status.uncertain))
    return " · ".join(parts)
