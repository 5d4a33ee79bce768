"""The first ten minutes: the association, the phrase, the recovery sheet, where to begin."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from crm import computer, vault
from crm.db import Database
from crm.language import _, current
from ui.context import Context
from ui.kit import (
    Banner,
    Button,
    Card,
    LinkButton,
    MainButton,
    Page,
    Words,
    clear,
    column,
    heading,
    line,
    row,
    scaled,
    title,
)
from ui.screens import founding


class Welcome(Page):
    """One card in the middle, one question at a time; nothing is written before the phrase."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.kept = {
            "association": "",
            "first_name": "",
            "place": str(computer.documents() / "coalition.cosigne"),
            "phrase": "",
        }
        self.ask_phrase = False
        self.made: Database | None = None
        self._inside = QVBoxLayout()
        self._inside.setSpacing(scaled(12))
        card = Card()
        card.body.addLayout(self._inside)
        card.setFixedWidth(scaled(600))
        middle = QWidget()
        middle.setLayout(row(None, column(None, card, None), None))
        self.put(middle)

    def visit(self, sheet: Path | None = None) -> None:
        """Begin; or open a file with its recovery sheet."""
        if sheet is not None:
            self._with_sheet(sheet)
        elif self.made is None:
            self._hello()

    def _turn(self, *items: Any) -> None:
        """Another page of the book."""
        clear(self._inside)
        said = QVBoxLayout()
        self._inside.addLayout(said)
        self.say_in(said)
        inside = column(*items, gap=12)
        self._inside.addLayout(inside)

    # --- minute 0 ---------------------------------------------------------------------------

    def _hello(self) -> None:
        begin = MainButton(_("Begin"), self._who)
        self._turn(
            title(_("Welcome")),
            Words(
                _("Cosigne keeps your organisations and what they signed, and writes to them from "
                  "your own mailbox. Nothing leaves this computer unless you ask."),
                "text",
            ),
            row(begin, Button(_("Try with an invented coalition"), self._try), None),
            LinkButton(_("I already have a Cosigne file"), self._another),
        )  # fmt: skip
        begin.setFocus()

    def _try(self) -> None:
        self._turn(Words(_("The invented coalition is being prepared…"), "lead"))
        self.context.tasks.think(self, founding.invented, then=self.context.opened)

    def _another(self) -> None:
        patterns = _("Cosigne files") + " (*.cosigne)"
        self.context.open_file(
            self, _("Open a Cosigne file"), patterns,
            lambda path: self.context.go("unlock", path=path),
        )  # fmt: skip

    # --- minute 1 ---------------------------------------------------------------------------

    def _who(self) -> None:
        self.association, self.first_name = self._line("association"), self._line("first_name")
        self.place = self._line("place")
        cloud = Words("", "small")
        self.place.textChanged.connect(lambda text: cloud.setText(_cloud(text)))
        cloud.setText(_cloud(self.place.text()))
        go_on = MainButton(_("Go on"), self._phrase)
        go_on.setEnabled(bool(self.association.text().strip()))
        self.association.textChanged.connect(lambda text: go_on.setEnabled(bool(text.strip())))
        self.association.returnPressed.connect(go_on.click)
        self._turn(
            title(_("Your association")),
            self._field(_("Its name"), self.association),
            self._field(_("Your first name"), self.first_name),
            self._field(_("Where the file goes"), self.place),
            cloud,
            row(Button(_("Back"), self._hello), None, go_on),
        )
        self.association.setFocus()

    def _line(self, name: str) -> QLineEdit:
        """A field that keeps what is typed in it when its page is turned."""
        made = QLineEdit(self.kept[name])
        made.textChanged.connect(partial(self.kept.__setitem__, name))
        return made

    def _field(self, label: str, field: QLineEdit) -> Any:
        field.setAccessibleName(label)
        return column(line(label, "soft"), field, gap=4)

    # --- minute 1:30 ------------------------------------------------------------------------

    def _phrase(self) -> None:
        self.kept["phrase"] = self.kept["phrase"] or vault.propose_phrase(current())
        self.phrase = self._line("phrase")
        self.phrase.setAccessibleName(_("Your phrase"))
        ask = QCheckBox(_("Ask me at each opening (travel, shared computer)"))
        ask.setChecked(self.ask_phrase)
        ask.setEnabled(vault.has_keyring())
        ask.toggled.connect(partial(setattr, self, "ask_phrase"))
        kept = (
            _("Here, Cosigne will open by itself. The phrase serves on another computer, or after "
              "a breakdown.")
            if vault.has_keyring()
            else _("Your system cannot keep it; Cosigne will ask for it each time.")
        )  # fmt: skip
        go_on = MainButton(_("Keep this phrase"), self._make)
        self.phrase.returnPressed.connect(go_on.click)
        self._turn(
            title(_("Your phrase")),
            Words(_("Five words, easy to keep in mind and hard to guess."), "text"),
            self.phrase,
            row(
                Button(_("Another one"), self._propose, look="small"),
                Button(_("My own"), self._own, look="small"),
                None,
            ),
            Words(kept, "soft"),
            ask,
            row(Button(_("Back"), self._who), None, go_on),
        )
        go_on.setFocus()

    def _propose(self) -> None:
        self.phrase.setText(vault.propose_phrase(current()))

    def _own(self) -> None:
        self.phrase.clear()
        self.phrase.setFocus()

    def _make(self) -> None:
        asked = founding.Founding(
            Path(self.kept["place"]).expanduser(),
            self.kept["phrase"],
            self.kept["association"].strip(),
            self.kept["first_name"].strip(),
            ask_phrase=self.ask_phrase,
        )
        self._turn(Words(_("Your file is being made…"), "lead"))
        self.context.tasks.think(self, founding.found, asked, then=self._sheet, otherwise=self._no)

    def _no(self, why: Any) -> None:
        self._phrase()
        self.say(Banner("warn", f"<b>{why.message}</b>", hint=why.hint))

    # --- minute 2:30 ------------------------------------------------------------------------

    def _sheet(self, made: Database) -> None:
        self.made = made
        self.kept["phrase"] = ""
        groups = vault.sheet(made.key)
        grid = QGridLayout()
        for at, group in enumerate(groups):
            grid.addWidget(line(f"{at + 1}. {group}", "strong"), at // 5, at % 5)
        self._asked = sorted(random.sample(range(len(groups)), 2))
        self._typed = [QLineEdit() for _group in self._asked]
        checks = [
            self._field(_("Group {n}").format(n=at + 1), field)
            for at, field in zip(self._asked, self._typed, strict=True)
        ]
        self._turn(
            title(_("Recovery sheet")),
            Words(
                _("Without the phrase or this sheet nobody can open this file again, not even us. "
                  "That is what protects your partners."),
                "text",
            ),
            grid,
            row(Button(_("Print…"), partial(self._print, groups), icon="print"), None),
            Words(_("Or copy it by hand, and keep it away from this computer."), "soft"),
            heading(_("To check, type two groups from your copy")),
            row(*checks, gap=12),
            row(Button(_("Later"), self._begin), None, MainButton(_("Check"), self._verify)),
        )  # fmt: skip
        self._typed[0].setFocus()

    def _print(self, groups: list[str]) -> None:
        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            page = QTextDocument()
            lines = "<br>".join(f"{at + 1}. <tt>{group}</tt>" for at, group in enumerate(groups))
            head = _("Recovery sheet of {association}").format(association=self.kept["association"])
            page.setHtml(f"<h2>{head}</h2><p style='font-size:14pt'>{lines}</p>")
            page.print_(printer)

    def _verify(self) -> None:
        assert self.made is not None
        groups = vault.sheet(self.made.key)
        good = all(
            field.text().strip().upper() == groups[at]
            for at, field in zip(self._asked, self._typed, strict=True)
        )
        if not good:
            self.say(
                Banner(
                    "warn", _("That is not what the sheet says. Check your copy."), closable=True
                )
            )
            return
        self.context.tasks.think(
            self, founding.verified, self.made, then=lambda _done: self._begin()
        )

    # --- minute 3:30 ------------------------------------------------------------------------

    def _begin(self) -> None:
        sheet = MainButton(_("My spreadsheet"), partial(self._enter, "import"), icon="table")
        self._turn(
            title(_("What shall we begin with?")),
            row(
                sheet,
                Button(_("An appeal already signed"), partial(self._enter, "reading")),
                Button(_("See the home page"), partial(self._enter, "home")),
                None,
            ),
        )
        sheet.setFocus()

    def _enter(self, place: str) -> None:
        if self.made is not None:
            self.context.opened(self.made)
            self.context.go(place)

    # --- after a breakdown ------------------------------------------------------------------

    def _with_sheet(self, path: Path) -> None:
        typed = QLineEdit()
        typed.setAccessibleName(_("The thirteen groups"))
        go_on = MainButton(_("Open"), lambda: self._open_with(path, typed.text()))
        typed.returnPressed.connect(go_on.click)
        self._turn(
            title(_("Open with the recovery sheet")),
            Words(_("Type its thirteen groups of four letters, in order."), "text"),
            typed,
            row(Button(_("Back"), lambda: self.context.go("unlock", path=path)), None, go_on),
        )
        typed.setFocus()

    def _open_with(self, path: Path, written: str) -> None:
        self.context.tasks.think(
            self, founding.opened_with_sheet, path, written, then=self.context.opened
        )


def _cloud(text: str) -> str:
    if computer.in_cloud(Path(text)):
        return _(
            "This folder is copied to another computer all day long. Choose another if you can."
        )
    return ""
