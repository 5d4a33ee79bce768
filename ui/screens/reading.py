"""Reading a document: dropped, chosen or pasted; agreed upon; recorded as one act."""

from __future__ import annotations

import html
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from crm import appeals, reading, settings
from crm.duplicates import KnownNames
from crm.errors import Trouble
from crm.language import _, n_, number
from crm.reading import Event, Recorded, Review
from crm.reading import Reading as Read
from ui import trouble
from ui.context import Context
from ui.form import Form, Line
from ui.kit import (
    Banner,
    Button,
    Dialog,
    MainButton,
    Page,
    column,
    dates,
    line,
    row,
)
from ui.screens.reading_door import Door
from ui.screens.review_desk import Desk
from ui.tasks import Work

DOOR, DESK = range(2)


class Reading(Page):
    """A document to choose, then its review."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Read a document"), scrolls=True)
        self.setAcceptDrops(True)
        self.appeal_id: int | None = None
        self.title: str | None = None  # of the new appeal, when she chose another
        self._appeals: dict[int, str] = {}
        self._work: Work | None = None
        self.desk = Desk(context)
        self.table = self.desk.table
        self.desk.agreed.connect(self._renew)
        self.door = Door(context)
        self.door.began.connect(self._wait)
        self.door.understood.connect(self._understood)
        self.door.ended.connect(self._to_the_door)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.door)
        self._stack.addWidget(self.desk)
        self.put(self._stack)
        for key, answer in zip("1234", reading.review.ANSWERS, strict=True):
            self._key(key, partial(self._answer, answer))
        self._key("Backspace", self._back)
        self._key("Ctrl+V", self._paste)
        context.tasks.progress.connect(self._tell_progress)

    @property
    def review(self) -> Review | None:
        """The reading being agreed upon."""
        return self.desk.review

    def _key(self, keys: str, do: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self, do)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # --- coming here ------------------------------------------------------------------------

    def visit(self, path: Path | None = None, appeal_id: int = 0) -> None:
        """Read a document, into an appeal if one is given; a review under way is kept."""
        self.say(None)
        if path is not None:
            self._unless_reading(lambda: self._begin(path, appeal_id))
        elif self.review is None:
            self.appeal_id = appeal_id or None
            self._to_the_door()
        elif appeal_id:
            self._into(appeal_id)

    def _begin(self, path: Path, appeal_id: int) -> None:
        self._forget()
        self.appeal_id = appeal_id or None
        self.read(path)

    def _unless_reading(self, then: Any) -> None:
        """Ask first when a review would be lost."""
        if self.review is None:
            then()
            return
        self.context.ask(
            self,
            _("“{name}” has not been recorded.").format(name=self.review.reading.name),
            _("What you answered about it would be lost."),
            yes=_("Read the other document"),
            then=then,
        )

    def _to_the_door(self) -> None:
        self._stack.setCurrentIndex(DOOR)
        self.door.invite()
        self.head(_("Read a document"), trail=self._trail())
        self.act()

    def _trail(self) -> list[tuple[str, Any]]:
        return [(_("Appeals"), lambda: self.context.go("appeals"))]

    def read(self, path: Path) -> None:
        """Read a file that somebody wrote, in the airlock."""
        self.door.read(path)

    def _wait(self) -> None:
        self.say(None)
        self._stack.setCurrentIndex(DOOR)
        self.head(_("Read a document"), trail=self._trail())
        self.act()

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
            into = 0 if self.review else self.appeal_id or 0
            self._unless_reading(lambda: self._begin(Path(files[0]), into))
        elif self.review is None:
            self.door.take(_("Dropped text"), dropped)

    def _understood(self, found: Read) -> None:
        self.context.tasks.read(self, _matched, found, self.appeal_id, then=self._show)

    # --- the review -------------------------------------------------------------------------

    def _show(self, found: tuple[Review, KnownNames, int | None, dict[int, str]]) -> None:
        review, known, self.appeal_id, self._appeals = found
        self.title = None
        self._stack.setCurrentIndex(DESK)
        self.desk.show_review(review, known)

    def _renew(self) -> None:
        review = self.review
        if review is None:
            return
        read = review.reading
        about = (f"{read.name} → {self._target()}", dates.day(read.date), read.place)
        self.head(_("Read a document"), " · ".join(filter(None, about)), trail=self._trail())
        self._offer_appeals()
        self._show_nothing(review)
        self._offer(review)

    def _new_title(self) -> str:
        assert self.review is not None
        read = self.review.reading
        return self.title or read.title or Path(read.name).stem

    def _target(self) -> str:
        if self.appeal_id is not None:
            return _("appeal “{title}”").format(title=self._appeals.get(self.appeal_id, ""))
        return _("new appeal “{title}”").format(title=self._new_title())

    def _offer_appeals(self) -> None:
        said = _("New appeal: {title}") if self.appeal_id is None else _("Appeal: {title}")
        title = self._appeals.get(self.appeal_id or 0) or self._new_title()
        self.desk.into.setText(said.format(title=_short(title)).replace("&", "&&"))
        choices: list[tuple[str, Any]] = [
            (_("A new appeal"), partial(self._into, None)),
            (_("A new appeal, called…"), self._name_it),
        ]
        choices += [(title, partial(self._into, each)) for each, title in self._appeals.items()]
        self.desk.into.offer(choices)

    def _name_it(self) -> None:
        form = Form(Line("title", _("Title"), needed=True))
        form.fill({"title": self._new_title()})

        def take() -> None:
            if form.complete():
                self.title = form.values()["title"]
                dialog.accept()
                self._into(None)

        dialog = Dialog(self, _("A new appeal"), save=(_("Keep"), take))
        dialog.put(form)
        dialog.open()

    def _show_nothing(self, review: Review) -> None:
        bar = self.desk.nothing
        all_there = bool(review.lines) and not review.to_record() and not review.counts().questions
        bar.setVisible(not review.lines or all_there)
        if not review.lines:
            said = " ".join((review.nothing(), _("You may note:")))
            bar.say("info", html.escape(said))
            bar.offer(
                Button(_("This organisation relays…"), partial(self._aside, said="relays")),
                *(Button(_rendezvous(each), self._meet) for each in review.reading.events[:3]),
                Button(_("Add a signatory by hand…"), partial(self._aside, said="signs")),
            )
        elif all_there:
            bar.say("info", html.escape(_("Nothing is left to record of this document.")))
            bar.offer()

    def _offer(self, review: Review) -> None:
        close = Button(_("Close without recording"), self._close)
        count, questions = len(review.to_record()), review.counts().questions
        if not count and not questions:
            self.act(close)
            return
        said = review.button() if count else _("Leave the questions in this appeal")
        self.main = MainButton(said, self.record)
        both = QWidget()
        pending = line(review.pending(), "small")
        pending.setVisible(bool(review.pending()))
        under = row(None, pending)
        both.setLayout(column(row(None, close, self.main), under, gap=5))
        self.act(both)

    # --- what she decides -------------------------------------------------------------------

    def _answer(self, answer: str) -> None:
        if self._work is None:
            self.desk.answer(answer)

    def _back(self) -> None:
        if self._work is None:
            self.desk.back()

    def _into(self, appeal_id: int | None) -> None:
        self.appeal_id = appeal_id
        if self.review is None:
            return
        if appeal_id is None:
            self._stands(((), ()))
            return
        self.context.tasks.read(self, _into_appeal, appeal_id, then=self._stands_in)

    def _stands_in(self, found: tuple[Any, dict[int, str]]) -> None:
        self._appeals = found[1]
        self._stands(found[0])

    def _stands(self, found: Any) -> None:
        if self.review:
            self.review.into(*found)
            self.desk.renew(self.table.current_id() - 1)

    # --- recording --------------------------------------------------------------------------

    def record(self) -> None:
        """Record what is agreed; one act, taken back whole."""
        if self.review is not None:
            count = len(self.review.to_record())
            self._record(n_("{n} signature read", "{n} signatures read", count), self._recorded)

    def _record(self, label: str, then: Any) -> None:
        if self.review is None or self._work is not None:
            return
        self.desk.setEnabled(False)
        self.act()
        act = partial(
            reading.record, title=self.title, confirmed=self.desk.addresses.isChecked()
        )  # fmt: skip
        self.progress = Banner("info", html.escape(_("Recording…")), Button(_("Stop"), self._stop))
        self.say(self.progress)
        self._work = self.context.tasks.act(
            self, label, act, self.review, self.appeal_id,
            then=partial(self._done, then), otherwise=self._failed,
        )  # fmt: skip

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _tell_progress(self, work: Work) -> None:
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

    def _meet(self) -> None:
        """Only the rendezvous of a text without a list."""
        self._record(_("Rendezvous noted"), self._met)

    def _met(self, done: Recorded) -> None:
        self.context.toast(_("The rendezvous is noted."), undo=True)
        self.context.go("appeal", appeal_id=done.appeal_id, tab="text")

    def _aside(self, said: str) -> None:
        """The text without a list becomes an appeal; then the answer is noted by hand."""
        self._record(_("Text kept as an appeal"), partial(self._by_hand, said))

    def _by_hand(self, said: str, done: Recorded) -> None:
        self.context.toast(_("The text is kept as an appeal."), undo=True)
        self.context.go("appeal", appeal_id=done.appeal_id)
        self.context.go("answer", appeal_id=done.appeal_id, said=said)

    def unsaved(self) -> str:
        """Answers about a document that was not recorded."""
        review = self.review
        if review is None or not any(each.answer for each in review.lines):
            return ""
        return _("“{name}” has not been recorded.").format(name=review.reading.name)

    def _close(self) -> None:
        if not self.unsaved():
            self._leave()
            return
        self.context.ask(
            self,
            _("Close without recording?"),
            _("What you answered about this document would be lost."),
            yes=_("Close without recording"),
            then=self._leave,
        )

    def _leave(self) -> None:
        self._forget()
        self.context.go("appeals")

    def _forget(self) -> None:
        self.appeal_id, self.title = None, None
        self.desk.forget()
        self._to_the_door()


def _short(title: str) -> str:
    return title if len(title) <= 38 else title[:38].rsplit(" ", 1)[0] + " …"


def _rendezvous(event: Event) -> str:
    when = ", ".join(filter(None, (dates.day(event.on), event.at)))
    return _("Rendezvous of {date}").format(date=when)


def _into_appeal(session: Any, appeal_id: int) -> tuple[Any, dict[int, str]]:
    return reading.standing(session, appeal_id), _titles(session)


def _titles(session: Any) -> dict[int, str]:
    return {each.id: each.title for each in appeals.rows_of(session, appeals.ids(session))}


def _matched(
    session: Any, found: Read, appeal_id: int | None
) -> tuple[Review, KnownNames, int | None, dict[int, str]]:
    known = KnownNames.load(session)
    review = Review(found, known, settings.load(session).country_words)
    chosen = appeal_id or reading.likely_appeal(session, found)
    if chosen is not None:
        review.into(*reading.standing(session, chosen))
    return review, known, chosen, _titles(session)
