"""An organisation's logo."""

from __future__ import annotations

import struct

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm import kept
from crm.errors import Refused
from crm.language import _
from crm.schema import File, Organisation

_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST = 600  # pixels, as documents.logo makes them


def set_logo(session: Session, organisation_id: int, content: bytes | None) -> None:
    """Give an organisation this logo, or none.

    Refused unless it is a small PNG, as `documents.logo` makes one out of a stranger's file.
    """
    if session.scalar(select(Organisation.id).where(Organisation.id == organisation_id)) is None:
        raise Refused(_("This record is no longer in the file."))
    logo_id = None
    if content is not None:
        if content[:8] != _PNG or max(struct.unpack(">II", content[16:24])) > _LARGEST:
            raise Refused(_("A logo is a PNG of {n} pixels at most.").format(n=_LARGEST))
        logo_id = kept.keep(session, content, "image/png")
    session.execute(
        update(Organisation).where(Organisation.id == organisation_id).values(logo_id=logo_id)
    )


def logo(session: Session, organisation_id: int) -> bytes | None:
    """The logo of an organisation, a PNG, if it is known."""
    return session.scalar(
        select(File.content)
        .join(Organisation, Organisation.logo_id == File.id)
        .where(Organisation.id == organisation_id)
    )
