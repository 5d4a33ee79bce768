"""Her own spreadsheet, step by step: the file, its columns, the plan, the questions, done."""

from __future__ import annotations

import html
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from crm import airlock, formats, imports
from crm.imports import Imported, Plan, Question, SheetGuess
from crm.language import _, n_
from ui.context import Context
from ui.kit import (
    AnswerButton,
    Banner,
    Button,
    Card,
    EmptyState,
    MainButton,
    Page,
    Words,
    clear,
    column,
    heading,
    line,
    row,
    scaled,
    scrolling,
)

SHOWN = 200  # lines listed in the plan; the figures count all


class Imports(Page):
    """A file dropped, its plan read, then written in one act."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Import my spreadsheet"))
        self.setAcceptDrops(True)
        self.path: Path | None = None
        self.sheets: list[SheetGuess] = []
        self.plan: Plan | None = None
        self._at = 0
        self._inside = column(gap=14)
        self.put(self._inside)
        self.body.setStretch(0, 1)
        for key, answer in (("1", "same"), ("2", "new"), ("3", "section"), ("4", "skip")):
            shortcut = QShortcut(QKeySequence(key), self, partial(self._answer, answer))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def visit(self, path: Path | None = None) -> None:
        """Begin with a file, or ask for one; an import under way is kept."""
        self.say(None)
        if path is not None:
            self.read(path)
        elif self.plan is None:
            self._ask_file()

    def read(self, path: Path) -> None:
        """Read a file that somebody wrote, in the airlock."""
        self.path = path
        self.context.tasks.think(self, _look, str(path), then=self._show_sheets)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        if urls and urls[0].isLocalFile():
            self.read(Path(urls[0].toLocalFile()))

    def _ask_file(self) -> None:
        clear(self._inside)
        self.act()
        self.head(_("Import my spreadsheet"))
        self._inside.addWidget(
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
        patterns = _("Spreadsheets") + " (*.xlsx *.xls *.ods *.csv)"
        self.context.open_file(self, _("Choose a file"), patterns, self.read)

    # --- the columns ------------------------------------------------------------------------

    def _show_sheets(self, sheets: list[SheetGuess]) -> None:
        self.sheets, self.plan = sheets, None
        clear(self._inside)
        name = self.path.name if self.path else ""
        self.head(_("Import my spreadsheet"), name)
        inside = QWidget()
        cards = column(gap=14)
        self._choices: list[tuple[QCheckBox, list[QComboBox]]] = []
        for sheet in sheets:
            cards.addWidget(self._sheet(sheet))
        cards.addStretch(1)
        inside.setLayout(cards)
        self._inside.addWidget(scrolling(inside))
        self.act(
            Button(_("Another file…"), self._choose),
            MainButton(_("See what would change"), self._plan),
        )

    def _sheet(self, sheet: SheetGuess) -> Card:
        wanted = QCheckBox(
            _("{name} (hidden)").format(name=sheet.name) if sheet.hidden else sheet.name
        )
        wanted.setChecked(sheet.wanted)
        filled = sum(any(cell is not None for cell in each) for each in sheet.rows)
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(14))
        for place, words in enumerate((_("Your heading"), _("Is"), _("For example"))):
            grid.addWidget(heading(words), 0, place)
        grid.setColumnStretch(2, 1)
        boxes = []
        for place, found in enumerate(sheet.columns):
            box = QComboBox()
            for key, words in imports.FIELDS.items():
                box.addItem(_(words), key)
            box.setCurrentIndex(max(0, box.findData(found)))
            box.setAccessibleName(sheet.headings[place] or _("Column {n}").format(n=place + 1))
            samples = [str(each[place]) for each in sheet.samples
                       if place < len(each) and each[place] is not None]  # fmt: skip
            grid.addWidget(Words(sheet.headings[place] or "—", "text"), place + 1, 0)
            grid.addWidget(box, place + 1, 1)
            grid.addWidget(Words("  ·  ".join(samples)[:160], "soft"), place + 1, 2)
            boxes.append(box)
        self._choices.append((wanted, boxes))
        rows = line(n_("{n} row", "{n} rows", filled), "soft")
        return Card(row(wanted, rows, None), grid if sheet.wanted else None)

    def _plan(self) -> None:
        from dataclasses import replace

        chosen = [
            replace(
                sheet.with_columns([box.currentData() for box in boxes]), wanted=tick.isChecked()
            )
            for sheet, (tick, boxes) in zip(self.sheets, self._choices, strict=True)
        ]
        if not any(sheet.wanted for sheet in chosen):
            self.say(Banner("warn", _("Tick at least one sheet."), closable=True))
            return
        source = self.path.name if self.path else ""
        self.context.tasks.read(self, imports.plan, chosen, source, then=self._show_plan)

    # --- the plan ---------------------------------------------------------------------------

    def _show_plan(self, plan: Plan) -> None:
        self.plan, self._at = plan, 0
        self._renew()

    def _renew(self) -> None:
        plan = self.plan
        if plan is None:
            return
        clear(self._inside)
        self._inside.addWidget(
            Card(Words(plan.sentences()[0], "lead"), Words(plan.sentences()[1], "soft"))
        )
        if question := self._question():
            self._inside.addWidget(self._ask(question))
        inside = QWidget()
        inside.setLayout(column(*self._lists(plan), None, gap=14))
        self._inside.addWidget(scrolling(inside), 1)
        waiting = sum(not each.answer for each in plan.questions)
        note = n_("The question will stay aside", "The {n} questions will stay aside", waiting)
        record = MainButton(
            n_("Record {n} organisation", "Record {n} organisations", len(plan.organisations)),
            self.record,
        )
        record.setEnabled(bool(plan.organisations) or waiting < len(plan.questions))
        back = Button(_("Back to the columns"), lambda: self._show_sheets(self.sheets))
        self.act(*([Words(note, "soft")] if waiting else []), back, record)

    def _question(self) -> Question | None:
        waiting = [each for each in (self.plan.questions if self.plan else []) if not each.answer]
        return waiting[0] if waiting else None

    def _ask(self, question: Question) -> Banner:
        sentence = _("“{name}”: is it “{known}”, already in the directory?").format(
            name=question.planned.name, known=question.candidate
        )
        return Banner(
            "warn",
            html.escape(sentence),
            AnswerButton("1", _("Yes, the same"), partial(self._answer, "same")),
            AnswerButton("2", _("A new one"), partial(self._answer, "new")),
            AnswerButton("3", _("A section of it"), partial(self._answer, "section")),
            AnswerButton("4", _("Leave aside"), partial(self._answer, "skip")),
            hint=question.reason,
        )

    def _answer(self, answer: str) -> None:
        if question := self._question():
            question.answer = answer
            self._renew()

    def _lists(self, plan: Plan) -> list[QWidget]:
        new = [each for each in plan.organisations if each.organisation_id is None]
        known = [each for each in plan.organisations if each.organisation_id is not None]
        parts = [
            (_("New"), [self._said(each.name, each.emails) for each in new]),
            (_("Already known, completed"), [self._said(each.name, each.emails) for each in known]),
            (
                _("To correct"),
                [self._said(each.address, [each.why, each.suggestion]) for each in plan.doubtful],
            ),
            (
                _("Left aside"),
                [_("row {n}: {why}").format(n=each.row, why=each.why) for each in plan.rejected],
            ),
        ]
        return [
            Card(Words("\n".join(lines[:SHOWN]), "text"), title=f"{title} · {len(lines)}")
            for title, lines in parts
            if lines
        ]

    def _said(self, name: str, more: list[str]) -> str:
        return " · ".join(filter(None, [name, *more]))

    # --- writing ----------------------------------------------------------------------------

    def record(self) -> None:
        """Write the plan in one act."""
        if self.plan is None:
            return
        label = n_(
            "Import of {n} organisation",
            "Import of {n} organisations",
            len(self.plan.organisations),
        )
        self.context.tasks.act(self, label, imports.record, self.plan, then=self._recorded)

    def _recorded(self, done: Imported | None) -> None:
        if done is None:
            self.context.toast(_("Stopped. Nothing was recorded."))
            return
        plan, self.plan = self.plan, None
        clear(self._inside)
        sentence = _("That is done: {new} new, {known} completed. Your own file has not changed.")
        buttons = [
            MainButton(_("See the directory"), lambda: self.context.go("directory")),
            Button(_("Take back this import"), self._take_back),
        ]
        if plan is not None and plan.rejected:
            buttons.append(Button(_("Save the rows left aside…"), partial(self._save, plan)))
        self._inside.addWidget(
            Card(
                EmptyState(
                    sentence.format(new=done.created, known=done.completed),
                    *buttons,
                    detail=n_("{n} address recorded.", "{n} addresses recorded.", done.addresses),
                    icon="check",
                )
            )
        )
        self.act(Button(_("Another file…"), self._choose))

    def _take_back(self) -> None:
        self.context.tasks.run(
            self, _("Taking back"), lambda db: db.undo(),
            then=lambda _label: self._taken_back(),
        )  # fmt: skip

    def _taken_back(self) -> None:
        self.context.toast(_("Taken back."))
        self._ask_file()

    def _save(self, plan: Plan) -> None:
        self.context.save_file(
            self, _("Rows left aside"), "left-aside.xlsx", "*.xlsx",
            lambda path: self.context.tasks.think(
                self, formats.write, path, imports.rejected_table(plan),
                then=lambda _done: self.context.toast(_("Saved: {name}").format(name=path.name)),
            ),
        )  # fmt: skip


def _look(path: str) -> list[SheetGuess]:
    found: Any = imports.look(airlock.run(formats.read, path))
    return list(found)
