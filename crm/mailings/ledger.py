"""The ledger: one line for each recipient, and what became of it (rule 6)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from crm.contacts import normal_address
from crm.errors import Refused
from crm.language import _
from crm.letters import compile_letter
from crm.mailings import drafting
from crm.mailings.accounts import server_of
from crm.mailings.checking import check
from crm.mailings.filling import fields_of
from crm.schema import Delivery, Mailing

FINISHED = ("sent", "refused", "uncertain", "skipped", "cancelled")
WAITING = ("queued", "deferred")


@dataclass(frozen=True)
class Status:
    """Where every copy of a mailing stands; the states add up to `recipients`."""

    recipients: int = 0
    queued: int = 0
    leaving: int = 0
    sent: int = 0
    refused: int = 0
    deferred: int = 0
    uncertain: int = 0
    skipped: int = 0
    cancelled: int = 0

    @property
    def settled(self) -> int:
        """Those nothing more will happen to by itself."""
        return self.sent + self.refused + self.uncertain + self.skipped + self.cancelled

    @property
    def finished(self) -> bool:
        """Whether every copy is settled."""
        return self.recipients > 0 and self.settled == self.recipients


@dataclass(frozen=True)
class MailingRow:
    """What the list of mailings shows of one."""

    id: int
    title: str
    subject: str
    state: str
    created_at: datetime
    appeal_id: int | None
    status: Status


@dataclass(frozen=True)
class DeliveryRow:
    """What a mailing's table shows of one copy."""

    id: int
    name: str
    address: str
    state: str
    reason: str | None
    reply: str | None
    attempts: int
    next_try_at: datetime | None
    left_at: datetime | None


def prepare(session: Session, mailing_id: int) -> int:
    """Freeze the recipients of a draft, each with its fields and its Message-ID; how many.

    Every letter is rendered first, so that a mailing which begins can be finished.  Inside
    `db.write(..., kind="final")`.
    """
    mailing = drafting.look(session, mailing_id)
    if mailing.state != "draft":
        raise Refused(_("This mailing has already been prepared."))
    found = check(session, mailing_id)
    # The window asks for the sheet; a server that sends while nobody looks on cannot.
    stops = [each for each in found.to_fix if each.key != "sheet"]
    if stops:
        raise Refused(stops[0].sentence, hint=stops[0].hint)
    box = server_of(session, mailing.account_id)
    choice = found.choice
    letter = compile_letter(mailing.subject, mailing.body)
    fields = fields_of(session, mailing, choice.recipients)
    for each in choice.recipients:
        letter.render(fields[each.organisation_id])
    domain = box.address.rsplit("@", 1)[-1]
    session.execute(
        insert(Delivery),
        [
            {
                "mailing_id": mailing_id,
                "account_id": box.id,
                "organisation_id": each.organisation_id,
                "person_id": each.person_id,
                "name": each.name,
                "address": each.address,
                "address_key": each.address.casefold(),
                "fields": fields[each.organisation_id],
                "state": "queued",
                "message_id": f"<{secrets.token_hex(12)}@{domain}>",
                "attempts": 0,
            }
            for each in choice.recipients
        ],
    )
    session.execute(update(Mailing).where(Mailing.id == mailing_id).values(state="paused"))
    return len(choice.recipients)


def status(session: Session, mailing_id: int) -> Status:
    """Where every copy of a mailing stands."""
    return _statuses(session, [mailing_id]).get(mailing_id, Status())


def _statuses(session: Session, mailings: Sequence[int]) -> dict[int, Status]:
    query = (
        select(Delivery.mailing_id, Delivery.state, func.count())
        .where(Delivery.mailing_id.in_(mailings))
        .group_by(Delivery.mailing_id, Delivery.state)
    )
    found: dict[int, dict[str, int]] = {}
    for mailing_id, state, count in session.execute(query):
        found.setdefault(mailing_id, {})[state] = count
    return {
        mailing_id: Status(recipients=sum(each.values()), **each)
        for mailing_id, each in found.items()
    }


def ids(session: Session) -> list[int]:
    """Every mailing, newest first."""
    return list(session.scalars(select(Mailing.id).order_by(Mailing.id.desc())))


