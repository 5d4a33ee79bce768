"""What is under way, in the corner: how far it has come, and Stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from crm.language import _, number
from ui.kit import Button, LinkButton, Words, column, hair, row
from ui.look import scaled, wear
from ui.tasks import Tasks, Work


class Pulse(Button):
    """Shown while something long is under way; opens the list of it."""

    def __init__(self, tasks: Tasks, go: Callable[..., None]) -> None:
        super().__init__("", self._open)
        self.setProperty("look", "pulse")
        wear(self, "refresh", "good", 15)
        self._tasks = tasks
        self._go = go
        self._list: WorkList | None = None
        for signal in (tasks.began, tasks.progress, tasks.ended):
            signal.connect(self._beat)
        self.hide()

    def _beat(self, work: Work) -> None:
        works = self._tasks.under_way
        self.setVisible(bool(works))
        if works:
            told = said(works[-1])
            if len(works) > 1:
                told = _("{work} and {count} more").format(work=told, count=len(works) - 1)
            self.setText(told.replace("&", "&&"))
            self.setAccessibleName(told)

    def _open(self) -> None:
        self._list = WorkList(self, self._tasks, self._go)
        corner = self.mapToGlobal(QPoint(self.width(), self.height() + scaled(6)))
        self._list.adjustSize()
        self._list.move(corner - QPoint(self._list.width(), 0))
        self._list.show()


class WorkList(QFrame):
    """Each piece of work with its bar, its Stop, and the way to where it shows."""

    def __init__(self, parent: QWidget, tasks: Tasks, go: Callable[..., None]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "popup")
        self._tasks = tasks
        self._go = go
        self._bars: dict[Work, tuple[Words, QProgressBar]] = {}
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(*[scaled(14)] * 4)
        self.setMinimumWidth(scaled(330))
        for work in tasks.under_way:
            self._add(work)
        tasks.progress.connect(self._beat)
        tasks.ended.connect(self._end)

    def _add(self, work: Work) -> None:
        if self._bars:
            self._body.addWidget(hair())
        told, bar = Words(said(work), "text"), QProgressBar()
        bar.setTextVisible(False)
        bar.setAccessibleName(work.label)
        self._bars[work] = (told, bar)
        actions: list[Any] = [None, Button(_("Stop"), work.stop, look="small", icon="stop")]
        if work.place is not None:
            key, what = work.place
            actions.insert(0, LinkButton(_("Look"), lambda: self._visit(key, what)))
        self._body.addLayout(column(told, bar, row(*actions)))
        self._beat(work)

    def _visit(self, key: str, what: dict[str, Any]) -> None:
        self.close()
        self._go(key, **what)

    def _beat(self, work: Work) -> None:
        if work in self._bars and work.step is not None:
            told, bar = self._bars[work]
            told.setText(said(work))
            bar.setRange(0, work.step.total)
            bar.setValue(work.step.done)

    def _end(self, work: Work) -> None:
        if not self._tasks.under_way:
            self.close()


def said(work: Work) -> str:
    """A piece of work in one line: its name, how far, and what it is at."""
    if work.stopped:
        return _("{work}: stopping").format(work=work.label)
    if work.step is None or not work.step.total:
        return work.label
    told = _("{work}: {done} of {total}").format(
        work=work.label, done=number(work.step.done), total=number(work.step.total)
    )
    return f"{told} · {work.step.note}" if work.step.note else told
