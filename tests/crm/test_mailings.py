"""Mailings: who is chosen, what is checked, what became of every copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import func, select, update

from crm import appeals, contacts, mailings, post, privacy, settings
from crm.contacts import Filter
from crm.db import Database, finish
from crm.errors import Refused, Trouble, Unreachable
from crm.mailings import AccountLine, Sender
from crm.post import Dropped, Refusal, Reply, classify
from crm.schema import Delivery, Mailing, Organisation
from tests.post_office import PASSWORD, office


@dataclass
class Pigeon:
    """A carrier at the gate, for faults no real server produces on demand."""

    carried: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    at_open: Callable[[], None] = lambda: None
    at_offer: Callable[[str], None] = lambda _address: None
    at_hand_over: Callable[[str], Reply | None] = lambda _address: None
    now: str = ""

    def open(self) -> None:
        self.at_open()

    def offer(self, sender: str, recipient: str) -> None:
        self.at_offer(recipient)
        self.now = recipient

    def withdraw(self) -> None:
        self.now = ""

    def hand_over(self, message: bytes) -> Reply:
        reply = self.at_hand_over(self.now)
        if reply is None:
            self.carried.append(self.now)
            self.messages.append(message)
        return reply or classify(250, "2.0.0 ok")

    def close(self) -> None:
        pass


class Clock:
    """Time that passes only when somebody waits for it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 21, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=max(1.0, seconds * 20))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pigeon() -> Pigeon:
    return Pigeon()


@pytest.fixture
def send(db: Database, pigeon: Pigeon, clock: Clock) -> Callable[[int], mailings.Status]:
    """Send to the end with the pigeon; what became of it."""

    def send_(mailing_id: int) -> mailings.Status:
        finish(mailings.send(db, mailing_id, Sender(lambda _box: pigeon, clock, clock.wait)))
        return status(db, mailing_id)

    return send_


def status(db: Database, mailing_id: int) -> mailings.Status:
    with db.read() as session:
        return mailings.status(session, mailing_id)


def partners(db: Database, count: int = 5) -> None:
    with db.write("Partners") as session:
        settings.change(session, sheet_verified=True)
        for number in range(1, count + 1):
            each = contacts.add_organisation(session, f"Comité {number}", country="FR")
            contacts.add_address(session, f"c{number}@rive.example", organisation_id=each)
    with db.write("Mailbox", kind="final") as session:
        mailings.keep_account(
            session, "aube@aube.example", sender="Aube", host="127.0.0.1", port=25,
            security="none", per_hour=1000,
        )  # fmt: skip


def drafted(db: Database, where: Filter | None = None, **more: object) -> int:
    with db.write("Draft") as session:
        return mailings.draft(
            session, subject="Pour {{ organisation }}", body="{{ salutation }},\n\nMerci.\n",
            where=where, **more,  # type: ignore[arg-type]
        )  # fmt: skip


def prepared(db: Database, **more: object) -> int:
    made = drafted(db, **more)  # type: ignore[arg-type]
    with db.write("Prepare", kind="final") as session:
        mailings.prepare(session, made)
    return made


# --- choosing -------------------------------------------------------------------------------


def test_chosen_less_aside_is_the_number_of_messages(db: Database) -> None:
    partners(db, 6)
    with db.write("Changes", kind="final") as session:
        privacy.opt_out(session, "C1@rive.example", "by hand")
        contacts.change(session, "organisation", 2, sensitive=True)
        contacts.change(session, "organisation", 3, status="dissolved")
        contacts.change(session, "address", 4, health="set_aside")
        contacts.add_organisation(session, "Sans adresse")
        twin = contacts.add_organisation(session, "Jumelle")
        contacts.add_address(session, "c5@rive.example", organisation_id=twin)
    with db.read() as session:
        choice = mailings.choose(session, Filter())
    assert choice.chosen == 8
    assert [each.address for each in choice.recipients] == ["c5@rive.example", "c6@rive.example"]
    assert choice.reasons == {
        "opted_out": 1, "sensitive": 1, "gone": 1, "set_aside": 1, "no_address": 1, "twice": 1,
    }  # fmt: skip


def test_one_is_struck_out_of_this_mailing_only(db: Database) -> None:
    partners(db)
    mailing = drafted(db)
    with db.write("Strike") as session:
        mailings.strike(session, mailing, [2], out=True)
    with db.read() as session:
        assert mailings.check(session, mailing).choice.reasons == {"struck": 1}
        assert len(mailings.choose(session, Filter()).recipients) == 5


# --- checking -------------------------------------------------------------------------------


