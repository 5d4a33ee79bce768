"""A letter as its recipient reads it: nothing is fetched, no link is followed."""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QTextBrowser

from crm.language import _
from ui.look import colours


class LetterView(QTextBrowser):
    """Shows HTML without ever reading a file or a server."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName(_("Preview of the letter"))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: an image or a style named in a letter is not looked for."""
        return None

    def show_letter(self, subject: str, page: str) -> None:
        """The subject, then the letter."""
        said = html.escape(_("Subject: {words}").format(words=subject))
        head = f'<p style="color:{colours().soft}">{said}</p>'
        self.setHtml((head if subject else "") + page)
