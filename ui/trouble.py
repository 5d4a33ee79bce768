"""How trouble is shown; the only maker of message boxes.

What a user can put right is a bar on her page.  Anything else is a bug: a report she may copy,
with the places in the program and nothing of her data.
"""

from __future__ import annotations

import html
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from crm.errors import Trouble
from crm.language import _
from ui.kit import Banner, Button, DangerButton, Dialog, MainButton, Page, Words


def show(owner: QObject, error: BaseException, page: QWidget | None = None) -> None:
    """Tell the user on the owner's page or dialog; on `page` where the owner has none."""
    if not isinstance(error, Trouble):
        show_report(_window_of(owner), report(error))
        return
    for place in (*_upwards(owner), page):
        if isinstance(place, (Page, Dialog)):
            place.say(bar(error))
            return
    tell(_window_of(owner), error)


def bar(error: Trouble) -> Banner:
    """A trouble as a bar on top of a page."""
    return Banner("bad", f"<b>{html.escape(error.message)}</b>", hint=error.hint, closable=True)


def tell(parent: QWidget | None, error: Trouble) -> None:
    """A trouble in a box of its own, where there is no page to show it on."""
    box = Dialog(parent, _("Cosigne"), leave=_("Close"))
    box.title.hide()
    box.put(Words(error.message, "strong"), Words(error.hint, "soft"))
    box.open()


def ask(
    owner: QWidget,
    sentence: str,
    detail: str = "",
    *,
    yes: str,
    then: Callable[[], object],
    danger: bool = False,
) -> None:
    """Ask before something is done; the quiet answer has the focus and is Escape's too."""
    box = Dialog(owner, sentence, leave=_("Do nothing"))
    box.title.setProperty("look", "lead")
    if detail:
        box.put(Words(detail, "soft"))
    do = (DangerButton if danger else MainButton)(yes, box.accept)
    box.foot.addWidget(do)
    box.accepted.connect(then)
    box.leave.setDefault(True)
    box.open()
    box.leave.setFocus()


def report(error: BaseException) -> str:
    """What the authors need to know of a bug, and not a word of the user's data."""
    import platform

    lines = [
        f"Cosigne · Python {platform.python_version()} · Qt {qVersion()} · {sys.platform}",
    ]
    import traceback

    found: BaseException | None = error
    while found is not None:
        lines.append("")
        lines += [
            f"{_short(step.filename)}:{step.lineno} {step.name}"
            for step in traceback.extract_tb(found.__traceback__)
        ]
        lines.append(f"{type(found).__module__}.{type(found).__qualname__}")
        found = found.__cause__ or found.__context__
    return "\n".join(lines)


def show_report(parent: QWidget | None, text: str) -> None:
    """A bug, to be copied and sent by her own mail if she wants to."""
    from PySide6.QtWidgets import QPlainTextEdit

    box = Dialog(parent, _("Something went wrong in Cosigne"), leave=_("Close"))
    words = QPlainTextEdit(text)
    words.setReadOnly(True)
    words.setAccessibleName(_("Report"))
    box.put(
        Words(_("Your data are saved. This report names places in the program, no contact.")),
        words,
    )
    copy = Button(_("Copy the report"), lambda: QGuiApplication.clipboard().setText(text))
    box.foot.insertWidget(0, copy)
    box.open()


def catch_all() -> None:
    """From now on no bug goes unseen, on whichever thread it happens."""

    def seen(kind: type[BaseException], error: BaseException, tb: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, tb)
            return
        app = QApplication.instance()
        if app is not None and threading.current_thread() is threading.main_thread():
            show(app, error)

    sys.excepthook = seen


def _upwards(owner: QObject) -> Iterator[QObject]:
    place: QObject | None = owner
    while place is not None:
        yield place
        place = place.parent()


def _window_of(owner: QObject) -> QWidget | None:
    for place in _upwards(owner):
        if isinstance(place, QWidget):
            return place.window()
    return QApplication.activeWindow()


def _short(name: str) -> str:
    return "/".join(Path(name).parts[-2:])
