"""The phrase is asked for: this computer does not keep the key, or may not."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from crm.errors import Locked, Trouble
from crm.language import _
from ui import trouble
from ui.context import Context
from ui.form import field_row
from ui.kit import (
    Banner,
    Button,
    Card,
    LinkButton,
    MainButton,
    Page,
    Words,
    column,
    row,
    scaled,
    title,
)

if TYPE_CHECKING:
    from crm.db import Database


class Unlock(Page):
    """One field, and the way to another file."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._path = Path()
        self._name = Words("", "soft")
        self.phrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.phrase.returnPressed.connect(self._open)
        self.button = MainButton(_("Open"), self._open, icon="key")
        card = Card(
            title(_("Your phrase, please")),
            self._name,
            field_row(_("Phrase"), self.phrase),
            row(
                LinkButton(_("Open with the recovery sheet"), self._with_sheet),
                None,
                Button(_("Another file…"), self._another),
                self.button,
            ),
        )
        card.setFixedWidth(scaled(520))
        told = column()
        card.body.insertLayout(2, told)
        self.say_in(told)
        middle = QWidget()
        middle.setLayout(row(None, column(None, card, None), None))
        self.put(middle)

    def visit(
        self,
        path: Path | None = None,
        why: Trouble | None = None,
        again: Callable[[], object] | None = None,
    ) -> None:
        """Ask for the phrase of a file; `why` says what went wrong, `again` tries once more."""
        self._path = path or self._path
        self._name.setText(str(self._path))
        self.say(None)
        if why is not None:
            banner = Banner("warn", f"<b>{html.escape(why.message)}</b>", hint=why.hint)
            if again is not None:
                banner.offer(Button(_("Try again"), again))
            self.say(banner)
        self.phrase.setFocus()

    def _open(self) -> None:
        if not self.phrase.text().strip():
            return
        self.button.setEnabled(False)
        self.context.tasks.think(
            self, _unlocked, self._path, self.phrase.text(), then=self._opened, otherwise=self._no
        )

    def _opened(self, db: Database) -> None:
        self.phrase.clear()
        self.button.setEnabled(True)
        self.context.opened(db)

    def _no(self, why: Trouble) -> None:
        self.button.setEnabled(True)
        self.phrase.selectAll()
        self.phrase.setFocus()
        if isinstance(why, Locked):
            self.say(Banner("warn", f"<b>{html.escape(why.message)}</b>", hint=why.hint))
        else:
            self.say(trouble.bar(why))

    def _with_sheet(self) -> None:
        self.context.go("welcome", sheet=self._path)

    def _another(self) -> None:
        patterns = _("Cosigne files") + " (*.cosigne)"
        self.context.open_file(
            self, _("Open a Cosigne file"), patterns, lambda path: self.visit(path=path)
        )


def _unlocked(path: Path, phrase: str) -> Database:
    from crm import db, vault
    from crm.cipher import salt_of

    return db.open_(path, vault.key_from_phrase(phrase, salt_of(path)))
