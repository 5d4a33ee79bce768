"""What a walk through a document finds: lists, their groups, and the prose around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm.documents import Line
from crm.places import Place
from crm.reading.result import Span


@dataclass
class Group:
    """The lines under one heading of a list."""

    place: Place | None = None
    heading: str | None = None  # as written
    people: bool = False
    level: int = 0
    inline: bool = False  # named behind the heading's own colon
    runs: list[list[Line]] = field(default_factory=list)  # lines that stand together


@dataclass
class Listing:
    """One list of a document and the part it gives to those on it."""

    role: str
    level: int = 0
    bold: bool = False
    implied: bool = False  # no heading says so: places with names under them
    closed: bool = False
    groups: list[Group] = field(default_factory=list)

    def holds_lines(self) -> bool:
        """Whether anything was read under it so far."""
        return any(group.runs for group in self.groups)

    def lines(self) -> list[Line]:
        """Everything under it, in the document's order."""
        return [line for group in self.groups for run in group.runs for line in run]


@dataclass
class Outline:
    """What a walk through a document finds besides prose."""

    listings: list[Listing] = field(default_factory=list)
    contacts: list[Line] = field(default_factory=list)
    places: list[Span] = field(default_factory=list)
    prose: list[list[Line]] = field(default_factory=list)  # blocks that are no list
