"""The proof-reader: every check in turn, over one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crm import documents, words
from crm.documents import Document
from crm.errors import Refused
from crm.proof import addresses, counts, days, letters, marks, names, places, twice
from crm.proof.finding import Finding, in_order
from crm.proof.page import Page
from crm.proof.roll import Roll
from crm.reading import Reading, written

CHECKS: tuple[Callable[[Page], Iterator[Finding]], ...] = (
    names.again, names.captions, names.expected, names.register, twice.twice, twice.strangers,
    places.headings, places.wrong_country, places.order, counts.counts, marks.marks,
    letters.letters, addresses.addresses, addresses.personal, addresses.links, days.weekdays,
    days.people,
)  # fmt: skip
"""What is looked at: adding a check is one function and one word."""


def of_document(document: Document, roll: Roll | None = None) -> list[Finding]:
    """What a proof-reader would say of a document, and of it against who is expected."""
    page = Page(document, written(document), roll or Roll())
    return in_order([found for check in CHECKS for found in check(page)])


def of_reading(reading: Reading, roll: Roll | None = None) -> list[Finding]:
    """The same, of a document already read; the spans are of `Reading.text`."""
    for text in (reading.source, reading.text):
        try:
            again = documents.from_text(reading.name, text)
        except Refused:
            continue
        if again.text == reading.text:
            return of_document(again, roll)
    return []


def folded(name: str) -> str:
    """How `Roll.sort_keys` knows a name."""
    return words.fold(name)
