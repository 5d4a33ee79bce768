"""What the windows ask of a server: a shared workspace called, filled, or copied to a file."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crm import computer

if TYPE_CHECKING:
    from crm.db import Database, Step
    from crm.db.addresses import Address


def is_shared(place: str) -> bool:
    """Whether this is the address of a server rather than a path."""
    return place.startswith("postgresql:")


@dataclass(frozen=True)
class Call:
    """What she answered."""

    place: str  # postgresql://name@server/database
    password: str | None
    my_name: str


def parts(place: str) -> Address:
    """The server, the database and the user of an address; Refused when it is none."""
    from crm.db.addresses import Address

    return Address.of(place)


def place(host: str, database: str, user: str) -> str:
    """The address of a database."""
    from crm.db.addresses import Address

    return Address(host, database, user).place()


def warning() -> str:
    """What is said before a workspace is opened on, or moved to, a server."""
    from crm.db import addresses

    return addresses.warning()


def by_itself(place: str) -> Database:
    """The workspace opened last, with the password this computer keeps; Locked without it."""
    from crm import vault
    from crm.db import server

    url = server.address(place)
    return server.call(url, vault.server_password(place), computer.my_name(url.username))


def opened(call: Call) -> Database:
    """A shared workspace, called with what she typed, or else with the password kept here."""
    from crm import vault
    from crm.db import server

    password = call.password or vault.server_password(call.place)
    return server.call(server.address(call.place), password, call.my_name)


def keep(call: Call, db: Database) -> bool:
    """Remember her name here, and the password in the keyring; False where there is none."""
    from crm import vault

    computer.remember("my_name", call.my_name)
    return not call.password or vault.keep_server_password(db.place, call.password)


def move(source: Database, call: Call) -> Generator[Step, None, Database]:
    """A copy of all of this workspace on a server that holds nothing yet; it, open."""
    from crm.db import moving, server

    url = server.address(call.place)
    return (yield from moving.to_server(source, url, call.password, call.my_name))


def take_home(source: Database, path: Path, phrase: str) -> Generator[Step, None, Database]:
    """A copy of all of this workspace in a new encrypted file; it, open."""
    from crm import vault
    from crm.db import moving

    key = vault.new_key(phrase)
    return (yield from moving.to_file(source, path, key))


def allow(db: Database, user: str, part: str) -> None:
    """Give somebody a part in a shared workspace."""
    from crm.db import grants

    grants.allow(db, user, part)
