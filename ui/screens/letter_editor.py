"""The editor of a letter: chips for fields, tinted paragraphs for conditions, a few styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
)
from PySide6.QtWidgets import QInputDialog, QTextEdit, QVBoxLayout, QWidget

from crm.language import _
from crm.letters import FIELDS, Field
from ui.kit import IconButton, MenuButton, Words, row, scaled
from ui.screens import letter_text
from ui.screens.letter_text import Labels


class SubjectLine(QTextEdit):
    """A subject on one line, its fields as chips."""

    def __init__(self, fields: Sequence[Field] = FIELDS) -> None:
        super().__init__()
        self._fields = fields
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(scaled(36))
        self.setAccessibleName(_("Subject"))
        letter_text.prepare(self.document())

    def show_source(self, source: str) -> None:
        """Edit a subject."""
        self.blockSignals(True)
        letter_text.show(self.document(), source, Labels(self._label))
        self.blockSignals(False)

    def _label(self, name: str) -> str:
        return label_of(name, self._fields)

    def source(self) -> str:
        """The subject as it is kept."""
        return " ".join(letter_text.source_of(self.document()).split())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


class LetterEditor(QWidget):
    """Text with these fields; `source()` is what is kept."""

    edited = Signal()

    def __init__(self, fields: Sequence[Field] = FIELDS) -> None:
        super().__init__()
        self._fields = fields
        self._appeals: Mapping[int, str] = {}
        self.text = QTextEdit()
        self.text.setAcceptRichText(False)
        self.text.setAccessibleName(_("Text of the letter"))
        self.text.setTabChangesFocus(True)
        letter_text.prepare(self.text.document())
        self.text.textChanged.connect(self.edited)
        self.insert = MenuButton(_("Insert"), [])
        self.only_for = Words("", "small")
        self.text.cursorPositionChanged.connect(self._say_condition)
        tools = row(
            IconButton("bold", _("Bold"), self.bold),
            IconButton("italic", _("Italic"), self.italic),
            IconButton("list", _("List"), self.bullet),
            IconButton("link", _("Link"), self.link),
            self.insert,
            None,
            gap=6,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(tools)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.only_for)
        for keys, do in (("Ctrl+B", self.bold), ("Ctrl+I", self.italic)):
            QShortcut(QKeySequence(keys), self.text, do)

    def show_source(self, source: str, appeals: Mapping[int, str]) -> None:
        """Edit a letter; `appeals` are those a condition may speak of."""
        self._appeals = appeals
        self.text.blockSignals(True)
        letter_text.show(self.text.document(), source, Labels(self._label))
        self.text.blockSignals(False)
        self._offer()

    def _label(self, name: str) -> str:
        return label_of(name, self._fields)

    def source(self) -> str:
        """The letter as it is kept."""
        return letter_text.source_of(self.text.document())

    def _offer(self) -> None:
        choices: list[tuple[str, Callable[[], object]]] = [
            (_(field.label), partial(self.put, field.name)) for field in self._fields
        ]
        choices += [
            (
                _("Only for those who signed “{appeal}”").format(appeal=title),
                partial(self.only, f"{appeal_id} in signed"),
            )
            for appeal_id, title in list(self._appeals.items())[:8]
        ]
        if self._appeals:
            choices.append((_("For everybody again"), partial(self.only, "")))
        self.insert.offer(choices)

    def put(self, field: str) -> None:
        """A field where the cursor stands."""
        letter_text.insert_field(self.text.textCursor(), field, self._label(field))
        self.text.setFocus()

    def only(self, condition: str) -> None:
        """Let only some recipients read the paragraphs that are selected."""
        cursor = self.text.textCursor()
        block = QTextBlockFormat(cursor.blockFormat())
        letter_text.under(block, condition)
        cursor.setBlockFormat(block)
        self.text.setFocus()

    def _say_condition(self) -> None:
        """Who reads the paragraph the cursor is in, when not everybody does."""
        block = self.text.textCursor().blockFormat()
        condition = str(block.property(letter_text.CONDITION) or "")
        found = re.fullmatch(r"(\d+) in signed", condition)
        if found:
            title = self._appeals.get(int(found[1]), "")
            said = _("Only for those who signed “{appeal}”").format(appeal=title)
        elif condition:
            said = _("Only where it is known: {field}").format(field=self._label(condition))
        else:
            said = ""
        self.only_for.setText(said)

    def bold(self) -> None:
        """Bold, or not any more."""
        style = QTextCharFormat()
        heavy = self.text.fontWeight() >= QFont.Weight.Bold
        style.setFontWeight(QFont.Weight.Normal if heavy else QFont.Weight.Bold)
        self.text.mergeCurrentCharFormat(style)

    def italic(self) -> None:
        """Italic, or not any more."""
        style = QTextCharFormat()
        style.setFontItalic(not self.text.fontItalic())
        self.text.mergeCurrentCharFormat(style)

    def bullet(self) -> None:
        """A new item of a list."""
        cursor = self.text.textCursor()
        block = QTextBlockFormat()
        block.setProperty(letter_text.BULLET, True)
        cursor.insertBlock(block, QTextCharFormat())
        cursor.insertText("• ")
        self.text.setFocus()

    def link(self) -> None:
        """Let the selected words lead somewhere."""
        cursor = self.text.textCursor()
        if not cursor.hasSelection():
            return
        address, good = QInputDialog.getText(self, _("Link"), _("Address, such as https://…"))
        if good and address.startswith(("https://", "http://", "mailto:")):
            style = QTextCharFormat()
            style.setAnchor(True)
            style.setAnchorHref(address)
            style.setFontUnderline(True)
            cursor.mergeCharFormat(style)


def label_of(name: str, fields: Sequence[Field] = FIELDS) -> str:
    """What a field's chip shows."""
    return next((_(field.label) for field in fields if field.name == name), name)
