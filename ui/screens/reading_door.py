"""Where a document comes in: dropped, chosen or pasted; read in the airlock, never in here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget

from crm import airlock, documents, reading
from crm.errors import Trouble
from crm.language import _
from crm.reading import Reading as Read
from ui import trouble
from ui.context import Context
from ui.kit import Button, Card, Dialog, EmptyState, MainButton, scaled


class Door(QStackedWidget):
    """An invitation, or the sentence that a document is being read."""

    began = Signal()
    understood = Signal(object)  # crm.reading.Reading
    ended = Signal()  # nothing came of it

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._ticket = 0
        self.invitation = EmptyState(
            "",
            MainButton(_("Choose a document…"), self.choose),
            Button(_("Paste a text…"), self.paste),
            icon="document",
        )
        self.waiting = EmptyState("", Button(_("Stop"), self.stop), icon="document")
        self.addWidget(Card(self.invitation))
        self.addWidget(Card(self.waiting))
        self.invite()

    def invite(self, *, near: bool = False) -> None:
        """Say what may be dropped here; `near` while a document is held over it."""
        self.setCurrentIndex(0)
        if near:
            self.invitation.say(_("Let go: it is read."))
            return
        self.invitation.say(
            _("Drop here the document that holds the signatories."),
            _("A Word or LibreOffice text, a pdf, a saved web page or mail, a spreadsheet.")
            + "\n"
            + _("Nothing is recorded before you have seen what was understood."),
        )

    def read(self, path: Path) -> None:
        """Read a file that somebody wrote, in the airlock."""
        self._think(path.name, _from_file, str(path))

    def read_text(self, name: str, text: str) -> None:
        """Read a text that came without a file."""
        self._think(name, _from_text, name, text)

    def take(self, name: str, carried: QMimeData) -> None:
        """Read what was dropped: with its layout, where it has one."""
        if html := _layout_of(carried):
            self._think(name, _from_html, name, html)
        elif carried.text().strip():
            self.read_text(name, carried.text())

    def choose(self) -> None:
        """Let her choose a file."""
        endings = " ".join(f"*{each}" for each in documents.READERS)
        patterns = _("Documents") + f" ({endings})"
        self.context.open_file(self, _("Choose a document"), patterns, self.read)

    def paste(self) -> None:
        """Show what is on the clipboard, to be read; its layout counts until its words change."""
        copied = QGuiApplication.clipboard().mimeData()
        html = _layout_of(copied)
        text = QPlainTextEdit(copied.text())
        shown = text.toPlainText()
        text.setTabChangesFocus(True)
        text.setMinimumHeight(scaled(260))
        text.setAccessibleName(_("Text"))
        text.setPlaceholderText(_("Paste here the text that holds the signatories."))

        def take() -> None:
            said = text.toPlainText()
            if not said.strip():
                text.setFocus()
                return
            dialog.accept()
            if html and said == shown:
                self._think(_("Pasted text"), _from_html, _("Pasted text"), html)
            else:
                self.read_text(_("Pasted text"), said)

        dialog = Dialog(self, _("Paste a text"), save=(_("Read it"), take), width=640)
        dialog.put(text)
        dialog.open()
        text.setFocus()

    def wait(self, name: str, detail: str = "") -> None:
        """Say that a document is being read, and how far it is."""
        self.waiting.say(_("Reading “{name}”…").format(name=name), detail)
        self.setCurrentIndex(1)

    def stop(self) -> None:
        """Wait for it no longer; what comes of it is not looked at."""
        self._ticket += 1
        self.invite()
        self.ended.emit()

    def _think(self, name: str, work: Any, *args: Any) -> None:
        self._ticket += 1
        ticket = self._ticket
        self.wait(name)
        self.began.emit()
        self.context.tasks.think(
            self, work, *args, then=lambda found: self._came(ticket, found),
            otherwise=lambda why: self._failed(ticket, why),
        )  # fmt: skip

    def _came(self, ticket: int, found: Read) -> None:
        if ticket == self._ticket:
            self.understood.emit(found)

    def _failed(self, ticket: int, why: Trouble) -> None:
        if ticket == self._ticket:
            self.stop()
            trouble.show(self, why)


def _from_file(path: str) -> Read:
    return reading.understand(airlock.run(documents.read, path))


def _layout_of(carried: QMimeData) -> str:
    """The markup that comes beside copied words, when it says more than they do."""
    html = carried.html() if carried.hasHtml() and carried.text().strip() else ""
    return html if documents.holds_structure(html) else ""


def _from_html(name: str, html: str) -> Read:
    return reading.understand(airlock.run(documents.from_html, name, html))


def _from_text(name: str, text: str) -> Read:
    return reading.understand(documents.from_text(name, text))
