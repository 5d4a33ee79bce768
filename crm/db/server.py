"""A workspace on a PostgreSQL server, shared by several computers.

The server's operator can read it: whoever opens one is told so first.  The line is protected
and the server must prove who it is, unless it is this computer.  One act at a time, whoever
writes: an advisory lock is the pen, as on a file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import errors as said
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

import migrations
from crm import history
from crm.db import grants
from crm.db.calling import caller, is_local, no_address, silent
from crm.db.doors import Database, watch_letters
from crm.errors import Locked, Refused, Silent, TooNew, Trouble, Unreachable
from crm.history import LEDGER, Changes
from crm.language import _
from crm.schema import Base

CHANNEL = "cosigne"
PEN = 0x636F7369  # any number, as long as every Cosigne takes the same
EVERYTHING: Changes = {table.name: frozenset() for table in Base.metadata.sorted_tables}


class Server(Database):
    """One open line to a shared workspace."""

    shared = True

    def __init__(self, url: URL, password: str | None, who: str, *, writing: bool) -> None:
        connect = caller(url, password)
        writer = _engine(connect, read_only=False) if writing else None
        super().__init__(_engine(connect, read_only=True), writer)
        self.url, self.who = url, who
        self._connect = connect
        self._mine: set[int] = set()
        self._ear = _Ear(connect, self._heard)

    @property
    def place(self) -> str:
        return self.url.render_as_string(hide_password=True)

    @property
    def name(self) -> str:
        return _("this computer") if is_local(self.url) else str(self.url.host)

    def listen(self, listener: Callable[[Changes], None]) -> None:
        super().listen(listener)
        self._ear.start()

    def faults(self) -> list[str]:
        """Rows that point nowhere cannot be on a server; it is asked whether it answers."""
        with self.read() as session:
            session.connection().exec_driver_sql("SELECT 1")
        return []

    @contextmanager
    def presence(self, what: int, number: int) -> Iterator[None]:
        """A lock of a line of its own: the server lets it go when this program dies."""
        line = self._connect()
        try:
            line.autocommit = True
            line.execute("SELECT pg_advisory_lock_shared(%s, %s)", (what, number))
            yield
        finally:
            # Said, not only implied by hanging up: the server ends a line in its own time.
            with suppress(psycopg.Error):
                line.execute("SELECT pg_advisory_unlock_shared(%s, %s)", (what, number))
            line.close()

    def is_present(self, what: int, number: int) -> bool:
        with self.read() as session:
            asked = session.connection().exec_driver_sql(
                "SELECT pg_try_advisory_xact_lock(%s, %s)", (what, number)
            )
            return not asked.scalar_one()

    def close(self) -> None:
        self._ear.stop()
        super().close()

    def _no_pen(self) -> Exception:
        return Refused(
            _("You may look at this workspace, not change it."),
            hint=_("Ask its owner to let you write."),
        )

    def _take_pen(self, session: Session) -> None:
        session.connection().exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (PEN,))

    def _announce(self, session: Session, act_id: int) -> None:
        self._mine.add(act_id)
        session.connection().exec_driver_sql("SELECT pg_notify(%s, %s)", (CHANNEL, str(act_id)))

    def _save(self, session: Session) -> None:
        try:
            session.commit()
        except Silent:
            raise Silent(
                _("The server fell silent while saving this: it may have been saved, or not."),
                hint=_("Look whether it is there before you do it again."),
            ) from None

    def _heard(self, act_id: int | None) -> None:
        """Another computer did something; None: it may have done anything while nobody listened."""
        if act_id is None:
            self._tell(EVERYTHING)
        elif act_id == 0:
            self._tell(LEDGER)
        elif act_id not in self._mine:
            with suppress(Trouble), self.read() as session:
                self._tell(history.changes_of(session, act_id))
        self._mine.discard(act_id or 0)


class _Ear:
    """Hears of the acts of others, on a line of its own; calls again when it falls."""

    def __init__(self, connect: Callable[[], Any], heard: Callable[[int | None], None]) -> None:
        self._connect, self._heard = connect, heard
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._listen, name="hearing", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._end.set()
        if self._thread is not None:
            self._thread.join(5)

    def _listen(self) -> None:
        while not self._end.is_set():
            try:
                with self._connect() as line:
                    line.autocommit = True
                    line.execute(f"LISTEN {CHANNEL}")
                    self._heard(None)  # whatever was done before anybody listened
                    self._hear(line)
            except (psycopg.Error, Trouble):
                self._end.wait(1)

    def _hear(self, line: Any) -> None:
        while not self._end.is_set():
            for note in line.notifies(timeout=0.5, stop_after=1):
                self._heard(int(note.payload))


def address(written: str) -> URL:
    """The address of a shared workspace; Refused when it cannot be one, or holds a password."""
    try:
        url = make_url(written)
    except (ArgumentError, ValueError):
        raise no_address() from None
    if url.get_backend_name() != "postgresql" or not url.database:
        raise no_address()
    if url.password or "password" in url.query:
        raise Refused(
            _("Do not write the password in the address: it would be seen and kept in clear."),
            hint=_("Cosigne asks for it, and keeps it in the keyring of this computer."),
        )
    return url.set(drivername="postgresql")


@contextmanager
def _first_call(url: URL, password: str | None) -> Iterator[Connection]:
    """A line of its own, before there is anything to save."""
    engine = _engine(caller(url, password), read_only=False, recording=False)
    try:
        with engine.connect() as line:
            yield line
    except Silent:
        raise Silent(
            _("The server of this workspace does not answer."),
            hint=_("Look at its address and at the network, then try again."),
        ) from None
    finally:
        engine.dispose()


def is_founded(url: URL, password: str | None) -> bool:
    """Whether there is a workspace in this database, be it an empty one."""
    with _first_call(url, password) as line:
        return _revision(line) is not None


def found(url: URL, password: str | None) -> None:
    """Make an empty database a workspace; Refused when it already holds one."""
    with _first_call(url, password) as line:
        if _revision(line) is not None:
            raise Refused(
                _("This database already holds a shared workspace."), hint=_("Open it instead.")
            )
        _refuse_unfit(line)
        _upgrade(line)


def call(url: URL, password: str | None, who: str, *, writing: bool = True) -> Server:
    """Open a shared workspace, upgraded first when it is of an earlier version and ours to change.

    Unreachable: no server there.  Locked: not this password.  TooNew: a later version's.
    """
    with _first_call(url, password) as line:
        found_ = _revision(line)
        may_write = found_ is not None and _may_write(line)
        if found_ is None:
            raise Refused(
                _("This database holds no Cosigne workspace yet."),
                hint=_("Move a file to it, or make a new one there."),
            )
        if found_ not in migrations.REVISIONS:
            raise TooNew(
                _("This workspace was made by a later version of Cosigne."),
                hint=_("Install that version to open it."),
            )
        if found_ != migrations.REVISIONS[-1]:
            _upgrade_as_its_owner(line)
        writing = writing and may_write
    return Server(url, password, who, writing=writing)


# --- the line -------------------------------------------------------------------------------


def _engine(connect: Callable[[], Any], *, read_only: bool, recording: bool = True) -> Engine:
    engine = create_engine(
        "postgresql+psycopg://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=8 if read_only else 2,
        max_overflow=0,
        pool_timeout=60,
        pool_pre_ping=True,
        hide_parameters=True,
    )

    watch_letters(engine)

    @event.listens_for(engine, "connect")
    def settle(line: Any, _record: Any) -> None:
        with line.cursor() as cursor:
            cursor.execute("SET timezone = 'UTC'")  # a day is the same day wherever it stands
            cursor.execute("SET lock_timeout = '5min'")
            cursor.execute("SET idle_in_transaction_session_timeout = '5min'")
            if read_only:
                cursor.execute("SET default_transaction_read_only = on")
        line.commit()

    @event.listens_for(engine, "handle_error")
    def say(context: ExceptionContext) -> None:
        if context.is_pre_ping:
            return  # a line that fell since it was used last: another is opened
        if (found_ := in_words(context.original_exception)) is not None:
            raise found_ from None

    return engine


def in_words(error: BaseException) -> Trouble | None:
    """The sentence for an error of the server, or None when it is a bug of ours."""
    if isinstance(error, said.InsufficientPrivilege | said.ReadOnlySqlTransaction):
        return Refused(
            _("You may look at this workspace, not change it."),
            hint=_("Ask its owner to let you write."),
        )
    if isinstance(error, said.LockNotAvailable | said.DeadlockDetected):
        return Locked(
            _("Somebody else has been writing for a long time. Nothing of this was saved."),
            hint=_("Try again in a moment."),
        )
    if isinstance(error, said.UniqueViolation):
        return Refused(
            _("Somebody else has just written this. Nothing of yours was saved."),
            hint=_("Look at what is there now."),
        )
    if isinstance(error, said.ForeignKeyViolation):
        return Refused(_("Something else rests on this. Nothing was changed."))
    if isinstance(error, said.DiskFull):
        return Unreachable(_("The server's disk is full. Nothing of this was saved."))
    if isinstance(error, psycopg.OperationalError):
        return silent()
    return None


# --- the server's shape ---------------------------------------------------------------------


def _revision(line: Connection) -> str | None:
    if line.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is None:
        return None
    if not line.exec_driver_sql("SELECT has_table_privilege('alembic_version', 'SELECT')").scalar():
        raise Refused(
            _("This workspace does not let you in."), hint=_("Ask its owner to give you a part.")
        )
    return str(line.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _may_write(line: Connection) -> bool:
    asked = "SELECT has_table_privilege('organisation', 'UPDATE')"
    return bool(line.exec_driver_sql(asked).scalar())


def _refuse_unfit(line: Connection) -> None:
    if line.exec_driver_sql("SHOW server_encoding").scalar() != "UTF8":
        raise Refused(
            _("This database cannot hold every alphabet."),
            hint=_("Whoever runs the server makes another one, in UTF8."),
        )
    if not line.exec_driver_sql("SELECT has_schema_privilege(current_schema(), 'CREATE')").scalar():
        raise Refused(
            _("You may not make a workspace in this database."),
            hint=_("Whoever runs the server must make it yours first."),
        )


def _upgrade_as_its_owner(line: Connection) -> None:
    """What is made new belongs to whoever made the rest, be it a superuser who upgrades."""
    owner, ours = line.exec_driver_sql(
        "SELECT pg_get_userbyid(relowner), pg_has_role(relowner, 'USAGE') FROM pg_class"
        " WHERE oid = 'alembic_version'::regclass"
    ).one()
    if not ours:
        raise Refused(
            _("“{owner}” must open this workspace once with this version of Cosigne.").format(
                owner=owner
            ),
            hint=_("It is of an earlier version, and they made it. Nothing was changed."),
        )
    line.exec_driver_sql(f"SET ROLE {grants.quoted(line, owner)}")
    # Let go with the line: two who come at once do it one after the other.
    line.exec_driver_sql("SELECT pg_advisory_lock(%s)", (PEN,))
    line.commit()
    if _revision(line) != migrations.REVISIONS[-1]:
        _upgrade(line)


def _upgrade(line: Connection) -> None:
    migrations.upgrade(line)
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            # The same order on both engines: by the letters' own numbers.
            if column.type.python_type is str and column.type.__visit_name__ == "text":
                line.exec_driver_sql(
                    f'ALTER TABLE "{table.name}" ALTER COLUMN "{column.name}" TYPE text COLLATE "C"'
                )
    history.install_for_all(line)
    grants.renew(line)
    line.commit()
