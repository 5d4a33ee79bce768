"""Buttons: one main one on each page, others beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton

from ui.kit.words import line, tip
from ui.look import scaled, wear

Do = Callable[[], object]
Choice = tuple[str, Do]


class Button(QPushButton):
    """Something to do.  `look`: "" (plain), "main", "danger", "small", "link"."""

    def __init__(self, text: str, on: Do | None = None, *, icon: str = "", look: str = "") -> None:
        super().__init__(text.replace("&", "&&"))
        self.setProperty("look", look)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        if look in ("link", "small", "main"):
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if icon:
            ink = {"main": "on_accent", "link": "link", "danger": "bad"}.get(look, "soft")
            wear(self, icon, ink, 16)
        if on is not None:
            self.clicked.connect(lambda _checked=False: on())


class MainButton(Button):
    """The one thing this page is for."""

    def __init__(self, text: str, on: Do | None = None, *, icon: str = "") -> None:
        super().__init__(text, on, icon=icon, look="main")


class DangerButton(Button):
    """Something that cannot be taken back."""

    def __init__(self, text: str, on: Do | None = None, *, icon: str = "") -> None:
        super().__init__(text, on, icon=icon, look="danger")


class LinkButton(Button):
    """Something to do, in the middle of words; a long one is shortened rather than cut."""

    def __init__(self, text: str, on: Do | None = None, *, icon: str = "") -> None:
        super().__init__(text, on, icon=icon, look="link")
        self._whole = self.text()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(scaled(90), self.sizeHint().width()), self.sizeHint().height())

    def sizeHint(self) -> QSize:
        shown = super().sizeHint()
        metrics = self.fontMetrics()
        hidden = metrics.horizontalAdvance(self._whole) - metrics.horizontalAdvance(self.text())
        return QSize(shown.width() + hidden + 4, shown.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        around = self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self._whole) - 4
        room = self.width() - around
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if shown != self.text():
            self.setText(shown)
            self.setToolTip(tip(self._whole) if shown != self._whole else "")


class IconButton(QToolButton):
    """A drawing to press; `name` is what a screen reader and the tooltip say."""

    def __init__(self, icon: str, name: str, on: Do | None = None, *, size: int = 18) -> None:
        super().__init__()
        wear(self, icon, "soft", size)
        self.setToolTip(tip(name))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoRaise(True)
        if on is not None:
            self.clicked.connect(lambda _checked=False: on())


class MenuButton(Button):
    """A button that opens a short list of things to do."""

    def __init__(self, text: str, choices: Sequence[Choice] = (), *, look: str = "") -> None:
        super().__init__(text, look=look)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        wear(self, "down", "soft", 14)
        self._choices = QMenu(self)
        self.setMenu(self._choices)
        self.offer(choices)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Replace the list."""
        _fill(self._choices, choices)


class DotsButton(IconButton):
    """Three dots that open what else can be done here; `name` says about what."""

    def __init__(self, name: str, choices: Sequence[Choice] = ()) -> None:
        super().__init__("dots", name)
        menu = QMenu(self)
        _fill(menu, choices)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)


def _fill(menu: QMenu, choices: Sequence[Choice]) -> None:
    menu.clear()
    menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for text, on in choices:
        menu.addAction(text.replace("&", "&&")).triggered.connect(
            lambda _checked=False, on=on: on()
        )


class AnswerButton(QPushButton):
    """One of a few answers, with the key that gives it: [1] It is her."""

    def __init__(self, key: str, text: str, on: Do | None = None) -> None:
        super().__init__()
        self.setProperty("look", "answer")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setAccessibleName(f"{key}: {text}")
        self._words = line(text)
        cap = line(key, "key")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(scaled(9), scaled(5), scaled(12), scaled(5))
        layout.setSpacing(scaled(7))
        for label in (cap, self._words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if on is not None:
            self.clicked.connect(lambda _checked=False: on())

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def badge(text: str) -> QLabel:
    """A small count that awaits somebody."""
    return line(text, "badge")
