"""The desk where a reading is agreed upon: the document, and beside it what was understood."""

from __future__ import annotations

import html
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QTabBar, QVBoxLayout, QWidget

from crm import search
from crm.language import _, n_, number
from crm.reading import Review, ReviewLine
from ui.context import Context
from ui.kit import (
    Banner,
    Button,
    Card,
    FlowLayout,
    Legend,
    MenuButton,
    Part,
    column,
    heading,
    line,
    pill,
    scaled,
)
from ui.screens.beside import Beside
from ui.screens.document_view import DocumentView, Mark
from ui.screens.open_questions import answer_buttons
from ui.screens.review_hand import Hand
from ui.screens.review_questions import markup_of
from ui.screens.review_table import Shown, columns, roles, shown, state_of
from ui.screens.section_of import SectionOf
from ui.table import Records, Table

NOUNS = ("organisation", "person")
TONES = {"recognised": "good", "new": "info", "question": "warn", "dropped": "quiet"}


class Desk(QWidget):
    """Knows a review and the person who agrees upon it; nothing of files, nothing of recording."""

    agreed = Signal()  # something was decided: what will be recorded is another

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.review: Review | None = None
        self._folded, self._filling = True, False
        self._kept: set[int] = set()  # lines whose name was settled among its spellings
        self._rows: dict[int, tuple[ReviewLine, str, bool, Shown]] = {}  # as shown last
        self._marks: dict[int, tuple[ReviewLine, list[Mark]]] = {}
        self._answers = ""  # the state whose answers are offered
        self._noun = NOUNS[0]
        split = Beside(
            self._left(), self._right(context), name="reading", share=0.34, least=620
        )  # fmt: skip
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        self.hand = Hand(self, self.document, self.table, self.renew)

    def _left(self) -> QWidget:
        self.document = DocumentView()
        self.document.setMinimumHeight(scaled(190))
        self.document.pressed.connect(self._pressed)
        self.key = QWidget()
        states = [state_of(each) for each in ("recognised", "new", "question")]
        self.key.setLayout(
            FlowLayout(
                *(pill(each.tone, each.word, each.sign) for each in states),
                pill("doubt", _("country"), "◆"),
                gap=6,
            )
        )
        card = Card(heading(_("The document")), self.document, self.key)
        card.body.setStretch(1, 1)
        return card

    def _right(self, context: Context) -> QWidget:
        self.sums, self.legend = line("", "strong"), Legend()
        self.into, self.part = MenuButton("", look="small"), MenuButton("", look="small")
        self.nouns = QTabBar()
        self.nouns.setDrawBase(False)
        self.nouns.setExpanding(False)
        for _each in NOUNS:
            self.nouns.addTab("")
        self.nouns.currentChanged.connect(self._turn_to)
        self.addresses = QCheckBox()
        self.question, self.spelt = Banner("warn", ""), Banner("info", "")
        self.nothing = Banner("info", "")
        self.records = Records(context.tasks, None, columns())
        self.table = Table(self.records, name="review", label=_("What was understood"))
        self.table.setMinimumHeight(scaled(190))
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda record_id: self.hand.correct(record_id - 1))
        self.fold = Button("", self._unfold, look="link")
        self.more = Button(_("Add a signatory by hand…"), lambda: self.hand.add(), look="link")
        foot = FlowLayout(self.fold, self.more, gap=18)
        foot.setContentsMargins(scaled(14), scaled(6), scaled(14), 0)
        sums, answers = FlowLayout(self.sums, self.legend, gap=12), FlowLayout(self.into, self.part)
        top = column(sums, answers, self.nouns, self.addresses, gap=8, margin=14)
        bars = column(self.question, self.spelt, self.nothing, gap=0)
        card = Card(top, bars, self.table, foot, flush=True)
        card.body.setStretch(2, 1)
        card.body.addStretch(0)
        return card

    # --- showing it -------------------------------------------------------------------------

    def show_review(self, review: Review, *, confirmed: bool = False) -> None:
        """Another reading to agree upon; `confirmed` where its addresses were ticked before."""
        self.review = review
        self._folded, self._kept, self._rows, self._marks = True, set(), {}, {}
        self.addresses.setChecked(confirmed)
        self.document.show_text(review.reading.text)
        only_people = not review.counts().read and review.counts("person").read
        self._noun = NOUNS[1 if only_people else 0]
        self.nouns.setCurrentIndex(NOUNS.index(self._noun))
        self.hand.take(review)
        choices = roles().items()
        self.part.offer([(said, partial(self.hand.set_role, role)) for role, said in choices])
        self.renew()
        self.table.setFocus()

    def forget(self) -> None:
        """Leave nothing of a reading on the screen."""
        self.review, self._rows, self._marks = None, {}, {}
        self.hand.take(None)
        self.document.show_text("")
        self.records.show_rows([])

    def renew(self, at: int = -1) -> None:
        """Show the review as it stands, the cursor on line `at`, else on the next question."""
        review = self.review
        if review is None:
            return
        self._show_sums(review)
        self._show_answers(review)
        wanted = review.line(at) or review.question()
        if wanted is not None and wanted.noun != self._noun and at >= 0:
            self._turn_nouns(wanted.noun)
        self._fill(review, wanted)
        self._mark(review)
        self._chosen(self.table.current_id())
        self.agreed.emit()

    def _fill(self, review: Review, wanted: ReviewLine | None) -> None:
        mine = [each for each in review.ordered() if each.noun == self._noun]
        known = [each for each in mine if each.state == "recognised"]
        rest = [each for each in mine if each.state != "recognised"]
        if wanted is not None and wanted.state == "recognised":
            self._folded = False
        folded = self._folded and bool(rest) and bool(known)
        self.fold.setVisible(bool(rest) and bool(known))
        self._say_fold(len(known), folded=folded)
        before = self.table.current_id()
        self._filling = True
        rows = rest if folded else mine
        self.records.show_rows(self._shown(review, rows))
        self.table.select(wanted.index + 1 if wanted else before)
        if not self.table.current_id() and rows:
            self.table.select(rows[0].index + 1)
        self._filling = False

    def _shown(self, review: Review, lines: list[ReviewLine]) -> list[Shown]:
        """The rows of these lines; only what changed is made again."""
        again, apart = review.repeated(), len(_parts(review)) > 1
        found: list[Shown] = []
        for each in lines:
            known, said = self._rows.get(each.index), again.get(each.index, "")
            if known is None or known[0] is not each or known[1:3] != (said, apart):
                row = shown(each, again=said, apart=apart)
                known = self._rows[each.index] = (each, said, apart, row)
            found.append(known[3])
        return found

    def _say_fold(self, count: int, *, folded: bool) -> None:
        show = n_("Show the {n} recognised", "Show the {n} recognised", count)
        hide = n_("Fold the {n} recognised", "Fold the {n} recognised", count)
        self.fold.setText(show if folded else hide)

    def _show_sums(self, review: Review) -> None:
        counts, one = review.counts(self._noun), self._noun == NOUNS[0]
        read = (
            n_("{n} organisation read", "{n} organisations read", counts.read)
            if one
            else n_("{n} person read", "{n} people read", counts.read)
        )
        self.sums.setText(read)
        figures = (
            ("good", counts.recognised, n_("{n} recognised", "{n} recognised", counts.recognised)),
            ("info", counts.new, n_("{n} new", "{n} new", counts.new)),
            ("warn", counts.questions, n_("{n} question", "{n} questions", counts.questions)),
            ("quiet", counts.dropped, n_("{n} not recorded", "{n} not recorded", counts.dropped)),
        )
        signs = {"quiet": "−"}
        self.legend.tell([Part(t, count, said, signs.get(t, "")) for t, count, said in figures])
        people = review.counts(NOUNS[1]).read
        self.nouns.setVisible(bool(people))
        self.nouns.setTabText(0, _("Organisations {n}").format(n=number(review.counts().read)))
        self.nouns.setTabText(1, _("People {n}").format(n=number(people)))
        for each in (self.sums, self.legend, self.part, self.table, self.key, self.more):
            each.setVisible(bool(review.lines))

    def _show_answers(self, review: Review) -> None:
        parts = _parts(review)
        said = roles().get(next(iter(parts)), "") if len(parts) == 1 else ""
        self.part.setText(said or _("Each as the document says"))
        printed = sum(1 for each in review.lines if each.email and each.state != "dropped")
        self.addresses.setVisible(bool(printed))
        self.addresses.setText(
            n_(
                "{n} address stands in this document: it may be printed with this appeal",
                "{n} addresses stand in this document: they may be printed with this appeal",
                printed,
            )
        )

    def _mark(self, review: Review) -> None:
        marks = [mark for each in review.lines for mark in self._marks_of(each)]
        marks += [Mark(start, end, "doubt", 0) for start, end in review.places]
        self.document.mark(marks)

    def _marks_of(self, each: ReviewLine) -> list[Mark]:
        """The marks of a line; made again only where it changed."""
        known = self._marks.get(each.index)
        if known is None or known[0] is not each:
            said = str(state_of(each.state))
            marks = [Mark(start, end, TONES[each.state], each.index + 1, said)
                     for start, end in each.spans]  # fmt: skip
            known = self._marks[each.index] = (each, marks)
        return known[1]

    # --- the question under the cursor ------------------------------------------------------

    def asked(self) -> ReviewLine | None:
        """The line a key answers now: the one under the cursor, if it leaves a doubt."""
        at = self.table.current_id()
        if self.review is None or not at:
            return None
        here = self.review.line(at - 1)
        if here is None:
            return None
        return here if here.state == "question" or _may_be_section(here) else None

    def answer(self, answer: str) -> None:
        """Answer the line under the cursor."""
        asked = self.asked()
        if asked is None or self.review is None:
            return
        if answer == "section":
            self._ask_section(asked)
            return
        if answer == "same" and asked.state != "question":
            return
        self.review.answer(asked.index, answer)
        self.renew()

    def back(self) -> None:
        """Take the last answer back."""
        line_ = self.review.back() if self.review else None
        if line_ is not None:
            self.renew(line_.index)

    # --- steps of its own, for the window's Undo

    def to_undo(self) -> str:
        """What `undo` would take back; "" for nothing."""
        return self.review.to_undo() if self.review else ""

    def to_redo(self) -> str:
        """What `redo` would do again; "" for nothing."""
        return self.review.to_redo() if self.review else ""

    def undo(self) -> None:
        """Take the last decision back, and look at its line."""
        if self.review is not None and self.isEnabled():
            self._look_at(self.review.undo())

    def redo(self) -> None:
        """Do again what was taken back, and look at its line."""
        if self.review is not None and self.isEnabled():
            self._look_at(self.review.redo())

    def _look_at(self, index: int | None) -> None:
        if index is not None:
            self.renew(index)

    def _ask_section(self, asked: ReviewLine) -> None:
        likely = None
        if asked.candidate_id is not None:
            likely = search.Hit("organisation", asked.candidate_id, asked.candidate or "")
        take = partial(self._is_section, asked.index)
        SectionOf(self.context, self, asked.name, likely, take).open()

    def _is_section(self, index: int, of: search.Hit) -> None:
        if self.review is not None:
            self.review.answer(index, "section", of.id, of.title)
            self.renew()

    def _show_question(self) -> None:
        asked = self.asked()
        self.question.setVisible(asked is not None)
        if asked is not None and self.review is not None:
            tone = "warn" if asked.state == "question" else "info"
            hint = " · ".join(filter(None, (asked.reason, _("Backspace: previous question"))))
            self.question.say(tone, markup_of(self.review, asked), hint)
            self._offer_answers(asked.state)
        self._show_spellings(hidden=asked is not None)

    def _offer_answers(self, state: str) -> None:
        """The same buttons from one question to the next."""
        if state != self._answers:
            self._answers = state
            buttons = answer_buttons(self.answer)
            self.question.offer(*(buttons if state == "question" else buttons[1:]))

    def _show_spellings(self, *, hidden: bool) -> None:
        """What a proof-reader would say: one organisation, written in two ways."""
        found = next(
            (each for each in self.review.lines if each.also and each.index not in self._kept), None
        ) if self.review else None  # fmt: skip
        self.spelt.setVisible(found is not None and not hidden)
        if found is None:
            return
        said = _("This document writes “{name}” and “{other}”.").format(
            name=found.name, other=found.also[0]
        )
        self.spelt.say("info", html.escape(said))
        self.spelt.offer(
            *(
                Button(_("Keep “{name}” everywhere").format(name=name),
                       partial(self._keep, found.index, name), look="small")
                for name in (found.name, found.also[0])
            )
        )  # fmt: skip

    def _keep(self, index: int, name: str) -> None:
        self._kept.add(index)
        if self.review is not None:
            self.review.edit(index, name=name)
        self.renew(index)

    def _turn_nouns(self, noun: str) -> None:
        self._noun = noun
        self.nouns.setCurrentIndex(NOUNS.index(noun))

    def _turn_to(self, at: int) -> None:
        if self.review is not None and NOUNS[at] != self._noun:
            self._noun = NOUNS[at]
            self.renew()

    def _unfold(self) -> None:
        self._folded = not self._folded
        self.renew(-1)

    # --- both sides move together -----------------------------------------------------------

    def _pressed(self, record_id: int) -> None:
        if self.review is None:
            return
        pressed = self.review.line(record_id - 1)
        if pressed is None:
            return
        self._turn_nouns(pressed.noun)
        if record_id in self.records.ids:
            self.table.select(record_id)
        else:
            self.renew(pressed.index)
        self.table.setFocus()

    def _chosen(self, record_id: int) -> None:
        if not self._filling and self.review is not None:
            self.document.move_to(record_id)
            self._show_question()


def _parts(review: Review) -> set[str]:
    return {each.role for each in review.lines if each.state != "dropped"}


def _may_be_section(here: ReviewLine) -> bool:
    return here.state == "new" and here.relation == "branch_of" and here.answer is None
