"""Which words of a name count: the small ones tell nothing, unless they are written to tell."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from crm.words import lexicon
from crm.words.shape import UNSEEN

_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\.?(?![\w])")
_EV = re.compile(r"\be\.\s+V\b\.?")
_ONE_LETTER_BEHIND = re.compile(r"[^\W_]-[^\W_](?![\w'’-])")
_POSSESSIVE = re.compile(r"(?<=[^\W\d_]{2})['’][sS](?![\w])")
_INCLUSIVE = re.compile(
    r"(?<=[^\W\d_]{2})(?:[·‧•⋅](?:\w{1,5})(?:[·‧•⋅]s)?|[.\-](?:e|ne|le|te)[.\-]s|\((?:e|ne|le)\)s?)"
    r"(?![\w])"
)
_GENDER_SIGN = re.compile(r"(?<=[^\W\d_])[*:_](?=in(?:nen)?(?![^\W_]))")
_MARKED = re.compile(r"[.·‧•⋅(*:_-]|['’][sS]")  # nothing to take off without one of these
_ELIDED = frozenset("'’")


@lru_cache(maxsize=20_000)
def counted(name: str) -> tuple[str, ...]:
    """The words of a name that count, folded and in order.

    Small words do not count: *Ligue de Rive* is *Ligue – Rive*.  They do where they end the
    name (*Plan A*) or stand in capitals among small letters (*DES Rive*).
    """
    plain = _plain(name)
    found = list(_WORD.finditer(plain))
    shouted = not any(c.islower() for c in plain)
    kept: list[str] = []
    for at, word in enumerate(found):
        last = at == len(found) - 1
        elided = plain[word.end() : word.end() + 1] in _ELIDED and not last
        glued = word.start() > 1 and plain[word.start() - 1] == "."
        glued = glued or bool(_ONE_LETTER_BEHIND.match(plain, word.start() - 2))
        meant = last or glued or (not shouted and at > 0 and word[0].isupper() and not elided)
        meant = meant or (not shouted and len(word[0]) > 1 and word[0].isupper())
        for part in _folded(word[0]):
            if part not in lexicon.SMALL or (meant and _may_be_meant(word[0], last or glued)):
                kept.append(part)
    return tuple(kept)


def _may_be_meant(word: str, last: bool) -> bool:
    """“Des” with a capital is a title's way; “DES”, “A” or the last word is a name's."""
    return last or len(word) == 1 or (word.isupper() and len(word) > 1)


def every(name: str) -> tuple[str, ...]:
    """All the words of a name, the small ones too, folded."""
    return tuple(part for word in _WORD.findall(_plain(name)) for part in _folded(word))


def _plain(name: str) -> str:
    """The name with dotted letters joined and the marks of gender and possession gone."""
    text = unicodedata.normalize("NFKC", name if name.isprintable() else UNSEEN.sub("", name))
    if not _MARKED.search(text):
        return text
    text = _EV.sub("eV", text)
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = _INCLUSIVE.sub(_plural, text)
    return _GENDER_SIGN.sub("", _POSSESSIVE.sub("", text))


def _plural(found: re.Match[str]) -> str:
    """“citoyen·nes” is read as “citoyens”, “jardiniers·ères” as “jardiniers”."""
    already = found.string[found.start() - 1] == "s"
    return "s" if found[0].rstrip(")").endswith("s") and not already else ""


@lru_cache(maxsize=50_000)
def _folded(word: str) -> tuple[str, ...]:
    # The soft sign is transcribed as an apostrophe, and cuts no word in two.
    plain = "".join(re.findall(r"[a-z0-9]+", anyascii(word).lower()))
    return (plain,) if plain else ()
