"""“Note an answer”: half of them come by telephone, by Signal, or at a meeting."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from crm import appeals, contacts, search
from crm.duplicates import KnownNames
from crm.errors import Trouble
from crm.language import _, n_
from crm.language import marked as _m
from ui import trouble
from ui.context import Context
from ui.form import Form, Line
from ui.kit import (
    Banner,
    Button,
    Dialog,
    EmptyState,
    FlowLayout,
    MainButton,
    Page,
    Words,
    clear,
    column,
    dates,
    line,
    states,
)
from ui.screens.appeals import the_window
from ui.screens.lowered import Lowered
from ui.screens.who import Who, told

ANSWERS = (
    ("signs", _m("signs")), ("promises", _m("promises to sign")),
    ("declines", _m("does not sign")), ("question", _m("has a question")),
    ("relays", _m("relays, without signing")), ("withdraws", _m("takes its signature back")),
)  # fmt: skip
NEAR = 3  # names a new one is held against


def note_answer(
    context: Context,
    appeal_id: int = 0,
    organisation_id: int = 0,
    person_id: int = 0,
    said: str = "signs",
) -> None:
    """Open the small window, with the appeal and whoever answers filled in when known."""
    owner = the_window()
    about = appeal_id or _appeal_in_sight(owner)
    context.tasks.read(
        owner, _known, organisation_id, person_id,
        then=lambda found: _open(context, owner, about, said, *found),
    )  # fmt: skip


def _open(
    context: Context,
    owner: QWidget,
    appeal_id: int,
    said: str,
    titles: list[tuple[int, str]],
    who: search.Hit | None,
) -> None:
    if titles:
        NoteAnswer(context, owner, titles, appeal_id=appeal_id, who=who, said=said).open()
    else:
        _no_appeal(context, owner).open()


def _appeal_in_sight(owner: QWidget) -> int:
    """The appeal of the page she is on, when it is about one."""
    pages = (each for each in owner.findChildren(Page) if each.isVisible())
    return next((getattr(each, "appeal_id", 0) or 0 for each in pages), 0)


def _no_appeal(context: Context, owner: QWidget) -> Dialog:
    box = Dialog(owner, _("Note an answer"), leave=_("Close"))

    def leave_for(key: str) -> None:
        box.reject()
        context.go(key)

    box.put(
        EmptyState(
            _("No appeal yet."),
            MainButton(_("New appeal"), partial(leave_for, "new-appeal")),
            Button(_("Read a document…"), partial(leave_for, "reading")),
            detail=_("An answer is always given to an appeal: begin with that."),
            icon="appeal",
        )
    )
    return box


class NoteAnswer(Dialog):
    """Who, what they answer, under which name, how and when."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        titles: list[tuple[int, str]],
        *,
        appeal_id: int = 0,
        who: search.Hit | None = None,
        said: str = "signs",
    ) -> None:
        super().__init__(owner, _("Note an answer"), save=(_("Save"), self.save), width=560)
        self.context = context
        self.who = Who(context, people=True)
        self.who.setPlaceholderText(_("An organisation or a person: search, or write a new name"))
        self.known = Words("", "small")
        self.ways = QWidget()
        self._ways = FlowLayout()
        self.ways.setLayout(self._ways)
        self.ways.hide()
        self._new = ""  # the name she said is not in the directory yet
        self.form = Form(*_lines(titles))
        self.form.fill({
            "appeal_id": appeal_id or titles[0][0], "said": said, "channel": "telephone",
            "on": date.today(),
        })  # fmt: skip
        inner = QWidget()
        inner.setLayout(
            column(
                column(line(_("Who"), "soft"), self.who, self.known, self.ways, gap=4),
                self.form, gap=12,
            )
        )  # fmt: skip
        self.put(Lowered(inner))
        self.next = Button(_("Save and note the next"), partial(self.save, again=True))
        self.foot.insertWidget(2, self.next)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self, partial(self.save, again=True))
        self.next.setToolTip(keys.key().toString(QKeySequence.SequenceFormat.NativeText))
        self.who.settled.connect(self._tell_known)
        self.who.textEdited.connect(self._doubt_no_more)
        self.who.entered.connect(lambda: self._settle(self.form.field("said").setFocus))
        self.form.edited.connect(self._tell_known)
        self.who.put(who)
        (self.form.field("said") if who else self.who).setFocus()

    # --- who it is --------------------------------------------------------------------------

    def _tell_known(self) -> None:
        hit = self.who.hit
        if hit is None and not self.ways.isHidden():
            return  # the question stays until it is answered
        self.ways.hide()
        if hit is None:
            self.known.setText(_("A name that is not in the list is added to the directory."))
            return
        self.known.setText(_("✓ In the directory"))
        appeal_id = self.form.values()["appeal_id"]
        self.context.tasks.read(self, _so_far, appeal_id, hit, then=self._tell_so_far)

    def _tell_so_far(self, steps: list[appeals.AnswerLine]) -> None:
        said = _("✓ In the directory")
        if steps:
            told = " → ".join(map(_step, steps[-3:]))
            said = f"{said} · " + _("so far: {steps}").format(steps=told)
        self.known.setText(said)

    def _settle(self, then: Callable[[], object]) -> None:
        """Find who the name is, or ask; then go on."""
        name = self.who.name()
        if not name:
            self._doubt_no_more()
            self.known.setText(_("Say who answers."))
            self.who.setFocus()
            return
        self.context.tasks.read(self, _who_is, name, then=partial(self._found, name, then))

    def _found(
        self, name: str, then: Callable[[], object], found: tuple[bool, list[search.Hit]]
    ) -> None:
        if name != self.who.name() or self.who.hit is not None:
            return  # she wrote on, or chose meanwhile
        self.who.shut()
        sure, near = found
        if sure:
            self._is(near[0], then)
            return
        said = _("Create “{name}”?").format(name=name)
        if near:
            said += " " + _("Near: {names}").format(names=", ".join(map(told, near)))
        self.known.setText(said)
        clear(self._ways)
        answers = [Button(told(hit), partial(self._is, hit, then)) for hit in near]
        answers.append(Button(_("Create it"), partial(self._is_new, name, then), icon="plus"))
        for each in answers:
            each.setAutoDefault(True)  # Enter presses the one the cursor is on, not Save
            self._ways.addWidget(each)
        self.ways.show()
        # Once it is shown: a button that is not yet cannot take the cursor.
        QTimer.singleShot(0, answers[0], answers[0].setFocus)

    def _is(self, hit: search.Hit, then: Callable[[], object]) -> None:
        self._doubt_no_more()
        self.who.put(hit)
        then()

    def _is_new(self, name: str, then: Callable[[], object]) -> None:
        self._doubt_no_more()
        self._new = name
        self._tell_known()
        then()

    def _doubt_no_more(self) -> None:
        self._new = ""
        self.ways.hide()

    # --- noting it --------------------------------------------------------------------------

    def save(self, again: bool = False) -> None:
        """Note it; with `again`, keep the appeal and the channel for the next one."""
        if self.who.name() and not (self.form.complete() and self.next.isEnabled()):
            return
        if self.who.hit is None and not (self._new and self._new == self.who.name()):
            self._settle(partial(self.save, again=again))
            return
        self._wait(waiting=True)
        values = self.form.values() | {"who": self.who.hit, "new": self.who.name()}
        self.context.tasks.write(
            self, _("Answer of {name}").format(name=self.who.name()), _note, values,
            then=partial(self._noted, again=again), otherwise=self._refused,
        )  # fmt: skip

    def _wait(self, *, waiting: bool) -> None:
        # A key held down must not note the same answer twice.
        self.next.setEnabled(not waiting)
        if self.main is not None:
            self.main.setEnabled(not waiting)

    def _refused(self, why: Trouble) -> None:
        self._wait(waiting=False)
        self.say(trouble.bar(why))

    def _noted(self, count: int, *, again: bool) -> None:
        self._wait(waiting=False)
        said = n_("Noted. {n} signature in all.", "Noted. {n} signatures in all.", count)
        if not again:
            self.context.toast(said, undo=True)
            self.accept()
            return
        self.say(Banner("good", f"<b>{html.escape(self.who.name())}</b> – {said}"))
        self.form.put(name=None, with_whom=None, note=None, unnamed=False)
        self.who.put(None)
        self.who.setFocus()


