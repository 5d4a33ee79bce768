"""The lines of a review as the table beside the document shows them."""

from __future__ import annotations

from dataclasses import dataclass

from crm import reading
from crm.language import _
from crm.reading import ReviewLine
from ui.kit import states
from ui.table import Column


@dataclass(frozen=True)
class Shown:
    """A line of the review as the table shows it."""

    id: int
    name: str
    place: str
    known: str
    state: str
    reason: str


def columns() -> tuple[Column, ...]:
    """What the table shows of a line."""
    return (
        Column(_("As written"), "name", "strong", grow=8, least=38),
        Column(_("Country"), "place", "text", grow=0.5, least=9, spare=2),
        Column("", "state", "pill", grow=0, least=12, state=lambda row: state_of(row.state)),
        Column(_("In the directory"), "known", "text", grow=3, least=12, spare=1, vanishes=True),
        Column(_("Why"), "reason", "dim", grow=3, least=11, spare=3, vanishes=True),
    )


def state_of(state: str) -> states.State:
    """Where a line of a review stands: a tone, a sign, a word."""
    return {
        "recognised": states.State("good", _("recognised")),
        "new": states.State("info", _("new")),
        "question": states.State("warn", _("question")),
        "dropped": states.State("quiet", _("not recorded"), "−"),
    }[state]


def shown(line: ReviewLine, *, here: bool = False, apart: bool = False) -> Shown:
    """A line of the review as a row; `here` when it stands in the appeal already.

    `apart` says its part too: not every line of the document takes the same.
    """
    known = line.candidate or ""
    if line.state == "new":
        known = _("section of {name}").format(name=known) if line.answer == "section" else ""
    reason = line.reason if line.state != "new" or line.relation == "branch_of" else ""
    if line.noun == "person":
        known = line.body or ""
    if here:
        reason = _("stands in this appeal already")
    part = roles_short()[line.role] if apart else ""
    return Shown(
        line.index + 1, line.published, reading.place_words(line), known, line.state,
        " · ".join(filter(None, (part, reason))),
    )  # fmt: skip


def roles() -> dict[str, str]:
    """The parts organisations may take, as sentences."""
    return {
        "signatory": _("They have signed"),
        "caller": _("They call to take part"),
        "supporter": _("They support"),
        "relayed": _("They relay"),
    }


def roles_short() -> dict[str, str]:
    """The part of one line."""
    return {
        "signatory": _("has signed"), "caller": _("calls to take part"), "supporter": _("supports"),
        "relayed": _("relays"), "host": _("hosts"), "initiator": _("initiated"),
    }  # fmt: skip
