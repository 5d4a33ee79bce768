"""The record of a reading: the whole of it is one act, and reading it again changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm import appeals, words
from crm.db import Step
from crm.errors import Refused
from crm.language import _
from crm.reading.keeping import forget_unfinished
from crm.reading.lines import ReviewLine
from crm.reading.questions import leave_open
from crm.reading.result import Reading
from crm.reading.review import Review
from crm.reading.signing import Act, record_contact, record_line
from crm.schema import Appeal, Evidence, Person, Signature


@dataclass(frozen=True)
class Recorded:
    """What a recording did; figures of what was not there before."""

    appeal_id: int
    signatures: int
    organisations: int
    people: int
    addresses: int
    aliases: int  # spellings learnt
    questions: int  # left open
    already: int  # signatures that stood there before


def record(
    session: Session,
    review: Review,
    appeal_id: int | None = None,
    *,
    title: str | None = None,
    confirmed: bool = True,
    unfinished_id: int | None = None,
) -> Generator[Step, None, Recorded]:
    """Long act: the appeal if new, organisations, addresses, signatures, rendezvous, questions.

    `confirmed`: a person looked at the annex, so its addresses may be printed with this appeal.
    `unfinished_id`: under which the review was kept for another day; it is finished with this.
    """
    reading = review.reading
    appeal_id = _appeal(session, reading, appeal_id, title)
    act = Act(
        appeal_id=appeal_id,
        evidence_id=_evidence(session, reading),
        on=reading.date or date.today(),
        source=reading.name,
        confirmed=confirmed,
        base=_base(session, appeal_id, review),
        done=Counter(),
    )
    total = len(review.lines)
    for at, line in enumerate(_in_order(review.lines)):
        yield Step(at, total, line.name)
        if line.state == "question":
            leave_open(session, act, line)
        elif line.state != "dropped":
            record_line(session, act, line)
    for person in reading.people:
        record_contact(session, act, person, review.lines)
    for event in reading.events:
        appeals.add_event(session, appeal_id, event.on, event.at, event.place)
    if unfinished_id is not None:
        forget_unfinished(session, unfinished_id)
    yield Step(total, total)
    done = act.done
    return Recorded(
        appeal_id, done["signatures"], done["organisations"], done["people"], done["addresses"],
        done["aliases"], done["questions"], done["already"],
    )  # fmt: skip


def _in_order(lines: Sequence[ReviewLine]) -> Iterator[ReviewLine]:
    """The lines with their position as they stand now: some were split, joined or added."""
    met: Counter[str] = Counter()
    for line in lines:
        yield replace(line, position=met[line.noun])
        met[line.noun] += 1


def likely_appeal(session: Session, reading: Reading) -> int | None:
    """The appeal this document probably is: same title, or alone of its kind on its day."""
    if reading.title:
        titled = session.scalars(
            select(Appeal.id).where(Appeal.folded == words.fold(reading.title))
        ).all()
        if titled:
            return titled[0]
    if reading.date is None:
        return None
    dated = session.scalars(
        select(Appeal.id).where(Appeal.issued_on == reading.date, Appeal.kind == reading.kind)
    ).all()
    return dated[0] if len(dated) == 1 else None


def standing(session: Session, appeal_id: int) -> tuple[set[int], set[str]]:
    """The organisations and the people who answered an appeal already, for `Review.into`."""
    answered = Signature.status.not_in(("asked", "promised"))
    organisations = select(Signature.organisation_id).where(
        Signature.appeal_id == appeal_id, answered, Signature.organisation_id.is_not(None)
    )
    named = (
        select(Person.name)
        .join(Signature, Signature.person_id == Person.id)
        .where(Signature.appeal_id == appeal_id, answered)
    )
    found = {each for each in session.scalars(organisations) if each is not None}
    return found, set(session.scalars(named))


def _appeal(session: Session, reading: Reading, appeal_id: int | None, title: str | None) -> int:
    """The appeal, made new or with its empty fields filled."""
    fields = _fields(reading)
    if appeal_id is None:
        shown = title or reading.title or PurePath(reading.name).stem
        return appeals.add(session, shown, kind=reading.kind, **fields)
    known = session.execute(
        select(*(Appeal.__table__.c[field] for field in fields)).where(Appeal.id == appeal_id)
    ).one_or_none()
    if known is None:
        raise Refused(_("This appeal is no longer in the file."))
    empty = {f: value for f, value in fields.items() if value and not known._mapping[f]}
    if empty:
        session.execute(update(Appeal).where(Appeal.id == appeal_id).values(**empty))
    return appeal_id


def _fields(reading: Reading) -> dict[str, Any]:
    to = next((person for person in reading.people if person.standing == "addressee"), None)
    return {
        "language": reading.language or None,
        "issued_on": reading.date,
        "place": reading.place,
        "addressee": ", ".join(filter(None, (to.name, to.role))) if to else None,
        "text": reading.text,
    }


def _evidence(session: Session, reading: Reading) -> int:
    """The document itself, kept once."""
    known = session.scalar(
        select(Evidence.id).where(
            Evidence.kind == "document",
            Evidence.label == reading.name,
            Evidence.content == reading.source,
        )
    )
    return known or appeals.evidence(session, "document", reading.name, reading.source)


def _base(session: Session, appeal_id: int, review: Review) -> int:
    """The position behind those who stand in the appeal and not in this document."""
    here = {line.candidate_id for line in review.lines if line.state == "recognised"}
    standing_there = session.execute(
        select(Signature.organisation_id, Signature.position).where(
            Signature.appeal_id == appeal_id, Signature.status != "asked"
        )
    )
    return (
        max((row.position for row in standing_there if row.organisation_id not in here), default=0)
        + 1
    )
