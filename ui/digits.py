"""The keys 1 to 9, also without Shift where a keyboard wants it for figures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_WITHOUT_SHIFT = dict(zip("123456789", "&É\"'(-È_Ç", strict=True))
"""What stands on the same keys of a French keyboard."""


def digit(key: str, page: QWidget, do: Callable[[], object]) -> QShortcut:
    """A figure that does something anywhere on a page."""
    made = QShortcut(page)
    made.setKeys([QKeySequence(key), QKeySequence(_WITHOUT_SHIFT[key])])
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(do)
    return made
