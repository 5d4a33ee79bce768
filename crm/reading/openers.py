"""Lines that open a list without being made of a heading's words: what stands below tells.

"Diesen Appell tragen folgende Organisationen mit:", "Récap des signataires, à relire SVP :", the
closing words of a letter: each opens a list only when names stand right below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm import words
from crm.documents import Line
from crm.reading import cues, people, rows
from crm.reading.closings import is_closing
from crm.reading.geography import place_of
from crm.reading.splitting import starts_name

_LEAST = 3  # names that make a list of what stands below
_THING = re.compile(
    r"^(?:le|la|les|l['’]|un|une|des|the|der|die|das|el|los|las|il|lo|gli|i|els)\s*[a-zà-ÿ]"
)
"""An article and a small letter: “Le retrait du projet” is what they ask, not who they are."""


def opened_by(line: Line, below: Sequence[Line]) -> str | None:
    """The part this line gives to the names right below it; None where no list begins."""
    if line.cells or line.bullet:
        return None
    if role := _at_the_end(line, below):
        return role
    label = rows.LABEL.match(line.text)
    if line.quoted or len(line.text) > 160 or (label and rows.lists_names(label["rest"])):
        return None
    closing = is_closing(line.text) and len(line.text.split()) <= 14
    role = "signatory" if closing else _role(line, below)
    items = [each for each in below if each.text][:9]
    if role is None or not items or items[0].cells:
        return None
    if not closing and rows.is_enumeration(items[0].text) and not items[0].text.endswith(":"):
        return role
    while items and _sorts(items[0]):
        items = items[1:]
    if items and _sorted_by_label(items[0]) and not closing:
        return role
    named = [each for each in items[:5] if _may_be_named(each)]
    if len(named) < _LEAST or len(named) < len(items[:5]) - 1 or not _may_be_named(items[0]):
        return None
    return role if not closing or _signs_below(items) else None


_LAST_WORDS = re.compile(r"(?:[.!?;…]['’»”)]*|,)\s+")


def _at_the_end(line: Line, below: Sequence[Line]) -> str | None:
    """A paragraph whose last words open a list: "… weitere Unterzeichner haben sich gemeldet:"."""
    after = next((each for each in below if each.text), None)
    if not line.text.endswith((":", "：")) or after is None or not after.bullet:
        return None
    last = _LAST_WORDS.split(line.text)
    if len(last) == 1:
        return None
    return next(filter(None, (cues.announces(part) for part in reversed(last[-2:]))), None)


def _role(line: Line, below: Sequence[Line]) -> str | None:
    """A heading, or the last line of a paragraph that ends in a colon or in the open."""
    open_end = line.text.endswith((":", "：")) or rows.is_heading(line)
    apart = bool(below) and (not below[0].text or bool(below[0].bullet))
    return cues.mentions(line.text) if open_end or apart else None


def _sorts(line: Line) -> bool:
    """A heading above the first names: a country, “Sindacati”, “Bundesweit (7)”."""
    bare = re.sub(r"\s*\(\d+\)\s*:?$", "", line.text).strip(" :")
    if line.bullet or len(bare.split()) > 6:
        return False
    counted = bare != line.text.strip(" :")
    return rows.is_heading(line) or counted or place_of(bare) is not None or cues.is_category(bare)


def _sorted_by_label(line: Line) -> bool:
    """ "Ávila: A; B; C": names behind a place or a kind."""
    label = rows.LABEL.match(line.text)
    return bool(label and rows.is_enumeration(label["rest"]))


def _may_be_named(line: Line) -> bool:
    text = line.text.strip().rstrip(",")
    if len(text.split()) > 16 or text.endswith((";", ":", "?")) or rows.is_particulars(text):
        return False
    if text.endswith(".") and not re.search(r"\b\w{1,4}\.$", text):
        told = people.names_body(text) or bool(_ACRONYM.search(text)) or _says_where(text)
        return bool(line.bullet) and told and not rows.is_spoken(text)
    if _THING.match(text) or not rows.could_sign(text):
        return False
    return starts_name(text) or bool(line.bullet)


_ACRONYM = re.compile(r"\([A-ZÀ-Þ][A-ZÀ-Þ\d-]+\)")


def _says_where(text: str) -> bool:
    behind = re.split(r"\s[–—-]\s|,\s", text.rstrip(" ."))
    return len(behind) > 1 and place_of(behind[-1]) is not None


def asks_for_things(below: Sequence[Line]) -> bool:
    """Items that begin small and go on: what is demanded, whatever verb stands above them."""
    items = [each for each in below if each.text][:2]
    return len(items) == 2 and all(
        each.bullet and each.text[:1].islower() and len(each.text.split()) >= 6 for each in items
    )


def _signs_below(items: Sequence[Line]) -> bool:
    """Below a letter's last words: items with a sign, or lines that are all called as bodies are."""
    first = items[:5]
    if all(line.bullet for line in first):
        return True
    bodies = [people.names_body(line.text) or words.is_acronym(line.text) for line in first]
    somebody = [people.is_function(line.text.partition(",")[2]) for line in first]
    enough = len(first) - 1
    return len(first) >= 4 and (sum(bodies) >= enough or sum(somebody) >= enough)