def _lines(titles: list[tuple[int, str]]) -> tuple[Line, ...]:
    answers = [(key, _(words)) for key, words in ANSWERS]
    channels = [(key, _(words)) for key, words in appeals.CHANNELS.items()]
    return (
        Line("appeal_id", _("Appeal"), "choice", choices=titles, needed=True),
        Line("said", _("Answer"), "choice", choices=answers),
        Line("name", _("Under which name"), example=_("Left empty: the name of the directory")),
        Line("channel", _("How"), "choice", choices=channels),
        Line("with_whom", _("With whom")),
        Line("on", _("Date"), "date"),
        Line("note", _("What was said")),
        Line("unnamed", _("Count without naming"), "tick"),
    )


def _step(step: appeals.AnswerLine) -> str:
    """ "promised 12 Nov (telephone, Paul)"."""
    how = ", ".join(
        filter(None, (_(appeals.CHANNELS[step.channel]) if step.channel else "", step.with_whom))
    )
    said = f"{states.answer(step.status).word} {dates.day(step.on, year=False)}"
    return f"{said} ({how})" if how else said


def _known(
    session: Any, organisation_id: int, person_id: int
) -> tuple[list[tuple[int, str]], search.Hit | None]:
    titles = [(each.id, each.title) for each in appeals.rows_of(session, appeals.ids(session))]
    if organisation_id:
        name = contacts.displayed_names(session, [organisation_id])[organisation_id]
        return titles, search.Hit("organisation", organisation_id, name)
    if person_id:
        (row,) = contacts.people_rows(session, [person_id])
        return titles, search.Hit("person", person_id, row.name)
    return titles, None


