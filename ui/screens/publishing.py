"""The printed list of an appeal, beside its signatories: four forms, copied or saved."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox

from crm import publishing, words
from crm.errors import Trouble
from crm.language import _
from crm.publishing import Printed
from ui.context import Context
from ui.kit import Button, Card, EmptyState, FlowLayout, Words, scaled
from ui.screens.letter_view import LetterView

SAVED = {"md": "Markdown", "html": "HTML"}


class Publishing(Card):
    """A live preview; what leaves is kept as a publication."""

    def __init__(self, context: Context) -> None:
        super().__init__(title=_("Publish"))
        self.context = context
        self.appeal_id, self.title = 0, ""
        self._stale = False
        self.form, self.order = QComboBox(), QComboBox()
        self.form.setAccessibleName(_("Form of the list"))
        self.order.setAccessibleName(_("Order"))
        for key, said in (
            ("by-country", _("By country")), ("list", _("One after the other")),
            ("sentence", _("In one sentence")), ("annex", _("Annex: their contacts")),
        ):  # fmt: skip
            self.form.addItem(said, key)
        for key, said in (("document", _("Order of the document")), ("sorted", _("Sorted"))):
            self.order.addItem(said, key)
        self.form.currentIndexChanged.connect(self._renew)
        self.order.currentIndexChanged.connect(self._renew)
        self.view = LetterView()
        self.view.setAccessibleName(_("Preview of the list"))
        self.view.setMinimumHeight(scaled(130))
        self.nothing = EmptyState("", icon="list")
        self.nothing.hide()
        self.said = Words("", "small")
        self.ways = [
            Button(_("Copy"), self._copy, icon="copy"),
            *(Button(said, self._saver(to), look="small") for to, said in SAVED.items()),
            Button(_("Text"), self._saver("txt"), look="small"),
            Button(_("Spreadsheet…"), self._sheet, look="small"),
        ]
        self.body.addLayout(FlowLayout(self.form, self.order))
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.nothing, 1)
        self.body.addWidget(self.said)
        self.body.addLayout(FlowLayout(*self.ways))

    def show_appeal(self, appeal_id: int, title: str = "") -> None:
        """Preview this appeal's list, as soon as it is in sight."""
        self.appeal_id, self.title = appeal_id, title
        self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._renew()

    def _renew(self) -> None:
        self._stale = not self.isVisible()
        if self.appeal_id and not self._stale:
            self.context.tasks.read(
                self, _prepare, self.appeal_id, self.form.currentData(), "html",
                self.order.currentData(), then=self._show, otherwise=self._show_why,
            )  # fmt: skip

    def _show(self, printed: Printed) -> None:
        at = self.view.verticalScrollBar().value()
        self.view.setHtml(printed.text)
        self.view.verticalScrollBar().setValue(at)
        self._offer(something=True)
        self.said.setText(printed.summary())

    def _show_why(self, why: Trouble) -> None:
        """There is nothing to print yet."""
        self.nothing.say(why.message, why.hint)
        self._offer(something=False)
        self.said.setText("")

    def _offer(self, *, something: bool) -> None:
        self.view.setVisible(something)
        self.nothing.setVisible(not something)
        for each in (self.form, self.order, *self.ways):
            each.setEnabled(something)

    def _copy(self) -> None:
        """As rich text for a word processor: bold headings, live links; and as plain text."""
        self._print("html", self._copied)

    def _copied(self, printed: Printed) -> None:
        self.view.setHtml(printed.text)
        self.context.copy(self.view.toPlainText(), printed.text)
        self.context.toast(
            _("Copied: paste it in your document. A published list is not encrypted.")
        )

    def _saver(self, to: str) -> Any:
        return lambda: self._save(to)

    def _save(self, to: str) -> None:
        named = "-".join(words.fold(self.title).split())[:60].strip("-")
        name = "-".join(filter(None, (_("signatories"), named))) + f".{to}"
        self.context.save_file(
            self, _("Save the list"), name, f"*.{to}", lambda path: self.save_to(path, to)
        )

    def save_to(self, path: Path, to: str) -> None:
        """Print it into this file."""
        self._print(to, lambda printed: self._write(path, printed, to))

    def _write(self, path: Path, printed: Printed, to: str) -> None:
        text = _page(self.title, printed.text) if to == "html" else printed.text
        self.context.tasks.think(
            self, _to_file, path, text,
            then=lambda _done: self.context.toast(_("Saved: {name}").format(name=path.name)),
        )  # fmt: skip

    def _sheet(self) -> None:
        self.context.go("export", what="signatures", appeal_id=self.appeal_id)

    def _print(self, to: str, then: Any) -> None:
        self.context.tasks.write(
            self, _("List published"), _publish, self.appeal_id, self.form.currentData(), to,
            self.order.currentData(), kind="final", then=then,
        )  # fmt: skip


def _page(title: str, inside: str) -> str:
    """A whole page: without its head, a browser guesses the letters wrong."""
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title>'
    return f"<!DOCTYPE html>\n<html><head>{head}</head>\n<body>\n{inside}\n</body></html>\n"


def _to_file(path: Path, text: str) -> None:
    path.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8", newline="\n")


def _prepare(session: Any, appeal_id: int, form: str, to: str, order: str) -> Printed:
    return publishing.prepare(session, appeal_id, form, to, order=order)


def _publish(session: Any, appeal_id: int, form: str, to: str, order: str) -> Printed:
    return publishing.publish(session, appeal_id, form, to, order=order)