def test_a_letter_that_cannot_be_filled_stops_the_mailing(db: Database) -> None:
    partners(db)
    mailing = drafted(db)
    with db.write("Edit") as session:
        mailings.change(session, mailing, body="{{ appeal }}")
    with db.read() as session:
        found = mailings.check(session, mailing)
    assert not found.ready
    assert "“appeal” is empty" in found.to_fix[0].sentence
    assert len(found.to_fix[0].organisations) == 5
    with pytest.raises(Refused), db.write("Prepare", kind="final") as session:
        mailings.prepare(session, mailing)


def test_what_is_worth_knowing_is_said(db: Database) -> None:
    partners(db)
    with db.write("Appeal") as session:
        appeal = appeals.add(session, "Jardins", deadline=date(2026, 1, 1))
        other = contacts.add_organisation(session, "Nord", language="ru")
        contacts.add_address(session, "nord@mail.ru", organisation_id=other)
    mailing = drafted(db, appeal_id=appeal)
    with db.write("Edit") as session:
        mailings.change(session, mailing, body="{{ salutation }}, voyez ci-joint.")
    with db.read() as session:
        keys = {each.key for each in mailings.check(session, mailing).to_know}
    assert keys == {"deadline", "attached", "nameless", "language", "watched"}


@pytest.mark.parametrize(
    ("greeting", "line"), [("Chère Ana", "Chère Ana,"), ("", "Bonjour Ana Silva,")]
)
def test_somebody_is_greeted_as_she_is_usually_greeted(
    db: Database, greeting: str, line: str
) -> None:
    partners(db, 2)
    with db.write("Ana") as session:
        ana = contacts.add_person(session, "Ana Silva", organisation_id=1)
        contacts.change(session, "person", ana, greeting=greeting)
    mailing = drafted(db)
    with db.read() as session:
        first, second = (mailings.preview(session, mailing, each).text for each in (1, 2))
    assert first.startswith(line + "\n")
    assert second.startswith("Bonjour,\n")


def test_nothing_is_said_of_providers_when_she_asked_for_silence(db: Database) -> None:
    partners(db, 1)
    with db.write("Settings") as session:
        settings.change(session, cautious_providers=False)
        contacts.add_address(
            session, "nord@mail.ru", organisation_id=contacts.add_organisation(session, "Nord")
        )
    mailing = drafted(db)
    with db.read() as session:
        keys = [each.key for each in mailings.check(session, mailing).to_know]
    assert "watched" not in keys


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.3.2.1", True),
        ("127.evil.example", False), ("localhost.evil.example", False), ("192.0.2.1", False),
    ],
)  # fmt: skip
def test_the_invented_coalition_writes_to_this_computer_only(
    db: Database, host: str, here: bool
) -> None:
    partners(db, 1)
    with db.write("Mailbox", kind="final") as session:
        settings.change(session, invented=True)
        box = mailings.keep_account(
            session, "autre@aube.example", sender="A", host=host, port=25, security="none"
        )
    mailing = drafted(db, account_id=box)
    with db.read() as session:
        found = [each.key for each in mailings.check(session, mailing).to_fix]
    assert found == ([] if here else ["invented"])


def test_the_first_mailing_waits_for_the_recovery_sheet(db: Database) -> None:
    partners(db)
    with db.write("Settings") as session:
        settings.change(session, sheet_verified=False)
    mailing = drafted(db)
    with db.read() as session:
        to_fix = [each.key for each in mailings.check(session, mailing).to_fix]
    assert to_fix == ([] if db.shared else ["sheet"])  # a server has no key to lose


# --- the ledger -----------------------------------------------------------------------------


def test_every_partner_gets_one_personal_copy(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db)
    mailing = prepared(db)
    found = send(mailing)
    assert (found.sent, found.recipients, found.finished) == (5, 5, True)
    assert sorted(pigeon.carried) == [f"c{n}@rive.example" for n in range(1, 6)]
    subjects = [message_from_bytes(m, policy=policy.default)["Subject"] for m in pigeon.messages]
    assert sorted(subjects) == [f"Pour Comité {n}" for n in range(1, 6)]
    with db.read() as session:
        assert mailings.look(session, mailing).state == "finished"


def test_whoever_a_letter_reached_was_asked_and_who_had_answered_has_answered(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db, 3)
    with db.write("Appeal") as session:
        appeal = appeals.add(session, "Jardins")
        appeals.sign(session, appeal, organisation_id=1)

    def refuse(address: str) -> None:
        if address.startswith("c3"):
            raise Refusal(classify(550, "5.1.1 no such user"))

    pigeon.at_offer = refuse
    send(prepared(db, appeal_id=appeal))
    with db.read() as session:
        counts = appeals.counts(session, appeal)
        assert (counts.signed, counts.asked, counts.total) == (1, 1, 2)
        assert appeals.silent(session, appeal) == [2]


def test_sending_again_sends_nothing_twice(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db)
    mailing = prepared(db)
    send(mailing)
    send(mailing)
    assert len(pigeon.carried) == 5


