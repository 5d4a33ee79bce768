"""The walk that lets letters go, one by one, in the order that can lose nothing (rule 6).

MAIL and RCPT while the copy is still queued; then `leaving` is committed and on the disk; only
then DATA; then the server's answer is committed.  A crash costs us the knowledge of one letter,
never a second letter.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm import appeals
from crm.db import Database, Step
from crm.errors import Refused, Silent, Trouble, Unreachable
from crm.language import _, n_
from crm.letters import Envelope, Letter, Paper, build, compile_letter
from crm.mailings import drafting
from crm.mailings.accounts import AccountLine, server_of
from crm.mailings.claiming import Copy, claim, free_at, let_go, next_copy, put, recover
from crm.mailings.ledger import WAITING, Status, status
from crm.post import Carrier, Dropped, Refusal, Reply
from crm.schema import Delivery, Mailing

BACK_OFF = (5, 15, 30, 60, 120, 240)  # minutes before each new try of one copy
GIVE_UP = timedelta(hours=72)
PATIENCE = (5, 30, 60, 120, 300)  # seconds before each new try of a line that fell
MAILING, ROUND = 1, 2  # what a program that sends is present at
CHOICE = 40  # from how many waiting copies one of several computers draws its next
IN_A_ROW = 3  # refusals of the message itself after which the fault must be ours


@dataclass
class Sender:
    """What sending needs from outside: a line to the server, a clock, and a way to wait."""

    carrier: Callable[[AccountLine], Carrier]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    wait: Callable[[float], None] = time.sleep


_under_way: set[tuple[int, int]] = set()
_guard = threading.Lock()


def send(db: Database, mailing_id: int, sender: Sender) -> Generator[Step, None, None]:
    """Send every copy still waiting.  Stopping between two steps is safe, so is starting again.

    Pauses the mailing and raises when the server does not accept us, or refuses several
    messages in a row for what they are.
    """
    mine = (id(db), mailing_id)
    with _guard:
        if mine in _under_way:
            raise Refused(_("This mailing is already being sent."))
        _under_way.add(mine)
    try:
        round_ = _Round(db, mailing_id, sender)
        with db.presence(ROUND, round_.number):
            try:
                with db.presence(MAILING, mailing_id):
                    yield from round_.steps()
            finally:
                round_.end()
    finally:
        with _guard:
            _under_way.discard(mine)


class _Round:
    """One run of a mailing, from opening the line to closing it."""

    def __init__(self, db: Database, mailing_id: int, sender: Sender) -> None:
        self._db, self._mailing_id, self._sender = db, mailing_id, sender
        self.number = random.randrange(1, 2**31)
        with db.read() as session:
            mailing = drafting.look(session, mailing_id)
            self._box = server_of(session, mailing.account_id)
            self._paper: Paper = drafting.paper_of(session, mailing)
        self._appeal_id = mailing.appeal_id
        if mailing.state == "draft":
            raise Refused(_("This mailing has not been prepared yet."))
        if mailing.state == "stopped":
            raise Refused(_("This mailing was stopped for good."))
        self._letter: Letter = compile_letter(mailing.subject, mailing.body)
        self._line: Carrier | None = None
        self._falls = 0
        self._unwanted = 0
        self._over: set[int] = set()
        self._told = Step(0, 0)
        self._owed: list[Callable[[], None]] = []

    def steps(self) -> Iterator[Step]:
        """Copy after copy, until none waits or somebody pauses."""
        with self._db.write(_("Sending"), kind="ledger") as session:
            recover(session, self._mailing_id, self._of_the_dead())
            set_state(session, self._mailing_id, "sending")
        while True:
            try:
                yield from self._copies()
            except Silent:
                yield from self._until_it_answers()
            else:
                return

    def _copies(self) -> Iterator[Step]:
        while self._is_sending():
            now = self._sender.now()
            copy, until = self._next(now)
            if copy is None:
                if until is None:
                    return
                yield from self._wait(until, _("waiting to try again"))
                continue
            if (free := self._free_at(now)) > now:
                yield from self._wait(free, _("your mailbox's limit is reached"))
                continue
            pause_ = self._one(copy)
            yield self._step()
            if pause_:
                yield from self._wait(self._sender.now() + timedelta(seconds=pause_), "")

    def _until_it_answers(self) -> Iterator[Step]:
        """The shared workspace fell silent: nothing leaves until what is owed is written down."""
        self._hang_up()
        while True:
            yield Step(self._told.done, self._told.total, _("the shared workspace does not answer"))
            self._sender.wait(1)
            with suppress(Silent):
                self._is_sending()
                self._pay()
                return

    def _write(self, *steps: Callable[[Session], object]) -> None:
        """Write lines of the ledger; what a silent workspace does not take is owed to it."""
        self._owed += [partial(self._write_one, step) for step in steps]
        self._pay()

    def _pay(self) -> None:
        while self._owed:
            step = self._owed.pop(0)
            try:
                step()
            except Silent:
                self._owed.insert(0, step)
                raise

    def _write_one(self, step: Callable[[Session], object]) -> None:
        with self._db.write(_("Sending"), kind="ledger") as session:
            step(session)

    def _of_the_dead(self) -> list[int | None]:
        """The rounds that left copies behind and send no more."""
        with self._db.read() as session:
            left = session.scalars(
                select(Delivery.sender).distinct().where(
                    Delivery.mailing_id == self._mailing_id, Delivery.state == "leaving"
                )
            ).all()  # fmt: skip
        return [each for each in left if each is None or not self._db.is_present(ROUND, each)]

    def end(self) -> None:
        """Close the line, and leave the mailing finished or paused, if nobody else sends it."""
        self._hang_up()
        with suppress(Silent):
            self._leave()

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _leave(self) -> None:
        if self._db.is_present(MAILING, self._mailing_id):
            return
        with self._db.write(_("Sending"), kind="ledger") as session:
            now = session.scalar(select(Mailing.state).where(Mailing.id == self._mailing_id))
            if now == "sending":
                done = status(session, self._mailing_id).finished
                set_state(session, self._mailing_id, "finished" if done else "paused")

    def _is_sending(self) -> bool:
        with self._db.read() as session:
            query = select(Mailing.state).where(Mailing.id == self._mailing_id)
            return session.scalar(query) == "sending"

    def _step(self, note: str = "") -> Step:
        with self._db.read() as session:
            found: Status = status(session, self._mailing_id)
        note = note or n_("{n} sent", "{n} sent", found.sent)
        self._told = Step(found.settled, found.recipients, note)
        return self._told

    def _wait(self, until: datetime, note: str) -> Iterator[Step]:
        """Wait in small sips, so that Pause and Stop are heard at once."""
        while self._sender.now() < until and self._is_sending():
            yield self._step(note and f"{note} · {until.astimezone():%H:%M}")
            left = (until - self._sender.now()).total_seconds()
            self._sender.wait(max(0.0, min(0.5, left)))

    def _next(self, now: datetime) -> tuple[Copy | None, datetime | None]:
        with self._db.read() as session:
            return next_copy(session, self._mailing_id, now, CHOICE if self._db.shared else 1)

    def _free_at(self, now: datetime) -> datetime:
        with self._db.read() as session:
            return free_at(session, self._box, now)

    # --- one copy ---------------------------------------------------------------------------

    def _one(self, copy: Copy) -> float:
        """Let one copy go, or note why not; how many seconds to wait before the next."""
        try:
            line = self._open()
            line.offer(self._box.address, copy.address)
        except Refusal as refusal:
            return self._refused_before(copy, refusal)
        except Unreachable as trouble:
            return self._fell(trouble)
        message = self._message(copy)
        try:
            claimed = self._claim(copy, message)
        except Silent:
            self._owed.append(partial(self._let_go, copy))  # not a byte of it has left
            raise
        if not claimed:
            line.withdraw()
            return 0
        try:
            reply = line.hand_over(message)
        except Dropped:
            self._line = None
            self._settle(copy, state="uncertain", reason="dropped")
            return 0
        self._falls = 0
        self._over.clear()
        self._note(copy, reply)
        self._watch(reply)
        return 0

    def _open(self) -> Carrier:
        if self._line is None:
            line = self._sender.carrier(self._box)
            line.open()
            self._line = line
        return self._line

    def _refused_before(self, copy: Copy, refusal: Refusal) -> float:
        reply = refusal.reply
        if self._line is None or reply.reason == "password":
            raise refusal  # the server does not let us in: nothing has left
        ours = reply.reason == "quota" and (not refusal.named or self._full(copy))
        if reply.reason == "closing" or ours:
            return self._fell(Unreachable(refusal.message))
        self._note(copy, reply)
        return 0

    def _full(self, copy: Copy) -> bool:
        """One recipient over quota is theirs; three different ones in a row are ours."""
        self._over.add(copy.id)
        return len(self._over) >= IN_A_ROW

    def _fell(self, trouble: Unreachable) -> float:
        """The line fell before anything left: the copy is still queued."""
        self._hang_up()
        if self._falls >= len(PATIENCE):
            raise trouble
        self._falls += 1
        return PATIENCE[self._falls - 1]

    def _message(self, copy: Copy) -> bytes:
        envelope = Envelope(
            self._box.sender, self._box.address, copy.name, copy.address, copy.message_id
        )
        letter = self._letter.render(copy.fields)
        return build(envelope, letter, self._paper, self._sender.now().astimezone()).as_bytes()

    def _claim(self, copy: Copy, message: bytes) -> bool:
        with self._db.write(_("Sending"), kind="ledger") as session:
            return claim(session, copy, self._box, self.number, self._sender.now(), message)

    def _let_go(self, copy: Copy) -> None:
        with self._db.write(_("Sending"), kind="ledger") as session:
            let_go(session, copy, self.number)

    def _note(self, copy: Copy, reply: Reply) -> None:
        """Write down what the server answered."""
        words = {"reason": reply.reason, "reply": f"{reply.code} {reply.text}"[:500]}
        if reply.accepted:
            self._settle(copy, state="sent", **words)
        elif reply.lasting:
            self._settle(copy, state="refused", **words)
        elif copy.first_tried_at and self._sender.now() - copy.first_tried_at > GIVE_UP:
            self._settle(copy, state="refused", **(words | {"reason": "gave_up"}))
        else:
            minutes = BACK_OFF[min(copy.attempts, len(BACK_OFF) - 1)] * random.uniform(1, 1.2)
            again = self._sender.now() + timedelta(minutes=minutes)
            self._settle(
                copy,
                state="deferred",
                next_try_at=again,
                attempts=copy.attempts + 1,
                first_tried_at=copy.first_tried_at or self._sender.now(),
                **words,
            )

    def _settle(self, copy: Copy, **values: Any) -> None:
        at = self._sender.now()
        steps = [partial(put, delivery_id=copy.id, settled_at=at, **values)]
        if values["state"] == "sent":
            steps.append(partial(self._asked, copy=copy, at=at))
        self._write(*steps)

    def _asked(self, session: Session, copy: Copy, at: datetime) -> None:
        """Whoever a letter about an appeal reached was asked, unless she answered already."""
        if self._appeal_id is None or copy.organisation_id is None:
            return
        appeals.sign(
            session, self._appeal_id, organisation_id=copy.organisation_id, status="asked",
            on=at.date(), channel="email",
        )  # fmt: skip

    def _watch(self, reply: Reply) -> None:
        """Three messages refused in a row for what they are: the fault is ours, stop."""
        ours = reply.reason in ("policy", "too_large") and not reply.accepted
        self._unwanted = self._unwanted + 1 if ours else 0
        if self._unwanted >= IN_A_ROW:
            raise Refused(
                _("Your provider refused three messages in a row for what they contain."),
                hint=_("The mailing is paused. Look at the letter and its attachments."),
            )


def set_state(session: Session, mailing_id: int, state: str) -> None:
    """Move a mailing to another state."""
    session.execute(update(Mailing).where(Mailing.id == mailing_id).values(state=state))


def pause(session: Session, mailing_id: int) -> None:
    """Let no further copy leave until the mailing is sent again.  In a `ledger` write."""
    session.execute(
        update(Mailing)
        .where(Mailing.id == mailing_id, Mailing.state == "sending")
        .values(state="paused")
    )


def stop(session: Session, mailing_id: int) -> int:
    """Stop for good: what has not left never will; how many.  In a `final` write."""
    set_state(session, mailing_id, "stopped")
    ended = session.execute(
        update(Delivery)
        .where(Delivery.mailing_id == mailing_id, Delivery.state.in_(WAITING))
        .values(state="cancelled", reason="stopped", settled_at=datetime.now(UTC))
        .returning(Delivery.id)
    )
    return len(ended.all())


def send_test(carrier: Carrier, message: EmailMessage) -> None:
    """Send one copy to ourselves, outside the ledger; Trouble when it does not leave."""
    carrier.open()
    try:
        address = message["To"].addresses[0].addr_spec
        carrier.offer(address, address)
        reply = carrier.hand_over(message.as_bytes())
        if not reply.accepted:
            raise Trouble(_("The server refused the test: {words}").format(words=reply.text))
    finally:
        carrier.close()
