"""What the fields of a letter hold for each recipient, frozen when the mailing is prepared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import appeals, continents, settings
from crm.mailings.choosing import Recipient
from crm.places import country_name
from crm.schema import Appeal, Person, Signature

if TYPE_CHECKING:
    from crm.mailings.drafting import Draft


def fields_of(
    session: Session, mailing: Draft, recipients: Sequence[Recipient]
) -> dict[int, dict[str, Any]]:
    """The fields of these recipients, by organisation."""
    shared = _shared(session, mailing)
    ids = [each.organisation_id for each in recipients]
    signed = _signed(session, ids)
    names = _published(session, mailing.appeal_id, ids)
    own = _own_greetings(session, [each.person_id for each in recipients if each.person_id])
    return {
        each.organisation_id: {
            **shared,
            "salutation": own.get(each.person_id or 0)
            or f"{mailing.greeting} {each.person}".strip(),
            "organisation": each.name,
            "person": each.person,
            "country": country_name(each.country, mailing.language) if each.country else "",
            "signed_as": names.get(each.organisation_id, each.name),
            "signed": signed[each.organisation_id],
        }
        for each in recipients
    }


def _own_greetings(session: Session, people: Sequence[int]) -> dict[int, str]:
    """How these people are greeted, whole, where that differs: “Chère Ana”."""
    found: dict[int, str] = {}
    for start in range(0, len(people), 500):
        query = select(Person.id, Person.greeting).where(Person.id.in_(people[start : start + 500]))
        for person_id, greeting in session.execute(query):
            found[person_id] = (greeting or "").strip()
    return found


def _shared(session: Session, mailing: Draft) -> dict[str, Any]:
    chosen = settings.load(session)
    shared = {
        "association": chosen.association,
        "secretary": chosen.secretary or chosen.association,
    }
    if mailing.appeal_id is None:
        return shared
    appeal = session.execute(
        select(Appeal.title, Appeal.issued_on, Appeal.deadline, Appeal.place).where(
            Appeal.id == mailing.appeal_id
        )
    ).one()
    return shared | {
        "appeal": appeal.title,
        "appeal_date": _long(appeal.issued_on, mailing.language),
        "deadline": _long(appeal.deadline, mailing.language),
        "place": appeal.place or "",
        **_figures(session, mailing.appeal_id, mailing.language),
    }


def _figures(session: Session, appeal_id: int, language: str) -> dict[str, str]:
    """How far the appeal reaches today, in the letter's words; nothing instead of a nought."""
    found = appeals.reach(session, appeal_id)
    return {
        "signatures": str(found.signatures or ""),
        "countries": str(len(found.countries) or ""),
        "continents": continents.in_words(found.continents, language),
    }


def _long(day: date | None, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, "long", locale=language) if day else ""


def _signed(session: Session, ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for start in range(0, len(ids), 500):
        query = select(Signature.organisation_id, Signature.appeal_id).where(
            Signature.organisation_id.in_(ids[start : start + 500]), Signature.status == "signed"
        )
        for owner, appeal_id in session.execute(query):
            found[owner or 0].append(appeal_id)
    return found


def _published(session: Session, appeal_id: int | None, ids: Sequence[int]) -> dict[int, str]:
    query = select(Signature.organisation_id, Signature.published_name).where(
        Signature.appeal_id == appeal_id, Signature.organisation_id.is_not(None)
    )
    return {owner: name for owner, name in session.execute(query) if owner in set(ids)}
