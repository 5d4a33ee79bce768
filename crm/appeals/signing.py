"""Writing appeals, and who stands under them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from crm import words
from crm.appeals.vocabulary import STATUSES
from crm.errors import Refused
from crm.language import _
from crm.schema import Answer, Appeal, Event, Evidence, Name, Organisation, Person, Signature


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

    The name it is published under is frozen at the first answer: the one given, else the one
    displayed today (rule 1).  `heading` is the words it stood under in a document.
    """
    if status not in STATUSES:
        raise Refused(_("“{status}” is not an answer.").format(status=status))
    when = on or date.today()
    known = signature_of(session, appeal_id, organisation_id=organisation_id, person_id=person_id)
    if known is None:
        known = _first(
            session, appeal_id, organisation_id, person_id, status, when, role, name, article,
            country, heading, position, evidence_id, unnamed,
        )  # fmt: skip
    elif not _climbs(session, known, status, when, role, evidence_id):
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


def _first(
    session: Session, appeal_id: int, organisation_id: int | None, person_id: int | None,
    status: str, on: date, role: str, name: str | None, article: str, country: str | None,
    heading: str | None, position: int | None, evidence_id: int | None, unnamed: bool,
) -> int:  # fmt: skip
    shown, own_country = _displayed(session, organisation_id, person_id)
    if position is None:
        last = select(func.coalesce(func.max(Signature.position), 0)).where(
            Signature.appeal_id == appeal_id
        )
        position = session.execute(last).scalar_one() + 1
    made = insert(Signature).values(
        appeal_id=appeal_id, organisation_id=organisation_id, person_id=person_id, status=status,
        since=on, role=role, published_name=name or shown, published_article=article,
        published_country=country or own_country, published_heading=heading, position=position,
        unnamed=unnamed, evidence_id=evidence_id,
    )  # fmt: skip
    return session.execute(made.returning(Signature.id)).scalar_one()


def _displayed(
    session: Session, organisation_id: int | None, person_id: int | None
) -> tuple[str, str | None]:
    if organisation_id is None:
        name = session.execute(select(Person.name).where(Person.id == person_id)).scalar_one()
        return name, None
    return session.execute(
        select(Name.text, Organisation.country)
        .join(Organisation, Organisation.id == Name.organisation_id)
        .where(Name.organisation_id == organisation_id, Name.displayed)
    ).one()


def _climbs(
    session: Session, signature_id: int, status: str, on: date, role: str, evidence_id: int | None
) -> bool:
    """Move to another answer; False when it is the one already given."""
    now = session.execute(
        select(Signature.status, Signature.since).where(Signature.id == signature_id)
    ).one()
    # Asking again somebody who has answered does not take the answer back.
    if now.status == status or (status == "asked" and now.status != "asked"):
        return False
    fresh = {"status": status, "since": on}
    more = {"role": role} if role != "signatory" else {}
    proof = {"evidence_id": evidence_id} if evidence_id is not None else {}
    session.execute(
        update(Signature).where(Signature.id == signature_id).values(**fresh, **more, **proof)
    )
    return True


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
