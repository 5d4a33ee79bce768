"""The addresses of a document, and whose they are when an annex says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm.documents import Document, Line
from crm.reading.entries import Entry, emails_in, entry_of
from crm.reading.namesakes import Namesakes
from crm.reading.result import Listed, PersonRead


def all_emails(document: Document) -> tuple[str, ...]:
    """Every address, once, as written, in the order of the text; link targets too."""
    found: list[str] = []
    for line in document.lines:
        targets = [
            link.target.removeprefix("mailto:").split("?")[0]
            for link in line.links
            if link.target.startswith("mailto:")
        ]
        found += [
            *emails_in(line.text),
            *(address for target in targets for address in emails_in(target)),
        ]
    return tuple({address.lower(): address for address in reversed(found)}.values())[::-1]


def attached(
    document: Document, listed: Sequence[Listed], language: str | None
) -> tuple[list[Listed], list[PersonRead]]:
    """The organisations with the address their annex gives, and the people it names beside them."""
    known = _Known(listed)
    people: list[PersonRead] = []
    for number, line in enumerate(document.lines):
        for address in addresses_of(line):
            for entry in owners_of(document, number, language):
                at = known.find(entry.name)
                if at is None:
                    continue
                known.give(at, address, entry)
                if entry.behind:
                    people.append(_person(entry.behind, known.listed[at].name, address))
                break
    return known.listed, people


class _Known:
    """The organisations of the list, found again under another spelling."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        self.listed = list(listed)
        self.find = Namesakes(one.name for one in listed).find

    def give(self, at: int, address: str, entry: Entry) -> None:
        one = self.listed[at]
        also = one.also if entry.name in (one.name, *one.also) else (*one.also, entry.name)
        spans = one.spans if entry.span in one.spans else (*one.spans, entry.span)
        self.listed[at] = replace(one, email=one.email or address, also=also, spans=spans)


def addresses_of(line: Line) -> list[str]:
    """The addresses a line gives, in its words and behind them."""
    targets = [
        link.target.removeprefix("mailto:").split("?")[0]
        for link in line.links
        if link.target.startswith("mailto:")
    ]
    found = [*emails_in(line.text), *(a for target in targets for a in emails_in(target))]
    return list(dict.fromkeys(found)) if len(line.text.split()) <= 24 else []


def owners_of(document: Document, number: int, language: str | None) -> list[Entry]:
    """Who the address may belong to: the words before it, then the lines above it."""
    line = document.lines[number]
    if line.cells:
        spans = list(line.cells)
    else:
        at = line.text.find("@")
        at = len(line.text[:at].rsplit(None, 1)[0]) if " " in line.text[: max(0, at)] else 0
        spans = [(line.start, line.start + at)] if at else []
        spans += [(line.start, line.end)]
        spans += _above(document, number)
    found = [entry_of(document.text, span, language) for span in spans if span[0] < span[1]]
    return [entry for entry in found if entry is not None]


def _above(document: Document, number: int) -> list[tuple[int, int]]:
    """The nearest lines above, up to another address or a gap."""
    spans: list[tuple[int, int]] = []
    blank = 0
    for line in reversed(document.lines[:number]):
        blank = 0 if line.text else blank + 1
        if blank > 2 or (line.text and "@" in line.text) or len(spans) == 4:
            break
        if line.text and len(line.text.split()) <= 20:
            spans.append((line.start, line.end))
    return spans


def _person(entry: Entry, organisation: str, address: str) -> PersonRead:
    return PersonRead(
        name=entry.name, role=entry.function, organisation=organisation, email=address,
        standing="contact", span=entry.span,
    )  # fmt: skip
