"""What stands alone on a page, and would mean nothing in the middle of a text: our own short forms."""

from __future__ import annotations

import re
from dataclasses import replace

from crm import words
from crm.documents import Document, Line
from crm.reading.entries import EMAIL, Entry, entry_of
from crm.reading.result import Span
from crm.reading.splitting import starts_name

_ONE = re.compile(
    r"(?:L['’]organisation|The organisation|Die Organisation|La organización|L['’]organizzazione|"
    r"L['’]organització|A organização|Организация|Організація) (?=\S)"
)
_CONTACTS = {
    "contacts", "kontakte", "contactos", "contatti", "contactes", "kontakty", "contact", "kontakt",
}  # fmt: skip


def standing_alone(document: Document, language: str | None) -> list[Entry]:
    """The names of a document that is nothing but an annex, or "The organisation Vigie".

    At most a title stands above, and no line is anything else.
    """
    lines = [line for line in document.lines if line.text]
    if pairs := _pairs(document, lines):
        found = [(entry_of(document.text, span, language), email) for span, email in pairs]
        return [replace(entry, email=email) for entry, email in found if entry is not None]
    entries = [entry_of(document.text, span, language) for span in _only_one(lines)]
    return [entry for entry in entries if entry is not None]


def _pairs(document: Document, lines: list[Line]) -> list[tuple[Span, str]]:
    """Under a heading that says "Contacts": each name with its address behind it."""
    at = next((at for at, one in enumerate(lines) if words.fold(one.text) in _CONTACTS), -1)
    if at not in {0, 1} or len(lines) == at + 1 or any(line.cells for line in lines):
        return []
    start, end = lines[at + 1].start, lines[-1].end
    found: list[tuple[Span, str]] = []
    for address in EMAIL.finditer(document.text, start, end):
        found.append(((start, address.start()), address[0]))
        start = address.end()
    names = [document.text[slice(*span)].strip() for span, _email in found]
    well = all(name and len(name.split()) <= 24 and starts_name(name) for name in names)
    return found if well and not document.text[start:end].strip() else []


def _only_one(lines: list[Line]) -> list[Span]:
    if not lines or any(not line.level for line in lines[:-1]) or len(lines) > 2:
        return []
    opening = _ONE.match(lines[-1].text)
    if not opening or not starts_name(lines[-1].text[opening.end() :]):
        return []
    return [(lines[-1].start + opening.end(), lines[-1].end)]
