"""A sentence at the foot of the window for a few seconds: "Done. [Undo]"."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.kit import Button, clear, line
from ui.look import scaled

LONG = 9000  # milliseconds: time to read twice, and to reach the button


class Toast(QFrame):
    """Stays while the pointer is on it or its button has the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("look", "toast")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(scaled(16), scaled(8), scaled(10), scaled(8))
        self._row.setSpacing(scaled(14))
        self._timer = QTimer(self, singleShot=True, interval=LONG)
        self._timer.timeout.connect(self._leave)
        window.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, action: tuple[str, Callable[[], object]] | None = None) -> None:
        """Show a sentence instead of the one before."""
        clear(self._row)
        words = line(sentence)
        self._row.addWidget(words)
        words.show()  # at once: Qt would show it too late to be measured
        if action is not None:
            text, on = action
            button = Button(text, on)
            button.clicked.connect(self.hide)
            self._row.addWidget(button)
            button.show()
        self.setAccessibleName(sentence)
        limit = self._window.width() - scaled(80)
        words.setWordWrap(words.sizeHint().width() > limit - scaled(140))
        self.setMaximumWidth(limit)
        self.show()
        self.raise_()
        self._place()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def _place(self) -> None:
        self.adjustSize()
        parent = self._window
        self.move(
            (parent.width() - self.width()) // 2, parent.height() - self.height() - scaled(46)
        )

    def _leave(self) -> None:
        focused = self.focusWidget()
        if focused is not None and focused.hasFocus():
            self._timer.start()
            return
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        self.hide()
