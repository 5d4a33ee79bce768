"""States: always a colour, a sign and a word; one vocabulary for every screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from crm.language import _
from crm.language import marked as _m
from ui.kit.flow import FlowLayout, clear
from ui.kit.words import Words, restyle, tip
from ui.look import colours, scaled, tone, wear

SIGNS = {"good": "✓", "info": "+", "warn": "?", "bad": "✕", "doubt": "≈", "quiet": "·"}


@dataclass(frozen=True)
class State:
    """A tone (good, info, warn, bad, doubt, quiet), a word, and a sign before it."""

    tone: str
    word: str
    sign: str = ""

    def __str__(self) -> str:
        """As it is written and read aloud."""
        return f"{self.sign or SIGNS[self.tone]} {self.word}"


_ANSWERS = {
    "asked": State("warn", _m("asked"), "…"),
    "silent": State("quiet", _m("no answer"), "…"),
    "promised": State("info", _m("promised"), "+"),
    "signed": State("good", _m("signed")),
    "declined": State("bad", _m("declined")),
    "withdrawn": State("bad", _m("withdrawn"), "−"),
}
_PARTS = {
    "initiator": State("good", _m("initiated")),
    "caller": State("good", _m("calls to take part")),
    "supporter": State("good", _m("supports")),
    "host": State("good", _m("hosts")),
    "relayed": State("info", _m("relayed"), "→"),
}
_DELIVERIES = {
    "queued": State("quiet", _m("waiting"), "…"),
    "leaving": State("info", _m("leaving"), "→"),
    "sent": State("good", _m("delivered")),
    "refused": State("bad", _m("refused")),
    "deferred": State("warn", _m("to try again"), "↻"),
    "uncertain": State("doubt", _m("uncertain")),
    "skipped": State("quiet", _m("left out"), "−"),
    "cancelled": State("quiet", _m("cancelled"), "−"),
}
_MAILINGS = {
    "draft": State("quiet", _m("draft"), "…"),
    "sending": State("info", _m("being sent"), "→"),
    "paused": State("warn", _m("paused"), "‖"),
    "stopped": State("bad", _m("stopped")),
    "finished": State("good", _m("finished")),
}
_ADDRESSEES = {
    "unsent": State("quiet", _m("not sent yet"), "−"),
    "waiting": State("warn", _m("sent, waiting"), "…"),
    "overdue": State("bad", _m("late to answer"), "!"),
    "answered": State("good", _m("answered")),
}
_ADDRESSES = {
    "good": State("good", _m("can be reached")),
    "doubtful": State("warn", _m("to be checked")),
    "set_aside": State("bad", _m("set aside")),
    "opted_out": State("bad", _m("asked not to be written to")),
    "none": State("quiet", _m("no address"), "—"),
}


def answer(status: str, role: str = "signatory") -> State:
    """An answer on its ladder; once signed, what part she takes."""
    if status == "signed" and role in _PARTS:
        return _said(_PARTS[role])
    return _said(_ANSWERS[status])


def delivery(state: str) -> State:
    """One recipient's line in the ledger."""
    return _said(_DELIVERIES[state])


def mailing(state: str) -> State:
    """Where a mailing stands."""
    return _said(_MAILINGS[state])


def addressee(kind: str) -> State:
    """What became of the letter to somebody an appeal is addressed to."""
    return _said(_ADDRESSEES[kind])


def address(health: str) -> State:
    """Whether somebody can be reached."""
    return _said(_ADDRESSES[health])


def _said(state: State) -> State:
    return replace(state, word=_(state.word))


class Tag(QLabel):
    """A quiet word about something, without a state: another name, a language.

    Stands on one line where there is room; a long one wraps where there is not.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setProperty("pill", "quiet")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """On one line; the padding is the style's."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 24, metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), scaled(110)), whole.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width >= self.sizeHint().width():
            return self.sizeHint().height()
        room = QRect(0, 0, width - 24, 1000)
        wraps = Qt.TextFlag.TextWordWrap
        return self.fontMetrics().boundingRect(room, wraps, self.text()).height() + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setWordWrap(self.width() < self.sizeHint().width())


