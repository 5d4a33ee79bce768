"""Words on a page: titles, sentences, names that are never cut in the middle."""

from __future__ import annotations

import html

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

LOOKS = ("title", "figure", "lead", "heading", "strong", "text", "soft", "small", "faint")


class Words(QLabel):
    """A sentence in one of the LOOKS; wraps, and may be selected when `copied` is set."""

    def __init__(self, text: str = "", look: str = "text", *, copied: bool = False) -> None:
        super().__init__(text)
        self.setProperty("look", look)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if copied:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )


def tip(text: str) -> str:
    """What a tooltip is given to say these very words.

    Qt takes for markup what looks like it, and would look for a picture that a name speaks of.
    """
    return f"<span>{html.escape(text)}</span>" if "<" in text else text


class Rich(Words):
    """A sentence with bold parts; whoever builds it escapes what it quotes (`html.escape`)."""

    def __init__(self, markup: str = "", look: str = "text") -> None:
        super().__init__("", look)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(markup)


def title(text: str) -> Words:
    """The name of a page."""
    return Words(text, "title")


def heading(text: str) -> Words:
    """The small title of a part of a page."""
    return Words(text, "heading")


def lead(text: str) -> Words:
    """The title of a card."""
    return Words(text, "lead")


def line(text: str, look: str = "text") -> QLabel:
    """Words on one line, as wide as they need."""
    made = Words(text, look)
    made.setWordWrap(False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def hair() -> QFrame:
    """A thin line between two things."""
    made = QFrame()
    made.setProperty("look", "hair")
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style looks at, and show it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def two_lines(text: str, layout: QTextLayout, width: float) -> list[str]:
    """A text broken between words into at most two lines; an ellipsis where something is left out.

    A word is cut only where no whole one fits, and never one in capitals: it may be an acronym.
    """
    if "@" in text and " " not in text and (halves := _at_sign(text, layout, width)):
        return halves
    lines = _broken(text, layout, width)
    if len(lines) <= 2:
        return lines
    words = text[len(lines[0]) :].split()
    metrics = QFontMetricsF(layout.font())
    for kept in range(len(words) - 1, 0, -1):
        second = " ".join(words[:kept]) + " …"
        if metrics.horizontalAdvance(second) <= width:
            return [lines[0], second]
    if words[0].isupper():
        return [lines[0], "…"]
    return [lines[0], metrics.elidedText(words[0] + " …", Qt.TextElideMode.ElideRight, width)]


def _at_sign(text: str, layout: QTextLayout, width: float) -> list[str]:
    metrics = QFontMetricsF(layout.font())
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    before, _at, after = text.partition("@")
    fits = max(metrics.horizontalAdvance(before + "@"), metrics.horizontalAdvance(after)) <= width
    return [before + "@", after] if fits else []


def _broken(text: str, layout: QTextLayout, width: float) -> list[str]:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setText(text)
    layout.beginLayout()
    lines: list[str] = []
    while (part := layout.createLine()).isValid():
        part.setLineWidth(width)
        lines.append(text[part.textStart() : part.textStart() + part.textLength()])
    layout.endLayout()
    return lines


class TwoLines(QWidget):
    """A name on one line or two, whole words only; the full text is its tooltip."""

    def __init__(self, text: str = "", *, strong: bool = False) -> None:
        super().__init__()
        self._text = text
        self._strong = strong
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another name."""
        self._text = text
        self.setToolTip(tip(text))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The whole name."""
        return self._text

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.fontMetrics().lineSpacing() * max(1, len(self._lines(width)))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self.font()
        font.setWeight(font.Weight.DemiBold if self._strong else font.Weight.Normal)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        for number, words in enumerate(self._lines(self.width())):
            baseline = number * metrics.lineSpacing() + metrics.ascent()
            painter.drawText(QPointF(0, baseline), words)

    def _lines(self, width: int) -> list[str]:
        return two_lines(self._text, QTextLayout("", self.font()), max(1, width))
