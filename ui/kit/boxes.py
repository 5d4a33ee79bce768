"""Boxes: cards, bars with a question, empty places, tabs, a table with its sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from crm import computer
from crm.language import _, number
from ui.kit.buttons import IconButton
from ui.kit.flow import FlowLayout, Item, add, clear, row
from ui.kit.words import Rich, Words, lead, restyle
from ui.look import scaled, wear


class Card(QFrame):
    """A white card; `title` stands on top with `actions` at its right.

    `flush` leaves no margin, for a table that fills the card; `scrolls` lets what is taller than
    the card scroll in it.  Add to `card.body`.
    """

    def __init__(
        self,
        *items: Item,
        title: str = "",
        actions: tuple[QWidget, ...] = (),
        flush: bool = False,
        scrolls: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("look", "card")
        inner = QWidget() if scrolls else self
        self.body = QVBoxLayout(inner)
        edge = 1 if flush else scaled(15)
        self.body.setContentsMargins(edge, edge, edge, scaled(7) if flush else edge)
        self.body.setSpacing(0 if flush else scaled(9))
        if scrolls:
            outer = QVBoxLayout(self)
            outer.setContentsMargins(*[scaled(3)] * 4)
            outer.addWidget(scrolling(inner))
        if title:
            top = row(*actions)
            top.insertWidget(0, lead(title), 1)
            self.body.addLayout(top)
        for item in items:
            add(self.body, item)


class Well(QFrame):
    """A quiet frame inside a card: a preview, a quotation."""

    def __init__(self, *items: Item) -> None:
        super().__init__()
        self.setProperty("look", "well")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*[scaled(14)] * 4)
        for item in items:
            add(self.body, item)


class Banner(QFrame):
    """A bar with one sentence in a tone, and what can be done about it.

    `markup` is rich text; whoever builds it escapes what it quotes.
    """

    closed = Signal()

    def __init__(
        self, tone: str, markup: str, *actions: QWidget, hint: str = "", closable: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("look", tone)
        self.words = Rich(markup)
        self.hint = Words(hint, "small")
        if not hint:
            self.hint.hide()  # showing it before it has a parent would open a window
        self._actions = FlowLayout(*actions)
        side = QVBoxLayout()
        side.setSpacing(scaled(7))
        side.addWidget(self.words)
        side.addWidget(self.hint)
        side.addLayout(self._actions)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(scaled(13), scaled(10), scaled(10), scaled(10))
        layout.addLayout(side, 1)
        if closable:
            cross = IconButton("close", _("Close"), self._close, size=15)
            layout.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, tone: str, markup: str, hint: str = "") -> None:
        """Another sentence, in another tone."""
        restyle(self, "look", tone)
        self.words.setText(markup)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def offer(self, *actions: QWidget) -> None:
        """Other things that can be done about it."""
        clear(self._actions)
        for each in actions:
            self._actions.addWidget(each)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class EmptyState(QWidget):
    """Where nothing is yet: one sentence, and the ways to begin."""

    def __init__(
        self, sentence: str, *actions: QWidget, detail: str = "", icon: str = "directory"
    ) -> None:
        super().__init__()
        drawing = Words()
        wear(drawing, icon, "faint", 34)
        self.sentence = Words(sentence, "lead")
        self.detail = Words(detail, "soft")
        if not detail:
            self.detail.hide()
        layout = QVBoxLayout(self)
        layout.setSpacing(scaled(10))
        layout.addStretch(2)
        for label in (drawing, self.sentence, self.detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        self._ways = FlowLayout(*actions, gap=10, middle=True)
        layout.addLayout(self._ways)
        layout.addStretch(3)

    def say(self, sentence: str, detail: str = "") -> None:
        """Another sentence."""
        self.sentence.setText(sentence)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))

    def offer(self, *actions: QWidget) -> None:
        """Other ways to begin."""
        clear(self._ways)
        for each in actions:
            self._ways.addWidget(each)


class Tabs(QWidget):
    """Parts of a page, one seen at a time; a part is built when it is first opened."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pages = QStackedWidget()
        self._keys: list[str] = []
        self._makers: list[Callable[[], QWidget]] = []
        self._titles: list[str] = []
        self._made: dict[int, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(12))
        layout.addWidget(self.bar)
        layout.addWidget(self.pages, 1)
        self.bar.currentChanged.connect(self._open)

    def add(self, key: str, title: str, make: Callable[[], QWidget]) -> None:
        """One more part."""
        self._keys.append(key)
        self._makers.append(make)
        self._titles.append(title)
        self.bar.addTab(title)

    def count(self, key: str, how_many: int) -> None:
        """Write a figure beside a part's title; none for zero."""
        at = self._keys.index(key)
        shown = f"{self._titles[at]} {number(how_many)}" if how_many else self._titles[at]
        self.bar.setTabText(at, shown)

    def open(self, key: str) -> QWidget:
        """Show a part, and give it."""
        at = self._keys.index(key)
        self.bar.setCurrentIndex(at)
        return self._open(at)

    def current(self) -> str:
        """The part in sight."""
        return self._keys[self.bar.currentIndex()]

    def _open(self, at: int) -> QWidget:
        page = self._made.get(at)
        if page is None:
            page = self._made[at] = self._makers[at]()
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self.changed.emit(self._keys[at])
        return page


class Split(QSplitter):
    """Something at the left and its sheet at the right; the widths are remembered by `name`."""

    def __init__(self, left: QWidget, right: QWidget, *, name: str, share: float = 0.62) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._name = f"split.{name}"
        self._share = float(computer.recall(self._name, share))
        self.setHandleWidth(scaled(14))
        self.setChildrenCollapsible(False)
        self.addWidget(left)
        self.addWidget(right)
        left.setMinimumWidth(scaled(300))
        right.setMinimumWidth(scaled(280))
        self.setStretchFactor(0, round(self._share * 100))
        self.setStretchFactor(1, round((1 - self._share) * 100))
        self.setSizes([round(self._share * 1000), round((1 - self._share) * 1000)])
        self.splitterMoved.connect(self._keep)

    def _keep(self) -> None:
        left, right = self.sizes()
        computer.remember(self._name, round(left / max(1, left + right), 3))


def scrolling(inner: QWidget) -> QScrollArea:
    """Something taller than its place, that scrolls up and down only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setProperty("look", "clear")
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area
