"""The rendezvous of an appeal, for any calendar: RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.errors import Refused
from crm.language import _
from crm.schema import Appeal, Event

_OURS = UUID("7f0f4a52-6d0a-5c1e-9f1d-3f1f1f4f6c55")
_HOUR = re.compile(r"(\d{1,2})\s*[:hH.]\s*(\d{2})?")


def rendezvous(session: Session, appeal_id: int) -> bytes:
    """An .ics file; a calendar that reads it again changes its entries, and adds none twice.

    Hours are those of the place: no time zone is guessed.
    """
    from icalendar import Calendar

    appeal = session.get(Appeal, appeal_id)
    if appeal is None:
        raise Refused(_("This appeal is no longer in the file."))
    events = session.scalars(
        select(Event).where(Event.appeal_id == appeal_id).order_by(Event.on, Event.id)
    ).all()
    if not events:
        raise Refused(_("This appeal gives no rendezvous."))
    calendar = Calendar()
    calendar.add("prodid", "-//Cosigne//Cosigne//EN")
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(_entry(appeal, event))
    return bytes(calendar.to_ical())


def _entry(appeal: Appeal, event: Event):  # type: ignore[no-untyped-def]
    from icalendar import Event as Entry

    entry = Entry()
    born = appeal.created_at.astimezone(UTC).isoformat()
    entry.add("uid", f"{uuid5(_OURS, f'{born}/{event.id}')}@cosigne")
    entry.add("dtstamp", datetime.now(UTC))
    entry.add("dtstart", _when(event))
    entry.add("summary", appeal.title)
    if event.place:
        entry.add("location", event.place)
    return entry


def _when(event: Event) -> datetime | object:
    """The hour where one is given that can be read; else the whole day."""
    found = _HOUR.match(event.at or "")
    if not found or int(found[1]) > 23:
        return event.on
    return datetime.combine(event.on, time(int(found[1]), int(found[2] or 0)))
