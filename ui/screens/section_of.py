"""“A section of…”: of which organisation, the likeliest one already written there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from crm import search
from crm.language import _
from ui.context import Context
from ui.kit import Dialog, Words
from ui.screens.who import Who


class SectionOf(Dialog):
    """Asks which organisation a written name is a section of; Enter takes the one shown."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        name: str,
        likely: search.Hit | None,
        take: Callable[[search.Hit], object],
    ) -> None:
        super().__init__(owner, _("A section of…"), save=(_("It is a section of it"), self._take))
        self._give = take
        self.who = Who(context)
        self.who.setPlaceholderText(_("An organisation of the directory"))
        self.who.settled.connect(self._tell)
        self.who.entered.connect(self._tell)
        self.missing = Words("", "small")
        self.put(
            Words(_("“{name}” is a section of:").format(name=name)), self.who, self.missing
        )  # fmt: skip
        self.who.put(likely)
        self.who.selectAll()
        self.who.setFocus()

    def _tell(self) -> None:
        self.missing.setText("" if self.who.hit else _("Choose it in the list."))

    def _take(self) -> None:
        if self.who.hit is None:
            self._tell()
            self.who.setFocus()
            return
        self.accept()
        self._give(self.who.hit)
