"""A workspace moves to a server and back: nothing is lost, nothing is numbered anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from crm import appeals, contacts, history, privacy
from crm import db as door
from crm.db import Database, moving, server
from crm.errors import Refused
from crm.schema import Base
from tests.conftest import KEY


def dump(db: Database) -> dict[str, Any]:
    """Every row of every table, and the ids to come."""
    with db.read() as session:
        rows = {
            table.name: [tuple(row) for row in session.execute(select(table).order_by("id"))]
            for table in Base.metadata.sorted_tables
        }
        ids = {t.name: moving._counted(session, t) for t in Base.metadata.sorted_tables}
    return {"rows": rows, "ids": ids}


def fill(db: Database) -> None:
    """A little of everything, with sections pointing at later rows and a hole in the ids."""
    with db.write("Add") as session:
        section = contacts.add_organisation(session, "Ligue Horizon – Port-Clair", country="FR")
        parent = contacts.add_organisation(session, "Ligue Horizon", country="FR", language="fr")
        contacts.change(session, "organisation", section, parent_id=parent)
        contacts.add_address(session, "ana@horizon.example", organisation_id=parent)
        contacts.add_person(session, "Ана Сильва", organisation_id=parent, role="présidente")
        appeal = appeals.add(session, "Open the “rivers”\n2026", kind="appeal")
        appeals.sign(session, appeal, organisation_id=parent, status="signed")
    with db.write("Add another") as session:
        contacts.add_organisation(session, "Foyer Lumière")
    door.finish(db.undo())
    with db.write("Peace", kind="final") as session:
        privacy.opt_out(session, "paul@horizon.example", "by hand")


def moved(source: Database, target: Database) -> None:
    door.finish(moving.copy_all(source, target))


def test_to_a_server_and_back_every_row_the_journal_and_the_ids_are_equal(
    file: Database, empty_server: Database, tmp_path: Path
) -> None:
    fill(file)
    moved(file, empty_server)
    assert dump(empty_server) == dump(file)
    back = door.create(tmp_path / "back.cosigne", KEY)
    moved(empty_server, back)
    assert dump(back) == dump(file)
    assert back.faults() == []
    back.close()


def test_what_was_done_before_the_move_is_undone_after_it(
    file: Database, empty_server: Database
) -> None:
    before = dump(file)["rows"]["organisation"]
    with file.write("Add") as session:
        contacts.add_organisation(session, "Ligue Horizon", country="FR")
    moved(file, empty_server)
    with empty_server.read() as session:
        last = history.to_undo(session)
    assert last is not None
    door.finish(empty_server.undo(last.id))
    assert dump(empty_server)["rows"]["organisation"] == before


def test_a_place_that_holds_something_is_not_written_over(file: Database, shared: str) -> None:
    there = server.call(server.address(shared), None, "Ana")
    with pytest.raises(Refused, match="already something"):
        moved(file, there)
    there.close()


def test_a_move_that_is_stopped_leaves_the_server_empty(
    file: Database, empty_server: Database
) -> None:
    fill(file)
    walk = moving.copy_all(file, empty_server)
    next(walk)
    walk.close()
    assert not any(dump(empty_server)["rows"].values())


def test_nothing_is_recorded_by_moving(file: Database, empty_server: Database) -> None:
    moved(file, empty_server)
    with empty_server.read() as session:
        assert _acts(session) == 1  # the file's own first one


def _acts(session: Session) -> int:
    return int(session.scalar(text("SELECT count(*) FROM act")) or 0)