def rows_of(session: Session, ids: Sequence[int]) -> list[MailingRow]:
    """What the list of mailings shows of these, in the order asked."""
    counted = _statuses(session, ids)
    query = select(
        Mailing.id, Mailing.title, Mailing.subject, Mailing.state, Mailing.created_at,
        Mailing.appeal_id,
    ).where(Mailing.id.in_(ids))  # fmt: skip
    made = {
        row.id: MailingRow(**row._mapping, status=counted.get(row.id, Status()))
        for row in session.execute(query)
    }
    return [made[each] for each in ids if each in made]


_COLUMNS = (
    Delivery.id, Delivery.name, Delivery.address, Delivery.state, Delivery.reason, Delivery.reply,
    Delivery.attempts, Delivery.next_try_at, Delivery.left_at,
)  # fmt: skip


def delivery_ids(
    session: Session, mailing_id: int, *, states: Sequence[str] = (), order: str = "id"
) -> list[int]:
    """The copies of a mailing, doubts and refusals first when `order` is "state"."""
    query = select(Delivery.id).where(Delivery.mailing_id == mailing_id)
    if states:
        query = query.where(Delivery.state.in_(states))
    columns: dict[str, Any] = {
        "name": func.lower(Delivery.name), "address": Delivery.address_key,
        "state": Delivery.state, "left_at": Delivery.left_at,
    }  # fmt: skip
    column = columns.get(order.lstrip("-"), Delivery.id)
    # What has no date stands first, on both engines.
    first = column.desc().nulls_last() if order[0] == "-" else column.asc().nulls_first()
    ordered = query.order_by(first, Delivery.id)
    return list(session.scalars(ordered))


def rows(session: Session, ids: Sequence[int]) -> list[DeliveryRow]:
    """What a mailing's table shows of these copies, in the order asked."""
    query = select(*_COLUMNS).where(Delivery.id.in_(ids))
    made = {row.id: DeliveryRow(**row._mapping) for row in session.execute(query)}
    return [made[each] for each in ids if each in made]


def settle(session: Session, deliveries: Sequence[int], how: str) -> int:
    """Settle doubts by hand: "received" counts them as sent, "resend" queues them again.

    A copy sent again keeps its Message-ID, so that mailboxes which look show it once.
    """
    ways: dict[str, dict[str, Any]] = {
        "received": {"state": "sent", "reason": "received", "settled_at": datetime.now(UTC)},
        "resend": {"state": "queued", "reason": None, "reply": None, "next_try_at": None},
    }
    if how == "resend":
        _refuse_if_stopped(session, deliveries)
    done = session.execute(
        update(Delivery)
        .where(Delivery.id.in_(deliveries), Delivery.state == "uncertain")
        .values(**ways[how])
        .returning(Delivery.mailing_id)
    ).scalars().all()  # fmt: skip
    if how == "resend":
        reopen(session, set(done))
    return len(done)


def correct(session: Session, delivery_id: int, address: str) -> None:
    """Give a refused copy another address, and queue it again."""
    fresh = normal_address(address)
    _refuse_if_stopped(session, [delivery_id])
    there = select(Delivery.id).where(
        Delivery.mailing_id.in_(select(Delivery.mailing_id).where(Delivery.id == delivery_id)),
        Delivery.address_key == fresh.casefold(),
        Delivery.id != delivery_id,
    )
    if session.scalar(there) is not None:
        raise Refused(_("This address is already among the recipients of this mailing."))
    moved = session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.state.in_(("refused", "deferred")))
        .values(address=fresh, address_key=fresh.casefold(), state="queued", reason=None)
        .returning(Delivery.mailing_id)
    ).scalars().all()  # fmt: skip
    if not moved:
        raise Refused(_("Only a copy that was refused can go to another address."))
    reopen(session, set(moved))


def _refuse_if_stopped(session: Session, deliveries: Sequence[int]) -> None:
    stopped = (
        select(Mailing.id)
        .join(Delivery, Delivery.mailing_id == Mailing.id)
        .where(Delivery.id.in_(deliveries), Mailing.state == "stopped")
    )
    if session.scalar(stopped.limit(1)) is not None:
        raise Refused(
            _("This mailing was stopped for good."),
            hint=_("Duplicate it to write to them again."),
        )


def reopen(session: Session, mailings: set[int]) -> None:
    """A finished mailing with a copy to send again is under way again, paused."""
    session.execute(
        update(Mailing)
        .where(Mailing.id.in_(mailings), Mailing.state == "finished")
        .values(state="paused")
    )
