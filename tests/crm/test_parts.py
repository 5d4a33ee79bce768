"""Who may do what when a workspace was made by one of several, and is of an earlier version."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

import psycopg
import pytest

import migrations
from crm import contacts, mailings, settings
from crm.db import Database, grants, server
from crm.errors import Refused
from tests.crm.conftest import sql
from tests.postgres import Postgres

_numbers = count(1)


@dataclass
class Coalition:
    """A workspace that Ana made, who does not run the server; the others' accounts."""

    running: Postgres
    number: int
    opened: list[Database] = field(default_factory=list)

    def account(self, name: str) -> str:
        return f"{name}{self.number}"

    def come(self, name: str) -> Database:
        """Somebody opens the workspace."""
        user = name if name == "owner" else self.account(name)
        url = self.running.url(f"parts{self.number}", user)
        self.opened.append(server.call(server.address(url), None, name))
        return self.opened[-1]

    def allow(self, giver: Database, name: str, part: str) -> None:
        grants.allow(giver, self.account(name), part)

    def sql(self, statement: str) -> list[str]:
        """Something done to the database behind Cosigne's back, by whoever runs the server."""
        url = self.running.url(f"parts{self.number}")
        with psycopg.connect(url, autocommit=True) as line:
            done = line.execute(statement)
            return [str(row[0]) for row in done] if done.description else []

    def grow_old(self, to: str = "0002") -> None:
        """Become a workspace of an earlier version."""
        with self.come("ana").write("", kind="ledger") as session:
            migrations.downgrade(session.connection(), to)


@pytest.fixture
def coalition(running: Postgres) -> Iterator[Coalition]:
    made = Coalition(running, next(_numbers))
    for name in ("ana", "paul", "zoe"):
        sql(running, f"CREATE ROLE {made.account(name)} LOGIN")
    sql(running, f"CREATE DATABASE parts{made.number} OWNER {made.account('ana')}")
    url = server.address(running.url(f"parts{made.number}", made.account("ana")))
    server.found(url, None)
    with made.come("ana").write("A new workspace", kind="final") as session:
        settings.found_workspace(session, association="Collectif Exemple", secretary="Ana")
    yield made
    for each in made.opened:
        each.close()
    sql(running, f"DROP DATABASE parts{made.number} WITH (FORCE)")
    for name in ("ana", "paul", "zoe"):
        sql(running, f"DROP ROLE {made.account(name)}")


def add(db: Database, name: str) -> None:
    with db.write(f"Add {name}") as session:
        contacts.add_organisation(session, name)


def names(db: Database) -> list[str]:
    with db.read() as session:
        return [row.name for row in contacts.rows(session, contacts.ids(session))]


def parts(db: Database) -> dict[str, str]:
    with db.read() as session:
        return grants.parts(session.connection())


# --- an earlier version ---------------------------------------------------------------------


@pytest.mark.parametrize("part", ["editor", "reader", "owner"])
def test_whoever_made_an_earlier_workspace_must_open_it_first(
    coalition: Coalition, part: str
) -> None:
    coalition.allow(coalition.come("ana"), "paul", part)
    coalition.grow_old()
    with pytest.raises(Refused) as caught:
        coalition.come("paul")
    assert caught.value.message == (
        f"“{coalition.account('ana')}” must open this workspace once with this version of Cosigne."
    )
    add(coalition.come("ana"), "Ligue Horizon")
    assert names(coalition.come("paul")) == ["Ligue Horizon"]


def test_parts_hold_after_an_upgrade_and_in_what_is_new(coalition: Coalition) -> None:
    ana = coalition.come("ana")
    coalition.allow(ana, "paul", "editor")
    coalition.allow(ana, "zoe", "reader")
    coalition.grow_old()
    for name in ("paul", "zoe"):  # a table nobody had a part in yet
        coalition.sql(f"REVOKE ALL ON mailing FROM {coalition.account(name)}")
    ana = coalition.come("ana")
    assert parts(ana) == {coalition.account("paul"): "editor", coalition.account("zoe"): "reader"}
    with coalition.come("paul").write("New mailing") as session:
        mailings.draft(session, title="May", body="Bonjour")
    zoe = coalition.come("zoe")
    with zoe.read() as session:
        assert len(mailings.ids(session)) == 1
    with pytest.raises(Refused, match="look at this workspace"):
        add(zoe, "Ligue Horizon")


