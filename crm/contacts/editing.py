"""Writing in the register."""

from __future__ import annotations

from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from crm import words
from crm.errors import Refused
from crm.language import _
from crm.schema import Address, Appeal, Base, Name, Organisation, Person, Role

NOUNS: dict[str, type[Base]] = {
    "organisation": Organisation,
    "name": Name,
    "person": Person,
    "role": Role,
    "address": Address,
    "appeal": Appeal,
}
_OWN = {"name": {"text", "article", "language", "kind", "since", "until"}}


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
    if not shown:
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
    if not shown:
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
        article=article, displayed=displayed, **_derived(text, article),
    )  # fmt: skip
    return session.execute(made.returning(Name.id)).scalar_one()


def _derived(text: str, article: str) -> dict[str, str]:
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
    if not shown:
        raise Refused(_("A person needs a name."))
    made = insert(Person).values(
        name=shown, folded=words.fold(shown) or shown.casefold(), sort_key=_by_family_name(shown),
        language=language, notes=notes, sensitive=sensitive,
    )  # fmt: skip
    person_id = session.execute(made.returning(Person.id)).scalar_one()
    if organisation_id is not None:
        add_role(session, person_id, organisation_id, role)
    return person_id


def _by_family_name(name: str) -> str:
    parts = name.split()
    capitals = [part for part in parts if len(part) > 1 and part == part.upper()]
    family = capitals or parts[-1:]
    return words.fold(" ".join([*family, *(part for part in parts if part not in family)]))


def add_role(
    session: Session,
    person_id: int,
    organisation_id: int,
    title: str | None = None,
    *,
    since: date | None = None,
) -> int:
    """What a person is in an organisation."""
    made = insert(Role).values(
        person_id=person_id, organisation_id=organisation_id, title=title, since=since
    )
    return session.execute(made.returning(Role.id)).scalar_one()


def add_address(
    session: Session,
    value: str,
    *,
    organisation_id: int | None = None,
    person_id: int | None = None,
    kind: str = "email",
    purpose: str | None = None,
    source: str | None = None,
    legal_basis: str | None = None,
    main: bool | None = None,
    private: bool = False,
) -> int:
    """A means of contact; the first e-mail of an organisation is the one it is written to at.

    Refused when an e-mail address is not one.  The one already known is given back.
    """
    shown = normal_address(value) if kind == "email" else words.tidy(value)
    owner = (
        Address.organisation_id == organisation_id
        if organisation_id is not None
        else Address.person_id == person_id
    )
    folded = shown.casefold()
    known = session.scalar(
        select(Address.id).where(owner, Address.kind == kind, Address.folded == folded)
    )
    if known is not None:
        return known
    if main is None:
        first = select(Address.id).where(owner, Address.kind == "email", Address.main).limit(1)
        main = kind == "email" and session.scalar(first) is None
    made = insert(Address).values(
        value=shown, folded=folded, organisation_id=organisation_id, person_id=person_id,
        kind=kind, purpose=purpose, source=source, legal_basis=legal_basis, main=main,
        private=private,
    )  # fmt: skip
    return session.execute(made.returning(Address.id)).scalar_one()


def normal_address(value: str) -> str:
    """The e-mail address as servers know it (RFC 5321, RFC 6531); Refused when it is not one."""
    bare = value.strip().removeprefix("mailto:").strip("<>., ;")
    try:
        # Names that servers never resolve, like ".example", are fine in a register.
        found = validate_email(bare, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        if not bare.lower().endswith((".example", ".invalid")) or not _looks_like_one(bare):
            raise Refused(
                _("“{value}” is not an e-mail address.").format(value=bare),
                hint=_("It should read name@domain.org."),
            ) from None
        return bare
    return found.normalized


def _looks_like_one(value: str) -> bool:
    instead = value.rsplit(".", 1)[0] + ".org"
    try:
        validate_email(instead, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def change(session: Session, noun: str, row_id: int, **fields: Any) -> None:
    """Overwrite the named fields of one record; what is derived from them follows."""
    model = NOUNS[noun]
    row: Any = session.get(model, row_id)
    if row is None:
        raise Refused(_("This record is no longer in the file."))
    if noun == "address" and fields.get("value") and row.kind == "email":
        fields["value"] = normal_address(fields["value"])
    if noun == "address" and "value" in fields:
        fields["folded"] = fields["value"].casefold()
    if noun == "address" and fields.get("main"):
        _only_main(session, row_id)
    if noun == "name" and {"text", "article"} & fields.keys():
        text = words.tidy(fields.get("text", row.text))
        fields |= {"text": text} | _derived(text, fields.get("article", row.article))
    if noun == "person" and "name" in fields:
        shown = words.tidy(fields["name"])
        fields |= {"name": shown, "folded": words.fold(shown), "sort_key": _by_family_name(shown)}
    if noun == "appeal" and "title" in fields:
        fields["folded"] = words.fold(fields["title"])
    session.execute(update(model).where(model.id == row_id).values(**fields))
    session.expire_all()


def _only_main(session: Session, address_id: int) -> None:
    owner, person = session.execute(
        select(Address.organisation_id, Address.person_id).where(Address.id == address_id)
    ).one()
    whose = Address.organisation_id == owner if owner else Address.person_id == person
    session.execute(
        update(Address).where(whose, Address.main, Address.id != address_id).values(main=False)
    )


def remove(session: Session, noun: str, row_id: int) -> None:
    """Take one name, role, address or person away; Refused while something needs it."""
    model = NOUNS[noun]
    if noun == "name" and session.scalar(select(Name.displayed).where(Name.id == row_id)):
        raise Refused(
            _("This is the name the organisation is shown under."),
            hint=_("Show another one first."),
        )
    if noun == "person":
        session.execute(delete(Role).where(Role.person_id == row_id))
        session.execute(delete(Address).where(Address.person_id == row_id))
    session.execute(delete(model).where(model.id == row_id))
