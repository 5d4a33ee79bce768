"""What awaits the secretary: one question for the page she opens on Monday morning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from crm import addressees, history, settings
from crm.addressees import Unanswered
from crm.schema import (
    Account,
    Address,
    Appeal,
    Delivery,
    Event,
    Mailing,
    Organisation,
    Question,
    Signature,
    UnfinishedReading,
)

WEEK = 7
SILENT_AFTER = 10  # days without an answer before it is said


@dataclass(frozen=True)
class Doubts:
    """An appeal with questions that wait for an answer."""

    appeal_id: int
    title: str
    count: int


@dataclass(frozen=True)
class Silent:
    """An appeal some were asked to sign long ago and have not answered."""

    appeal_id: int
    title: str
    count: int


@dataclass(frozen=True)
class Date:
    """A day of this week: a deadline, with where the appeal stands, a rendezvous, an answer."""

    on: date
    kind: str  # deadline, event, answer
    appeal_id: int
    title: str
    signed: int = 0
    promised: int = 0
    silent: int = 0
    at: str = ""
    place: str = ""
    awaited: int = 0  # addressees who should answer


@dataclass(frozen=True)
class Unfinished:
    """A mailing that has not come to its end."""

    mailing_id: int
    title: str
    state: str
    done: int
    total: int


@dataclass(frozen=True)
class LeftReading:
    """A document whose review stopped before its end."""

    unfinished_id: int
    name: str
    lines: int
    questions: int


@dataclass(frozen=True)
class Awaiting:
    """Everything Home shows."""

    organisations: int
    appeals: int
    doubts: Sequence[Doubts]
    silent: Sequence[Silent]
    unanswered: Sequence[Unanswered]  # appeals whose addressees are late
    dates: Sequence[Date]
    mailings: Sequence[Unfinished]
    readings: Sequence[LeftReading]
    doubtful_addresses: int
    uncertain: int
    news: Sequence[history.Entry]
    steps: Sequence[tuple[str, bool]]  # the first steps, by name, and whether they are done
    steps_hidden: bool


@dataclass(frozen=True)
class Holding:
    """How much a workspace holds, and the mailbox it writes from."""

    organisations: int
    addresses: int
    account: str
    sheet_verified: bool


def holding(session: Session) -> Holding:
    """The figures at the foot of the window."""
    return Holding(
        _count(session, _organisations()),
        _count(session, select(Address.id)),
        session.scalar(select(Account.address).order_by(Account.id).limit(1)) or "",
        settings.load(session).sheet_verified,
    )


def awaiting(session: Session, today: date, since: datetime) -> Awaiting:
    """What waits for her today, and what changed since she was here last."""
    now = settings.load(session)
    return Awaiting(
        organisations=_count(session, _organisations()),
        appeals=_count(session, select(Appeal.id)),
        doubts=_doubts(session),
        silent=_silent(session, today),
        unanswered=addressees.overdue(session, today),
        dates=sorted(
            _deadlines(session, today) + _events(session, today) + _answers(session, today),
            key=lambda each: (each.on, each.at, each.appeal_id),
        ),
        mailings=_unfinished(session),
        readings=_left(session),
        doubtful_addresses=_count(session, select(Address.id).where(Address.health == "doubtful")),
        uncertain=_count(session, select(Delivery.id).where(Delivery.state == "uncertain")),
        news=_news(session, since),
        steps=_first_steps(session, now),
        steps_hidden=now.hidden_first_steps,
    )


def by_country(session: Session) -> list[tuple[str | None, str | None, int]]:
    """How many organisations each country, or heading that is not one, has."""
    query = (
        _organisations()
        .with_only_columns(Organisation.country, Organisation.heading, func.count())
        .group_by(Organisation.country, Organisation.heading)
        .order_by(Organisation.country.nulls_first(), Organisation.heading.nulls_first())
    )
    return [(country, heading, count) for country, heading, count in session.execute(query)]


def doubtful_organisations(session: Session) -> list[int]:
    """Those with an address that messages came back from."""
    query = select(Address.organisation_id).where(
        Address.health == "doubtful", Address.organisation_id.is_not(None)
    )
    return sorted({found for found in session.scalars(query) if found is not None})


def appeal_titles(session: Session) -> list[tuple[int, str]]:
    """Every appeal, newest first."""
    query = select(Appeal.id, Appeal.title).order_by(
        Appeal.issued_on.desc().nulls_last(), Appeal.id.desc()
    )
    return [(appeal_id, title) for appeal_id, title in session.execute(query)]


def _news(session: Session, since: datetime) -> list[history.Entry]:
    return [
        entry
        for entry in history.journal(session, 30)
        if entry.at > since and entry.kind in ("do", "final") and not entry.undone
    ][:8]


def _organisations() -> Select[int]:
    return select(Organisation.id).where(Organisation.merged_into_id.is_(None))


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def _doubts(session: Session) -> list[Doubts]:
    query = (
        select(Appeal.id, Appeal.title, func.count(Question.id))
        .join(Question, Question.appeal_id == Appeal.id)
        .where(Question.settled.is_(None))
        .group_by(Appeal.id, Appeal.title)
        .order_by(Appeal.id.desc())
    )
    return [Doubts(*row) for row in session.execute(query)]


def _silent(session: Session, today: date) -> list[Silent]:
    query = (
        select(Appeal.id, Appeal.title, func.count(Signature.id))
        .join(Signature, Signature.appeal_id == Appeal.id)
        .where(
            Signature.status == "asked",
            Signature.since <= today - timedelta(days=SILENT_AFTER),
            or_(Appeal.deadline.is_(None), Appeal.deadline >= today),
        )
        .group_by(Appeal.id, Appeal.title)
        .order_by(Appeal.id.desc())
    )
    return [Silent(*row) for row in session.execute(query)]


def _deadlines(session: Session, today: date) -> list[Date]:
    def counted(status: str) -> object:
        return func.coalesce(func.sum(case((Signature.status == status, 1), else_=0)), 0)

    query = (
        select(
            Appeal.deadline, Appeal.id, Appeal.title,
            counted("signed"), counted("promised"), counted("asked"),
        )  # type: ignore[call-overload]
        .outerjoin(Signature, Signature.appeal_id == Appeal.id)
        .where(Appeal.deadline.between(today, today + timedelta(days=WEEK)))
        .group_by(Appeal.id, Appeal.title, Appeal.deadline)
    )  # fmt: skip
    return [Date(row[0], "deadline", *row[1:]) for row in session.execute(query)]


def _events(session: Session, today: date) -> list[Date]:
    query = (
        select(Event.on, Appeal.id, Appeal.title, Event.at, Event.place)
        .join(Appeal, Appeal.id == Event.appeal_id)
        .where(Event.on.between(today, today + timedelta(days=WEEK)))
    )
    return [
        Date(on, "event", appeal_id, title, at=at or "", place=place or "")
        for on, appeal_id, title, at, place in session.execute(query)
    ]


def _answers(session: Session, today: date) -> list[Date]:
    until = today + timedelta(days=WEEK)
    return [
        Date(each.answer_by, "answer", each.appeal_id, each.title, awaited=each.count)
        for each in addressees.expected(session, today, until)
    ]


def _unfinished(session: Session) -> list[Unfinished]:
    settled = func.sum(case((Delivery.state.in_(["queued", "leaving", "deferred"]), 0), else_=1))
    query = (
        select(
            Mailing.id, Mailing.title, Mailing.state,
            func.coalesce(settled, 0), func.count(Delivery.id),
        )
        .outerjoin(Delivery, Delivery.mailing_id == Mailing.id)
        .where(Mailing.state.in_(["draft", "sending", "paused"]))
        .group_by(Mailing.id, Mailing.title, Mailing.state)
        .order_by(Mailing.id.desc())
    )  # fmt: skip
    return [Unfinished(*row) for row in session.execute(query)]


def _left(session: Session) -> list[LeftReading]:
    content = UnfinishedReading.content
    query = select(
        UnfinishedReading.id, UnfinishedReading.name,
        content["lines"].as_integer(), content["questions"].as_integer(),
    ).order_by(UnfinishedReading.at.desc())  # fmt: skip
    return [
        LeftReading(number, name, lines or 0, questions or 0)
        for number, name, lines, questions in session.execute(query)
    ]


def _first_steps(session: Session, now: settings.Settings) -> list[tuple[str, bool]]:
    def any_of(query: Select[int]) -> bool:
        return session.scalar(query.limit(1)) is not None

    return [
        ("workspace", True),
        ("sheet", now.sheet_verified),
        ("directory", any_of(select(Organisation.id))),
        ("appeal", any_of(select(Appeal.id))),
        ("mailbox", any_of(select(Account.id))),
        ("letter", any_of(select(Delivery.id).where(Delivery.state == "sent"))),
    ]
