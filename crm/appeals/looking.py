"""Reading appeals: plain rows for tables, counts that add up, who is silent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from crm import words
from crm.errors import Refused
from crm.language import _, current
from crm.places import Place, place_sort_key
from crm.schema import Answer, Appeal, Event, Name, Person, Question, Signature

_PAGE = 1_000  # values one statement may list, everywhere


@dataclass(frozen=True)
class Counts:
    """Who stands where under one appeal; exclusive, and adding up to `total`."""

    asked: int = 0  # and has not answered
    promised: int = 0
    signed: int = 0
    declined: int = 0
    withdrawn: int = 0

    @property
    def total(self) -> int:
        """Everybody who was asked or answered."""
        return self.asked + self.promised + self.signed + self.declined + self.withdrawn


@dataclass(frozen=True)
class AppealRow:
    """What the list of appeals shows of one."""

    id: int
    title: str
    kind: str
    issued_on: date | None
    place: str | None
    deadline: date | None
    counts: Counts
    questions: int


@dataclass(frozen=True)
class SignatureRow:
    """What an appeal's table shows of one part in it."""

    id: int
    organisation_id: int | None
    person_id: int | None
    name: str  # the displayed one today
    published_name: str
    country: str | None
    heading: str | None
    status: str
    since: date
    role: str
    channel: str | None
    unnamed: bool
    position: int


@dataclass(frozen=True)
class AppealSheet:
    """Everything the file holds on one appeal, but its signatures."""

    id: int
    title: str
    kind: str
    language: str | None
    issued_on: date | None
    place: str | None
    addressee: str | None
    deadline: date | None
    text: str | None
    notes: str | None
    counts: Counts
    questions: int
    events: tuple[tuple[date, str | None, str | None], ...]


@dataclass(frozen=True)
class AnswerLine:
    """One step of a signature on its ladder."""

    status: str
    on: date
    channel: str | None
    with_whom: str | None
    note: str | None


def find_exactly(session: Session, title_or_id: str) -> int:
    """The one appeal with this id or exact title; Refused for none or several."""
    if title_or_id.isdigit() and session.get(Appeal, int(title_or_id)) is not None:
        return int(title_or_id)
    found = session.scalars(
        select(Appeal.id).where(
            or_(Appeal.title == title_or_id, Appeal.folded == words.fold(title_or_id))
        )
    ).all()
    if not found:
        raise Refused(_("No appeal is called “{title}”.").format(title=title_or_id))
    if len(found) > 1:
        raise Refused(
            _("Several appeals are called “{title}”.").format(title=title_or_id),
            hint=_("Give the id of the one you mean: {ids}.").format(
                ids=", ".join(map(str, found))
            ),
        )
    return found[0]


def counts(session: Session, appeal_id: int) -> Counts:
    """Who stands where under one appeal."""
    return _counts(session, [appeal_id]).get(appeal_id, Counts())


def _counts(session: Session, appeals: Sequence[int]) -> dict[int, Counts]:
    query = (
        select(Signature.appeal_id, Signature.status, func.count())
        .where(Signature.appeal_id.in_(appeals))
        .group_by(Signature.appeal_id, Signature.status)
    )
    found: dict[int, dict[str, int]] = {}
    for appeal_id, status, count in session.execute(query):
        found.setdefault(appeal_id, {})[status] = count
    return {appeal_id: Counts(**each) for appeal_id, each in found.items()}


def ids(session: Session, typed: str = "") -> list[int]:
    """The appeals holding these words, newest first."""
    query = select(Appeal.id)
    for word in words.sought(typed):
        query = query.where(Appeal.folded.contains(word, autoescape=True))
    when = func.coalesce(Appeal.issued_on, func.date(Appeal.created_at))
    return list(session.scalars(query.order_by(when.desc(), Appeal.id.desc())))


def rows_of(session: Session, ids: Sequence[int]) -> list[AppealRow]:
    """What the list of appeals shows of these, in the order asked."""
    counted = _counts(session, ids)
    waiting = _waiting(session, ids)
    query = select(
        Appeal.id, Appeal.title, Appeal.kind, Appeal.issued_on, Appeal.place, Appeal.deadline
    ).where(Appeal.id.in_(ids))
    made = {
        row.id: AppealRow(*row, counted.get(row.id, Counts()), waiting.get(row.id, 0))
        for row in session.execute(query)
    }
    return [made[each] for each in ids if each in made]


