"""Every place a document writes the name of somebody who signs, each printing apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crm import words
from crm.documents import Document, Line
from crm.places import Place
from crm.reading import rows
from crm.reading.annex import addresses_of, owners_of
from crm.reading.covered import Covered
from crm.reading.entries import EMAIL, Entry
from crm.reading.gathering import Found
from crm.reading.listing import Listing, Outline
from crm.reading.namesakes import Namesakes
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
    known = Namesakes(each.name for each in names)
    inside = Covered(each.span for each in names if each.part == "list")
    seen: set[Span] = set()
    for number, line in enumerate(document.lines):
        addresses = addresses_of(line)
        if not addresses or line.start in inside:
            continue
        entry = _owner(owners_of(document, number, language), known, line.start in contacts)
        if entry and ":" in document.text[slice(*entry.span)]:
            continue  # "Press office: …": a means, not a name
        if entry and entry.span not in seen and not inside.meets(entry.span):
            seen.add(entry.span)
            yield Written(
                entry.name, entry.published, entry.span, "annex", -1, email=addresses[0],
                person=entry.person,
            )  # fmt: skip


def _owner(owners: list[Entry], known: Namesakes, in_annex: bool) -> Entry | None:
    found = (each for each in owners if known.find(each.name) is not None)
    nearest = owners[0] if in_annex and owners and not owners[0].person else None
    return next(found, nearest)


def _captions(drawn: Outline, names: list[Written]) -> Iterator[Written]:
    """Lines that stand alone outside the lists, as the words of a logo do, and may be a name."""
    written_at = Covered(each.span for each in names)
    for block in drawn.prose:
        line = block[0]
        alone = len(block) == 1 and not line.level and not line.bold and not line.bullet
        span = (line.start, line.end)
        if not alone or len(line.text.split()) > 12 or EMAIL.search(line.text):
            continue
        if rows.could_sign(line.text) and not written_at.meets(span):
            yield Written(words.tidy(line.text), line.text, span, "caption", -2)
