"""One line of a reading in the register and under its appeal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm import appeals, contacts, duplicates, words
from crm.errors import Refused
from crm.language import _
from crm.reading import people
from crm.reading.lines import ReviewLine
from crm.reading.result import PersonRead
from crm.schema import Address, Clearance, Name, Organisation, Person, Role, Signature


@dataclass(frozen=True)
class Act:
    """What every line of one recording shares."""

    appeal_id: int
    evidence_id: int
    on: date
    source: str  # name of the document
    confirmed: bool
    base: int  # position of the document's first name
    done: Counter[str]


def record_line(session: Session, act: Act, line: ReviewLine) -> None:
    """Put an agreed line in the register, and under the appeal as the document does."""
    if line.noun == "person":
        _sign(session, act, line, person_id=_somebody(session, act, line))
        return
    organisation_id = _organisation(session, act, line)
    _sign(session, act, line, organisation_id=organisation_id)
    if line.email:
        _address(session, act, line.email, organisation_id=organisation_id)


def record_contact(
    session: Session, act: Act, person: PersonRead, lines: Sequence[ReviewLine]
) -> None:
    """Whoever signs for an organisation of the list becomes its contact."""
    if person.signs or not person.organisation:
        return
    agreed = any(
        line.name == person.organisation and line.state in {"new", "recognised"}
        for line in lines
        if line.noun == "organisation"
    )
    body = _named(session, person.organisation) if agreed else None
    if body is None:
        return
    here = (
        select(Person.id)
        .join(Role, Role.person_id == Person.id)
        .where(Person.folded == words.fold(person.name), Role.organisation_id == body)
    )
    if session.scalar(here) is None:
        contacts.add_person(session, person.name, organisation_id=body, role=person.role)
        act.done["people"] += 1


# -- organisations --------------------------------------------------------------------------


def _organisation(session: Session, act: Act, line: ReviewLine) -> int:
    """The organisation of a line: known, new, or a new section of a known one."""
    if line.state == "recognised" and line.candidate_id is not None:
        _learn(session, act, line, line.candidate_id)
        return line.candidate_id
    made = contacts.add_organisation(
        session, line.name, country=line.country, heading=line.heading, article=line.article,
        parent_id=line.candidate_id if line.answer == "section" else None,
    )  # fmt: skip
    act.done["organisations"] += 1
    if line.answer in {"new", "section"} and line.candidate_id is not None:
        duplicates.tell_apart(session, line.name, line.candidate_id)
    _refuse(session, line)
    _spellings(session, act, made, _spelt(line))
    return made


def _refuse(session: Session, line: ReviewLine) -> None:
    """Asked about one, she answered another: the one asked about is not asked again."""
    if line.refused is not None:
        duplicates.tell_apart(session, line.name, line.refused)


def _spelt(line: ReviewLine) -> tuple[str, ...]:
    """How the document writes it, beside the name agreed upon."""
    return (line.written, *line.also) if line.written else line.also


def _learn(session: Session, act: Act, line: ReviewLine, organisation_id: int) -> None:
    """A known organisation answers to this spelling too, and to its country if it had none."""
    _spellings(session, act, organisation_id, (line.name, *_spelt(line)))
    if line.answer == "same":
        duplicates.learn(session, line.name, organisation_id)
        _refuse(session, line)
    if line.country or line.heading:
        session.execute(
            update(Organisation)
            .where(
                Organisation.id == organisation_id,
                Organisation.country.is_(None),
                Organisation.heading.is_(None),
            )
            .values(country=line.country, heading=line.heading)
        )


def _spellings(session: Session, act: Act, organisation_id: int, spelt: Iterable[str]) -> None:
    known = set(session.scalars(select(Name.folded).where(Name.organisation_id == organisation_id)))
    for text in spelt:
        if words.fold(text) not in known:
            contacts.add_name(session, organisation_id, text, kind="alias")
            known.add(words.fold(text))
            act.done["aliases"] += 1


def _named(session: Session, name: str) -> int | None:
    """The one organisation that answers to this name."""
    found = session.scalars(
        select(Name.organisation_id).where(Name.key == words.identity(name)).distinct().limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


# -- signatures and addresses ---------------------------------------------------------------


def _sign(
    session: Session,
    act: Act,
    line: ReviewLine,
    *,
    organisation_id: int | None = None,
    person_id: int | None = None,
) -> None:
    """Sign as the document does; whoever declined or withdrew since is left alone."""
    known = appeals.signature_of(
        session, act.appeal_id, organisation_id=organisation_id, person_id=person_id
    )
    if known is not None:
        status = session.scalar(select(Signature.status).where(Signature.id == known))
        if status not in {"asked", "promised"}:
            act.done["already"] += 1
            return
    position = act.base + line.position
    signed = appeals.sign(
        session, act.appeal_id, organisation_id=organisation_id, person_id=person_id, on=act.on,
        status="signed", role=line.role, name=line.published, article=line.article,
        country=line.country, heading=line.heading_words, position=position, channel="document",
        evidence_id=act.evidence_id,
    )  # fmt: skip
    if known is not None:
        # Asked under the name of that day; published under the document's.
        session.execute(
            update(Signature).where(Signature.id == signed).values(
                published_name=line.published, published_article=line.article,
                published_country=line.country, published_heading=line.heading_words,
                position=position, role=line.role,
            )
        )  # fmt: skip
    act.done["signatures"] += 1


def _address(
    session: Session,
    act: Act,
    value: str,
    *,
    organisation_id: int | None = None,
    person_id: int | None = None,
) -> None:
    """An address of the annex: kept with its source, cleared for this appeal once confirmed."""
    last = session.scalar(select(Address.id).order_by(Address.id.desc()).limit(1)) or 0
    try:
        address_id = contacts.add_address(
            session, value, organisation_id=organisation_id, person_id=person_id,
            purpose="named person" if people.is_personal(value) else "contact",
            source=act.source, legal_basis=_("published with its signature in this document"),
        )  # fmt: skip
    except Refused:
        return  # printed as an address, and none: the document kept as evidence still shows it
    act.done["addresses"] += address_id > last
    cleared = select(Clearance.id).where(
        Clearance.address_id == address_id, Clearance.appeal_id == act.appeal_id
    )
    if act.confirmed and session.scalar(cleared) is None:
        session.execute(
            insert(Clearance).values(
                address_id=address_id, appeal_id=act.appeal_id, evidence_id=act.evidence_id
            )
        )


# -- people ---------------------------------------------------------------------------------


def _somebody(session: Session, act: Act, line: ReviewLine) -> int:
    """The person of a line, known by name or new; with the body behind them if we know it."""
    known = session.scalar(
        select(Person.id).where(Person.folded == words.fold(line.name)).order_by(Person.id).limit(1)
    )
    if known is None:
        body = _named(session, line.body) if line.body else None
        behind = ", ".join(filter(None, (line.function, line.body)))
        known = contacts.add_person(
            session, line.name, organisation_id=body, role=line.function,
            notes=behind or None if body is None else None,
        )  # fmt: skip
        act.done["people"] += 1
    if line.email:
        _address(session, act, line.email, person_id=known)
    return known
