"""The signatories of an appeal as a table shows them: under which name, where, since when."""

from __future__ import annotations

from datetime import date

from crm import appeals
from crm.language import _, n_
from ui.kit import states
from ui.kit.states import State
from ui.naming import place_name
from ui.table import Column


def columns() -> tuple[Column, ...]:
    """What the table shows of one part in an appeal."""
    return (
        Column(_("Organisation"), "published_name", "strong", grow=8, least=20, sort="name"),
        Column(_("Country"), "country", "text", grow=1, least=9, spare=2, sort="country",
               say=lambda row: place_name(row.country, None) or row.heading or ""),
        Column(_("Answer"), "status", "pill", grow=0, least=18, sort="status", state=_answer),
        Column(_("On"), "since", "date", grow=0.5, least=11, spare=1, sort="since"),
        Column(_("Proof"), "channel", "dim", grow=1.5, least=11, spare=3, say=_proof),
    )  # fmt: skip


def _answer(row: appeals.SignatureRow) -> State:
    """One vocabulary everywhere: who was asked and is silent, since how long."""
    if row.status != "asked":
        return states.answer(row.status, row.role)
    days = (date.today() - row.since).days
    if days < 1:
        return State("warn", _("asked today"), "…")
    return State("warn", n_("silent, {n} day", "silent, {n} days", days), "…")


def _proof(row: appeals.SignatureRow) -> str:
    channel = _(appeals.CHANNELS[row.channel]) if row.channel else ""
    return " · ".join(filter(None, (channel, _("not named") if row.unnamed else "")))
