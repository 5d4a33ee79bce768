"""Acronyms: which word is one, which name it stands for, and how surely."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from crm.words.counting import counted, every
from crm.words.shape import split_article, tidy, unquoted

BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_HEAD = re.compile(r"^(\S+)\s+[–—-]\s+(.+)$")
_ROMAN = re.compile(r"^[IVX]+$")
_TIMES = (1, 2)  # CCOO, Comisiones Obreras: plurals are doubled in Spanish
_LONGEST = 12  # letters


def is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: capitals, 2 to 12 of them, dots and dashes aside."""
    letters = [c for c in word if c.isalpha()]
    bare = word.replace(".", "").replace("-", "").replace("’", "").replace("'", "")
    if not 2 <= len(letters) <= _LONGEST or " " in word:
        return False
    return bare.isalnum() and word == word.upper()


def is_bracketed_acronym(word: str) -> bool:
    """Whether what stands in brackets is one, mixed letters too: “(GfbV)”."""
    mixed = sum(c.isupper() for c in word) >= 2 and word.isalpha() and len(word) <= 8
    return is_acronym(word) or mixed


def letters_of(acronym: str) -> str:
    """An acronym's letters, one for each: “C.G.T.” and “CGT” are “cgt”, “МХГ” is “mkg”."""
    latin = (anyascii(c)[:1].lower() for c in acronym if c.isalnum())
    return "".join(letter for letter in latin if letter.isalnum())


def acronym_of(text: str) -> str | None:
    """The acronym a name gives of itself: in brackets, before a dash, or glued at its end.

    Only one that the name spells: in “Syndicat des ports CGT” the last word is whose it is.
    """
    return without_acronym(text)[1]


@lru_cache(maxsize=20_000)
def without_acronym(text: str) -> tuple[str, str | None]:
    """A name without the acronym it gives of itself, and that acronym if it gives one."""
    name = unquoted(tidy(text))
    for found in BRACKET.finditer(name):
        inside = found[1].strip()
        rest = f"{name[: found.start()]} {name[found.end() :]}".strip()
        if is_bracketed_acronym(inside) and spells(inside, rest):
            return rest, inside
        if is_acronym(rest) and len(inside.split()) >= 2 and spells(rest, inside):
            return inside, rest
    if (head := _HEAD.match(name)) and is_acronym(head[1]) and spells(head[1], head[2]):
        return head[2], head[1]
    return _without_glued(name)


def _without_glued(name: str) -> tuple[str, str | None]:
    rest, _space, last = name.rpartition(" ")
    rest = rest.rstrip(" –—-,:")
    if len(rest.split()) < 2 or len(last) < 3 or not any(c.islower() for c in rest):
        return name, None
    if is_acronym(last) and not _ROMAN.match(last) and spells(last, rest):
        return rest, last
    return name, None


def initials(text: str) -> str:
    """The first letters of the words that count: “lah” for Ligue des arbres de l'Homme."""
    words = counted(without_acronym(text)[0])
    return "".join(w[0] for w in words) if len(words) > 1 else ""


def spells(acronym: str, name: str) -> bool:
    """Whether an acronym is made of a name's beginnings: SYPELI, SYndicat PEpinières LIttoral."""
    wanted, bare = letters_of(acronym), split_article(name)[1]
    if len(wanted) < 2 or not bare:
        return False
    readings = (counted(bare), every(bare), every(name))
    if any(_made_of(wanted, words) for words in readings):
        return True
    return stands_for(acronym, name) == () or _compound(wanted, counted(bare))


def _made_of(wanted: str, words: tuple[str, ...]) -> bool:
    if not words or words[0][0] != wanted[0]:
        return False  # an acronym begins where the name begins
    reached = {0}
    for at, word in enumerate(words):
        longer = {start + taken for start in reached for taken in _takes(wanted[start:], word)}
        reached = longer if at == 0 else reached | longer
    return len(wanted) in reached


def _compound(wanted: str, words: tuple[str, ...]) -> bool:
    """DGB, Deutscher GewerkschaftsBund: every word gives its first letter, some another within."""
    left = wanted
    for word in words:
        if not left or word[0] != left[0]:
            return False
        left, inside = left[1:], word[1:]
        following = words[words.index(word) + 1 :]
        while left and left[0] in inside and (not following or left[0] != following[0][0]):
            inside = inside[inside.index(left[0]) + 1 :]
            left = left[1:]
    return not left and len(words) > 1


def _takes(wanted: str, word: str) -> range:
    """How many letters a word's beginning may give, 1 to as long as they agree."""
    taken = 0
    while taken < min(len(word), len(wanted)) and word[taken] == wanted[taken]:
        taken += 1
    return range(1, taken + 1)


def stands_for(acronym: str, name: str) -> tuple[str, ...] | None:
    """The words of a name an acronym's letters leave over, or None when they are not its initials.

    “LAH” leaves nothing of Ligue des arbres de l'Homme, and the town of a local league.
    """
    wanted = letters_of(acronym)
    for words in _readings(name):
        for each in _TIMES:
            count, odd = divmod(len(wanted), each)
            if odd or count < 2 or len(words) < count:
                continue
            if "".join(w[0] * each for w in words[:count]) == wanted:
                return tuple(w for w in words[count:] if w in counted(name))
    return None


def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    return counted(name), counted(split_article(name)[1]), every(name)


def hints_at(acronym: str, name: str) -> bool:
    """Whether letters and name may well belong together though some word gives no letter."""
    wanted, words = letters_of(acronym), every(split_article(name)[1])
    if len(wanted) < 3 or not words or words[0][0] != wanted[0]:
        return False
    left = list(wanted)
    for word in words:
        if left and word[0] == left[0]:
            left.pop(0)
    spared = len(counted(name)) - len(wanted)
    return not left and words[-1][0] == wanted[-1] and spared <= max(1, len(wanted) // 2)