def test_one_bad_address_stops_nobody(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db)

    def refuse(address: str) -> None:
        if address.startswith("c3"):
            raise Refusal(classify(550, "5.1.1 no such user"))

    pigeon.at_offer = refuse
    mailing = prepared(db)
    found = send(mailing)
    assert (found.sent, found.refused) == (4, 1)
    with db.read() as session:
        (row,) = mailings.rows(session, mailings.delivery_ids(session, mailing, states=["refused"]))
    assert post.REASONS[row.reason or ""] == "this address no longer exists"


def test_a_corrected_address_finishes_the_same_mailing(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db, 1)
    pigeon.at_hand_over = lambda address: (
        classify(550, "5.1.1 nobody") if address == "c1@rive.example" else None
    )
    mailing = prepared(db)
    assert send(mailing).refused == 1
    with db.write("Correct", kind="final") as session:
        (refused,) = mailings.delivery_ids(session, mailing, states=["refused"])
        mailings.correct(session, refused, "new@rive.example")
    assert send(mailing).sent == 1
    assert pigeon.carried == ["new@rive.example"]


def test_a_server_that_asks_to_wait_is_tried_again_later(
    db: Database, pigeon: Pigeon, clock: Clock, send: Callable[[int], mailings.Status]
) -> None:
    partners(db, 2)
    begun, tries = clock.now, []

    def grey(address: str) -> Reply | None:
        tries.append(address)
        return classify(450, "4.7.1 greylisted") if tries.count(address) < 3 else None

    pigeon.at_hand_over = grey
    assert send(prepared(db)).sent == 2
    assert clock.now - begun >= timedelta(minutes=20)


def test_a_line_cut_after_the_message_is_uncertain_and_settled_by_hand(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db, 3)

    def drop(address: str) -> Reply | None:
        if address.startswith("c2"):
            raise Dropped("cut")
        return None

    pigeon.at_hand_over = drop
    mailing = prepared(db)
    found = send(mailing)
    assert (found.sent, found.uncertain, found.finished) == (2, 1, True)
    with db.read() as session:
        (doubt,) = mailings.delivery_ids(session, mailing, states=["uncertain"])
        kept = session.scalar(select(Delivery.message_id).where(Delivery.id == doubt))
    pigeon.at_hand_over = lambda _address: None
    with db.write("Settle", kind="final") as session:
        mailings.settle(session, [doubt], "resend")
    assert send(mailing).sent == 3
    assert message_from_bytes(pigeon.messages[-1])["Message-ID"] == kept


def test_what_was_leaving_at_a_crash_is_never_sent_by_itself(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db, 3)
    mailing = prepared(db)
    with db.write("Crash", kind="ledger") as session:
        first = session.scalar(select(func.min(Delivery.id)))
        session.execute(update(Delivery).where(Delivery.id == first).values(state="leaving"))
    found = send(mailing)
    assert (found.sent, found.uncertain) == (2, 1)
    assert "c1@rive.example" not in pigeon.carried


def test_a_wish_to_be_left_alone_is_heard_until_the_last_moment(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db, 3)
    mailing = prepared(db)
    with db.write("Stop", kind="final") as session:
        privacy.opt_out(session, "c2@rive.example", "by hand")
        session.execute(update(Organisation).where(Organisation.id == 3).values(sensitive=True))
    found = send(mailing)
    assert (found.sent, found.skipped) == (1, 2)
    assert pigeon.carried == ["c1@rive.example"]


def test_a_wrong_password_stops_at_once_and_loses_nothing(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db)
    opened = []

    def shut() -> None:
        opened.append(1)
        raise Refusal(classify(535, "5.7.8 no"), "The server did not accept this user name.")

    pigeon.at_open = shut
    mailing = prepared(db)
    with pytest.raises(Trouble, match="did not accept"):
        send(mailing)
    assert len(opened) == 1
    assert status(db, mailing).queued == 5
    with db.read() as session:
        assert mailings.look(session, mailing).state == "paused"


def test_a_line_that_is_down_for_a_minute_loses_nothing(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db)
    down = [1, 1, 1]

    def sometimes() -> None:
        if down:
            down.pop()
            raise Unreachable("No route.")

    pigeon.at_open = sometimes
    assert send(prepared(db)).sent == 5


def test_three_messages_refused_for_what_they_are_pause_the_mailing(
    db: Database, pigeon: Pigeon, send: Callable[[int], mailings.Status]
) -> None:
    partners(db)
    pigeon.at_hand_over = lambda _address: classify(554, "5.7.1 spam")
    mailing = prepared(db)
    with pytest.raises(Refused, match="three messages in a row"):
        send(mailing)
    found = status(db, mailing)
    assert (found.refused, found.queued) == (3, 2)


