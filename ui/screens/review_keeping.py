"""A review kept as it goes: every few seconds, when its page is left, when the window closes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from crm import reading
from crm.errors import Trouble
from crm.language import _
from crm.reading import Kept
from ui.context import Context

OFTEN = 4000  # milliseconds between two keepings


class Keeper(QObject):
    """Keeps what `what` gives; nothing where it gives None, or what is kept already."""

    failed = Signal(object)  # Trouble

    def __init__(self, context: Context, what: Callable[[], Kept | None]) -> None:
        super().__init__()
        self._context, self._what = context, what
        self.unfinished_id: int | None = None
        self._last: Kept | None = None  # kept, or not to be tried again
        self._lost = False
        self._busy = False
        self._edition = 0  # of the review: what is kept late belongs to the one before
        self._after: list[Callable[[], object]] = []
        self._soon = QTimer(self, singleShot=True, interval=OFTEN)
        self._soon.timeout.connect(self.keep)

    def begin(self, unfinished_id: int | None = None) -> None:
        """Another review, perhaps one that was kept before."""
        self._soon.stop()
        self._edition += 1
        self.unfinished_id, self._last, self._lost = unfinished_id, self._what(), False

    def changed(self) -> None:
        """Something was decided: it is kept soon, once for many keys."""
        if not self._soon.isActive() and self._news() is not None:
            self._soon.start()

    def keep(self, then: Callable[[], object] | None = None) -> bool:
        """Keep what is not kept yet; False where there is nothing to do, and `then` not called."""
        self._soon.stop()
        kept = self._news()
        if not self._busy and kept is None:
            return False
        if then is not None:
            self._after.append(then)
        if not self._busy and kept is not None:
            self._busy, self._last = True, kept
            self._context.tasks.write(
                self, _("Reading kept for another day"), reading.keep, kept, self.unfinished_id,
                then=partial(self._done, self._edition), otherwise=self._not_done, kind="ledger",
            )  # fmt: skip
        return True

    def rest(self, then: Callable[[], object]) -> None:
        """Call once nothing is being kept."""
        self._soon.stop()
        if self._busy:
            self._after.append(then)
        else:
            then()

    def forget(self, unfinished_id: int, then: Callable[[], object]) -> None:
        """Let a review that waits go."""
        self._context.tasks.write(
            self, _("Reading forgotten"), reading.forget_unfinished, unfinished_id,
            then=lambda _none: then(), kind="ledger",
        )  # fmt: skip

    def lost(self) -> bool:
        """Whether what was decided last could not be kept."""
        return self._lost

    def _news(self) -> Kept | None:
        """What is worth keeping and is not kept."""
        now, last = self._what(), self._last
        if now is None or (last is not None and _alike(now, last)):
            return None
        return now

    def _done(self, edition: int, number: int) -> None:
        if edition == self._edition:
            self.unfinished_id, self._lost = number, False
        self._over()

    def _not_done(self, why: Trouble) -> None:
        self._lost = True
        self.failed.emit(why)
        self._over()

    def _over(self) -> None:
        self._busy = False
        after, self._after = self._after, []
        for each in after:
            each()
        self.changed()


def _alike(one: Kept, other: Kept) -> bool:
    """Whether nothing was decided between the two; no need to look into thousands of lines."""
    return one.now.lines is other.now.lines and (one.appeal_id, one.title, one.confirmed) == (
        other.appeal_id, other.title, other.confirmed,
    )  # fmt: skip
