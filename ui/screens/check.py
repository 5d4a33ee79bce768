"""The page before a mailing leaves: who, what, how long, what is wrong, what is worth knowing."""

from __future__ import annotations

import html
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm import mailings, post
from crm.language import _, n_
from crm.language import marked as _m
from ui.context import Context
from ui.kit import (
    Button,
    Card,
    Dialog,
    Dot,
    LinkButton,
    MainButton,
    Page,
    Rich,
    Words,
    clear,
    column,
    heading,
    lead,
    row,
    scaled,
    scrolling,
)
from ui.screens.mailbox import with_password
from ui.screens.sending import start

CHANGE_OF_MIND = 30  # seconds before anything leaves
FIRST_FEW = 50  # recipients from which a first three are offered
REMEDIES: dict[str, tuple[str, tuple[str, dict[str, Any]] | None]] = {
    "account": (_m("Set up your mailbox"), ("settings", {"part": "mailbox"})),
    "sheet": (_m("Check the recovery sheet"), ("settings", {"part": "file"})),
    "nobody": (_m("Choose recipients"), None),
    "subject": (_m("Correct the letter"), None),
    "body": (_m("Correct the letter"), None),
    "letter": (_m("Correct the letter"), None),
    "field": (_m("Correct the letter"), None),
    "attached": (_m("Attach a file"), None),
}
"""What puts a finding right, and where; on the letter's own page when no place is named."""


