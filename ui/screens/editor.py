"""The small window in which one record is written down or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crm.errors import Trouble
from crm.language import _
from ui import trouble
from ui.context import Context
from ui.form import Form
from ui.kit import Dialog
from ui.screens.clashing import Clashes

if TYPE_CHECKING:
    from crm.clashes import Clashing

Write = Callable[[Any, dict[str, Any]], Any]
"""A step that writes the values of a form: `write(session, values)`."""


@dataclass(frozen=True)
class Edited:
    """The record that is changed; `now(session, id)` reads it as its form shows it."""

    noun: str
    id: int
    now: Callable[[Any, int], dict[str, Any]]


class Editor(Dialog):
    """A form whose button does one act; trouble is said in it, and it stays open.

    With `of`, only what she changed is written; where somebody else changed the same
    meanwhile, she is asked whose words stand.
    """

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        title: str,
        form: Form,
        write: Write,
        *,
        label: str,
        then: Callable[[Any], object] | None = None,
        undo: bool = True,
        of: Edited | None = None,
    ) -> None:
        super().__init__(owner, title, save=(_("Save"), self._save), width=520)
        self.context = context
        self.form = form
        self._write = write
        self._label = label
        self._then, self._undo, self._of = then, undo, of
        self.put(form)

    def _save(self) -> None:
        if not self.form.complete():
            return
        if self._of is not None and not self.form.changed():
            self.accept()  # nothing to undo either
            return
        label = self._label.format(name=self.form.values().get("name") or "")
        if self._of is None:
            step = partial(_written, self._write, self.form.values())
        else:
            step = partial(
                _unless_changed, self._of, self.form.shown(), self.form.changed(), self._write
            )
        self.context.tasks.write(self, label, step, then=self._saved, otherwise=self._no)

    def _saved(self, made: Any) -> None:
        self.accept()
        self.context.toast(_("Saved."), undo=self._undo)
        if self._then is not None:
            self._then(made)

    def _no(self, why: Trouble) -> None:
        from crm.clashes import Clashing

        if isinstance(why, Clashing):
            self._ask(why)
        else:
            self.say(trouble.bar(why))

    def _ask(self, why: Clashing) -> None:
        theirs = {each.field: each.theirs for each in why.clashes}

        def take(kept: dict[str, Any]) -> None:
            self.form.settle(kept, theirs)
            self._save()

        Clashes(self, why, self.form.labels(), self.form.words, take).open()


def _written(write: Write, values: dict[str, Any], session: Any) -> Any:
    return write(session, values)


def _unless_changed(
    of: Edited, shown: dict[str, Any], changed: dict[str, Any], write: Write, session: Any
) -> Any:
    from crm import clashes

    clashes.refuse(session, of.noun, of.id, before=shown, now=of.now(session, of.id), mine=changed)
    return write(session, dict(changed))
