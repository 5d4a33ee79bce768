"""Changing and removing one record of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from crm import clashes, words
from crm.contacts.addresses import filled, next_main, normal_address, only_main
from crm.contacts.editing import by_family_name, derived
from crm.errors import Refused
from crm.language import _
from crm.schema import (
    Address,
    Appeal,
    Base,
    Clearance,
    Delivery,
    Name,
    Organisation,
    Person,
    Role,
    Signature,
)

NOUNS: dict[str, type[Base]] = {
    "organisation": Organisation,
    "name": Name,
    "person": Person,
    "role": Role,
    "address": Address,
    "appeal": Appeal,
}


def change(
    session: Session,
    noun: str,
    row_id: int,
    *,
    before: Mapping[str, Any] | None = None,
    **fields: Any,
) -> None:
    """Overwrite the named fields of one record; what is derived from them follows.

    With `before`, the values they were shown with, Clashing is raised for those that somebody
    else has changed since.
    """
    model = NOUNS[noun]
    row: Any = session.get(model, row_id)
    if row is None:
        raise Refused(_("This record is no longer in the file."))
    if before is not None:
        now = {name: getattr(row, name) for name in fields}
        clashes.refuse(session, noun, row_id, before=before, now=now, mine=fields)
    if noun == "address" and fields.get("value") and row.kind == "email":
        fields["value"] = normal_address(fields["value"])
    if noun == "address" and "value" in fields:
        fields["folded"] = fields["value"].casefold()
        if fields["folded"] != row.folded:
            # What was allowed for the old address was not allowed for this one.
            session.execute(delete(Clearance).where(Clearance.address_id == row_id))
            untold = {"publishable": False, "leave": None, "leave_on": None, "health": "good"}
            fields = untold | fields
    if noun == "address" and fields.get("main"):
        only_main(session, row_id)
    if noun == "name" and {"text", "article"} & fields.keys():
        text = filled(words.unquoted(words.tidy(fields.get("text", row.text))))
        fields |= {"text": text} | derived(text, fields.get("article", row.article))
    if noun == "person" and "name" in fields:
        shown = filled(words.tidy(fields["name"]))
        folded = words.fold(shown) or shown.casefold()
        fields |= {"name": shown, "folded": folded, "sort_key": by_family_name(shown)}
    if noun == "appeal" and "title" in fields:
        title = filled(words.tidy(fields["title"]))
        fields |= {"title": title, "folded": words.fold(title) or title.casefold()}
    if noun == "organisation" and fields.get("parent_id") is not None:
        _may_be_parent(session, row_id, fields["parent_id"])
    if fields:
        session.execute(update(model).where(model.id == row_id).values(**fields))
        session.expire_all()


def _may_be_parent(session: Session, organisation_id: int, parent_id: int) -> None:
    above: int | None = parent_id
    while above is not None:
        if above == organisation_id:
            raise Refused(
                _("An organisation cannot be a section of itself, or of one of its own sections."),
                hint=_("Change the section above it first."),
            )
        above = session.scalar(select(Organisation.parent_id).where(Organisation.id == above))


def remove(session: Session, noun: str, row_id: int) -> None:
    """Take one name, role, address or person away; Refused while something needs it."""
    model = NOUNS[noun]
    if noun == "name" and session.scalar(select(Name.displayed).where(Name.id == row_id)):
        raise Refused(
            _("This is the name the organisation is shown under."),
            hint=_("Show another one first."),
        )
    if noun == "organisation":
        raise Refused(
            _("An organisation is not removed: what it signed would lose its author."),
            hint=_("Mark it as dissolved, or merge it with another."),
        )
    if noun == "person":
        _remove_person(session, row_id)
    if noun == "address":
        next_main(session, row_id)
        session.execute(delete(Clearance).where(Clearance.address_id == row_id))
    session.execute(delete(model).where(model.id == row_id))
    session.expire_all()


def _remove_person(session: Session, person_id: int) -> None:
    if session.scalar(select(Signature.id).where(Signature.person_id == person_id).limit(1)):
        raise Refused(
            _("This person signed an appeal."),
            hint=_("Take their signature off first."),
        )
    if session.scalar(select(Delivery.id).where(Delivery.person_id == person_id).limit(1)):
        raise Refused(
            _("This person is among the recipients of a mailing."),
            hint=_("End their role in the organisation instead."),
        )
    session.execute(delete(Role).where(Role.person_id == person_id))
    own = select(Address.id).where(Address.person_id == person_id)
    session.execute(delete(Clearance).where(Clearance.address_id.in_(own)))
    session.execute(delete(Address).where(Address.person_id == person_id))
