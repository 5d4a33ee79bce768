"""The words of a review's questions."""

from __future__ import annotations

import html

from crm.language import _
from crm.reading import Review, ReviewLine


def markup_of(review: Review, line: ReviewLine) -> str:
    """“Question 1 of 4. …”, its figures in bold."""
    sentence = html.escape(review.ask(line))
    if line.state != "question":
        return sentence
    number, asked = review.number()
    head = _("Question {n} of {all}.").format(n=number, all=asked)
    return f"<b>{html.escape(head)}</b> {sentence}"
