"""A mailing under way: figures that add up, every copy, and a way out of every doubt."""

from __future__ import annotations

import html
from functools import partial
from typing import Any

from crm import mailings, post
from crm.language import _, n_
from ui.context import Context
from ui.kit import (
    Banner,
    Button,
    Card,
    DangerButton,
    EmptyState,
    Legend,
    MainButton,
    Meter,
    Page,
    Part,
    Words,
    row,
    states,
)
from ui.screens.mailbox import with_password
from ui.screens.sending import start
from ui.table import Column, Records, Table


class Progress(Page):
    """One mailing after it was checked."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Mailing"))
        self.mailing_id = 0
        self._state = ""
        self._status = mailings.Status()
        self._order = "id"
        self._figure, self._of, self._note = (
            Words("", "figure"),
            Words("", "soft"),
            Words("", "soft"),
        )
        self._meter, self._legend = Meter(), Legend()
        figures = row(self._figure, self._of, None, self._note)
        self.records = Records(context.tasks, mailings.rows, columns())
        self.table = Table(
            self.records, name="deliveries", empty=EmptyState(_("No recipient."), icon="mail"),
            label=_("Recipients"),
        )  # fmt: skip
        self.table.chosen.connect(self._chosen)
        self.table.sorted.connect(self._sort)
        self.table.context_menu = self._menu
        self._detail = Words("", "soft", copied=True)
        self.put(
            Card(figures, self._meter, self._legend), Card(self.table, flush=True), self._detail
        )
        self.body.setStretch(1, 1)
        self.follow("mailing", "delivery", refresh=self._renew)
        context.tasks.progress.connect(self._progressed)
        context.tasks.ended.connect(self._ended)

    def visit(self, mailing_id: int) -> None:
        """Show a mailing."""
        if mailing_id != self.mailing_id:
            self._detail.setText("")
            self._note.setText("")
        self.mailing_id = mailing_id
        self._renew()

    def _renew(self) -> None:
        if self.mailing_id:
            self.context.tasks.read(
                self, _everything, self.mailing_id, self._order, then=self._show
            )

    def _show(self, found: tuple[mailings.Draft, mailings.Status, list[int]]) -> None:
        draft, self._status, ids = found
        self._state = draft.state
        status = self._status
        self.head(
            draft.title,
            n_("{n} recipient", "{n} recipients", status.recipients)
            + " · "
            + _("goes on where it stopped, even after a cut"),
            trail=[(_("Mailings"), lambda: self.context.go("mailings"))],
        )
        self._figure.setText(str(status.sent))
        self._of.setText(_("delivered out of {n}").format(n=status.recipients))
        parts = shares(status)
        self._meter.measure(parts, status.recipients)
        self._legend.tell(parts)
        self.records.show(ids)
        self._offer()
        self._say(status)

    def _offer(self) -> None:
        under_way = self._is_under_way()
        waiting = self._status.queued + self._status.deferred
        buttons: list[Any] = [Button(_("Use as a model"), self._copy)]
        if under_way:
            buttons.append(Button(_("Pause"), self._pause, icon="pause"))
        elif waiting and self._state != "stopped":
            buttons.append(MainButton(_("Resume"), self.resume, icon="play"))
        if waiting and self._state != "stopped":
            buttons.insert(1, DangerButton(_("Stop for good…"), self._stop))
        self.act(*buttons)

    def _is_under_way(self) -> bool:
        mine = ("progress", {"mailing_id": self.mailing_id})
        return any(work.place == mine for work in self.context.tasks.under_way)

    def _say(self, status: mailings.Status) -> None:
        if status.uncertain:
            self.say(self._doubts(status.uncertain))
        elif status.finished:
            self._note.setText("")
            self.say(Banner(*_told(status)))
        else:
            self.say(None)

    def _doubts(self, count: int) -> Banner:
        sentence = n_(
            "We do not know whether {n} partner received this message: the line was cut.",
            "We do not know whether {n} partners received this message: the line was cut.",
            count,
        )
        return Banner(
            "doubt",
            html.escape(sentence),
            Button(
                _("Count as received: they may have nothing"), partial(self._settle, "received")
            ),
            Button(_("Send again: they may get it twice"), partial(self._settle, "resend")),
            hint=_(
                "Look in your mailbox's Sent folder first; or decide for one alone, by its menu."
            ),
        )

    # --- doing ------------------------------------------------------------------------------

    def resume(self) -> None:
        """Go on with what waits."""
        with_password(
            self,
            self.mailing_id,
            lambda _box, password: self._go_on(password),
        )

    def _go_on(self, password: str) -> None:
        start(self.context, self, self.mailing_id, password)
        self._offer()

    def _pause(self) -> None:
        self.context.tasks.write(
            self, _("Paused"), mailings.pause, self.mailing_id, kind="ledger",
            then=lambda _done: self._renew(),
        )  # fmt: skip

    def _stop(self) -> None:
        waiting = self._status.queued + self._status.deferred
        self.context.ask(
            self,
            _("Stop this mailing for good?"),
            n_("{n} message will never leave.", "{n} messages will never leave.", waiting)
            + " "
            + _("A message that left cannot be called back."),
            yes=_("Stop for good"),
            danger=True,
            then=lambda: self.context.tasks.write(
                self, _("Mailing stopped"), mailings.stop, self.mailing_id, kind="final",
                then=lambda _count: self._renew(),
            ),
        )  # fmt: skip

    def _settle(self, how: str, ids: list[int] | None = None) -> None:
        self.context.tasks.write(
            self, _("Settled by hand"), _settle, self.mailing_id, ids or [], how, kind="final",
            then=lambda _count: self._renew(),
        )  # fmt: skip

    def _copy(self) -> None:
        self.context.tasks.write(
            self, _("New mailing"), mailings.duplicate, self.mailing_id,
            then=lambda made: self.context.go("compose", mailing_id=made),
        )  # fmt: skip

    # --- showing ----------------------------------------------------------------------------

    def _ended(self, _work: Any) -> None:
        self._renew()

    def _progressed(self, work: Any) -> None:
        if work.place == ("progress", {"mailing_id": self.mailing_id}) and work.step:
            self._note.setText(work.step.note)

    def _sort(self, key: str, descending: bool) -> None:
        self._order = f"-{key}" if descending else key
        self._renew()

    def _menu(self, ids: list[int]) -> list[tuple[str, Any]]:
        return [
            (_("Count as received"), partial(self._settle, "received", ids)),
            (_("Send again (may arrive twice)"), partial(self._settle, "resend", ids)),
        ]

    def _chosen(self, delivery_id: int) -> None:
        self._detail.setText("")
        if delivery_id:
            self.context.tasks.read(self, mailings.rows, [delivery_id], then=self._technical)

    def _technical(self, rows: list[mailings.DeliveryRow]) -> None:
        if rows and rows[0].reply:
            self._detail.setText(_("Technical details: {words}").format(words=rows[0].reply))


def columns() -> tuple[Column, ...]:
    """What the table shows of one copy."""
    return (
        Column(_("Recipient"), "name", "strong", grow=3, sort="name"),
        Column(_("Address"), "address", "dim", grow=3, sort="address"),
        Column(
            _("State"), "state", "pill", state=lambda row: states.delivery(row.state), sort="state"
        ),
        Column(_("What the server answered"), "reason", "text", say=_words, grow=4),
        Column(_("Tries"), "attempts", "number"),
    )


def _state(row: mailings.DeliveryRow) -> states.State:
    return states.delivery(row.state)


def _words(row: mailings.DeliveryRow) -> str:
    words = _(post.REASONS[row.reason]) if row.reason else ""
    if row.state == "deferred" and row.next_try_at:
        again = _("new try at {time}").format(time=f"{row.next_try_at.astimezone():%H:%M}")
        return f"{words} · {again}"
    return words


def shares(status: mailings.Status) -> list[Part]:
    """The figures of a mailing, exclusive and adding up to its recipients."""
    sent, deferred, refused = status.sent, status.deferred, status.refused
    uncertain, leaving, skipped = status.uncertain, status.leaving, status.skipped
    cancelled, queued = status.cancelled, status.queued
    return [
        Part("good", sent, n_("{n} delivered", "{n} delivered", sent), "✓"),
        Part("warn", deferred, n_("{n} to try again", "{n} to try again", deferred), "↻"),
        Part("bad", refused, n_("{n} refused", "{n} refused", refused), "✕"),
        Part("doubt", uncertain, n_("{n} uncertain", "{n} uncertain", uncertain), "≈"),
        Part("info", leaving, n_("{n} leaving", "{n} leaving", leaving), "→"),
        Part("quiet", skipped, n_("{n} left out", "{n} left out", skipped), "−"),
        Part("quiet", cancelled, n_("{n} cancelled", "{n} cancelled", cancelled), "−"),
        Part("quiet", queued, n_("{n} waiting", "{n} waiting", queued), "…"),
    ]


def _everything(
    session: Any, mailing_id: int, order: str
) -> tuple[mailings.Draft, mailings.Status, list[int]]:
    return (
        mailings.look(session, mailing_id),
        mailings.status(session, mailing_id),
        mailings.delivery_ids(session, mailing_id, order=order),
    )


def _settle(session: Any, mailing_id: int, ids: list[int], how: str) -> int:
    doubts = mailings.delivery_ids(session, mailing_id, states=["uncertain"])
    chosen = [each for each in (ids or doubts) if each in doubts]
    return mailings.settle(session, chosen, how)


def _told(status: mailings.Status) -> tuple[str, str]:
    """How it ended: green only when every copy was handed over."""
    if not (status.refused or status.cancelled or status.skipped):
        sentence = n_(
            "{n} message delivered, 0 twice, 0 forgotten. You may close.",
            "{n} messages delivered, 0 twice, 0 forgotten. You may close.",
            status.sent,
        )
        return "good", html.escape(sentence)
    parts = [n_("{n} message delivered", "{n} messages delivered", status.sent)]
    if status.refused:
        parts.append(n_("{n} refused", "{n} refused", status.refused))
    if status.skipped:
        parts.append(n_("{n} left out", "{n} left out", status.skipped))
    if status.cancelled:
        parts.append(n_("{n} will not leave", "{n} will not leave", status.cancelled))
    said = ", ".join(parts) + "."
    if status.cancelled:
        said = _("Stopped for good: {figures}").format(figures=said)
    return "info", html.escape(said)
