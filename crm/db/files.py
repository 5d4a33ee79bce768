"""A workspace that is one encrypted file; one program at a time holds its pen."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

import migrations
from crm import cipher, history
from crm.cipher import Key
from crm.db import restoring
from crm.db.doors import Database, watch_letters
from crm.errors import Locked, Refused, TooNew
from crm.language import _


class File(Database):
    """One open file.  Without its pen (`lock`) it can only be looked at."""

    def __init__(self, path: Path, key: Key, lock: FileLock | None) -> None:
        reader = _engine(path, key, read_only=True)
        super().__init__(reader, _engine(path, key, read_only=False) if lock else None)
        self._path, self._key, self._lock = path, key, lock

    @property
    def place(self) -> str:
        return str(self._path)

    @property
    def name(self) -> str:
        return self._path.name

    @property
    def path(self) -> Path:
        return self._path

    @property
    def key(self) -> Key:
        return self._key

    def back_up(self, target: Path | None = None) -> Path:
        if target is not None and target.exists() and cipher.salt_of(target) != self._key.salt:
            raise Refused(
                _(
                    "There is already a file at “{path}”, and it is not a backup of this one."
                ).format(path=target),
                hint=_("Choose another name."),
            )
        target = target or backup_path(self._path)
        cipher.copy(self._path, self._key, target)
        return target

    def faults(self) -> list[str]:
        return cipher.faults(self._path, self._key)

    def close(self) -> None:
        super().close()
        if self._lock is not None:
            self._lock.release()

    def _no_pen(self) -> Exception:
        return Locked(
            _("This file is open in another Cosigne window, which alone may change it."),
            hint=_("Close that window, or do this there."),
        )


def create(path: Path, key: Key) -> Database:
    """A new, empty workspace; Refused when something already stands at that place."""
    if path.exists():
        raise Refused(
            _("There is already a file at “{path}”.").format(path=path),
            hint=_("Choose another name, or open that file."),
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = _take_pen(path)
    try:
        cipher.connect(path, key, create=True).close()
        _upgrade(path, key)
        return File(path, key, lock)
    except BaseException:
        lock.release()
        for made in (path, *cipher.companions(path)):
            made.unlink(missing_ok=True)
        raise


def open_(path: Path, key: Key, *, writing: bool = True) -> Database:
    """Open a workspace, upgraded after a verified backup if it is of an earlier version.

    Locked: not its key, or another program holds its pen.  TooNew: made by a later version,
    untouched.  Damaged: not whole.  With `writing=False` it opens beside a window that writes.
    """
    lock = _take_pen(path) if writing else None
    try:
        with closing(cipher.connect(path, key, only_look=True)) as connection:
            found = _revision(connection)
        if found not in migrations.REVISIONS:
            raise TooNew(
                _("This file was made by a later version of Cosigne. It was not touched."),
                hint=_("Install that version to open it."),
            )
        if found != migrations.REVISIONS[-1]:
            _upgrade_after_backup(path, key, found, writing)
        return File(path, key, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def backup_path(path: Path, why: str = "") -> Path:
    """Where the next backup of a file goes: a folder beside it, by date and time."""
    stamp = f"{datetime.now():%Y-%m-%d %H-%M-%S}"
    return path.parent / f"{path.stem} backups" / f"{path.stem} {stamp}{why}.cosigne"


def backups(path: Path) -> list[Path]:
    """The backups kept beside a file, newest first."""
    kept = (path.parent / f"{path.stem} backups").glob("*.cosigne")
    return sorted(kept, key=lambda each: each.stat().st_mtime, reverse=True)


def restore(backup: Path, path: Path, key: Key) -> Path | None:
    """Put a backup in the place of a file; returns where the present state was saved first.

    The backup is verified before anything is touched.  The present state is kept even when
    it is damaged; what its ledger knows of letters that left since is carried over.
    """
    lock = _take_pen(path)
    saved = backup_path(path, " before restore") if path.exists() else None
    restoring.put_back(backup, path, key, saved, lock)
    return saved


# --- the file's shape -----------------------------------------------------------------------


def _revision(connection: Any) -> str:
    with cipher.trouble_in_words():
        tables = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        ).fetchone()
        if not tables[0]:
            raise Refused(_("This file holds no Cosigne workspace."))
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found)


def _upgrade_after_backup(path: Path, key: Key, found: str, writing: bool) -> None:
    if not writing:
        raise Locked(
            _("This file is of an earlier version and must be upgraded first."),
            hint=_("Open it once in the window."),
        )
    cipher.copy(path, key, backup_path(path, f" before upgrade from {found}"))
    _upgrade(path, key)


def _upgrade(path: Path, key: Key) -> None:
    engine = _engine(path, key, read_only=False, recording=False)
    try:
        with engine.connect() as connection:
            # A table that is made anew would take along the rows that point to it.
            connection.connection.execute("PRAGMA foreign_keys = OFF")
            migrations.upgrade(connection)
    finally:
        engine.dispose()


def _take_pen(path: Path) -> FileLock:
    lock = FileLock(path.with_name(f".{path.name}.lock"), thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Locked(
            _("This file is already open in another Cosigne window."),
            hint=_("Use that window, or close it first."),
        ) from None
    return lock


def _engine(path: Path, key: Key, *, read_only: bool, recording: bool = True) -> Engine:
    def connect() -> Any:
        connection = cipher.connect(path, key)
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        elif recording:
            history.install(connection)
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        # There is one pen; whoever wants to write waits for it.
        pool_size=8 if read_only else 1,
        max_overflow=0,
        pool_timeout=600,
        hide_parameters=True,
    )

    watch_letters(engine)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def say(context: ExceptionContext) -> None:
        if (found := cipher.in_words(context.original_exception)) is not None:
            raise found from None

    return engine
