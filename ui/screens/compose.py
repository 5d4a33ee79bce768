"""Writing a letter: to whom, what it says, and how the chosen partner will read it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QSplitter

from crm import appeals, letters, mailings, post
from crm.clashes import Clashing
from crm.contacts import NOBODY, Filter
from crm.errors import Trouble
from crm.language import _
from ui import trouble
from ui.context import Context
from ui.kit import (
    Banner,
    Button,
    Card,
    Chip,
    FlowLayout,
    MainButton,
    MenuButton,
    Page,
    Words,
    clear,
    hair,
    line,
    row,
    scaled,
)
from ui.naming import language_name
from ui.screens.clashing import Clashes
from ui.screens.letter_editor import LetterEditor, SubjectLine
from ui.screens.mailbox import with_password
from ui.screens.reader import Reader
from ui.screens.recipients import begin, described

SAVE_AFTER = 900  # milliseconds without typing


class Compose(Page):
    """One draft; it is saved by itself a moment after the last letter typed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("New mailing"))
        self.mailing_id = 0
        self._draft: mailings.Draft | None = None
        self._filling = False
        self._soon = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._soon.timeout.connect(self.save)
        self._kept: dict[str, Any] = {}  # of this draft, as the file has it
        self._refused = False  # the last saving: what stands here is kept nowhere else
        self._filled: dict[str, Any] = {}  # the same, as the fields write it
        self._known: dict[int, str] = {}  # the appeals a letter may speak of
        self._build()
        self.follow("mailing", refresh=self._look_again)
        self.test = Button(_("Send me a test copy"), self._test)
        self.check = MainButton(_("Check and send…"), self._check)
        self.act(self.test, self.check)

    # --- its parts --------------------------------------------------------------------------

    def _build(self) -> None:
        self._to = FlowLayout(gap=6)
        self.writer = Words("", "text")
        self.subject = SubjectLine()
        self.subject.textChanged.connect(self._typed)
        self.language = QComboBox()
        self.language.setAccessibleName(_("Language"))
        for code, name in (("fr", "Français"), ("en", "English")):
            self.language.addItem(name, code)
        self.language.currentIndexChanged.connect(self._typed)
        self.editor = LetterEditor()
        self.editor.edited.connect(self._typed)
        self._attached = FlowLayout(gap=6)
        self.models = MenuButton(_("Start from…"), [])
        left = Card(
            self._field(_("To"), self._to),
            hair(),
            self._field(_("From"), self.writer),
            hair(),
            self._field(_("Subject"), self.subject),
            row(self.language, self.models, None, gap=8),
            self.editor,
            self._attached,
            scrolls=True,
        )
        self.editor.setMinimumHeight(scaled(240))
        left.body.setStretch(6, 1)
        split = QSplitter()
        split.setHandleWidth(scaled(14))
        split.setChildrenCollapsible(False)
        left.setMinimumWidth(scaled(330))
        self.reader = Reader(self.context)
        for part, share in ((left, 46), (self.reader.letter, 36), (self.reader.notes, 18)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([46 * 24, 36 * 24, 18 * 24])
        self.put(split)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for three cards, the check page says what the third would."""
        super().resizeEvent(event)
        self.reader.notes.setVisible(self.width() > scaled(900))

    def _field(self, label: str, inside: Any) -> Any:
        name = line(label, "soft")
        name.setFixedWidth(scaled(56))
        made = row(name, inside)
        made.setStretch(1, 1)
        return made

    # --- coming here ------------------------------------------------------------------------

    def visit(
        self, mailing_id: int = 0, appeal_id: int = 0, organisation_ids: tuple[int, ...] = (),
        statuses: tuple[str, ...] = (), letter: str = "",
    ) -> None:  # fmt: skip
        """Go on with a draft, or begin one: about an appeal, or to some organisations."""
        self.say(None)
        self.flush()
        if mailing_id:
            self._load(mailing_id)
            return
        where = Filter(
            organisations=tuple(organisation_ids),
            appeal_id=appeal_id if statuses else None,
            statuses=statuses,
        )
        self.context.tasks.write(
            self, _("New mailing"),
            partial(begin, where=where, appeal_id=appeal_id or None, letter=letter),
            then=self._load,
        )  # fmt: skip

    def _load(self, mailing_id: int) -> None:
        self.flush()
        self.mailing_id = mailing_id
        self.context.tasks.read(
            self, _everything, mailing_id, then=self._show, otherwise=self._gone
        )

    def _look_again(self) -> None:
        """Something was undone, or another computer wrote: show it, unless it is our own."""
        mine = self._soon.isActive() or self._refused  # not yet kept: never covered
        if self.mailing_id and not mine:
            self.context.tasks.read(
                self, _everything, self.mailing_id, then=self._show_if_other, otherwise=self._gone
            )

    def _show_if_other(self, found: tuple[Any, ...]) -> None:
        if found[0].id == self.mailing_id and _fields(found[0]) != self._kept:
            self._show(found)

    def _gone(self, _why: Trouble) -> None:
        self._soon.stop()
        self.mailing_id = 0
        if self.isVisible():
            self.context.toast(_("This draft is no longer there."))
            self.context.go("mailings")

    def hideEvent(self, event: QHideEvent) -> None:
        """What was typed a moment ago is kept, wherever she goes."""
        self.flush()
        super().hideEvent(event)

    def _show(self, found: tuple[Any, ...]) -> None:
        draft, described, boxes, known = found
        if draft.id != self.mailing_id:
            return  # she has opened another one meanwhile
        self._draft, self._filling, self._kept = draft, True, _fields(draft)
        self._refused = False
        self.head(
            draft.title,
            trail=[(_("Mailings"), lambda: self.context.go("mailings"))],
        )
        self._known = known
        self._fill(self._kept)
        self._filling = True
        box = next((each for each in boxes if each.id == draft.account_id), None)
        self.writer.setText(
            f"{box.sender} <{box.address}>" if box else _("No mailbox yet: open Settings")
        )
        self._show_recipients(described, known)
        self._show_attachments()
        self._offer_models()
        self._filling = False
        self.reader.read(self.mailing_id)

    def _show_recipients(self, described: list[tuple[str, Filter]], known: dict[int, str]) -> None:
        clear(self._to)
        if not described:
            where = self._draft.where if self._draft else NOBODY
            text = _("Nobody chosen yet") if where == NOBODY else _("Every organisation")
            self._to.addWidget(Chip(text, fixed=True))
        for text, without in described:
            chip = Chip(text)
            chip.removed.connect(partial(self._choose, without))
            self._to.addWidget(chip)
        choices = [(_("Every organisation"), lambda: self._choose(Filter()))]
        for appeal_id, title in list(known.items())[:12]:
            for status, words in (
                ("signed", _("Signed: {appeal}")),
                ("asked", _("No answer: {appeal}")),
            ):
                where = Filter(appeal_id=appeal_id, statuses=(status,))
                choices.append((words.format(appeal=title), partial(self._choose, where)))
        self._to.addWidget(MenuButton(_("Choose…"), choices, look="small"))

    def _show_attachments(self) -> None:
        clear(self._attached)
        for attachment_id, name, size in self._draft.attachments if self._draft else ():
            chip = Chip(_("{name} · {size} kB").format(name=name, size=max(1, size // 1024)))
            chip.removed.connect(partial(self._detach, attachment_id))
            self._attached.addWidget(chip)
        self._attached.addWidget(Button(_("Attach…"), self._attach, look="small", icon="attach"))

    def _offer_models(self) -> None:
        language = self.language.currentData() or "fr"
        self.models.offer(
            [(each.name, partial(self._use, each)) for each in letters.ready_letters(language)]
        )

    def _use(self, ready: letters.ReadyLetter) -> None:
        self.flush()
        every = (*letters.ready_letters("fr"), *letters.ready_letters("en"))
        models = [each.body.split() for each in every]
        own = self.editor.source().split()
        if not own or own in models:
            self._take(ready)
            return
        self.context.ask(
            self, _("Replace your letter by “{name}”?").format(name=ready.name),
            _("Undo brings yours back."), yes=_("Replace it"), then=lambda: self._take(ready),
        )  # fmt: skip

    def _take(self, ready: letters.ReadyLetter) -> None:
        self.context.tasks.write(
            self, _("Letter chosen"),
            partial(mailings.change, mailing_id=self.mailing_id, title=ready.name,
                    subject=ready.subject, body=ready.body, language=ready.language),
            then=lambda _done: self._load(self.mailing_id),
        )  # fmt: skip

    def _choose(self, where: Filter) -> None:
        self.flush()
        change = partial(mailings.change, mailing_id=self.mailing_id, where=where)
        self.context.tasks.write(
            self, _("Recipients chosen"), change, then=lambda _done: self._load(self.mailing_id)
        )

    # --- saving -----------------------------------------------------------------------------

    def _typed(self, *_ignored: object) -> None:
        if not self._filling:
            self._soon.start()

    def flush(self) -> None:
        """Keep at once what waits to be kept, in the draft it was written in."""
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
            partial(mailings.change, mailing_id=self.mailing_id, before=shown, **changed),
            then=lambda _done: self._done(then),
            otherwise=lambda why: self._not_kept(why, shown, filled, then),
        )  # fmt: skip

    def _written(self) -> dict[str, Any]:
        return {
            "subject": self.subject.source(),
            "body": self.editor.source(),
            "language": self.language.currentData(),
        }

    def _done(self, then: Any) -> None:
        self._refused = False
        if then is not None:
            then()
        else:
            self.reader.read(self.mailing_id)

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
        labels = {"subject": _("Subject"), "body": _("Letter"), "language": _("Language")}

        def take(kept: dict[str, Any]) -> None:
            theirs = {each.field: each.theirs for each in why.clashes}
            self._kept = self._kept | theirs
            self._fill(self._written() | kept)
            self._filled |= {name: each for name, each in theirs.items() if each != kept[name]}
            self.save(then)

        Clashes(self, why, labels, _in_words, take).open()

    def _fill(self, fields: dict[str, Any]) -> None:
        self._filling = True
        self.subject.show_source(fields["subject"])
        self.language.setCurrentIndex(max(0, self.language.findData(fields["language"])))
        self.editor.show_source(fields["body"], self._known)
        self._filled = self._written()
        self._filling = False

    def _attach(self) -> None:
        self.flush()
        self.context.open_file(self, _("Attach a file"), _("Every file") + " (*)", self._attach_it)

    def _attach_it(self, path: Path) -> None:
        self.context.tasks.think(
            self, path.read_bytes,
            then=lambda content: self.context.tasks.write(
                self, _("File attached"),
                partial(
                    mailings.attach, mailing_id=self.mailing_id, name=path.name, content=content
                ),
                then=lambda _done: self._load(self.mailing_id),
            ),
        )  # fmt: skip

    def _detach(self, attachment_id: int) -> None:
        self.flush()
        self.context.tasks.write(
            self, _("File taken off"), mailings.detach, attachment_id,
            then=lambda _done: self._load(self.mailing_id),
        )  # fmt: skip

    # --- on to sending ----------------------------------------------------------------------

    def _check(self) -> None:
        self.save(lambda: self.context.go("check", mailing_id=self.mailing_id))

    def _test(self) -> None:
        who = self.reader.organisation_id
        if who is None:
            self.say(Banner("warn", _("Nobody would receive this letter yet."), closable=True))
            return
        self.save(lambda: with_password(self, self.mailing_id, partial(self._send_test, who)))

    def _send_test(self, who: int, box: mailings.AccountLine, password: str) -> None:
        self.context.tasks.read(
            self, mailings.test_copy, self.mailing_id, who,
            then=lambda message: self.context.tasks.think(
                self, mailings.send_test, post.SmtpCarrier(box.server, password), message,
                then=lambda _done: self.context.toast(_("A test copy has left for your mailbox.")),
            ),
        )  # fmt: skip


def _everything(session: Any, mailing_id: int) -> tuple[Any, ...]:
    draft = mailings.look(session, mailing_id)
    known = {row.id: row.title for row in appeals.rows_of(session, appeals.ids(session))}
    return draft, described(session, draft.where, known), mailings.accounts(session), known


def _in_words(field: str, value: Any) -> str:
    return language_name(value) if field == "language" else str(value)


def _fields(draft: mailings.Draft) -> dict[str, Any]:
    return {"subject": draft.subject, "body": draft.body, "language": draft.language}
