"""On top of every page: the search, what Undo would take back, and what is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout

from crm.language import _, n_
from ui import trouble
from ui.finder import Finder
from ui.kit import Button, IconButton
from ui.kit.words import tip
from ui.look import scaled, wear
from ui.pulse import Pulse
from ui.tasks import Tasks

if TYPE_CHECKING:
    from crm.history import Entry

MANY = 10  # records; more than this is said before it is taken back


class Steps(Protocol):
    """What a page has to take back of its own, before any of it is an act."""

    def to_undo(self) -> str:
        """What `undo` would take back; "" for nothing."""

    def to_redo(self) -> str:
        """What `redo` would do again; "" for nothing."""

    def undo(self) -> None:
        """Take it back."""

    def redo(self) -> None:
        """Do it again."""


class TopBar(QFrame):
    """The bar itself."""

    def __init__(self, tasks: Tasks, go: Callable[..., None], toast: Callable[..., None]) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.finder = Finder(tasks, go)
        self.undo = Button("")
        self.undo.setProperty("look", "pulse")
        wear(self.undo, "undo", "soft", 15)
        self.redo = IconButton("redo", _("Redo"), size=16)
        self.history = History(self, tasks, toast)
        self.pulse = Pulse(tasks, go)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(scaled(18), scaled(9), scaled(18), scaled(9))
        layout.setSpacing(scaled(10))
        layout.addWidget(self.finder, 3)
        layout.addStretch(1)
        for each in (self.undo, self.redo, self.pulse):
            layout.addWidget(each)


class History(QObject):
    """What Undo and Redo would do, said before it is done.

    As long as a page has steps of its own, they are what is taken back.
    """

    def __init__(self, bar: TopBar, tasks: Tasks, toast: Callable[..., None]) -> None:
        super().__init__(bar)
        self._bar = bar
        self._tasks = tasks
        self._toast = toast
        self._last: Entry | None = None
        self._next: Entry | None = None
        self._steps: Steps | None = None
        bar.undo.clicked.connect(self.undo)
        bar.redo.clicked.connect(self.redo)
        tasks.changed.connect(self._look)
        tasks.when_open(self._look)
        self._show((None, None, {}))

    def lend(self, steps: Steps | None) -> None:
        """The page in sight has these steps of its own, or none."""
        self._steps = steps
        self._tell()

    def undo(self) -> None:
        """Take back the last step of the page, or else the last act."""
        if self._steps is not None:
            self._steps.undo()
        else:
            self.undo_act()

    def redo(self) -> None:
        """Do again the step of the page, or else the act, that was taken back last."""
        if self._steps is not None:
            self._steps.redo()
        else:
            self.redo_act()

    def undo_act(self) -> None:
        """Take back the last act; asks first, with figures, when it touched many records."""
        if self._last is None:
            return
        entry = self._last
        if entry.rows <= MANY:
            self._take_back(entry)
            return
        self._tasks.read(self, _tally, entry.id, then=lambda tally: self._ask(entry, tally))

    def redo_act(self) -> None:
        """Do again what the last undo took back."""
        if self._next is not None:
            label = self._next.label
            told = _("Done again: {label}.").format(label=label)
            self._tasks.run(
                self,
                _("Redo: {label}").format(label=label),
                lambda db: db.redo(),
                then=lambda done: done and self._toast(told),
            )

    def _ask(self, entry: Entry, tally: dict[str, int]) -> None:
        counted = in_words(tally)
        trouble.ask(
            self._bar,
            _("Undo “{label}”?").format(label=entry.label),
            _("{records} will be put back as they were. Nothing else changes.").format(
                records=counted
            ),
            yes=_("Undo"),
            then=lambda: self._take_back(entry),
        )

    def _take_back(self, entry: Entry) -> None:
        told = _("Taken back: {label}.").format(label=entry.label)
        self._tasks.run(
            self,
            _("Undo: {label}").format(label=entry.label),
            lambda db: db.undo(entry.id),
            then=lambda done: done and self._toast(told, action=(_("Redo"), self.redo_act)),
        )

    def _look(self, _changes: object = None) -> None:
        self._tasks.read(self, _ends, self._tasks.db.who, then=self._show)

    def _show(self, found: tuple[Entry | None, Entry | None, Any]) -> None:
        self._last, self._next, _rest = found
        self._tell()

    def _tell(self) -> None:
        steps = self._steps
        if steps is not None:
            undoes, redoes = steps.to_undo(), steps.to_redo()
        else:
            undoes = self._last.label if self._last is not None else ""
            redoes = self._next.label if self._next is not None else ""
        short = undoes if len(undoes) <= 38 else undoes[:38].rsplit(" ", 1)[0] + " …"
        said = _("Undo: {label}").format(label=short) if undoes else _("Undo")
        self._bar.undo.setText(said.replace("&", "&&"))
        self._bar.undo.setToolTip(tip(f"{undoes} (Ctrl+Z)") if undoes else "Ctrl+Z")
        self._bar.undo.setAccessibleName(_("Undo: {label}").format(label=undoes))
        self._bar.undo.setEnabled(bool(undoes))
        self._bar.redo.setVisible(bool(redoes))
        if redoes:
            said = _("Redo: {label}").format(label=redoes)
            self._bar.redo.setToolTip(tip(said))
            self._bar.redo.setAccessibleName(said)


def in_words(tally: dict[str, int]) -> str:
    """43 signatures and 9 organisations; small parts of records are not counted apart."""
    said = {
        "signature": n_("{n} signature", "{n} signatures", tally.get("signature", 0)),
        "organisation": n_("{n} organisation", "{n} organisations", tally.get("organisation", 0)),
        "person": n_("{n} person", "{n} people", tally.get("person", 0)),
        "address": n_("{n} address", "{n} addresses", tally.get("address", 0)),
        "appeal": n_("{n} appeal", "{n} appeals", tally.get("appeal", 0)),
        "question": n_("{n} question", "{n} questions", tally.get("question", 0)),
        "mailing": n_("{n} mailing", "{n} mailings", tally.get("mailing", 0)),
        "template": n_("{n} letter", "{n} letters", tally.get("template", 0)),
    }
    parts = [words for noun, words in said.items() if tally.get(noun)]
    if not parts:
        return n_("{n} record", "{n} records", sum(tally.values()))
    if len(parts) == 1:
        return parts[0]
    return _("{some} and {last}").format(some=", ".join(parts[:-1]), last=parts[-1])


def _ends(session: Any, who: str | None) -> tuple[Entry | None, Entry | None, None]:
    from crm import history

    return history.to_undo(session, who), history.to_redo(session, who), None


def _tally(session: Any, act_id: int) -> dict[str, int]:
    from crm import history

    return dict(history.tally(session, act_id))
