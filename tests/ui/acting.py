"""What somebody does in a window, and waiting until it is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crm import contacts
from ui.window import Window

Open = Callable[[str], Window]
"""A window on the shared workspace, of somebody by name."""


def calm(qtbot: QtBot, *windows: Window) -> None:
    """Every answer has come."""
    qtbot.waitUntil(lambda: not any(each.tasks.busy for each in windows), timeout=20_000)


def add(window: Window, name: str) -> int:
    """An organisation written down in this window; its id."""
    made: int = did(window, lambda session: contacts.add_organisation(session, name), f"Add {name}")
    return made


def did(window: Window, step: Callable[..., Any], label: str) -> Any:
    """Something she did in her window."""
    found: list[Any] = []
    window.tasks.write(window, label, step, then=found.append)
    deadline = time.monotonic() + 20
    while not found and time.monotonic() < deadline:
        QTest.qWait(5)
    return found[0]
