"""Doubts of a reading that wait in an appeal, answered with one key."""

from __future__ import annotations

import html
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm import reading
from crm.language import _, n_
from crm.reading import OpenQuestion
from ui.context import Context
from ui.kit import AnswerButton, Banner, clear
from ui.naming import place_name


class OpenQuestions(QWidget):
    """The first doubt that waits, and how many follow; hidden when there is none."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_questions(self, questions: list[OpenQuestion]) -> None:
        """Ask the first of these."""
        clear(self._inside)
        self.setVisible(bool(questions))
        if not questions:
            return
        first = questions[0]
        where = f" ({place_name(first.country, None)})" if first.country else ""
        sentence = _("“{name}”{where}: is it “{known}”, already in the directory?").format(
            name=first.name, where=where, known=first.candidate
        )
        waiting = n_("{n} question waits.", "{n} questions wait.", len(questions))
        self._inside.addWidget(
            Banner(
                "warn",
                f"<b>{html.escape(waiting)}</b> {html.escape(sentence)}",
                AnswerButton("1", _("Yes, the same"), partial(self._settle, first.id, "same")),
                AnswerButton("2", _("A new one"), partial(self._settle, first.id, "new")),
                AnswerButton("3", _("A section of it"), partial(self._settle, first.id, "section")),
                AnswerButton("4", _("Do not record"), partial(self._settle, first.id, "drop")),
                hint=first.reason,
            )
        )

    def _settle(self, question_id: int, answer: str) -> None:
        self.context.tasks.write(self, _("Question answered"), reading.settle, question_id, answer)