def test_what_an_upgrade_makes_belongs_to_whoever_made_the_rest(coalition: Coalition) -> None:
    coalition.allow(coalition.come("ana"), "paul", "editor")
    coalition.grow_old()
    coalition.sql("DROP FUNCTION note_organisation CASCADE")
    coalition.come("owner")  # runs the server, and happens to come first
    makers = "SELECT DISTINCT pg_get_userbyid(proowner) FROM pg_proc WHERE proname LIKE 'note%'"
    assert coalition.sql(makers) == [coalition.account("ana")]
    add(coalition.come("paul"), "Ligue Horizon")


def test_two_who_come_at_once_upgrade_once(coalition: Coalition) -> None:
    coalition.grow_old("0001")
    with ThreadPoolExecutor(4) as several:
        opened = list(several.map(coalition.come, ["ana"] * 4))
    add(opened[0], "Ligue Horizon")
    assert [names(each) for each in opened] == [["Ligue Horizon"]] * 4


# --- giving and taking ----------------------------------------------------------------------


def test_only_an_owner_gives_parts(coalition: Coalition) -> None:
    coalition.allow(coalition.come("ana"), "paul", "editor")
    with pytest.raises(Refused, match="given by an owner"):
        coalition.allow(coalition.come("paul"), "zoe", "editor")
    assert parts(coalition.come("ana")) == {coalition.account("paul"): "editor"}


def test_an_owner_gives_parts_and_what_they_gave_outlives_them(coalition: Coalition) -> None:
    ana = coalition.come("ana")
    coalition.allow(ana, "paul", "owner")
    coalition.allow(coalition.come("paul"), "zoe", "editor")
    coalition.allow(ana, "paul", "nobody")
    assert parts(ana) == {coalition.account("zoe"): "editor"}
    add(coalition.come("zoe"), "Ligue Horizon")


def test_what_somebody_else_gave_is_not_said_to_be_taken(coalition: Coalition) -> None:
    ana = coalition.come("ana")
    for name, part in (("paul", "owner"), ("zoe", "editor")):
        coalition.allow(ana, name, part)
    with pytest.raises(Refused, match="only they can take it back"):
        coalition.allow(coalition.come("paul"), "zoe", "reader")
    assert parts(ana)[coalition.account("zoe")] == "editor"
    coalition.allow(ana, "zoe", "reader")
    assert parts(ana)[coalition.account("zoe")] == "reader"


def test_whoever_made_it_cannot_be_shut_out(coalition: Coalition) -> None:
    ana = coalition.come("ana")
    coalition.allow(ana, "paul", "owner")
    for giver in (ana, coalition.come("paul")):
        with pytest.raises(Refused, match="made this workspace"):
            coalition.allow(giver, "ana", "nobody")
    add(ana, "Ligue Horizon")


def test_an_account_may_have_any_name(coalition: Coalition, running: Postgres) -> None:
    name = "Zoé “la” D'\"%s {who}"
    quoted = '"' + name.replace('"', '""') + '"'
    sql(running, f"CREATE ROLE {quoted} LOGIN")
    ana = coalition.come("ana")
    grants.allow(ana, name, "editor")
    assert parts(ana) == {name: "editor"}
    grants.allow(ana, name, "nobody")
    assert parts(ana) == {}
    coalition.sql(f"DROP OWNED BY {quoted}")
    sql(running, f"DROP ROLE {quoted}")


# --- where a workspace cannot be ------------------------------------------------------------


def test_a_database_without_every_alphabet_is_refused(running: Postgres) -> None:
    sql(running, "CREATE DATABASE western ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(Refused, match="every alphabet"):
        server.found(server.address(running.url("western")), None)
    sql(running, "DROP DATABASE western")


def test_a_database_of_somebody_else_is_refused(coalition: Coalition, running: Postgres) -> None:
    sql(running, f"CREATE DATABASE theirs{coalition.number}")
    url = running.url(f"theirs{coalition.number}", coalition.account("paul"))
    with pytest.raises(Refused, match="may not make a workspace"):
        server.found(server.address(url), None)
    sql(running, f"DROP DATABASE theirs{coalition.number}")
