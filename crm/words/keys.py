"""The key that the spellings of one name share, and no other name has (rule 3)."""

from __future__ import annotations

from functools import lru_cache

from crm.words import lexicon
from crm.words.acronyms import without_acronym
from crm.words.counting import counted
from crm.words.shape import fold, split_article, tidy, unquoted

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
_LAST_OF_A_FORM = frozenset(form[-1] for form in lexicon.LEGAL_BEHIND)
_FIRST_OF_A_FORM = frozenset(form[0] for form in lexicon.LEGAL_IN_FRONT)


@lru_cache(maxsize=20_000)
def identity(text: str) -> str:
    """The key that the spellings of one name share; equal keys are one name.

    Gone are accents, capitals, signs, quotes, articles and small words, legal forms, a common
    noun before a proper name, and an acronym that only repeats the name.
    """
    name = unquoted(without_acronym(text)[0])
    name = without_common_noun(split_article(unquoted(tidy(name)))[1])
    words = _without_legal_forms(list(counted(unquoted(name))))
    if len(words) > 1 and words[0] in lexicon.SHORT:
        words = [*lexicon.SHORT[words[0]].split(), *words[1:]]
    return " ".join(words)


def identities(text: str) -> frozenset[str]:
    """The key, and the one the name has when its umlauts are spelled out: Gruenes for Grünes."""
    if _UMLAUTS.keys().isdisjoint(text):
        return frozenset({identity(text)})
    spelled = "".join(_UMLAUTS.get(c, c) for c in text)
    return frozenset({identity(text), identity(spelled)})


def without_common_noun(name: str) -> str:
    """“groupe Rive Claire” and “L'ASSOCIATION RIVE CLAIRE” without their common noun."""
    first, proper = _split_noun(name)
    return proper if first else name


def common_noun(name: str) -> str:
    """The common noun that `without_common_noun` takes off, folded; empty when none is there."""
    return fold(_split_noun(split_article(unquoted(tidy(name)))[1])[0])


def _split_noun(name: str) -> tuple[str, str]:
    first, _space, rest = name.partition(" ")
    proper = split_article(rest.strip())[1]
    words = fold(proper).split()
    if not words or words[0] in lexicon.SMALL or words[0] in lexicon.ADJECTIVES:
        return "", name
    lower = first[:1].islower() and unquoted(proper).lstrip("#")[:1].isupper()
    if fold(first) in lexicon.COMMON_IN_FRONT:
        capital = unquoted(proper).lstrip("#")[:1].isupper()
        if (len(words) > 1 and capital) or (lower and len(words[0]) > 3):
            return first, proper
    elif lower and len(words) > 1 and fold(first) in lexicon.COMMON_IN_LOWER_CASE:
        return first, proper
    return "", name


def _without_legal_forms(words: list[str]) -> list[str]:
    if words and words[-1] in _LAST_OF_A_FORM:
        for form in lexicon.LEGAL_BEHIND:
            if len(words) > len(form) and tuple(words[-len(form) :]) == form:
                return words[: -len(form)]
    if words and words[0] in _FIRST_OF_A_FORM:
        for form in lexicon.LEGAL_IN_FRONT:
            if len(words) > len(form) and tuple(words[: len(form)]) == form:
                return words[len(form) :]
    return words
