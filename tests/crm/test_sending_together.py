"""Two computers send one mailing from a shared workspace, and its server falls in the middle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from crm import mailings, settings
from crm.db import Database, finish, server
from crm.mailings import Sender
from crm.schema import Account, Delivery
from tests.crm.conftest import sql
from tests.crm.test_mailings import Clock, Pigeon, partners, prepared, status
from tests.postgres import Postgres, postgres


@pytest.fixture
def two(shared: str) -> Iterator[tuple[Database, Database]]:
    here = server.call(server.address(shared), None, "Ana")
    there = server.call(server.address(shared), None, "Paul")
    yield here, there
    here.close()
    there.close()


def test_two_computers_write_once_to_each(two: tuple[Database, Database]) -> None:
    here, there = two
    partners(here, 60)
    mailing = prepared(here)
    pigeons = Pigeon(), Pigeon()

    def go(db: Database, pigeon: Pigeon) -> None:
        finish(mailings.send(db, mailing, Sender(lambda _box: pigeon)))

    with ThreadPoolExecutor(2) as both:
        list(both.map(go, two, pigeons))
    carried = Counter(pigeons[0].carried + pigeons[1].carried)
    assert len(carried) == 60
    assert set(carried.values()) == {1}
    assert status(there, mailing).sent == 60
    with here.read() as session:
        assert mailings.rows_of(session, [mailing])[0].state == "finished"


def test_together_they_stay_within_the_boxs_limit(two: tuple[Database, Database]) -> None:
    here, there = two
    partners(here, 30)
    with here.write("Limit", kind="final") as session:
        session.execute(update(Account).values(per_hour=10))
    mailing = prepared(here)
    clock = Clock()
    walks = [
        mailings.send(db, mailing, Sender(lambda _box: Pigeon(), clock, clock.wait)) for db in two
    ]
    while walks:
        for walk in list(walks):
            if next(walk, None) is None:
                walks.remove(walk)
    with there.read() as session:
        left = sorted(filter(None, session.scalars(select(Delivery.left_at))))
    assert len(left) == 30
    for first, eleventh in zip(left, left[10:], strict=False):
        assert eleventh - first >= timedelta(hours=1)


def test_what_another_computer_is_letting_go_is_not_called_a_doubt(
    two: tuple[Database, Database],
) -> None:
    here, there = two
    partners(here, 2)
    mailing = prepared(here)

    def meanwhile(_address: str) -> None:
        quick = Pigeon()
        walk = mailings.send(there, mailing, Sender(lambda _box: quick))
        next(walk, None)
        assert status(there, mailing).uncertain == 0
        assert status(there, mailing).leaving == 1
        walk.close()
        pigeon.at_hand_over = lambda _address: None

    pigeon = Pigeon(at_hand_over=meanwhile)
    finish(mailings.send(here, mailing, Sender(lambda _box: pigeon)))
    assert status(here, mailing).sent == 2


@pytest.fixture
def falling() -> Iterator[tuple[Postgres, Database]]:
    """A server of this test alone, to be stopped and started, and a workspace on it."""
    with postgres() as started:
        sql(started, "CREATE DATABASE alone")
        url = server.address(started.url("alone"))
        server.found(url, None)
        opened = server.call(url, None, "Ana")
        yield started, opened
        opened.close()


@pytest.mark.parametrize("moment", ["offer", "hand_over"])
def test_a_server_that_falls_while_sending_loses_and_repeats_nothing(
    falling: tuple[Postgres, Database], moment: str
) -> None:
    running, db = falling
    with db.write("Found", kind="final") as session:
        settings.found_workspace(session, association="Collectif Exemple", secretary="Ana")
    partners(db, 6)
    mailing = prepared(db)
    pigeon = Pigeon()
    fallen: list[str] = []

    def fall(address: str) -> None:
        if len(pigeon.carried) == 2 and not fallen:
            fallen.append(address)
            running.stop()

    if moment == "offer":
        pigeon.at_offer = fall
    else:
        pigeon.at_hand_over = fall
    said = []

    def wait(_seconds: float) -> None:
        running.start()

    for step in mailings.send(db, mailing, Sender(lambda _box: pigeon, wait=wait)):
        said.append(step.note)
    assert "the shared workspace does not answer" in said
    assert Counter(Counter(pigeon.carried).values()) == {1: 6}
    found = status(db, mailing)
    assert (found.sent, found.uncertain, found.leaving) == (6, 0, 0)
