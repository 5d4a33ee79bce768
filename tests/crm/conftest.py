"""Every room's tests run on both engines: a real SQLCipher file, a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from crm import db as door
from crm import settings
from crm.db import Database, server
from tests.conftest import KEY
from tests.postgres import Postgres, postgres

SECRET = "pässwörd Қаз %41@:/"

_numbers = count(1)


@pytest.fixture(scope="session")
def running() -> Iterator[Postgres]:
    """A PostgreSQL server of this run alone."""
    with postgres() as started:
        yield started


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Postgres]:
    """A server that asks for passwords, with a workspace `coalition` that holds nothing."""
    with postgres() as started:
        sql(started, "CREATE DATABASE coalition")
        server.found(server.address(started.url("coalition")), None)
        started.ask_for_passwords(owner=SECRET)
        yield started


@pytest.fixture(scope="session")
def blank_database(running: Postgres) -> str:
    """A new shared workspace, made once and copied for each test."""
    sql(running, "CREATE DATABASE blank")
    url = server.address(running.url("blank"))
    server.found(url, None)
    made = server.call(url, None, "Ana")
    with made.write("A new workspace", kind="final") as session:
        settings.found_workspace(session, association="Collectif Exemple", secretary="Ana")
    made.close()
    return "blank"


@pytest.fixture
def shared(running: Postgres, blank_database: str) -> Iterator[str]:
    """The address of a new shared workspace."""
    name = f"w{next(_numbers)}"
    sql(running, f"CREATE DATABASE {name} TEMPLATE {blank_database} STRATEGY file_copy")
    yield running.url(name)
    sql(running, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_server(running: Postgres) -> Iterator[Database]:
    """A shared workspace that holds nothing, not even its settings."""
    name = f"w{next(_numbers)}"
    sql(running, f"CREATE DATABASE {name}")
    url = server.address(running.url(name))
    server.found(url, None)
    opened = server.call(url, None, "Ana")
    yield opened
    opened.close()
    sql(running, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def falling() -> Iterator[Postgres]:
    """A server of this test alone, to be stopped and started; its workspace is `alone`."""
    with postgres() as started:
        sql(started, "CREATE DATABASE alone")
        url = server.address(started.url("alone"))
        server.found(url, None)
        made = server.call(url, None, "Ana")
        with made.write("A new workspace", kind="final") as session:
            settings.found_workspace(session, association="Collectif Exemple")
        made.close()
        yield started


@pytest.fixture(params=["file", "server"])
def db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A new workspace, open."""
    if request.param == "file":
        path: Path = request.getfixturevalue("workspace")
        opened: Database = door.open_(path, KEY)
    else:
        opened = server.call(server.address(request.getfixturevalue("shared")), None, "Ana")
    yield opened
    opened.close()


@pytest.fixture
def file(workspace: Path) -> Iterator[Database]:
    """A new workspace in a file, open: for what only files have."""
    opened = door.open_(workspace, KEY)
    yield opened
    opened.close()


def sql(running: Postgres, statement: str) -> None:
    """Something only the server's operator does."""
    with psycopg.connect(running.url("postgres"), autocommit=True) as line:
        line.execute(statement)
