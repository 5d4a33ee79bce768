"""The letter of an appeal to its addressees, written as in a word processor, seen as printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSplitter

from crm import addressees, appeals, letters
from crm.addressees import FIELDS, AddresseeRow, Written
from crm.clashes import Clashing
from crm.errors import Trouble
from crm.language import _
from crm.letters import ReadyLetter
from ui import trouble
from ui.context import Context
from ui.form import DateField, Form, Line, choose
from ui.kit import (
    Banner,
    Button,
    Card,
    FlowLayout,
    LinkButton,
    MainButton,
    MenuButton,
    Page,
    dates,
    line,
    row,
    scaled,
)
from ui.naming import language_name
from ui.screens.clashing import Clashes
from ui.screens.editor import Editor
from ui.screens.letter_editor import LetterEditor, SubjectLine, label_of
from ui.screens.letter_reader import LetterReader
from ui.screens.letter_saving import save_letters

SAVE_AFTER = 900  # milliseconds without typing
KEPT = ("place", "dated_on", "language", "subject", "body", "form", "annex")


class LetterPage(Page):
    """One letter; it is saved by itself a moment after the last letter typed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Letter"))
        self.appeal_id = self.letter_id = self._wanted = 0
        self.people: list[AddresseeRow] = []
        self._filling = self._refused = False
        self._kept: dict[str, Any] = {}  # of this letter, as the file has it
        self._filled: dict[str, Any] = {}  # the same, as the fields write it
        self._soon = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._soon.timeout.connect(self.save)
        self._build()
        self.follow(
            "letter", "addressee", "appeal", "signature", "setting", refresh=self._look_again
        )

    # --- its parts --------------------------------------------------------------------------

    def _build(self) -> None:
        self.place, self.day = QLineEdit(), DateField()
        self.place.setFixedWidth(scaled(190))
        self.place.setAccessibleName(_("Place of the letter"))
        self.place.setPlaceholderText(_("Place"))
        self.day.setAccessibleName(_("Date of the letter"))
        self.language = choose([(code, language_name(code)) for code in addressees.LANGUAGES])
        self.language.setAccessibleName(_("Language"))
        self.subject = SubjectLine(FIELDS)
        self.editor = LetterEditor(FIELDS)
        self.editor.setMinimumHeight(scaled(240))
        self.form = choose(_forms())
        self.form.setAccessibleName(_("Signatories"))
        self.form.setMinimumContentsLength(20)
        self.annex = QCheckBox(_("with their contacts"))
        self.models = MenuButton(_("Start from…"), [])
        self.others = MenuButton(_("Other letters"), [])
        for changed in (
            self.place.textChanged, self.day.textChanged, self.language.currentIndexChanged,
            self.subject.textChanged, self.editor.edited, self.form.currentIndexChanged,
            self.annex.toggled,
        ):  # fmt: skip
            changed.connect(self._typed)
        self.day.setFixedWidth(scaled(150))
        head = LinkButton(_("Our letterhead…"), self._letterhead)
        left = Card(
            FlowLayout(self.language, self.models, self.others, head),
            self._field(_("Place"), FlowLayout(self.place, line(_("Date"), "soft"), self.day)),
            self._field(_("Subject"), self.subject),
            self.editor,
            self._field(_("Signed by"), FlowLayout(self.form, self.annex)),
            scrolls=True,
        )
        left.body.setStretch(3, 1)
        left.setMinimumWidth(scaled(330))
        self.reader = LetterReader(self.context)
        self.reader.setMinimumWidth(scaled(270))
        split = QSplitter()
        split.setHandleWidth(scaled(14))
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.reader)
        split.setSizes([520, 560])
        self.put(split)

    def _field(self, label: str, inside: Any) -> Any:
        name = line(label, "soft")
        name.setFixedWidth(scaled(78))
        made = row(name, inside)
        made.setStretch(1, 1)
        return made

    # --- coming here ------------------------------------------------------------------------

    def visit(
        self, appeal_id: int, letter_id: int = 0, addressee_id: int = 0, starter: str = ""
    ) -> None:
        """Show the letter of an appeal, beginning it where there is none.

        A `starter` asks for another letter, a reminder beside the first one.
        """
        self.say(None)
        self.flush()
        self.appeal_id, self._wanted = appeal_id, addressee_id
        self.letter_id = letter_id
        self.context.tasks.read(
            self, addressees.of_appeal, appeal_id, then=partial(self._found, letter_id, starter)
        )

    def _found(self, letter_id: int, starter: str, known: list[Written]) -> None:
        # The reminder already begun is gone on with; it is the letter after the first.
        if known and (not starter or len(known) > 1):
            self._load(letter_id or known[-1].id)
            return
        self._begin(starter)

    def _begin(self, starter: str = "") -> None:
        self.flush()
        self.context.tasks.write(
            self, _("A letter begun"), partial(addressees.begin, starter=starter),
            self.appeal_id, then=self._load,
        )  # fmt: skip

    def _load(self, letter_id: int) -> None:
        self.flush()
        self.letter_id = letter_id
        self.context.tasks.read(self, _everything, letter_id, then=self._show, otherwise=self._gone)

    def _look_again(self) -> None:
        mine = self._soon.isActive() or self._refused  # not yet kept: never covered
        if self.letter_id and not mine:
            self.context.tasks.read(
                self, _everything, self.letter_id, then=self._show_again, otherwise=self._gone
            )

    def _show_again(self, found: tuple[Any, ...]) -> None:
        written, people = found[0], found[1]
        if written.id != self.letter_id or self._soon.isActive():
            return
        if _fields(written) != self._kept:
            self._show(found)
            return
        self._show_people(people)
        self.reader.read(self.letter_id)

    def _gone(self, _why: Trouble) -> None:
        self._soon.stop()
        self.letter_id = 0
        if self.isVisible():
            self.context.toast(_("This letter is no longer there."))
            self.context.go("appeal", appeal_id=self.appeal_id, tab="addressees")

    def hideEvent(self, event: QHideEvent) -> None:
        """What was typed a moment ago is kept, wherever she goes."""
        self.flush()
        super().hideEvent(event)

    def _show(self, found: tuple[Any, ...]) -> None:
        written, people, sheet, of_appeal, models = found
        if written.id != self.letter_id:
            return  # she has opened another one meanwhile
        self._refused, self._kept = False, _fields(written)
        there = partial(self.context.go, "appeal", appeal_id=sheet.id, tab="addressees")
        self.head(
            _("Letter to the addressees"),
            trail=[(_("Appeals"), lambda: self.context.go("appeals")), (sheet.title, there)],
        )
        self._fill(self._kept)
        self._offer(models, of_appeal)
        self._show_people(people)
        self.reader.read(self.letter_id)

    def _show_people(self, people: list[AddresseeRow]) -> None:
        self.people = people
        self.reader.show_people(people, self._wanted)
        self._wanted = 0
        there = partial(self.context.go, "appeal", appeal_id=self.appeal_id, tab="addressees")
        save = MainButton(_("Save the letters…"), self._save_letters)
        self.act(Button(_("Addressees"), there), save)
        save.setEnabled(bool(people))
        nobody = Banner(
            "info", _("This appeal is addressed to nobody yet: the letter waits for a name."),
            Button(_("Add addressees"), there, look="small"),
        )  # fmt: skip
        self.say(None if people else nobody)

    def _offer(self, models: list[tuple[Written, str]], of_appeal: list[Written]) -> None:
        language = self.language.currentData() or "fr"
        ready = letters.ready_letters(language, "printed")
        choices: list[tuple[str, Callable[[], object]]] = [
            (each.name, partial(self._use, each, each.name)) for each in ready
        ]
        choices += [
            (_("The letter of “{appeal}”").format(appeal=title), partial(self._use, each, title))
            for each, title in models[:12]
        ]
        self.models.offer(choices)
        again: list[tuple[str, Callable[[], object]]] = [
            (_("{day} – {subject}").format(day=dates.day(each.dated_on), subject=_plain(each)),
             partial(self._load, each.id))
            for each in of_appeal if each.id != self.letter_id
        ]  # fmt: skip
        again.append((_("A new letter beside this one"), self._begin))
        self.others.offer(again)

    # --- saving -----------------------------------------------------------------------------

    def _typed(self, *_ignored: object) -> None:
        if not self._filling:
            self._soon.start()

    def flush(self) -> None:
        """Keep at once what waits to be kept, in the letter it was written in."""
        if self._soon.isActive():
            self.save(lambda: None)

    def save(self, then: Any = None) -> None:
        """Keep what is written, then go on."""
        self._soon.stop()
        shown, now = self._kept, self._written()
        changed = {name: value for name, value in now.items() if value != self._filled.get(name)}
        filled, self._kept, self._filled = self._filled, shown | changed, now
        self.context.tasks.write(
            self, _("Letter written"),
            partial(addressees.rewrite, letter_id=self.letter_id, before=shown, **changed),
            then=lambda _done: self._done(then),
            otherwise=lambda why: self._not_kept(why, shown, filled, then),
        )  # fmt: skip

    def _written(self) -> dict[str, Any]:
        day = self.day.value() if self.day.is_understood() else self._kept.get("dated_on")
        return {
            "place": self.place.text().strip(),
            "dated_on": day,
            "language": self.language.currentData(),
            "subject": self.subject.source(),
            "body": self.editor.source(),
            "form": self.form.currentData(),
            "annex": self.annex.isChecked(),
        }

    def _fill(self, fields: dict[str, Any]) -> None:
        self._filling = True
        self.place.setText(fields["place"])
        self.day.set_value(fields["dated_on"])
        self.language.setCurrentIndex(max(0, self.language.findData(fields["language"])))
        self.subject.show_source(fields["subject"])
        self.editor.show_source(fields["body"], {})
        self.form.setCurrentIndex(max(0, self.form.findData(fields["form"])))
        self.annex.setChecked(fields["annex"])
        self._filled = self._written()
        self._filling = False

    def _done(self, then: Any) -> None:
        self._refused = False
        if then is not None:
            then()
        else:
            self.reader.read(self.letter_id)

    def unsaved(self) -> str:
        """What closing would lose."""
        return _("Your letter is not saved yet.") if self._refused else ""

    def _not_kept(
        self, why: Trouble, shown: dict[str, Any], filled: dict[str, Any], then: Any
    ) -> None:
        self._kept, self._filled, self._refused = shown, filled, True
        if not isinstance(why, Clashing):
            self.say(trouble.bar(why))
            return

        def take(kept: dict[str, Any]) -> None:
            theirs = {each.field: each.theirs for each in why.clashes}
            self._kept = self._kept | theirs
            self._fill(self._written() | kept)
            self._filled |= {name: each for name, each in theirs.items() if each != kept[name]}
            self.save(then)

        Clashes(self, why, _labels(), lambda _name, value: str(value), take).open()

    # --- doing ------------------------------------------------------------------------------

    def _use(self, model: ReadyLetter | Written, name: str) -> None:
        self.flush()
        every = [
            each.body.split()
            for language in ("fr", "en")
            for each in letters.ready_letters(language, "printed")
        ]
        own = self.editor.source().split()
        if not own or own in every:
            self._take(model)
            return
        self.context.ask(
            self, _("Replace your letter by “{name}”?").format(name=name),
            _("Undo brings yours back."), yes=_("Replace it"), then=lambda: self._take(model),
        )  # fmt: skip

    def _take(self, model: ReadyLetter | Written) -> None:
        self.context.tasks.write(
            self, _("Letter chosen"), addressees.like, self.letter_id, model,
            then=lambda _done: self._load(self.letter_id),
        )  # fmt: skip

    def _letterhead(self) -> None:
        form = Form(Line("lines", _("Our lines"), "long",
                         hint=_("Printed under your association's name, on every letter: its "
                                "address, where to answer.")))  # fmt: skip
        self.context.tasks.read(
            self, addressees.letterhead,
            then=lambda lines: self._edit_letterhead(form, lines),
        )  # fmt: skip

    def _edit_letterhead(self, form: Form, lines: str) -> None:
        form.fill({"lines": lines})
        Editor(self.context, self, _("Our letterhead"), form, _keep_letterhead,
               label=_("Letterhead")).open()  # fmt: skip

    def _save_letters(self) -> None:
        shown = self.reader.who.currentData()
        self.save(
            lambda: save_letters(
                self.context, self, self.letter_id, self.people, [shown] if shown else []
            )
        )


