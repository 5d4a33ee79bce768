"""At the foot of the window: the file is protected, when it was backed up, how much it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from crm.language import _, n_
from ui.kit import FlowLayout, LinkButton, line
from ui.kit.dates import ago
from ui.look import scaled, wear
from ui.tasks import Tasks

if TYPE_CHECKING:
    from crm.db import Database
    from crm.figures import Holding

EVERY = 60_000  # milliseconds between two looks at the clock


class Foot(QFrame):
    """Kept up to date by itself."""

    def __init__(self, tasks: Tasks, go: Callable[..., None]) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self._tasks = tasks
        lock = QLabel()
        wear(lock, "lock", "good", 14)
        self._safe, self._counts = line("", "small"), line("", "small")
        self._account = line("", "small")
        self._sheet = LinkButton(
            _("Your recovery sheet is not checked yet"), lambda: go("settings", part="file")
        )
        self._sheet.setVisible(False)
        flow = FlowLayout(lock, self._safe, self._sheet, self._counts, gap=7)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(scaled(18), scaled(5), scaled(18), scaled(5))
        layout.addLayout(flow, 1)
        layout.addWidget(self._account)
        self._clock = QTimer(self, interval=EVERY)
        self._clock.timeout.connect(self._look)
        self._soon = QTimer(self, singleShot=True, interval=400)
        self._soon.timeout.connect(self._look)
        tasks.when_open(self._look)
        tasks.when_open(self._clock.start)
        tasks.changed.connect(self._soon.start)

    def _look(self) -> None:
        self._tasks.read(self, _figures, self._tasks.db, then=lambda told: self.tell(*told))

    def tell(self, now: Holding, safe: str) -> None:
        """Show these figures, and how what they count is kept."""
        self._safe.setText(safe)
        organisations = n_("{n} organisation", "{n} organisations", now.organisations)
        addresses = n_("{n} address", "{n} addresses", now.addresses)
        self._counts.setText(f"· {organisations} · {addresses}")
        self._account.setText(now.account)
        self._sheet.setVisible(not now.sheet_verified)


def _figures(session: Any, db: Database) -> tuple[Holding, str]:
    from crm import figures

    return figures.holding(session), _kept(db)


def _kept(db: Database) -> str:
    if db.shared:
        return _("Shared workspace on {server}").format(server=db.name)
    from crm import db as door

    kept = door.backups(db.path)
    if not kept:
        return _("Protected file · {backed_up}").format(backed_up=_("not backed up yet"))
    at = datetime.fromtimestamp(kept[0].stat().st_mtime, UTC)
    backed = _("backed up {ago} on this computer").format(ago=ago(at))
    return _("Protected file · {backed_up}").format(backed_up=backed)
