"""What a reading gives: organisations with their part, people, addresses, rendezvous."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Span = tuple[int, int]
"""Where something stands in `Document.text`."""


@dataclass(frozen=True)
class Listed:
    """An organisation that signs or calls, as the document writes it."""

    name: str  # without markup, numbering, article, or the country behind it
    published: str  # as printed between commas or on its line, quotes kept, article apart
    article: str = ""  # with its space: "la ", "l'"
    country: str | None = None  # ISO 3166-1 alpha-2
    heading: str | None = None  # "europe", "international": a heading that is no country
    heading_words: str | None = None  # of the heading it stands under, as written
    role: str = "signatory"  # initiator, signatory, caller, supporter, host, relayed
    email: str | None = None
    also: tuple[str, ...] = ()  # other spellings in the same document
    spans: tuple[Span, ...] = ()  # everywhere it is listed; the first one counts for order
    position: int = 0


@dataclass(frozen=True)
class PersonRead:
    """Somebody who signs, alone or for an organisation."""

    name: str
    role: str | None = None
    organisation: str | None = None
    email: str | None = None
    country: str | None = None
    signs: bool = False  # stands in the list of signatories
    standing: str = ""  # addressee, contact
    part: str = "signatory"  # as an organisation's
    published: str | None = None  # the whole line: "Marie Dupont, historienne"
    span: Span | None = None
    position: int = 0


@dataclass(frozen=True)
class Event:
    """A rendezvous the document gives."""

    on: date
    at: str | None = None  # "14:00"
    place: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Reading:
    """Everything understood of one document; nothing is recorded by it."""

    title: str | None
    kind: str
    language: str
    date: date | None
    place: str | None
    organisations: tuple[Listed, ...]
    people: tuple[PersonRead, ...]
    emails: tuple[str, ...]
    events: tuple[Event, ...]
    name: str = ""  # of the file
    text: str = ""  # Document.text, where the spans lead
    source: str = ""  # the file as decoded, kept as evidence
    places: tuple[Span, ...] = ()  # the country headings understood, for the screen

    def to_json(self, matches: Mapping[int, Mapping[str, Any]] | None = None) -> dict[str, Any]:
        """The dictionary `cosigne read --json` prints; `matches` by position in the list."""
        matches = matches or {}
        return {
            "title": self.title,
            "kind": self.kind,
            "language": self.language or None,
            "date": self.date.isoformat() if self.date else None,
            "place": self.place,
            "organisations": [
                {
                    "name": one.name,
                    "country": one.country,
                    "email": one.email,
                    "role": one.role,
                    "match": dict(matches[at]) if at in matches else None,
                    "heading": one.heading,
                    "article": one.article or None,
                }
                for at, one in enumerate(self.organisations)
            ],
            "people": [
                {
                    "name": one.name,
                    "role": one.role,
                    "organisation": one.organisation,
                    "email": one.email,
                    "signs": one.signs,
                }
                for one in self.people
            ],
            "emails": list(self.emails),
            "events": [
                {
                    "date": one.on.isoformat(),
                    "time": one.at,
                    "place": one.place,
                    "country": one.country,
                }
                for one in self.events
            ],
        }
