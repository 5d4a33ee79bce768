"""An appeal proof-read: the text at the left, what is to be looked at beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crm import airlock, documents, proof
from crm.documents import Document
from crm.errors import Trouble
from crm.language import _, n_, number
from crm.proof import KINDS, Finding, Proof, Remedy
from ui import trouble
from ui.context import Context
from ui.kit import (
    Button,
    Card,
    EmptyState,
    FlowLayout,
    MainButton,
    Page,
    Words,
    clear,
    column,
    lead,
    line,
    pill,
    restyle,
    row,
    scaled,
    scrolling,
)
from ui.screens.beside import Beside
from ui.screens.document_view import DocumentView, Mark
from ui.tasks import Work


class Proofreading(Page):
    """Pressing a sentence moves to its place in the text; a mark in the text to its sentence."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Proof-reading"), scrolls=True)
        self.appeal_id = 0
        self.title = ""
        self.other: Document | None = None  # compared, instead of the appeal's own text
        self.findings: list[Finding] = []
        self.rows: list[FindingRow] = []
        self._walk: Work | None = None
        self._asked = 0  # the walk whose answer is wanted; one asked before comes to nothing
        self.waiting = EmptyState("", icon="appeal")
        self._wait = Card(self.waiting)
        self.desk = Beside(self._left(), self._right(), name="proof", share=0.5)
        self.put(self._wait, self.desk)
        context.tasks.progress.connect(self._tell_progress)
        self.follow("appeal", "signature", "name", refresh=self._renew)

    # --- its parts --------------------------------------------------------------------------

    def _left(self) -> QWidget:
        self.whose = lead("")
        self.document = DocumentView()
        self.document.setMinimumHeight(scaled(190))
        self.document.pressed.connect(lambda number: self.show_finding(number - 1))
        self.no_text = EmptyState(
            _("The text of this appeal is not written here."),
            Button(_("Compare a document…"), self._choose),
            detail=_("Only the list that would be printed is read."),
            icon="appeal",
        )
        inside = QWidget()
        inside.setLayout(column(self.document, self.no_text))
        return Card(self.whose, inside)

    def _right(self) -> QWidget:
        self.figure = lead("")
        self.stop_again = Button(_("Stop"), self.stop, look="small", icon="stop")
        self.stop_again.hide()
        self.clean = EmptyState("", icon="check")
        self._list = QVBoxLayout()
        self._list.setSpacing(scaled(8))
        self._list.setContentsMargins(0, 0, scaled(4), 0)
        inside = QWidget()
        inside.setLayout(column(self._list, None))
        self.area = scrolling(inside)
        self.area.setMinimumHeight(scaled(260))
        return Card(row(self.figure, None, self.stop_again), self.area, self.clean)

    # --- coming here ------------------------------------------------------------------------

    def visit(self, appeal_id: int) -> None:
        """Proof-read an appeal."""
        self.say(None)
        self.appeal_id, self.other = appeal_id, None
        self.head(_("Proof-reading"), trail=[(_("Appeals"), lambda: self.context.go("appeals"))])
        self.act(MainButton(_("To the list"), self._back))
        self._begin()

    def _begin(self) -> None:
        """Look from the beginning; there is nothing to show yet."""
        self.waiting.say(_("Proof-reading…"))
        self.waiting.offer(Button(_("Stop"), self.stop))
        self._wait.show()
        self.desk.hide()
        self._renew()

    def _renew(self) -> None:
        if not self.appeal_id:
            return
        self._leave_off()
        # What stands there is of a text that has changed: it leads, and corrects, amiss.
        self.area.setEnabled(False)
        self._walk = self.context.tasks.run(
            self, _("Proof-reading"), proof.proofread, self.appeal_id, self.other,
            then=partial(self._came, self._asked), otherwise=partial(self._cannot, self._asked),
        )  # fmt: skip

    def _leave_off(self) -> None:
        self._asked += 1
        if self._walk is not None:
            self._walk.stop()
            self._walk = None

    def stop(self) -> None:
        """Look no further; nothing was changed by looking."""
        self._rest(_("Stopped."), _("What was found so far is not shown: it would not be all."))

    def _rest(self, sentence: str, detail: str = "") -> None:
        self._leave_off()
        self.waiting.say(sentence, detail)
        self.waiting.offer(MainButton(_("Proof-read from the beginning"), self._begin))
        self._wait.show()
        self.desk.hide()

    def _tell_progress(self, work: Work) -> None:
        if work is not self._walk or work.step is None:
            return
        said = _("{done} of {total} checks done").format(
            done=number(work.step.done), total=number(work.step.total)
        )
        if self._wait.isVisible():
            self.waiting.say(_("Proof-reading…"), said)
            return
        self.figure.setText(said)
        self.figure.show()
        self.stop_again.show()

    def _cannot(self, asked: int, why: Trouble) -> None:
        if asked == self._asked:
            self._rest(_("Nothing was proof-read."))
            self.say(trouble.bar(why))

    def _came(self, asked: int, found: Proof | None) -> None:
        if asked == self._asked and found is None:  # stopped in the corner of the window
            self.stop()
        elif asked == self._asked and found is not None:
            self._walk = None
            self._show(found)

    def _show(self, found: Proof) -> None:
        self.title, text, self.findings = found.title, found.text, found.findings
        self._wait.hide()
        self.desk.show()
        self.stop_again.hide()
        self.area.setEnabled(True)
        self.head(
            _("Proof-reading"),
            trail=[
                (_("Appeals"), lambda: self.context.go("appeals")),
                (self.title, self._back),
            ],
        )
        self.act(
            Button(_("Compare a document…"), self._choose),
            MainButton(_("To the list"), self._back),
        )
        self.whose.setText(self.other.name if self.other else _("Text of the appeal"))
        self.document.setVisible(bool(text))
        self.no_text.setVisible(not text)
        self.document.show_text(text)
        self.document.mark(list(_marks(self.findings)))
        self._say_findings(found.signed)

    def _say_findings(self, names: int) -> None:
        clear(self._list)
        self.rows = [
            FindingRow(number, each, partial(self.show_finding, number), self._remedies(each))
            for number, each in enumerate(self.findings)
        ]
        for each in self.rows:
            self._list.addWidget(each)
        sure = sum(each.sure for each in self.findings)
        parts = [
            n_("{n} thing to correct", "{n} things to correct", sure) if sure else "",
            n_("{n} worth a look", "{n} worth a look", len(self.rows) - sure)
            if len(self.rows) > sure
            else "",
        ]
        self.figure.setText(" · ".join(part for part in parts if part))
        self.figure.setVisible(bool(self.rows))
        self.area.setVisible(bool(self.rows))
        self.clean.setVisible(not self.rows)
        self.clean.say(
            _("Nothing to correct."),
            n_(
                "Text, list and directory agree: {n} name.",
                "Text, list and directory agree: {n} names.",
                names,
            ),
        )

    def _remedies(self, finding: Finding) -> list[Button]:
        """A document on the disk is corrected where it was written; names are corrected here."""
        return [
            Button(each.label, partial(self._correct, each), look="small")
            for each in finding.remedies
            if self.other is None or (each.names and not each.edits)
        ]

    # --- doing ------------------------------------------------------------------------------

    def show_finding(self, number: int) -> None:
        """Make one finding stand out, and its place in the text."""
        for each in self.rows:
            each.stand_out(each.number == number)
        self.document.move_to(number + 1)
        self.area.ensureWidgetVisible(self.rows[number])

    def _correct(self, remedy: Remedy) -> None:
        self.context.tasks.write(
            self, _("Corrected: {what}").format(what=remedy.label), proof.correct,
            self.appeal_id, remedy,
            then=lambda _done: self.context.toast(_("Corrected."), undo=True),
        )  # fmt: skip

    def _choose(self) -> None:
        endings = " ".join(f"*{each}" for each in documents.READERS)
        self.context.open_file(
            self, _("The document to compare"), _("Documents") + f" ({endings})", self.compare
        )

    def compare(self, path: Path) -> None:
        """Read a document against those who signed this appeal."""
        self.context.tasks.think(self, _read, str(path), then=self._compare)

    def _compare(self, document: Document) -> None:
        self.other = document
        self._begin()

    def _back(self) -> None:
        self.context.go("appeal", appeal_id=self.appeal_id, tab="publish")


