"""Writing in the register."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm import words
from crm.errors import Refused
from crm.language import _
from crm.schema import (
    Name,
    Organisation,
    Person,
    Role,
)


def add_organisation(
    session: Session,
    name: str,
    *,
    country: str | None = None,
    heading: str | None = None,
    kind: str | None = None,
    article: str = "",
    language: str | None = None,
    parent_id: int | None = None,
    notes: str | None = None,
    sensitive: bool = False,
) -> int:
    """A new organisation under this displayed name; the acronym the name gives is kept too."""
    shown = words.unquoted(words.tidy(name))
    if not any(c.isalnum() for c in shown):
        raise Refused(_("An organisation needs a name."))
    made = insert(Organisation).values(
        country=country, heading=heading, kind=kind, language=language, parent_id=parent_id,
        notes=notes, sensitive=sensitive,
    )  # fmt: skip
    organisation_id = session.execute(made.returning(Organisation.id)).scalar_one()
    _insert_name(session, organisation_id, shown, "official", None, article, displayed=True)
    acronym = words.acronym_of(shown)
    if acronym and words.fold(acronym) != words.fold(shown):
        add_name(session, organisation_id, acronym, kind="acronym")
    return organisation_id


def add_name(
    session: Session,
    organisation_id: int,
    text: str,
    *,
    kind: str = "alias",
    language: str | None = None,
) -> int:
    """Another name it answers to; the one it already has is given back."""
    shown = words.unquoted(words.tidy(text))
    if not any(c.isalnum() for c in shown):
        raise Refused(_("A name cannot be empty."))
    known = session.scalar(
        select(Name.id).where(Name.organisation_id == organisation_id, Name.text == shown)
    )
    if known is not None:
        return known
    return _insert_name(session, organisation_id, shown, kind, language, "", displayed=False)


def _insert_name(
    session: Session,
    organisation_id: int,
    text: str,
    kind: str,
    language: str | None,
    article: str,
    *,
    displayed: bool,
) -> int:
    made = insert(Name).values(
        organisation_id=organisation_id, text=text, kind=kind, language=language,
        article=article, displayed=displayed, **derived(text, article),
    )  # fmt: skip
    return session.execute(made.returning(Name.id)).scalar_one()


def derived(text: str, article: str) -> dict[str, str]:
    """What is kept beside a name, so that it is found, sorted and recognised."""
    return {
        "sort_key": words.sort_key(text, article=article),
        "folded": words.fold(text) or text.casefold(),
        "key": words.identity(text),
        "initials": words.initials(text),
    }


def display(session: Session, name_id: int) -> None:
    """Show the organisation under this one of its names."""
    owner = session.execute(select(Name.organisation_id).where(Name.id == name_id)).scalar_one()
    # The old one first: at most one displayed name stands at any moment.
    session.execute(
        update(Name).where(Name.organisation_id == owner, Name.displayed).values(displayed=False)
    )
    session.execute(update(Name).where(Name.id == name_id).values(displayed=True))


def rename(
    session: Session, organisation_id: int, text: str, *, article: str = "", was: str = "alias"
) -> None:
    """A new displayed name; the old one stays as an alias, or as `was="former"`.

    What was published under the old name is not touched (rule 1).
    """
    old = session.execute(
        select(Name.id, Name.text).where(Name.organisation_id == organisation_id, Name.displayed)
    ).one()
    new = add_name(session, organisation_id, text, kind="official")
    if new == old.id:
        return
    session.execute(update(Name).where(Name.id == new).values(article=article, kind="official"))
    display(session, new)
    session.execute(update(Name).where(Name.id == old.id).values(kind=was))


def add_person(
    session: Session,
    name: str,
    *,
    language: str | None = None,
    organisation_id: int | None = None,
    role: str | None = None,
    notes: str | None = None,
    sensitive: bool = False,
) -> int:
    """Somebody, and what they are in an organisation if one is given."""
    shown = words.tidy(name)
    if not any(c.isalnum() for c in shown):
        raise Refused(_("A person needs a name."))
    made = insert(Person).values(
        name=shown, folded=words.fold(shown) or shown.casefold(), sort_key=by_family_name(shown),
        language=language, notes=notes, sensitive=sensitive,
    )  # fmt: skip
    person_id = session.execute(made.returning(Person.id)).scalar_one()
    if organisation_id is not None:
        add_role(session, person_id, organisation_id, role)
    return person_id


def by_family_name(name: str) -> str:
    """Where a person stands in a list."""
    return words.fold(family_first(name))


def family_first(name: str) -> str:
    """The family name, then the others; the one in capitals, else the last."""
    parts = name.split()
    capitals = [part for part in parts if len(part) > 1 and part == part.upper()]
    family = capitals or parts[-1:]
    return " ".join([*family, *(part for part in parts if part not in family)])


def add_role(
    session: Session,
    person_id: int,
    organisation_id: int,
    title: str | None = None,
    *,
    since: date | None = None,
) -> int:
    """What a person is in an organisation; the part they already have is given back."""
    known = session.scalar(
        select(Role.id).where(
            Role.person_id == person_id, Role.organisation_id == organisation_id,
            Role.title == title, Role.until.is_(None),
        )
    )  # fmt: skip
    if known is not None:
        return known
    made = insert(Role).values(
        person_id=person_id, organisation_id=organisation_id, title=title, since=since
    )
    return session.execute(made.returning(Role.id)).scalar_one()
