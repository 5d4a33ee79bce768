"""What left: "what did we print on 21 May?"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import kept
from crm.errors import Refused
from crm.language import _
from crm.schema import Publication


@dataclass(frozen=True)
class Left:
    """A list as it was printed or copied out."""

    id: int
    at: datetime
    form: str
    format: str  # of FORMATS, or "rich": copied for a word processor
    language: str
    names: int
    addresses: int
    addressee: str = ""  # of a letter


def publications(session: Session, appeal_id: int) -> list[Left]:
    """The lists of an appeal that left, the last one first."""
    query = (
        select(
            Publication.id, Publication.at, Publication.form, Publication.format,
            Publication.language, Publication.names, Publication.addresses, Publication.choices,
        )
        .where(Publication.appeal_id == appeal_id)
        .order_by(Publication.at.desc(), Publication.id.desc())
    )  # fmt: skip
    return [
        Left(
            row.id,
            row.at,
            row.form,
            row.format,
            row.language,
            row.names,
            row.addresses,
            row.choices.get("addressee", ""),
        )
        for row in session.execute(query)
    ]


def as_left(session: Session, publication_id: int) -> tuple[str, bytes]:
    """What it said, and the bytes of its file; of what was copied, the words."""
    row = session.execute(
        select(Publication.content, Publication.file_id).where(Publication.id == publication_id)
    ).one_or_none()
    if row is None:
        raise Refused(_("This publication is no longer in the file."))
    if row.file_id is not None:
        return row.content, kept.content_of(session, row.file_id)
    return row.content, f"{row.content}\n".encode()
