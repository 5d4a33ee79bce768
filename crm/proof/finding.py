"""What the proof-reader says: a sentence, the places it speaks of, the ways to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crm.language import marked
from crm.reading import Span

KINDS: Mapping[str, str] = {
    "missing": marked("Missing"),
    "extra": marked("Too many"),
    "spelling": marked("Spelt differently"),
    "twice": marked("Twice"),
    "place": marked("Under the wrong heading"),
    "order": marked("Order"),
    "count": marked("Figures"),
    "punctuation": marked("Punctuation"),
    "script": marked("Letters of another alphabet"),
    "address": marked("Address"),
    "link": marked("Link"),
    "date": marked("Date"),
    "addressee": marked("Not a signatory"),
}
"""Kind of a finding to its label, the gravest first."""


@dataclass(frozen=True)
class Edit:
    """Words to put in the place of others in the document's text."""

    span: Span
    text: str


@dataclass(frozen=True)
class Remedy:
    """One way to put a finding right, by the words on its button."""

    label: str
    edits: tuple[Edit, ...] = ()
    names: tuple[tuple[int, str], ...] = ()  # signature ids, and what each will print


@dataclass(frozen=True)
class Finding:
    """Something to look at before printing."""

    kind: str  # of KINDS
    message: str
    spans: tuple[Span, ...] = ()  # in the document's text; none when it is not about a place in it
    remedies: tuple[Remedy, ...] = ()
    sure: bool = True  # otherwise: worth a look, and may well be meant


def corrected(text: str, remedy: Remedy) -> str:
    """The text with a remedy's edits made."""
    for edit in sorted(remedy.edits, key=lambda each: each.span, reverse=True):
        text = text[: edit.span[0]] + edit.text + text[edit.span[1] :]
    return text


def in_order(findings: list[Finding]) -> list[Finding]:
    """Each once, as they come in the document; those about no place in it first."""
    first = {kind: at for at, kind in enumerate(KINDS)}
    return sorted(
        dict.fromkeys(findings),
        key=lambda each: (each.spans[0] if each.spans else (-1, -1), first[each.kind]),
    )
