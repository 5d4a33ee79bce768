"""The only door to the data: create, unlock, upgrade, back up, read(), write().

    with db.read() as session:                 look, and leave everything as it was
    with db.write("Merge two …") as session:   one act: whole or not at all, recorded, announced

A function taking `session` is a step and never commits.  One taking `db` is a *walk*: a
generator of several short acts.  A generator taking `session` is a *long act*: one transaction
whose Steps can be watched and whose Stop rolls back; `carry_out` runs it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

import migrations
from crm import cipher, history
from crm.cipher import Key
from crm.errors import Damaged, Locked, Refused, TooNew
from crm.history import Changes
from crm.language import _

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """How far a long piece of work has come."""

    done: int
    total: int
    note: str = ""


class Database:
    """One open workspace.  Many may read at once; one writes at a time."""

    def __init__(self, path: Path, key: Key, lock: FileLock | None) -> None:
        self.path = path
        self.key = key
        self._lock = lock
        self._writing = threading.local()
        self._listeners: list[Callable[[Changes], None]] = []
        self._no_writes_on: int | None = None
        self._reader = _engine(path, key, read_only=True)
        self._writer = _engine(path, key, read_only=False) if lock else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Look, and leave everything as it was."""
        with Session(self._reader) as session:
            yield session

    @contextmanager
    def write(self, label: str, *, kind: str = "do", of_id: int | None = None) -> Iterator[Session]:
        """Do one thing, whole or not at all, and tell everyone who listens.

        `kind="final"` stands in the journal and outside Undo: a list was printed, an address
        asked for peace.  `kind="ledger"` leaves no line in the journal: it is for deliveries,
        which are their own record; listeners hear of them with an empty set of ids.
        """
        if self._writer is None:
            raise Locked(
                _("This file is open in another Cosigne window, which alone may change it."),
                hint=_("Close that window, or do this there."),
            )
        assert threading.get_ident() != self._no_writes_on, "write through ui.tasks"
        with Session(self._writer, expire_on_commit=False) as session:
            self._writing.now = True
            try:
                changes = yield from self._act(session, label, kind, of_id)
            finally:
                self._writing.now = False
        for listener in self._listeners:
            listener(changes)

    def _act(
        self, session: Session, label: str, kind: str, of_id: int | None
    ) -> Generator[Session, None, Changes]:
        if kind == "ledger":
            history.rest(session)
            yield session
            session.commit()
            return {noun: frozenset() for noun in ("delivery", "mailing", "signature")}
        act_id = history.begin(session, label, kind, of_id)
        yield session
        session.flush()
        changes = history.changes_of(session, act_id)
        if not changes and kind == "do":
            session.rollback()
        else:
            session.commit()
        return changes

    def carry_out(
        self, label: str, long_act: Callable[..., Generator[Step, None, T]], *args: Any, **more: Any
    ) -> Generator[Step, None, T]:
        """Run a long act in one transaction; closing this generator rolls all of it back."""
        with self.write(label) as session:
            return (yield from long_act(session, *args, **more))

    def undo(self, act_id: int | None = None) -> Generator[Step, None, str]:
        """Take back the last act, or the one given; returns its label.

        Refused with its reason when a row changed since, or when a message that left or a
        printed list rests on it.
        """
        return (yield from self._reverse("undo", history.to_undo, act_id))

    def redo(self) -> Generator[Step, None, str]:
        """Do again what the last undo took back; returns its label."""
        return (yield from self._reverse("redo", history.to_redo, None))

    def _reverse(
        self, kind: str, find: Callable[[Session], history.Entry | None], act_id: int | None
    ) -> Generator[Step, None, str]:
        with self.read() as session:
            entry = history.entry(session, act_id) if act_id else find(session)
        if entry is None:
            raise Refused(_("There is nothing left to take back here."))
        with self.write(entry.label, kind=kind, of_id=entry.id) as session:
            for done, total in history.take_back(session, entry.id):
                yield Step(done, total, entry.label)
        return entry.label

    def is_writing_here(self) -> bool:
        """Whether this very thread holds the pen."""
        return getattr(self._writing, "now", False)

    def may_write(self) -> bool:
        """Whether this program holds the file's pen."""
        return self._writer is not None

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Hear of every change, from whichever thread made it."""
        self._listeners.append(listener)

    def forbid_writes_on_this_thread(self) -> None:
        """Called once by the window: its thread must never wait for the pen."""
        self._no_writes_on = threading.get_ident()

    def back_up(self, target: Path | None = None) -> Path:
        """A verified, encrypted copy under the same phrase; beside the file if not said."""
        target = target or backup_path(self.path)
        cipher.copy(self.path, self.key, target)
        return target

    def faults(self) -> list[str]:
        """What is wrong with the file; empty when every page is whole."""
        return cipher.faults(self.path, self.key)

    def close(self) -> None:
        """Let the file go."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()
        if self._lock is not None:
            self._lock.release()


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
        return Database(path, key, lock)
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
        return Database(path, key, lock)
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
    it is damaged.
    """
    if found := cipher.faults(backup, key):
        raise Damaged(_("This backup is damaged. Nothing was changed."), hint=found[0])
    lock = _take_pen(path)
    try:
        saved = backup_path(path, " before restore") if path.exists() else None
        if saved is not None:
            saved.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _fold_in(path)
            path.rename(saved)
        for rest in cipher.companions(path):
            rest.unlink(missing_ok=True)
        try:
            cipher.copy(backup, key, path)
        except BaseException:
            if saved is not None:
                saved.rename(path)
            raise
        return saved
    finally:
        lock.release()


def _fold_in(path: Path) -> None:
    """Keep what still stands in the -wal with the file that is set aside."""
    for rest in cipher.companions(path):
        if rest.exists() and rest.stat().st_size:
            rest.rename(backup_path(path, " before restore").with_name(rest.name))


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

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def say(context: ExceptionContext) -> None:
        if (found := cipher.in_words(context.original_exception)) is not None:
            raise found from None

    return engine


def finish(walk: Generator[Step, None, T]) -> T:
    """Walk to the end without watching; what the walk returns."""
    while True:
        try:
            next(walk)
        except StopIteration as end:
            result: T = end.value
            return result
