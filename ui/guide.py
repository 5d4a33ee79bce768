"""The guide behind F1: pages of text that come with the program, opened where she is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from crm.language import _, current
from ui.kit import Dialog, scaled
from ui.look import RESOURCES

ABOUT = {"appeals": "appeal", "proof": "appeal", "letter": "appeal"}
"""Places that another's page speaks of."""


def show(parent: QWidget, place: str) -> None:
    """Open the guide at the page about a place."""
    text = page(place)
    box = Dialog(parent, _("Guide"), leave=_("Close"), width=640)
    words = QTextBrowser()
    words.setAccessibleName(_("Guide"))
    words.setOpenLinks(False)
    words.setMarkdown(text)
    words.setMinimumHeight(scaled(420))
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    box.put(words)
    box.open()


def page(place: str) -> str:
    """The guide's page about a place in the language spoken here; its first page where none is."""
    folder = RESOURCES / "guide"
    for spoken in (current(), "en"):
        for name in (place, ABOUT.get(place, place), "home"):
            path = folder / spoken / f"{name}.md"
            if path.exists():
                return path.read_text(encoding="utf-8")
    return _("The guide has no page about this yet.")
