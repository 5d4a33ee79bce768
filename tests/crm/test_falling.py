"""A server that goes in the middle of long work: nothing is saved, and it is done again whole."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import pytest
from sqlalchemy import event

from crm import contacts, imports
from crm import db as door
from crm.db import Database, Step, server
from crm.errors import Silent
from crm.reading import record as record_reading
from tests.crm.test_history import dump
from tests.crm.test_imports import plan_of
from tests.documents import reading_of, reviewed
from tests.postgres import Postgres

ROWS = [
    (f"Collectif {name} {number}", "France", f"{name} Silva {number}", f"{name}{number}@x.example")
    for number in range(20)
    for name in ("Aube", "Rive", "Horizon")
]


@pytest.fixture
def alone(falling: Postgres) -> Iterator[Database]:
    """The workspace of the server that falls."""
    opened = server.call(server.address(falling.url("alone")), None, "Ana")
    yield opened
    opened.close()


def cut(walk: Generator[Step, None, Any], falling: Postgres, steps: int) -> None:
    """Go that many steps; then the server falls."""
    for _step in range(steps):
        next(walk)
    falling.stop()
    with pytest.raises(Silent, match=r"does not answer\. Nothing of this was saved"):
        door.finish(walk)


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_an_import_the_server_left_is_done_again_whole_and_once(
    falling: Postgres, alone: Database, steps: int
) -> None:
    with alone.write("Add") as session:
        contacts.add_organisation(session, "Collectif Aube 3", country="FR")
        contacts.add_organisation(session, "Colectif Rive 7", country="FR")
    before = dump(alone)
    plan = plan_of(alone, *ROWS)
    for question in plan.questions:
        question.answer = "same"
    cut(alone.carry_out("Import", imports.record, plan), falling, steps)
    falling.start()
    assert dump(alone) == before
    done = door.finish(alone.carry_out("Import", imports.record, plan))
    assert (done.created, done.completed, done.addresses) == (58, 2, 60)
    with alone.read() as session:
        names = [row.name for row in contacts.rows(session, contacts.ids(session))]
    assert len(names) == len(set(names)) == 60
    door.finish(alone.undo())
    assert dump(alone) == before


def test_a_reading_the_server_left_is_recorded_again_whole_and_once(
    falling: Postgres, alone: Database
) -> None:
    before = dump(alone)
    review = reviewed(alone, reading_of("countries_fr"))
    cut(alone.carry_out("Read", record_reading, review), falling, 20)
    falling.start()
    assert dump(alone) == before
    done = door.finish(alone.carry_out("Read", record_reading, review))
    assert (done.organisations, done.already) == (43, 0)
    again = reviewed(alone, reading_of("countries_fr"))
    assert again.counts().recognised == again.counts().read == 43


def test_an_undo_the_server_left_changes_nothing(falling: Postgres, alone: Database) -> None:
    door.finish(alone.carry_out("Import", imports.record, plan_of(alone, *ROWS)))
    before = dump(alone)
    cut(alone.undo(), falling, 1)
    falling.start()
    assert dump(alone) == before
    assert door.finish(alone.undo()) == "Import"


def test_when_the_server_goes_as_it_saves_it_is_not_said_that_nothing_was_saved(
    falling: Postgres, alone: Database
) -> None:
    event.listen(alone._writer, "commit", lambda _line: falling.stop(), once=True)
    with pytest.raises(Silent, match="may have been saved"), alone.write("Add") as session:
        contacts.add_organisation(session, "Foyer Lumière")
    falling.start()
    with alone.read() as session:
        assert contacts.ids(session) == []
