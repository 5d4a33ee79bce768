"""Which of many names is surely a written one, without comparing it with each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from crm.words.acronyms import BRACKET, acronym_of, beginnings, letters_of
from crm.words.keys import identities, identity
from crm.words.likeness import opening_acronym, surely_same
from crm.words.shape import fold, tidy, unquoted


class Namesakes:
    """Thousands of names, each found again under any spelling that is surely its own."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._short: dict[str, list[int]] = defaultdict(list)  # by the acronym they open with
        self._long: dict[str, list[int]] = defaultdict(list)  # by those that may stand for them
        for at, name in enumerate(self._names):
            for key in _keys(name):
                self._keys[key].append(at)
            for letters in _short(name):
                self._short[letters].append(at)
            for letters in _long(name):
                self._long[letters].append(at)

    def find(self, name: str) -> list[int]:
        """The places of the names that are surely this one."""
        likely = set(_held(self._keys, _keys(name)))
        likely.update(_held(self._long, _short(name)), _held(self._short, _long(name)))
        return [at for at in sorted(likely) if surely_same(self._names[at], name)]


def _held(places: dict[str, list[int]], keys: Iterable[str]) -> Iterator[int]:
    for key in keys:
        yield from places.get(key, ())


def _keys(name: str) -> set[str]:
    """What two spellings have in common: their key, also cut otherwise, or less an explanation."""
    keys = {*identities(name), identity(BRACKET.sub(" ", name)), identity(name).replace(" ", "")}
    return {*keys, fold(name), tidy(name).casefold()} - {""}  # a name may be signs alone


def _short(name: str) -> set[str]:
    acronym, _behind = opening_acronym(name)
    return {letters_of(acronym)} if acronym else set()


def _long(name: str) -> set[str]:
    own = acronym_of(name)
    return beginnings(" ".join(unquoted(name).split())) | ({letters_of(own)} if own else set())
