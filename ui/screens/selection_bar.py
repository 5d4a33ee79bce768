"""What may be said of the words selected in a document, beside them, each with its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crm.language import _
from ui.digits import digit
from ui.kit import AnswerButton, clear, scaled
from ui.kit.buttons import Do
from ui.screens.document_view import DocumentView


@dataclass(frozen=True)
class Saying:
    """One thing to say of the selected words: its key, its words, what it does."""

    key: str
    words: str
    do: Do


class SelectionBar(QFrame):
    """Stands below the selection while there is one; Escape puts it away until the next.

    Its keys work anywhere on `page` as long as words are selected.
    """

    def __init__(self, document: DocumentView, page: QWidget, keys: str) -> None:
        super().__init__(document)
        self.setProperty("look", "popup")
        self.setAccessibleName(_("What the selected words are"))
        self._document = document
        self._sayings: dict[str, Saying] = {}
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(*[scaled(6)] * 4)
        self._inside.setSpacing(scaled(2))
        self._keys = [digit(key, page, partial(self._press, key)) for key in keys]
        document.verticalScrollBar().valueChanged.connect(lambda _at: self._stand())
        document.installEventFilter(self)
        self.offer([])

    def offer(self, sayings: Sequence[Saying]) -> None:
        """Say these things of what is selected now; nothing where nothing is."""
        clear(self._inside)
        self._sayings = {each.key: each for each in sayings}
        for each in sayings:
            button = AnswerButton(each.key, each.words, each.do)
            button.setProperty("look", "saying")
            self._inside.addWidget(button)
            button.show()
        for key in self._keys:
            key.setEnabled(bool(sayings))
        self.setVisible(bool(sayings))
        if sayings:
            self.adjustSize()
            self._stand()
            self.raise_()

    def fits(self, words: str) -> bool:
        """Whether there is room for these beside a key."""
        room = self._document.width() - scaled(86)
        return self.fontMetrics().horizontalAdvance(words) <= room

    def _press(self, key: str) -> None:
        if key in self._sayings:
            self._sayings[key].do()

    def _stand(self) -> None:
        """Below the last selected word, above it where there is no room, and never outside."""
        seen = self._document.viewport()
        end = self._document.around_selection()
        corner = seen.mapTo(self._document, QPoint(end.left(), end.bottom() + scaled(6)))
        wide = min(self.sizeHint().width(), self._document.width() - scaled(8))
        tall = self.sizeHint().height()
        # A page that scrolls may show no more than a part of the document.
        bottom = self._document.visibleRegion().boundingRect().bottom()
        above = seen.mapTo(self._document, end.topLeft()).y() - tall - scaled(6)
        if corner.y() + tall > bottom and above >= 0:
            corner.setY(above)
        corner.setY(min(corner.y(), self._document.height() - tall))
        left = min(corner.x(), self._document.width() - wide - scaled(4))
        self.setGeometry(max(scaled(4), left), corner.y(), wide, tall)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        escaped = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if self.isVisible() and escaped and event.type() == QEvent.Type.KeyPress:
            self._document.unselect()
            return True
        return False
