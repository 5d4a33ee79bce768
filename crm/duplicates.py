"""Is this written name one we know?  Answered by rule 3: doubt asks, and every answer is learnt."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from crm import contacts, words
from crm.language import _
from crm.schema import Name, NotSame, Organisation

_CROWD = 60  # a word shared by more names than this says nothing
_CLOSEST = 40  # candidates compared in full


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


@dataclass
class _Known:
    name: str
    country: str | None
    spellings: list[str] = field(default_factory=list)


class KnownNames:
    """Every name of the register, ready to be compared with thousands of written ones."""

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self._keys: dict[str, set[int]] = defaultdict(set)
        self._acronyms: dict[str, set[int]] = defaultdict(set)
        self._initials: dict[str, set[int]] = defaultdict(set)
        self._holding: dict[str, set[int]] = defaultdict(set)
        self._apart: set[tuple[str, int]] = set()

    @classmethod
    def load(cls, session: Session) -> KnownNames:
        """All names of the register, and what people have told apart."""
        known = cls()
        query = (
            select(Name.organisation_id, Name.text, Name.key, Name.initials, Name.displayed,
                   Organisation.country)
            .join(Organisation, Organisation.id == Name.organisation_id)
            .where(Organisation.merged_into_id.is_(None))
        )  # fmt: skip
        for row in session.execute(query):
            known._put(row.organisation_id, row.text, row.key, row.initials, row.country)
            if row.displayed:
                known._known[row.organisation_id].name = row.text
        known._apart = set(session.execute(select(NotSame.key, NotSame.organisation_id)).tuples())
        return known

    def add(self, organisation_id: int, name: str, country: str | None = None) -> None:
        """One more name, met since the register was read."""
        self._put(organisation_id, name, words.identity(name), words.initials(name), country)

    def _put(
        self, organisation_id: int, text: str, key: str, initials: str, country: str | None
    ) -> None:
        known = self._known.setdefault(organisation_id, _Known(text, country))
        known.spellings.append(text)
        self._keys[key].add(organisation_id)
        if initials:
            self._initials[initials].add(organisation_id)
        if acronym := _acronym(text):
            self._acronyms[acronym].add(organisation_id)
        for word in key.split():
            for block in _blocks(word):
                self._holding[block].add(organisation_id)

    def match(self, name: str, *, country: str | None = None) -> Match:
        """The organisation a written name is; its country, where given, must agree or is asked."""
        key = words.identity(name)
        exact = self._left(key, self._keys.get(key, set()))
        if exact:
            return self._same(name, exact, country)
        short = self._left(key, self._by_acronym(name))
        if short and (found := self._same_acronym(name, short, country)):
            return found
        return self._closest(name, key, country)

    def _left(self, key: str, found: set[int]) -> set[int]:
        return {each for each in found if (key, each) not in self._apart}

    def _by_acronym(self, name: str) -> set[int]:
        found: set[int] = set()
        if acronym := _acronym(name):
            found |= self._acronyms.get(acronym, set()) | self._initials.get(acronym, set())
        if initials := words.initials(name):
            found |= self._acronyms.get(initials, set())
        return found

    def _same(self, name: str, found: set[int], country: str | None) -> Match:
        here = {each for each in found if self._agrees(each, country)}
        if len(here) == 1:
            each = here.pop()
            return self._answer(each, "same", self._why(each, name), sure=True)
        each = min(here or found)
        if here:
            return self._answer(each, "ask", _("several organisations have this name"), sure=False)
        return self._answer(each, "ask", _("same name, another country"), sure=False)

    def _same_acronym(self, name: str, found: set[int], country: str | None) -> Match | None:
        alike = {each for each in found if self._relation(each, name)[0] == "same"}
        here = {each for each in alike if self._agrees(each, country)}
        if len(here) == 1:
            each = here.pop()
            return self._answer(each, "same", self._relation(each, name)[1], sure=True)
        if alike:
            reason = _("this acronym belongs to several, or to another country")
            return self._answer(min(here or alike), "ask", reason, sure=False)
        return None

    def _closest(self, name: str, key: str, country: str | None) -> Match:
        best: tuple[int, int, str, str] | None = None
        for each in self._candidates(key):
            relation, reason = self._relation(each, name)
            if relation == "different" or (key, each) in self._apart:
                continue
            order = {"same": 0, "branch_of": 1, "ask": 2}[relation]
            order = order * 2 + (not self._agrees(each, country))
            if best is None or (order, -len(self._known[each].name)) < (best[0], -best[1]):
                best = (order, len(self._known[each].name), f"{each}", f"{relation}|{reason}")
        if best is None:
            return Match(None, "", "new", _("not in the directory"), sure=True)
        each = int(best[2])
        relation, reason = best[3].split("|", 1)
        # A section of what we know is a new organisation, linked; a person says so once.
        sure = relation == "same" and self._agrees(each, country)
        return self._answer(each, relation if sure or relation != "same" else "ask", reason, sure)

    def _candidates(self, key: str) -> list[int]:
        shared: dict[int, int] = defaultdict(int)
        for word in key.split():
            for block in _blocks(word):
                holders = self._holding.get(block, set())
                if len(holders) <= _CROWD:
                    for each in holders:
                        shared[each] += 1
        return sorted(shared, key=lambda each: -shared[each])[:_CLOSEST]

    def _relation(self, organisation_id: int, name: str) -> tuple[str, str]:
        order = {"same": 0, "branch_of": 1, "ask": 2, "different": 3}
        found = [words.compare(name, each) for each in self._known[organisation_id].spellings]
        best = min(found, key=lambda each: order[each.relation])
        return best.relation, best.reason

    def _why(self, organisation_id: int, name: str) -> str:
        return self._relation(organisation_id, name)[1]

    def _agrees(self, organisation_id: int, country: str | None) -> bool:
        own = self._known[organisation_id].country
        return country is None or own is None or own == country

    def _answer(self, organisation_id: int, relation: str, reason: str, sure: bool) -> Match:
        return Match(organisation_id, self._known[organisation_id].name, relation, reason, sure)


def _acronym(name: str) -> str:
    bare = words.split_article(words.unquoted(words.tidy(name)))[1]
    given = words.acronym_of(bare) or (bare if bare == bare.upper() and " " not in bare else "")
    return words.fold(given).replace(" ", "") if len(given) >= 2 else ""


def _blocks(word: str) -> set[str]:
    """What a word and its one-letter slips have in common: the word less each of its letters."""
    if len(word) < 5:
        return {word}
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def learn(session: Session, name: str, organisation_id: int) -> None:
    """A person said that this written name is that organisation: it answers to it from now on."""
    contacts.add_name(session, organisation_id, name, kind="alias")
    session.execute(
        delete(NotSame).where(
            NotSame.key == words.identity(name), NotSame.organisation_id == organisation_id
        )
    )


def tell_apart(session: Session, name: str, organisation_id: int) -> None:
    """A person said that this written name is not that organisation; it is not asked again."""
    key = words.identity(name)
    known = select(NotSame.id).where(NotSame.key == key, NotSame.organisation_id == organisation_id)
    if session.scalar(known) is None:
        session.execute(insert(NotSame).values(key=key, organisation_id=organisation_id))
