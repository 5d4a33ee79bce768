"""The addressee followed: sent on, answer expected by, answered; who is late to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from crm.addressees.keeping import AddresseeRow, change, look
from crm.errors import Refused
from crm.language import _
from crm.schema import Addressee, Appeal


@dataclass(frozen=True)
class Standing:
    """Where an addressee stands; `days` since the letter left, or since the answer is overdue."""

    kind: str  # unsent, waiting, overdue, answered
    days: int = 0


@dataclass(frozen=True)
class Unanswered:
    """An appeal some addressees of which have not answered by the day named."""

    appeal_id: int
    title: str
    count: int
    answer_by: date  # the earliest


def standing(row: AddresseeRow, today: date) -> Standing:
    """Not sent, waiting, overdue or answered."""
    if row.answered_on is not None:
        return Standing("answered", (row.answered_on - (row.sent_on or row.answered_on)).days)
    if row.sent_on is None:
        return Standing("unsent")
    if row.answer_by is not None and row.answer_by < today:
        return Standing("overdue", (today - row.answer_by).days)
    return Standing("waiting", max(0, (today - row.sent_on).days))


def note_sent(
    session: Session, addressee_ids: Sequence[int], *, on: date | None, answer_by: date | None
) -> None:
    """The letter left for these, that day; no day takes the note back."""
    if on is not None and answer_by is not None and answer_by < on:
        raise Refused(
            _("An answer cannot be expected before the letter was sent."),
            hint=_("Give a later day, or none."),
        )
    for start in range(0, len(addressee_ids), 500):
        session.execute(
            update(Addressee)
            .where(Addressee.id.in_(addressee_ids[start : start + 500]))
            .values(sent_on=on, answer_by=answer_by)
        )


def note_answer(session: Session, addressee_id: int, *, on: date | None, answer: str = "") -> None:
    """What they answered, and when; no day takes the note back."""
    sent_on = look(session, addressee_id).sent_on
    if on is not None and sent_on is not None and on < sent_on:
        raise Refused(
            _("This is before the letter was sent."),
            hint=_("Give the day of the answer, or correct the day the letter was sent."),
        )
    change(session, addressee_id, answered_on=on, answer=answer if on else None)


def overdue(session: Session, today: date) -> list[Unanswered]:
    """The appeals whose addressees are late to answer, longest first."""
    return _unanswered(session, Addressee.answer_by < today)


def expected(session: Session, since: date, until: date) -> list[Unanswered]:
    """The appeals whose addressees should answer in these days."""
    return _unanswered(session, Addressee.answer_by.between(since, until))


def _unanswered(session: Session, when: object) -> list[Unanswered]:
    query = (
        select(Appeal.id, Appeal.title, func.count(Addressee.id), func.min(Addressee.answer_by))
        .join(Addressee, Addressee.appeal_id == Appeal.id)
        .where(when, Addressee.sent_on.is_not(None), Addressee.answered_on.is_(None))  # type: ignore[arg-type]
        .group_by(Appeal.id, Appeal.title)
        .order_by(func.min(Addressee.answer_by), Appeal.id)
    )
    return [
        Unanswered(appeal_id, title, count, by)
        for appeal_id, title, count, by in session.execute(query)
        if by is not None
    ]
