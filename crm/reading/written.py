"""Every place a document writes the name of somebody who signs, each printing apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crm import words
from crm.documents import Document, Line
from crm.places import Place
from crm.reading import rows
from crm.reading.annex import addresses_of, owners_of
from crm.reading.entries import EMAIL, Entry
from crm.reading.gathering import Found
from crm.reading.listing import Listing, Outline
from crm.reading.result import Span
from crm.reading.understanding import sources

PARTS = ("list", "sentence", "annex", "caption")


@dataclass(frozen=True)
class Written:
    """A name as one place of the document writes it."""

    name: str  # tidied, its article apart
    published: str  # as written there
    span: Span
    part: str  # of PARTS
    source: int  # which list or sentence: the same number is the same one
    role: str = "signatory"
    place: Place | None = None
    heading: str | None = None  # it stands under, as written
    person: bool = False
    email: str = ""  # written beside it


@dataclass(frozen=True)
class Writing:
    """All the names of a document, and the lines that head them."""

    names: tuple[Written, ...]
    headings: tuple[Span, ...]  # the places its lists are sorted by
    listings: tuple[tuple[Line, ...], ...]  # the lines of each list, by source
    language: str


def written(document: Document) -> Writing:
    """Lists, sentences, annex and captions, in that order."""
    drawn, listed, said, language = sources(document)
    names = [_of(found, "list") for found in listed] + [_of(found, "sentence") for found in said]
    names += _annex(document, drawn, names, language)
    names += _captions(drawn, names)
    return Writing(
        tuple(names), tuple(drawn.places), tuple(map(_lines, drawn.listings)), language or ""
    )


def _of(found: Found, part: str) -> Written:
    entry, group = found.entry, found.group
    return Written(
        entry.name, entry.published, entry.span, part, found.source, found.role,
        Place(entry.country) if entry.country else group.place if group else None,
        group.heading if group else None, entry.person, entry.email or "",
    )  # fmt: skip


def _lines(listing: Listing) -> tuple[Line, ...]:
    return tuple(listing.lines())


def _annex(
    document: Document, drawn: Outline, names: list[Written], language: str | None
) -> Iterator[Written]:
    """Whose each address is said to be, where that is not on its line of the list already."""
    contacts = {line.start for line in drawn.contacts}
    inside = [each.span for each in names if each.part == "list"]
    seen: set[Span] = set()
    known = _Known(names)
    for number, line in enumerate(document.lines):
        addresses = addresses_of(line)
        if not addresses or any(start <= line.start < end for start, end in inside):
            continue
        entry = _owner(owners_of(document, number, language), known, line.start in contacts)
        if entry and ":" in document.text[slice(*entry.span)]:
            continue  # "Press office: …": a means, not a name
        if entry and entry.span not in seen and not any(_meet(entry.span, each) for each in inside):
            seen.add(entry.span)
            yield Written(
                entry.name, entry.published, entry.span, "annex", -1, email=addresses[0],
                person=entry.person,
            )  # fmt: skip


class _Known:
    """The names met so far, found again under another spelling."""

    def __init__(self, names: list[Written]) -> None:
        self._keys = {words.identity(each.name) for each in names}
        self._namesakes = words.Namesakes(each.name for each in names)

    def __contains__(self, name: str) -> bool:
        return words.identity(name) in self._keys or bool(self._namesakes.find(name))


def _owner(owners: list[Entry], known: _Known, in_annex: bool) -> Entry | None:
    named = (each for each in owners if each.name in known)
    nearest = owners[0] if in_annex and owners and not owners[0].person else None
    return next(named, nearest)


def _captions(drawn: Outline, names: list[Written]) -> Iterator[Written]:
    """Lines that stand alone outside the lists, as the words of a logo do, and may be a name."""
    written_at = [each.span for each in names]
    for block in drawn.prose:
        line = block[0]
        alone = len(block) == 1 and not line.level and not line.bold and not line.bullet
        span = (line.start, line.end)
        if not alone or len(line.text.split()) > 12 or EMAIL.search(line.text):
            continue
        if rows.could_sign(line.text) and not any(_meet(span, each) for each in written_at):
            yield Written(words.tidy(line.text), line.text, span, "caption", -2)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
