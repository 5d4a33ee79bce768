"""Reading the register: plain rows for tables, one whole record for its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from crm import words
from crm.errors import Refused
from crm.language import _
from crm.schema import Address, Appeal, Name, Organisation, Person, Role, Signature

PAGE = 1_000  # values one statement may list, everywhere


@dataclass(frozen=True)
class OrganisationRow:
    """What a list shows of an organisation."""

    id: int
    name: str
    acronym: str
    country: str | None
    heading: str | None
    email: str
    health: str
    status: str
    language: str | None
    sensitive: bool


@dataclass(frozen=True)
class NameLine:
    """One name on an organisation's page."""

    id: int
    text: str
    kind: str
    language: str | None
    article: str
    displayed: bool


@dataclass(frozen=True)
class AddressLine:
    """One means of contact on a page."""

    id: int
    kind: str
    value: str
    purpose: str | None
    main: bool
    private: bool
    publishable: bool
    leave: str | None
    leave_on: date | None
    health: str
    source: str | None
    person_id: int | None


@dataclass(frozen=True)
class PersonLine:
    """One person on an organisation's page, and what they are there."""

    id: int
    role_id: int
    name: str
    title: str | None
    sensitive: bool
    addresses: tuple[AddressLine, ...]


@dataclass(frozen=True)
class SignatureLine:
    """One part an organisation took."""

    id: int
    appeal_id: int
    appeal: str
    on: date
    status: str
    role: str
    published_name: str


@dataclass(frozen=True)
class OrganisationSheet:
    """Everything the register holds on one organisation."""

    id: int
    name: str
    kind: str | None
    country: str | None
    heading: str | None
    language: str | None
    status: str
    sensitive: bool
    notes: str | None
    parent: tuple[int, str] | None
    sections: tuple[tuple[int, str], ...]
    names: tuple[NameLine, ...]
    people: tuple[PersonLine, ...]
    addresses: tuple[AddressLine, ...]
    signatures: tuple[SignatureLine, ...]

    @property
    def parent_id(self) -> int | None:
        """What it is a section of."""
        return self.parent[0] if self.parent else None


@dataclass(frozen=True)
class Counts:
    """How much the register holds."""

    organisations: int
    people: int
    addresses: int


def counts(session: Session) -> Counts:
    """How much the register holds; what was merged into another counts once."""
    return Counts(
        _how_many(session, select(Organisation.id).where(Organisation.merged_into_id.is_(None))),
        _how_many(session, select(Person.id)),
        _how_many(session, select(Address.id)),
    )


def _how_many(session: Session, query: Select[int]) -> int:
    return session.execute(select(func.count()).select_from(query.subquery())).scalar_one()


def rows(session: Session, ids: Sequence[int]) -> list[OrganisationRow]:
    """What a list shows of these organisations, in the order asked."""
    made: dict[int, OrganisationRow] = {}
    for start in range(0, len(ids), PAGE):
        made |= _rows(session, ids[start : start + PAGE])
    return [made[each] for each in ids if each in made]


def _rows(session: Session, ids: Sequence[int]) -> dict[int, OrganisationRow]:
    found = session.execute(
        select(
            Organisation.id, Name.text, Organisation.country, Organisation.heading,
            Organisation.status, Organisation.language, Organisation.sensitive,
        )
        .join(Name, (Name.organisation_id == Organisation.id) & Name.displayed)
        .where(Organisation.id.in_(ids))
    )  # fmt: skip
    acronyms = _acronyms(session, ids)
    mails = _main_addresses(session, ids)
    return {
        row.id: OrganisationRow(
            row.id, row.text, acronyms.get(row.id, ""), row.country, row.heading,
            *mails.get(row.id, ("", "")), row.status, row.language, row.sensitive,
        )
        for row in found
    }  # fmt: skip


def _acronyms(session: Session, ids: Sequence[int]) -> dict[int, str]:
    query = (
        select(Name.organisation_id, Name.text)
        .where(Name.organisation_id.in_(ids), Name.kind == "acronym")
        .order_by(Name.id.desc())
    )  # the first one noted stays
    return {owner: text for owner, text in session.execute(query)}


