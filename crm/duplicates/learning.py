"""What a person answered is kept, and not asked again."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from crm import contacts, words
from crm.schema import NotSame


def learn(session: Session, name: str, organisation_id: int) -> None:
    """A person said that this written name is that organisation: it answers to it from now on."""
    contacts.add_name(session, organisation_id, name, kind="alias")
    session.execute(
        delete(NotSame).where(
            NotSame.key == words.identity(name), NotSame.organisation_id == organisation_id
        )
    )


def tell_apart(session: Session, name: str, organisation_id: int) -> None:
    """A person said that this written name is not that organisation; it is not asked again."""
    key = words.identity(name)
    known = select(NotSame.id).where(NotSame.key == key, NotSame.organisation_id == organisation_id)
    if session.scalar(known) is None:
        session.execute(insert(NotSame).values(key=key, organisation_id=organisation_id))
