"""The recovery sheet: shown, printed, and verified by typing two of its groups."""

from __future__ import annotations

import html
import random
from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from crm import settings, vault
from crm.language import _
from ui.context import Context
from ui.kit import Banner, Button, Dialog, Words, column, heading, line, row


class RecoverySheet(QWidget):
    """Thirteen groups, and two fields to prove that they were copied."""

    def __init__(self, groups: Sequence[str], association: str) -> None:
        super().__init__()
        self._groups, self._association = groups, association
        grid = QGridLayout()
        for at, group in enumerate(groups):
            grid.addWidget(line(f"{at + 1}. {group}", "strong"), at // 5, at % 5)
        self.asked = sorted(random.sample(range(len(groups)), 2))
        self.typed = [QLineEdit() for _group in self.asked]
        checks = [
            column(line(_("Group {n}").format(n=at + 1), "soft"), field, gap=4)
            for at, field in zip(self.asked, self.typed, strict=True)
        ]
        for at, field in zip(self.asked, self.typed, strict=True):
            field.setAccessibleName(_("Group {n}").format(n=at + 1))
        self.setLayout(
            column(
                Words(
                    _("Without the phrase or this sheet nobody can open this file again, not even "
                      "us. That is what protects your partners."),
                    "text",
                ),
                grid,
                row(Button(_("Print…"), self.print_, icon="print"), None),
                Words(_("Or copy it by hand, and keep it away from this computer."), "soft"),
                heading(_("To check, type two groups from your copy")),
                row(*checks, gap=12),
                gap=12,
            )
        )  # fmt: skip

    def matches(self) -> bool:
        """Whether what was typed is what the sheet says."""
        return all(
            field.text().strip().upper() == self._groups[at]
            for at, field in zip(self.asked, self.typed, strict=True)
        )

    def print_(self) -> None:
        """On paper, through the system's own window; never to a file by itself."""
        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            page = QTextDocument()
            lines = "<br>".join(f"{at + 1}. <tt>{g}</tt>" for at, g in enumerate(self._groups))
            head = _("Recovery sheet of {association}").format(association=self._association)
            page.setHtml(f"<h2>{html.escape(head)}</h2><p style='font-size:14pt'>{lines}</p>")
            page.print_(printer)


def verify(context: Context, owner: QWidget, association: str) -> None:
    """Show the sheet again and let her prove that she has it."""
    sheet = RecoverySheet(vault.sheet(context.tasks.db.key), association)

    def check() -> None:
        if not sheet.matches():
            dialog.say(Banner("warn", _("That is not what the sheet says. Check your copy.")))
            return
        context.tasks.write(
            owner, _("Recovery sheet verified"), _verified, kind="final",
            then=lambda _done: context.toast(_("Recovery sheet verified")),
        )  # fmt: skip
        dialog.accept()

    dialog = Dialog(
        owner, _("Recovery sheet"), save=(_("Check"), check), leave=_("Close"), width=600
    )
    dialog.put(sheet)
    dialog.open()


def _verified(session: Any) -> None:
    settings.change(session, sheet_verified=True)
