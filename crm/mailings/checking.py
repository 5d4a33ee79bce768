"""Before sending: what must be put right, apart from what is good to know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import post, settings
from crm.errors import Trouble
from crm.language import _, n_
from crm.letters import compile_letter
from crm.mailings import drafting
from crm.mailings.accounts import AccountLine, accounts
from crm.mailings.choosing import Choice, Recipient
from crm.mailings.drafting import Draft
from crm.mailings.filling import fields_of
from crm.schema import Appeal, Delivery

LATELY = timedelta(days=7)
WATCHED = ("mail.ru", "yandex.ru", "yandex.com", "bk.ru", "inbox.ru", "list.ru", "rambler.ru")
"""Providers whose mail a hostile state can read."""
_ATTACHED = re.compile(
    r"ci-joint|pi[èe]ce jointe|en annexe|attached|attachment|enclosed|anbei|im anhang|adjunt"
    r"|allegat|во вложении",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """One thing the check page says; `organisations` are those it can take out."""

    key: str
    sentence: str
    hint: str = ""
    organisations: tuple[int, ...] = ()


@dataclass(frozen=True)
class Checklist:
    """Everything the check page shows."""

    choice: Choice
    to_fix: tuple[Finding, ...]
    to_know: tuple[Finding, ...]
    sender: str
    subject: str
    attachments: tuple[tuple[int, str, int], ...]
    per_hour: int
    minutes: int

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.to_fix


def check(session: Session, mailing_id: int, *, today: date | None = None) -> Checklist:
    """Render every letter, count everybody, and say what is wrong or worth knowing."""
    mailing = drafting.look(session, mailing_id)
    choice = drafting.recipients_of(session, mailing_id)
    boxes = {box.id: box for box in accounts(session)}
    box = boxes.get(mailing.account_id or 0)
    per_hour = box.per_hour if box else 60
    return Checklist(
        choice,
        tuple(_to_fix(session, mailing, choice, box)),
        tuple(_to_know(session, mailing, choice, today or date.today())),
        f"{box.sender} <{box.address}>" if box else "",
        mailing.subject,
        mailing.attachments,
        per_hour,
        max(1, round(len(choice.recipients) * 60 / max(1, per_hour))),
    )


def _to_fix(
    session: Session, mailing: Draft, choice: Choice, box: AccountLine | None
) -> list[Finding]:
    found = []
    chosen = settings.load(session)
    if not choice.recipients:
        found.append(Finding("nobody", _("Nobody would receive this mailing.")))
    if box is None:
        found.append(
            Finding(
                "account", _("No mailbox is set up to send from."), _("Open Settings, My mailbox.")
            )
        )
    elif chosen.invented and not post.is_here(box.host):
        found.append(
            Finding("invented", _("The invented coalition sends nothing outside this computer."))
        )
    if not chosen.sheet_verified and not chosen.invented:
        found.append(
            Finding(
                "sheet",
                _("Your recovery sheet has not been verified."),
                _("Without it or your phrase, nobody could reopen this file."),
            )
        )
    if not mailing.subject.strip():
        found.append(Finding("subject", _("The subject is empty.")))
    if not mailing.body.strip():
        found.append(Finding("body", _("The letter is empty.")))
    return found + _letters(session, mailing, choice.recipients)


def _letters(session: Session, mailing: Draft, recipients: Sequence[Recipient]) -> list[Finding]:
    try:
        letter = compile_letter(mailing.subject, mailing.body)
    except Trouble as trouble:
        return [Finding("letter", trouble.message, trouble.hint)]
    fields = fields_of(session, mailing, recipients)
    wrong: dict[str, list[int]] = {}
    for each in recipients:
        try:
            letter.render(fields[each.organisation_id])
        except Trouble as trouble:
            wrong.setdefault(trouble.message, []).append(each.organisation_id)
    return [
        Finding(
            "field",
            sentence,
            n_("{n} recipient", "{n} recipients", len(organisations)),
            tuple(organisations),
        )
        for sentence, organisations in wrong.items()
    ]


def _to_know(session: Session, mailing: Draft, choice: Choice, today: date) -> list[Finding]:
    found = []
    deadline = session.scalar(select(Appeal.deadline).where(Appeal.id == mailing.appeal_id))
    if deadline is not None and deadline < today:
        found.append(Finding("deadline", _("The deadline of this appeal has passed.")))
    if _ATTACHED.search(mailing.body) and not mailing.attachments:
        found.append(Finding("attached", _("You write of an attachment, but nothing is attached.")))
    nameless = [each.organisation_id for each in choice.recipients if not each.person]
    if nameless and "salutation" in mailing.body:
        sentence = n_(
            "{n} without a person's name: it will read “{greeting}”",
            "{n} without a person's name: they will read “{greeting}”",
            len(nameless),
        )
        found.append(Finding("nameless", sentence.replace("{greeting}", mailing.greeting)))
    return (
        found + _lately(session, choice) + _languages(mailing, choice) + _watched(session, choice)
    )


def _lately(session: Session, choice: Choice) -> list[Finding]:
    since = datetime.now(UTC) - LATELY
    ids = {each.organisation_id for each in choice.recipients}
    query = select(Delivery.organisation_id, Delivery.left_at).where(
        Delivery.left_at > since, Delivery.state.in_(("sent", "uncertain"))
    )
    times = {owner: at for owner, at in session.execute(query) if owner in ids and at is not None}
    if not times:
        return []
    days = max(0, (datetime.now(UTC) - max(times.values())).days)
    sentence = n_(
        "You wrote to {n} of them {when}", "You wrote to {n} of them {when}", len(times)
    ).replace("{when}", n_("{n} day ago", "{n} days ago", days) if days else _("today"))
    return [Finding("lately", sentence, organisations=tuple(sorted(k for k in times if k)))]


def _languages(mailing: Draft, choice: Choice) -> list[Finding]:
    others = [
        each.organisation_id
        for each in choice.recipients
        if each.language and each.language != mailing.language
    ]
    if not others:
        return []
    sentence = n_(
        "{n} recipient reads another language than this letter's",
        "{n} recipients read another language than this letter's",
        len(others),
    )
    return [Finding("language", sentence, organisations=tuple(others))]


def _watched(session: Session, choice: Choice) -> list[Finding]:
    if not settings.load(session).cautious_providers:
        return []
    found = [
        each.organisation_id
        for each in choice.recipients
        if each.address.rsplit("@", 1)[-1].casefold() in WATCHED
    ]
    if not found:
        return []
    sentence = n_(
        "{n} recipient uses mail.ru or yandex.ru; the Russian authorities can read this mail.",
        "{n} recipients use mail.ru or yandex.ru; the Russian authorities can read this mail.",
        len(found),
    )
    return [Finding("watched", sentence, organisations=tuple(found))]