def _who_is(session: Any, name: str) -> tuple[bool, list[search.Hit]]:
    """Whether the directory surely knows this name; and whom it is, or is near to."""
    match = KnownNames.load(session).match(name)
    likely = []
    if match.organisation_id is not None:
        likely = [search.Hit("organisation", match.organisation_id, match.name)]
        if match.sure and match.relation == "same":
            return True, likely
    found = search.find(session, name) or search.find(session, search.nearest(session, name) or "")
    hits = [hit for hit in found if hit.noun in ("organisation", "person")]
    near = {(hit.noun, hit.id): hit for hit in (*likely, *hits)}  # the one found says its place
    return False, list(near.values())[:NEAR]


def _so_far(session: Any, appeal_id: int, hit: search.Hit) -> list[appeals.AnswerLine]:
    known = appeals.signature_of(session, appeal_id, **_one(hit))
    return appeals.answers(session, known) if known else []


def _one(hit: search.Hit) -> dict[str, int]:
    return {f"{hit.noun}_id": hit.id}


def _note(session: Any, values: dict[str, Any]) -> int:
    """Whoever it is takes that part in the appeal; signatures in all."""
    appeal_id, said, hit = values["appeal_id"], values["said"], values["who"]
    who: dict[str, Any] = _one(hit) if hit else {"new": values["new"]}
    how: dict[str, Any] = {
        key: values[key] for key in ("name", "channel", "with_whom", "note", "on")
    }
    how["unnamed"] = bool(values["unnamed"])
    if said in appeals.SAID:
        appeals.note_answer(session, appeal_id, said, **who, **how)
    else:
        how |= {"role": "relayed"} if said == "relays" else {"status": "withdrawn"}
        if hit is None:
            who = {"organisation_id": _called(session, values["new"])}
        appeals.sign(session, appeal_id, **who, **how)
    return appeals.counts(session, appeal_id).signed


def _called(session: Any, name: str) -> int:
    """The organisation that surely is the one of this name; else a new one."""
    match = KnownNames.load(session).match(name)
    if match.organisation_id is not None and match.sure and match.relation == "same":
        return match.organisation_id
    return contacts.add_organisation(session, name)
