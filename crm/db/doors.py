"""The two doors, the same on a file and on a server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from crm import history
from crm.cipher import Key
from crm.errors import Refused
from crm.history import LEDGER, Changes
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

    shared = False
    """Whether other computers write to it too."""

    who: str | None = None
    """The name its acts are signed with in the journal."""

    def __init__(self, reader: Engine, writer: Engine | None) -> None:
        self._reader, self._writer = reader, writer
        self._listeners: list[Callable[[Changes], None]] = []
        self._no_writes_on: int | None = None

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
            raise self._no_pen()
        assert threading.get_ident() != self._no_writes_on, "write through ui.tasks"
        with Session(self._writer, expire_on_commit=False) as session:
            changes = yield from self._act(session, label, kind, of_id)
        self._tell(changes)

    def _act(
        self, session: Session, label: str, kind: str, of_id: int | None
    ) -> Generator[Session, None, Changes]:
        self._take_pen(session)
        if kind == "ledger":
            history.rest(session)
            yield session
            self._announce(session, 0)
            self._save(session)
            return LEDGER
        act_id = history.begin(session, label, kind, of_id, self.who)
        lasting = history.watch(session)
        yield session
        session.flush()
        changes = history.changes_of(session, act_id)
        if not changes and lasting and kind == "do":
            # Nothing that could be undone, and yet not nothing: a wish, a printed list.
            history.make_final(session, act_id)
        if not changes and not lasting and kind == "do":
            session.rollback()
        else:
            self._announce(session, act_id)
            self._save(session)
        return changes

    def carry_out(
        self, label: str, long_act: Callable[..., Generator[Step, None, T]], *args: Any, **more: Any
    ) -> Generator[Step, None, T]:
        """Run a long act in one transaction; closing this generator rolls all of it back."""
        with self.write(label) as session:
            return (yield from long_act(session, *args, **more))

    def undo(self, act_id: int | None = None) -> Generator[Step, None, str]:
        """Take back the last act done here, or the one given; returns its label.

        Refused with its reason when a row changed since, or when a message that left or a
        printed list rests on it.
        """
        return (yield from self._reverse("undo", history.to_undo, act_id))

    def redo(self) -> Generator[Step, None, str]:
        """Do again what the last undo took back; returns its label."""
        return (yield from self._reverse("redo", history.to_redo, None))

    def _reverse(
        self,
        kind: str,
        find: Callable[[Session, str | None], history.Entry | None],
        act_id: int | None,
    ) -> Generator[Step, None, str]:
        with self.read() as session:
            entry = history.entry(session, act_id) if act_id else find(session, self.who)
        if entry is None:
            undoing = kind == "undo"
            raise Refused(
                _("There is nothing left to take back here.") if undoing
                else _("There is nothing to do again.")
            )  # fmt: skip
        with self.write(entry.label, kind=kind, of_id=entry.id) as session:
            for done, total in history.take_back(session, entry.id):
                yield Step(done, total, entry.label)
        return entry.label

    def may_write(self) -> bool:
        """Whether this program may change the workspace."""
        return self._writer is not None

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Hear of every change, from whichever thread made it."""
        self._listeners.append(listener)

    def forbid_writes_on_this_thread(self) -> None:
        """Called once by the window: its thread must never wait for the pen."""
        self._no_writes_on = threading.get_ident()

    def close(self) -> None:
        """Let the workspace go."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()

    # --- who else is there ------------------------------------------------------------------

    @contextmanager
    def presence(self, what: int, number: int) -> Iterator[None]:
        """Be seen as present at `number` of `what`, until the end or until this program dies."""
        yield

    def is_present(self, what: int, number: int) -> bool:
        """Whether another program is present there.  On a file nobody else can be."""
        return False

    # --- what a file and a server do each in their own way ----------------------------------

    @property
    def place(self) -> str:
        """Where it is, as a person reads it and `--workspace` takes it; without any secret."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        """What a person calls that place: the name of the file, or of the server."""
        raise NotImplementedError

    @property
    def path(self) -> Path:
        """The file; Refused when there is none."""
        raise _no_file()

    @property
    def key(self) -> Key:
        """What opens the file; Refused when there is none."""
        raise _no_file()

    def back_up(self, target: Path | None = None) -> Path:
        """A verified, encrypted copy under the same phrase; beside the file if not said."""
        raise _no_file()

    def faults(self) -> list[str]:
        """What is wrong with it; empty when all is whole."""
        raise NotImplementedError

    def _no_pen(self) -> Exception:
        raise NotImplementedError

    def _take_pen(self, session: Session) -> None:
        """Wait until no other act is being written."""

    def _announce(self, session: Session, act_id: int) -> None:
        """Tell the other computers, as part of the act."""

    def _save(self, session: Session) -> None:
        """Make the act last."""
        session.commit()

    def _tell(self, changes: Changes) -> None:
        for listener in self._listeners:
            listener(changes)


def _no_file() -> Refused:
    return Refused(
        _("This workspace is on a server: there is no file of it here."),
        hint=_("Move it to a file first, or ask whoever runs the server."),
    )


def watch_letters(engine: Engine) -> None:
    """Refuse, in words and on both engines, what only one of them would keep, or neither."""

    @event.listens_for(engine, "before_cursor_execute")
    def look(_line: Any, _cursor: Any, _said: str, values: Any, *_more: Any) -> None:
        if not all(map(_can_be_kept, _texts(values))):
            raise Refused(
                _("There is a sign in this text that cannot be kept."),
                hint=_("Type the text instead of pasting it."),
            )


def _texts(values: Any) -> Iterator[str]:
    """Every text among the values of a statement, be they one row's or many's."""
    for value in values.values() if isinstance(values, dict) else values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | tuple | list):
            yield from _texts(value)


def _can_be_kept(value: str) -> bool:
    if "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False  # half of a pair of signs
    return True


def finish(walk: Generator[Step, None, T]) -> T:
    """Walk to the end without watching; what the walk returns."""
    while True:
        try:
            next(walk)
        except StopIteration as end:
            result: T = end.value
            return result
