"""The words of a review's question, and the small window where a line is corrected."""

from __future__ import annotations

import html
from collections.abc import Callable

from crm.duplicates import KnownNames
from crm.language import _
from crm.reading import Review, ReviewLine
from ui.form import Form, Line
from ui.kit import Dialog, Page
from ui.naming import places


def markup_of(review: Review, line: ReviewLine) -> str:
    """“Question 1 of 4. …”, its figures in bold."""
    number, asked = review.number()
    head = _("Question {n} of {all}.").format(n=number, all=asked)
    return f"<b>{html.escape(head)}</b> {html.escape(review.ask(line))}"


def correct(
    page: Page,
    review: Review,
    line: ReviewLine,
    known: KnownNames | None,
    then: Callable[[], object],
) -> None:
    """Let her correct a line: its name, its country, whether it is a person."""
    form = Form(
        Line("name", _("Name"), needed=True),
        Line("country", _("Country"), "choice", choices=[("", ""), *places()]),
        Line("person", _("This is a person, not an organisation"), "tick"),
    )
    form.fill({"name": line.name, "country": line.country or "", "person": line.noun == "person"})

    def take() -> None:
        if form.complete():
            values = form.values()
            review.edit(
                line.index,
                name=values["name"] if values["name"] != line.name else None,
                country=values["country"] if values["country"] != (line.country or "") else None,
                noun="person" if values["person"] else "organisation",
                known=known,
            )
            dialog.accept()
            then()

    dialog = Dialog(page, _("Correct this line"), save=(_("Keep"), take))
    dialog.put(form)
    dialog.open()
