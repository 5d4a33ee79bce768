"""A letter's source as a person edits it: fields are chips, conditions tinted paragraphs.

`show` and `source_of` are each other's inverse for what the editor can hold: paragraphs, bullets,
bold, italic, links, fields, and conditions around whole paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from ui.look import scaled, tone

CHIP = QTextFormat.ObjectTypes.UserObject.value + 1
FIELD = QTextFormat.Property.UserProperty.value + 1  # the name between braces
LABEL = QTextFormat.Property.UserProperty.value + 2  # what the chip shows
CONDITION = QTextFormat.Property.UserProperty.value + 3  # of a paragraph: "12 in signed"
BULLET = QTextFormat.Property.UserProperty.value + 4
_INLINE = re.compile(
    r"\{\{\s*(?P<field>\w+)[^}]*\}\}|\*\*(?P<bold>.+?)\*\*(?!\*)|\*(?P<italic>[^*]+?)\*"
    r"|\[(?P<words>[^\]]+)\]\((?P<link>[^)]+)\)|\\(?P<plain>.)|(?P<text>[^\\*\[{]+|.)",
    re.DOTALL,
)
_IF = re.compile(r"\s*\{%-?\s*if\s+(.+?)\s*-?%\}\s*")
_ENDIF = re.compile(r"\s*\{%-?\s*endif\s*-?%\}\s*")


class Chips(QPyTextObject):
    """Draws a field as a chip that is written over or deleted as one letter."""

    def intrinsicSize(self, doc: QTextDocument, at: int, format_: QTextFormat) -> QSizeF:
        """As wide as its label."""
        metrics = QFontMetricsF(doc.defaultFont())
        wide = metrics.horizontalAdvance(str(format_.property(LABEL))) + scaled(14)
        return QSizeF(wide, metrics.height() + scaled(1))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        at: int,
        format_: QTextFormat,
    ) -> None:
        """A tinted, rounded box with the label."""
        colour = tone("info")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour.tint))
        box = QRectF(rect)
        painter.drawRoundedRect(box.adjusted(1, 0, -1, 0), scaled(6), scaled(6))
        painter.setPen(QColor(colour.ink))
        painter.setFont(doc.defaultFont())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(format_.property(LABEL)))


@dataclass(frozen=True)
class Labels:
    """How fields and conditions are shown: functions of their names."""

    field: Callable[[str], str]


def prepare(document: QTextDocument) -> None:
    """Teach a document to draw chips."""
    document.documentLayout().registerHandler(CHIP, Chips(document))


def chip(name: str, label: str, base: QTextCharFormat | None = None) -> QTextCharFormat:
    """The format of a field's chip, bold or italic where its neighbours are."""
    made = QTextCharFormat(base or QTextCharFormat())
    made.setObjectType(CHIP)
    made.setProperty(FIELD, name)
    made.setProperty(LABEL, label)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    return made


def insert_field(
    cursor: QTextCursor, name: str, label: str, base: QTextCharFormat | None = None
) -> None:
    """Put a field where the cursor stands."""
    cursor.insertText("\ufffc", chip(name, label, base))
    cursor.setCharFormat(QTextCharFormat())


def show(document: QTextDocument, source: str, labels: Labels) -> None:
    """Fill a document with a letter's source."""
    document.clear()
    cursor = QTextCursor(document)
    first = True
    for condition, line in _paragraphs(source):
        block = _block(condition, bullet=line.startswith("- "))
        if first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block, QTextCharFormat())
        first = False
        _write(cursor, line.removeprefix("- "), QTextCharFormat(), labels)
    document.clearUndoRedoStacks()


def _paragraphs(source: str) -> Iterator[tuple[str, str]]:
    """Each paragraph or bullet, with the condition it stands under."""
    condition = ""
    for part in re.split(r"\n\s*\n", source.strip("\n")):
        lines: list[str] = []
        for line in part.split("\n"):
            if found := _IF.fullmatch(line):
                yield from _flushed(condition, lines)
                condition = found[1]
            elif _ENDIF.fullmatch(line):
                yield from _flushed(condition, lines)
                condition = ""
            elif line.startswith("- "):
                yield from _flushed(condition, lines)
                yield condition, line
            else:
                lines.append(line)
        yield from _flushed(condition, lines)


