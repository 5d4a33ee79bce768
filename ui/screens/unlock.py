"""A file that does not open by itself: its phrase is asked for, or what is in the way is said."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from crm import vault
from crm.errors import Damaged, Locked, Trouble
from crm.language import _
from ui import trouble
from ui.context import Context
from ui.form import field_row
from ui.kit import Banner, Button, LinkButton, MainButton, Words, dates, line, row, title
from ui.screens import founding
from ui.screens.folio import Folio

if TYPE_CHECKING:
    from crm.cipher import Key
    from crm.db import Database

Again = Callable[[], object] | None


class Unlock(Folio):
    """One field, and the ways round it: the recovery sheet, a backup, another file."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._path = Path()
        self._again: Again = None
        self._busy = False
        self.phrase = QLineEdit()
        self.button = MainButton("")

    def visit(
        self, path: Path | None = None, why: Trouble | None = None, again: Again = None
    ) -> None:
        """Ask for the phrase of a file; `why` says what went wrong, `again` tries once more."""
        self._path, self._again, self._busy = path or self._path, again, False
        if isinstance(why, Damaged):
            self._damaged(why)
        elif why is not None and again is not None:
            self._shut(why)
        else:
            self.ask()
            if why is not None:
                self.say(_told(why))
            else:
                self._try_by_itself()

    # --- the phrase -------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for the phrase."""
        self.phrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        show = QCheckBox(_("Show what I type"))
        show.toggled.connect(self._show_typed)
        self.keep = QCheckBox(_("From now on, open by itself on this computer"))
        self.keep.hide()
        self.button = MainButton(_("Open"), self._open, icon="key")
        self.turn(
            title(_("Your phrase, please")),
            self._name(),
            field_row(_("Phrase"), self.phrase),
            row(show, None),
            row(self.keep, None),
            row(
                *self._back(),
                LinkButton(_("Open with the recovery sheet"), self._with_sheet),
                None,
                Button(_("Another file…"), self._another),
                self.button,
            ),
        )
        self.phrase.setFocus()
        self.context.tasks.think(self.keep, vault.has_keyring, then=self.keep.setVisible)

    def _show_typed(self, on: bool) -> None:
        modes = QLineEdit.EchoMode
        self.phrase.setEchoMode(modes.Normal if on else modes.Password)

    def _back(self) -> list[Button]:
        """Where another workspace is open, there is a way back to it."""
        if not self.context.tasks.is_open:
            return []
        return [Button(_("Back"), partial(self.context.go, "settings", part="advanced"))]

    def _name(self) -> Words:
        return Words(str(self._path), "soft", copied=True)

    def _try_by_itself(self) -> None:
        """This computer may keep its key; whoever types meanwhile is not disturbed."""

        def found(db: Database | None) -> None:
            if db is not None:
                self._opened(db)

        def refused(why: Trouble) -> None:
            if not self._busy:
                self._no(why)

        self.context.tasks.think(
            self, founding.by_itself, self._path, then=found, otherwise=refused
        )

    def _open(self) -> None:
        if self._busy or not self.phrase.text().strip():
            self.phrase.setFocus()
            return
        self._wait()
        self.context.tasks.think(
            self, founding.by_phrase, self._path, self.phrase.text(),
            then=self._opened_by_phrase, otherwise=self._no,
        )  # fmt: skip

    def _wait(self) -> None:
        self._busy = True
        self.button.setEnabled(False)
        self.button.setText(_("Opening…"))

    def _opened_by_phrase(self, db: Database) -> None:
        if self.keep.isChecked():
            self.context.tasks.think(
                self, founding.keep, db,
                then=lambda kept: self._opened(db) if kept else self._not_kept(db),
                otherwise=lambda _locked: self._not_kept(db),
            )  # fmt: skip
        else:
            self._opened(db)

    def _not_kept(self, db: Database) -> None:
        self._opened(db)
        self.context.toast(_("The phrase will be asked for at each opening."))

    def _opened(self, db: Database) -> None:
        self._forget()
        self.context.opened(db)

    def _forget(self) -> None:
        """The page is turned, and with it goes what was typed."""
        self.turn(Words(_("Opening…"), "lead"))
        self.phrase = QLineEdit()

    # --- what stands in the way -------------------------------------------------------------

    def _no(self, why: Trouble) -> None:
        self._busy = False
        if isinstance(why, Damaged):
            self._damaged(why, self.phrase.text())
            return
        self.button.setEnabled(True)
        self.button.setText(_("Open"))
        self.phrase.selectAll()
        self.phrase.setFocus()
        self.say(_told(why))
        backup = founding.newest_backup(self._path)
        if isinstance(why, Locked) and self.phrase.text() and backup is not None:
            self._doubt(backup, self.phrase.text())

    def _doubt(self, backup: Path, phrase: str) -> None:
        """A file whose first page is broken looks like one with another phrase: ask its backup."""

        def answer(opens: bool) -> None:
            if opens and not self._busy:
                broken = Damaged(
                    _("This file is damaged. Nothing was changed."),
                    hint=_("Your phrase is the right one: it opens the backup."),
                )
                self._damaged(broken, phrase)

        self.context.tasks.think(
            self, founding.backup_opens, backup, phrase, then=answer, otherwise=lambda _why: None
        )

    def _shut(self, why: Trouble) -> None:
        """Its key is here, and yet it cannot be opened: already open, too new, not there."""
        ways: list[Any] = [*self._back(), None, Button(_("Another file…"), self._another)]
        if isinstance(why, Locked):
            ways.insert(0, LinkButton(_("Type the phrase"), self.ask))
        self.phrase = QLineEdit()
        main = MainButton(_("Try again"), self._again, icon="refresh")
        self.turn(title(_("This file cannot be opened now")), self._name(), row(*ways, main))
        self.say(_told(why))
        main.setFocus()

    def _damaged(self, why: Trouble, phrase: str = "") -> None:
        self.phrase = QLineEdit()
        backup = founding.newest_backup(self._path)
        other = Button(_("Another file…"), self._another)
        if backup is None:
            told = _("There is no backup beside it. If you keep one elsewhere, on a key perhaps, "
                     "open that one.")  # fmt: skip
            self.turn(
                title(_("This file cannot be opened")),
                self._name(),
                Words(told),
                row(*self._back(), None, other),
            )
            other.setFocus()
        else:
            at = datetime.fromtimestamp(backup.stat().st_mtime, UTC)
            told = _("The newest backup is of {when}. What was done since then is lost; the "
                     "damaged file is kept beside it.").format(when=dates.moment(at))  # fmt: skip
            main = MainButton(_("Go back to that backup"), partial(self._restore, backup, phrase))
            self.turn(
                title(_("Your file can be taken from its backup")), self._name(), Words(told),
                row(*self._back(), None, other, main),
            )  # fmt: skip
            self.button = main
            main.setFocus()
        self.say(_told(why))

    def _restore(self, backup: Path, phrase: str) -> None:
        if self._busy:
            return
        self._wait()
        self.context.tasks.think(
            self, founding.backup_key, backup, phrase,
            then=lambda key: self._restore_with(backup, key),
            otherwise=lambda _locked: self._ask_for(backup),
        )  # fmt: skip

    def _restore_with(self, backup: Path, key: Key | None) -> None:
        if key is None:
            self._ask_for(backup)
            return
        self.context.tasks.think(
            self, founding.from_backup, self._path, backup, key,
            then=self._opened, otherwise=lambda why: self._stuck(why, backup),
        )  # fmt: skip

    def _stuck(self, why: Trouble, backup: Path) -> None:
        if isinstance(why, Locked):
            self._ask_for(backup)
        self._busy = False
        self.button.setEnabled(True)
        self.button.setText(_("Go back to that backup"))
        self.say(_told(why))

    def _ask_for(self, backup: Path) -> None:
        """This computer does not keep the key: the phrase opens the backup."""
        self._busy = False
        self.phrase = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.button = MainButton(
            _("Go back to that backup"), lambda: self._restore(backup, self.phrase.text())
        )
        self.turn(
            title(_("Your phrase, please")),
            line(backup.name, "soft"),
            field_row(_("Phrase"), self.phrase),
            row(None, Button(_("Another file…"), self._another), self.button),
        )
        self.phrase.setFocus()

    # --- other ways -------------------------------------------------------------------------

    def _with_sheet(self) -> None:
        self.context.go("welcome", sheet=self._path)

    def _another(self) -> None:
        patterns = _("Cosigne files") + f" (*{founding.ENDING})"
        self.context.open_file(
            self, _("Open a Cosigne file"), patterns, lambda path: self.visit(path=path)
        )


def _told(why: Trouble) -> Banner:
    if isinstance(why, Locked):
        return Banner("warn", f"<b>{html.escape(why.message)}</b>", hint=why.hint)
    return trouble.bar(why)
