"""Writing appeals, and who stands under them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from crm import contacts, words
from crm.appeals.vocabulary import STATUSES, STEPS
from crm.errors import Refused
from crm.language import _
from crm.schema import Answer, Appeal, Event, Evidence, Name, Organisation, Person, Signature


@dataclass(frozen=True)
class _Wanted:
    """Who answers, and how it is to be printed."""

    organisation_id: int | None
    person_id: int | None
    role: str
    name: str
    article: str
    country: str | None
    heading: str | None
    position: int | None
    evidence_id: int | None
    unnamed: bool


def add(session: Session, title: str, **fields: Any) -> int:
    """A new appeal; fields as in `schema.Appeal`."""
    shown = words.tidy(title)
    if not shown:
        raise Refused(_("An appeal needs a title."))
    made = insert(Appeal).values(
        title=shown, folded=words.fold(shown), created_at=datetime.now(UTC), **fields
    )
    return session.execute(made.returning(Appeal.id)).scalar_one()


def add_event(
    session: Session, appeal_id: int, on: date, at: str | None = None, place: str | None = None
) -> None:
    """A rendezvous the appeal gives; the same one twice changes nothing."""
    same = select(Event.id).where(
        Event.appeal_id == appeal_id, Event.on == on, Event.place == place
    )
    if session.scalar(same) is None:
        session.execute(insert(Event).values(appeal_id=appeal_id, on=on, at=at, place=place))


def evidence(session: Session, kind: str, label: str, content: str | None = None) -> int:
    """How we know: a document, a message, a call.  Outside undo."""
    made = insert(Evidence).values(kind=kind, label=label, content=content, at=datetime.now(UTC))
    return session.execute(made.returning(Evidence.id)).scalar_one()


def sign(
    session: Session,
    appeal_id: int,
    *,
    organisation_id: int | None = None,
    person_id: int | None = None,
    status: str = "signed",
    on: date | None = None,
    role: str = "signatory",
    name: str | None = None,
    article: str = "",
    country: str | None = None,
    heading: str | None = None,
    position: int | None = None,
    channel: str | None = None,
    with_whom: str | None = None,
    note: str | None = None,
    evidence_id: int | None = None,
    unnamed: bool = False,
) -> int:
    """Set one's answer to an appeal; the same answer twice changes nothing.

    The name, article, country and heading it is published under are frozen at the first
    signature: those given, else those of that day (rule 1).  `heading` is the words it stood
    under in a document.  Refused: to decline or withdraw what was not, or already was, signed.
    """
    if status not in STATUSES:
        raise Refused(_("“{status}” is not an answer.").format(status=status))
    if organisation_id is not None:
        organisation_id = contacts.keeper(session, organisation_id)
    if (organisation_id is None) == (person_id is None):
        raise Refused(_("One organisation, or one person, gives an answer."))
    when = on or date.today()
    wanted = _Wanted(
        organisation_id, person_id, role, words.tidy(name or ""), article, country, heading,
        position, evidence_id, unnamed,
    )  # fmt: skip
    known = signature_of(session, appeal_id, organisation_id=organisation_id, person_id=person_id)
    if known is None:
        known = _first(session, appeal_id, wanted, status, when)
    elif not _climbs(session, known, wanted, status, when):
        return known
    session.execute(
        insert(Answer).values(
            signature_id=known, status=status, on=when, channel=channel, with_whom=with_whom,
            note=note, evidence_id=evidence_id,
        )
    )  # fmt: skip
    return known


def signature_of(
    session: Session,
    appeal_id: int,
    *,
    organisation_id: int | None = None,
    person_id: int | None = None,
) -> int | None:
    """The part this organisation or person has in the appeal, if any."""
    whose = (
        Signature.organisation_id == organisation_id
        if organisation_id is not None
        else Signature.person_id == person_id
    )
    return session.scalar(select(Signature.id).where(Signature.appeal_id == appeal_id, whose))


def _first(session: Session, appeal_id: int, wanted: _Wanted, status: str, on: date) -> int:
    if status == "withdrawn":
        _refuse_leaps("asked", status)
    shown = _displayed(session, wanted.organisation_id, wanted.person_id)
    position = wanted.position
    if position is None:
        last = select(func.coalesce(func.max(Signature.position), 0)).where(
            Signature.appeal_id == appeal_id
        )
        position = session.execute(last).scalar_one() + 1
    made = insert(Signature).values(
        appeal_id=appeal_id, organisation_id=wanted.organisation_id, person_id=wanted.person_id,
        status=status, since=on, role=wanted.role, published_name=wanted.name or shown.name,
        published_article=wanted.article if wanted.name else wanted.article or shown.article,
        published_country=wanted.country or (None if wanted.heading else shown.country),
        published_heading=wanted.heading, position=position, unnamed=wanted.unnamed,
        evidence_id=wanted.evidence_id,
    )  # fmt: skip
    return session.execute(made.returning(Signature.id)).scalar_one()


@dataclass(frozen=True)
class _Shown:
    name: str
    article: str
    country: str | None


def _displayed(session: Session, organisation_id: int | None, person_id: int | None) -> _Shown:
    """What one is called today."""
    if organisation_id is None:
        name = session.scalar(select(Person.name).where(Person.id == person_id))
        found = None if name is None else _Shown(name, "", None)
    else:
        row = session.execute(
            select(Name.text, Name.article, Organisation.country)
            .join(Organisation, Organisation.id == Name.organisation_id)
            .where(Name.organisation_id == organisation_id, Name.displayed)
        ).one_or_none()
        found = None if row is None else _Shown(row.text, row.article, row.country)
    if found is None:
        raise Refused(_("This record is no longer in the file."))
    return found


def _climbs(session: Session, signature_id: int, wanted: _Wanted, status: str, on: date) -> bool:
    """Move to another answer; False when there is nothing to note."""
    now = session.execute(
        select(Signature.status, Signature.since).where(Signature.id == signature_id)
    ).one()
    if now.status == status or _is_behind(now.status, status):
        return False
    _refuse_leaps(now.status, status)
    if on < now.since and STEPS[status] <= STEPS[now.status]:
        return True  # learnt late: kept among the steps, but what came after stands
    fresh: dict[str, Any] = {"status": status, "since": on}
    if wanted.role != "signatory":
        fresh["role"] = wanted.role
    if wanted.evidence_id is not None:
        fresh["evidence_id"] = wanted.evidence_id
    if not _has_signed(session, signature_id):
        fresh |= _as_published(session, signature_id, wanted, status)
    session.execute(update(Signature).where(Signature.id == signature_id).values(**fresh))
    return True


def _is_behind(now: str, status: str) -> bool:
    """Asking again, or a promise after the signature, takes nothing back."""
    return status == "asked" or (status == "promised" and now == "signed")


def _refuse_leaps(now: str, status: str) -> None:
    if now == "signed" and status == "declined":
        raise Refused(
            _("This signature was already given."), hint=_("Note that it is withdrawn instead.")
        )
    if status == "withdrawn" and now not in ("signed", "promised"):
        raise Refused(
            _("There is no signature to withdraw."), hint=_("Note that it was declined instead.")
        )


def _has_signed(session: Session, signature_id: int) -> bool:
    signed = select(Answer.id).where(Answer.signature_id == signature_id, Answer.status == "signed")
    return session.scalar(signed.limit(1)) is not None


def _as_published(
    session: Session, signature_id: int, wanted: _Wanted, status: str
) -> dict[str, Any]:
    """The name of the day they sign, not of the day they were asked."""
    if status != "signed" and not wanted.name:
        return {}
    fresh: dict[str, Any] = {}
    if wanted.name:
        fresh |= {"published_name": wanted.name, "published_article": wanted.article}
    elif not _was_renamed(session, signature_id):
        shown = _displayed(session, wanted.organisation_id, wanted.person_id)
        fresh |= {"published_name": shown.name, "published_article": shown.article}
    if wanted.country is not None or wanted.heading is not None:
        fresh |= {"published_country": wanted.country, "published_heading": wanted.heading}
    if wanted.position is not None:
        fresh["position"] = wanted.position
    return fresh


def _was_renamed(session: Session, signature_id: int) -> bool:
    """Whether a person already chose the name to print, which then stands."""
    published, owner = session.execute(
        select(Signature.published_name, Signature.organisation_id).where(
            Signature.id == signature_id
        )
    ).one()
    if owner is None:
        return True
    names = select(Name.id).where(Name.organisation_id == owner, Name.text == published)
    return session.scalar(names.limit(1)) is None


def publish_as(session: Session, signature_id: int, name: str, *, article: str = "") -> None:
    """Correct, before printing, the name one appears under."""
    shown = words.tidy(name)
    if not shown:
        raise Refused(_("A name cannot be empty."))
    session.execute(
        update(Signature)
        .where(Signature.id == signature_id)
        .values(published_name=shown, published_article=article)
    )
