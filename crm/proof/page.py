"""A document laid out for the proof-reader: its lists, and which of them print the same names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from crm import words
from crm.documents import Document
from crm.duplicates import KnownNames
from crm.language import _
from crm.proof.finding import Edit, Remedy
from crm.proof.letters import mended
from crm.proof.roll import Roll
from crm.reading import Span, Writing, Written

_ALIKE = 80  # of 100: letters of two names that one person may have meant as one
_NEARLY = 88  # of 100, between two names that are each alone in their list
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})


@dataclass(frozen=True)
class Zone:
    """One list, one sentence, the annex: the names that one place of the document gives."""

    part: str
    names: tuple[Written, ...]

    @cached_property
    def keys(self) -> set[str]:
        """What its names are, spelling aside."""
        return {words.identity(each.name) for each in self.names}

    def words(self) -> str:
        """What the user calls it."""
        return {
            "list": _("the list"), "sentence": _("the text"),
            "annex": _("the annex"), "caption": _("a line apart"),
        }[self.part]  # fmt: skip


class Page:
    """What every check is given."""

    def __init__(self, document: Document, writing: Writing, roll: Roll) -> None:
        self.document, self.writing, self.roll = document, writing, roll
        self.text, self.language = document.text, writing.language
        zones = _zones(writing.names)
        lists = [zone for zone in zones if zone.part == "list"]
        said = [zone for zone in zones if zone.part == "sentence"]
        self.lists, self.copies = _told_apart(lists or said)
        self.copies += [zone for zone in zones if zone.part not in {"list", "caption"}]
        self.copies = [zone for zone in self.copies if zone not in self.lists]
        self.captions = [each for each in writing.names if each.part == "caption"]

    @cached_property
    def signers(self) -> list[Written]:
        """Every name of the lists, each list taken once."""
        return [each for zone in self.lists for each in zone.names]

    @cached_property
    def bodies(self) -> list[Written]:
        """The organisations among them."""
        return [each for each in self.signers if not each.person]

    @cached_property
    def folded(self) -> list[str]:
        """The names of the lists, folded."""
        return [words.fold(each.name) for each in self.signers]

    @cached_property
    def finder(self) -> Finder:
        """Finds a name among those of the lists."""
        return Finder((at, each.name) for at, each in enumerate(self.signers))

    @cached_property
    def _expected(self) -> Finder:
        roll = self.roll.expected
        return Finder(
            (at, name) for at, who in enumerate(roll) for name in (who.name, *who.spellings)
        )

    def whose(self, one: Written) -> int | None:
        """Which of those who are expected a name is, if any are and it is one of theirs."""
        return self._expected.find(one.name)[0] if self.roll.expected else None

    def edit(self, one: Written, name: str) -> Edit:
        """Write this name there; what stands before and behind it stays."""
        start, end = place_of_words(self.text, one)
        return Edit((start, end), name)

    def everywhere(self, name: str, instead_of: Iterable[Written]) -> Remedy:
        """The button that keeps one spelling."""
        label = _("Keep “{name}” everywhere").format(name=name)
        return Remedy(label, tuple(self.edit(each, name) for each in instead_of))


class Finder:
    """Whose name a written name is, among some: the same, one a slip away, or none."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        self._known = KnownNames()
        self._keys: dict[str, int] = {}
        self._quoted: dict[str, int] = {}
        for at, name in names:
            self.add(at, name)

    def add(self, at: int, name: str) -> None:
        """One more name of somebody."""
        name = mended(name)
        for key in words.identities(name):
            self._keys.setdefault(key, at)
        self._quoted.setdefault(_in_quotes(name), at)
        self._known.add(at, name)

    def find(self, name: str) -> tuple[int | None, bool]:
        """Whose it is, and whether that is sure; a slip away is not."""
        name = mended(name)
        for key in words.identities(name):
            if key in self._keys:
                return self._keys[key], True
        for own in (_in_quotes(name), words.fold(name)):
            if own and own in self._quoted:
                return self._quoted[own], False
        match = self._known.match(name)
        if match.organisation_id is None or match.relation == "branch_of":
            return None, False
        if match.relation == "same" and match.sure:
            return match.organisation_id, True
        near = any(alike(name, each) for each in self._known.names_of(match.organisation_id))
        return (match.organisation_id, False) if near else (None, False)


