"""The means to reach somebody: checked, normal, one of them the main one."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from crm import words
from crm.errors import Refused
from crm.language import _
from crm.schema import Address


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
    if (organisation_id is None) == (person_id is None):
        raise Refused(_("An address belongs to an organisation or to a person."))
    shown = normal_address(value) if kind == "email" else filled(words.tidy(value))
    owner = _whose(organisation_id, person_id)
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
    address_id = session.execute(made.returning(Address.id)).scalar_one()
    if main:
        only_main(session, address_id)
    return address_id


def normal_address(value: str) -> str:
    """The e-mail address as servers know it (RFC 5321, RFC 6531); Refused when it is not one."""
    bare = value.strip().removeprefix("mailto:").strip("<>, ;").removesuffix(".")
    # The library refuses ".example", which demonstrations and tests live by: checked as ".org".
    invented = bare.lower().endswith(".example")
    checked = bare[: -len("example")] + "org" if invented else bare
    try:
        found = validate_email(checked, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Refused(
            _("“{value}” is not an e-mail address.").format(value=bare),
            hint=_("It should read name@domain.org."),
        ) from None
    return found.removesuffix("org") + "example" if invented else found


def only_main(session: Session, address_id: int) -> None:
    """This is the one they are written to, and no other."""
    owner, person = session.execute(
        select(Address.organisation_id, Address.person_id).where(Address.id == address_id)
    ).one()
    session.execute(
        update(Address)
        .where(_whose(owner, person), Address.main, Address.id != address_id)
        .values(main=False)
    )


def next_main(session: Session, address_id: int) -> None:
    """Where the one written to goes away, the next e-mail takes its place."""
    gone = session.get(Address, address_id)
    if gone is None or not gone.main:
        return
    whose = _whose(gone.organisation_id, gone.person_id)
    heir = session.scalar(
        select(Address.id)
        .where(whose, Address.kind == "email", Address.id != address_id)
        .order_by(Address.id)
        .limit(1)
    )
    session.execute(update(Address).where(Address.id == address_id).values(main=False))
    session.execute(update(Address).where(Address.id == heir).values(main=True))


def _whose(organisation_id: int | None, person_id: int | None) -> ColumnElement[bool]:
    if organisation_id is not None:
        return Address.organisation_id == organisation_id
    return Address.person_id == person_id


def filled(text: str) -> str:
    """The text; Refused when there is none."""
    if not any(c.isalnum() for c in text):
        raise Refused(_("A name cannot be empty."))
    return text
