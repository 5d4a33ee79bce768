"""Somebody of the directory, found while she types; or a name that is not there yet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit

from crm import search
from crm.language import _
from ui.context import Context

MOST = 12  # names offered at once


class Who(QLineEdit):
    """A field that offers organisations, and people too where `people` is set.

    `hit` is the one chosen; None as long as what stands there is only a name.
    Enter on what is only a name is `entered`, and never presses the button of the window.
    """

    settled = Signal()  # somebody was chosen, or no longer is
    entered = Signal()  # Enter, before anybody was chosen

    def __init__(self, context: Context, *, people: bool = False) -> None:
        super().__init__()
        self._context = context
        self._nouns = {"organisation", "person"} if people else {"organisation"}
        self._hits: list[search.Hit] = []
        self.hit: search.Hit | None = None
        self._said = False  # Enter was pressed on these words: no more names are offered
        self.setClearButtonEnabled(True)
        self.setAccessibleName(_("Who"))
        self._names = QStandardItemModel(self)
        offer = QCompleter(self._names, self)
        offer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        offer.setMaxVisibleItems(MOST)
        self.setCompleter(offer)
        chosen: Any = offer.activated  # its two kinds are told apart by an index
        chosen[QModelIndex].connect(self._chosen)
        self.textEdited.connect(self._search)

    def put(self, hit: search.Hit | None) -> None:
        """Show somebody of the directory, or nobody."""
        self.hit = hit
        self.setText(hit.title if hit else "")
        self.settled.emit()

    def name(self) -> str:
        """What stands there."""
        return self.text().strip()

    def offered(self) -> list[str]:
        """The names proposed for what was typed."""
        return [self._names.item(at).text() for at in range(self._names.rowCount())]

    def take(self, at: int) -> None:
        """Choose one of those proposed."""
        self.put(self._hits[at])

    def shut(self) -> None:
        """Take the names proposed out of sight."""
        self._popup().hide()

    def _popup(self) -> QAbstractItemView:
        shown = self.completer().popup()
        assert shown is not None  # a completer makes its own
        return shown

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self.hit is not None:
            super().keyPressEvent(event)
            return
        offered = self._popup()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif offered.isVisible() and offered.currentIndex().isValid():
            event.ignore()  # the completer takes the name the arrows are on
        else:
            event.accept()
            self._said = True
            self.shut()
            self.entered.emit()

    def _search(self, typed: str) -> None:
        self._said = False
        if self.hit is not None:
            self.hit = None
            self.settled.emit()
        self._context.tasks.read(self, search.find, typed, MOST * 2, then=self._offer)

    def _offer(self, hits: list[search.Hit]) -> None:
        if self.hit is not None:
            return
        self._hits = [hit for hit in hits if hit.noun in self._nouns][:MOST]
        self._names.clear()
        for hit in self._hits:
            self._names.appendRow(QStandardItem(told(hit)))
        if self._hits and self.hasFocus() and not self._said:
            self.completer().complete()

    def _chosen(self, index: QModelIndex) -> None:
        hit = self._hits[index.row()]
        # The completer writes its own words into the field once this call is over.
        self.put(hit)
        self._context.tasks.call(lambda: self.put(hit))


def told(hit: search.Hit) -> str:
    """Somebody found, and where: "Foyer Lumière – Belgium"."""
    return f"{hit.title} – {hit.subtitle}" if hit.subtitle else hit.title
