"""One search field for everything: organisations, people, addresses, appeals, addressees."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from crm.language import _
from ui.kit import line
from ui.look import scaled, wear
from ui.tasks import Tasks

if TYPE_CHECKING:
    from ui.found import Found, Hit

MOST = 12
PLACES: dict[str, tuple[str, str, dict[str, str]]] = {
    "organisation": ("directory", "organisation_id", {}),
    "appeal": ("appeal", "appeal_id", {}),
    "addressee": ("appeal", "appeal_id", {"tab": "addressees"}),
}


class Finder(QLineEdit):
    """Type three letters; ↓ and Enter go there, Escape gives the page back."""

    def __init__(self, tasks: Tasks, go: Callable[..., None]) -> None:
        super().__init__()
        self._tasks = tasks
        self._go = go
        self._list: Found | None = None
        self.setPlaceholderText(_("Search: name, acronym, address, appeal…"))
        self.setAccessibleName(_("Search everything"))
        self.setClearButtonEnabled(False)
        self.textEdited.connect(self._ask)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(scaled(9), 0, scaled(8), 0)
        drawing = line("")
        wear(drawing, "search", "faint", 16)
        layout.addWidget(drawing)
        layout.addStretch(1)
        self._keys = line("Ctrl K", "key")
        layout.addWidget(self._keys)
        self.setTextMargins(scaled(22), 0, scaled(46), 0)
        self.setMinimumHeight(scaled(32))
        self.setMaximumWidth(scaled(440))
        self.setMinimumWidth(scaled(190))

    def start(self) -> None:
        """Take the focus, ready for other words."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = self._list
        shown = found is not None and found.isVisible()
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            self.clear()
            self.clearFocus()
        elif shown and found is not None and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            found.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
        elif shown and found is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            found.take()
        else:
            super().keyPressEvent(event)

    def _ask(self, words: str) -> None:
        if len(words.strip()) < 2:
            self.shut()
            return
        self._tasks.read(self, _find, words, then=lambda found: self._offer(words, *found))

    def _offer(self, words: str, hits: list[Hit], near: str | None) -> None:
        if self.text() != words:
            return
        if self._list is None:
            from ui.found import Found

            self._list = Found(self.window(), self._choose)
            self._list.watch(self)
        self._list.offer(words, hits, near)
        below = self.mapTo(self.window(), QPoint(0, self.height() + scaled(4)))
        self._list.setFixedWidth(max(self.width(), scaled(400)))
        self._list.move(below)
        self._list.show()
        self._list.raise_()

    def _choose(self, noun: str, what: Any) -> None:
        self.shut()
        self.clear()
        if noun in PLACES:
            key, name, at = PLACES[noun]
            self._go(key, **{name: what}, **at)
        elif noun == "new":
            self._go("directory", create=what)
        else:
            self._go("directory", words=what)

    def shut(self) -> None:
        """Take what was found away."""
        if self._list is not None:
            self._list.hide()


def _find(session: Any, words: str) -> tuple[list[Any], str | None]:
    from crm import search

    hits = list(search.find(session, words, MOST))
    return hits, None if hits else search.nearest(session, words)
