"""What every screen is given: the tasks, the way to other places, and the user's ear."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from crm import computer
from crm.language import _
from ui import trouble
from ui.tasks import Tasks

if TYPE_CHECKING:
    from crm.db import Database

Action = tuple[str, Callable[[], object]]


class Frame(Protocol):
    """The window, as far as a screen may know it."""

    def go(self, key: str, **what: Any) -> None:
        """Show another place."""

    def back(self) -> None:
        """Show the place before."""

    def toast(self, sentence: str, *, undo: bool = False, action: Action | None = None) -> None:
        """Say something for a few seconds."""

    def open(self, db: Database) -> None:
        """A workspace was made or unlocked."""


class Context:
    """Given to every screen when it is made."""

    def __init__(self, tasks: Tasks, frame: Frame) -> None:
        self.tasks = tasks
        self._frame = frame

    def go(self, key: str, **what: Any) -> None:
        """Show another place, about something."""
        self._frame.go(key, **what)

    def back(self) -> None:
        """Show the place before this one."""
        self._frame.back()

    def toast(self, sentence: str, *, undo: bool = False, action: Action | None = None) -> None:
        """Say that something is done, for a few seconds; `undo` offers to take it back."""
        self._frame.toast(sentence, undo=undo, action=action)

    def opened(self, db: Database) -> None:
        """A workspace was made or unlocked: it is the one shown from now on."""
        self._frame.open(db)

    def is_held(self) -> bool:
        """Whether something under way still needs the workspace that is open; says so then."""
        for work in self.tasks.under_way:
            self.toast(
                _("{work} is still under way. Let it end, or stop it, first.").format(
                    work=work.label
                )
            )
            return True
        return False

    def ask(
        self,
        owner: QWidget,
        sentence: str,
        detail: str = "",
        *,
        yes: str,
        then: Callable[[], object],
        danger: bool = False,
    ) -> None:
        """Ask before something is done; the quiet answer has the focus."""
        trouble.ask(owner, sentence, detail, yes=yes, then=then, danger=danger)

    def open_file(
        self, owner: QWidget, title: str, patterns: str, then: Callable[[Path], object]
    ) -> None:
        """Let her choose a file that exists."""
        from PySide6.QtWidgets import QFileDialog

        found, _chosen = QFileDialog.getOpenFileName(
            owner, title, str(computer.recall("folder", computer.documents())), patterns
        )
        self._chosen(found, then)

    def save_file(
        self, owner: QWidget, title: str, name: str, patterns: str, then: Callable[[Path], object]
    ) -> None:
        """Let her choose where a new file goes."""
        from PySide6.QtWidgets import QFileDialog

        folder = Path(str(computer.recall("folder", computer.documents())))
        found, _chosen = QFileDialog.getSaveFileName(owner, title, str(folder / name), patterns)
        self._chosen(found, then)

    def choose_folder(self, owner: QWidget, title: str, then: Callable[[Path], object]) -> None:
        """Let her choose the folder in which something is put."""
        from PySide6.QtWidgets import QFileDialog

        kept = str(computer.recall("folder", computer.documents()))
        found = QFileDialog.getExistingDirectory(owner, title, kept)
        if found:
            computer.remember("folder", found)
            then(Path(found))

    def copy(self, text: str, html: str = "") -> None:
        """Put words on the clipboard."""
        data = QMimeData()
        data.setText(text)
        if html:
            data.setHtml(html)
        QGuiApplication.clipboard().setMimeData(data)

    def copy_for_a_minute(self, address: str) -> None:
        """Put somebody's address on the clipboard, and take it away again after a minute."""
        board = QGuiApplication.clipboard()
        board.setText(address)
        self.toast(_("Address copied; it is erased from the clipboard in 60 s."))
        QTimer.singleShot(60_000, lambda: board.clear() if board.text() == address else None)

    def recall(self, key: str, default: Any = None) -> Any:
        """A choice kept on this computer."""
        return computer.recall(key, default)

    def remember(self, key: str, value: Any) -> None:
        """Keep a choice on this computer; never a contact, never a secret."""
        computer.remember(key, value)

    def _chosen(self, found: str, then: Callable[[Path], object]) -> None:
        if found:
            path = Path(found)
            computer.remember("folder", str(path.parent))
            then(path)
