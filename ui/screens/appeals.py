"""Every appeal with its figures, and the small window where a new one is made."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import appeals, contacts
from crm.language import _, n_
from crm.language import marked as _m
from ui import actions
from ui.actions import action, button
from ui.context import Context
from ui.form import Form, Line
from ui.kit import Button, Card, Dialog, EmptyState, MainButton, Page
from ui.table import Column, Records, Table


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
        self.context.tasks.read(self, appeals.ids, then=self.records.show)
        self.records.forget()


def columns() -> tuple[Column, ...]:
    """What the list shows of an appeal."""
    return (
        Column(_("Title"), "title", "strong", grow=5),
        Column(
            _("Kind"),
            "kind",
            "text",
            say=lambda row: _(appeals.KINDS.get(row.kind, row.kind)),
            grow=2,
        ),
        Column(_("Date"), "issued_on", "date"),
        Column(_("Answers"), "counts", "text", say=_figures, grow=3),
        Column(_("Deadline"), "deadline", "date"),
    )


def _figures(row: appeals.AppealRow) -> str:
    parts = [n_("{n} signed", "{n} signed", row.counts.signed)]
    if row.counts.asked:
        parts.append(n_("{n} without answer", "{n} without answer", row.counts.asked))
    if row.questions:
        parts.append(n_("{n} question", "{n} questions", row.questions))
    return " · ".join(parts)


def fields() -> tuple[Line, ...]:
    """What is written about an appeal."""
    kinds = [(key, _(words)) for key, words in appeals.KINDS.items()]
    return (
        Line("title", _("Title"), needed=True),
        Line("kind", _("Kind"), "choice", choices=kinds),
        Line("issued_on", _("Date"), "date"),
        Line("place", _("Place")),
        Line("addressee", _("Addressee")),
        Line("deadline", _("Deadline"), "date"),
        Line("text", _("Text"), "long"),
    )


def new_appeal(context: Context, owner: QWidget | None = None) -> None:
    """A new appeal, in a small window; then its page."""
    where = owner or _window()
    form = Form(*fields())
    form.fill({"kind": "appeal"})

    def take() -> None:
        if not form.complete():
            return
        values = {name: value for name, value in form.values().items() if value not in (None, "")}
        dialog.accept()
        context.tasks.write(
            where, _("New appeal"), partial(appeals.add, **values),
            then=lambda made: context.go("appeal", appeal_id=made),
        )  # fmt: skip

    dialog = Dialog(where, _("New appeal"), save=(_("Save"), take), width=560)
    dialog.put(form)
    dialog.open()


def edit_appeal(context: Context, owner: QWidget, sheet: appeals.AppealSheet) -> None:
    """Change what is written about an appeal."""
    form = Form(*fields())
    form.fill(sheet)

    def take() -> None:
        if form.complete():
            changed: dict[str, Any] = form.changed()
            dialog.accept()
            if changed:
                context.tasks.write(
                    owner, _("Appeal changed"),
                    partial(contacts.change, noun="appeal", row_id=sheet.id, **changed),
                )  # fmt: skip

    dialog = Dialog(owner, _("Appeal"), save=(_("Save"), take), width=560)
    dialog.put(form)
    dialog.open()


def _window() -> QWidget:
    from PySide6.QtWidgets import QApplication

    return QApplication.activeWindow() or QApplication.topLevelWidgets()[0]
