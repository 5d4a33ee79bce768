"""The printed list of an appeal, beside its signatories: every form, copied or saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QUrl, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QComboBox

from crm import documents, filenames, publishing
from crm.errors import Trouble
from crm.language import _
from crm.publishing import Printed
from ui.context import Context
from ui.kit import Button, Card, EmptyState, FlowLayout, Words, scaled
from ui.naming import language_name
from ui.screens.letter_view import LetterView

SAVED = {"docx": "Word", "odt": "ODT", "pdf": "PDF", "html": "HTML", "md": "Markdown"}
"""Formats a list is saved in, besides plain text, with what their buttons say."""


def forms() -> dict[str, str]:
    """The forms of a list, in the order they are offered."""
    return {
        "by-country": _("By country"), "list": _("One after the other"),
        "sentence": _("In one sentence"), "annex": _("Annex: their contacts"),
        "logos": _("Logos"),
    }  # fmt: skip


class ListView(LetterView):
    """A list as it will be printed; only its own logos are shown, nothing is fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Preview of the list"))
        self.setUndoRedoEnabled(False)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture that stands in the page itself."""
        said = name.toString() if isinstance(name, QUrl) else name
        head, _comma, content = said.partition(",")
        if head != "data:image/png;base64":
            return None
        return QImage.fromData(QByteArray.fromBase64(content.encode()))


class Publishing(Card):
    """A live preview; what leaves is kept as a publication."""

    left = Signal()  # a list was copied or saved

    def __init__(self, context: Context) -> None:
        super().__init__(title=_("Publish"))
        self.context = context
        self.appeal_id, self.title = 0, ""
        self._stale = False
        self._choices()
        self.view = ListView()
        self.view.setMinimumHeight(scaled(130))
        self.nothing = EmptyState("", icon="list")
        self.nothing.hide()
        self.said = Words("", "small")
        copy = Button(_("Copy for Word"), self._copy, icon="copy")
        copy.setToolTip(_("Pastes bold country headings and live links."))
        self.ways = [
            copy,
            *(Button(said, self._saver(to), look="small") for to, said in SAVED.items()),
            Button(_("Text"), self._saver("txt"), look="small"),
            Button(_("Spreadsheet…"), self._sheet, look="small"),
        ]
        self.body.addLayout(FlowLayout(self.form, self.order, self.language))
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.nothing, 1)
        self.body.addWidget(self.said)
        self.body.addLayout(FlowLayout(*self.ways, gap=6))

    def _choices(self) -> None:
        orders = {"document": _("Order of the document"), "sorted": _("Sorted")}
        tongues = sorted(
            ((code, language_name(code)) for code in publishing.LANGUAGES), key=lambda one: one[1]
        )
        self.form = self._choice(_("Form of the list"), forms().items(), kept="form")
        self.order = self._choice(_("Order"), orders.items(), kept="order")
        own = [(None, _("In the appeal's language"))]
        self.language = self._choice(_("Language of the list"), [*own, *tongues])

    def _choice(self, name: str, choices: Any, kept: str = "") -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for key, said in choices:
            box.addItem(said, key)
        if kept:
            key = f"publishing.{kept}"
            box.setCurrentIndex(max(0, box.findData(self.context.recall(key, ""))))
            box.activated.connect(lambda _at: self.context.remember(key, box.currentData()))
        box.currentIndexChanged.connect(self._renew)
        return box

    def show_appeal(self, appeal_id: int, title: str = "") -> None:
        """Preview this appeal's list, as soon as it is in sight."""
        if appeal_id != self.appeal_id:
            self.language.setCurrentIndex(0)
        self.appeal_id, self.title = appeal_id, title
        self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._renew()

    def _asked(self) -> dict[str, Any]:
        return {
            "form": self.form.currentData(), "order": self.order.currentData(),
            "language": self.language.currentData(),
        }  # fmt: skip

    def _renew(self) -> None:
        self._stale = not self.isVisible()
        if self.appeal_id and not self._stale:
            self.context.tasks.read(
                self, _prepare, self.appeal_id, self._asked(), then=self._show,
                otherwise=self._show_why,
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
        for each in (self.form, self.order, self.language, *self.ways):
            each.setEnabled(something)

    def _copy(self) -> None:
        """As rich text for a word processor: bold headings, live links; and as plain text."""
        self.context.tasks.write(
            self, _("List published"), _publish_copied, self.appeal_id, self._asked(),
            kind="final", then=self._copied,
        )  # fmt: skip

    def _copied(self, rich: Printed) -> None:
        copy_list(self.context, rich)
        self.left.emit()

    def _saver(self, to: str) -> Callable[[], None]:
        return lambda: self._save(to)

    def _save(self, to: str) -> None:
        self.context.save_file(
            self, _("Save the list"), file_name(self.title, to), f"*.{to}",
            lambda path: self.save_to(path, to),
        )  # fmt: skip

    def save_to(self, path: Path, to: str) -> None:
        """Print it into this file."""
        self.context.tasks.write(
            self, _("List published"), _publish, self.appeal_id, to, self._asked(), path,
            kind="final",
            then=lambda _done: self._saved(path),
        )  # fmt: skip

    def _saved(self, path: Path) -> None:
        self.left.emit()
        self.context.toast(_("Saved: {name}").format(name=path.name))

    def _sheet(self) -> None:
        self.context.go("export", what="signatures", appeal_id=self.appeal_id)


def file_name(title: str, ending: str) -> str:
    """What a list is called on the disk: “signatories-stop-the-torture.docx”."""
    named = filenames.after_title(title, _("signatories"))
    return f"{named}.{ending}"


def copy_list(context: Context, rich: Printed) -> None:
    """Put a list printed as HTML on the clipboard, laid out and as plain words."""
    # Without its head, the one who pastes may guess the letters wrong.
    page = (
        f'<html lang="{rich.language}"><head><meta charset="utf-8"></head>'
        f"<body>{rich.text}</body></html>"
    )
    context.copy(rich.plain(), page)
    context.toast(_("Copied: paste it in your document. A published list is not encrypted."))


def _prepare(session: Any, appeal_id: int, asked: dict[str, Any]) -> Printed:
    return publishing.prepare(session, appeal_id, to="html", **asked)


def _publish(session: Any, appeal_id: int, to: str, asked: dict[str, Any], path: Path) -> None:
    """Before it is recorded as printed: what could not be written was not printed."""
    printed = publishing.publish(session, appeal_id, to=to, **asked)
    documents.save(path, printed.content)


def _publish_copied(session: Any, appeal_id: int, asked: dict[str, Any]) -> Printed:
    return publishing.publish(session, appeal_id, to="html", copied=True, **asked)
