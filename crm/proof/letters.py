"""Letters of two alphabets in one word: a Latin “a” in a Cyrillic name, which no search finds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from crm.language import _
from crm.proof.finding import Edit, Finding, Remedy
from crm.words.shape import UNSEEN

if TYPE_CHECKING:
    from crm.proof.page import Page

_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = "AaBCcEeHIiJjKkMOoPpSsTXxYy"
_CYRILLIC = "АаВСсЕеНІіЈјКкМОоРрЅѕТХхУу"
_LATIN_TO = dict(zip(_LATIN, _CYRILLIC, strict=True))
_TO_LATIN = {other: latin for latin, other in _LATIN_TO.items()}


def letters(page: Page) -> Iterator[Finding]:
    """Words of mixed letters; and words of look-alikes among words of another alphabet."""
    for found in _WORD.finditer(page.text):
        kinds = {_script(c) for c in found[0]} - {""}
        if len(kinds) > 1:
            yield _finding(found[0], found.span(), kinds)
    for each in page.writing.names:
        yield from _disguised(page, each.span)
    for found in UNSEEN.finditer(page.text):
        if found[0] not in "\u00ad\u200d\u200c":
            said = _("A sign that cannot be seen stands here.")
            right = Remedy(_("Take it out"), (Edit(found.span(), ""),))
            yield Finding("script", said, (found.span(),), (right,))


def _finding(word: str, span: tuple[int, int], kinds: set[str]) -> Finding:
    few = min(kinds, key=lambda kind: sum(_script(c) == kind for c in word))
    shown = "".join(c for c in word if _script(c) == few)
    said = _("“{word}” mixes two alphabets: “{letters}” is {alphabet}.").format(
        word=word, letters=shown, alphabet=_named(few)
    )
    meant = _in_one_alphabet(word)
    whole = len({_script(c) for c in meant} - {""}) == 1
    right = Remedy(_("Write it in one alphabet: “{word}”").format(word=meant), (Edit(span, meant),))
    return Finding("script", said, (span,), (right,) if whole else ())


def _disguised(page: Page, span: tuple[int, int]) -> Iterator[Finding]:
    """ "СГТ" in Cyrillic letters inside a name in Latin ones, or the other way round."""
    found = list(_WORD.finditer(page.text, *span))
    scripts = [{_script(c) for c in each[0]} - {""} for each in found]
    if not {"Latin", "Cyrillic"} <= set().union(*scripts):
        return
    for each, mine in zip(found, scripts, strict=True):
        others = [kinds for word, kinds in zip(found, scripts, strict=True) if word is not each]
        table = _TO_LATIN if mine == {"Cyrillic"} else _LATIN_TO
        alone = mine and not any(kinds & mine for kinds in others)
        if alone and len(mine) == 1 and all(c in table for c in each[0]):
            yield _finding_whole(each[0], each.span(), next(iter(mine)), table)


def _finding_whole(word: str, span: tuple[int, int], kind: str, table: dict[str, str]) -> Finding:
    meant = "".join(table[c] for c in word)
    said = _("“{word}” is written in {alphabet} letters, unlike the words around it.").format(
        word=word, alphabet=_named(kind)
    )
    right = Remedy(_("Write it in one alphabet: “{word}”").format(word=meant), (Edit(span, meant),))
    return Finding("script", said, (span,), (right,), sure=False)


@lru_cache(maxsize=20_000)
def mended(name: str) -> str:
    """A name with each word of mixed letters in the alphabet most of it is in."""
    return _WORD.sub(lambda found: _in_one_alphabet(found[0]), name)


def _in_one_alphabet(word: str) -> str:
    kinds = {_script(c) for c in word} - {""}
    if len(kinds) < 2:
        return word
    few = min(kinds, key=lambda kind: sum(_script(c) == kind for c in word))
    table = _TO_LATIN if few == "Cyrillic" else _LATIN_TO
    return "".join(table.get(c, c) if _script(c) == few else c for c in word)


@lru_cache(maxsize=4_000)
def _script(letter: str) -> str:
    if letter.isascii():
        return "Latin" if letter.isalpha() else ""
    first = unicodedata.name(letter, "").split(" ", 1)[0]
    return {"LATIN": "Latin", "CYRILLIC": "Cyrillic", "GREEK": "Greek"}.get(first, "")


def _named(kind: str) -> str:
    return {"Latin": _("Latin"), "Cyrillic": _("Cyrillic"), "Greek": _("Greek")}[kind]
