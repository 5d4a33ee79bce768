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
        Column(_("As written"), "name", "strong", grow=4, least=25),
        Column(_("Country"), "place", "text", grow=0.5, least=10, spare=2),
        Column("", "state", "pill", grow=0, least=11, state=lambda row: state_of(row.state)),
        Column(_("In the directory"), "known", "text", grow=2, least=14, spare=1, vanishes=True),
        Column(_("Why"), "reason", "dim", grow=2, least=15, spare=3, vanishes=True),
    )


def state_of(state: str) -> states.State:
    """Where a line of a review stands: a tone, a sign, a word."""
    return {
        "recognised": states.State("good", _("recognised")),
        "new": states.State("info", _("new")),
        "question": states.State("warn", _("question")),
        "dropped": states.State("quiet", _("not recorded"), "−"),
    }[state]


def shown(line: ReviewLine, *, again: str = "", apart: bool = False) -> Shown:
    """A line of the review as a row; `again` where its signature stands in "appeal" or "list".

    `apart` says its part too: not every line of the document takes the same.
    """
    known, reason = _known(line), line.reason
    if again:
        reason = _("stands in this appeal already")
        if again == "list":
            reason = _("stands on this list already")
    part = roles_short()[line.role] if apart else ""
    return Shown(
        line.index + 1, line.published, reading.place_words(line), known, line.state,
        " · ".join(filter(None, (part, reason))),
    )  # fmt: skip


def _known(line: ReviewLine) -> str:
    """What the directory has beside it: the same, or what it is a section of."""
    if line.noun == "person":
        return line.body or ""
    if line.state != "new" or not line.candidate:
        return line.candidate or ""
    if line.answer == "section":
        return _("section of {name}").format(name=line.candidate)
    if line.answer is None and line.relation == "branch_of":
        return _("section of {name}?").format(name=line.candidate)
    return ""


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
