"""The addressees of an appeal, written down, changed and taken off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from crm import clashes
from crm.errors import Refused
from crm.language import _
from crm.schema import Addressee, Appeal

_PAGE = 500  # values one statement may list


@dataclass(frozen=True)
class AddresseeRow:
    """Somebody an appeal is addressed to, and what became of the letter."""

    id: int
    appeal_id: int
    name: str
    block: str
    greeting: str | None
    sent_on: date | None
    answer_by: date | None
    answered_on: date | None
    answer: str | None


def add(
    session: Session, appeal_id: int, name: str, *, block: str = "", greeting: str | None = None
) -> int:
    """One more addressee; `block` is the lines under the name, `greeting` how a letter opens."""
    if session.get(Appeal, appeal_id) is None:
        raise Refused(_("This appeal is no longer in the file."))
    made = insert(Addressee).values(
        appeal_id=appeal_id, **_tidied({"name": name, "block": block, "greeting": greeting})
    )
    return session.execute(made.returning(Addressee.id)).scalar_one()


def change(
    session: Session, addressee_id: int, *, before: Mapping[str, Any] | None = None, **fields: Any
) -> None:
    """Overwrite some fields of one addressee.

    With `before`, the values they were shown with, Clashing is raised for those that somebody
    else has changed since.
    """
    now = vars(look(session, addressee_id))
    if before is not None:
        clashes.refuse(session, "addressee", addressee_id, before=before, now=now, mine=fields)
    if fields:
        session.execute(
            update(Addressee).where(Addressee.id == addressee_id).values(**_tidied(fields))
        )


def remove(session: Session, addressee_ids: Sequence[int]) -> None:
    """Take some off the appeal; the letters that were printed for them are kept."""
    for start in range(0, len(addressee_ids), _PAGE):
        these = addressee_ids[start : start + _PAGE]
        session.execute(delete(Addressee).where(Addressee.id.in_(these)))


def look(session: Session, addressee_id: int) -> AddresseeRow:
    """One of them as it stands."""
    found = rows(session, [addressee_id])
    if not found:
        raise Refused(_("This addressee is no longer in the file."))
    return found[0]


def ids(session: Session, appeal_id: int) -> list[int]:
    """All of an appeal's, in the order they were written down."""
    query = select(Addressee.id).where(Addressee.appeal_id == appeal_id).order_by(Addressee.id)
    return list(session.scalars(query))


def rows(session: Session, wanted: Sequence[int]) -> list[AddresseeRow]:
    """These, in the order they were written down."""
    columns = [getattr(Addressee, name) for name in AddresseeRow.__dataclass_fields__]
    found: list[AddresseeRow] = []
    for start in range(0, len(wanted), _PAGE):
        query = select(*columns).where(Addressee.id.in_(wanted[start : start + _PAGE]))
        found += [AddresseeRow(*row) for row in session.execute(query)]
    return sorted(found, key=lambda each: each.id)


def _tidied(fields: dict[str, Any]) -> dict[str, Any]:
    """One line for a name and a greeting; a block without blank lines or trailing spaces."""
    tidied = dict(fields)
    if "name" in fields:
        tidied["name"] = _line(fields["name"])
        if not tidied["name"]:
            raise Refused(
                _("An addressee needs a name."),
                hint=_("The office will do: “Town hall of Port-Clair”."),
            )
    if "block" in fields:
        lines = map(_line, (fields["block"] or "").splitlines())
        tidied["block"] = "\n".join(filter(None, lines))
    for name in ("greeting", "answer"):
        if name in fields:
            text = fields[name] or ""
            tidied[name] = (_line(text) if name == "greeting" else text.strip()) or None
    return tidied


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