class FindingRow(QFrame):
    """One sentence, and the ways to put it right."""

    pressed = Signal()

    def __init__(self, number: int, finding: Finding, press: Any, remedies: list[Button]) -> None:
        super().__init__()
        self.number = number
        self.remedies = remedies
        self.setProperty("look", "well")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(finding.message)
        if finding.spans:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.pressed.connect(press)
        tone, sign = ("warn", "!") if finding.sure else ("info", "?")
        kind = pill(tone, _(KINDS[finding.kind]), sign)
        nowhere = line(_("in the list to print"), "faint") if not finding.spans else None
        inside = column(
            row(kind, *((nowhere,) if nowhere else ()), None), Words(finding.message), gap=6
        )
        if remedies:
            inside.addLayout(FlowLayout(*remedies))
        inside.setContentsMargins(*[scaled(10)] * 4)
        self.setLayout(inside)

    def stand_out(self, now: bool) -> None:
        """Whether it is the one looked at."""
        restyle(self, "look", "info" if now else "well")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Anywhere on it."""
        super().mouseReleaseEvent(event)
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
            return
        super().keyPressEvent(event)


def _marks(findings: list[Finding]) -> Any:
    for at, each in enumerate(findings, 1):
        tone = "warn" if each.sure else "info"
        yield from (Mark(start, end, tone, at, each.message) for start, end in each.spans)


def _read(path: str) -> Document:
    return airlock.run(documents.read, path)
