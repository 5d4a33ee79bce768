"""A letter as it will be printed, one addressee after the other; and what it still lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from crm import addressees, documents
from crm.addressees import AddresseeRow, Missing
from crm.documents import Text
from crm.documents.printed import END
from crm.errors import Trouble
from crm.language import _
from ui.context import Context
from ui.form import choose
from ui.kit import Card, Dot, IconButton, Words, clear, column, row, scaled
from ui.screens.letter_view import LetterView

_AT_END = re.compile(rf'<p style="margin-left:{END:.0%}">(.*?)</p>', re.DOTALL)


class LetterReader(Card):
    """The preview, whose it is, and notes below it."""

    def __init__(self, context: Context) -> None:
        self.who = choose([])
        self.who.setAccessibleName(_("Addressee"))
        before = IconButton("left", _("Addressee before"), lambda: self._step(-1))
        after = IconButton("right", _("Next addressee"), lambda: self._step(1))
        super().__init__(title=_("As printed"), actions=(before, after))
        self.context = context
        self.letter_id = 0
        self._ways: Sequence[QWidget] = (before, after)
        self.view = LetterView()
        self.view.document().setDocumentMargin(scaled(18))
        self._notes = column(gap=6)
        self.body.addWidget(self.who)
        self.body.addWidget(self.view, 1)
        self.body.addLayout(self._notes)
        self.who.currentIndexChanged.connect(lambda _at: self.read(self.letter_id))

    def show_people(self, people: Sequence[AddresseeRow], chosen: int = 0) -> None:
        """Offer these; the one `chosen`, or the one shown before, first."""
        wanted = chosen or self.who.currentData() or 0
        self.who.blockSignals(True)
        self.who.clear()
        for each in people:
            self.who.addItem(each.name, each.id)
        self.who.setCurrentIndex(max(0, self.who.findData(wanted)) if people else -1)
        self.who.blockSignals(False)
        self.who.setVisible(bool(people))
        for way in self._ways:
            way.setVisible(len(people) > 1)

    def read(self, letter_id: int) -> None:
        """Read the letter again, as it is kept now."""
        self.letter_id = letter_id
        if letter_id:
            self.context.tasks.read(
                self, _preview, letter_id, self.who.currentData() or 0,
                then=self._show, otherwise=self._cannot,
            )  # fmt: skip

    def _step(self, by: int) -> None:
        if self.who.count():
            self.who.setCurrentIndex((self.who.currentIndex() + by) % self.who.count())

    def _show(self, found: tuple[Text, Missing]) -> None:
        text, lacking = found
        at = self.view.verticalScrollBar().value()
        self.view.show_letter("", page_of(text))
        self.view.verticalScrollBar().setValue(at)
        clear(self._notes)
        for tone, sentences in (("bad", lacking.needed), ("warn", lacking.told)):
            for said in sentences:
                self._notes.addLayout(row(Dot(tone), Words(said, "small"), gap=7))

    def _cannot(self, why: Trouble) -> None:
        clear(self._notes)
        self.view.setPlainText(f"{why.message}\n\n{why.hint}")


def page_of(text: Text) -> str:
    """The letter for a preview: what stands at the right is set by a table there."""
    aside = f'<table width="100%"><tr><td width="{END:.0%}"></td><td>\\1</td></tr></table>'
    return _AT_END.sub(aside, documents.as_text(text, "html"))


def _preview(session: Any, letter_id: int, addressee_id: int) -> tuple[Text, Missing]:
    """One addressee's copy; of somebody invented, while there is nobody."""
    written = addressees.read(session, letter_id)
    about = addressees.shared(session, written)
    people = addressees.rows(session, addressees.ids(session, written.appeal_id))
    shown = next((each for each in people if each.id == addressee_id), None)
    somebody = AddresseeRow(
        0, written.appeal_id, _("[Name of the addressee]"), _("[Their address]"), None,
        None, None, None, None,
    )  # fmt: skip
    text = addressees.lay(written, shown or (people[0] if people else somebody), about, draft=True)
    return text, addressees.missing(written, people, about)
