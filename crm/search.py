"""One field finds everything: organisations, people, addresses, appeals, their addressees."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm import words
from crm.contacts import displayed_names
from crm.schema import Address, Addressee, Appeal, Name, Organisation, Person, Role

_ENOUGH = 400  # candidates ranked in Python; more than anybody reads
_NEAR = 75  # of 100: one letter in five may differ


@dataclass(frozen=True)
class Hit:
    """Something found: where it leads, what to show."""

    noun: str  # organisation, person, appeal, addressee
    id: int
    title: str
    subtitle: str = ""
    rank: tuple[int, int, str] = (9, 0, "")
    appeal_id: int | None = None  # an addressee is found in an appeal


def find(session: Session, typed: str, limit: int = 20) -> list[Hit]:
    """What holds every word typed, best first: whole names, then beginnings, then insides.

    Accents, capitals and the order of the words make no difference.
    """
    wanted = words.sought(typed)
    if not wanted:
        return []
    raw = typed.strip().casefold()
    hits = [
        *_organisations(session, wanted, limit),
        *_by_address(session, [raw] if "@" in raw or "." in raw else wanted),
        *_people(session, wanted),
        *_appeals(session, wanted),
        *_addressees(session, wanted),
    ]
    best: dict[tuple[str, int], Hit] = {}
    for hit in sorted(hits, key=lambda each: each.rank):
        best.setdefault((hit.noun, hit.id), hit)
    return list(best.values())[:limit]


def nearest(session: Session, typed: str) -> str | None:
    """The known name closest to what was typed, for “Close: …” when nothing was found."""
    wanted = words.fold(typed)
    if len(wanted) < 3:
        return None
    known = (
        select(Name.folded, Name.text)
        .where(Name.organisation_id.in_(_present()))
        .order_by(Name.id),
        select(Person.folded, Person.name).order_by(Person.id),
        select(Appeal.folded, Appeal.title).order_by(Appeal.id),
    )
    names = {folded: text for query in known for folded, text in session.execute(query)}
    found = process.extractOne(
        wanted, names.keys(), scorer=fuzz.partial_ratio, processor=None, score_cutoff=_NEAR
    )
    return names[found[0]] if found else None


def _present() -> Select[int]:
    return select(Organisation.id).where(Organisation.merged_into_id.is_(None))


def _begins(column: InstrumentedAttribute[str], whole: str) -> ColumnElement[bool]:
    """Begins with; as a range, which an index answers."""
    return and_(column >= whole, column < whole + "\x7f")


def _rank(
    wanted: list[str], folded: str, text: str, *, spelt: bool = False
) -> tuple[int, int, str]:
    whole = " ".join(wanted)
    place = (
        0 if folded == whole or (spelt and len(folded) <= len(whole))
        else 1 if spelt
        else 1 if folded.startswith(whole)
        else 2 if f" {whole}" in f" {folded}"
        else 3 if all(f" {word}" in f" {folded}" for word in wanted)
        else 4
    )  # fmt: skip
    return place, len(folded), text


def _organisations(session: Session, wanted: list[str], limit: int) -> list[Hit]:
    query = (
        select(Name.organisation_id, Name.text, Name.folded, Name.initials)
        .join(Organisation, Organisation.id == Name.organisation_id)
        .where(Organisation.merged_into_id.is_(None))
        .order_by(func.length(Name.folded), Name.id)
        .limit(_ENOUGH)
    )
    inside = [Name.folded.contains(word, autoescape=True) for word in wanted]
    # Whole names first: a short, frequent word must not push them past the limit.
    whole, joined = " ".join(wanted), "".join(wanted)
    spelt = or_(Name.initials == joined, Name.folded == joined)
    found = [
        *session.execute(query.where(_begins(Name.folded, whole))),
        *session.execute(query.where(spelt)),
    ]
    if len({row.organisation_id for row in found}) < limit:
        # Only now the slow look: what merely holds the words never comes before these.
        found += session.execute(query.where(*inside)).all()
    shown = displayed_names(session, {row.organisation_id for row in found})
    return [
        Hit(
            "organisation", row.organisation_id, shown[row.organisation_id],
            row.text if row.text != shown[row.organisation_id] else "",
            _rank(wanted, row.folded, row.text, spelt=joined in (row.initials, row.folded)),
        )
        for row in found
    ]  # fmt: skip


def _by_address(session: Session, typed: list[str]) -> list[Hit]:
    if max(map(len, typed)) < 3:
        return []
    query = (
        select(Address.value, Address.organisation_id, Address.person_id)
        .where(*(Address.folded.contains(word, autoescape=True) for word in typed))
        .where(or_(Address.organisation_id.is_(None), Address.organisation_id.in_(_present())))
        .order_by(Address.id)
        .limit(_ENOUGH)
    )
    found = session.execute(query).all()
    shown = displayed_names(session, {row.organisation_id for row in found if row.organisation_id})
    people = {row.person_id for row in found if row.person_id}
    named = dict(
        row._tuple() for row in session.execute(
            select(Person.id, Person.name).where(Person.id.in_(people))
        )
    )  # fmt: skip
    hits = [
        Hit(
            "organisation",
            row.organisation_id,
            shown[row.organisation_id],
            row.value,
            (5, 0, row.value),
        )
        for row in found
        if row.organisation_id in shown
    ]
    return hits + [
        Hit("person", row.person_id, named[row.person_id], row.value, (5, 1, row.value))
        for row in found
        if row.person_id in named
    ]


def _people(session: Session, wanted: list[str]) -> list[Hit]:
    query = select(Person.id, Person.name, Person.folded).where(
        *(Person.folded.contains(word, autoescape=True) for word in wanted)
    )
    found = session.execute(query.order_by(Person.id).limit(_ENOUGH)).all()
    roles = (
        select(Role.person_id, Role.organisation_id)
        .where(Role.person_id.in_([row.id for row in found]))
        .order_by(Role.id)
    )
    home = {person: organisation for person, organisation in session.execute(roles)}
    shown = displayed_names(session, home.values())
    return [
        Hit("person", row.id, row.name, shown.get(home.get(row.id, 0), ""),
            _rank(wanted, row.folded, row.name))
        for row in found
    ]  # fmt: skip


def _appeals(session: Session, wanted: list[str]) -> list[Hit]:
    query = select(Appeal.id, Appeal.title, Appeal.folded, Appeal.issued_on).where(
        *(Appeal.folded.contains(word, autoescape=True) for word in wanted)
    )
    return [
        Hit("appeal", row.id, row.title, f"{row.issued_on or ''}",
            _rank(wanted, row.folded, row.title))
        for row in session.execute(query.order_by(Appeal.id.desc()).limit(_ENOUGH))
    ]  # fmt: skip


def _addressees(session: Session, wanted: list[str]) -> list[Hit]:
    query = select(Addressee.id, Addressee.name, Addressee.appeal_id, Appeal.title).join(
        Appeal, Appeal.id == Addressee.appeal_id
    )
    folded = {
        row: words.fold(row.name) or row.name.casefold()
        for row in session.execute(query.order_by(Addressee.appeal_id.desc(), Addressee.id))
    }
    return [
        Hit("addressee", row.id, row.name, row.title, _rank(wanted, key, row.name), row.appeal_id)
        for row, key in folded.items() if all(word in key for word in wanted)
    ]  # fmt: skip