class Check(Page):
    """Cancel has the focus; no shortcut sends."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, title=_("Check and send"))
        self.mailing_id = 0
        self._left = 0
        self._few = False
        self._found: mailings.Checklist | None = None
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self._sums, self._message, self._time = Card(), Card(), Card()
        self._fix = Card()
        self._know = Card()
        self._last = Card()
        sides = QHBoxLayout()
        sides.addLayout(column(self._sums, self._message, self._time, None, gap=14), 6)
        sides.addLayout(column(self._fix, self._know, None, gap=14), 5)
        inner = QWidget()
        inner.setLayout(sides)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(scaled(14))
        # The last word stays in sight, however long what stands above it.
        self.put(scrolling(inner), self._last)
        self.body.setStretch(0, 1)

    def visit(self, mailing_id: int) -> None:
        """Check a draft."""
        self._clock.stop()
        self.mailing_id = mailing_id
        self.context.tasks.read(self, _check, mailing_id, then=self._show)

    def _show(self, found: tuple[str, mailings.Checklist]) -> None:
        title, self._found = found
        self.head(
            _("Check and send"),
            trail=[
                (_("Mailings"), lambda: self.context.go("mailings")),
                (title, self._back),
            ],
        )
        self._show_sums(self._found)
        self._show_message(self._found)
        self._show_time(self._found)
        self._show_findings(self._found)
        self._offer(self._found)

    def _show_sums(self, found: mailings.Checklist) -> None:
        clear(self._sums.body)
        choice = found.choice
        add = self._sums.body.addWidget
        add(Words(n_("{n} organisation chosen", "{n} organisations chosen", choice.chosen), "lead"))
        for reason, count in choice.reasons.items():
            add(Words(f"− {count} · {_(post.REASONS[reason])}", "text"))
        count = len(choice.recipients)
        add(Words(n_("= {n} message", "= {n} messages", count), "figure"))
        buttons = []
        if count:
            buttons = [Button(n_("See the one", "See the {n}", count), self._see_all)]
        if choice.aside:
            aside = n_(
                "See the one left out and why", "See the {n} left out and why", len(choice.aside)
            )
            buttons.append(Button(aside, self._see_aside))
        self._sums.body.addLayout(row(*buttons, None))

    def _show_message(self, found: mailings.Checklist) -> None:
        if found.choice.recipients:
            first = found.choice.recipients[0].organisation_id
            self.context.tasks.read(
                self, mailings.preview, self.mailing_id, first,
                then=lambda letter: self._write_message(found, letter.subject),
                otherwise=lambda _trouble: self._write_message(found, ""),
            )  # fmt: skip
        else:
            self._write_message(found, "")

    def _write_message(self, found: mailings.Checklist, subject: str) -> None:
        clear(self._message.body)
        self._message.body.addWidget(heading(_("The message")))
        names = [each.name for each in found.choice.recipients]
        lines = [
            (_("From"), found.sender),
            (_("Subject"), subject),
            (
                _("Attached"),
                ", ".join(name for _id, name, _size in found.attachments) or _("nothing"),
            ),
        ]
        if names:
            lines += [(_("First"), " · ".join(names[:3])), (_("Last"), names[-1])]
        for label, text in lines:
            markup = f"{html.escape(label)} : <b>{html.escape(text)}</b>"
            self._message.body.addWidget(Rich(markup))

    def _show_time(self, found: mailings.Checklist) -> None:
        clear(self._time.body)
        self._time.body.addWidget(lead(_("Duration")))
        count = len(found.choice.recipients)
        self._time.setVisible(bool(count))
        sentence = _(
            "Your mailbox takes about {n} messages an hour. {count} messages: about {time}."
        ).format(n=found.per_hour, count=count, time=duration(found.minutes))
        self._time.body.addWidget(Words(sentence, "text"))
        self._time.body.addWidget(
            Words(_("Cosigne must stay open; you can work meanwhile."), "soft")
        )

    def _show_findings(self, found: mailings.Checklist) -> None:
        ready = _("Nothing. Every field is filled, every message ready.")
        for card, title, findings, tone, nothing in (
            (self._fix, _("To put right before sending"), found.to_fix, "bad", ready),
            (self._know, _("Good to know"), found.to_know, "warn", _("Nothing in particular.")),
        ):
            clear(card.body)
            card.body.addWidget(lead(title))
            for each in findings:
                card.body.addLayout(self._finding(each, tone))
            if not findings:
                card.body.addWidget(Words(nothing, "soft"))

    def _finding(self, each: mailings.Finding, tone: str) -> Any:
        parts: list[Any] = [Dot(tone), Words(f"{each.sentence} {each.hint}".strip(), "text")]
        if each.organisations:
            parts.append(LinkButton(_("Leave them out"), partial(self._strike, each.organisations)))
        if each.key in REMEDIES:
            words, place = REMEDIES[each.key]
            what = place or ("compose", {"mailing_id": self.mailing_id})
            parts.append(LinkButton(_(words), lambda: self.context.go(what[0], **what[1])))
        line = row(*parts, gap=7)
        line.setStretch(1, 1)
        return line

    def _strike(self, organisations: tuple[int, ...]) -> None:
        self.context.tasks.write(
            self, _("Recipients left out"),
            partial(mailings.strike, mailing_id=self.mailing_id, organisations=organisations,
                    out=True),
            then=lambda _done: self.visit(self.mailing_id),
        )  # fmt: skip

    # --- the last words ---------------------------------------------------------------------

    def _offer(self, found: mailings.Checklist) -> None:
        clear(self._last.body)
        count = len(found.choice.recipients)
        cancel = Button(_("Do not send"), self._back)
        send = MainButton(n_("Send {n} message", "Send {n} messages", count), self._countdown)
        send.setEnabled(found.ready)
        send.setAutoDefault(False)
        self.send_button, self.cancel_button = send, cancel
        few = []
        if count >= FIRST_FEW:
            few = [Button(_("First to 3, then ask me"), partial(self._countdown, True))]
        then = _("Then 30 seconds to change your mind.") if found.ready else ""
        said = row(Words(then, "soft"), cancel, *few, send)
        said.setStretch(0, 1)
        self._last.body.addLayout(said)
        # Once it is shown: a button that is not yet cannot take the cursor.
        QTimer.singleShot(0, cancel, cancel.setFocus)

    def _countdown(self, few: bool = False) -> None:
        """Nothing leaves for half a minute."""
        clear(self._last.body)
        self._few, self._left = few, CHANGE_OF_MIND
        self._said = Words("", "lead")
        self.cancel_button = Button(_("Do not send"), self._changed_my_mind)
        counting = row(self._said, self.cancel_button)
        counting.setStretch(0, 1)
        self._last.body.addLayout(counting)
        QTimer.singleShot(0, self.cancel_button, self.cancel_button.setFocus)
        self._say_left()
        self._clock.start()

    def unsaved(self) -> str:
        """The half minute has begun."""
        return _("This mailing has not left yet.") if self._clock.isActive() else ""

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves this page has changed her mind: nothing leaves behind her back."""
        if self._clock.isActive() and not event.spontaneous():
            self._clock.stop()
            self.context.toast(_("Nothing has left."))
        super().hideEvent(event)

    def _say_left(self) -> None:
        self._said.setText(
            n_("Nothing has left yet. {n} second", "Nothing has left yet. {n} seconds", self._left)
        )

    def _tick(self) -> None:
        self._left -= 1
        self._say_left()
        if self._left <= 0:
            self.leave_now()

    def leave_now(self) -> None:
        """The half minute is over: fetch the password and begin."""
        self._clock.stop()
        with_password(self, self.mailing_id, self._begin)

    def _begin(self, box: mailings.AccountLine, password: str) -> None:
        self.context.tasks.write(
            self, _("Mailing prepared"), mailings.prepare, self.mailing_id, kind="final",
            then=lambda _count: self._send(password),
        )  # fmt: skip

    def _send(self, password: str) -> None:
        start(self.context, self, self.mailing_id, password, few=3 if self._few else 0)
        self.context.go("progress", mailing_id=self.mailing_id)

    def _changed_my_mind(self) -> None:
        self._clock.stop()
        self.context.toast(_("Nothing has left."))
        self.visit(self.mailing_id)

    def _back(self) -> None:
        self.context.go("compose", mailing_id=self.mailing_id)

    # --- lists ------------------------------------------------------------------------------

    def _see_all(self) -> None:
        if self._found:
            lines = [f"{each.name}\t{each.address}" for each in self._found.choice.recipients]
            self._list(_("Recipients"), lines)

    def _see_aside(self) -> None:
        if self._found:
            lines = [
                f"{each.name}\t{_(post.REASONS[each.reason])}" for each in self._found.choice.aside
            ]
            self._list(_("Left out, and why"), lines)

    def _list(self, title: str, lines: list[str]) -> None:
        dialog = Dialog(self, title, leave=_("Close"), width=560)
        inside = Words("\n".join(line.replace("\t", "   ") for line in lines), "text", copied=True)
        area = scrolling(inside)
        area.setMinimumHeight(320)
        dialog.put(area)
        dialog.open()


def duration(minutes: int) -> str:
    """Minutes as people say them: 11 minutes, 2 h 50."""
    if minutes < 60:
        return n_("{n} minute", "{n} minutes", minutes)
    return _("{hours} h {minutes:02}").format(hours=minutes // 60, minutes=minutes % 60)


def _check(session: Any, mailing_id: int) -> tuple[str, mailings.Checklist]:
    return mailings.look(session, mailing_id).title, mailings.check(session, mailing_id)
