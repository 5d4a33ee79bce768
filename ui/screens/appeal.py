"""One appeal: its text, its signatories, its mailings, its printed list, what was done with it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from crm import addressees, appeals, history, mailings, reading
from crm.addressees import AddresseeRow
from crm.language import _, n_
from ui.context import Context
from ui.form import Form, Line
from ui.kit import (
    Banner,
    Button,
    Card,
    EmptyState,
    LinkButton,
    MainButton,
    Page,
    Tabs,
    Words,
    clear,
    column,
    dates,
    heading,
    lead,
    row,
    scaled,
)
from ui.naming import language_name
from ui.screens.addressees import Addressees
from ui.screens.after_publication import Around, LateSignatures, rendezvous_link
from ui.screens.appeals import edit_appeal
from ui.screens.beside import Beside
from ui.screens.editor import Editor
from ui.screens.figures import Figures
from ui.screens.former_lists import FormerLists
from ui.screens.open_questions import OpenQuestions
from ui.screens.publishing import Publishing
from ui.screens.signatories import columns
from ui.table import Records, Table

PARTS = ("text", "signatories", "addressees", "mailings", "publish", "journal")
LINES = 300  # acts looked through for the journal


class Appeal(Page):
    """The page of one appeal."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Appeal"), scrolls=True)
        self.appeal_id = 0
        self.sheet: appeals.AppealSheet | None = None
        self._order = "position"
        self._letters: list[int] = []
        self._people: list[AddresseeRow] = []
        self.tabs = Tabs()
        for key, title, make in zip(
            PARTS,
            (
                _("Text"),
                _("Signatories"),
                _("Addressees"),
                _("Mailings"),
                _("Publish"),
                _("Journal"),
            ),
            (
                self._text,
                self._signatories,
                self._addressees,
                self._mailings,
                self._printing,
                self._journal,
            ),
            strict=True,
        ):
            self.tabs.add(key, title, make)
        self.late = LateSignatures(context)
        self.put(self.late)
        self.put(self.tabs)
        self.tabs.open("signatories")
        self.setFocusProxy(self.table)
        self.tabs.changed.connect(lambda _key: self._show_part())
        self.follow(
            "appeal", "signature", "question", "mailing", "delivery", "addressee", "letter",
            "publication", refresh=self._renew,
        )  # fmt: skip

    # --- its parts --------------------------------------------------------------------------

    def _text(self) -> QWidget:
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("look", "document")
        self.text.setAccessibleName(_("Text of the appeal"))
        self.text.setPlaceholderText(_("The text of the appeal has not been written here yet."))
        self.text.setMinimumHeight(scaled(220))
        self._facts = column(gap=3)
        edit = Button(_("Edit…"), self._edit, look="small")
        about = Card(row(lead(_("About this appeal")), None, edit), self._facts, None, scrolls=True)
        about.setMinimumHeight(scaled(220))
        return Beside(Card(self.text), about, name="appeal-text", share=0.68)

    def _signatories(self) -> QWidget:
        self.figures = Figures()
        self.records = Records(self.context.tasks, appeals.rows, columns())
        empty = EmptyState(
            _("Nobody has been asked yet."),
            MainButton(_("Ask partners to sign…"), self._ask),
            Button(_("Note an answer"), self._note),
            Button(_("Read a document…"), self._read),
            icon="appeal",
        )
        self.table = Table(self.records, name="signatures", empty=empty, label=_("Signatories"))
        self.table.setMinimumHeight(scaled(210))
        self.table.sorted.connect(self._sort)
        self.table.opened.connect(self._answer_of)
        self.table.context_menu = self._menu
        self.publishing = Publishing(self.context)
        self.questions = OpenQuestions(self.context, self)
        split = Beside(Card(self.table, flush=True), self.publishing, name="appeal")
        whole = QWidget()
        inside = column(Card(self.figures), self.questions, split, gap=14)
        inside.setStretch(2, 1)
        whole.setLayout(inside)
        return whole

    def _addressees(self) -> QWidget:
        self.addressees = Addressees(self.context)
        return self.addressees

    def _mailings(self) -> QWidget:
        from ui.screens.mailings import columns as of_mailings

        self.sent = Records(self.context.tasks, mailings.rows_of, of_mailings())
        empty = EmptyState(
            _("No letter about this appeal yet."),
            MainButton(_("Ask partners to sign…"), self._ask),
            icon="mail",
        )
        table = Table(self.sent, name="appeal-mailings", empty=empty, label=_("Mailings"))
        table.setMinimumHeight(scaled(260))
        table.opened.connect(lambda each: self.context.go("progress", mailing_id=each))
        return Card(table, flush=True)

    def _printing(self) -> QWidget:
        self.printing = Publishing(self.context)
        self.printing.view.setMinimumHeight(scaled(210))
        self.around = Around(self.context)
        self.former = FormerLists(self.context)
        self.printing.left.connect(self.former.renew)
        self.printing.left.connect(self.late.renew)
        both = Beside(self.printing, self.former, name="appeal-publish", share=0.56)
        whole = QWidget()
        inside = column(self.around, both, gap=14)
        inside.setStretch(1, 1)
        whole.setLayout(inside)
        return whole

    def _journal(self) -> QWidget:
        from ui.screens.journal import columns as of_acts

        self.acts = Records(self.context.tasks, None, of_acts())
        empty = EmptyState(_("Nothing was done with this appeal yet."), icon="clock")
        table = Table(self.acts, name="appeal-journal", empty=empty, label=_("Journal"))
        table.setMinimumHeight(scaled(260))
        everything = LinkButton(_("Whole journal"), lambda: self.context.go("journal"))
        whole = QWidget()
        whole.setLayout(column(Card(table, flush=True), everything))
        return whole

    # --- coming here ------------------------------------------------------------------------

    def visit(self, appeal_id: int, tab: str = "") -> None:
        """Show an appeal, at one of its PARTS."""
        self.say(None)
        if appeal_id != self.appeal_id:
            self.sheet = None
        self.appeal_id = appeal_id
        self.tabs.open(tab if tab in PARTS else "signatories")
        self._renew()

    def _renew(self) -> None:
        if self.appeal_id:
            self.context.tasks.read(self, _everything, self.appeal_id, self._order, then=self._show)

    def _show(self, found: tuple[appeals.AppealSheet, list[int], list[int], Any, Any]) -> None:
        sheet, ids, self._letters, questions, people = found
        self.sheet = sheet
        tongue = language_name(sheet.language) if sheet.language else ""
        about = (_(appeals.KINDS.get(sheet.kind, sheet.kind)), dates.day(sheet.issued_on),
                 sheet.place, tongue)  # fmt: skip
        self.head(
            sheet.title,
            " · ".join(filter(None, about)),
            trail=[(_("Appeals"), lambda: self.context.go("appeals"))],
        )
        self.tabs.count("mailings", len(self._letters))
        self.tabs.count("addressees", len(people))
        self._people = people
        self.figures.show_sheet(sheet)
        self.records.show(ids)
        self.questions.show_questions(questions)
        self.late.show_appeal(sheet.id, sheet.title)
        self._show_part()
        self._offer(sheet)

    def _show_part(self) -> None:
        """Fill the part in sight; the others wait until they are opened."""
        sheet = self.sheet
        if sheet is None:
            return
        part = self.tabs.current()
        self._fit_part()
        self._tell_late(part)
        if part == "text":
            self.text.setPlainText(sheet.text or "")
            self._show_facts(sheet)
        elif part == "addressees":
            self.addressees.show_appeal(sheet.id, sheet.addressee or "")
        elif part == "mailings":
            self.sent.show(self._letters)
        elif part == "journal":
            self.context.tasks.read(self, _acts, self.appeal_id, then=self.acts.show_rows)
        else:
            shown = self.printing if part == "publish" else self.publishing
            shown.show_appeal(sheet.id, sheet.title)
            if part == "publish":
                self.around.show_appeal(sheet.id, signed=sheet.counts.signed)
                self.former.show_appeal(sheet.id, sheet.title)

    def _tell_late(self, part: str) -> None:
        """Who is late to answer is said wherever she stands; beside their list, it says so."""
        today = date.today()
        late = sum(addressees.standing(each, today).kind == "overdue" for each in self._people)
        if not late or part == "addressees":
            self.say(None)
            return
        said = n_("{n} addressee is late to answer.", "{n} addressees are late to answer.", late)
        see = Button(_("See them"), lambda: self.tabs.open("addressees"), look="small")
        self.say(Banner("warn", said, see, closable=True))

    def _fit_part(self) -> None:
        """A tall part out of sight must not make this one scroll."""
        pages, policy = self.tabs.pages, QSizePolicy.Policy
        for page in filter(None, map(pages.widget, range(pages.count()))):
            kind = policy.Preferred if page is pages.currentWidget() else policy.Ignored
            page.setSizePolicy(policy.Preferred, kind)

    def _show_facts(self, sheet: appeals.AppealSheet) -> None:
        clear(self._facts)
        facts = [
            (_("Kind"), _(appeals.KINDS.get(sheet.kind, sheet.kind))),
            (_("Date"), dates.day(sheet.issued_on)), (_("Place"), sheet.place),
            (_("Language"), language_name(sheet.language) if sheet.language else ""),
            (_("Addressee"), sheet.addressee), (_("Deadline"), dates.day(sheet.deadline)),
            *((_("Rendezvous"), _rendezvous(*each)) for each in sheet.events),
            (_("Notes"), sheet.notes),
        ]  # fmt: skip
        for label, words in facts:
            self._facts.addWidget(heading(label))
            self._facts.addWidget(Words(words or "—", copied=True))
            self._facts.addSpacing(scaled(5))
        if sheet.events:
            self._facts.addWidget(rendezvous_link(self.context, self, sheet.id, sheet.title))

    def _offer(self, sheet: appeals.AppealSheet) -> None:
        silent = sheet.counts.asked
        remind = Button(_("Prepare a reminder ({n})").format(n=silent), self._remind)
        remind.setEnabled(silent > 0)
        self.act(
            Button(_("Note an answer"), self._note, icon="plus"),
            remind,
            MainButton(_("Ask to sign…"), self._ask),
        )

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

    def _menu(self, ids: list[int]) -> list[tuple[str, Any]]:
        return [
            (_("Note an answer"), partial(self._answer_of, ids[0])),
            (_("Change the printed name…"), partial(self._with, ids[0], self._rename)),
            (_("See in the directory"), partial(self._with, ids[0], self._see)),
        ]

    def _answer_of(self, signature_id: int) -> None:
        self._with(signature_id, self._note_for)

    def _with(self, signature_id: int, do: Any) -> None:
        self.context.tasks.read(
            self, appeals.rows, [signature_id], then=lambda rows: [do(each) for each in rows]
        )

    def _note_for(self, each: appeals.SignatureRow) -> None:
        self.context.go("answer", appeal_id=self.appeal_id, **_whose(each))

    def _see(self, each: appeals.SignatureRow) -> None:
        if each.organisation_id:
            self.context.go("directory", organisation_id=each.organisation_id)
        else:
            self.context.go("directory", words=each.name)

    def _rename(self, each: appeals.SignatureRow) -> None:
        form = Form(Line("name", _("Printed name"), needed=True,
                         hint=_("On this list only: the directory keeps its own.")))  # fmt: skip
        form.fill({"name": each.published_name})
        Editor(
            self.context, self, _("Change the printed name"), form, partial(_print_as, each.id),
            label=_("Printed name: {name}"),
        ).open()  # fmt: skip

    def _sort(self, key: str, descending: bool) -> None:
        self._order = f"-{key}" if descending else key
        self._renew()