def test_no_hour_ever_holds_more_than_the_mailbox_may_send(
    db: Database, clock: Clock, send: Callable[[int], mailings.Status]
) -> None:
    partners(db, 7)
    with db.write("Limit", kind="final") as session:
        mailings.change_account(session, 1, per_hour=3)
    assert send(prepared(db)).sent == 7
    with db.read() as session:
        times = sorted(at for at in session.scalars(select(Delivery.left_at)) if at)
    for at in times:
        assert sum(at <= other < at + timedelta(hours=1) for other in times) <= 3


def test_pause_is_heard_between_two_copies_and_resuming_goes_on(
    db: Database, pigeon: Pigeon, clock: Clock, send: Callable[[int], mailings.Status]
) -> None:
    partners(db)
    mailing = prepared(db)
    walk = mailings.send(db, mailing, Sender(lambda _box: pigeon, clock, clock.wait))
    next(walk)
    with db.write("Pause", kind="ledger") as session:
        mailings.pause(session, mailing)
    finish(walk)
    assert len(pigeon.carried) == 1
    assert send(mailing).sent == 5


def test_stopping_for_good_says_how_many_will_not_leave(
    db: Database, pigeon: Pigeon, clock: Clock, send: Callable[[int], mailings.Status]
) -> None:
    partners(db)
    mailing = prepared(db)
    walk = mailings.send(db, mailing, Sender(lambda _box: pigeon, clock, clock.wait))
    next(walk)
    with db.write("Stop", kind="final") as session:
        assert mailings.stop(session, mailing) == 4
    finish(walk)
    found = status(db, mailing)
    assert (found.sent, found.cancelled, found.finished) == (1, 4, True)
    with pytest.raises(Refused, match="stopped for good"):
        send(mailing)


def test_the_same_mailing_is_not_sent_twice_at_once(
    db: Database, pigeon: Pigeon, clock: Clock, send: Callable[[int], mailings.Status]
) -> None:
    partners(db)
    mailing = prepared(db)
    walk = mailings.send(db, mailing, Sender(lambda _box: pigeon, clock, clock.wait))
    next(walk)
    with pytest.raises(Refused, match="already being sent"):
        send(mailing)
    walk.close()
    assert send(mailing).sent == 5


def test_a_letter_that_has_begun_to_leave_cannot_change(db: Database) -> None:
    partners(db)
    mailing = prepared(db)
    with pytest.raises(Refused, match="begun to leave"), db.write("Edit") as session:
        mailings.change(session, mailing, subject="Autre")
    with db.write("Again") as session:
        copy = mailings.duplicate(session, mailing)
        assert session.scalar(select(Mailing.state).where(Mailing.id == copy)) == "draft"


def test_a_test_copy_goes_to_ourselves_alone(db: Database, pigeon: Pigeon) -> None:
    partners(db)
    mailing = drafted(db)
    with db.read() as session:
        message = mailings.test_copy(session, mailing, 3)
    mailings.send_test(pigeon, message)
    assert pigeon.carried == ["aube@aube.example"]
    assert message["Subject"] == "Pour Comité 3"


def test_a_mailing_leaves_through_a_real_server_with_its_attachment(db: Database) -> None:
    partners(db)
    with office() as there:
        with db.write("Mailbox", kind="final") as session:
            mailings.change_account(
                session, 1, host=there.server.host, port=there.server.port, security="starttls",
                username=there.server.username, trusted_ca=there.server.trusted_ca,
            )  # fmt: skip
        mailing = drafted(db)
        with db.write("Attach") as session:
            mailings.attach(session, mailing, "lettre.pdf", b"%PDF-1.7")
        with db.write("Prepare", kind="final") as session:
            mailings.prepare(session, mailing)

        def carrier(box: AccountLine) -> post.SmtpCarrier:
            return post.SmtpCarrier(box.server, PASSWORD)

        finish(mailings.send(db, mailing, Sender(carrier)))
    assert sorted(address for address, _message in there.received) == [
        f"c{n}@rive.example" for n in range(1, 6)
    ]
    read = message_from_bytes(there.received[0][1], policy=policy.default)
    assert [each.get_filename() for each in read.iter_attachments()] == ["lettre.pdf"]


@pytest.mark.parametrize(
    "wrong", [{"address": "pas une adresse"}, {"port": 70000}, {"port": 0}, {"per_hour": 0}]
)
def test_a_mailbox_that_cannot_be_one_is_not_kept(db: Database, wrong: dict[str, object]) -> None:
    good = {"address": "aube@aube.example", "sender": "Aube", "host": "mail.aube.example"}
    with pytest.raises(Refused), db.write("Mailbox", kind="final") as session:
        mailings.keep_account(session, **(good | wrong))  # type: ignore[arg-type]
    with db.read() as session:
        assert mailings.accounts(session) == []
