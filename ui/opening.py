"""How the last workspace is opened at the start: its key, a glimpse of it, then all of it.

The first page is read by the plain driver while the window appears; the libraries that everything
else needs are loaded once it is painted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from crm import computer
from crm.errors import Trouble
from ui.screens import sharing
from ui.window import Window

if TYPE_CHECKING:
    from crm.cipher import Key
    from crm.db import Database


@dataclass(frozen=True)
class Glimpse:
    """What can be known of a file before everything is loaded."""

    key: Key | None  # None: the phrase must be asked for
    rows: Any = None  # the first page of the directory, if that is what is shown


class Opening(QObject):
    """Opens the workspace used last, or leads to the first pages."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = window.tasks
        self.path: Path | None = None

    def begin(self) -> None:
        """Show the frame and where she was; ask for the phrase only if this computer has no key."""
        last = computer.last_workspace()
        if last is not None and sharing.is_shared(last):
            self._call(last)
            self._window.start()
            return
        if last is None or not Path(last).exists():
            self._window.go("welcome")
            return
        self.path = Path(last)
        seen = str(computer.recall("place", "home")) == "directory"
        self._tasks.think(
            self, _glimpse, self.path, seen, then=self._show, otherwise=self._ask_phrase
        )
        self._window.start()

    def _call(self, place: str) -> None:
        """A workspace on a server: its password is in the keyring, or asked for."""
        self._tasks.think(
            self, sharing.by_itself, place, then=self._window.open,
            otherwise=lambda why: self._window.go("shared", place=place, why=why),
        )  # fmt: skip

    def close(self) -> None:
        """Let the file go."""
        if self._tasks.is_open:
            self._tasks.db.close()

    def _show(self, found: Glimpse) -> None:
        if self.path is None:
            return
        if found.key is None:
            self._ask_phrase(None)
            return
        page = self._window.page("directory")
        if found.rows is not None and page is not None:
            page.glimpse(found.rows)
        path, key = self.path, found.key
        # After the painting of what was just given, not before.
        QTimer.singleShot(0, self, lambda: self._load(path, key))

    def _load(self, path: Path, key: Key) -> None:
        self._tasks.think(
            self, _open, path, key, then=self._window.open,
            otherwise=lambda why: self._refused(why, path, key),
        )  # fmt: skip

    def _refused(self, why: Trouble, path: Path, key: Key) -> None:
        again = partial(self._load, path, key)
        self._window.go("unlock", path=path, why=why, again=again)

    def _ask_phrase(self, why: Trouble | None) -> None:
        self._window.go("unlock", path=self.path, why=why)


def _glimpse(path: Path, rows: bool) -> Glimpse:
    from crm import vault

    key = vault.kept_key(path)
    if key is None or not rows:
        return Glimpse(key)
    from crm import glance

    return Glimpse(key, glance.first_page(path, key))


def _open(path: Path, key: Key) -> Database:
    from crm import db

    return db.open_(path, key)
