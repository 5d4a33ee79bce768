"""A mailing while it is being written: its letter, its recipients, its attachments, a preview."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from crm import clashes, kept, settings, words
from crm.contacts import Filter
from crm.errors import Refused
from crm.language import _, speak
from crm.letters import Envelope, Paper, Rendered, build, compile_letter
from crm.mailings.accounts import accounts, server_of
from crm.mailings.choosing import Choice, Recipient, choose
from crm.mailings.filling import fields_of
from crm.schema import Attachment, File, Mailing

MOST_ATTACHED = 20 * 1024 * 1024  # bytes; most servers refuse more than 25 MB in all


@dataclass(frozen=True)
class Draft:
    """Everything about one mailing but its ledger."""

    id: int
    title: str
    subject: str
    body: str
    language: str
    greeting: str
    why: str
    appeal_id: int | None
    account_id: int | None
    where: Filter
    struck: tuple[str, ...]
    state: str
    created_at: datetime
    attachments: tuple[tuple[int, str, int], ...]  # id, name, bytes


def draft(
    session: Session,
    *,
    title: str = "",
    subject: str = "",
    body: str = "",
    language: str = "",
    where: Filter | None = None,
    appeal_id: int | None = None,
    account_id: int | None = None,
    greeting: str = "",
    why: str = "",
) -> int:
    """A new mailing; what is not given comes from the settings."""
    chosen = settings.load(session)
    boxes = accounts(session)
    spoken = language or chosen.language
    made = insert(Mailing).values(
        title=title or _("New mailing"), subject=subject, body=body, language=spoken,
        greeting=greeting or chosen.greeting or speak(spoken, "Hello"), why=why,
        appeal_id=appeal_id, account_id=account_id or (boxes[0].id if boxes else None),
        recipients=(where or Filter()).as_dict(), struck=[], created_at=datetime.now(UTC),
    )  # fmt: skip
    return session.execute(made.returning(Mailing.id)).scalar_one()


def change(
    session: Session, mailing_id: int, *, before: Mapping[str, Any] | None = None, **fields: Any
) -> None:
    """Overwrite some fields of a draft; `where` is its Filter.

    With `before`, the values they were shown with, Clashing is raised for those that somebody
    else has changed since.
    """
    now = look(session, mailing_id)
    if now.state != "draft":
        raise Refused(
            _("This mailing has begun to leave; its letter can no longer change."),
            hint=_("Use it as the model of a new one."),
        )
    if before is not None:
        clashes.refuse(session, "mailing", mailing_id, before=before, now=vars(now), mine=fields)
    if "where" in fields:
        fields["recipients"] = fields.pop("where").as_dict()
    if fields:
        session.execute(update(Mailing).where(Mailing.id == mailing_id).values(**fields))


def strike(session: Session, mailing_id: int, organisations: Sequence[int], *, out: bool) -> None:
    """Strike organisations out of this mailing only, or take them in again."""
    now = set(look(session, mailing_id).struck)
    these = {str(each) for each in organisations}
    change(session, mailing_id, struck=sorted(now | these if out else now - these, key=int))


def duplicate(session: Session, mailing_id: int) -> int:
    """A new draft with the letter, recipients and attachments of this one."""
    old = look(session, mailing_id)
    new = draft(
        session, title=old.title, subject=old.subject, body=old.body, language=old.language,
        where=old.where, appeal_id=old.appeal_id, account_id=old.account_id,
        greeting=old.greeting, why=old.why,
    )  # fmt: skip
    for row in session.execute(
        select(Attachment.file_id, Attachment.name).where(Attachment.mailing_id == mailing_id)
    ).all():
        session.execute(
            insert(Attachment).values(mailing_id=new, file_id=row.file_id, name=row.name)
        )
    return new


def look(session: Session, mailing_id: int) -> Draft:
    """One mailing as it stands."""
    row = session.execute(select(Mailing.__table__).where(Mailing.id == mailing_id)).one_or_none()
    if row is None:
        raise Refused(_("This mailing is no longer in the file."))
    attached = session.execute(
        select(Attachment.id, Attachment.name, File.content)
        .join(File, File.id == Attachment.file_id)
        .where(Attachment.mailing_id == mailing_id)
        .order_by(Attachment.id)
    )
    return Draft(
        row.id, row.title, row.subject, row.body, row.language, row.greeting, row.why,
        row.appeal_id, row.account_id, Filter.from_dict(row.recipients), tuple(row.struck),
        row.state, row.created_at,
        tuple((each.id, each.name, len(each.content)) for each in attached),
    )  # fmt: skip


def attach(session: Session, mailing_id: int, name: str, content: bytes) -> None:
    """Let a file leave with every copy."""
    total = sum(size for _id, _name, size in look(session, mailing_id).attachments)
    if total + len(content) > MOST_ATTACHED:
        raise Refused(
            _("With “{name}” the message would be too large for most mailboxes.").format(name=name),
            hint=_("Give a link to it instead."),
        )
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file_id = kept.keep(session, content, kind)
    session.execute(
        insert(Attachment).values(mailing_id=mailing_id, file_id=file_id, name=words.legible(name))
    )


def detach(session: Session, attachment_id: int) -> None:
    """Take an attachment off."""
    session.execute(delete(Attachment).where(Attachment.id == attachment_id))


def paper_of(session: Session, mailing: Draft) -> Paper:
    """What all copies of a mailing share."""
    attached = session.execute(
        select(Attachment.name, File.content)
        .join(File, File.id == Attachment.file_id)
        .where(Attachment.mailing_id == mailing.id)
        .order_by(Attachment.id)
    )
    association = settings.load(session).association
    return Paper(
        mailing.language, association, mailing.why, [(row.name, row.content) for row in attached]
    )


def recipients_of(session: Session, mailing_id: int) -> Choice:
    """Who a draft would leave for, as the register stands now."""
    mailing = look(session, mailing_id)
    return choose(session, mailing.where, mailing.struck)


def preview(session: Session, mailing_id: int, organisation_id: int) -> Rendered:
    """The letter as this organisation would read it."""
    mailing = look(session, mailing_id)
    letter = compile_letter(mailing.subject, mailing.body)
    only = choose(session, Filter(organisations=(organisation_id,)))
    recipient = only.recipients[0] if only.recipients else _stand_in(only)
    return letter.render(fields_of(session, mailing, [recipient])[recipient.organisation_id])


def _stand_in(choice: Choice) -> Recipient:
    if not choice.aside:
        raise Refused(_("This record is no longer in the file."))
    aside = choice.aside[0]
    return Recipient(aside.organisation_id, None, aside.name, "", "", None, None)


def test_copy(session: Session, mailing_id: int, organisation_id: int) -> EmailMessage:
    """One copy with that organisation's data, addressed to ourselves; outside the ledger."""
    mailing = look(session, mailing_id)
    box = server_of(session, mailing.account_id)
    stamp = f"{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    domain = box.address.rsplit("@", 1)[-1]
    envelope = Envelope(
        box.sender, box.address, box.sender, box.address, f"<test.{stamp}@{domain}>"
    )
    letter = preview(session, mailing_id, organisation_id)
    return build(envelope, letter, paper_of(session, mailing), datetime.now(UTC))
