"""The file itself: its backups, its recovery sheet; or, on a server, a copy of it at home."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from crm import db as door
from crm import settings
from crm.db import Database
from crm.errors import Trouble
from crm.language import _, n_
from ui.kit import Button, Card, LinkButton, MainButton, Page, Words, column, row, scrolling
from ui.screens.recovery import verify

WIDTH = 760


def my_file(page: Page) -> QWidget:
    """This part of the settings; what it has to say stands below its buttons."""
    shared = page.context.tasks.db.shared
    card = _on_a_server(page) if shared else FileCard(page)
    card.setMaximumWidth(WIDTH)
    whole = QWidget()
    whole.setLayout(column(card, None))
    return scrolling(whole)


class FileCard(Card):
    """Back up, check, restore."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.context = page, page.context
        path = self.context.tasks.db.path
        kept = door.backups(path)
        self.told = Words("", "soft")
        for each in (
            Words(str(path), "text", copied=True),
            Words(n_("{n} backup beside it.", "{n} backups beside it.", len(kept)), "soft"),
        ):
            self.body.addWidget(each)
        self.body.addLayout(
            row(
                MainButton(_("Back up now"), self.back_up),
                Button(_("Back up to a key…"), self.back_up_to),
                Button(_("Check the file"), self.check),
                None,
            )
        )
        self.body.addLayout(row(Button(_("Restore a backup…"), self.restore), None))
        sheet = LinkButton(_("Show and check the recovery sheet"), self._show_sheet)
        self.body.addLayout(row(sheet, _journal(page), None))
        self.body.addWidget(self.told)

    def back_up(self, to: Path | None = None) -> None:
        """A verified, encrypted copy; beside the file unless told otherwise."""
        self.context.tasks.think(
            self, self.context.tasks.db.back_up, to,
            then=lambda made: self.told.setText(
                _("Backed up and verified: {name}").format(name=made.name)
            ),
        )  # fmt: skip

    def back_up_to(self) -> None:
        """A copy where she says: a key she carries away."""
        self.context.save_file(self, _("Back up"), "coalition.cosigne", "*.cosigne", self.back_up)

    def check(self) -> None:
        """Verify every page of the file."""
        self.context.tasks.think(self, self.context.tasks.db.faults, then=self._said_faults)

    def _said_faults(self, faults: list[str]) -> None:
        whole = _("Every page of this file is whole.")
        broken = _("This file is damaged. Restore the newest backup.")
        self.told.setText(broken if faults else whole)

    def restore(self) -> None:
        """Put a backup in the place of the file, and go on with it."""
        if self.context.is_held():
            return
        self.context.open_file(self, _("Restore a backup"), "*.cosigne", self._ask_restore)

    def _ask_restore(self, path: Path) -> None:
        self.context.ask(
            self,
            _("Put “{name}” in the place of your file?").format(name=path.name),
            _("The present state is kept beside it first."),
            yes=_("Restore"),
            danger=True,
            then=lambda: self.context.tasks.think(
                self, _restored, self.context.tasks.db, path, then=self._restored
            ),
        )

    def _restored(self, found: tuple[Database, str]) -> None:
        opened, told = found
        self.context.opened(opened)
        self.context.toast(told)

    def _show_sheet(self) -> None:
        self.context.tasks.read(self, settings.load, then=self._verify)

    def _verify(self, chosen: settings.Settings) -> None:
        verify(self.context, self, chosen.association)


def _on_a_server(page: Page) -> Card:
    copy = partial(page.context.go, "shared", aim="home")
    return Card(
        Words(page.context.tasks.db.place, "text", copied=True),
        Words(_("Whoever runs the server makes its backups. A file of yours is one more."),
              "soft"),
        row(MainButton(_("Copy this workspace to a file…"), copy), None),
        row(_journal(page), None),
    )  # fmt: skip


def _journal(page: Page) -> LinkButton:
    return LinkButton(_("What was done: the journal"), partial(page.context.go, "journal"))


def _restored(db: Database, backup: Path) -> tuple[Database, str]:
    """Let the file go, put the backup in its place, and open that; or what was there, if refused.

    Also what is to be said of it.
    """
    path, key = db.path, db.key
    db.close()
    try:
        saved = door.restore(backup, path, key)
    except Trouble as why:
        return door.open_(path, key), f"{why.message} {why.hint}".strip()
    told = _("Restored. What stood there is kept: {name}")
    return door.open_(path, key), told.format(name=saved.name if saved else "")
