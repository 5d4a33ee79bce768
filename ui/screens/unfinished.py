"""The readings that wait to be finished, each with the way to go on and the way to let it be."""

from __future__ import annotations

import html
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm import reading
from crm.language import _, n_
from crm.reading import Unfinished
from ui.context import Context
from ui.kit import Button, Card, Rich, clear, dates, row, scaled


class UnfinishedReadings(QWidget):
    """Hidden while nothing waits."""

    resumed = Signal(int)
    forgotten = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, scaled(12))
        self._inside.setSpacing(scaled(8))
        self.hide()

    def look(self) -> None:
        """Read again what waits."""
        if self.context.tasks.is_open:
            self.context.tasks.read(self, reading.unfinished, then=self.show_waiting)

    def show_waiting(self, waiting: list[Unfinished]) -> None:
        """Show these."""
        clear(self._inside)
        for each in waiting:
            self._inside.addWidget(self._card(each))
        self.setVisible(bool(waiting))

    def _card(self, each: Unfinished) -> Card:
        ways = row(
            Button(_("Resume"), partial(self.resumed.emit, each.id)),
            Button(_("Forget"), partial(self._forget, each), look="link"),
            gap=14,
        )
        ways.insertWidget(0, Rich(sentence(each)), 1)
        return Card(ways)

    def _forget(self, each: Unfinished) -> None:
        self.context.ask(
            self,
            _("Forget the reading of “{name}”?").format(name=each.name),
            _("What you answered about it is lost; what was recorded before stays."),
            yes=_("Forget it"),
            then=lambda: self.forgotten.emit(each.id),
        )


def sentence(each: Unfinished) -> str:
    """To finish: appeal.docx – 1,240 lines, 310 questions, left yesterday."""
    figures = [n_("{n} line", "{n} lines", each.lines)]
    if each.questions:
        figures.append(n_("{n} question", "{n} questions", each.questions))
    figures.append(_left(each.at))
    said = _("<b>To finish:</b> {name} – {figures}")
    return said.format(name=html.escape(each.name), figures=html.escape(", ".join(figures)))


def _left(when: datetime) -> str:
    here, today = when.astimezone(), datetime.now().date()
    if here.date() == today:
        return _("left at {hour}").format(hour=dates.clock(when))
    if here.date() == today - timedelta(days=1):
        return _("left yesterday")
    return _("left on {day}").format(day=dates.day(here.date()))
