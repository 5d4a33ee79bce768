"""Doubts of a reading that wait in an appeal, answered with one key."""

from __future__ import annotations

import html
from functools import partial
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm import places, reading, search
from crm.language import _, n_
from crm.reading import OpenQuestion
from ui.context import Context
from ui.digits import digit
from ui.kit import AnswerButton, Banner, clear, line
from ui.naming import place_name
from ui.screens.section_of import SectionOf


class OpenQuestions(QWidget):
    """The first doubt that waits, and how many follow; hidden when there is none.

    Its keys 1 2 3 4 work anywhere on `page`, as long as a doubt is in sight.
    """

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__()
        self.context = context
        self.asked: OpenQuestion | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._keys = [
            digit(key, page, partial(self._press, answer))
            for key, answer in zip("1234", reading.ANSWERS, strict=True)
        ]
        self.show_questions([])

    def minimumSizeHint(self) -> QSize:
        """What it needs at its width; a bar that wraps asks for the height of a narrow one."""
        wide = super().minimumSizeHint().width()
        return QSize(wide, self.heightForWidth(max(wide, self.width())))

    def show_questions(self, questions: list[OpenQuestion]) -> None:
        """Ask the first of these."""
        clear(self._inside)
        self.asked = questions[0] if questions else None
        self.setVisible(bool(questions))
        for each in self._keys:
            each.setEnabled(bool(questions))
        if self.asked is not None:
            self._inside.addWidget(self._banner(self.asked, len(questions)))

    def _banner(self, asked: OpenQuestion, waiting: int) -> Banner:
        where = f" ({place_name(asked.country, None)})" if asked.country else ""
        sentence = _("“{name}”{where}: is it “{known}”, already in the directory?").format(
            name=asked.name,
            where=where,
            known=places.named_apart(asked.candidate, asked.candidate_country, asked.country),
        )
        count = n_("{n} question waits.", "{n} questions wait.", waiting)
        return Banner(
            "warn",
            f"<b>{html.escape(count)}</b> {html.escape(sentence)}",
            *answer_buttons(self._press),
            line(_("Ctrl+Z: previous question"), "faint"),
            hint=asked.reason,
        )

    def _press(self, answer: str) -> None:
        asked = self.asked
        if asked is None or not self.isVisible():
            return
        if answer == "section":
            likely = None
            if asked.candidate_id is not None:
                likely = search.Hit("organisation", asked.candidate_id, asked.candidate)
            settle = partial(self._settle, asked.id, answer)
            SectionOf(self.context, self, asked.name, likely, settle).open()
            return
        self._settle(asked.id, answer)

    def _settle(self, question_id: int, answer: str, other: search.Hit | None = None) -> None:
        # Until the next one is shown, a key held down answers nothing.
        self.asked = None
        self.context.tasks.write(
            self, _("Question answered"), reading.settle, question_id, answer,
            other.id if other else None,
        )  # fmt: skip


def answer_buttons(press: Any) -> tuple[AnswerButton, ...]:
    """The four answers, with the keys that give them."""
    words = (_("Yes, the same"), _("A new one"), _("A section of…"), _("Do not record"))
    return tuple(
        AnswerButton(key, said, partial(press, answer))
        for key, said, answer in zip("1234", words, reading.ANSWERS, strict=True)
    )
