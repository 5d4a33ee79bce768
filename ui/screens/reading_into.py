"""Into which appeal a reading goes: one that is there, or a new one and what it is called."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm import appeals, reading
from crm.language import _
from crm.reading import Beside
from ui.context import Context
from ui.form import Form, Line
from ui.kit import Dialog, MenuButton

Standing = tuple[set[int], set[str]]
"""The organisations and the people who stand in an appeal already."""
_LONG = 38  # letters of a title on a button


class Into(QObject):
    """The first of the three answers above a review."""

    chosen = Signal(object)  # Standing, of the appeal chosen now

    def __init__(self, context: Context, page: QWidget, button: MenuButton) -> None:
        super().__init__(page)
        self.context, self._page, self._button = context, page, button
        self.begin()

    def begin(self, appeal_id: int | None = None) -> None:
        """Nothing is read yet; it will go into this appeal, if one is given."""
        self.appeal_id: int | None = appeal_id
        self.title: str | None = None  # of the new appeal, when she chose another
        self._read: reading.Reading | None = None
        self._appeals: dict[int, str] = {}

    def take(self, found: Beside) -> None:
        """This was read: it goes where it probably belongs until she says otherwise."""
        self.appeal_id, self.title = found.appeal_id, found.title
        self._read, self._appeals = found.review.reading, found.appeals
        self._offer()

    def target(self) -> str:
        """Where it goes, in words."""
        if self.appeal_id is not None:
            return _("appeal “{title}”").format(title=self._appeals.get(self.appeal_id, ""))
        return _("new appeal “{title}”").format(title=self._new_title())

    def choose(self, appeal_id: int | None) -> None:
        """It goes into this appeal, or into a new one."""
        self.appeal_id = appeal_id
        if self._read is None:
            return
        if appeal_id is None:
            self._stands((set(), set()))
        else:
            self.context.tasks.read(self, _standing, appeal_id, then=self._known)

    def _known(self, found: tuple[Standing, dict[int, str]]) -> None:
        standing, self._appeals = found
        self._stands(standing)

    def _stands(self, standing: Standing) -> None:
        self._offer()
        self.chosen.emit(standing)

    def _new_title(self) -> str:
        if self.title or self._read is None:
            return self.title or ""
        return self._read.title or Path(self._read.name).stem

    def _offer(self) -> None:
        said = _("New appeal: {title}") if self.appeal_id is None else _("Appeal: {title}")
        title = self._appeals.get(self.appeal_id or 0) or self._new_title()
        self._button.setText(said.format(title=_short(title)).replace("&", "&&"))
        choices: list[tuple[str, Any]] = [
            (_("A new appeal"), partial(self.choose, None)),
            (_("A new appeal, called…"), self._name_it),
        ]
        choices += [(title, partial(self.choose, each)) for each, title in self._appeals.items()]
        self._button.offer(choices)

    def _name_it(self) -> None:
        form = Form(Line("title", _("Title"), needed=True))
        form.fill({"title": self._new_title()})

        def take() -> None:
            if form.complete():
                self.title = form.values()["title"]
                dialog.accept()
                self.choose(None)

        dialog = Dialog(self._page, _("A new appeal"), save=(_("Keep"), take))
        dialog.put(form)
        dialog.open()


def _short(title: str) -> str:
    return title if len(title) <= _LONG else title[:_LONG].rsplit(" ", 1)[0] + " …"


def _standing(session: Any, appeal_id: int) -> tuple[Standing, dict[int, str]]:
    titles = {each.id: each.title for each in appeals.rows_of(session, appeals.ids(session))}
    return reading.standing(session, appeal_id), titles
