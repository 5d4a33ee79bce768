"""Who may be printed under an appeal, in which order, and who is kept out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from crm import contacts, places, privacy, words
from crm.language import n_
from crm.places import Place
from crm.schema import Address, File, Name, Organisation, Person, Signature

PRINTED_ROLES = ("initiator", "signatory", "caller", "supporter")


@dataclass(frozen=True)
class Signatory:
    """One name as it will be printed."""

    name: str
    article: str
    place: Place | None
    heading: str | None  # words of the document it stood under
    person: bool
    sorts_as: str  # the words it is sorted by: an acronym by what it stands for
    organisation_id: int | None
    person_id: int | None
    logo: bytes | None = None  # a PNG


@dataclass
class Chosen:
    """The names of a list, the address each may be printed with, and what was held back."""

    signatories: list[Signatory]
    addresses: dict[int, str] = field(default_factory=dict)  # by place in the list
    withheld: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)  # signed, and may be named in no print


def chosen(
    session: Session,
    appeal_id: int,
    *,
    addresses: bool = False,
    logos: bool = False,
    keep_articles: bool = False,
) -> Chosen:
    """Those who signed and may be named, in the document's order."""
    hidden_bodies = set(session.scalars(privacy.hidden_organisations()))
    hidden_people = set(session.scalars(privacy.hidden_people()))
    found: list[Signatory] = []
    nowhere: list[str] = []
    protected = unnamed = aside = 0
    for row in session.execute(_query(appeal_id)):
        if row.organisation_id in hidden_bodies or row.person_id in hidden_people:
            protected += 1
            nowhere.append(row.published_name)
        elif row.role not in PRINTED_ROLES:
            aside += 1
        elif row.unnamed:
            unnamed += 1
            nowhere.append(row.published_name)
        else:
            found.append(_signatory(row, keep_articles))
    if logos:
        found = _with_logos(session, found)
    result = Chosen(found, withheld=_why(protected, unnamed, aside), nowhere=nowhere)
    if addresses:
        _add_addresses(session, appeal_id, result)
    return result


def in_order(signatories: Sequence[Signatory], language: str) -> list[Signatory]:
    """By name as the language sorts, each article skipped or kept as the name says (rule 4)."""
    return sorted(signatories, key=lambda one: (one.person, words.collated(one.sorts_as, language)))


def _query(appeal_id: int) -> Any:
    return (
        select(
            Signature.organisation_id, Signature.person_id, Signature.role, Signature.unnamed,
            Signature.published_name, Signature.published_article, Signature.published_country,
            Signature.published_heading, Organisation.country, Organisation.heading, Name.text,
            Name.article, Person.name.label("person"),
        )
        .outerjoin(Organisation, Organisation.id == Signature.organisation_id)
        .outerjoin(Name, and_(Name.organisation_id == Signature.organisation_id, Name.displayed))
        .outerjoin(Person, Person.id == Signature.person_id)
        .where(Signature.appeal_id == appeal_id, Signature.status == "signed")
        .order_by(Signature.position, Signature.id)
    )  # fmt: skip


def _signatory(row: Any, keep_articles: bool) -> Signatory:
    return Signatory(
        name=row.published_name,
        article=row.published_article,
        place=_place(row),
        heading=row.published_heading,
        person=row.person_id is not None,
        sorts_as=_sorts_as(row, keep_articles),
        organisation_id=row.organisation_id,
        person_id=row.person_id,
    )


def _place(row: Any) -> Place | None:
    """Where it is listed: by the heading it stood under, else its country, else its own heading."""
    stood = places.place_of(row.published_heading) if row.published_heading else None
    if stood is not None:
        return stood
    if row.published_country:
        return Place(country=row.published_country)
    if row.heading:
        return Place(heading=row.heading)
    return Place(country=row.country) if row.country else None


def _sorts_as(row: Any, keep_articles: bool) -> str:
    """An acronym sorts as what it stands for, when the register says so; people by family name."""
    if row.person_id is not None:
        return contacts.family_first(row.person)
    short = words.acronym_of(f"x {row.published_name}") or row.published_name.isupper()
    if row.text and short and " " not in row.published_name and not keep_articles:
        return _bare(row.text, row.article)
    if keep_articles:
        return f"{row.published_article}{words.unquoted(words.tidy(row.published_name))}"
    return _bare(row.published_name, row.published_article)


def _bare(name: str, article: str) -> str:
    """The name without quotes; without the article it begins with, unless it has one apart."""
    shown = words.unquoted(words.tidy(name))
    return shown if article else words.split_article(shown)[1]


def _with_logos(session: Session, found: list[Signatory]) -> list[Signatory]:
    bodies = [one.organisation_id for one in found if one.organisation_id is not None]
    known: dict[int, bytes] = {}
    for start in range(0, len(bodies), 400):
        query = (
            select(Organisation.id, File.content)
            .join(File, File.id == Organisation.logo_id)
            .where(Organisation.id.in_(bodies[start : start + 400]))
        )
        known |= {row.id: row.content for row in session.execute(query)}
    return [replace(one, logo=known.get(one.organisation_id or 0)) for one in found]


def _why(protected: int, unnamed: int, aside: int) -> list[str]:
    sentences = []
    if protected:
        sentences.append(
            n_(
                "{n} signatory is protected and appears in no list.",
                "{n} signatories are protected and appear in no list.",
                protected,
            )
        )
    if unnamed:
        sentences.append(
            n_(
                "{n} signature counts without being named.",
                "{n} signatures count without being named.",
                unnamed,
            )
        )
    if aside:
        sentences.append(
            n_(
                "{n} hosts or relays the appeal without signing it.",
                "{n} host or relay the appeal without signing it.",
                aside,
            )
        )
    return sentences  # fmt: skip


def _add_addresses(session: Session, appeal_id: int, result: Chosen) -> None:
    """One e-mail each, where somebody allowed it or the document itself printed it."""
    printable = set(session.scalars(privacy.printable_addresses(appeal_id)))
    bodies = [one.organisation_id for one in result.signatories if one.organisation_id is not None]
    people = [one.person_id for one in result.signatories if one.person_id is not None]
    own = set(bodies)
    known: dict[tuple[int | None, int | None], list[tuple[int, str, str]]] = {}
    for start in range(0, max(len(bodies), len(people)), 400):
        query = (
            select(
                Address.organisation_id,
                Address.person_id,
                Address.id,
                Address.value,
                Address.health,
            )
            .where(
                Address.kind == "email",
                or_(
                    Address.organisation_id.in_(bodies[start : start + 400]),
                    Address.person_id.in_(people[start : start + 400]),
                ),
            )
            .order_by(Address.main.desc(), Address.id)
        )
        for row in session.execute(query):
            body = row.organisation_id if row.organisation_id in own else None
            whose = (body, None) if body is not None else (None, row.person_id)
            known.setdefault(whose, []).append((row.id, row.value, row.health))
    kept_back = dead = 0
    for at, one in enumerate(result.signatories):
        here = known.get((one.organisation_id, one.person_id), [])
        allowed = [each for each in here if each[0] in printable]
        alive = next((value for _id, value, health in allowed if health != "set_aside"), None)
        if alive is not None:
            result.addresses[at] = alive
        elif allowed:
            dead += 1
        elif here:
            kept_back += 1
    if kept_back:
        result.withheld.append(n_("{n} address held back: nobody has allowed its publication.",
                                  "{n} addresses held back: nobody has allowed their publication.", kept_back))  # fmt: skip
    if dead:
        result.withheld.append(n_("{n} address held back: it no longer exists.",
                                  "{n} addresses held back: they no longer exist.", dead))  # fmt: skip