def _forms() -> list[tuple[str, str]]:
    said = {
        "": _("nobody: no list"),
        "list": _("a list, one after the other"),
        "sentence": _("one sentence"),
        "by-country": _("a list by country"),
    }
    return [(each, said[each]) for each in addressees.FORMS]


def _labels() -> dict[str, str]:
    return {
        "place": _("Place"), "dated_on": _("Date"), "language": _("Language"),
        "subject": _("Subject"), "body": _("Letter"), "form": _("Signatories"),
        "annex": _("with their contacts"),
    }  # fmt: skip


def _plain(each: Written) -> str:
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda found: label_of(found[1], FIELDS), each.subject)


def _fields(written: Written) -> dict[str, Any]:
    return {name: getattr(written, name) for name in KEPT}


def _keep_letterhead(session: Any, values: dict[str, Any]) -> None:
    addressees.set_letterhead(session, values["lines"] or "")


def _everything(session: Any, letter_id: int) -> tuple[Any, ...]:
    written = addressees.read(session, letter_id)
    people = addressees.rows(session, addressees.ids(session, written.appeal_id))
    return (
        written, people, appeals.sheet(session, written.appeal_id),
        addressees.of_appeal(session, written.appeal_id),
        addressees.models(session, written.appeal_id),
    )  # fmt: skip
