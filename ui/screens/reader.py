"""A letter being written, as the chosen partner will read it; and what to know of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from crm import letters, mailings, post
from crm.errors import Trouble
from crm.language import _, n_
from ui.context import Context
from ui.kit import Card, Dot, IconButton, Words, clear, column, row, scaled
from ui.naming import place_name
from ui.screens.letter_view import LetterView


class Reader(QObject):
    """Two cards: the `letter`, one recipient after the other, and the `notes` before sending."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.mailing_id = 0
        self.checklist: mailings.Checklist | None = None
        self._shown = 0  # which recipient
        self.who = Words("", "soft")
        self.view = LetterView()
        before = IconButton("left", _("Recipient before"), partial(self._step, -1))
        after = IconButton("right", _("Next recipient"), partial(self._step, 1))
        self.letter = Card(self.who, self.view, title=_("Preview"), actions=(before, after))
        self.letter.body.setStretch(2, 1)
        self.letter.setMinimumWidth(scaled(260))
        self._notes = column(gap=8)
        self.notes = Card(self._notes, None, title=_("Before sending"), scrolls=True)
        self.notes.setMinimumWidth(scaled(190))

    @property
    def organisation_id(self) -> int | None:
        """Who is shown; None where nobody would receive the letter."""
        recipients = self.checklist.choice.recipients if self.checklist else ()
        return recipients[self._shown].organisation_id if recipients else None

    def read(self, mailing_id: int) -> None:
        """Read it again, as it is kept now."""
        self.mailing_id = mailing_id
        self.context.tasks.read(self, mailings.check, mailing_id, then=self._show_check)

    def _show_check(self, found: mailings.Checklist) -> None:
        self.checklist = found
        clear(self._notes)
        count = len(found.choice.recipients)
        self._note("good", n_("{n} recipient, no duplicate", "{n} recipients, no duplicate", count))
        for reason, how_many in found.choice.reasons.items():
            sentence = n_("{n} left out: {why}", "{n} left out: {why}", how_many)
            self._note("warn", sentence.replace("{why}", _(post.REASONS[reason])))
        for each in found.to_fix:
            self._note("bad", each.sentence)
        for each in found.to_know:
            self._note("warn", each.sentence)
        self._note("good", _("The footer says how to receive no more of our messages"))
        self._step(0)

    def _note(self, tone: str, sentence: str) -> None:
        self._notes.addLayout(row(Dot(tone), Words(sentence, "text"), gap=7))

    def _step(self, by: int) -> None:
        recipients = self.checklist.choice.recipients if self.checklist else ()
        if not recipients:
            self.who.setText(_("Nobody would receive this letter yet."))
            self.view.clear()
            return
        self._shown = (self._shown + by) % len(recipients)
        each = recipients[self._shown]
        where = f"{self._shown + 1} / {len(recipients)}"
        self.who.setText(
            " · ".join(filter(None, [each.name, place_name(each.country, None), where]))
        )
        self.context.tasks.read(
            self, mailings.preview, self.mailing_id, each.organisation_id,
            then=self._read, otherwise=self._cannot_read,
        )  # fmt: skip

    def _read(self, letter: letters.Rendered) -> None:
        self.view.show_letter(letter.subject, letter.html)

    def _cannot_read(self, trouble: Trouble) -> None:
        self.view.show_letter("", "")
        self.view.setPlainText(f"{trouble.message}\n\n{trouble.hint}")
