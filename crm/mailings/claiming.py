"""Who may let a copy go, and when: the one transaction before the bytes leave (rules 6 and 8).

Several computers may claim from one ledger: each row goes to one of them, and together they
stay within the box's limits.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from crm import privacy
from crm.mailings.accounts import AccountLine
from crm.mailings.ledger import WAITING
from crm.schema import Delivery, Mailing


@dataclass(frozen=True)
class Copy:
    """A copy that waits to leave."""

    id: int
    name: str
    address: str
    fields: dict[str, Any]
    message_id: str
    attempts: int
    organisation_id: int | None
    first_tried_at: datetime | None
    left_at: datetime | None
    person_id: int | None


def next_copy(
    session: Session, mailing_id: int, now: datetime, choice: int = 1
) -> tuple[Copy | None, datetime | None]:
    """A copy that may leave now, drawn from the first `choice`; else when to look again.

    (None, None): none waits any more.
    """
    columns = (
        Delivery.id, Delivery.name, Delivery.address, Delivery.fields, Delivery.message_id,
        Delivery.attempts, Delivery.organisation_id, Delivery.first_tried_at,
        Delivery.left_at, Delivery.person_id,
    )  # fmt: skip
    waiting = (Delivery.mailing_id == mailing_id, Delivery.state.in_(WAITING))
    due = or_(Delivery.next_try_at.is_(None), Delivery.next_try_at <= now)
    rows = session.execute(
        select(*columns).where(*waiting, due).order_by(Delivery.id).limit(choice)
    ).all()
    if rows:
        return Copy(**random.choice(rows)._mapping), None
    return None, session.scalar(select(func.min(Delivery.next_try_at)).where(*waiting))


def claim(
    session: Session, copy: Copy, box: AccountLine, number: int, at: datetime, message: bytes
) -> bool:
    """Write `leaving` for the round of this number; False when the copy must not leave now."""
    now = session.execute(
        select(Delivery.state, Mailing.state.label("mailing"))
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(Delivery.id == copy.id)
        .with_for_update(skip_locked=True, of=Delivery)
    ).one_or_none()
    if now is None or now.state not in WAITING or now.mailing != "sending":
        return False
    if free_at(session, box, at) > at:
        return False
    if reason := privacy.why_not(
        session, copy.address, organisation_id=copy.organisation_id, person_id=copy.person_id
    ):
        put(session, copy.id, state="skipped", reason=reason, settled_at=datetime.now(UTC))
        return False
    put(
        session, copy.id, state="leaving", left_at=at, reason=None, sender=number,
        attempts=copy.attempts + 1, first_tried_at=copy.first_tried_at or at,
        sha256=hashlib.sha256(message).hexdigest(),
    )  # fmt: skip
    return True


def let_go(session: Session, copy: Copy, number: int) -> None:
    """Take back a claim of which nobody knows whether it was written; nothing of it has left."""
    session.execute(
        update(Delivery)
        .where(Delivery.id == copy.id, Delivery.state == "leaving", Delivery.sender == number)
        .values(state="queued", left_at=copy.left_at, attempts=copy.attempts)
    )


def put(session: Session, delivery_id: int, **values: Any) -> None:
    """Write down what became of a copy."""
    session.execute(update(Delivery).where(Delivery.id == delivery_id).values(**values))


def free_at(session: Session, box: AccountLine, now: datetime) -> datetime:
    """When the box's limits let the next message through: windows slide over the ledger."""
    free = now
    for most, span in ((box.per_hour, timedelta(hours=1)), (box.per_day, timedelta(days=1))):
        if not most:
            continue
        left = select(Delivery.left_at).where(
            Delivery.account_id == box.id, Delivery.left_at > now - span
        )
        recent = left.order_by(Delivery.left_at.desc()).offset(most - 1).limit(1)
        oldest = session.scalar(recent)
        if oldest is not None:
            free = max(free, oldest + span)
    return free


def recover(session: Session, mailing_id: int, rounds: Sequence[int | None]) -> int:
    """What rounds that died let leave is uncertain, and never sent again by itself."""
    theirs = or_(Delivery.sender.in_(rounds), Delivery.sender.is_(None))
    left = session.execute(
        update(Delivery)
        .where(Delivery.mailing_id == mailing_id, Delivery.state == "leaving", theirs)
        .values(state="uncertain", reason="crashed", settled_at=datetime.now(UTC))
        .returning(Delivery.id)
    )
    return len(left.all())
