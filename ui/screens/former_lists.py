"""What was printed of an appeal, when and how: to be seen and saved again as it left."""

from __future__ import annotations

import html
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QTextEdit

from crm import documents, publishing
from crm.language import _, n_
from crm.publishing import Left
from ui.context import Context
from ui.kit import Button, Card, Dialog, EmptyState, dates, row, scaled
from ui.naming import language_name
from ui.screens.publishing import SAVED, ListView, file_name, forms
from ui.table import Column, Records, Table

ENDINGS = {"rich": "html"}


class FormerLists(Card):
    """The lists that left, the last one first."""

    def __init__(self, context: Context) -> None:
        super().__init__(title=_("What was printed"))
        self.context = context
        self.title, self.appeal_id = "", 0
        self._known: dict[int, Left] = {}
        self.records = Records(context.tasks, None, columns())
        empty = EmptyState(_("Nothing was printed yet."), icon="print")
        empty.say(
            _("Nothing was printed yet."), _("Each list you copy or save is kept here as it left.")
        )
        self.table = Table(
            self.records, name="former-lists", empty=empty, label=_("What was printed")
        )
        self.table.setMinimumHeight(scaled(150))
        self.table.opened.connect(self._see)
        self.table.chosen.connect(lambda _chosen: self._offer())
        self.see = Button(
            _("See"), lambda: self._see(self.table.current_id()), icon="eye", look="small"
        )
        self.again = Button(
            _("Save again…"), lambda: self._save(self.table.current_id()), look="small"
        )
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row(self.see, self.again, None))
        self._offer()

    def show_appeal(self, appeal_id: int, title: str = "") -> None:
        """The lists of this appeal."""
        self.title, self.appeal_id = title, appeal_id
        self.renew()

    def renew(self) -> None:
        """Read them again."""
        appeal_id = self.appeal_id
        self.context.tasks.read(self, publishing.publications, appeal_id, then=self._show)

    def _show(self, lists: list[Left]) -> None:
        self._known = {each.id: each for each in lists}
        self.records.show_rows(lists)
        self._offer()

    def _offer(self) -> None:
        one = self.table.current_id() in self._known
        self.see.setEnabled(one)
        self.again.setEnabled(one)

    def _see(self, publication_id: int) -> None:
        left = self._known[publication_id]
        self.context.tasks.read(
            self, publishing.as_left, publication_id,
            then=lambda found: Seen(self, left, found[0]).open(),
        )  # fmt: skip

    def _save(self, publication_id: int) -> None:
        ending = self._known[publication_id].format
        ending = ENDINGS.get(ending, ending)
        self.context.save_file(
            self, _("Save the list"), file_name(self.title, ending), f"*.{ending}",
            lambda path: self.save_to(path, publication_id),
        )  # fmt: skip

    def save_to(self, path: Path, publication_id: int) -> None:
        """The very bytes that left, into this file."""
        self.context.tasks.read(
            self, _to_file, publication_id, path,
            then=lambda _done: self.context.toast(_("Saved: {name}").format(name=path.name)),
        )  # fmt: skip


class Seen(Dialog):
    """One list as it left."""

    def __init__(self, owner: FormerLists, left: Left, text: str) -> None:
        super().__init__(
            owner,
            _("Printed on {when}").format(when=_when(left.at)),
            leave=_("Close"),
            width=620,
        )
        self.view: QTextEdit = ListView()
        self.view.setMinimumHeight(scaled(420))
        self.view.setHtml(text if left.format in {"html", "rich"} else _as_typed(text))
        self.put(self.view)


def columns() -> tuple[Column, ...]:
    """What is shown of a list that left."""
    return (
        Column(_("When"), "at", "strong", grow=1, least=15),
        Column(_("Form"), "form", grow=1.4, least=14, say=_form),
        Column(_("Format"), "format", grow=0.8, least=9, say=_format),
        Column(_("Language"), "language", "dim", grow=0.8, least=8, spare=1,
               say=lambda one: language_name(one.language)),
        Column(_("Holds"), "names", "dim", grow=1.2, least=16, say=_holds),
    )  # fmt: skip


def _when(at: datetime) -> str:
    return f"{dates.day(at.astimezone().date())}, {dates.clock(at)}"


def _form(one: Left) -> str:
    if one.addressee:
        return _("Letter to {name}").format(name=one.addressee)
    return forms()[one.form]


def _format(one: Left) -> str:
    said = {**SAVED, "txt": _("Text"), "rich": _("copied")}
    return said.get(one.format, one.format)


def _holds(one: Left) -> str:
    names = n_("{n} name", "{n} names", one.names)
    addresses = n_("{n} address", "{n} addresses", one.addresses) if one.addresses else ""
    return ", ".join(filter(None, (names, addresses)))


def _as_typed(text: str) -> str:
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>'


def _to_file(session: Any, publication_id: int, path: Path) -> None:
    documents.save(path, publishing.as_left(session, publication_id)[1])
