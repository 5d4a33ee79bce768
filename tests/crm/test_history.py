"""Undo, redo and the journal."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, text, update

from crm import appeals, contacts, history, privacy
from crm.db import Database, finish
from crm.errors import Refused
from crm.schema import (
    Appeal,
    Delivery,
    Mailing,
    Organisation,
    Publication,
    Signature,
    recorded,
)


def dump(db: Database) -> str:
    with db.read() as session:
        tables = {
            name: [
                list(row) for row in session.execute(text(f'SELECT * FROM "{name}" ORDER BY id'))
            ]
            for name in recorded()
        }
    return json.dumps(tables, default=str)


def organisation(db: Database, country: str = "FR") -> int:
    with db.write("Add an organisation") as session:
        added = insert(Organisation).values(country=country).returning(Organisation.id)
        return session.execute(added).scalar_one()


def move(db: Database, organisation_id: int, country: str) -> None:
    with db.write("Change the country") as session:
        session.execute(
            update(Organisation).where(Organisation.id == organisation_id).values(country=country)
        )


def sign(db: Database, organisation_id: int) -> int:
    with db.write("Sign") as session:
        appeal = insert(Appeal).values(title="Appel", folded="appel", created_at=datetime.now(UTC))
        appeal_id = session.execute(appeal.returning(Appeal.id)).scalar_one()
        session.execute(
            insert(Signature).values(
                appeal_id=appeal_id,
                organisation_id=organisation_id,
                status="signed",
                since=date(2026, 1, 1),
                published_name="Rive",
            )
        )
    return appeal_id


def write_to(db: Database, organisation_id: int, appeal_id: int | None = None) -> None:
    with db.write("Send", kind="final") as session:
        mailing = insert(Mailing).values(
            title="Lettre",
            subject="Objet",
            body="Bonjour",
            language="fr",
            greeting="",
            why="",
            recipients={},
            struck=[],
            created_at=datetime.now(UTC),
            appeal_id=appeal_id,
        )
        session.execute(
            insert(Delivery).values(
                mailing_id=session.execute(mailing.returning(Mailing.id)).scalar_one(),
                organisation_id=organisation_id,
                name="Rive",
                address="a@rive.example",
                address_key="a",
                fields={},
                state="sent",
                message_id="<1@rive.example>",
                left_at=datetime.now(UTC),
            )
        )


def test_undo_gives_back_every_row_as_it_was(db: Database) -> None:
    rive = organisation(db)
    before = dump(db)
    move(db, rive, "DE")
    assert finish(db.undo()) == "Change the country"
    assert dump(db) == before


def test_redo_does_it_again_and_undo_takes_it_back_again(db: Database) -> None:
    rive = organisation(db)
    before = dump(db)
    move(db, rive, "DE")
    after = dump(db)
    finish(db.undo())
    finish(db.redo())
    assert dump(db) == after
    finish(db.undo())
    assert dump(db) == before


def test_three_undone_are_redone_in_the_order_they_were_made(db: Database) -> None:
    rive = organisation(db)
    for country in ("DE", "IT", "ES"):
        move(db, rive, country)
    after = dump(db)
    for _step in range(3):
        finish(db.undo())
    for _step in range(3):
        finish(db.redo())
    assert dump(db) == after
    with pytest.raises(Refused, match=r"nothing left|nothing to do again"):
        finish(db.redo())


def test_nothing_is_redone_once_something_new_was_done(db: Database) -> None:
    rive = organisation(db)
    move(db, rive, "DE")
    finish(db.undo())
    move(db, rive, "IT")
    with pytest.raises(Refused, match=r"nothing left|nothing to do again"):
        finish(db.redo())


def test_an_old_act_is_undone_when_nothing_touched_it_since(db: Database) -> None:
    rive = organisation(db)
    move(db, rive, "DE")
    with db.read() as session:
        act = history.to_undo(session)
    organisation(db, "IT")
    assert act is not None
    finish(db.undo(act.id))
    with db.read() as session:
        assert session.get_one(Organisation, rive).country == "FR"


def test_an_act_whose_row_changed_since_is_refused(db: Database) -> None:
    rive = organisation(db)
    with db.read() as session:
        act = history.to_undo(session)
    move(db, rive, "DE")
    assert act is not None
    with pytest.raises(Refused, match="changed since"):
        finish(db.undo(act.id))


def test_what_a_message_left_for_stays(db: Database) -> None:
    rive = organisation(db)
    write_to(db, rive)
    with pytest.raises(Refused, match=r"Rive.*cannot be called back"):
        finish(db.undo())


def test_a_signature_a_letter_spoke_of_stays(db: Database) -> None:
    rive = organisation(db)
    appeal_id = sign(db, rive)
    write_to(db, rive, appeal_id)
    with pytest.raises(Refused, match="cannot be called back"):
        finish(db.undo())


def test_a_signature_that_was_printed_stays(db: Database) -> None:
    rive = organisation(db)
    appeal_id = sign(db, rive)
    with db.write("Publish", kind="final") as session:
        session.execute(
            insert(Publication).values(
                appeal_id=appeal_id, at=datetime.now(UTC), form="list", format="md",
                language="fr", names=1, addresses=0, content="Rive", entries=[],
                choices={},
            )
        )  # fmt: skip
    with pytest.raises(Refused, match="list printed on"):
        finish(db.undo())


def test_an_undo_stopped_half_way_changes_nothing(db: Database) -> None:
    with db.write("Import") as session:
        session.execute(
            insert(Organisation), [{"country": "FR", "status": "active", "sensitive": False}] * 250
        )
    before = dump(db)
    walk = db.undo()
    next(walk)
    next(walk)
    walk.close()
    assert dump(db) == before


def test_the_journal_tells_what_was_done_newest_first(db: Database) -> None:
    rive = organisation(db)
    move(db, rive, "DE")
    finish(db.undo())
    with db.read() as session:
        lines = [(entry.label, entry.kind) for entry in history.journal(session)]
    assert lines[:3] == [
        ("Change the country", "undo"),
        ("Change the country", "do"),
        ("Add an organisation", "do"),
    ]


def test_an_act_on_which_a_later_one_rests_is_not_taken_back_alone(db: Database) -> None:
    with db.write("Add") as session:
        body = contacts.add_organisation(session, "Rive Claire")
        contacts.add_address(session, "ana@rive.example", organisation_id=body)
    with db.read() as session:
        first = history.to_undo(session)
    assert first is not None
    with db.write("Sign") as session:
        appeal = appeals.add(session, "Des arbres")
        appeals.sign(session, appeal, organisation_id=body)
    with pytest.raises(Refused, match="rests on it"):
        finish(db.undo(first.id))
    finish(db.undo())
    assert finish(db.undo(first.id)) == "Add"


def test_an_act_is_taken_back_with_all_that_it_made_itself(db: Database) -> None:
    before = dump(db)
    with db.write("Read") as session:
        parent = contacts.add_organisation(session, "Ligue Horizon")
        section = contacts.add_organisation(session, "Ligue Horizon – Nord", parent_id=parent)
        appeals.sign(session, appeals.add(session, "Des arbres"), organisation_id=section)
    finish(db.undo())
    assert dump(db) == before


def test_a_wish_told_in_an_ordinary_act_is_never_lost(db: Database) -> None:
    with db.write("Peace") as session:
        privacy.opt_out(session, "paul@rive.example", "by hand")
    with db.read() as session:
        assert privacy.opted_out(session, ["paul@rive.example"])
        assert history.journal(session)[0].kind == "final"
        assert history.to_undo(session) is None


def test_an_act_that_changes_nothing_leaves_no_line(db: Database) -> None:
    body = organisation(db)
    with db.write("Change") as session:
        contacts.change(session, "organisation", body, country="FR")
    with db.read() as session:
        assert history.journal(session)[0].label == "Add an organisation"