class Pill(Tag):
    """A state in its colour, with its sign and its word."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.show_state(state)

    def show_state(self, state: State) -> None:
        """Say another state."""
        self.setText(str(state))
        self.setAccessibleName(state.word)
        restyle(self, "pill", state.tone)


def pill(tone_name: str, word: str, sign: str = "") -> Pill:
    """A pill said in place: `pill("info", _("9 new"))`."""
    return Pill(State(tone_name, word, sign))


class Chip(QFrame):
    """One condition of a filter: press it to change it, ✕ (or Delete) to take it away."""

    pressed = Signal()
    removed = Signal()

    def __init__(self, text: str, *, fixed: bool = False) -> None:
        super().__init__()
        self.setProperty("look", "chip")
        self.text = text
        self._body = QToolButton()
        shown = text if len(text) <= 44 else text[:44].rsplit(" ", 1)[0] + " …"
        self._body.setText(shown.replace("&", "&&"))
        self._body.setToolTip(tip(text) if shown != text else "")
        self._body.setAccessibleName(text)
        self._body.clicked.connect(self.pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(scaled(6), 0, scaled(6) if fixed else scaled(2), 0)
        layout.setSpacing(0)
        layout.addWidget(self._body)
        if not fixed:
            layout.addWidget(self._cross())
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def _cross(self) -> QToolButton:
        cross = QToolButton()
        wear(cross, "close", "info", 12)
        cross.setAccessibleName(_("Remove: {condition}").format(condition=self.text))
        cross.setToolTip(_("Remove"))
        cross.clicked.connect(self.removed)
        return cross

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)


class Dot(QWidget):
    """A small round sign before a sentence; the words beside it say the same."""

    def __init__(self, tone_name: str) -> None:
        super().__init__()
        self._tone = tone_name
        self.setFixedSize(scaled(8), scaled(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone(self._tone).solid))
        painter.drawEllipse(QRectF(self.rect()))


@dataclass(frozen=True)
class Part:
    """A share of a whole: in which tone, how many, and the words that say so ("7 signed")."""

    tone: str
    count: int
    said: str
    sign: str = ""


class Meter(QWidget):
    """Shares of a whole as one bar; what is left over stays empty."""

    def __init__(self, parts: Sequence[Part] = (), total: int = 0) -> None:
        super().__init__()
        self._parts: Sequence[Part] = ()
        self._total = 0
        self.setFixedHeight(scaled(9))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.measure(parts, total)

    def measure(self, parts: Sequence[Part], total: int = 0) -> None:
        """Show other shares; `total` is the sum of the parts unless it is given."""
        self._parts = [part for part in parts if part.count]
        self._total = total or sum(part.count for part in parts)
        self.setAccessibleName(", ".join(part.said for part in self._parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(200), scaled(9))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        painter.setClipPath(outline)
        painter.fillRect(whole, QColor(tone("quiet").tint))
        left = 0.0
        for part in self._parts:
            wide = max(2.0, whole.width() * part.count / max(1, self._total))
            painter.fillRect(QRectF(left, 0, wide, whole.height()), QColor(tone(part.tone).solid))
            left += wide
            painter.fillRect(QRectF(left - 1, 0, 1, whole.height()), QColor(colours().card))


class Legend(QWidget):
    """The figures of a meter as pills that wrap: ✓ 7 signed, … 27 no answer."""

    def __init__(self, parts: Sequence[Part] = (), *, right: bool = False) -> None:
        super().__init__()
        self._flow = FlowLayout(right=right)
        self.setLayout(self._flow)
        self.tell(parts)

    def tell(self, parts: Sequence[Part]) -> None:
        """Show other figures; parts of nobody are left out."""
        clear(self._flow)
        for part in parts:
            if part.count:
                self._flow.addWidget(pill(part.tone, part.said, part.sign))


def dotted(tone_name: str, text: str, look: str = "text") -> QWidget:
    """A sentence with a coloured dot before it."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(scaled(8))
    layout.addWidget(Dot(tone_name))
    layout.addWidget(Words(text, look), 1)
    return made
