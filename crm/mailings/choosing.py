"""Who gets a letter, and who does not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import contacts, privacy
from crm.contacts import Filter
from crm.schema import Address, Name, Organisation, Person, Role


@dataclass(frozen=True)
class Recipient:
    """Somebody a copy will leave for."""

    organisation_id: int
    person_id: int | None
    name: str
    person: str
    address: str
    country: str | None
    language: str | None


@dataclass(frozen=True)
class Aside:
    """Somebody chosen who gets no copy; `reason` is a key of `post.REASONS`."""

    organisation_id: int
    name: str
    reason: str


@dataclass(frozen=True)
class Choice:
    """31 chosen − 4 aside = 27 messages: the figures always add up."""

    recipients: tuple[Recipient, ...]
    aside: tuple[Aside, ...]

    @property
    def chosen(self) -> int:
        """Everybody the filter found."""
        return len(self.recipients) + len(self.aside)

    @property
    def reasons(self) -> dict[str, int]:
        """How many are aside for each reason."""
        return dict(Counter(each.reason for each in self.aside))


def choose(session: Session, where: Filter, struck: Collection[str] = ()) -> Choice:
    """The organisations a filter finds, one copy for each address, opt-outs held back."""
    wanted = contacts.ids(session, where)
    taken: set[str] = set()
    recipients: list[Recipient] = []
    aside: list[Aside] = []
    for start in range(0, len(wanted), 500):
        part = _read(session, wanted[start : start + 500])
        shut = privacy.opted_out(session, [each.address for each, _s, _d, _h in part])
        for each, status, sensitive, health in part:
            reason = _why_not(each, status, sensitive, health, shut, taken, struck)
            if reason:
                aside.append(Aside(each.organisation_id, each.name, reason))
            else:
                taken.add(each.address.casefold())
                recipients.append(each)
    return Choice(tuple(recipients), tuple(aside))


def _why_not(
    each: Recipient,
    status: str,
    sensitive: bool,
    health: str,
    shut: set[str],
    taken: set[str],
    struck: Collection[str],
) -> str:
    checks = (
        ("struck", str(each.organisation_id) in struck),
        ("gone", status != "active"),
        ("sensitive", sensitive),
        ("no_address", not each.address),
        ("opted_out", each.address in shut),
        ("set_aside", health == "set_aside"),
        ("twice", each.address.casefold() in taken),
    )
    return next((reason for reason, holds in checks if holds), "")


def _read(session: Session, ids: list[int]) -> list[tuple[Recipient, str, bool, str]]:
    query = (
        select(Organisation.id, Name.text, Organisation.country, Organisation.language,
               Organisation.status, Organisation.sensitive, Address.value, Address.health)
        .join(Name, (Name.organisation_id == Organisation.id) & Name.displayed)
        .outerjoin(
            Address,
            (Address.organisation_id == Organisation.id) & (Address.kind == "email") & Address.main,
        )
        .where(Organisation.id.in_(ids))
    )  # fmt: skip
    people = _people(session, ids)
    found = {}
    for row in session.execute(query):
        person_id, person, own, own_health = people.get(row.id, (None, "", "", "good"))
        address, health = (row.value, row.health) if row.value else (own, own_health)
        each = Recipient(row.id, person_id, row.text, person, address, row.country, row.language)
        found[row.id] = (each, row.status, row.sensitive, health)
    return [found[each] for each in ids if each in found]


def _people(session: Session, ids: list[int]) -> dict[int, tuple[int, str, str, str]]:
    """For each organisation the person to greet, and their address where it has none of its own."""
    query = (
        select(Role.organisation_id, Person.id, Person.name, Address.value, Address.health)
        .join(Person, Person.id == Role.person_id)
        .outerjoin(Address, (Address.person_id == Person.id) & (Address.kind == "email"))
        .where(Role.organisation_id.in_(ids), Role.until.is_(None), Person.sensitive.is_(False))
        .order_by(Role.id.desc(), Address.id.desc())
    )
    return {
        row[0]: (row[1], row[2], row[3] or "", row[4] or "good") for row in session.execute(query)
    }
