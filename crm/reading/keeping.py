"""A review that goes on another day: kept where it stopped, taken up again, forgotten once done.

What is kept is JSON with a version.  The figures stand beside it, so that a list of what waits
reads no document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from crm.errors import Damaged
from crm.language import _
from crm.reading.lines import ReviewLine
from crm.reading.moments import Moment
from crm.reading.result import Event, Listed, PersonRead, Reading
from crm.schema import UnfinishedReading

VERSION = 1
T = TypeVar("T")


@dataclass(frozen=True)
class Kept:
    """A reading, what was decided about it so far, and the appeal it goes into."""

    reading: Reading
    now: Moment
    appeal_id: int | None = None
    title: str | None = None  # of the new appeal, when a person chose another
    confirmed: bool = False  # its addresses may be printed


@dataclass(frozen=True)
class Unfinished:
    """A review that waits: its document, how much there is, how much is left, since when."""

    id: int
    name: str
    lines: int
    questions: int
    at: datetime


def keep(session: Session, kept: Kept, unfinished_id: int | None = None) -> int:
    """Keep a review for another day, instead of what was kept of it before; its number."""
    row = {"name": kept.reading.name, "at": datetime.now(UTC), "content": to_json(kept)}
    if unfinished_id is not None:
        here = UnfinishedReading.id == unfinished_id
        found = session.execute(
            update(UnfinishedReading).where(here).values(row).returning(UnfinishedReading.id)
        ).scalar_one_or_none()
        if found is not None:
            return found
    made = insert(UnfinishedReading).values(row).returning(UnfinishedReading.id)
    return session.execute(made).scalar_one()


def kept(session: Session, unfinished_id: int) -> Kept:
    """A review as it was left; Damaged where it cannot be read any more."""
    content = session.scalar(
        select(UnfinishedReading.content).where(UnfinishedReading.id == unfinished_id)
    )
    if content is None:
        raise Damaged(_("This reading is no longer kept here."))
    return from_json(content)


def unfinished(session: Session) -> list[Unfinished]:
    """The reviews that wait, the last one left first."""
    content = UnfinishedReading.content
    query = select(
        UnfinishedReading.id, UnfinishedReading.name, content["lines"].as_integer(),
        content["questions"].as_integer(), UnfinishedReading.at,
    ).order_by(UnfinishedReading.at.desc(), UnfinishedReading.id.desc())  # fmt: skip
    return [
        Unfinished(number, name, lines or 0, questions or 0, at)
        for number, name, lines, questions, at in session.execute(query)
    ]


def forget_unfinished(session: Session, unfinished_id: int) -> None:
    """Keep this review no longer."""
    session.execute(delete(UnfinishedReading).where(UnfinishedReading.id == unfinished_id))


# -- as JSON --------------------------------------------------------------------------------


def to_json(kept: Kept) -> dict[str, Any]:
    """What `from_json` understands, and the figures a list needs."""
    read = kept.reading
    return {
        "version": VERSION,
        "lines": len(kept.now.lines),
        "questions": sum(each.state == "question" for each in kept.now.lines),
        "reading": _plain(read) | {
            "date": read.date.isoformat() if read.date else None,
            "organisations": [_plain(each) for each in read.organisations],
            "people": [_plain(each) for each in read.people],
            "events": [_plain(each) | {"on": each.on.isoformat()} for each in read.events],
        },
        "review": [_plain(each) for each in kept.now.lines],
        "places": kept.now.places,
        "at": kept.now.at,
        "appeal_id": kept.appeal_id,
        "title": kept.title,
        "confirmed": kept.confirmed,
    }  # fmt: skip


def from_json(content: Mapping[str, Any]) -> Kept:
    """A review from what `to_json` made of it; Damaged where it is not that."""
    try:
        if content["version"] != VERSION:
            raise _unreadable()
        return _kept(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable() from error


def _unreadable() -> Damaged:
    return Damaged(
        _("What was kept of this reading cannot be read any more."),
        hint=_("Read the document again; what was recorded before is untouched."),
    )


def _plain(one: Any) -> dict[str, Any]:
    return {each.name: getattr(one, each.name) for each in fields(one)}


def _kept(content: Mapping[str, Any]) -> Kept:
    lines = tuple(_made(ReviewLine, each) for each in content["review"])
    places = tuple((int(start), int(end)) for start, end in content["places"])
    return Kept(
        _reading(content["reading"]),
        Moment(lines, places, int(content["at"])),
        content["appeal_id"],
        content["title"],
        bool(content["confirmed"]),
    )


def _reading(said: Mapping[str, Any]) -> Reading:
    return _made(Reading, {
        **said,
        "date": date.fromisoformat(said["date"]) if said["date"] else None,
        "organisations": tuple(_made(Listed, each) for each in said["organisations"]),
        "people": tuple(_made(PersonRead, each) for each in said["people"]),
        "events": tuple(
            _made(Event, {**each, "on": date.fromisoformat(each["on"])}) for each in said["events"]
        ),
    })  # fmt: skip


def _made(kind: type[T], said: Mapping[str, Any]) -> T:
    """One of these from its fields; a list was a tuple, and so were the lists in it."""
    known = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _tuples(value) for name, value in said.items() if name in known})


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
