"""“Note an answer”: half of them come by telephone, by messenger or at a meeting."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from crm import contacts, words
from crm.appeals.signing import sign, signature_of
from crm.appeals.vocabulary import SAID
from crm.errors import Refused
from crm.language import _
from crm.schema import Answer, Name, Organisation


def note_answer(
    session: Session,
    appeal_id: int,
    said: str,
    *,
    organisation_id: int | None = None,
    person_id: int | None = None,
    new: str = "",
    country: str | None = None,
    name: str | None = None,
    article: str = "",
    on: date | None = None,
    channel: str | None = None,
    with_whom: str | None = None,
    note: str | None = None,
    unnamed: bool = False,
) -> int:
    """What somebody answered to an appeal: signs, promises, declines, or asks a question.

    `new` is the name of an organisation that may not be in the register yet; `name` the one to
    print.  A question leaves the answer where it stood and is kept among the steps.
    """
    if said not in SAID:
        raise Refused(_("“{status}” is not an answer.").format(status=said))
    if organisation_id is None and person_id is None:
        organisation_id = _called(session, new, country)
    status = SAID[said]
    before = signature_of(session, appeal_id, organisation_id=organisation_id, person_id=person_id)
    signature_id = sign(
        session, appeal_id, organisation_id=organisation_id, person_id=person_id, status=status,
        on=on, name=name, article=article, channel=channel, with_whom=with_whom, note=note,
        unnamed=unnamed,
    )  # fmt: skip
    if said == "question" and before is not None:
        session.execute(
            insert(Answer).values(
                signature_id=signature_id, status=status, on=on or date.today(), channel=channel,
                with_whom=with_whom, note=note,
            )
        )  # fmt: skip
    return signature_id


def _called(session: Session, name: str, country: str | None) -> int:
    """The one organisation of this very name, in this country if one is given; else a new one."""
    key = words.identity(name)
    if not key:
        raise Refused(_("Say who answers."))
    query = (
        select(Name.organisation_id)
        .join(Organisation, Organisation.id == Name.organisation_id)
        .where(Name.key == key, Organisation.merged_into_id.is_(None))
    )
    if country is not None:
        query = query.where(Organisation.country == country)
    found = session.scalars(query.distinct().limit(2)).all()
    if len(found) > 1:
        raise Refused(
            _("Several organisations are called “{name}”.").format(name=name),
            hint=_("Choose one of them in the list."),
        )
    return found[0] if found else contacts.add_organisation(session, name, country=country)