def _flushed(condition: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    if lines:
        yield condition, "\u2028".join(lines)
        lines.clear()


def _block(condition: str, *, bullet: bool) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setBottomMargin(scaled(4) if bullet else scaled(10))
    if bullet:
        block.setProperty(BULLET, True)
        block.setLeftMargin(scaled(14))
        block.setTextIndent(-scaled(10))
    if condition:
        under(block, condition)
    return block


def under(block: QTextBlockFormat, condition: str) -> None:
    """Tint a paragraph that only some recipients read; an empty condition is everybody."""
    block.setProperty(CONDITION, condition)
    if condition:
        block.setBackground(QColor(tone("info").tint))
        block.setLeftMargin(scaled(10))
    else:
        block.clearBackground()
        block.setLeftMargin(0)


def _write(cursor: QTextCursor, text: str, base: QTextCharFormat, labels: Labels) -> None:
    if cursor.blockFormat().property(BULLET) and cursor.positionInBlock() == 0:
        cursor.insertText("• ", QTextCharFormat())
    for found in _INLINE.finditer(text):
        if found["field"]:
            insert_field(cursor, found["field"], labels.field(found["field"]), base)
            continue
        style = QTextCharFormat(base)
        inner = found["bold"] or found["italic"] or found["words"]
        if found["bold"]:
            style.setFontWeight(QFont.Weight.Bold)
        elif found["italic"]:
            style.setFontItalic(True)
        elif found["link"]:
            style.setAnchor(True)
            style.setAnchorHref(found["link"])
            style.setFontUnderline(True)
            style.setForeground(QColor(tone("info").ink))
        if inner:
            _write(cursor, inner, style, labels)
        else:
            cursor.insertText(found["plain"] or found["text"], style)


# --- and back -------------------------------------------------------------------------------


def source_of(document: QTextDocument) -> str:
    """The letter's source that `show` would make this document of."""
    parts: list[str] = []
    condition, bullets = "", False
    block = document.begin()
    while block.isValid():
        own = str(block.blockFormat().property(CONDITION) or "")
        bullet = bool(block.blockFormat().property(BULLET))
        text = "".join(_runs(block)).strip(" ")
        if own != condition:
            if condition:
                parts.append("{% endif %}")
            if own:
                parts.append("{% if " + own + " %}")
            condition, bullets = own, False
        if bullet:
            line = "- " + text.removeprefix("• ")
            if bullets:
                parts[-1] += "\n" + line
            else:
                parts.append(line)
        elif text:
            parts.append(text)
        bullets = bullet
        block = block.next()
    if condition:
        parts.append("{% endif %}")
    return "\n\n".join(parts) + "\n" if parts else ""


def _runs(block: QTextBlock) -> Iterator[str]:
    """The paragraph's text, neighbours of one style marked together."""
    for style, parts in groupby(_fragments(block), key=lambda each: each[0]):
        yield _marked("".join(text for _style, text in parts), *style)


_Style = tuple[bool, bool, str]


def _fragments(block: QTextBlock) -> Iterator[tuple[_Style, str]]:
    walk: Any = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        format_ = fragment.charFormat()
        style = (
            format_.fontWeight() >= QFont.Weight.Bold,
            format_.fontItalic(),
            format_.anchorHref() if format_.isAnchor() else "",
        )
        if format_.objectType() == CHIP:
            yield style, ("{{ " + str(format_.property(FIELD)) + " }}") * len(fragment.text())
        else:
            yield style, _escaped(fragment.text())
        walk += 1


def _escaped(text: str) -> str:
    """Words a person typed are words: what would be markup is not."""
    plain = re.sub(r"([\\*\[\]])", r"\\\1", text.replace("{{", "{ {").replace("{%", "{ %"))
    return plain.replace("\u2028", "\n")


def _marked(plain: str, bold: bool, italic: bool, link: str) -> str:
    inside = plain.strip()
    if not inside:
        return plain
    before, after = plain[: len(plain) - len(plain.lstrip())], plain[len(plain.rstrip()) :]
    if link:
        inside = f"[{inside}]({link})"
    if bold:
        inside = f"**{inside}**"
    elif italic:
        inside = f"*{inside}*"
    return before + inside + after