def _waiting(session: Session, appeals: Sequence[int]) -> dict[int, int]:
    query = (
        select(Question.appeal_id, func.count())
        .where(Question.appeal_id.in_(appeals), Question.settled.is_(None))
        .group_by(Question.appeal_id)
    )
    return {appeal_id: count for appeal_id, count in session.execute(query)}


def sheet(session: Session, appeal_id: int) -> AppealSheet:
    """The whole record of one appeal, but its signatures."""
    body = session.get(Appeal, appeal_id)
    if body is None:
        raise Refused(_("This appeal is no longer in the file."))
    events = session.execute(
        select(Event.on, Event.at, Event.place)
        .where(Event.appeal_id == appeal_id)
        .order_by(Event.on, Event.id)
    )
    return AppealSheet(
        body.id, body.title, body.kind, body.language, body.issued_on, body.place, body.addressee,
        body.deadline, body.text, body.notes, counts(session, appeal_id),
        _waiting(session, [appeal_id]).get(appeal_id, 0),
        tuple((row.on, row.at, row.place) for row in events),
    )  # fmt: skip


def signature_ids(
    session: Session, appeal_id: int, *, statuses: Sequence[str] = (), order: str = "position"
) -> list[int]:
    """The parts in one appeal: in the order of the document, or by name, answer, date, country."""
    query = select(
        Signature.id, Signature.published_name, Signature.published_article, Signature.status,
        Signature.since, Signature.published_country,
    ).where(Signature.appeal_id == appeal_id)  # fmt: skip
    if statuses:
        query = query.where(Signature.status.in_(statuses))
    found = list(session.execute(query.order_by(Signature.position, Signature.id)))
    key = _ORDERS.get(order.lstrip("-"))
    if key is not None:
        # Sorted here, where accents, articles and the names of countries are known.
        found.sort(key=_by_name)
        found.sort(key=key, reverse=order[0] == "-")
    elif order[0] == "-":
        found.reverse()
    return [row.id for row in found]


def _by_name(row: Any) -> Any:
    return words.sort_key(row.published_name, article=row.published_article)


_ORDERS: dict[str, Callable[[Any], Any]] = {
    "name": _by_name,
    "status": lambda row: row.status,
    "since": lambda row: row.since,
    "country": lambda row: place_sort_key(Place(row.published_country), current()),
}


def rows(session: Session, ids: Sequence[int]) -> list[SignatureRow]:
    """What an appeal's table shows of these parts, in the order asked."""
    made: dict[int, SignatureRow] = {}
    for start in range(0, len(ids), _PAGE):
        found = session.execute(_rows(ids[start : start + _PAGE]))
        made |= {row.id: SignatureRow(**row._mapping) for row in found}
    return [made[each] for each in ids if each in made]


def _rows(ids: Sequence[int]) -> Any:
    channel = (
        select(Answer.channel)
        .where(Answer.signature_id == Signature.id)
        .order_by(Answer.id.desc())
        .limit(1)
        .correlate(Signature)
        .scalar_subquery()
    )
    return (
        select(
            Signature.id, Signature.organisation_id, Signature.person_id,
            func.coalesce(Name.text, Person.name).label("name"), Signature.published_name,
            Signature.published_country.label("country"),
            Signature.published_heading.label("heading"), Signature.status, Signature.since,
            Signature.role, channel.label("channel"), Signature.unnamed, Signature.position,
        )
        .outerjoin(
            Name, and_(Name.organisation_id == Signature.organisation_id, Name.displayed)
        )
        .outerjoin(Person, Person.id == Signature.person_id)
        .where(Signature.id.in_(ids))
    )  # fmt: skip


def silent(session: Session, appeal_id: int, *, since: date | None = None) -> list[int]:
    """Organisations that were asked, before that day if one is given, and have not answered."""
    query = select(Signature.organisation_id).where(
        Signature.appeal_id == appeal_id,
        Signature.status == "asked",
        Signature.organisation_id.is_not(None),
    )
    if since is not None:
        query = query.where(Signature.since <= since)
    ordered = query.order_by(Signature.position, Signature.id)
    return [each for each in session.scalars(ordered) if each is not None]


def answers(session: Session, signature_id: int) -> list[AnswerLine]:
    """Every step of one's ladder, first to last."""
    query = select(Answer.status, Answer.on, Answer.channel, Answer.with_whom, Answer.note).where(
        Answer.signature_id == signature_id
    )
    return [AnswerLine(*row) for row in session.execute(query.order_by(Answer.id))]
