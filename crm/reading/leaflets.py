"""The acronyms at the head or the foot of a leaflet: nothing says that they sign, and all know it."""

from __future__ import annotations

import re

from crm import words
from crm.documents import Document, Line
from crm.reading import people
from crm.reading.listing import Group, Listing
from crm.reading.splitting import starts_name

_BETWEEN = re.compile(r"\s+[/–—|•·-]\s+|\s*,\s+|\s{3,}")
_PICTURE = re.compile(r"\W*(?:logos?|image)\W*", re.IGNORECASE)
_NEAR = 4  # lines from the top or the end
_LEAST = 3


def acronyms_of(document: Document) -> Listing | None:
    """ "CGT – FSU – Solidaires" under the title, or one acronym a line at the end."""
    lines = [line for line in document.lines if line.text and not _PICTURE.fullmatch(line.text)]
    for line in (*lines[:_NEAR], *lines[-_NEAR:]):
        pieces = [piece.strip() for piece in _BETWEEN.split(line.text)]
        if len(pieces) >= _LEAST and _are_acronyms(pieces):
            return _listing([[line]])
    foot = _foot(lines)
    return _listing([[line] for line in foot]) if len(foot) > _LEAST else None


def _foot(lines: list[Line]) -> list[Line]:
    """The lines at the end that are an acronym each, a page's number left aside."""
    found: list[Line] = []
    for line in reversed(lines):
        if re.fullmatch(r"[\d\s/–-]+", line.text) and not found:
            continue
        if not _is_acronym(line.text):
            break
        found.insert(0, line)
    return found


def _are_acronyms(pieces: list[str]) -> bool:
    short = sum(map(_is_acronym, pieces))
    bodies = sum(people.names_body(piece) and starts_name(piece) for piece in pieces)
    return short >= 2 and short + bodies >= len(pieces)


def _is_acronym(text: str) -> bool:
    """ "FNET-École 61", "SUP'2D", "CTU Éduc'Action Bocage": an acronym leads, little follows."""
    parts = text.split()
    if not 1 <= len(parts) <= 4 or text.endswith((".", ":", "!", "?")):
        return False
    first = re.split(r"['’-]", parts[0])[0]
    return len(first) > 1 and (words.is_acronym(first) or (first.isupper() and len(first) <= 8))


def _listing(runs: list[list[Line]]) -> Listing:
    inline = len(runs) == 1
    return Listing(role="signatory", groups=[Group(inline=inline, runs=runs)])
