"""The letter of an appeal as it is written: begun from another, changed, kept with the appeal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm import clashes, letters, settings
from crm.addressees.wording import LANGUAGES
from crm.errors import Refused
from crm.language import _
from crm.letters import ReadyLetter
from crm.schema import Appeal, Letter


@dataclass(frozen=True)
class Written:
    """A letter as it is kept: one text, with fields, for all the addressees."""

    id: int
    appeal_id: int
    language: str
    place: str
    dated_on: date | None
    subject: str
    body: str
    form: str  # of the list of signatories, or "" for none
    annex: bool


def begin(session: Session, appeal_id: int, *, starter: str = "", language: str = "") -> int:
    """A new letter for this appeal, from one of the starters: today, from where it was issued."""
    appeal = session.execute(
        select(Appeal.place, Appeal.language).where(Appeal.id == appeal_id)
    ).one_or_none()
    if appeal is None:
        raise Refused(_("This appeal is no longer in the file."))
    spoken = language or appeal.language or settings.load(session).language
    ready = letters.ready_letters(spoken, "printed")
    model = next((each for each in ready if each.key == starter), ready[0])
    before = of_appeal(session, appeal_id)
    made = insert(Letter).values(
        appeal_id=appeal_id, language=spoken if spoken in LANGUAGES else model.language,
        place=before[-1].place if before else appeal.place or "", dated_on=date.today(),
        subject=model.subject, body=model.body, form=before[-1].form if before else "list",
        annex=before[-1].annex if before else False,
    )  # fmt: skip
    return session.execute(made.returning(Letter.id)).scalar_one()


def read(session: Session, letter_id: int) -> Written:
    """One letter as it stands."""
    row = session.execute(_query().where(Letter.id == letter_id)).one_or_none()
    if row is None:
        raise Refused(_("This letter is no longer in the file."))
    return Written(*row)


def of_appeal(session: Session, appeal_id: int) -> list[Written]:
    """The letters of an appeal, oldest first: the first one, then the reminders."""
    query = _query().where(Letter.appeal_id == appeal_id).order_by(Letter.id)
    return [Written(*row) for row in session.execute(query)]


def rewrite(
    session: Session, letter_id: int, *, before: Mapping[str, Any] | None = None, **fields: Any
) -> None:
    """Overwrite some fields of a letter.

    With `before`, the values they were shown with, Clashing is raised for those that somebody
    else has changed since.
    """
    now = vars(read(session, letter_id))
    if before is not None:
        clashes.refuse(session, "letter", letter_id, before=before, now=now, mine=fields)
    if fields:
        session.execute(update(Letter).where(Letter.id == letter_id).values(**fields))


def like(session: Session, letter_id: int, model: ReadyLetter | Written) -> None:
    """Take another letter's words; the place, the day and the list stay."""
    rewrite(
        session, letter_id, subject=model.subject, body=model.body,
        language=model.language if model.language in LANGUAGES else "en",
    )  # fmt: skip


def models(session: Session, appeal_id: int) -> list[tuple[Written, str]]:
    """The letters of the other appeals, newest first, each with its appeal's title."""
    query = (
        _query()
        .add_columns(Appeal.title)
        .join(Appeal, Appeal.id == Letter.appeal_id)
        .where(Letter.appeal_id != appeal_id)
        .order_by(Letter.id.desc())
    )
    return [(Written(*row[:-1]), row[-1]) for row in session.execute(query)]


def _query() -> Any:
    return select(*(getattr(Letter, name) for name in Written.__dataclass_fields__))
