"""Every appeal with its figures, and the small window where a new one is made."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from crm import appeals, contacts
from crm.language import _, n_, number
from crm.language import marked as _m
from ui import actions
from ui.actions import action, button
from ui.context import Context
from ui.form import Form, Line
from ui.kit import Button, Card, EmptyState, MainButton, Page
from ui.kit.states import State
from ui.screens.editor import Edited, Editor
from ui.screens.lowered import lowered
from ui.table import Column, Records, Table

SOON = 7  # days before a deadline when it is worth a colour


class Appeals(Page):
    """The list of appeals, newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Appeals"))
        self.records = Records(context.tasks, appeals.rows_of, columns())
        empty = EmptyState(
            _("No appeal yet."),
            MainButton(_("Read a document…"), lambda: context.go("reading")),
            Button(_("New appeal"), self.new),
            detail=_("Drop the document of an appeal already signed: its signatories are read."),
            icon="appeal",
        )
        self.table = Table(self.records, name="appeals", empty=empty, label=_("Appeals"))
        self.table.opened.connect(lambda each: context.go("appeal", appeal_id=each))
        self.table.context_menu = self._menu
        self.put(Card(self.table, flush=True))
        self.setFocusProxy(self.table)
        self.act(
            Button(_("Read a document…"), lambda: context.go("reading"), icon="document"),
            button(self.new, main=True),
        )
        actions.bind(self)
        self.follow("appeal", "signature", "question", refresh=self._refresh)

    def visit(self) -> None:
        """Read the list again."""
        self._refresh()

    @action(_m("New appeal"), "Ctrl+N", icon="plus")
    def new(self) -> None:
        """Make a new appeal."""
        new_appeal(self.context, self)

    def _refresh(self) -> None:
        self.context.tasks.read(self, appeals.ids, then=self._show)

    def _show(self, ids: list[int]) -> None:
        self.records.show(ids)
        self.head(_("Appeals"), n_("{n} appeal", "{n} appeals", len(ids)) if ids else "")

    def _menu(self, ids: list[int]) -> list[tuple[str, Any]]:
        go = self.context.go
        return [
            (_("Open"), lambda: go("appeal", appeal_id=ids[0])),
            (_("Note an answer"), lambda: go("answer", appeal_id=ids[0])),
            (_("Publish"), lambda: go("appeal", appeal_id=ids[0], tab="publish")),
        ]


def columns() -> tuple[Column, ...]:
    """What the list shows of an appeal."""
    return (
        Column(_("Title"), "title", "strong", grow=6, least=40),
        Column(_("Kind"), "kind", grow=1, least=13, spare=4,
               say=lambda row: _(appeals.KINDS.get(row.kind, row.kind))),
        Column(_("Date"), "issued_on", "date", grow=0.5, least=12, spare=1),
        Column(_("Signed"), "counts", "number", grow=0, least=8,
               say=lambda row: _figure(row.counts.signed)),
        Column(_("Promised"), "counts", "number", grow=0, least=9, spare=3,
               say=lambda row: _figure(row.counts.promised)),
        Column(_("No answer"), "counts", "number", grow=0, least=11, spare=2,
               say=lambda row: _figure(row.counts.asked)),
        Column(_("Questions"), "questions", "pill", grow=0, least=14, spare=2, vanishes=True,
               state=_questions, say=lambda row: str(_questions(row)) if row.questions else ""),
        Column(_("Deadline"), "deadline", "pill", grow=0, least=15, spare=1, vanishes=True,
               state=_deadline, say=lambda row: str(_deadline(row)) if row.deadline else ""),
    )  # fmt: skip


def _figure(count: int) -> str:
    return number(count) if count else "–"


def _questions(row: appeals.AppealRow) -> State:
    count = row.questions
    return State("warn", n_("{n} question", "{n} questions", count) if count else "")


def _deadline(row: appeals.AppealRow) -> State:
    if row.deadline is None:
        return State("quiet", "")
    days = (row.deadline - date.today()).days
    if days < 0:
        return State("quiet", _("over"), "·")
    if days == 0:
        return State("warn", _("today"), "…")
    said = n_("in {n} day", "in {n} days", days)
    return State("warn" if days <= SOON else "info", said, "…")


def fields() -> tuple[Line, ...]:
    """What is written about an appeal."""
    from ui.naming import languages

    kinds = [(key, _(words)) for key, words in appeals.KINDS.items()]
    return (
        Line("title", _("Title"), needed=True),
        Line("kind", _("Kind"), "choice", choices=kinds),
        Line("issued_on", _("Date"), "date"),
        Line("place", _("Place")),
        Line("language", _("Language"), "choice", choices=[("", ""), *languages()]),
        Line("addressee", _("Addressee")),
        Line("deadline", _("Deadline"), "date"),
        Line("text", _("Text"), "long"),
        Line("notes", _("Notes")),
    )


def new_appeal(context: Context, owner: QWidget | None = None) -> None:
    """A new appeal, in a small window; then its page."""
    form = Form(*fields())
    form.fill({"kind": "appeal", "language": ""})
    box = Editor(
        context, owner or the_window(), _("New appeal"), form, _add, label=_("New appeal"),
        then=lambda made: context.go("appeal", appeal_id=made),
    )  # fmt: skip
    lowered(box, form)
    box.open()
    form.field("title").setFocus()


def edit_appeal(context: Context, owner: QWidget, sheet: appeals.AppealSheet) -> None:
    """Change what is written about an appeal."""
    form = Form(*fields())
    form.fill(_record(sheet))
    box = Editor(
        context, owner, _("About this appeal"), form, partial(_change, sheet.id),
        label=_("Appeal changed"), of=Edited("appeal", sheet.id, _now),
    )  # fmt: skip
    lowered(box, form)
    box.open()


def _add(session: Any, values: dict[str, Any]) -> int:
    return appeals.add(session, **{key: each for key, each in values.items() if each})


def _record(sheet: appeals.AppealSheet) -> dict[str, Any]:
    """What its form shows of an appeal."""
    shown = {each.name: getattr(sheet, each.name) for each in fields()}
    return shown | {"language": sheet.language or ""}


def _now(session: Any, appeal_id: int) -> dict[str, Any]:
    return _record(appeals.sheet(session, appeal_id))


def _change(appeal_id: int, session: Any, changed: dict[str, Any]) -> None:
    if changed:
        now = {key: each or None for key, each in changed.items()}
        contacts.change(session, "appeal", appeal_id, **now)


def the_window() -> QWidget:
    """The window a small one stands before, whoever asked for it."""
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    mains = [each for each in shown if each.parentWidget() is None]
    active = QApplication.activeWindow()
    return active if active in mains else max(mains, key=lambda each: each.width())
