"""Everything that was done, newest first; an act goes back as long as nothing rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm import history
from crm.language import _
from ui.context import Context
from ui.kit import Button, Card, EmptyState, Page, states
from ui.kit.states import State
from ui.table import Column, Records, Table

LINES = 500


@dataclass(frozen=True)
class Line:
    """One act, as the list shows it."""

    id: int
    label: str
    at: datetime
    rows: int
    kind: str
    undone: bool
    who: str

    @classmethod
    def of(cls, each: history.Entry) -> Line:
        """A line of the journal."""
        return cls(each.id, each.label, each.at, each.rows, each.kind, each.undone, each.who or "")

    @property
    def can_go(self) -> bool:
        """Whether it may be taken back."""
        return self.kind == "do" and not self.undone


class Journal(Page):
    """The list, and one button."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.head(
            _("Journal"),
            _("What was done here. A message that left cannot be called back."),
            [(_("Home"), lambda: context.go("home"))],
        )
        self.take_back = Button(_("Take this act back"), self._take_back, icon="undo")
        self.act(self.take_back)
        self.records = Records(context.tasks, None, columns())
        empty = EmptyState(_("Nothing was done yet."), icon="clock")
        self.table = Table(self.records, name="journal", empty=empty, label=_("Journal"))
        self.table.chosen.connect(self._choose)
        self._lines: dict[int, Line] = {}
        self.put(Card(self.table, flush=True))
        self.setFocusProxy(self.table)
        self.context.tasks.changed.connect(self.visit)

    def visit(self, *_what: Any) -> None:
        """Read it again."""
        self.context.tasks.read(self, _lines, then=self._show)

    def _show(self, lines: list[Line]) -> None:
        self._lines = {each.id: each for each in lines}
        self.records.show_rows(lines)
        self._choose(self.table.current_id())

    def _choose(self, act_id: int) -> None:
        line = self._lines.get(act_id)
        self.take_back.setEnabled(line is not None and line.can_go)

    def _take_back(self) -> None:
        line = self._lines[self.table.current_id()]
        self.context.ask(
            self,
            _("Take back “{label}”?").format(label=line.label),
            _("Only if nothing changed since, and nothing that left rests on it."),
            yes=_("Take back"),
            then=lambda: self._go_back(line),
        )

    def _go_back(self, line: Line) -> None:
        done = _("Taken back: {label}.").format(label=line.label)
        self.context.tasks.run(
            self,
            _("Undo: {label}").format(label=line.label),
            lambda db: db.undo(line.id),
            then=lambda _x: self.context.toast(done),
        )


def columns() -> tuple[Column, ...]:
    """What the journal shows of an act."""
    return (
        Column(_("When"), "at", "dim", grow=0.6, least=12),
        Column(_("What"), "label", "strong", grow=4, least=24),
        Column(_("Who"), "who", "dim", grow=0.8, least=10, vanishes=True),
        Column(_("Records"), "rows", "number", grow=0.3, least=8, spare=1),
        Column(_("State"), "kind", "pill", grow=0.8, least=18, state=_state),
    )


def _state(line: Line) -> State:
    if line.undone:
        return states.State("quiet", _("taken back"), "↶")
    if line.kind == "do":
        return states.State("good", _("done"))
    if line.kind == "final":
        return states.State("info", _("for good"), "■")
    return states.State("quiet", _("undo") if line.kind == "undo" else _("redo"), "↶")


def _lines(session: Any) -> list[Line]:
    return [Line.of(each) for each in history.journal(session, LINES)]
