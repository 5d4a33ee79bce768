"""A form that scrolls where the window is too low for it, so that its buttons stay in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.kit import Dialog, scaled

AROUND = 180  # what a dialog needs for its title, its buttons and its edges


class Lowered(QScrollArea):
    """As high as what it holds, and never higher than the window leaves."""

    def __init__(self, inside: QWidget, *, around: int = AROUND) -> None:
        super().__init__()
        self._around = around
        self._holder = QWidget()
        self._holder.setProperty("look", "clear")
        self._layout = QVBoxLayout(self._holder)
        self._layout.setContentsMargins(scaled(2), scaled(2), scaled(12), scaled(2))
        self._layout.addWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._holder)
        self.viewport().setAutoFillBackground(False)
        self._holder.setAutoFillBackground(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()
        self.window().adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._settle()
        return done

    def _settle(self) -> None:
        self._layout.activate()
        behind = self.window().parentWidget()
        # Sentences wrap: the height that counts is the one at this width.
        wide = max(self.viewport().width(), scaled(380))
        whole, least = self._layout.totalSizeHint(), self._holder.minimumSizeHint()
        tall = self._layout.totalHeightForWidth(wide)
        wanted = max(tall, whole.height(), least.height())
        room = (behind.height() if behind is not None else wanted) - scaled(self._around)
        self.setMinimumHeight(max(scaled(140), min(wanted, room)))


def lowered(dialog: Dialog, form: QWidget) -> None:
    """Let a form that stands in a dialog scroll where it must."""
    dialog.body.removeWidget(form)
    dialog.body.addWidget(Lowered(form))
