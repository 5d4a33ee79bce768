"""An organisation's logo: shown on its record, chosen, changed and taken off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from crm import airlock, contacts, documents
from crm.errors import Trouble
from crm.language import _
from ui import trouble
from ui.context import Context
from ui.kit import Button, Dialog, Words, row, scaled


class LogoMark(QLabel):
    """The logo as it is known; takes no room where there is none."""

    def __init__(self, context: Context, organisation_id: int, name: str, height: int = 48) -> None:
        super().__init__()
        self._tall = scaled(height)
        self.setAccessibleName(_("Logo of {name}").format(name=name))
        self.hide()
        context.tasks.read(self, contacts.logo, organisation_id, then=self.show_logo)

    def show_logo(self, png: bytes | None) -> None:
        """This picture, or none."""
        self.setVisible(bool(png))
        if png:
            picture = QPixmap()
            picture.loadFromData(png, "PNG")
            self.setPixmap(picture.scaled(
                self._tall * 4, self._tall, Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            ))  # fmt: skip


class LogoBox(Dialog):
    """See the logo, choose another one, or take it off."""

    def __init__(self, context: Context, owner: QWidget, organisation_id: int, name: str) -> None:
        super().__init__(owner, _("Logo of {name}").format(name=name), leave=_("Close"))
        self.context = context
        self.organisation_id, self.name = organisation_id, name
        self.mark = LogoMark(context, organisation_id, name, 120)
        self.mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.remove = Button(_("Remove"), lambda: self._write(None), look="small")
        self.put(
            Words(
                _("Printed in the form “Logos”. A small copy is kept: its pixels, nothing else."),
                "soft",
            ),
            self.mark,
            row(Button(_("Choose a picture…"), self._choose, look="small"), self.remove, None),
        )

    def _choose(self) -> None:
        patterns = " ".join(f"*{ending}" for ending in documents.PICTURES)
        self.context.open_file(self, _("Choose a picture"), patterns, self.take)

    def take(self, path: Path) -> None:
        """The picture in this file, read in a child process, is the logo from now on."""
        self.context.tasks.think(
            self, airlock.run, documents.logo, str(path), then=self._write, otherwise=self._no
        )

    def _no(self, why: Trouble) -> None:
        self.say(trouble.bar(why))

    def _write(self, png: bytes | None) -> None:
        self.say(None)
        label = _("Logo of {name}").format(name=self.name)
        self.context.tasks.write(
            self, label, _set, self.organisation_id, png, then=lambda _done: self._done(png)
        )

    def _done(self, png: bytes | None) -> None:
        self.mark.show_logo(png)
        self.context.toast(_("Logo kept.") if png else _("Logo taken off."), undo=True)


def _set(session: Any, organisation_id: int, png: bytes | None) -> None:
    contacts.set_logo(session, organisation_id, png)
