"""What no carrier, no change of mind and no slow server may do: send twice, or to the wrong one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from crm import contacts, exports, mailings, settings
from crm.contacts import Filter
from crm.db import Database, finish
from crm.errors import Refused, Trouble
from crm.mailings import Sender, Status
from crm.post import Refusal, classify
from crm.schema import Address, Delivery, Person
from tests.crm.test_mailings import Clock, Pigeon, clock, drafted, partners, pigeon, prepared, send

__all__ = ["clock", "pigeon", "send"]
Send = Callable[[int], Status]


def with_person(db: Database) -> None:
    """One organisation reached through a person's own, private address."""
    with db.write("Add") as session:
        settings.change(session, sheet_verified=True)
        body = contacts.add_organisation(session, "Rive Claire")
        person = contacts.add_person(session, "Ana Silva", organisation_id=body)
        contacts.add_address(session, "ana@home.example", person_id=person)
        session.execute(update(Address).values(private=True))
    with db.write("Mailbox", kind="final") as session:
        mailings.keep_account(session, "aube@aube.example", sender="Aube", host="127.0.0.1",
                              port=25, security="none", per_hour=1000)  # fmt: skip


def test_a_person_who_comes_into_danger_gets_nothing_more(
    db: Database, pigeon: Pigeon, send: Send
) -> None:
    with_person(db)
    mailing = prepared(db)
    with db.write("In danger") as session:
        session.execute(update(Person).values(sensitive=True))
    assert send(mailing).skipped == 1
    assert pigeon.carried == []


def test_an_address_set_aside_since_gets_nothing(db: Database, pigeon: Pigeon, send: Send) -> None:
    partners(db, 2)
    mailing = prepared(db)
    with db.write("Set aside") as session:
        session.execute(update(Address).where(Address.id == 1).values(health="set_aside"))
    assert send(mailing).skipped == 1
    assert pigeon.carried == ["c2@rive.example"]


def test_a_persons_address_that_was_set_aside_is_not_chosen(db: Database) -> None:
    with_person(db)
    with db.write("Set aside") as session:
        session.execute(update(Address).values(health="set_aside"))
    with db.read() as session:
        assert mailings.choose(session, Filter()).reasons == {"set_aside": 1}


def test_a_private_address_is_in_no_sheet_of_deliveries(db: Database) -> None:
    with_person(db)
    prepared(db)
    with db.read() as session:
        rows = exports.export(session, "deliveries").rows
    assert "Rive Claire" in repr(rows)
    assert "ana@home.example" not in repr(rows)


def test_a_sensitive_person_is_in_no_sheet_of_deliveries(db: Database) -> None:
    with_person(db)
    prepared(db)
    with db.write("In danger") as session:
        session.execute(update(Person).values(sensitive=True))
    with db.read() as session:
        assert list(exports.export(session, "deliveries").rows) == []


def test_one_full_mailbox_stops_nobody(db: Database, pigeon: Pigeon, send: Send) -> None:
    partners(db, 4)
    refused = {"c2@rive.example": 3}

    def full(address: str) -> None:
        if refused.get(address, 0):
            refused[address] -= 1
            raise Refusal(classify(452, f"<{address}> user is over quota"), named=True)

    pigeon.at_offer = full
    assert send(prepared(db)).sent == 4
    assert pigeon.carried[-1] == "c2@rive.example"


def test_three_recipients_over_quota_in_a_row_are_our_own_limit(
    db: Database, pigeon: Pigeon, clock: Clock, send: Send
) -> None:
    partners(db, 5)

    def full(_address: str) -> None:
        raise Refusal(classify(450, "4.7.0 hourly limit exceeded"), named=True)

    pigeon.at_offer = full
    mailing = prepared(db)
    with pytest.raises(Trouble):
        send(mailing)
    assert pigeon.carried == []


class Days(Clock):
    """Time that passes half an hour at a time."""

    def wait(self, seconds: float) -> None:
        self.now += timedelta(minutes=30)


@pytest.mark.parametrize("after_data", [False, True])
def test_after_three_days_without_success_a_copy_is_given_up(
    db: Database, pigeon: Pigeon, after_data: bool
) -> None:
    partners(db, 1)
    busy = classify(451, "4.3.0 try later")

    def no(_address: str) -> None:
        raise Refusal(busy, named=True)

    if after_data:
        pigeon.at_hand_over = lambda _address: busy
    else:
        pigeon.at_offer = no
    clock = Days()
    began = clock.now
    mailing = prepared(db)
    finish(mailings.send(db, mailing, Sender(lambda _box: pigeon, clock, clock.wait)))
    assert timedelta(days=3) < clock.now - began < timedelta(days=4)
    with db.read() as session:
        assert session.execute(select(Delivery.state, Delivery.reason)).one() == (
            "refused", "gave_up",
        )  # fmt: skip


def test_a_mailing_that_was_not_ready_can_be_sent_once_it_is(
    db: Database, pigeon: Pigeon, send: Send
) -> None:
    partners(db, 1)
    mailing = drafted(db)
    with pytest.raises(Refused, match="not been prepared"):
        send(mailing)
    with db.write("Prepare", kind="final") as session:
        mailings.prepare(session, mailing)
    assert send(mailing).sent == 1


def test_nothing_is_prepared_that_the_check_forbids(db: Database) -> None:
    partners(db, 1)
    with db.write("Invented") as session:
        settings.change(session, invented=True)
        mailings.change_account(session, 1, host="mail.rive.example")
    mailing = drafted(db)
    with pytest.raises(Refused, match="invented"), db.write("P", kind="final") as session:
        mailings.prepare(session, mailing)


def test_a_mailing_stopped_for_good_takes_no_copy_back(
    db: Database, pigeon: Pigeon, send: Send
) -> None:
    partners(db, 2)
    mailing = prepared(db)
    with db.write("Doubt", kind="ledger") as session:
        session.execute(update(Delivery).where(Delivery.id == 1).values(state="uncertain"))
    with db.write("Stop", kind="final") as session:
        mailings.stop(session, mailing)
    with pytest.raises(Refused, match="stopped for good"), db.write("S", kind="final") as session:
        mailings.settle(session, [1], "resend")


def test_a_copy_is_not_corrected_to_an_address_that_gets_one_already(db: Database) -> None:
    partners(db, 2)
    prepared(db)
    with db.write("Refused", kind="ledger") as session:
        session.execute(update(Delivery).where(Delivery.id == 1).values(state="refused"))
    with pytest.raises(Refused, match="already among"), db.write("C", kind="final") as session:
        mailings.correct(session, 1, "c2@rive.example")


def test_somebody_a_letter_was_prepared_for_is_not_removed(db: Database) -> None:
    with_person(db)
    prepared(db)
    with pytest.raises(Refused, match="recipients of a mailing"), db.write("R") as session:
        contacts.remove(session, "person", 1)
