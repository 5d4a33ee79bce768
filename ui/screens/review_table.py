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
        Column(_("As written"), "name", "strong", grow=4),
        Column(_("Country"), "place", "text", grow=2),
        Column(_("In the directory"), "known", "text", grow=3),
        Column("", "state", "pill", state=_state),
        Column(_("Why"), "reason", "dim", grow=3),
    )


def _state(line: Shown) -> states.State:
    return {
        "recognised": states.State("good", _("recognised")),
        "new": states.State("info", _("new")),
        "question": states.State("warn", _("question")),
        "dropped": states.State("quiet", _("not recorded"), "−"),
    }[line.state]


def shown(line: ReviewLine) -> Shown:
    """A line of the review as a row."""
    known = line.candidate or ""
    if line.state == "new":
        known = _("section of {name}").format(name=known) if line.answer == "section" else ""
    reason = line.reason if line.state != "new" else ""
    return Shown(
        line.index + 1, line.published, reading.place_words(line), known, line.state, reason
    )
