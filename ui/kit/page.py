"""The scaffold of a page and of a dialog: title, what can be done, what is to be said, the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from crm.language import _
from ui.kit.boxes import Banner, scrolling
from ui.kit.buttons import Button, Do, LinkButton, MainButton
from ui.kit.flow import FlowLayout, Item, add, clear
from ui.kit.words import Words, line
from ui.look import scaled

if TYPE_CHECKING:
    from crm.history import Changes
    from ui.context import Context
    from ui.topbar import Steps

Trail = Iterable[tuple[str, Do]]


class Masthead(QWidget):
    """The way here, the title and its subtitle; what can be done stands at the right, or below."""

    def __init__(self) -> None:
        super().__init__()
        self._trail = QHBoxLayout()
        self._trail.setSpacing(scaled(2))
        self._title = Words("", "title")
        self._subtitle = Words("", "soft")
        self._subtitle.hide()
        words = QVBoxLayout()
        words.setSpacing(scaled(2))
        words.addLayout(self._trail)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._actions = QWidget()
        self._flow = FlowLayout(gap=10, right=True)
        self._actions.setLayout(self._flow)
        self._actions.hide()
        self._both = QHBoxLayout(self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(scaled(14))
        self._both.addLayout(words, 1)
        self._both.addWidget(self._actions)

    def head(self, title: str, subtitle: str = "", trail: Trail = ()) -> None:
        """Write the title."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        clear(self._trail)
        for text, on in trail:
            self._trail.addWidget(LinkButton(text, on))
            self._trail.addWidget(line("› ", "faint"))
        self._trail.addStretch(1)

    def act(self, *buttons: QWidget) -> None:
        """Put the buttons at the right; the main one comes last."""
        clear(self._flow)
        for button in buttons:
            self._flow.addWidget(button)
        self._actions.setVisible(bool(buttons))
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(240), super().minimumSizeHint().height())

    def _settle(self) -> None:
        """Below the title when both would not stand on one line."""
        wanted = self._flow.sizeHint().width()
        tight = wanted > self.width() - max(scaled(300), self.width() * 0.33)
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if tight else ways.LeftToRight)
        self._actions.setMinimumWidth(0 if tight else wanted)


class Page(QWidget):
    """One screen: call `head`, `act`, fill `body`; `visit` comes each time somebody goes there.

    A page with `steps` of its own to take back says with `stepped` that they are others.
    """

    stepped = Signal()
    steps: Steps | None = None

    def __init__(
        self, context: Context, *, title: str = "", subtitle: str = "", scrolls: bool = False
    ) -> None:
        super().__init__()
        self.context = context
        self.setProperty("look", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._page_head = Masthead()
        self._page_said = QVBoxLayout()
        self._page_stale = False
        inner = QWidget() if scrolls else self
        self.body = QVBoxLayout()
        self.body.setSpacing(scaled(14))
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(scaled(18), scaled(16), scaled(18), scaled(18))
        layout.setSpacing(scaled(13))
        layout.addWidget(self._page_head)
        layout.addLayout(self._page_said)
        layout.addLayout(self.body, 1)
        if scrolls:
            outer = QVBoxLayout(self)
            outer.setContentsMargins(0, 0, 0, 0)
            outer.addWidget(scrolling(inner))
        self.head(title, subtitle)

    def visit(self, *args: Any, **what: Any) -> None:
        """Somebody came here; screens that are about one thing take it as keyword arguments."""

    def unsaved(self) -> str:
        """What would be lost if the program were closed now, as a sentence; "" when nothing."""
        return ""

    def keeps(self, then: Do) -> bool:
        """Whether something is only now being kept for another day; `then` is called after."""
        return False

    def head(self, title: str, subtitle: str = "", trail: Trail = ()) -> None:
        """The title, what stands below it, and the pages above: `[(_("Appeals"), go_there)]`."""
        self._page_head.head(title, subtitle, trail)
        self._page_head.setVisible(bool(title))
        self.setAccessibleName(title)

    def act(self, *buttons: QWidget) -> None:
        """What can be done here; the main button comes last."""
        self._page_head.act(*buttons)

    def put(self, *items: Item) -> None:
        """Fill the body from top to bottom."""
        for item in items:
            add(self.body, item)

    def say(self, banner: Banner | None) -> None:
        """One sentence on top of the page instead of the one before; None takes it away."""
        clear(self._page_said)
        if banner is not None:
            self._page_said.addWidget(banner)

    def say_in(self, layout: QVBoxLayout) -> None:
        """Let `say` put its sentence there instead of on top of the page."""
        self._page_said = layout

    def said(self) -> str:
        """The sentence on top of the page."""
        return _sentence(self._page_said)

    def follow(self, *nouns: str, refresh: Callable[[], object]) -> None:
        """Call `refresh` soon after rows of these tables changed, once for many changes.

        A page out of sight waits until it is seen again.
        """
        self._page_refresh = refresh
        self._page_nouns = frozenset(nouns)
        self._page_soon = QTimer(self, singleShot=True, interval=40)
        self._page_soon.timeout.connect(self._page_renew)
        self.context.tasks.changed.connect(self._page_hear)

    def _page_hear(self, changes: Changes) -> None:
        if not self._page_nouns.isdisjoint(changes):
            self._page_stale = True
            self._page_soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._page_stale:
            self._page_renew()

    def _page_renew(self) -> None:
        if self._page_stale and self.isVisible():
            self._page_stale = False
            self._page_refresh()


class Dialog(QDialog):
    """A question or a record in a small window; fill `body`, then `open()`.

    The main button calls `save`, which closes the dialog itself when all is well.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        *,
        save: tuple[str, Do] | None = None,
        leave: str = "",
        width: int = 460,
    ) -> None:
        super().__init__(parent.window() if parent is not None else None)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(scaled(width))
        self._dialog_said = QVBoxLayout()
        self.body = QVBoxLayout()
        self.body.setSpacing(scaled(10))
        self.foot = QHBoxLayout()
        self.foot.setSpacing(scaled(10))
        self.foot.addStretch(1)
        self.leave = Button(leave or _("Close without saving"), self.reject)
        self.foot.addWidget(self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[scaled(20)] * 4)
        layout.setSpacing(scaled(14))
        self.title: QLabel = Words(title, "title")
        layout.addWidget(self.title)
        layout.addLayout(self._dialog_said)
        layout.addLayout(self.body, 1)
        layout.addLayout(self.foot)
        self.main: MainButton | None = None
        if save is not None:
            self.main = MainButton(*save)
            self.main.setDefault(True)
            self.foot.addWidget(self.main)

    def put(self, *items: Item) -> None:
        """Fill the body from top to bottom."""
        for item in items:
            add(self.body, item)

    def say(self, banner: Banner | None) -> None:
        """One sentence above the fields; None takes it away."""
        clear(self._dialog_said)
        if banner is not None:
            self._dialog_said.addWidget(banner)

    def said(self) -> str:
        """The sentence above the fields."""
        return _sentence(self._dialog_said)


def _sentence(layout: QVBoxLayout) -> str:
    item = layout.itemAt(0)
    banner = item.widget() if item is not None else None
    return banner.words.text() if isinstance(banner, Banner) else ""
