"""The rooms at the left, and whose workspace this is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from crm.language import _
from ui.kit import Words, badge, line
from ui.look import look, scaled, wear


class Room(QPushButton):
    """One room; a badge counts what awaits there."""

    def __init__(self, key: str, title: str, icon: str) -> None:
        super().__init__(title)
        self.key = key
        self._icon = icon
        self.setProperty("look", "place")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self._badge = badge("")
        self._badge.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, scaled(9), 0)
        layout.addStretch(1)
        layout.addWidget(self._badge)
        self.be_current(False)

    def be_current(self, current: bool) -> None:
        """Whether this is where she is."""
        self.setChecked(current)
        wear(self, self._icon, "link" if current else "soft", 18)
        self.setAccessibleDescription(_("You are here") if current else "")

    def await_her(self, count: int) -> None:
        """How many things wait there; none shows nothing."""
        self._badge.setText(str(count))
        self._badge.setVisible(bool(count))

    def nextCheckState(self) -> None:
        """Pressing goes there; only the frame says where she is."""


class Sidebar(QFrame):
    """The rooms; the last ones stand at the bottom."""

    def __init__(self, go: Callable[[str], None]) -> None:
        super().__init__()
        self.setProperty("look", "rail")
        self.setAccessibleName(_("Rooms"))
        self._go = go
        self.rooms: dict[str, Room] = {}
        self._workspace = Words("", "small")
        name = line("Cosigne", "lead")
        drawing = QLabel()
        wear(drawing, "cosigne", "link", 22)
        top = QHBoxLayout()
        top.setContentsMargins(scaled(10), 0, 0, 0)
        top.setSpacing(scaled(8))
        words = QVBoxLayout()
        words.setSpacing(scaled(1))
        words.addWidget(name)
        words.addWidget(self._workspace)
        top.addWidget(drawing, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(scaled(10), scaled(16), scaled(10), scaled(12))
        self._list.setSpacing(scaled(3))
        self._list.addLayout(top)
        self._list.addSpacing(scaled(12))
        self._list.addStretch(1)
        look().changed.connect(self._settle)
        self._settle()

    def add(self, key: str, title: str, icon: str, *, bottom: bool = False) -> None:
        """One more room."""
        made = Room(key, title, icon)
        made.clicked.connect(lambda: self._go(key))
        self.rooms[key] = made
        at = self._list.count() if bottom else self._list.count() - 1
        self._list.insertWidget(at, made)

    def show_current(self, key: str) -> None:
        """Mark the room she is in."""
        for each in self.rooms.values():
            each.be_current(each.key == key)

    def name_workspace(self, association: str) -> None:
        """Whose workspace this is."""
        self._workspace.setText(association)
        self._workspace.setVisible(bool(association))

    def _settle(self) -> None:
        self.setFixedWidth(round(150 + 62 * look().zoom))