def _main_addresses(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    query = select(Address.organisation_id, Address.value, Address.health).where(
        Address.organisation_id.in_(ids), Address.kind == "email", Address.main
    )
    return {owner: (value, health) for owner, value, health in session.execute(query) if owner}


def displayed_names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The name each of these organisations is shown under."""
    wanted = list(ids)
    names: dict[int, str] = {}
    for start in range(0, len(wanted), 500):
        query = select(Name.organisation_id, Name.text).where(
            Name.displayed, Name.organisation_id.in_(wanted[start : start + 500])
        )
        names |= {owner: text for owner, text in session.execute(query)}
    return names


def find_exactly(session: Session, name_or_id: str) -> int:
    """The one organisation with this id or exact name; Refused for none or several."""
    if name_or_id.isdigit() and (kept := keeper(session, int(name_or_id))) is not None:
        return kept
    owners = set(
        session.scalars(
            select(Name.organisation_id)
            .join(Organisation, Organisation.id == Name.organisation_id)
            .where(Organisation.merged_into_id.is_(None))
            .where(or_(Name.text == name_or_id, Name.folded == words.fold(name_or_id)))
        )
    )
    if not owners:
        raise Refused(_("No organisation is called “{name}”.").format(name=name_or_id))
    if len(owners) > 1:
        raise Refused(
            _("Several organisations are called “{name}”.").format(name=name_or_id),
            hint=_("Give the id of the one you mean: {ids}.").format(
                ids=", ".join(map(str, sorted(owners)))
            ),
        )
    return owners.pop()


def keeper(session: Session, organisation_id: int) -> int | None:
    """The organisation an id stands for today: the one it was merged into when it was (rule 2)."""
    found = session.get(Organisation, organisation_id)
    while found is not None and found.merged_into_id is not None:
        found = session.get(Organisation, found.merged_into_id)
    return found.id if found is not None else None


def sheet(session: Session, organisation_id: int) -> OrganisationSheet:
    """The whole record; the one it was merged into when it was."""
    kept = keeper(session, organisation_id)
    body = session.get(Organisation, kept) if kept is not None else None
    if body is None:
        raise Refused(_("This record is no longer in the file."))
    names = _names(session, body.id)
    sections = displayed_names(
        session,
        session.scalars(
            select(Organisation.id).where(
                Organisation.parent_id == body.id, Organisation.merged_into_id.is_(None)
            )
        ),
    )
    parent = displayed_names(session, [body.parent_id] if body.parent_id else [])
    return OrganisationSheet(
        id=body.id,
        name=next((each.text for each in names if each.displayed), ""),
        kind=body.kind,
        country=body.country,
        heading=body.heading,
        language=body.language,
        status=body.status,
        sensitive=body.sensitive,
        notes=body.notes,
        parent=next(iter(parent.items()), None),
        sections=tuple(sorted(sections.items(), key=lambda each: words.fold(each[1]))),
        names=names,
        people=_people(session, body.id),
        addresses=addresses_of(session, organisation_id=body.id),
        signatures=signatures_of(session, organisation_id=body.id),
    )


def _names(session: Session, organisation_id: int) -> tuple[NameLine, ...]:
    query = select(
        Name.id, Name.text, Name.kind, Name.language, Name.article, Name.displayed
    ).where(Name.organisation_id == organisation_id)
    return tuple(
        NameLine(*row) for row in session.execute(query.order_by(Name.displayed.desc(), Name.id))
    )


_ADDRESS = (
    Address.id, Address.kind, Address.value, Address.purpose, Address.main, Address.private,
    Address.publishable, Address.leave, Address.leave_on, Address.health, Address.source,
    Address.person_id,
)  # fmt: skip


def addresses_of(
    session: Session, *, organisation_id: int | None = None, person_id: int | None = None
) -> tuple[AddressLine, ...]:
    """The means of contact of an organisation or of a person, the main one first."""
    owner, owned = (
        (Address.person_id, person_id)
        if organisation_id is None
        else (Address.organisation_id, organisation_id)
    )
    query = select(*_ADDRESS).where(owner == owned)
    ordered = query.order_by(Address.main.desc(), Address.id)
    return tuple(AddressLine(**row._mapping) for row in session.execute(ordered))


def _people(session: Session, organisation_id: int) -> tuple[PersonLine, ...]:
    found = session.execute(
        select(Person.id, Role.id.label("role_id"), Person.name, Role.title, Person.sensitive)
        .join(Role, Role.person_id == Person.id)
        .where(Role.organisation_id == organisation_id, Role.until.is_(None))
        .order_by(Person.sort_key, Person.id, Role.id)
    ).all()
    own: dict[int, list[AddressLine]] = defaultdict(list)
    query = select(*_ADDRESS).where(Address.person_id.in_([row.id for row in found]))
    for row in session.execute(query.order_by(Address.id)):
        own[row.person_id].append(AddressLine(**row._mapping))
    return tuple(PersonLine(*row, addresses=tuple(own[row.id])) for row in found)


def signatures_of(
    session: Session, *, organisation_id: int | None = None, person_id: int | None = None
) -> tuple[SignatureLine, ...]:
    """Every part an organisation or a person took, the latest first."""
    owner, owned = (
        (Signature.person_id, person_id)
        if organisation_id is None
        else (Signature.organisation_id, organisation_id)
    )
    query = (
        select(
            Signature.id, Appeal.id, Appeal.title, Signature.since, Signature.status,
            Signature.role, Signature.published_name,
        )
        .join(Appeal, Appeal.id == Signature.appeal_id)
        .where(owner == owned)
        .order_by(Signature.since.desc(), Signature.id.desc())
    )  # fmt: skip
    return tuple(SignatureLine(*row) for row in session.execute(query))