def _whose(row: appeals.SignatureRow) -> dict[str, int]:
    if row.organisation_id:
        return {"organisation_id": row.organisation_id}
    return {"person_id": row.person_id or 0}


def _rendezvous(on: date, at: str | None, place: str | None) -> str:
    return ", ".join(filter(None, (dates.day(on), at, place)))


def _print_as(signature_id: int, session: Any, values: dict[str, Any]) -> None:
    appeals.publish_as(session, signature_id, values["name"])


def _everything(session: Any, appeal_id: int, order: str) -> tuple[Any, ...]:
    letters = [
        each.id
        for each in mailings.rows_of(session, mailings.ids(session))
        if each.appeal_id == appeal_id
    ]
    return (
        appeals.sheet(session, appeal_id),
        appeals.signature_ids(session, appeal_id, order=order),
        letters,
        reading.open_questions(session, appeal_id),
        addressees.rows(session, addressees.ids(session, appeal_id)),
    )


def _acts(session: Any, appeal_id: int) -> list[Any]:
    """The acts that touched this appeal or somebody's part in it, newest first."""
    from ui.screens.journal import Line as Act

    parts = frozenset(appeals.signature_ids(session, appeal_id))
    found = []
    for each in history.journal(session, LINES):
        touched = history.changes_of(session, each.id)
        if appeal_id in touched.get("appeal", ()) or parts & touched.get("signature", frozenset()):
            found.append(Act.of(each))
    return found
