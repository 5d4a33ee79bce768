"""Bytes the workspace keeps, once each: attachments, logos, lists as they left."""

from __future__ import annotations

import hashlib

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from crm.schema import File


def keep(session: Session, content: bytes, media_type: str) -> int:
    """The file with these bytes; the one already there is given back."""
    digest = hashlib.sha256(content).hexdigest()
    known = session.scalar(select(File.id).where(File.sha256 == digest))
    if known is not None:
        return known
    made = insert(File).values(media_type=media_type, sha256=digest, content=content)
    return session.execute(made.returning(File.id)).scalar_one()


def content_of(session: Session, file_id: int) -> bytes:
    """The bytes of a kept file."""
    return session.execute(select(File.content).where(File.id == file_id)).scalar_one()
