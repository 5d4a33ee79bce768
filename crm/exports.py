"""Sheets out: organisations, people, signatures, who signed what, deliveries; one gate before all.

Contacts in danger are in none of them (rule 8).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from crm import appeals, contacts, privacy
from crm.contacts import Filter
from crm.errors import Refused
from crm.formats import Cell, Table
from crm.language import _, current, marked
from crm.places import country_name, heading_name
from crm.schema import Address, Answer, Appeal, Delivery, Mailing, Name, Organisation, Person, Role
from crm.schema import Signature as Part

_Rows = list[dict[str, Cell]]

COLUMNS: dict[str, dict[str, str]] = {
    "organisations": {
        "name": marked("Name"), "acronym": marked("Acronym"), "other_names": marked("Other names"),
        "country": marked("Country"), "email": marked("E-mail"), "emails": marked("All addresses"),
        "people": marked("People"), "language": marked("Language"), "kind": marked("Kind"),
        "status": marked("Status"), "notes": marked("Notes"),
    },
    "people": {
        "person": marked("Person"), "role": marked("Role"), "organisation": marked("Organisation"),
        "country": marked("Country"), "email": marked("E-mail"), "language": marked("Language"),
    },
    "signatures": {
        "appeal": marked("Appeal"), "appeal_date": marked("Date of the appeal"),
        "published_name": marked("Name as published"), "organisation": marked("Organisation"),
        "country": marked("Country"), "status": marked("Answer"), "since": marked("Date"),
        "part": marked("Part"), "channel": marked("How"),
    },
    "grid": {},
    "deliveries": {
        "mailing": marked("Mailing"), "name": marked("Recipient"), "address": marked("Address"),
        "state": marked("State"), "left_at": marked("Left at"), "attempts": marked("Attempts"),
        "reply": marked("Server's answer"),
    },
}  # fmt: skip
"""What each sheet may show, in the order it shows it; the grid's columns are the appeals."""


def export(
    session: Session,
    what: str,
    *,
    columns: Sequence[str] = (),
    where: Filter | None = None,
    appeal_id: int | None = None,
    mailing_id: int | None = None,
) -> Table:
    """One sheet: the columns asked for, of the organisations the filter finds."""
    makers: dict[str, Callable[[], Table]] = {
        "organisations": lambda: _table(what, columns, _organisations(session, where)),
        "people": lambda: _table(what, columns, _people(session, where)),
        "signatures": lambda: _table(what, columns, _signatures(session, where, appeal_id)),
        "grid": lambda: _grid(session, where),
        "deliveries": lambda: _table(what, columns, _deliveries(session, mailing_id)),
    }
    if what not in makers:
        raise Refused(
            _("Cosigne has no sheet called “{name}”.").format(name=what),
            hint=_("There are: {names}.").format(names=", ".join(makers)),
        )
    return makers[what]()


def _table(what: str, columns: Sequence[str], rows: _Rows) -> Table:
    known = COLUMNS[what]
    if unknown := [each for each in columns if each not in known]:
        raise Refused(
            _("There is no column “{name}”.").format(name=unknown[0]),
            hint=_("There are: {names}.").format(names=", ".join(known)),
        )
    chosen = list(columns) or list(known)
    titles = {"organisations": _("Organisations"), "people": _("People"),
              "signatures": _("Signatures"), "deliveries": _("Deliveries")}  # fmt: skip
    return Table(
        titles[what],
        [_(known[each]) for each in chosen],
        [[row.get(each) for each in chosen] for row in rows],
    )


def _shown(session: Session, where: Filter | None) -> list[int]:
    hidden = set(session.scalars(privacy.hidden_organisations()))
    return [each for each in contacts.ids(session, where) if each not in hidden]


def _country(country: str | None, heading: str | None) -> str:
    if country:
        return country_name(country, current())
    return heading_name(heading) if heading else ""


