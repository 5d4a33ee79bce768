"""Two parts of a page beside each other, or below each other where the page is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.kit import Split, scaled


class Beside(Split):
    """A split that is never lower than what it holds: a page that scrolls then cuts nothing off.

    Narrower than `least` it puts the second part below the first.
    """

    def __init__(
        self, left: QWidget, right: QWidget, *, name: str, share: float = 0.62, least: int = 760
    ) -> None:
        self._least = least
        self._both = (left, right)
        super().__init__(left, right, name=name, share=share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle()
        return done

    def _settle(self) -> None:
        narrow = self.width() < scaled(self._least)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if way != self.orientation():
            self.setOrientation(way)
        for part in self._both:
            layout = part.layout()
            wide = self.width() if narrow else part.width()
            tall = layout.totalMinimumHeightForWidth(wide) if layout is not None else 0
            if part.isVisibleTo(self) and tall > 0 and part.minimumHeight() != tall:
                part.setMinimumHeight(tall)
