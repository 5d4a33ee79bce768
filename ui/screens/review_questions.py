"""The words of a review's question, and the small window where a line is corrected."""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from crm import language, places
from crm.duplicates import KnownNames
from crm.language import _
from crm.reading import Review, ReviewLine
from ui.form import Form, Line
from ui.kit import Dialog
from ui.screens.review_table import roles_short


def markup_of(review: Review, line: ReviewLine) -> str:
    """“Question 1 of 4. …”, its figures in bold."""
    sentence = html.escape(review.ask(line))
    if line.state != "question":
        return sentence
    number, asked = review.number()
    head = _("Question {n} of {all}.").format(n=number, all=asked)
    return f"<b>{html.escape(head)}</b> {sentence}"


def correct(
    owner: QWidget,
    review: Review,
    line: ReviewLine,
    known: KnownNames | None,
    then: Callable[[], object],
) -> Dialog:
    """Let her correct a line: its name, its country, its part, whether it is a person."""
    form = Form(
        Line("name", _("Name"), needed=True),
        Line(
            "country",
            _("Country"),
            "choice",
            choices=[("", ""), *places.countries(language.current())],
        ),
        Line("role", _("Part"), "choice", choices=list(roles_short().items())),
        Line("person", _("This is a person, not an organisation"), "tick"),
    )
    before = {
        "name": line.name, "country": line.country or "", "role": line.role,
        "person": line.noun == "person",
    }  # fmt: skip
    form.fill(before)

    def take() -> None:
        if not form.complete():
            return
        now = form.values()
        review.edit(
            line.index,
            name=now["name"] if now["name"] != before["name"] else None,
            country=now["country"] if now["country"] != before["country"] else None,
            role=now["role"],
            noun="person" if now["person"] else "organisation",
            known=known,
        )
        dialog.accept()
        then()

    dialog = Dialog(owner, _("Correct this line"), save=(_("Keep"), take))
    dialog.put(form)
    dialog.open()
    form.field("name").setFocus()
    return dialog
