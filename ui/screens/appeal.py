"""One appeal: its signatories, its text, its mailings, its printed list."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crm import appeals, mailings, reading
from crm.language import _, n_
from crm.mailings import MailingRow
from ui.context import Context
from ui.kit import (
    Button,
    Card,
    EmptyState,
    Legend,
    MainButton,
    Meter,
    Page,
    Part,
    Split,
    Tabs,
    Words,
    dates,
    row,
    states,
)
from ui.naming import place_name
from ui.screens.appeals import edit_appeal
from ui.screens.open_questions import OpenQuestions
from ui.screens.publishing import Publishing
from ui.table import Column, Records, Table


class Appeal(Page):
    """The page of one appeal."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Appeal"))
        self.appeal_id = 0
        self.sheet: appeals.AppealSheet | None = None
        self._order = "position"
        self.tabs = Tabs()
        self.tabs.add("text", _("Text"), self._text)
        self.tabs.add("signatories", _("Signatories"), self._signatories)
        self.tabs.add("mailings", _("Mailings"), self._mailings)
        self.put(self.tabs)
        self.tabs.open("signatories")
        self.follow("appeal", "signature", "question", "mailing", "delivery", refresh=self._renew)

    # --- its parts --------------------------------------------------------------------------

    def _text(self) -> QWidget:
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Text of the appeal"))
        card = Card(
            self.text, title=_("Text"), actions=(Button(_("Edit…"), self._edit, look="small"),)
        )
        self._show_text()
        return card

    def _signatories(self) -> QWidget:
        self._sum, self._about = Words("", "strong"), Words("", "soft")
        self._meter, self._legend = Meter(), Legend(right=True)
        figures = Card(row(self._sum, self._about, None, self._legend), self._meter)
        self.records = Records(self.context.tasks, appeals.rows, columns())
        empty = EmptyState(
            _("Nobody has been asked yet."),
            MainButton(_("Ask partners to sign…"), self._ask),
            Button(_("Note an answer"), self._note),
            Button(_("Read a document…"), self._read),
            icon="appeal",
        )
        self.table = Table(self.records, name="signatures", empty=empty, label=_("Signatories"))
        self.table.sorted.connect(self._sort)
        self.table.opened.connect(self._answer_of)
        self.table.context_menu = self._menu
        self.publishing = Publishing(self.context)
        self.questions = OpenQuestions(self.context)
        split = Split(Card(self.table, flush=True), self.publishing, name="appeal", share=0.62)
        whole = QWidget()
        from ui.kit import column

        inside = column(figures, self.questions, split, gap=14)
        inside.setStretch(2, 1)
        whole.setLayout(inside)
        return whole

    def _mailings(self) -> QWidget:
        from ui.screens.mailings import columns as of_mailings

        self.sent = Records(self.context.tasks, mailings.rows_of, of_mailings())
        empty = EmptyState(
            _("No letter about this appeal yet."),
            MainButton(_("Ask partners to sign…"), self._ask),
            icon="mail",
        )
        table = Table(self.sent, name="appeal-mailings", empty=empty, label=_("Mailings"))
        table.opened.connect(lambda each: self.context.go("progress", mailing_id=each))
        self._show_mailings()
        return Card(table, flush=True)

    # --- coming here ------------------------------------------------------------------------

    def visit(self, appeal_id: int, tab: str = "") -> None:
        """Show an appeal."""
        self.appeal_id = appeal_id
        self.tabs.open(tab if tab in ("text", "mailings") else "signatories")
        self._renew()

    def _renew(self) -> None:
        if self.appeal_id:
            self.context.tasks.read(self, _everything, self.appeal_id, self._order, then=self._show)

    def _show(self, found: tuple[appeals.AppealSheet, list[int], list[int], Any]) -> None:
        self.sheet, ids, self._letters, questions = found
        sheet = self.sheet
        about = [
            _(appeals.KINDS.get(sheet.kind, sheet.kind)),
            dates.day(sheet.issued_on),
            sheet.place,
        ]
        self.head(
            sheet.title,
            " · ".join(filter(None, about)),
            trail=[(_("Appeals"), lambda: self.context.go("appeals"))],
        )
        self.tabs.count("mailings", len(self._letters))
        self._show_figures(sheet)
        self.records.show(ids)
        self.records.forget()
        self.publishing.show_appeal(sheet.id)
        self.questions.show_questions(questions)
        self._show_text()
        self._show_mailings()
        self._offer(sheet)

    def _offer(self, sheet: appeals.AppealSheet) -> None:
        silent = sheet.counts.asked
        remind = Button(_("Prepare a reminder ({n})").format(n=silent), self._remind)
        remind.setEnabled(silent > 0)
        self.act(
            Button(_("Note an answer"), self._note, icon="check"),
            remind,
            MainButton(_("Ask to sign…"), self._ask),
        )

    def _show_figures(self, sheet: appeals.AppealSheet) -> None:
        counts = sheet.counts
        self._sum.setText(n_("{n} signature", "{n} signatures", counts.signed))
        about = [n_("of {n} asked", "of {n} asked", counts.total)]
        if sheet.addressee:
            about.append(_("addressee: {name}").format(name=sheet.addressee))
        if sheet.deadline:
            about.append(_("deadline {date}").format(date=dates.day(sheet.deadline)))
        self._about.setText(" · ".join(about))
        signed, promised, asked = counts.signed, counts.promised, counts.asked
        declined, withdrawn = counts.declined, counts.withdrawn
        parts = [
            Part("good", signed, n_("{n} signed", "{n} signed", signed), "✓"),
            Part("info", promised, n_("{n} promised", "{n} promised", promised), "+"),
            Part("warn", asked, n_("{n} without answer", "{n} without answer", asked), "…"),
            Part("bad", declined, n_("{n} declined", "{n} declined", declined), "✕"),
            Part("quiet", withdrawn, n_("{n} withdrew", "{n} withdrew", withdrawn), "−"),
        ]
        self._meter.measure(parts)
        self._legend.tell(parts)

    def _show_text(self) -> None:
        if self.sheet is not None and hasattr(self, "text"):
            self.text.setPlainText(self.sheet.text or "")
            self.text.setPlaceholderText(_("The text of the appeal has not been written here yet."))

    def _show_mailings(self) -> None:
        if hasattr(self, "sent"):
            self.sent.show(self._letters)

    # --- doing ------------------------------------------------------------------------------

    def _edit(self) -> None:
        if self.sheet:
            edit_appeal(self.context, self, self.sheet)

    def _note(self) -> None:
        self.context.go("answer", appeal_id=self.appeal_id)

    def _read(self) -> None:
        self.context.go("reading", appeal_id=self.appeal_id)

    def _ask(self) -> None:
        self.context.go("compose", appeal_id=self.appeal_id, letter="ask")

    def _remind(self) -> None:
        self.context.go("compose", appeal_id=self.appeal_id, statuses=("asked",), letter="remind")

    def _answer_of(self, signature_id: int) -> None:
        self.context.tasks.read(self, appeals.rows, [signature_id], then=self._note_for)

    def _note_for(self, rows: list[appeals.SignatureRow]) -> None:
        if rows and rows[0].organisation_id:
            self.context.go(
                "answer", appeal_id=self.appeal_id, organisation_id=rows[0].organisation_id
            )

    def _menu(self, ids: list[int]) -> list[tuple[str, Any]]:
        return [
            (_("Note an answer"), partial(self._answer_of, ids[0])),
            (_("See the organisation"), partial(self._see, ids[0])),
        ]

    def _see(self, signature_id: int) -> None:
        self.context.tasks.read(
            self, appeals.rows, [signature_id],
            then=lambda rows: self.context.go(
                "directory", organisation_id=rows[0].organisation_id or 0
            ),
        )  # fmt: skip

    def _sort(self, key: str, descending: bool) -> None:
        self._order = f"-{key}" if descending else key
        self._renew()


def columns() -> tuple[Column, ...]:
    """What the table shows of one part in an appeal."""
    return (
        Column(_("Organisation"), "published_name", "strong", grow=5, sort="name"),
        Column(_("Country"), "country", "text", grow=2, sort="country",
               say=lambda row: place_name(row.country, None) or row.heading or ""),
        Column(_("Answer"), "status", "pill", sort="status",
               state=lambda row: states.answer(row.status, row.role)),
        Column(_("On"), "since", "date", sort="since"),
        Column(_("Proof"), "channel", "dim", grow=2,
               say=lambda row: _(appeals.CHANNELS[row.channel]) if row.channel else ""),
    )  # fmt: skip


def _everything(session: Any, appeal_id: int, order: str) -> tuple[Any, ...]:
    letters: list[MailingRow] = [
        each
        for each in mailings.rows_of(session, mailings.ids(session))
        if each.appeal_id == appeal_id
    ]
    return (
        appeals.sheet(session, appeal_id),
        appeals.signature_ids(session, appeal_id, order=order),
        [each.id for each in letters],
        reading.open_questions(session, appeal_id),
    )
