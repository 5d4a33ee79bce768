"""The printed list of an appeal, beside its signatories: four forms, copied or saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox

from crm import publishing
from crm.language import _
from crm.publishing import Printed
from ui.context import Context
from ui.kit import Button, Card, Words, row
from ui.screens.letter_view import LetterView


class Publishing(Card):
    """A live preview; what leaves is kept as a publication."""

    def __init__(self, context: Context) -> None:
        super().__init__(title=_("Publish"))
        self.context = context
        self.appeal_id = 0
        self.form, self.order = QComboBox(), QComboBox()
        self.form.setAccessibleName(_("Form of the list"))
        self.order.setAccessibleName(_("Order"))
        for key, words in (
            ("by-country", _("By country")), ("list", _("One a line")),
            ("sentence", _("In one sentence")), ("annex", _("With contacts")),
        ):  # fmt: skip
            self.form.addItem(words, key)
        for key, words in (("document", _("Order of the document")), ("sorted", _("Sorted"))):
            self.order.addItem(words, key)
        self.form.currentIndexChanged.connect(self._renew)
        self.order.currentIndexChanged.connect(self._renew)
        self.view = LetterView()
        self.said = Words("", "small")
        self.body.addLayout(row(self.form, self.order))
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.said)
        self.body.addLayout(
            row(
                Button(_("Copy"), self._copy, icon="copy"),
                Button("HTML", lambda: self._save("html"), look="small"),
                Button("Markdown", lambda: self._save("md"), look="small"),
                Button(_("Text"), lambda: self._save("txt"), look="small"),
                None,
            )
        )

    def show_appeal(self, appeal_id: int) -> None:
        """Preview this appeal's list."""
        self.appeal_id = appeal_id
        self._renew()

    def _renew(self) -> None:
        if self.appeal_id:
            self.context.tasks.read(
                self, _prepare, self.appeal_id, self.form.currentData(), "html",
                self.order.currentData(), then=self._show,
            )  # fmt: skip

    def _show(self, printed: Printed) -> None:
        self.view.setHtml(printed.text)
        self.said.setText(printed.summary())

    def _copy(self) -> None:
        """As rich text for a word processor: bold headings, live links; and as plain text."""
        self._print("html", self._copied)

    def _copied(self, printed: Printed) -> None:
        self.context.copy(self.view.toPlainText(), printed.text)
        self.context.toast(
            _("Copied: paste it in your document. A published list is not encrypted.")
        )

    def _save(self, to: str) -> None:
        name = f"signatories.{to}"
        self.context.save_file(
            self, _("Save the list"), name, f"*.{to}", lambda path: self._save_to(path, to)
        )

    def _save_to(self, path: Path, to: str) -> None:
        self._print(to, lambda printed: self._write(path, printed))

    def _write(self, path: Path, printed: Printed) -> None:
        self.context.tasks.think(
            self, path.write_text, printed.text, "utf-8",
            then=lambda _done: self.context.toast(_("Saved: {name}").format(name=path.name)),
        )  # fmt: skip

    def _print(self, to: str, then: Any) -> None:
        self.context.tasks.write(
            self, _("List published"), _publish, self.appeal_id, self.form.currentData(), to,
            self.order.currentData(), kind="final", then=then,
        )  # fmt: skip


def _prepare(session: Any, appeal_id: int, form: str, to: str, order: str) -> Printed:
    return publishing.prepare(session, appeal_id, form, to, order=order)


def _publish(session: Any, appeal_id: int, form: str, to: str, order: str) -> Printed:
    return publishing.publish(session, appeal_id, form, to, order=order)
