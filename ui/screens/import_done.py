"""An import that was written: what it did, how to take it back, and the rows it left aside."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import formats, history, imports
from crm.db import Step
from crm.imports import Imported, Plan
from crm.language import _, n_
from ui.context import Context
from ui.kit import Button, Card, EmptyState, MainButton
from ui.topbar import MANY, in_words


@dataclass(frozen=True)
class Done:
    """What an import wrote, and the act that would take it back."""

    imported: Imported
    act_id: int


class Finished(Card):
    """Her file has not changed, and nothing is settled yet: the import can be taken back."""

    def __init__(
        self, context: Context, plan: Plan, done: Done, begin_again: Callable[[], object]
    ) -> None:
        super().__init__()
        self.context = context
        self._act_id, self._begin_again = done.act_id, begin_again
        ways = [
            MainButton(_("See the directory"), lambda: context.go("directory")),
            Button(_("Take back this import"), self.take_back),
        ]
        if plan.rejected or plan.doubtful:
            save = _("Save the rows left aside…")
            ways.append(Button(save, lambda: save_rejected(context, self, plan)))
        self.body.addWidget(
            EmptyState(
                _("That is done. Your own file has not changed."),
                *ways,
                detail=in_figures(done.imported),
                icon="check",
            )
        )

    def take_back(self) -> None:
        """Take back this import and nothing else; said before, where it touches many records."""
        self.context.tasks.read(
            self, _weight, self._act_id, then=lambda tally: self._weigh(dict(tally))
        )

    def _weigh(self, tally: dict[str, int]) -> None:
        if sum(tally.values()) <= MANY:
            self._take_back()
            return
        self.context.ask(
            self, _("Take back this import?"),
            _("{records} will be put back as they were. Nothing else changes.").format(
                records=in_words(tally)
            ),
            yes=_("Take back this import"), then=self._take_back,
        )  # fmt: skip

    def _take_back(self) -> None:
        act_id = self._act_id
        self.context.tasks.run(
            self, _("Taking back"), lambda db: db.undo(act_id), then=self._taken_back
        )

    def _taken_back(self, label: str | None) -> None:
        if label is not None:
            self.context.toast(_("Taken back: {label}.").format(label=label))
            self._begin_again()


def save_rejected(context: Context, owner: QWidget, plan: Plan) -> None:
    """The rows left aside, in a file of their own, each with the reason."""
    context.save_file(
        owner, _("Rows left aside"), _("Rows left aside") + ".xlsx",
        _("Spreadsheets") + " (*.xlsx)",
        lambda path: context.tasks.think(
            owner, formats.write, path, imports.rejected_table(plan),
            then=lambda _done: context.toast(_("Saved: {name}").format(name=path.name)),
        ),
    )  # fmt: skip


def in_figures(done: Imported) -> str:
    """What an import wrote, in one sentence or two."""
    parts = [
        n_("{n} new organisation", "{n} new organisations", done.created),
        n_("{n} completed", "{n} completed", done.completed),
        n_("{n} address", "{n} addresses", done.addresses),
    ]
    if done.signatures:
        parts.append(n_("{n} signature", "{n} signatures", done.signatures))
    told = ", ".join(parts) + "."
    if not done.questions:
        return told
    waits = n_(
        "The question without an answer stays out: import the file again to be asked.",
        "The {n} questions without an answer stay out: import the file again to be asked.",
        done.questions,
    )
    return f"{told} {waits}"


def recorded(session: Any, plan: Plan) -> Generator[Step, None, Done]:
    """Record the plan, and say which act did."""
    imported = yield from imports.record(session, plan)
    # Nobody else writes as long as this act is open: the last one is ours.
    act = history.to_undo(session)
    return Done(imported, act.id if act is not None else 0)


def _weight(session: Any, act_id: int) -> Mapping[str, int]:
    return history.tally(session, act_id)
