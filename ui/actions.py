"""Commands, declared once on the method that does them: a label, a shortcut, an icon.

@action(_m("New organisation"), "Ctrl+N", icon="plus")
def new(self) -> None: ...

bind(self)            in the constructor: the shortcuts work while the page is in sight
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from crm.language import _
from ui.kit import Button, MainButton

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Command:
    """What is said of a method: its label (English, translated when shown), its keys, its icon."""

    label: str
    keys: str = ""
    icon: str = ""


def action(label: str, keys: str = "", *, icon: str = "") -> Callable[[F], F]:
    """Declare a method as a command."""

    def mark(method: F) -> F:
        method.command = Command(label, keys, icon)  # type: ignore[attr-defined]
        return method

    return mark


def commands(owner: object) -> list[tuple[Command, Callable[[], object]]]:
    """Every command of an object, in the order they are written."""
    found: dict[str, tuple[Command, Callable[[], object]]] = {}
    for kind in reversed(type(owner).__mro__):
        for name, value in vars(kind).items():
            command = getattr(value, "command", None)
            if isinstance(command, Command):
                found[name] = (command, getattr(owner, name))
    return list(found.values())


def bind(owner: QWidget) -> None:
    """Let the keys of an object's commands work as long as it can be seen."""
    for command, method in commands(owner):
        made = QAction(_(command.label), owner)
        if command.keys:
            made.setShortcuts([QKeySequence(keys) for keys in command.keys.split(", ")])
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.triggered.connect(lambda _checked=False, method=method: method())
        owner.addAction(made)


def button(method: Callable[[], object], *, main: bool = False) -> Button:
    """A button for a command; its tooltip tells the keys."""
    command: Command = method.command  # type: ignore[attr-defined]
    kind = MainButton if main else Button
    made = kind(_(command.label), method, icon=command.icon)
    if command.keys:
        keys = QKeySequence(command.keys.split(", ")[0])
        made.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
    return made
