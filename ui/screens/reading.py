"""Reading a document: its text at the left, what was understood at the right, a key a doubt."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QWidget

from crm import airlock, appeals, documents, reading
from crm.duplicates import KnownNames
from crm.language import _, n_
from crm.reading import Reading as Read
from crm.reading import Review
from ui.context import Context
from ui.kit import (
    AnswerButton,
    Banner,
    Button,
    Card,
    Dialog,
    EmptyState,
    Legend,
    MainButton,
    MenuButton,
    Page,
    Part,
    Split,
    Words,
    column,
    heading,
    row,
)
from ui.screens.document_view import DocumentView, Mark
from ui.screens.review_questions import markup_of
from ui.screens.review_table import columns, shown
from ui.table import Records, Table


class Reading(Page):
    """A document to choose, then its review."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Read a document"))
        self.setAcceptDrops(True)
        self.review: Review | None = None
        self.appeal_id: int | None = None
        self._known: KnownNames | None = None
        self._appeals: dict[int, str] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(self._door())
        self._stack.addWidget(self._desk())
        self.put(self._stack)
        for key, answer in zip("1234", reading.review.ANSWERS, strict=True):
            self._key(key, partial(self._answer, answer))
        self._key("Backspace", self._back)

    def _key(self, keys: str, do: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self, do)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _door(self) -> QWidget:
        return Card(
            EmptyState(
                _("Drop here the document that holds the signatories."),
                MainButton(_("Choose a document…"), self._choose),
                Button(_("Paste a text…"), self._paste),
                detail=_("Nothing is recorded before you have seen what was understood."),
                icon="document",
            )
        )

    def _desk(self) -> QWidget:
        self.document = DocumentView()
        self.document.pressed.connect(self._pressed)
        self.legend = Legend(right=True)
        self.into = MenuButton("", look="small")
        self.part = MenuButton("", look="small")
        self.sums = Words("", "strong")
        self.question = Banner("warn", "")
        self.question.hide()
        self.nothing = Banner("info", "")
        self.nothing.hide()
        self.records = Records(self.context.tasks, None, columns())
        self.table = Table(self.records, name="reading", label=_("What was understood"))
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._edit)
        self.table.context_menu = self._menu
        top = column(row(self.sums, self.legend), row(self.into, self.part, None), gap=8, margin=14)
        right = Card(top, self.question, self.nothing, self.table, flush=True)
        right.body.setStretch(3, 1)
        left = Card(heading(_("The document")), self.document)
        left.body.setStretch(1, 1)
        return Split(left, right, name="reading", share=0.34)

    # --- coming here ------------------------------------------------------------------------

    def visit(self, path: Path | None = None, appeal_id: int = 0) -> None:
        """Read a document, into an appeal if one is given; a review under way is kept."""
        self.say(None)
        if appeal_id:
            self.appeal_id = appeal_id
        if path is not None:
            self.read(path)
        elif self.review is None:
            self._stack.setCurrentIndex(0)
            self.head(_("Read a document"))
            self.act()

    def read(self, path: Path) -> None:
        """Read a file that somebody wrote, in the airlock."""
        self.context.tasks.think(self, _from_file, str(path), then=self._understood)

    def _choose(self) -> None:
        patterns = _("Documents") + " (*.txt *.md *.markdown)"
        self.context.open_file(self, _("Choose a document"), patterns, self.read)

    def _paste(self) -> None:
        text = QPlainTextEdit()
        text.setMinimumHeight(320)
        text.setAccessibleName(_("Text"))

        def take() -> None:
            dialog.accept()
            self.context.tasks.think(self, _from_text, text.toPlainText(), then=self._understood)

        dialog = Dialog(self, _("Paste a text"), save=(_("Read it"), take), width=640)
        dialog.put(text)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        if urls and urls[0].isLocalFile():
            self.read(Path(urls[0].toLocalFile()))

    def _understood(self, found: Read) -> None:
        self.context.tasks.read(self, _matched, found, self.appeal_id, then=self._show)

    # --- the review -------------------------------------------------------------------------

    def _show(self, found: tuple[Review, KnownNames, int | None, dict[int, str]]) -> None:
        self.review, self._known, self.appeal_id, self._appeals = found
        self._stack.setCurrentIndex(1)
        self.document.show_text(self.review.reading.text)
        self.part.offer(
            [(words, partial(self._set_role, role)) for role, words in _roles().items()]
        )
        self.part.setText(_roles()["signatory"])
        self._renew()
        self.table.setFocus()

    def _renew(self) -> None:
        review = self.review
        if review is None:
            return
        read = review.reading
        about = " · ".join(filter(None, (f"{read.date or ''}", read.place)))
        self.head(_("Read a document"), f"{read.name} → {self._target()} · {about}".strip(" ·"))
        self._offer_appeals()
        self._show_sums(review)
        self._show_question(review)
        lines = review.ordered()
        at = self.table.current_id()
        self.records.show_rows([shown(line) for line in lines])
        question = review.question()
        self.table.select(question.index + 1 if question else at)
        self._mark(review)
        self._offer(review)

    def _target(self) -> str:
        if self.appeal_id is not None:
            return _("appeal “{title}”").format(title=self._appeals.get(self.appeal_id, ""))
        assert self.review is not None
        title = self.review.reading.title or Path(self.review.reading.name).stem
        return _("new appeal “{title}”").format(title=title)

    def _offer_appeals(self) -> None:
        self.into.setText(_("In an appeal already known") if self.appeal_id else _("A new appeal"))
        choices = [(_("A new appeal"), partial(self._into, None))]
        choices += [(title, partial(self._into, each)) for each, title in self._appeals.items()]
        self.into.offer(choices)

    def _show_sums(self, review: Review) -> None:
        counts = review.counts()
        people = review.counts("person").read
        self.sums.setText(
            n_("{n} organisation read", "{n} organisations read", counts.read)
            + (" · " + n_("{n} person", "{n} people", people) if people else "")
        )
        figures = (
            ("good", counts.recognised, n_("{n} recognised", "{n} recognised", counts.recognised)),
            ("info", counts.new, n_("{n} new", "{n} new", counts.new)),
            ("warn", counts.questions, n_("{n} question", "{n} questions", counts.questions)),
            ("quiet", counts.dropped, n_("{n} not recorded", "{n} not recorded", counts.dropped)),
        )
        self.legend.tell([Part(tone, count, said) for tone, count, said in figures])
        self.nothing.setVisible(bool(review.nothing()))
        if review.nothing():
            self.nothing.say("info", review.nothing())
            self.nothing.offer(
                Button(_("Add a signatory by hand…"), self._by_hand, look="small"),
            )

    def _show_question(self, review: Review) -> None:
        line = review.question()
        self.question.setVisible(line is not None)
        if line is None:
            return
        self.question.say("warn", markup_of(review, line), line.reason)
        same, new, section, drop = reading.review.ANSWERS
        self.question.offer(
            AnswerButton("1", _("Yes, the same"), partial(self._answer, same)),
            AnswerButton("2", _("A new one"), partial(self._answer, new)),
            AnswerButton("3", _("A section of it"), partial(self._answer, section)),
            AnswerButton("4", _("Do not record"), partial(self._answer, drop)),
            Words(_("Backspace: question before"), "faint"),
        )

    def _mark(self, review: Review) -> None:
        tones = {"recognised": "good", "new": "info", "question": "warn", "dropped": "quiet"}
        marks = [
            Mark(start, end, tones[line.state], line.index + 1)
            for line in review.lines
            for start, end in line.spans
        ]
        marks += [Mark(start, end, "doubt", 0) for start, end in review.reading.places]
        self.document.mark(marks)

    def _offer(self, review: Review) -> None:
        record = MainButton(review.button(), self.record)
        record.setEnabled(bool(review.to_record()) or bool(review.counts().questions))
        self.act(
            Words(review.pending(), "soft"),
            Button(_("Close without recording"), self._close),
            record,
        )

    # --- what she decides -------------------------------------------------------------------

    def _answer(self, answer: str) -> None:
        if self.review and (line := self.review.question()):
            self.review.answer(line.index, answer)
            self._renew()

    def _back(self) -> None:
        if self.review and self.review.back():
            self._renew()

    def _set_role(self, role: str, indexes: list[int] | None = None) -> None:
        if self.review:
            self.review.set_role(role, indexes)
            if indexes is None:
                self.part.setText(_roles()[role])
            self._renew()

    def _into(self, appeal_id: int | None) -> None:
        self.appeal_id = appeal_id
        if self.review is None:
            return
        if appeal_id is None:
            self.review.into((), ())
            self._renew()
            return
        self.context.tasks.read(self, reading.standing, appeal_id, then=self._stands)

    def _stands(self, found: Any) -> None:
        if self.review:
            self.review.into(*found)
            self._renew()

    def _menu(self, ids: list[int]) -> list[tuple[str, Any]]:
        lines = [each - 1 for each in ids]
        choices: list[tuple[str, Any]] = [(_("Correct…"), partial(self._edit, ids[0]))]
        choices += [
            (words, partial(self._set_role, role, lines)) for role, words in _roles().items()
        ]
        choices.append((_("Do not record"), partial(self._drop, lines)))
        return choices

    def _drop(self, lines: list[int]) -> None:
        if self.review:
            for each in lines:
                self.review.answer(each, "drop")
            self._renew()

    def _edit(self, record_id: int) -> None:
        from ui.screens.review_questions import correct

        if self.review:
            correct(self, self.review, self.review.lines[record_id - 1], self._known, self._renew)

    def _by_hand(self) -> None:
        self.context.go("answer", appeal_id=self.appeal_id or 0)

    # --- both sides move together -----------------------------------------------------------

    def _pressed(self, record_id: int) -> None:
        self.table.select(record_id)

    def _chosen(self, record_id: int) -> None:
        if self.review and record_id:
            line = self.review.lines[record_id - 1]
            if line.spans:
                self.document.move_to(*line.spans[0])

    # --- recording --------------------------------------------------------------------------

    def record(self) -> None:
        """Record what is agreed; one act, taken back whole."""
        if self.review is None:
            return
        count = len(self.review.to_record())
        label = n_("{n} signature read", "{n} signatures read", count)
        self.context.tasks.act(
            self, label, reading.record, self.review, self.appeal_id, then=self._recorded
        )

    def _recorded(self, done: reading.Recorded | None) -> None:
        if done is None:
            self.context.toast(_("Stopped. Nothing was recorded."))
            return
        self._forget()
        self.context.toast(
            n_("{n} signature recorded.", "{n} signatures recorded.", done.signatures), undo=True
        )
        self.context.go("appeal", appeal_id=done.appeal_id)

    def _close(self) -> None:
        self._forget()
        self.context.go("appeals")

    def _forget(self) -> None:
        self.review, self.appeal_id = None, None
        self._stack.setCurrentIndex(0)
        self.document.show_text("")


def _roles() -> dict[str, str]:
    return {
        "signatory": _("They have signed"),
        "caller": _("They call to take part"),
        "supporter": _("They support"),
        "relayed": _("They relay"),
    }


def _from_file(path: str) -> Read:
    return reading.understand(airlock.run(documents.read, path))


def _from_text(text: str) -> Read:
    return reading.understand(documents.from_text(_("Pasted text"), text))


def _matched(
    session: Any, found: Read, appeal_id: int | None
) -> tuple[Review, KnownNames, int | None, dict[int, str]]:
    known = KnownNames.load(session)
    review = Review(found, known)
    chosen = appeal_id or reading.likely_appeal(session, found)
    if chosen is not None:
        review.into(*reading.standing(session, chosen))
    titles = {each.id: each.title for each in appeals.rows_of(session, appeals.ids(session))}
    return review, known, chosen, titles
