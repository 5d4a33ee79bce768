"""The plan of an import, to look through before anything is written."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import places
from crm.imports import Plan, Planned, Question
from crm.language import _
from crm.language import marked as _m
from ui.kit import Button, Card, Tabs, Words, column, row, scaled
from ui.kit.states import State
from ui.naming import place_name
from ui.table import Column, Records, Table
from ui.tasks import Tasks

ANSWERS = {
    "same": State("good", _m("the same")),
    "new": State("info", _m("a new one"), "+"),
    "section": State("info", _m("a section of it"), "+"),
    "skip": State("quiet", _m("left aside"), "−"),
    "": State("doubt", _m("to answer")),
}


@dataclass(frozen=True)
class Row:
    """One line of any of the lists."""

    id: int
    name: str = ""
    place: str = ""
    emails: str = ""
    people: str = ""
    signed: str = ""
    rows: str = ""
    why: str = ""
    other: str = ""
    answer: str = ""


class PlanView(QWidget):
    """The plan in one sentence, and below it every line by what becomes of it."""

    def __init__(
        self, tasks: Tasks, plan: Plan, again: Callable[[int], None], save: Callable[[], None]
    ) -> None:
        super().__init__()
        self._tasks, self._plan, self._again, self._save = tasks, plan, again, save
        self._questions = Records(tasks, None, _question_columns())
        figures, still = plan.sentences()
        self.tabs = Tabs()
        for key, title, count, make in self._parts():
            if count:
                self.tabs.add(key, title, make)
                self.tabs.count(key, count)
        layout = column(Card(Words(figures, "lead"), Words(still, "soft")), gap=14)
        layout.addWidget(self.tabs, 1)
        self.setLayout(layout)

    def renew(self) -> None:
        """Questions were answered, or asked again."""
        self._questions.show_rows([_asked(n, q) for n, q in enumerate(self._plan.questions, 1)])

    def _parts(self) -> list[tuple[str, str, int, Callable[[], QWidget]]]:
        plan = self._plan
        known = [each for each in plan.organisations if each.organisation_id is not None]
        return [
            ("new", _("New"), len(plan.new), partial(self._planned, plan.new)),
            ("known", _("Already known"), len(known), partial(self._completed, known)),
            ("questions", _("Questions"), len(plan.questions), self._doubts),
            ("doubtful", _("To correct"), len(plan.doubtful), self._doubtful),
            ("rejected", _("Left aside"), len(plan.rejected), self._rejected),
        ]

    def _planned(self, planned: Sequence[Planned], about: str = "") -> QWidget:
        rows = [_row(number, each) for number, each in enumerate(planned, 1)]
        wanted = [
            Column(_("Name"), "name", "strong", grow=3, least=16, sort="name"),
            Column(_("Country"), "place", grow=1, sort="place"),
            Column(_("Addresses"), "emails", grow=2, least=14),
            Column(_("People"), "people", grow=1.5, least=10, spare=2),
            Column(_("Has signed"), "signed", grow=2, least=12, spare=1),
            Column(_("Rows"), "rows", "dim", grow=0.4, least=5, spare=3),
        ]
        shown = [each for each in wanted if any(getattr(row, each.key) for row in rows)]
        return self._list(shown, rows, about)

    def _completed(self, known: Sequence[Planned]) -> QWidget:
        return self._planned(
            known,
            _("Only what is missing is added to them; nothing they already say is replaced."),
        )

    def _doubts(self) -> QWidget:
        self.renew()
        table = Table(self._questions, label=_("Questions"))
        table.opened.connect(lambda number: self._again(number - 1))
        told = Words(
            _("Enter, or a double click, asks a question again. What is not answered stays out of "
              "the directory."), "soft"
        )  # fmt: skip
        return _below(told, table)

    def _doubtful(self) -> QWidget:
        rows = [
            Row(number, emails=each.address, why=each.why, other=each.suggestion,
                rows=str(each.row))
            for number, each in enumerate(self._plan.doubtful, 1)
        ]  # fmt: skip
        columns = [
            Column(_("Row"), "rows", "dim", grow=0.4, least=5),
            Column(_("As written"), "emails", "strong", grow=2, least=14),
            Column(_("Why"), "why", grow=2, least=14),
            Column(_("Perhaps"), "other", grow=2, least=14),
        ]
        about = _("These addresses are not recorded. Correct them in your spreadsheet and import "
                  "it again: only what is missing will be added.")  # fmt: skip
        return self._list(columns, rows, about)

    def _rejected(self) -> QWidget:
        rows = [
            Row(number, rows=str(each.row), why=each.why,
                other=" · ".join(str(cell) for cell in each.cells if cell is not None))
            for number, each in enumerate(self._plan.rejected, 1)
        ]  # fmt: skip
        columns = [
            Column(_("Row"), "rows", "dim", grow=0.4, least=5),
            Column(_("Why"), "why", "strong", grow=2, least=14),
            Column(_("Your row"), "other", grow=4, least=20),
        ]
        return self._list(columns, rows, "", Button(_("Save these rows…"), self._save))

    def _list(
        self, columns: Sequence[Column], rows: Sequence[Row], about: str, *ways: QWidget
    ) -> QWidget:
        records = Records(self._tasks, None, columns)
        records.show_rows(rows)
        told: list[Any] = [Words(about, "soft")] if about else []
        if ways:
            told.append(row(*ways, None))
        return _below(*told, Table(records, label=columns[0].title))


def question_markup(question: Question) -> str:
    """The question as it is asked: the name in her sheet, where it stands, whom it may be."""
    each = question.planned
    place = place_name(each.country, each.heading)
    name = html.escape(each.name)
    asked = _("“{name}”{place}: is it <b>{known}</b>, already in the directory?")
    if question.twin is not None:
        asked = _("“{name}”{place}: is it <b>{known}</b>, which your sheet also names?")
    return asked.format(
        name=name, place=f" ({html.escape(place)})" if place else "",
        known=html.escape(places.named_apart(question.candidate, question.country, each.country)),
    )  # fmt: skip


def size(plan: Plan) -> int:
    """How many organisations recording the plan would write, as it is answered now."""
    known = {each.organisation_id for each in plan.organisations}
    answered = [
        each for each in plan.questions
        if each.answer in ("new", "section")
        or (each.answer == "same" and each.twin is None and each.candidate_id not in known)
    ]  # fmt: skip
    return len(plan.organisations) + len(answered)


def _below(*items: Any) -> QWidget:
    made = QWidget()
    *told, table = items
    layout = column(*told, gap=10)
    table.setMinimumHeight(scaled(130))
    layout.addWidget(Card(table, flush=True), 1)
    made.setLayout(layout)
    return made


def _row(number: int, each: Planned) -> Row:
    known = each.acronym and each.acronym not in each.name
    people = [f"{name} ({role})" if role else name for name, role in each.people]
    return Row(
        number, f"{each.name} ({each.acronym})" if known else each.name,
        place_name(each.country, each.heading), ", ".join(each.emails), ", ".join(people),
        " · ".join(each.signed), ", ".join(map(str, each.rows)),
    )  # fmt: skip


def _asked(number: int, question: Question) -> Row:
    each = question.planned
    return Row(
        number, each.name, place_name(each.country, each.heading), why=question.reason,
        other=question.candidate, answer=question.answer, rows=", ".join(map(str, each.rows)),
    )  # fmt: skip


def _question_columns() -> list[Column]:
    def said(row: Row) -> State:
        state = ANSWERS[row.answer]
        return State(state.tone, _(state.word), state.sign)

    return [
        Column(_("In your sheet"), "name", "strong", grow=2, least=14),
        Column(_("Country"), "place", grow=1, spare=1),
        Column(_("In the directory"), "other", grow=2, least=14),
        Column(_("Why"), "why", "dim", grow=2, least=12),
        Column(_("Your answer"), "answer", "pill", grow=1, least=13, state=said),
    ]
