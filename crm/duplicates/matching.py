"""One written name against all the names of the register."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import words
from crm.duplicates.index import Index, acronym
from crm.language import _
from crm.schema import Name, NotSame, Organisation

_SURE_INITIALS = 4  # letters; three are shared by chance too often to decide alone


@dataclass(frozen=True)
class Match:
    """Which known organisation a written name is, if any.

    `relation`: same, branch_of (a section of `organisation_id`), ask, or new.  Only with `sure`
    may it be acted upon without a person.
    """

    organisation_id: int | None
    name: str
    relation: str
    reason: str
    sure: bool
    country: str | None = None  # of that organisation, where it is known


@contextmanager
def _nothing_swept() -> Iterator[None]:
    """All that is made here is kept: looking for garbage in it took a third of the time."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


class KnownNames:
    """Every name of the register, ready to be compared with thousands of written ones."""

    def __init__(self) -> None:
        self._index = Index()
        self._apart: set[tuple[str, int]] = set()

    @classmethod
    def load(cls, session: Session) -> KnownNames:
        """All names of the register, and what people have told apart."""
        known = cls()
        query = (
            select(
                Name.organisation_id, Name.text, Name.key, Name.folded, Name.initials,
                Name.displayed, Organisation.country,
            )
            .join(Organisation, Organisation.id == Name.organisation_id)
            .where(Organisation.merged_into_id.is_(None))
            .order_by(Name.id)
        )  # fmt: skip
        with _nothing_swept():
            for owner, text, key, folded, initials, displayed, country in session.execute(query):
                known._index.put(
                    owner, text, key=key, folded=folded, initials=initials, country=country
                )
                if displayed:
                    known._index.known[owner].name = text
        known._apart = {
            (key, owner)
            for key, owner in session.execute(select(NotSame.key, NotSame.organisation_id))
        }
        return known

    def add(self, organisation_id: int, name: str, country: str | None = None) -> None:
        """One more name, met since the register was read."""
        self._index.put(
            organisation_id, name, key=words.identity(name), folded=words.fold(name),
            initials=words.initials(name), country=country,
        )  # fmt: skip

    def names_of(self, organisation_id: int) -> list[str]:
        """Everything an organisation answers to."""
        return [each.text for each in self._index.known[organisation_id].spellings]

    def has(self, name: str) -> bool:
        """Whether an organisation answers to exactly this name, accents and capitals aside."""
        return self._index.holds(name)

    def match(self, name: str, *, country: str | None = None) -> Match:
        """The organisation a written name is; its country, where given, must agree or is asked."""
        key = words.identity(name)
        if not key:
            return _new()
        if exact := self._left(key, self._index.same_key(name)):
            return self._same(name, exact, country)
        letters = acronym(name)
        if letters and (found := self._by_acronym(key, letters, country)):
            return found
        return self._closest(name, key, country) or self._by_initials(name, key, country) or _new()

    def _left(self, key: str, found: set[int]) -> set[int]:
        """Those that nobody has told apart from this name."""
        return {each for each in found if (key, each) not in self._apart}

    def _here(self, found: set[int], country: str | None) -> set[int]:
        """Those of that country, or whose country is not known; of that country, where some are."""
        of = {each: self._index.known[each].country for each in found}
        known = {each for each in found if country and of[each] == country}
        return known or {each for each in found if country is None or of[each] is None}

    def _same(self, name: str, found: set[int], country: str | None) -> Match:
        here = self._here(found, country)
        if not here:
            return self._answer(min(found), "ask", _("same name, another country"))
        if len(here) > 1:
            return self._answer(min(here), "ask", _("several organisations have this name"))
        each = here.pop()
        relation, reason = self._relation(each, name)
        if relation != "same":
            return self._answer(each, "ask", reason)
        return self._answer(each, "same", reason, sure=True)

    def _by_acronym(self, key: str, letters: str, country: str | None) -> Match | None:
        """A written acronym: whose own it is, or whose words it spells."""
        own = self._left(key, self._index.same_acronym(letters))
        spelt = self._left(key, self._index.same_initials(letters)) - own
        here = self._here(own, country)
        if len(here) == 1:
            return self._answer(here.pop(), "same", _("its acronym"), sure=True)
        if own:
            reason = _("this acronym belongs to several, or to another country")
            return self._answer(min(here or own), "ask", reason)
        here = self._here(spelt, country)
        if len(here) == 1 and len(letters) >= _SURE_INITIALS:
            return self._answer(here.pop(), "same", _("acronym of the name"), sure=True)
        if spelt and len(letters) > 2:
            return self._answer(min(here or spelt), "ask", _("perhaps the acronym of the name"))
        return None

    def _by_initials(self, name: str, key: str, country: str | None) -> Match | None:
        """A written name, of an organisation we may know by its acronym alone."""
        letters = words.initials(name)
        found = self._left(key, self._index.same_acronym(letters)) if len(letters) > 2 else set()
        found = {each for each in found if not self._has_full_name(each)}
        here = self._here(found, country)
        if not found:
            return None
        if len(here) == 1 and len(letters) >= _SURE_INITIALS:
            return self._answer(here.pop(), "same", _("acronym of the name"), sure=True)
        return self._answer(min(here or found), "ask", _("perhaps the acronym of the name"))

    def _has_full_name(self, organisation_id: int) -> bool:
        return any(" " in each.key for each in self._index.known[organisation_id].spellings)

    def _closest(self, name: str, key: str, country: str | None) -> Match | None:
        best: tuple[tuple[int, bool, int], int, str, str] | None = None
        for at, each in enumerate(self._index.near(name)):
            if (key, each) in self._apart:
                continue
            relation, reason = self._relation(each, name)
            if relation == "different":
                continue
            elsewhere = not self._here({each}, country)
            order = ({"same": 0, "branch_of": 1, "ask": 2}[relation], elsewhere, at)
            if best is None or order < best[0]:
                best = (order, each, relation, reason)
        if best is None:
            return None
        (_order, elsewhere, _at), each, relation, reason = best
        if relation == "same" and elsewhere:
            return self._answer(each, "ask", _("same name, another country"))
        return self._answer(each, relation, reason, sure=relation == "same")

    def _relation(self, organisation_id: int, name: str) -> tuple[str, str]:
        """The closest relation with one of its names; a full name outweighs an acronym's chance."""
        order = {"same": 0, "branch_of": 1, "ask": 2, "different": 3}
        spellings = self._index.known[organisation_id].spellings
        if " " in words.identity(name) and self._has_full_name(organisation_id):
            head = words.letters_of(name.split(maxsplit=1)[0])
            spellings = [
                s for s in spellings if " " in s.key or s.key in (head, words.identity(name))
            ]
        found = [words.compare(name, each.text) for each in spellings]
        best = min(found, key=lambda each: order[each.relation])
        return best.relation, best.reason

    def _answer(
        self, organisation_id: int, relation: str, reason: str, *, sure: bool = False
    ) -> Match:
        known = self._index.known[organisation_id]
        return Match(organisation_id, known.name, relation, reason, sure, known.country)


def _new() -> Match:
    return Match(None, "", "new", _("not in the directory"), sure=True)
