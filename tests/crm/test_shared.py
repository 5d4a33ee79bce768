"""Several secretaries, one workspace: who did what, who may do what, and a server that falls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from queue import Queue

import pytest
from sqlalchemy import text

from crm import contacts, history, mailings, privacy, settings
from crm import db as door
from crm.clashes import Clash, Clashing
from crm.db import Database, calling, grants, server
from crm.errors import Refused, Unreachable
from crm.history import Changes
from tests.crm.conftest import sql
from tests.postgres import Postgres

_numbers = count(1)


@pytest.fixture
def ana(shared: str) -> Iterator[Database]:
    opened = server.call(server.address(shared), None, "Ana")
    yield opened
    opened.close()


@pytest.fixture
def paul(shared: str) -> Iterator[Database]:
    opened = server.call(server.address(shared), None, "Paul")
    yield opened
    opened.close()


def add(db: Database, name: str) -> int:
    with db.write(f"Add {name}") as session:
        return contacts.add_organisation(session, name)


def names(db: Database) -> list[str]:
    with db.read() as session:
        return [row.name for row in contacts.rows(session, contacts.ids(session))]


# --- two at once ----------------------------------------------------------------------------


def test_what_one_writes_the_other_hears(ana: Database, paul: Database) -> None:
    heard: Queue[Changes] = Queue()
    paul.listen(heard.put)
    listening(heard)
    made = add(ana, "Ligue Horizon")
    assert heard.get(timeout=10)["organisation"] == {made}


def test_nobody_hears_twice_what_they_did_themselves(ana: Database, paul: Database) -> None:
    heard: Queue[Changes] = Queue()
    ana.listen(heard.put)
    listening(heard)
    add(ana, "Ligue Horizon")
    with paul.write("Add a person") as session:
        contacts.add_person(session, "Ana Silva")
    assert "organisation" in heard.get(timeout=10)
    assert "person" in heard.get(timeout=10)


def listening(heard: Queue[Changes]) -> None:
    """Wait until the other line stands: what may have been done before is told then."""
    assert heard.get(timeout=10) == server.EVERYTHING


def test_the_journal_says_who(ana: Database, paul: Database) -> None:
    add(ana, "Ligue Horizon")
    add(paul, "Foyer Lumière")
    with ana.read() as session:
        assert [each.who for each in history.journal(session, 2)] == ["Paul", "Ana"]


def test_undo_takes_back_my_last_act_and_not_somebody_elses(ana: Database, paul: Database) -> None:
    add(ana, "Ligue Horizon")
    add(paul, "Foyer Lumière")
    assert door.finish(ana.undo()) == "Add Ligue Horizon"
    assert names(paul) == ["Foyer Lumière"]


def test_undo_is_refused_when_somebody_touched_it_since(ana: Database, paul: Database) -> None:
    made = add(ana, "Ligue Horizon")
    with paul.write("Change") as session:
        contacts.change(session, "organisation", made, country="FR")
    with pytest.raises(Refused, match="has changed since"):
        door.finish(ana.undo())


def test_many_edits_of_the_same_record_at_once_lose_none(ana: Database, paul: Database) -> None:
    made = add(ana, "Ligue Horizon")

    def more(db: Database) -> None:
        for _each in range(40):
            with db.write("One more") as session:
                found = contacts.sheet(session, made).notes or "0"
                contacts.change(session, "organisation", made, notes=str(int(found) + 1))

    with ThreadPoolExecutor(2) as both:
        list(both.map(more, (ana, paul)))
    with ana.read() as session:
        assert contacts.sheet(session, made).notes == "80"


# --- who may do what ------------------------------------------------------------------------


@pytest.fixture
def somebody(running: Postgres, shared: str, ana: Database) -> Iterator[Callable[[str], Database]]:
    """Somebody the server knows, with a part in the workspace."""
    name = f"somebody{next(_numbers)}"
    sql(running, f"CREATE ROLE {name} LOGIN")
    opened: list[Database] = []

    def come(part: str) -> Database:
        grants.allow(ana, name, part)
        url = server.address(shared.replace("owner@", f"{name}@"))
        opened.append(server.call(url, None, name))
        return opened[-1]

    yield come
    for each in opened:
        each.close()
    grants.allow(ana, name, "nobody")
    ana.close()
    sql(running, f"DROP OWNED BY {name}")


def test_a_reader_looks_and_writes_nothing(
    somebody: Callable[[str], Database], ana: Database
) -> None:
    add(ana, "Ligue Horizon")
    reader = somebody("reader")
    assert names(reader) == ["Ligue Horizon"]
    assert not reader.may_write()
    with pytest.raises(Refused, match="look at this workspace"), reader.write("Add") as session:
        contacts.add_organisation(session, "Foyer Lumière")


def test_an_editor_writes_undoes_and_opts_out(somebody: Callable[[str], Database]) -> None:
    editor = somebody("editor")
    add(editor, "Ligue Horizon")
    door.finish(editor.undo())
    door.finish(editor.redo())
    with editor.write("Peace", kind="final") as session:
        privacy.opt_out(session, "paul@horizon.example", "by hand")
    assert names(editor) == ["Ligue Horizon"]


@pytest.mark.parametrize(
    "forbidden",
    ["DELETE FROM change", "UPDATE change SET before = NULL", "DELETE FROM act",
     "UPDATE act SET who = 'Ana'", "DELETE FROM opt_out", "DROP TABLE setting"],
)  # fmt: skip
def test_an_editor_cannot_rewrite_the_journal(
    somebody: Callable[[str], Database], forbidden: str
) -> None:
    editor = somebody("editor")
    add(editor, "Ligue Horizon")
    with pytest.raises(Refused), editor.write("Rewrite") as session:
        session.execute(text(forbidden))


def test_whoever_has_no_part_does_not_come_in(somebody: Callable[[str], Database]) -> None:
    with pytest.raises(Refused, match="not let you in"):
        somebody("nobody")


def test_a_part_is_given_only_to_whom_the_server_knows(ana: Database) -> None:
    with pytest.raises(Refused, match="does not know"):
        grants.allow(ana, "nobody at all", "editor")


# --- a server that falls --------------------------------------------------------------------


def test_a_server_that_falls_in_an_edit_is_said_and_nothing_is_half_done(
    falling: Postgres,
) -> None:
    db = server.call(server.address(falling.url("alone")), None, "Ana")
    add(db, "Ligue Horizon")
    with pytest.raises(Unreachable, match="does not answer"), db.write("Add") as session:
        contacts.add_organisation(session, "Foyer Lumière")
        falling.stop()
        contacts.add_organisation(session, "Collectif Aube")
    with pytest.raises(Unreachable, match="does not answer"):
        names(db)
    falling.start()
    assert names(db) == ["Ligue Horizon"]
    add(db, "Foyer Lumière")
    db.close()


def test_after_a_fall_everything_is_looked_at_again(falling: Postgres) -> None:
    db = server.call(server.address(falling.url("alone")), None, "Ana")
    heard: Queue[Changes] = Queue()
    db.listen(heard.put)
    listening(heard)
    falling.stop()
    falling.start()
    assert heard.get(timeout=20) == server.EVERYTHING
    db.close()


# --- addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["postgres", "mysql://ana@server/x", "postgresql://ana@server", "/home/ana/x"]
)
def test_what_cannot_be_an_address_is_said(written: str) -> None:
    with pytest.raises(Refused, match="not the address of a shared workspace"):
        server.address(written)


def test_a_password_in_the_address_is_refused() -> None:
    with pytest.raises(Refused, match="Do not write the password"):
        server.address("postgresql://ana:secret@server.example/coalition")


def test_a_server_elsewhere_must_prove_who_it_is() -> None:
    url = server.address("postgresql://ana@server.example/coalition?sslmode=disable")
    assert calling.words_of_the_call(url)["sslmode"] == "verify-full"
    assert "sslmode" not in calling.words_of_the_call(
        server.address("postgresql://ana@localhost/coalition")
    )


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="does not answer"):
        server.call(server.address(f"postgresql://ana@/x?host={tmp_path}"), None, "Ana")


def test_whoever_leaves_is_seen_to_have_left_at_once(ana: Database, paul: Database) -> None:
    for number in range(1, 30):
        with paul.presence(1, number):
            assert ana.is_present(1, number)
        assert not ana.is_present(1, number)


# --- two at the same record -----------------------------------------------------------------


def test_two_who_change_different_fields_both_keep_theirs(ana: Database, paul: Database) -> None:
    made = add(ana, "Ligue Horizon")
    before = {"notes": None, "kind": None}
    with ana.write("Change") as session:
        contacts.change(session, "organisation", made, before=before, notes="met in May")
    with paul.write("Change") as session:
        contacts.change(session, "organisation", made, before=before, kind="union")
    with ana.read() as session:
        sheet = contacts.sheet(session, made)
    assert (sheet.notes, sheet.kind) == ("met in May", "union")


def test_two_who_change_the_same_field_are_asked_whose_stands(
    ana: Database, paul: Database
) -> None:
    made = add(ana, "Ligue Horizon")
    with ana.write("Change") as session:
        contacts.change(session, "organisation", made, before={"notes": None}, notes="met in May")
    with pytest.raises(Clashing) as caught, paul.write("Change") as session:
        contacts.change(session, "organisation", made, before={"notes": None}, notes="met in June")
    assert caught.value.clashes == (Clash("notes", None, "met in May", "met in June"),)
    assert caught.value.message.startswith("Ana changed this")
    with ana.read() as session:
        assert contacts.sheet(session, made).notes == "met in May"


def test_two_who_write_the_same_words_are_not_asked(ana: Database, paul: Database) -> None:
    made = add(ana, "Ligue Horizon")
    for db in (ana, paul):
        with db.write("Change") as session:
            contacts.change(session, "organisation", made, before={"notes": ""}, notes="in May")


def test_two_at_one_letter_or_at_the_settings_are_asked_too(ana: Database, paul: Database) -> None:
    with ana.write("New mailing") as session:
        mailing = mailings.draft(session, title="May", body="Bonjour")
        settings.change(session, association="Collectif Aube")
    with ana.write("Letter written") as session:
        mailings.change(session, mailing, before={"body": "Bonjour"}, body="Bonjour à vous")
        settings.change(session, before={"association": "Collectif Aube"}, association="Aube")
    with pytest.raises(Clashing), paul.write("Letter written") as session:
        mailings.change(session, mailing, before={"body": "Bonjour"}, body="Bonsoir")
    with pytest.raises(Clashing, match="Ana"), paul.write("Settings") as session:
        settings.change(session, before={"association": "Collectif Aube"}, association="Rive")
