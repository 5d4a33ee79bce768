"""The names of the register by all that a written name may share with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from rapidfuzz import fuzz, process

from crm import words
from crm.words.lexicon import CONCEPT, LOCAL, WHOLE
from crm.words.sections import opening

_CROWD = 60  # a word shared by more names than this points at nobody
_CLOSEST = 10  # candidates compared in full
_ALIKE = 72  # below this, of 100, no relation but an acronym's is possible

_SPELLED_OUT = re.compile("([aou])e")
_MAY_HOLD_AN_ACRONYM = re.compile(r"[(\[]|(?<!\S)[^\sa-zß-öø-ÿа-џ]{2,}(?!\S)")
_LONGEST_FIRST = sorted(WHOLE, key=len, reverse=True)
_FIRST = {each.split()[0] for each in WHOLE}
_TRANSLATED = frozenset(CONCEPT)


@dataclass(slots=True)
class Spelling:
    """One name of an organisation, with its key."""

    text: str
    key: str


@dataclass(slots=True)
class Known:
    """An organisation of the register: what it is called."""

    name: str
    country: str | None
    spellings: list[Spelling] = field(default_factory=list)


class Index:
    """Finds, for a written name, the few organisations worth comparing it with."""

    def __init__(self) -> None:
        self.known: dict[int, Known] = {}
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._folded: dict[str, list[int]] = defaultdict(list)
        self._acronyms: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        self._cores: dict[str, list[int]] = defaultdict(list)  # less “Union syndicale”
        self._meanings: dict[str, list[int]] = defaultdict(list)
        self._holding: dict[str, list[int]] = defaultdict(list)
        self._slipped: dict[str, list[str]] | None = None
        self._crowds: dict[tuple[str, ...], set[int]] = {}

    def put(
        self, owner: int, text: str, *, key: str, folded: str, initials: str, country: str | None
    ) -> None:
        """One more name of an organisation."""
        known = self.known.get(owner)
        if known is None:
            known = self.known[owner] = Known(text, country)
        known.spellings.append(Spelling(text, key))
        self._crowds.clear()
        self._folded[folded].append(owner)
        self._keys[key].append(owner)
        if initials:
            self._initials[initials].append(owner)
        if letters := acronym(text):
            self._acronyms[letters].append(owner)
        parts = key.split()
        if parts and parts[0] in _FIRST and (core := _less_opening(key)):
            self._cores[core].append(owner)
        if not _TRANSLATED.isdisjoint(parts):
            self._meanings[_meaning(parts)].append(owner)
        for word in dict.fromkeys(parts):
            holders = self._holding[word]
            holders.append(owner)
            if self._slipped is not None and len(holders) == 1:
                _slip(self._slipped, word)

    def same_key(self, name: str) -> set[int]:
        """Those with a name spelt alike."""
        keys = words.identities(name)
        found = set(chain.from_iterable(self._keys.get(key, ()) for key in keys if key))
        if folded := words.fold(name):
            found.update(self._folded.get(folded, ()))
        return found | set(self._spelled_out(keys))

    def _spelled_out(self, keys: frozenset[str]) -> Iterable[int]:
        """Those whose umlauts are spelled out here: “Gruenes” for “Grünes”."""
        for key in keys:
            short = _SPELLED_OUT.sub(r"\1", key)
            for each in self._keys.get(short, ()) if short != key else ():
                if any(key in words.identities(s.text) for s in self.known[each].spellings):
                    yield each

    def holds(self, name: str) -> bool:
        """Whether one of the names is spelt so."""
        folded = words.fold(name)
        return bool(folded) and folded in self._folded

    def same_acronym(self, letters: str) -> set[int]:
        """Those that have this acronym."""
        return set(self._acronyms.get(letters, ()))

    def same_initials(self, letters: str) -> set[int]:
        """Those whose name begins with these letters, word by word."""
        return set(self._initials.get(letters, ()))

    def near(self, name: str) -> list[int]:
        """Those it may be a section, a slip or a translation of, the likeliest first."""
        key = words.identity(name)
        larger = dict.fromkeys(self._larger(name, key))
        return [*larger, *(each for each in self._sharing(key) if each not in larger)]

    def _larger(self, name: str, key: str) -> Iterable[int]:
        """Organisations whose whole name stands at the beginning, or the end, of this one."""
        for inner in filter(None, (key, " ".join(opening(name, LOCAL, nations=True)[1]))):
            parts = inner.split()
            for count in range(len(parts), 0, -1):
                for part in (" ".join(parts[:count]), " ".join(parts[-count:])):
                    if part != key:
                        yield from self._few(self._keys, part)
                    yield from self._few(self._cores, part)
            if not _TRANSLATED.isdisjoint(parts):
                yield from self._few(self._meanings, _meaning(parts))
            yield from self._of_head(parts[0])

    def _of_head(self, head: str) -> Iterable[int]:
        if 3 <= len(head) <= 12:
            yield from self._few(self._acronyms, head)
            yield from self._few(self._initials, head)

    def _few(self, found: dict[str, list[int]], sought: str) -> list[int]:
        return found.get(sought, [])[:_CLOSEST]

    def _sharing(self, key: str) -> list[int]:
        parts = [self._near(word) for word in set(key.split())]
        rare = [each for each in parts if 0 < self._held(each) <= _CROWD]
        found = {owner for each in rare for word in each for owner in self._holding[word]}
        if not found and len(parts) > 1:
            # Only words that everybody has: who has the two rarest of them together?
            crowds = [self._crowd(each) for each in sorted(filter(None, parts), key=self._held)[:2]]
            found = set(list(set.intersection(*crowds))[: _CROWD * 4]) if crowds else set()
        return self._alike(key, found)

    def _near(self, word: str) -> tuple[str, ...]:
        """The word and those a slip away from it, as far as anybody has them."""
        if len(word) < 5:
            return (word,) if word in self._holding else ()
        near, slips = {word}, self._slips()
        for less in _less_one(word):
            near.update(slips.get(less, ()))
        return tuple(sorted(each for each in near if each in self._holding))

    def _held(self, words_: tuple[str, ...]) -> int:
        return sum(len(self._holding[word]) for word in words_)

    def _crowd(self, words_: tuple[str, ...]) -> set[int]:
        """Who has any of them; kept, since what everybody has is asked again and again."""
        if words_ not in self._crowds:
            self._crowds[words_] = {owner for word in words_ for owner in self._holding[word]}
        return self._crowds[words_]

    def _alike(self, key: str, owners: set[int]) -> list[int]:
        keys = {
            (owner, at): spelling.key
            for owner in owners
            for at, spelling in enumerate(self.known[owner].spellings)
        }
        best = process.extract(
            key, keys, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE, limit=_CLOSEST
        )
        return list(dict.fromkeys(owner for _key, _score, (owner, _at) in best))

    def _slips(self) -> dict[str, list[str]]:
        if self._slipped is None:
            self._slipped = defaultdict(list)
            for word in self._holding:
                _slip(self._slipped, word)
        return self._slipped


def acronym(name: str) -> str:
    """The letters a name is, or gives of itself, as an acronym; empty when it gives none."""
    if not _MAY_HOLD_AN_ACRONYM.search(name):
        return ""  # nearly every name, by the hundred thousand: nothing more to look at
    bare = words.split_article(words.unquoted(words.tidy(name)))[1]
    if " " not in bare:
        return words.letters_of(bare) if words.is_acronym(bare) else ""
    given = words.acronym_of(bare)
    return words.letters_of(given) if given else ""


def _less_opening(key: str) -> str:
    """A key less what only says that it is a whole: “union syndicale entraide” is “entraide”."""
    found = (each for each in _LONGEST_FIRST if key.startswith(f"{each} "))
    return key[len(first) + 1 :] if (first := next(found, "")) else ""


def _meaning(parts: list[str]) -> str:
    """The words of a key in one language."""
    return " ".join(sorted([CONCEPT.get(word, word) for word in parts]))


def _less_one(word: str) -> set[str]:
    """What a word and its one-letter slips have in common: the word less each of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _slip(slipped: dict[str, list[str]], word: str) -> None:
    if len(word) >= 4:
        for less in _less_one(word):
            slipped[less].append(word)