def _grouped(session: Session, query: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for owner, text in session.execute(query):
        found[owner].append(text)
    return found


def _organisations(session: Session, where: Filter | None) -> _Rows:
    wanted = _shown(session, where)
    names = _grouped(
        session,
        select(Name.organisation_id, Name.text).where(Name.displayed.is_(False)).order_by(Name.id),
    )
    mails = _grouped(
        session,
        select(Address.organisation_id, Address.value)
        .where(Address.kind == "email", Address.organisation_id.is_not(None))
        .where(Address.id.in_(privacy.exportable_addresses()))
        .order_by(Address.main.desc(), Address.id),
    )
    people = _grouped(
        session,
        select(Role.organisation_id, Person.name)
        .join(Person, Person.id == Role.person_id)
        .where(Person.id.not_in(privacy.hidden_people()))
        .order_by(Role.id),
    )
    return [
        {
            "name": row.name, "acronym": row.acronym, "other_names": " ; ".join(names[row.id]),
            "country": _country(row.country, row.heading),
            "email": next(iter(mails[row.id]), ""), "emails": " ; ".join(mails[row.id]),
            "people": " ; ".join(people[row.id]), "language": row.language or "",
            "kind": row.kind or "", "status": row.status, "notes": row.notes or "",
        }
        for row in _bodies(session, wanted)
    ]  # fmt: skip


def _bodies(session: Session, wanted: Sequence[int]) -> list[Any]:
    acronym = (
        select(func.min(Name.text))
        .where(Name.organisation_id == Organisation.id, Name.kind == "acronym")
        .correlate(Organisation)
        .scalar_subquery()
    )
    query = select(
        Organisation.id, Name.text.label("name"), acronym.label("acronym"), Organisation.country,
        Organisation.heading, Organisation.language, Organisation.kind, Organisation.status,
        Organisation.notes,
    ).join(Name, and_(Name.organisation_id == Organisation.id, Name.displayed))  # fmt: skip
    found: dict[int, Any] = {}
    for start in range(0, len(wanted), 500):
        part = query.where(Organisation.id.in_(wanted[start : start + 500]))
        found |= {row.id: row for row in session.execute(part)}
    return [found[each] for each in wanted if each in found]


def _people(session: Session, where: Filter | None) -> _Rows:
    bodies = {row.id: row for row in _bodies(session, _shown(session, where))}
    mails = _grouped(
        session,
        select(Address.person_id, Address.value)
        .where(Address.kind == "email", Address.person_id.is_not(None))
        .where(Address.id.in_(privacy.exportable_addresses()))
        .order_by(Address.id),
    )
    query = (
        select(Person.id, Person.name, Person.language, Role.title, Role.organisation_id)
        .join(Role, Role.person_id == Person.id)
        .where(Person.id.not_in(privacy.hidden_people()))
        .order_by(Person.sort_key, Person.id, Role.id)
    )
    return [
        {
            "person": row.name, "role": row.title or "", "email": next(iter(mails[row.id]), ""),
            "organisation": bodies[row.organisation_id].name, "language": row.language or "",
            "country": _country(
                bodies[row.organisation_id].country, bodies[row.organisation_id].heading
            ),
        }
        for row in session.execute(query)
        if row.organisation_id in bodies
    ]  # fmt: skip


def _open_parts() -> Any:
    """Signatures of nobody in danger."""
    return and_(
        or_(
            Part.organisation_id.is_(None),
            Part.organisation_id.not_in(privacy.hidden_organisations()),
        ),
        or_(Part.person_id.is_(None), Part.person_id.not_in(privacy.hidden_people())),
    )


def _signatures(session: Session, where: Filter | None, appeal_id: int | None) -> _Rows:
    channel = (
        select(Answer.channel).where(Answer.signature_id == Part.id).order_by(Answer.id.desc())
        .limit(1).correlate(Part).scalar_subquery()
    )  # fmt: skip
    query = (
        select(
            Appeal.title, Appeal.issued_on, Part.published_name, Name.text,
            Part.published_country, Part.published_heading, Part.status, Part.since, Part.role,
            channel.label("channel"),
        )
        .join(Appeal, Appeal.id == Part.appeal_id)
        .outerjoin(Name, and_(Name.organisation_id == Part.organisation_id, Name.displayed))
        .where(_open_parts())
        .order_by(Appeal.issued_on.asc().nulls_first(), Appeal.id, Part.position, Part.id)
    )  # fmt: skip
    if appeal_id is not None:
        query = query.where(Part.appeal_id == appeal_id)
    if where is not None and where != Filter():
        query = query.where(Part.organisation_id.in_(contacts.ids(session, where)))
    return [
        {
            "appeal": row.title, "appeal_date": row.issued_on, "published_name": row.published_name,
            "organisation": row.text or "", "since": row.since,
            "country": _country(row.published_country, None) or row.published_heading or "",
            "status": _(appeals.STATUSES[row.status]), "part": _(appeals.ROLES[row.role]),
            "channel": _(appeals.CHANNELS[row.channel]) if row.channel else "",
        }
        for row in session.execute(query)
    ]  # fmt: skip


def _grid(session: Session, where: Filter | None) -> Table:
    """Organisations down, appeals across, the answer where they meet."""
    every = session.execute(
        select(Appeal.id, Appeal.title, Appeal.issued_on).order_by(
            Appeal.issued_on.asc().nulls_first(), Appeal.id
        )
    ).all()
    stands: dict[tuple[int, int], str] = {}
    query = select(Part.organisation_id, Part.appeal_id, Part.status).where(
        Part.organisation_id.is_not(None)
    )
    for owner, appeal_id, status in session.execute(query):
        stands[owner or 0, appeal_id] = _(appeals.STATUSES[status])
    bodies = _bodies(session, _shown(session, where))
    headings = [
        f"{each.title} ({each.issued_on})" if each.issued_on else each.title for each in every
    ]
    return Table(
        _("Who signed what"),
        [_("Organisation"), _("Country"), *headings],
        [
            [row.name, _country(row.country, row.heading),
             *(stands.get((row.id, each.id)) for each in every)]
            for row in bodies
        ],
    )  # fmt: skip


def _deliveries(session: Session, mailing_id: int | None) -> _Rows:
    query = (
        select(
            Mailing.title, Delivery.name, Delivery.address, Delivery.state, Delivery.left_at,
            Delivery.attempts, Delivery.reply,
            Delivery.address_key.in_(privacy.private_addresses()).label("private"),
        )
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(
            or_(
                Delivery.organisation_id.is_(None),
                Delivery.organisation_id.not_in(privacy.hidden_organisations()),
            ),
            or_(
                Delivery.person_id.is_(None), Delivery.person_id.not_in(privacy.hidden_people())
            ),
        )
        .order_by(Delivery.mailing_id, Delivery.id)
    )  # fmt: skip
    if mailing_id is not None:
        query = query.where(Delivery.mailing_id == mailing_id)
    return [
        {
            "mailing": row.title, "name": row.name, "state": row.state, "left_at": row.left_at,
            "address": "" if row.private else row.address, "attempts": row.attempts,
            # A server's own words often hold the address.
            "reply": "" if row.private else row.reply or "",
        }
        for row in session.execute(query)
    ]  # fmt: skip
