"""What stands alone on a page, and would mean nothing in the middle of a text: our own short forms."""

from __future__ import annotations

import re

from crm import words
from crm.documents import Document, Line
from crm.reading.entries import Entry, emails_in, entry_of
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
    spans = _pairs(lines) or _only_one(lines)
    found = [entry_of(document.text, span, language) for span in spans]
    return [entry for entry in found if entry is not None]


def _pairs(lines: list[Line]) -> list[tuple[int, int]]:
    """Under a heading that says "Contacts": each name with its address under it."""
    at = next((at for at, one in enumerate(lines) if words.fold(one.text) in _CONTACTS), -1)
    pairs = lines[at + 1 :]
    if at not in {0, 1} or not pairs or len(pairs) % 2 or any(line.cells for line in pairs):
        return []
    if not all(map(_is_address, pairs[1::2])) or any("@" in line.text for line in pairs[::2]):
        return []
    return [(line.start, line.end) for line in pairs[::2]]


def _is_address(line: Line) -> bool:
    return emails_in(line.text) == [line.text]


def _only_one(lines: list[Line]) -> list[tuple[int, int]]:
    if not lines or any(not line.level for line in lines[:-1]) or len(lines) > 2:
        return []
    opening = _ONE.match(lines[-1].text)
    if not opening or not starts_name(lines[-1].text[opening.end() :]):
        return []
    return [(lines[-1].start + opening.end(), lines[-1].end)]
