"""A saved question about the register, as data: chips on the screen, one SELECT below."""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from crm import words
from crm.errors import Refused
from crm.language import _, current
from crm.places import Place, place_sort_key
from crm.schema import Address, Name, Organisation, Person, Role, Signature


@dataclass(frozen=True)
class Filter:
    """Which organisations; every condition given must hold."""

    words: str = ""
    countries: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    appeal_id: int | None = None  # with a part in this appeal …
    statuses: tuple[str, ...] = ()  # … and one of these answers (any when empty)
    not_in_appeal_id: int | None = None  # never asked for this one
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    organisations: tuple[int, ...] = ()  # these ones by hand
    with_address: bool | None = None
    health: str | None = None  # one of their addresses is good, doubtful or set_aside
    sensitive: bool | None = None
    status: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """What is kept of it in the file."""
        return {k: v for k, v in dataclasses.asdict(self).items() if v not in ("", (), None)}

    @classmethod
    def from_dict(cls, kept: Any) -> Filter:
        """The question that was kept, or typed.

        Refused when a condition is not understood: left out, it would mean "everybody".
        """
        if not isinstance(kept, dict):
            raise Refused(_("A filter is written {example}.").format(example=_EXAMPLE))
        fields = {field.name: field.type for field in dataclasses.fields(cls)}
        for name, value in kept.items():
            if name not in fields:
                raise Refused(
                    _("There is no condition “{name}”.").format(name=name),
                    hint=_("There are: {names}.").format(names=", ".join(fields)),
                )
            if not _fits(value, str(fields[name])):
                raise Refused(
                    _("The condition “{name}” cannot be {value}.").format(
                        name=name, value=json.dumps(value, ensure_ascii=False)
                    )
                )
        if kept.get("statuses") and not kept.get("appeal_id"):
            raise Refused(_("“statuses” asks for an answer to an appeal: add “appeal_id”."))
        known: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in kept.items()}
        return cls(**known)


NOBODY = Filter(organisations=(0,))
"""The question no organisation answers to: nobody was chosen yet."""

_EXAMPLE = '{"countries": ["FR"]}'


def _fits(value: Any, kind: str) -> bool:
    if kind.startswith("tuple"):
        inner: type = int if "int" in kind else str
        return isinstance(value, list) and all(isinstance(each, inner) for each in value)
    if value is None:
        return "None" in kind
    if "bool" in kind:
        return isinstance(value, bool)
    return isinstance(value, int if "int" in kind else str) and not isinstance(value, bool)


def ids(session: Session, where: Filter | None = None, order: str = "name") -> list[int]:
    """The organisations the question finds, in the order of their names (or of countries)."""
    query = select(Name.organisation_id).where(Name.displayed)
    if where is not None and where != Filter():
        query = query.where(Name.organisation_id.in_(matching(where)))
    else:
        query = query.where(
            Name.organisation_id.not_in(
                select(Organisation.id).where(Organisation.merged_into_id.is_not(None))
            )
        )
    if order in ("country", "-country"):
        return _by_country(session, query, backwards=order[0] == "-")
    return list(session.scalars(_ordered(query, order)))


def _by_country(session: Session, query: Select[int], *, backwards: bool) -> list[int]:
    """By the countries' names as they are read here, which the database does not know."""
    place = query.join(Organisation, Organisation.id == Name.organisation_id).with_only_columns(
        Name.organisation_id, Organisation.country, Organisation.heading
    )
    here: dict[Place, list[int]] = defaultdict(list)
    for owner, country, heading in session.execute(
        place.order_by(Name.sort_key, Name.organisation_id)
    ):
        here[Place(country, heading)].append(owner)
    spoken = current()
    places = sorted(here, key=lambda each: place_sort_key(each, spoken), reverse=backwards)
    return [owner for each in places for owner in here[each]]


def _ordered(query: Select[int], order: str) -> Select[int]:
    if order in ("name", "-name"):
        columns = [Name.sort_key, Name.organisation_id]
        return query.order_by(*(c.desc() if order[0] == "-" else c for c in columns))
    query = query.join(Organisation, Organisation.id == Name.organisation_id)
    orders: dict[str, Any] = {
        "language": func.coalesce(Organisation.language, "~"),
        "kind": func.coalesce(Organisation.kind, "~"),
    }
    column: ColumnElement[Any] = orders.get(order.lstrip("-"), Name.sort_key)
    first = column.desc() if order[0] == "-" else column
    return query.order_by(first, Name.sort_key, Name.organisation_id)


def matching(where: Filter) -> Select[int]:
    """The ids the question finds, as a SELECT other questions may hold."""
    query = select(Organisation.id).where(Organisation.merged_into_id.is_(None))
    for column, wanted in (
        (Organisation.language, where.languages),
        (Organisation.kind, where.kinds),
        (Organisation.id, where.organisations),
    ):
        if wanted:
            query = query.where(column.in_(wanted))
    if where.countries or where.headings:
        query = query.where(
            or_(Organisation.country.in_(where.countries), Organisation.heading.in_(where.headings))
        )
    if where.sensitive is not None:
        query = query.where(Organisation.sensitive.is_(where.sensitive))
    if where.status:
        query = query.where(Organisation.status == where.status)
    return _by_part(_by_words(_by_address(query, where), where.words), where)


def _by_part(query: Select[int], where: Filter) -> Select[int]:
    if where.appeal_id is not None:
        part = select(Signature.organisation_id).where(
            Signature.appeal_id == where.appeal_id, Signature.organisation_id.is_not(None)
        )
        if where.statuses:
            part = part.where(Signature.status.in_(where.statuses))
        query = query.where(Organisation.id.in_(part))
    if where.not_in_appeal_id is not None:
        asked = select(Signature.organisation_id).where(
            Signature.appeal_id == where.not_in_appeal_id, Signature.organisation_id.is_not(None)
        )
        query = query.where(Organisation.id.not_in(asked))
    return query


def _by_address(query: Select[int], where: Filter) -> Select[int]:
    if where.health:
        ill = select(Address.organisation_id).where(
            Address.health == where.health, Address.organisation_id.is_not(None)
        )
        query = query.where(Organisation.id.in_(ill))
    if where.with_address is None:
        return query
    reached = select(Address.organisation_id).where(
        Address.kind == "email", Address.organisation_id.is_not(None)
    )
    found = Organisation.id.in_(reached)
    return query.where(found if where.with_address else ~found)


def _by_words(query: Select[int], typed: str) -> Select[int]:
    for word in words.sought(typed):
        query = query.where(Organisation.id.in_(holding(word)))
    return query


def holding(word: str) -> Select[int]:
    """Organisations one of whose names, addresses or people holds a folded word."""
    named = select(Name.organisation_id).where(
        or_(Name.folded.contains(word, autoescape=True), Name.initials == word)
    )
    reached = select(Address.organisation_id).where(
        Address.organisation_id.is_not(None), Address.folded.contains(word, autoescape=True)
    )
    known = (
        select(Role.organisation_id)
        .join(Person, Person.id == Role.person_id)
        .where(Person.folded.contains(word, autoescape=True))
    )
    return named.union(reached, known).subquery().select()


def count(session: Session, where: Filter | None = None) -> int:
    """How many organisations the question finds."""
    found = matching(where or Filter()).subquery()
    return session.execute(select(func.count()).select_from(found)).scalar_one()
