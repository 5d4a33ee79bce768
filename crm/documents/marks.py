"""What opens a line of a list: bullets, and numbers that count on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_BULLET = re.compile(r"(\s*)([-*+•·–—▪▫◦‣●○■□◆➢➤✓✔→►⁃∙])[\s\u00a0]+(?=\S)")
_NUMBER = re.compile(
    r"(\s*)(?:n°\s*|№\s*|#)?\(?(\d{1,4})(?:[.)°]|\.\)|"
    r"\s?[-–—/](?=\s))\s*(?=[^\s\d])"
)
_DATED = re.compile(r"\s*\d{1,2}\.?[\s*]+[^\W\d]+\.?\s+(?:19|20)\d\d")


def counted(lines: Sequence[tuple[int, str]]) -> set[int]:
    """Which of the lines, given with their place, count on: "3. Mai" alone is a date."""
    numbered = [
        (int(found[2]), place, at)
        for at, (place, text) in enumerate(lines)
        if (found := _NUMBER.match(text)) and not _DATED.match(text)
    ]
    told = {at for count, _place, at in numbered if count == 1}
    for (before, place, first), (after, next_place, second) in pairwise(numbered):
        if after in {before + 1, before} and next_place - place < 12:
            told |= {first, second}
    return told


def item(text: str, numbered: bool) -> tuple[str, str]:
    """The sign that makes this line an item, and its words; "" when there is none."""
    if found := _BULLET.match(text):
        rest = text[found.end() :]
        number = _NUMBER.match(rest)
        return found[2], rest[number.end() :] if number and numbered else rest
    if numbered and (found := _NUMBER.match(text)):
        return found[0].strip(), text[found.end() :]
    return "", text
