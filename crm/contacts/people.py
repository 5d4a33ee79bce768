"""People of the register: plain rows for tables, one whole record for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from crm import words
from crm.contacts.sheets import (
    PAGE,
    AddressLine,
    SignatureLine,
    addresses_of,
    displayed_names,
    signatures_of,
)
from crm.errors import Refused
from crm.language import _
from crm.schema import Address, Name, Organisation, Person, Role


@dataclass(frozen=True)
class PersonRow:
    """What a list shows of a person."""

    id: int
    name: str
    organisation_id: int | None
    organisation: str
    role: str
    email: str
    health: str
    language: str | None
    sensitive: bool


@dataclass(frozen=True)
class RoleLine:
    """What a person is, or was, in an organisation."""

    id: int
    organisation_id: int
    organisation: str
    title: str | None
    since: date | None
    until: date | None


@dataclass(frozen=True)
class PersonSheet:
    """Everything the register holds on one person."""

    id: int
    name: str
    greeting: str | None
    language: str | None
    sensitive: bool
    notes: str | None
    roles: tuple[RoleLine, ...]
    addresses: tuple[AddressLine, ...]
    signatures: tuple[SignatureLine, ...]


def people_ids(session: Session, typed: str = "", order: str = "name") -> list[int]:
    """The people whose name, organisation or address holds every word typed, by family name."""
    query = select(Person.id)
    for word in words.sought(typed):
        query = query.where(_holds(word))
    column = Person.sort_key.desc() if order == "-name" else Person.sort_key
    return list(session.scalars(query.order_by(column, Person.id)))


def _holds(word: str) -> ColumnElement[bool]:
    reached = select(Address.person_id).where(
        Address.person_id.is_not(None), Address.folded.contains(word, autoescape=True)
    )
    member = (
        select(Role.person_id)
        .join(Name, Name.organisation_id == Role.organisation_id)
        .where(Role.until.is_(None), Name.folded.contains(word, autoescape=True))
    )
    named = Person.folded.contains(word, autoescape=True)
    return or_(named, Person.id.in_(reached), Person.id.in_(member))


def people_rows(session: Session, ids: Sequence[int]) -> list[PersonRow]:
    """What a list shows of these people, in the order asked."""
    made: dict[int, PersonRow] = {}
    for start in range(0, len(ids), PAGE):
        made |= _rows(session, ids[start : start + PAGE])
    return [made[each] for each in ids if each in made]


def _rows(session: Session, ids: Sequence[int]) -> dict[int, PersonRow]:
    found = session.execute(
        select(Person.id, Person.name, Person.language, Person.sensitive).where(Person.id.in_(ids))
    ).all()
    homes = _homes(session, ids)
    shown = displayed_names(session, {home for home, _title in homes.values()})
    mails = _mails(session, ids)
    rows = {}
    for row in found:
        home, title = homes.get(row.id, (None, ""))
        email, health = mails.get(row.id, ("", ""))
        rows[row.id] = PersonRow(
            row.id, row.name, home, shown.get(home or 0, ""), title, email, health,
            row.language, row.sensitive,
        )  # fmt: skip
    return rows


def _homes(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Where each of them is now; the last role noted."""
    query = (
        select(Role.person_id, Role.organisation_id, Role.title)
        .join(Organisation, Organisation.id == Role.organisation_id)
        .where(Role.person_id.in_(ids), Role.until.is_(None))
        .order_by(Role.id)
    )
    return {person: (home, title or "") for person, home, title in session.execute(query)}


def _mails(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    query = (
        select(Address.person_id, Address.value, Address.health)
        .where(Address.person_id.in_(ids), Address.kind == "email")
        .order_by(Address.main, Address.id.desc())
    )
    return {person: (value, health) for person, value, health in session.execute(query) if person}


def person_sheet(session: Session, person_id: int) -> PersonSheet:
    """The whole record of somebody."""
    who = session.get(Person, person_id)
    if who is None:
        raise Refused(_("This record is no longer in the file."))
    return PersonSheet(
        who.id, who.name, who.greeting, who.language, who.sensitive, who.notes,
        _roles(session, person_id), addresses_of(session, person_id=person_id),
        signatures_of(session, person_id=person_id),
    )  # fmt: skip


def _roles(session: Session, person_id: int) -> tuple[RoleLine, ...]:
    query = (
        select(
            Role.id, Role.organisation_id, Name.text.label("organisation"), Role.title,
            Role.since, Role.until,
        )
        .join(Name, (Name.organisation_id == Role.organisation_id) & Name.displayed)
        .where(Role.person_id == person_id)
        .order_by(Role.until.is_not(None), Role.id)
    )  # fmt: skip
    return tuple(RoleLine(**row._mapping) for row in session.execute(query))
