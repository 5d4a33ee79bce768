"""The only door to threads.

    tasks.read(owner, step, *args, then=…)           look
    tasks.write(owner, label, step, *args, then=…)   one act, undoable
    tasks.act(owner, label, long_act, *args, then=…) one long act: progress, Stop takes it back
    tasks.run(owner, label, walk, *args, then=…)     a long walk of short acts: progress, Stop
    tasks.think(owner, work, *args, then=…)          a file, a server, a key: no data

`then` gets the result on the window's thread, and never when its owner is gone.  Trouble goes to
`otherwise` where one is given, else it is shown on the owner's page; nothing is raised.  Nothing
that belongs to the window is ever destroyed by a worker.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from crm.errors import Trouble
from ui import sweeping

if TYPE_CHECKING:
    from crm.db import Database, Step

PROGRESS_EVERY = 0.05  # seconds; faster than this nobody reads

Then = Callable[[Any], object] | None
Otherwise = Callable[[Trouble], object] | None


class Work:
    """Something long under way; `stop()` ends it between two steps."""

    def __init__(self, label: str, place: tuple[str, dict[str, Any]] | None = None) -> None:
        self.label = label
        self.place = place
        self.step: Step | None = None
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Ask for no further step; what a long act did so far is taken back."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stopped.is_set()


@dataclass
class _Errand:
    """What a worker is sent for.  It is told only the number: whoever asks stays at home.

    Otherwise the last to hold a closed page, or its model, could be the worker.
    """

    work: Callable[[], Any]
    home: Callable[[Future[Any]], object]  # on the window's thread
    answer: Future[Any] = field(default_factory=Future)

    def do(self) -> None:
        try:
            self.answer.set_result(self.work())
        except Exception as error:  # noqa: BLE001  every failure must reach the user
            self.answer.set_exception(error)


class Tasks(QObject):
    """Runs work for the windows and brings the answers home."""

    opened = Signal()  # the workspace can be asked
    changed = Signal(object)  # crm.history.Changes
    trouble = Signal(QObject, Exception)
    began = Signal(object)  # Work
    progress = Signal(object)  # Work, whose `step` is new
    ended = Signal(object)  # Work
    _home = Signal(int)  # the errand that is done

    def __init__(self, db: Database | None = None) -> None:
        super().__init__()
        sweeping.keep_swept()
        self._ready: Future[Database] = Future()
        # One clerk: the user's acts happen in the order she asked for them.
        self._clerk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")
        self._hands = ThreadPoolExecutor(max_workers=6, thread_name_prefix="hand")
        self._tickets = itertools.count(1)
        self._errands: dict[int, _Errand] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._asked = 0
        self._closed = False
        self.under_way: list[Work] = []
        self._home.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        if db is not None:
            self.open(db)

    def open(self, db: Database) -> None:
        """From now on questions are answered by this workspace; those already asked waited.

        One that was open is let go of once what was asked of it is done.
        """
        if self.is_open:
            self._clerk.submit(self.db.close)
            self._ready = Future()
        db.forbid_writes_on_this_thread()
        db.listen(lambda changes: self.call(lambda: self.changed.emit(changes)))
        self._ready.set_result(db)
        self.opened.emit()

    def when_open(self, do: Callable[[], object]) -> None:
        """Call whenever there is a workspace to ask: now, if there is one, and at each opening."""
        self.opened.connect(do)
        if self.is_open:
            do()

    @property
    def is_open(self) -> bool:
        """Whether there is a workspace to ask."""
        return self._ready.done() and not self._ready.cancelled()

    @property
    def db(self) -> Database:
        """The open workspace."""
        return self._ready.result(timeout=0)

    def read(
        self,
        owner: QObject,
        step: Callable[..., Any],
        *args: Any,
        then: Then,
        otherwise: Otherwise = None,
    ) -> None:
        """Answer a question.  Asked again by the same owner, only the last answer comes."""
        question = (id(owner), _name(step))
        ticket = self._latest[question] = next(self._tickets)
        ready = self._ready  # of the workspace that is asked, even if another is opened meanwhile

        def work() -> Any:
            with ready.result().read() as session:
                return step(session, *args)

        def unless_stale(result: Any) -> None:
            if self._latest.get(question) == ticket and then is not None:
                del self._latest[question]
                then(result)

        self._start(self._hands, owner, work, unless_stale, otherwise)

    def write(
        self,
        owner: QObject,
        label: str,
        step: Callable[..., Any],
        *args: Any,
        then: Then = None,
        otherwise: Otherwise = None,
        kind: str = "do",
    ) -> None:
        """Do one thing, whole or not at all; `kind="final"` for what no undo may take back."""

        ready = self._ready

        def work() -> Any:
            with ready.result().write(label, kind=kind) as session:
                return step(session, *args)

        self._start(self._clerk, owner, work, then, otherwise)

    def act(
        self,
        owner: QObject,
        label: str,
        long_act: Callable[..., Any],
        *args: Any,
        then: Then = None,
        otherwise: Otherwise = None,
    ) -> Work:
        """Do one long thing in one transaction; `stop()` takes back all of it."""

        ready = self._ready

        def steps() -> Iterator[Any]:
            return ready.result().carry_out(label, long_act, *args)

        return self._walk(self._clerk, owner, Work(label), steps, then, otherwise)

    def run(
        self,
        owner: QObject,
        label: str,
        walk: Callable[..., Any],
        *args: Any,
        then: Then = None,
        otherwise: Otherwise = None,
        place: tuple[str, dict[str, Any]] | None = None,
    ) -> Work:
        """Walk through a generator to its end, or until `stop()`: then the result is None.

        `place` is where the pulse in the corner leads: `("progress", {"mailing_id": 7})`.
        """

        ready = self._ready

        def steps() -> Iterator[Any]:
            return iter(walk(ready.result(), *args))

        return self._walk(self._hands, owner, Work(label, place), steps, then, otherwise)

    def think(
        self,
        owner: QObject,
        work: Callable[..., Any],
        *args: Any,
        then: Then = None,
        otherwise: Otherwise = None,
    ) -> None:
        """Work that asks nothing of the workspace: a file to read, a server, a key to make."""
        self._start(self._hands, owner, lambda: work(*args), then, otherwise)

    def fetch(
        self, step: Callable[..., Any], *args: Any, then: Callable[[Future[Any]], object]
    ) -> Future[Any]:
        """For a table that paints: the answer itself, which may be waited for a moment.

        `then` gets it too, once it is there.
        """
        ready = self._ready

        def work() -> Any:
            with ready.result().read() as session:
                return step(session, *args)

        if self._closed:
            return _nothing()
        return self._send(self._hands, _Errand(work, then))

    def call(self, then: Callable[[], object]) -> None:
        """Make a call on the window's thread, from whichever thread asks."""
        ticket = next(self._tickets)
        self._errands[ticket] = _Errand(lambda: None, lambda _nothing: then())
        self._home.emit(ticket)

    def close(self) -> None:
        """Stop what is under way between two steps, and wait for it."""
        for work in list(self.under_way):
            work.stop()
        self._closed = True
        self._ready.cancel()
        self._clerk.shutdown(cancel_futures=True)
        self._hands.shutdown(cancel_futures=True)

    def _walk(
        self,
        who: ThreadPoolExecutor,
        owner: QObject,
        work: Work,
        start: Callable[[], Iterator[Any]],
        *ends: Any,
    ) -> Work:
        def walk() -> Any:
            steps = start()
            try:
                return self._to_the_end(steps, work)
            finally:
                close = getattr(steps, "close", None)
                if close is not None:
                    close()
                self.call(lambda: self._end(work))

        if self._closed:
            return work
        self.under_way.append(work)
        self.began.emit(work)
        self._start(who, owner, walk, *ends)
        return work

    def _to_the_end(self, steps: Iterator[Any], work: Work) -> Any:
        shown = 0.0
        try:
            while not work.stopped:
                work.step = next(steps)
                if time.monotonic() - shown > PROGRESS_EVERY:
                    shown = time.monotonic()
                    self.call(lambda: self.progress.emit(work))
        except StopIteration as end:
            return end.value
        return None

    def _end(self, work: Work) -> None:
        if work in self.under_way:
            self.under_way.remove(work)
        self.ended.emit(work)

    def _start(
        self,
        who: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[[], Any],
        then: Then,
        otherwise: Otherwise,
    ) -> None:
        def home(answer: Future[Any]) -> None:
            self._asked -= 1
            if (error := answer.exception()) is not None:
                self._tell(owner, error, otherwise)
            elif then is not None and isValid(owner):
                then(answer.result())

        if self._closed:
            return
        self._asked += 1
        self._send(who, _Errand(work, home))

    def _send(self, who: ThreadPoolExecutor, errand: _Errand) -> Future[Any]:
        ticket = next(self._tickets)
        self._errands[ticket] = errand
        who.submit(self._carry, ticket)
        return errand.answer

    def _carry(self, ticket: int) -> None:
        self._work_on(ticket)  # its frame, and all it held, is gone before the window hears
        self._home.emit(ticket)

    def _work_on(self, ticket: int) -> None:
        self._errands[ticket].do()

    @Slot(int)
    def _arrive(self, ticket: int) -> None:
        errand = self._errands.pop(ticket)
        errand.home(errand.answer)

    @property
    def busy(self) -> bool:
        """Whether an answer is still on its way."""
        return self._asked > 0

    def _tell(self, owner: QObject, error: BaseException, otherwise: Otherwise) -> None:
        alive = isValid(owner)
        if alive and otherwise is not None and isinstance(error, Trouble):
            otherwise(error)
        elif alive or not isinstance(error, Trouble):
            self.trouble.emit(owner if alive else self, error)


def _nothing() -> Future[Any]:
    future: Future[Any] = Future()
    future.cancel()
    return future


def _name(step: Callable[..., Any]) -> str:
    inner = getattr(step, "func", step)  # functools.partial keeps the function inside
    return f"{getattr(inner, '__module__', '')}.{getattr(inner, '__qualname__', type(inner))}"
