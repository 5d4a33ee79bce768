"""Names that hold a comma or an "et": the register knows that they are one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from crm import words
from crm.duplicates import KnownNames
from crm.reading.result import Listed, PersonRead, Reading, Span

_MOST = 6  # pieces of one name
_BETWEEN = re.compile(r"[\s,;&]*(?:[^\W\d_]{1,8}\s+)?")  # a comma, a short word that joins


def rejoined(reading: Reading, known: KnownNames) -> Reading:
    """The reading, with neighbouring pieces that are together one known name made that name.

    "Femmes, Paix et Justice" reads as three where nobody knows better.  Pieces that are known
    names themselves stay apart; who has the name of a known organisation is taken for it.
    """
    pieces = _pieces(reading)
    kept: list[Listed | PersonRead] = []
    at = 0
    while at < len(pieces):
        count, name = _whole(reading.text, pieces[at : at + _MOST], known)
        one = pieces[at]
        joined = count > 1 or (isinstance(one, PersonRead) and known.has(one.name))
        kept.append(_named(reading, pieces[at : at + count], name or one.name) if joined else one)
        at += count
    if kept == pieces:
        return reading
    bodies = [one for one in kept if isinstance(one, Listed)]
    people = [one for one in kept if isinstance(one, PersonRead)]
    others = [one for one in reading.people if not (one.signs and one.span)]
    return replace(
        reading,
        organisations=tuple(replace(one, position=at) for at, one in enumerate(bodies)),
        people=(*people, *others),
    )


def _pieces(reading: Reading) -> list[Listed | PersonRead]:
    signers = [one for one in reading.people if one.signs and one.span]
    found: list[Listed | PersonRead] = [
        *(one for one in reading.organisations if one.spans), *signers
    ]  # fmt: skip
    return (
        sorted(found, key=_span) if len(found) == len(reading.organisations) + len(signers) else []
    )


def _span(piece: Listed | PersonRead) -> Span:
    span = piece.spans[0] if isinstance(piece, Listed) else piece.span
    return span or (0, 0)


def _whole(text: str, pieces: Sequence[Listed | PersonRead], known: KnownNames) -> tuple[int, str]:
    """How many of these pieces, from the first on, are one known name; 1 when none are."""
    for count in range(_neighbours(text, pieces), 1, -1):
        start, end = _span(pieces[0])[0], _span(pieces[count - 1])[1]
        written = words.tidy(text[start:end])
        for name in (written, words.split_article(written)[1]):
            if known.has(name) and not all(known.has(one.name) for one in pieces[:count]):
                return count, name
    return 1, ""


def _neighbours(text: str, pieces: Sequence[Listed | PersonRead]) -> int:
    """How many stand on one line, nothing between them but a comma or a word that joins."""
    count = 1
    for one, following in pairwise(pieces):
        between = text[_span(one)[1] : _span(following)[0]]
        if not _BETWEEN.fullmatch(between) or "\n\n" in between:
            break
        count += 1
    return count


def _named(reading: Reading, pieces: Sequence[Listed | PersonRead], name: str) -> Listed:
    first = next((one for one in pieces if isinstance(one, Listed)), None)
    span = _span(pieces[0])[0], _span(pieces[-1])[1]
    emails = [one.email for one in pieces if one.email]
    whole = first or Listed(name=name, published=name)
    return replace(
        whole, name=name, published=words.tidy(reading.text[slice(*span)]),
        email=emails[0] if emails else None, also=(), spans=(span,),
    )  # fmt: skip
