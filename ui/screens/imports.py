"""Her own spreadsheet, step by step: the file, its columns, the plan, the questions, done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QWidget

from crm import airlock, formats, imports
from crm.errors import Trouble
from crm.imports import Plan, Question, SheetGuess
from crm.language import _, n_, number
from ui import trouble
from ui.context import Context
from ui.kit import (
    AnswerButton,
    Banner,
    Button,
    Card,
    EmptyState,
    LinkButton,
    MainButton,
    Page,
    Words,
    clear,
    column,
    lead,
    line,
    row,
    scrolling,
)
from ui.screens.import_columns import Columns
from ui.screens.import_done import Done, Finished, recorded, save_rejected
from ui.screens.import_plan import PlanView, question_markup, size
from ui.tasks import Work

KEYS = (("1", "same"), ("2", "new"), ("3", "section"), ("4", "skip"))


class Imports(Page):
    """A file dropped, its plan read, then written in one act."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Import my spreadsheet"))
        self.setAcceptDrops(True)
        self.path: Path | None = None
        self.sheets: list[SheetGuess] = []
        self.plan: Plan | None = None
        self._columns: Columns | None = None
        self._view: PlanView | None = None
        self._work: Work | None = None
        self._answered: list[Question] = []
        self._inside = column(gap=14)
        self.put(self._inside)
        self.body.setStretch(0, 1)
        context.tasks.progress.connect(self._progressed)
        for key, answer in KEYS:
            self._key(key, partial(self._answer, answer))
        self._key("Backspace", self.ask_before)

    def visit(self, path: Path | None = None) -> None:
        """Begin with a file, or ask for one; an import under way is kept."""
        if path is not None:
            self.read(path)
        elif not self.sheets:
            self._ask_file()

    def _key(self, key: str, do: Any) -> None:
        shortcut = QShortcut(QKeySequence(key), self, do)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _turn(self, *items: QWidget, acts: tuple[QWidget, ...] = ()) -> None:
        """Another step: what the page shows, and what can be done there."""
        self.say(None)
        clear(self._inside)
        self.head(_("Import my spreadsheet"), self.path.name if self.path else "")
        for item in items:
            self._inside.addWidget(item, 1 if item is items[-1] else 0)
        self.act(*acts)
        self.setFocus()

    # --- the file ---------------------------------------------------------------------------

    def _ask_file(self) -> None:
        self.path, self.plan, self.sheets, self._answered = None, None, [], []
        self._turn(
            Card(
                EmptyState(
                    _("Drop here the spreadsheet you keep your partners in."),
                    MainButton(_("Choose a file…"), self._choose),
                    detail=_("Excel, LibreOffice or CSV. Your file is only read, never changed."),
                    icon="table",
                )
            )
        )

    def _choose(self) -> None:
        endings = " ".join(f"*{ending}" for ending in formats.READERS)
        self.context.open_file(
            self, _("Choose a file"), _("Spreadsheets") + f" ({endings})", self.read
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._work is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        if urls and urls[0].isLocalFile():
            self.read(Path(urls[0].toLocalFile()))

    def read(self, path: Path) -> None:
        """Read a file that somebody wrote, in the airlock."""
        if self._work is not None:
            return
        if self.plan is None and not self._answered:
            self._begin(path)
            return
        lost = _("What you answered about it would be lost.") if self._answered else ""
        self.context.ask(
            self, self._not_recorded(), lost, yes=_("Read the other document"),
            then=partial(self._begin, path),
        )  # fmt: skip

    def unsaved(self) -> str:
        """Answers about a file that was not recorded; one being written is told of elsewhere."""
        return self._not_recorded() if self._answered and self._work is None else ""

    def _not_recorded(self) -> str:
        name = self.path.name if self.path else ""
        return _("“{name}” has not been recorded.").format(name=name)

    def _begin(self, path: Path) -> None:
        self.path, self.plan, self._answered = path, None, []
        self._wait(_("Reading “{name}”…").format(name=path.name))
        self.context.tasks.think(
            self, _look, str(path), then=self._show_sheets, otherwise=self._unreadable
        )

    def _unreadable(self, why: Trouble) -> None:
        self._ask_file()
        self.say(trouble.bar(why))

    def _wait(self, sentence: str) -> None:
        self._turn(Card(EmptyState(sentence, icon="clock")))

    # --- the columns ------------------------------------------------------------------------

    def _show_sheets(self, sheets: list[SheetGuess]) -> None:
        self.sheets, self.plan = sheets, None
        self._columns = Columns(sheets)
        self._turn(
            self._columns,
            acts=(
                Button(_("Another file…"), self._choose),
                MainButton(_("See what would change"), self._plan),
            ),
        )

    def _plan(self) -> None:
        """Ask what recording these columns would do."""
        if self._columns is None:
            return
        if fault := self._columns.fault():
            self.say(Banner("warn", fault, closable=True))
            return
        self.sheets = self._columns.chosen()
        self._think_again(self._answers())

    def _think_again(self, answers: Mapping[str, str], told: Banner | None = None) -> None:
        """Plan the sheets, with the answers given before; `told` is said above the plan."""
        self._wait(_("Comparing with the directory…"))
        self.context.tasks.read(
            self, _planned, self.sheets, self.path.name if self.path else "", answers,
            then=lambda plan: self._show_plan(plan, told), otherwise=self._back_to_columns,
        )  # fmt: skip

    def _back_to_columns(self, why: Trouble | None = None) -> None:
        self._show_sheets(self.sheets)
        if why is not None:
            self.say(trouble.bar(why))

    # --- the plan and its questions ---------------------------------------------------------

    def _show_plan(self, plan: Plan, told: Banner | None = None) -> None:
        self.plan = plan
        self._answered = [each for each in plan.questions if each.answer]
        save = partial(save_rejected, self.context, self, plan)
        self._view = PlanView(self.context.tasks, plan, self.ask_again, save)
        self._asked = QWidget()
        self._asked.setLayout(column())
        whole = QWidget()
        whole.setLayout(column(self._asked, self._view, gap=14))
        self._turn(scrolling(whole))
        self._renew()
        self.say(told)

    def _renew(self) -> None:
        """The question asked now, and what the main button would do."""
        plan, view = self.plan, self._view
        if plan is None or view is None:
            return
        bar = self._asked.layout()
        assert bar is not None
        clear(bar)
        if question := self._question():
            bar.addWidget(self._ask(question))
        self._asked.setVisible(question is not None)
        view.renew()
        waiting = sum(not each.answer for each in plan.questions)
        note = n_("The question will stay aside", "The {n} questions will stay aside", waiting)
        many = size(plan)
        record = MainButton(
            n_("Record {n} organisation", "Record {n} organisations", many), self.record
        )
        record.setEnabled(bool(many))
        back = Button(_("Back to the columns"), self._back_to_columns)
        self.act(*([line(note, "soft")] if waiting else []), back, record)
        self.setFocus()

    def _question(self) -> Question | None:
        waiting = [each for each in (self.plan.questions if self.plan else []) if not each.answer]
        return waiting[0] if waiting else None

    def _ask(self, question: Question) -> Banner:
        assert self.plan is not None
        at = self.plan.questions.index(question) + 1
        which = _("Question {n} of {total}.").format(n=at, total=number(len(self.plan.questions)))
        words = (_("Yes, the same"), _("A new one"), _("A section of it"), _("Leave aside"))
        answers: list[QWidget] = [
            AnswerButton(key, said, partial(self._answer, answer))
            for (key, answer), said in zip(KEYS, words, strict=True)
        ]
        if self._answered:
            answers.append(LinkButton(_("Backspace: the question before"), self.ask_before))
        markup = f"<b>{which}</b> {question_markup(question)}"
        return Banner("warn", markup, *answers, hint=question.reason)

    def _answer(self, answer: str) -> None:
        if self._work is None and (question := self._question()):
            question.answer = answer
            self._answered.append(question)
            self._renew()

    def ask_before(self) -> None:
        """The last question answered is asked again."""
        if self._work is None and self._answered:
            self._answered.pop().answer = ""
            self._renew()

    def ask_again(self, place: int) -> None:
        """One question of the list is asked again."""
        if self._work is None and self.plan is not None:
            question = self.plan.questions[place]
            self._answered = [each for each in self._answered if each is not question]
            question.answer = ""
            self._renew()

    # --- writing ----------------------------------------------------------------------------

    def record(self) -> None:
        """Write the plan in one act, which may be stopped until it is done."""
        if self.plan is None or self._work is not None:
            return
        many = size(self.plan)
        label = n_("Import of {n} organisation", "Import of {n} organisations", many)
        self._told = Words("", "soft")
        self._bar_of_work = QProgressBar()
        self._bar_of_work.setTextVisible(False)
        self._bar_of_work.setAccessibleName(label)
        work = self.context.tasks.act(
            self, label, recorded, self.plan, then=self._end, otherwise=self._failed
        )
        self._work = work
        said = _("Until it is done nothing of it is in the directory; Stop takes all of it back.")
        stop = Button(_("Stop"), work.stop, icon="stop")
        card = Card(
            lead(label), self._bar_of_work, self._told, Words(said, "small"), row(stop, None)
        )
        holder = QWidget()
        holder.setLayout(column(card, None))
        self._turn(holder)

    def _progressed(self, work: Work) -> None:
        if work is self._work and work.step is not None:
            self._bar_of_work.setRange(0, work.step.total)
            self._bar_of_work.setValue(work.step.done)
            count = _("{done} of {total}").format(
                done=number(work.step.done), total=number(work.step.total)
            )
            self._told.setText(" · ".join(filter(None, (count, work.step.note))))

    def _failed(self, why: Trouble) -> None:
        self._again_with_answers(trouble.bar(why))

    def _again_with_answers(self, told: Banner) -> None:
        """What was rolled back is planned afresh: the plan had begun to know its new records."""
        self._work = None
        self._think_again(self._answers(), told)

    def _answers(self) -> dict[str, str]:
        return {each.planned.name: each.answer for each in self._answered}

    def _end(self, done: Done | None) -> None:
        plan = self.plan
        if done is None or plan is None:
            stopped = Banner("info", _("Stopped. Nothing was recorded."), closable=True)
            self._again_with_answers(stopped)
            return
        self._work, self._view, self.plan, self.sheets, self._answered = None, None, None, [], []
        self._turn(
            Finished(self.context, plan, done, self._ask_file),
            acts=(Button(_("Another file…"), self._choose),),
        )


def _look(path: str) -> list[SheetGuess]:
    found: Any = imports.look(airlock.run(formats.read, path))
    return list(found)


def _planned(
    session: Any, sheets: list[SheetGuess], source: str, answers: Mapping[str, str]
) -> Plan:
    plan = imports.plan(session, sheets, source)
    for question in plan.questions:
        question.answer = answers.get(question.planned.name, "")
    return plan
