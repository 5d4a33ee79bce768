"""Reading a document: dropped, chosen or pasted; agreed upon; recorded as one act."""

from __future__ import annotations

import html
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from crm import reading
from crm.errors import Trouble
from crm.language import _, n_, number
from crm.reading import Beside, Event, Kept, Recorded, Review
from crm.reading import Reading as Read
from ui import trouble
from ui.context import Context
from ui.digits import digit
from ui.kit import (
    Banner,
    Button,
    MainButton,
    Page,
    column,
    dates,
    line,
    row,
)
from ui.screens.reading_door import Door
from ui.screens.reading_into import Into, Standing
from ui.screens.review_desk import Desk
from ui.screens.review_keeping import Keeper
from ui.screens.review_nothing import tell_nothing
from ui.screens.unfinished import UnfinishedReadings
from ui.tasks import Work

DOOR, DESK = range(2)


class Reading(Page):
    """A document to choose, or a reading to finish; then its review."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Read a document"), scrolls=True)
        self.setAcceptDrops(True)
        self._work: Work | None = None  # a recording
        self._walk: Work | None = None  # a reading compared with the register
        self.desk = Desk(context)
        self.table = self.desk.table
        self._subtitle = ""
        self._foot: QLabel | None = None  # below the main button: what becomes of the questions
        self.into = Into(context, self, self.desk.into)
        self.into.chosen.connect(self._stands)
        self.desk.agreed.connect(self._renew)
        self.keeper = Keeper(context, self._to_keep)
        self.keeper.failed.connect(lambda why: self.say(trouble.bar(why)))
        self._build_door()
        for key, answer in zip("1234", reading.ANSWERS, strict=True):
            digit(key, self, partial(self._answer, answer))
        self._key("Backspace", self._back)
        self._key("Ctrl+V", self._paste)
        context.tasks.progress.connect(self._tell_progress)

    def _build_door(self) -> None:
        self.door = Door(self.context)
        self.door.began.connect(self._wait)
        self.door.understood.connect(self._understood)
        self.door.ended.connect(self._ended)
        self.waiting = UnfinishedReadings(self.context)
        self.waiting.resumed.connect(self.resume)
        self.waiting.forgotten.connect(self._forgotten)
        self.context.tasks.when_open(self.waiting.look)
        outside = QWidget()
        outside.setLayout(column(self.waiting, self.door, gap=0))
        self._stack = QStackedWidget()
        self._stack.addWidget(outside)
        self._stack.addWidget(self.desk)
        self.put(self._stack)

    @property
    def review(self) -> Review | None:
        """The reading being agreed upon."""
        return self.desk.review

    def _key(self, keys: str, do: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self, do)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # --- coming here ------------------------------------------------------------------------

    def visit(self, path: Path | None = None, appeal_id: int = 0, unfinished_id: int = 0) -> None:
        """Read a document, into an appeal if one is given; a review under way is kept."""
        self.say(None)
        if path is not None:
            self._begin(path, appeal_id)
        elif unfinished_id and unfinished_id != self.keeper.unfinished_id:
            self.resume(unfinished_id)
        elif self.review is None:
            self.into.begin(appeal_id or None)
            self._to_the_door()
        elif appeal_id:
            self.into.choose(appeal_id)

    def _begin(self, path: Path, appeal_id: int) -> None:
        self._put_away()
        self.into.begin(appeal_id or None)
        self.read(path)

    def _put_away(self) -> None:
        """What was decided waits for another day; nothing is left of it here."""
        if self.review is None:
            return
        name = self.review.reading.name
        if self.keeper.keep(self.waiting.look) or self.keeper.unfinished_id is not None:
            said = _("The reading of “{name}” is kept: it waits here to be finished.")
            self.context.toast(said.format(name=name))
        self._forget()

    def _to_the_door(self) -> None:
        self._stack.setCurrentIndex(DOOR)
        self.door.invite()
        self.waiting.look()
        self._subtitle = ""
        self.head(_("Read a document"), trail=self._trail())
        self._no_buttons()

    def _no_buttons(self) -> None:
        self._foot = None
        self.act()

    def _trail(self) -> list[tuple[str, Any]]:
        return [(_("Appeals"), lambda: self.context.go("appeals"))]

    def read(self, path: Path) -> None:
        """Read a file that somebody wrote, in the airlock."""
        self.door.read(path)

    def _wait(self) -> None:
        self.say(None)
        self._stop_walking()
        self.waiting.hide()
        self._stack.setCurrentIndex(DOOR)
        self._subtitle = ""
        self.head(_("Read a document"), trail=self._trail())
        self._no_buttons()

    def _paste(self) -> None:
        if self.review is None:
            self.door.paste()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()
            self.door.invite(near=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.door.invite()

    def dropEvent(self, event: QDropEvent) -> None:
        self.door.invite()
        dropped = event.mimeData()
        files = [each.toLocalFile() for each in dropped.urls() if each.isLocalFile()]
        if files:
            self._begin(Path(files[0]), 0 if self.review else self.into.appeal_id or 0)
        elif self.review is None:
            self.door.take(_("Dropped text"), dropped)

    # --- beside the register ----------------------------------------------------------------

    def _understood(self, found: Read | Kept, unfinished_id: int | None = None) -> None:
        name = (found.reading if isinstance(found, Kept) else found).name
        self.door.wait(name)
        self._walk = self.context.tasks.run(
            self, _("Reading “{name}”").format(name=name),
            reading.beside, found, self.into.appeal_id,
            then=partial(self._show, unfinished_id), otherwise=self._cannot,
        )  # fmt: skip

    def resume(self, unfinished_id: int) -> None:
        """Go on with a reading where it stopped."""
        self._put_away()
        self._wait()
        self.keeper.rest(partial(self._take_up, unfinished_id))

    def _take_up(self, unfinished_id: int) -> None:
        self.context.tasks.read(
            self, reading.kept, unfinished_id,
            then=lambda found: self._understood(found, unfinished_id),
            otherwise=partial(self._unreadable, unfinished_id),
        )  # fmt: skip

    def _unreadable(self, unfinished_id: int, why: Trouble) -> None:
        self._forgotten(unfinished_id)
        self._cannot(why)

    def _cannot(self, why: Trouble) -> None:
        self._walk = None
        self._to_the_door()
        self.say(trouble.bar(why))

    def _forgotten(self, unfinished_id: int) -> None:
        self.keeper.forget(unfinished_id, self.waiting.look)

    def _ended(self) -> None:
        self._stop_walking()
        self._to_the_door()

    def _stop_walking(self) -> None:
        if self._walk is not None:
            self._walk.stop()
            self._walk = None

    # --- the review -------------------------------------------------------------------------

    def _show(self, unfinished_id: int | None, found: Beside | None) -> None:
        self._walk = None
        if found is None:
            return
        self.into.take(found)
        self._stack.setCurrentIndex(DESK)
        self.steps = self.desk
        self.desk.show_review(found.review, confirmed=found.confirmed)
        self.keeper.begin(unfinished_id)

    def _to_keep(self) -> Kept | None:
        review = self.review
        if review is None:
            return None
        return Kept(
            review.reading, review.now, self.into.appeal_id, self.into.title,
            self.desk.addresses.isChecked(),
        )  # fmt: skip

    def _renew(self) -> None:
        review = self.review
        if review is None:
            return
        read = review.reading
        about = (f"{read.name} → {self.into.target()}", dates.day(read.date), read.place)
        subtitle = " · ".join(filter(None, about))
        if subtitle != self._subtitle:
            self._subtitle = subtitle
            self.head(_("Read a document"), subtitle, trail=self._trail())
        tell_nothing(self.desk.nothing, review, self.desk.hand.add, self._meet)
        self._offer(review)
        self.keeper.changed()
        self.stepped.emit()

    def _offer(self, review: Review) -> None:
        """The buttons; those that stand there already only say another figure."""
        count, questions = len(review.to_record()), review.counts().questions
        close = Button(_("Close without recording"), self._close)
        if not count and not questions:
            self._foot = None
            self.act(close)
            return
        if self._foot is None:
            self.main, self._foot = MainButton("", self.record), line("", "small")
            both = QWidget()
            both.setLayout(column(row(None, close, self.main), row(None, self._foot), gap=5))
            self.act(both)
        said = review.button() if count else _("Leave the questions in this appeal")
        self.main.setText(said)
        self._foot.setText(review.pending())
        self._foot.setVisible(bool(review.pending()))

    # --- what she decides -------------------------------------------------------------------

    def _answer(self, answer: str) -> None:
        if self._work is None:
            self.desk.answer(answer)

    def _back(self) -> None:
        if self._work is None:
            self.desk.back()

    def _stands(self, found: Standing) -> None:
        if self.review is not None:
            self.review.into(*found)
            self.desk.renew(self.table.current_id() - 1)

    # --- recording --------------------------------------------------------------------------

    def record(self) -> None:
        """Record what is agreed; one act, taken back whole."""
        if self.review is not None:
            count = len(self.review.to_record())
            label = n_("{n} signature read", "{n} signatures read", count)
            self._record(label, self.review, self._recorded)

    def _record(self, label: str, review: Review, then: Any) -> None:
        if self._work is not None:
            return
        self.desk.setEnabled(False)
        self._no_buttons()
        # What is just being kept has no number yet by which it could be ended.
        self.keeper.rest(partial(self._record_now, label, review, then))

    def _record_now(self, label: str, review: Review, then: Any) -> None:
        act = partial(
            reading.record, title=self.into.title, confirmed=self.desk.addresses.isChecked(),
            unfinished_id=self.keeper.unfinished_id,
        )  # fmt: skip
        self.progress = Banner("info", html.escape(_("Recording…")), Button(_("Stop"), self._stop))
        self.say(self.progress)
        self._work = self.context.tasks.act(
            self, label, act, review, self.into.appeal_id,
            then=partial(self._done, then), otherwise=self._failed,
        )  # fmt: skip

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _tell_progress(self, work: Work) -> None:
        if work is self._walk and work.step is not None and work.step.done:
            said = _("{done} of {total} lines compared with the directory").format(
                done=number(work.step.done), total=number(work.step.total)
            )
            self.door.waiting.detail.setText(said)
            self.door.waiting.detail.show()
        if work is self._work and work.step is not None:
            said = _("Recording: {done} of {total} lines").format(
                done=number(work.step.done), total=number(work.step.total)
            )
            self.progress.words.setText(html.escape(said))

    def _rest(self) -> None:
        self._work = None
        self.desk.setEnabled(True)
        self.say(None)

    def _failed(self, why: Trouble) -> None:
        self._rest()
        self._renew()
        self.say(trouble.bar(why))

    def _done(self, then: Any, done: Recorded | None) -> None:
        self._rest()
        if done is None:
            self._renew()
            self.context.toast(_("Stopped. Nothing was recorded."))
            return
        self._forget()
        then(done)

    def _recorded(self, done: Recorded) -> None:
        said = n_("{n} signature recorded.", "{n} signatures recorded.", done.signatures)
        self.context.toast(said, undo=True)
        self.context.go("appeal", appeal_id=done.appeal_id)

    def _meet(self, events: tuple[Event, ...]) -> None:
        """Only these rendezvous of a text without a list."""
        if self.review is not None:
            only = Review(replace(self.review.reading, events=events))
            self._record(_("Rendezvous noted"), only, self._met)

    def _met(self, done: Recorded) -> None:
        self.context.toast(_("The rendezvous is noted."), undo=True)
        self.context.go("appeal", appeal_id=done.appeal_id, tab="text")

    # --- leaving ----------------------------------------------------------------------------

    def unsaved(self) -> str:
        """Decisions about a document that could not even be kept."""
        if self.review is None or not self.keeper.lost():
            return ""
        return _("“{name}” has not been recorded.").format(name=self.review.reading.name)

    def keeps(self, then: Any) -> bool:
        """Whether the review is only now being kept for another day."""
        return self.keeper.keep(then)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keeper.keep()

    def _close(self) -> None:
        self._put_away()
        self.context.go("appeals")

    def _forget(self) -> None:
        self.into.begin()
        self.desk.forget()
        self.keeper.begin()
        self.steps = None
        self.stepped.emit()
        self._to_the_door()