def _in_quotes(name: str) -> str:
    """What a name calls itself: “Маяк” of «Центр “Маяк”»."""
    found = re.search("[«“]([^«»“”]{3,})[»”]", name)
    return words.fold(found[1]) if found else ""


def alike(one: str, other: str) -> bool:
    """Two spellings one person may have meant as one: a slip of the hand, or letters for words."""
    mine, theirs = words.fold(one), words.fold(other)
    if any(c.isdigit() for c in mine + theirs) and _digits(mine) != _digits(theirs):
        return False
    if fuzz.ratio(mine, theirs) >= _ALIKE:
        return True
    if set(mine.split()) <= set(theirs.split()) or set(theirs.split()) <= set(mine.split()):
        return words.compare(one, other).relation == "ask"  # a common noun more
    short, long = sorted((one, other), key=len)
    return words.is_acronym(short) and words.initials(long) == words.letters_of(short)


class Unclaimed:
    """Names nobody else claims."""

    def __init__(self, names: dict[int, str]) -> None:
        self.names = names
        self._folded = {at: words.fold(each) for at, each in names.items()}

    def nearest(self, name: str) -> int | None:
        """The one that is this one but for a slip or two."""
        mine = words.fold(name)
        found = process.extractOne(mine, self._folded, scorer=fuzz.ratio, score_cutoff=_NEARLY)
        if not found or _digits(mine) != _digits(found[0]):
            return None
        return int(found[2])

    def claim(self, at: int) -> None:
        """One of them is somebody's now."""
        self.names.pop(at, None)
        self._folded.pop(at, None)


def same_print(one: str, other: str) -> bool:
    """Nothing a reader would notice: quotes, dashes, capitals throughout, an acronym added."""
    mine, theirs = _plain(one), _plain(other)
    if mine == theirs or _less_acronym(mine) == _less_acronym(theirs):
        return True
    shouted = mine.isupper() or theirs.isupper()
    return shouted and words.fold(mine) == words.fold(theirs)


def place_of_words(text: str, one: Written) -> Span:
    """Where the name itself stands, its article and its signs left out."""
    at = text.find(one.published, *one.span)
    return (at, at + len(one.published)) if at >= 0 else one.span


def _plain(name: str) -> str:
    bare = words.unquoted(words.tidy(mended(name))).translate(_APOSTROPHES)
    bare = " ".join(bare.split())
    return bare[:1].upper() + bare[1:]


def _less_acronym(name: str) -> str:
    found = words.acronym_of(name)
    if not found:
        return name
    return name.replace(f"({found})", "").removesuffix(found).strip(" -,")


def _digits(folded: str) -> list[str]:
    return [each for each in folded.split() if any(c.isdigit() for c in each)]


def _zones(names: Sequence[Written]) -> list[Zone]:
    groups: dict[tuple[str, int], list[Written]] = {}
    for each in names:
        groups.setdefault((each.part, each.source), []).append(each)
    return [Zone(part, tuple(found)) for (part, _source), found in groups.items()]


def _told_apart(zones: list[Zone]) -> tuple[list[Zone], list[Zone]]:
    """The lists that together name everybody, and those that only print them again."""
    lists: list[Zone] = []
    copies: list[Zone] = []
    for zone in sorted(zones, key=lambda each: -len(each.keys)):
        again = any(2 * len(zone.keys & other.keys) >= len(zone.keys) for other in lists)
        (copies if again else lists).append(zone)
    return sorted(lists, key=lambda each: each.names[0].span), copies
