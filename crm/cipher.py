"""The encrypted file itself: one SQLCipher connection, its key, its copies, its health.

Knows nothing of the tables and imports no ORM, so that the first page can be shown at once.
The raw key and the salt go in together; the salt is the file's first 16 bytes (rule 11).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crm.errors import Damaged, Locked, Refused, Trouble, Unreachable
from crm.language import _

SALT_BYTES = 16
KEY_BYTES = 32
PAGE = 4096


@dataclass(frozen=True)
class Key:
    """What opens one file: its 32-byte key, never shown, and the 16 bytes it begins with."""

    raw: bytes = field(repr=False)
    salt: bytes

    def pragma(self) -> str:
        """The key as SQLCipher wants it."""
        return f"PRAGMA key = \"x'{self.raw.hex()}{self.salt.hex()}'\""


def salt_of(path: Path) -> bytes:
    """The salt of a file; Refused when there is none, Damaged when it cannot be one of ours."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(SALT_BYTES)
    except FileNotFoundError:
        raise Refused(
            _("There is no file at “{path}”.").format(path=path),
            hint=_("It may have been moved, or be on a key that is not plugged in."),
        ) from None
    except OSError as error:
        raise Unreachable(
            _("“{path}” cannot be read.").format(path=path), hint=error.strerror or ""
        ) from None
    if start.startswith(b"SQLite format 3"):
        raise Refused(_("“{path}” is not a Cosigne file.").format(path=path))
    if size < PAGE or size % PAGE:
        raise Damaged(
            _("This file is damaged: it is not whole. Nothing was changed."),
            hint=_("Restore the newest backup."),
        )
    return start


def connect(path: Path, key: Key, *, create: bool = False, only_look: bool = False) -> Any:
    """A connection that has proved its key; Locked when this is not the key.

    With `only_look` not a byte of the file changes, not even its way of keeping a journal.
    """
    if not create:
        salt_of(path)
    connection = dbapi2.connect(
        str(path), timeout=10, isolation_level=None, check_same_thread=False
    )
    try:
        with trouble_in_words():
            # The level first: SQLCipher writes a wrong key's reasons to standard error.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(key.pragma())
            connection.execute("PRAGMA temp_store = MEMORY")
            _prove(connection)
            if only_look:
                connection.execute("PRAGMA query_only = ON")
                return connection
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _prove(connection: Any) -> None:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        if "not a database" in str(error):
            raise Locked(
                _("This is not that phrase. Your data are untouched."),
                hint=_("Try again, or use the recovery sheet."),
            ) from None
        raise


@contextmanager
def trouble_in_words() -> Iterator[None]:
    """Say the driver's errors as a user can read them; let anything else through."""
    try:
        yield
    except dbapi2.Error as error:
        if found := in_words(error):
            raise found from None
        raise


def in_words(error: BaseException) -> Trouble | None:
    """The sentence for an error of the driver, or None when it is a bug of ours."""
    said = str(error)
    if "disk is full" in said:
        return Unreachable(
            _("The disk is full. Nothing was saved this time, and nothing was lost."),
            hint=_("Free some space, then do it again."),
        )
    if "readonly" in said or "unable to open" in said:
        return Unreachable(
            _("This file cannot be written to."),
            hint=_("Check that the folder exists and that you may write in it."),
        )
    if "malformed" in said or "not a database" in said or "disk I/O error" in said:
        return Damaged(
            _("This file is damaged. Nothing was changed."), hint=_("Restore the newest backup.")
        )
    if "FOREIGN KEY" in said:
        return Refused(_("Something else rests on this. Nothing was changed."))
    if "database is locked" in said:
        return Locked(
            _("Another program is writing to this file."), hint=_("Try again in a moment.")
        )
    return None


def faults(path: Path, key: Key) -> list[str]:
    """What is wrong with the file, in SQLite's own words; empty when it is whole.

    Every page's HMAC is verified, so that one changed bit is found.
    """
    try:
        looking = connect(path, key, only_look=True)
    except Damaged as damaged:  # so much that it does not even open
        return [damaged.message]
    with closing(looking) as connection:
        try:
            pages = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
            whole = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            strays = connection.execute("PRAGMA foreign_key_check").fetchall()
        except dbapi2.DatabaseError as error:
            return [str(error)]
    lost = [f"{len(strays)} rows point nowhere"] if strays else []
    return pages + [line for line in whole if line != "ok"] + lost


def copy(path: Path, key: Key, target: Path) -> None:
    """A verified, encrypted copy under the same key; `target` appears whole or not at all."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (
            closing(connect(path, key)) as source,
            closing(connect(part, key, create=True)) as copied,
            trouble_in_words(),
        ):
            source.backup(copied)
            copied.execute("PRAGMA journal_mode = DELETE")
        if found := faults(part, key):
            raise Damaged(_("The copy could not be verified."), hint=found[0])
        _settle(part)
        part.replace(target)
    except OSError as error:
        raise Unreachable(
            _("The copy could not be written to “{path}”.").format(path=target.parent),
            hint=error.strerror or "",
        ) from None
    finally:
        for rest in (part, *companions(part)):
            rest.unlink(missing_ok=True)


def companions(path: Path) -> tuple[Path, Path]:
    """The files SQLite keeps beside an open one."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
