"""The review of a reading: lines recognised, new, in question or dropped, until all is agreed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from crm import language, places, words
from crm.duplicates import KnownNames
from crm.language import _, n_
from crm.reading.rejoining import rejoined
from crm.reading.result import Listed, PersonRead, Reading, Span

STATES = ("recognised", "new", "question", "dropped")
ANSWERS = ("same", "new", "section", "drop")
"""What the keys 1, 2, 3, 4 answer to a question."""


@dataclass(frozen=True)
class Counts:
    """Exclusive and adding up: recognised + new + questions + dropped = read."""

    read: int
    recognised: int
    new: int
    questions: int
    dropped: int


@dataclass(frozen=True)
class ReviewLine:
    """One line of the review, as it stands."""

    index: int
    noun: str  # organisation, person
    state: str  # of STATES
    name: str  # editable
    published: str  # what a list will print, follows an edited name
    article: str
    country: str | None
    heading: str | None
    heading_words: str | None
    role: str
    email: str | None
    function: str | None  # a person's
    body: str | None  # the organisation behind a person
    also: tuple[str, ...]
    spans: tuple[Span, ...]
    position: int
    candidate_id: int | None = None  # the organisation it is, may be, or is a section of
    candidate: str | None = None  # its displayed name
    candidate_country: str | None = None
    relation: str | None = None  # same, branch_of, ask
    sure: bool = False
    reason: str = ""  # a sentence for people
    answer: str | None = None  # of ANSWERS, once a person has answered


class Review:
    """A reading being agreed upon, line by line; knows nothing of the window that shows it."""

    def __init__(
        self,
        reading: Reading,
        known: KnownNames | None = None,
        country_words: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ) -> None:
        reading = self.reading = rejoined(reading, known) if known is not None else reading
        self.lines: list[ReviewLine] = []
        self._signed: tuple[Collection[int], Collection[str]] = ((), ())
        self._now = 0
        self._answered: list[tuple[int, ReviewLine]] = []
        for one in reading.organisations:
            self.lines.append(_organisation(len(self.lines), one))
        for person in reading.people:
            if person.signs:
                self.lines.append(_person(len(self.lines), person))
        self._place(country_words)
        if known is not None:
            self.compare(known)

    def _place(self, country_words: Mapping[str, Mapping[str, str]]) -> None:
        """Give lines under a heading in the workspace's own words the country it means."""
        meant = {
            words.fold(said): code for own in country_words.values() for code, said in own.items()
        }
        for line in self.lines:
            code = meant.get(words.fold(line.heading_words or ""))
            if code and line.heading_words:
                self.lines[line.index] = replace(line, country=code, heading=None)

    def compare(self, known: KnownNames) -> None:
        """Look every line nobody has answered up in the register again."""
        taken: dict[int, str] = {}
        for line in self.lines:
            if line.noun == "organisation" and line.answer is None and line.state != "dropped":
                self.lines[line.index] = _looked_up(line, known, taken)

    def into(self, organisations: Collection[int] = (), people: Collection[str] = ()) -> None:
        """The organisations and (folded) people who stand in the chosen appeal already."""
        self._signed = (organisations, people)

    # -- what it says -----------------------------------------------------------------------

    def counts(self, noun: str = "organisation") -> Counts:
        """How many lines of this noun stand where."""
        states = [line.state for line in self.lines if line.noun == noun]
        return Counts(
            read=len(states),
            recognised=states.count("recognised"),
            new=states.count("new"),
            questions=states.count("question"),
            dropped=states.count("dropped"),
        )

    def to_record(self) -> list[ReviewLine]:
        """The lines the main button would record now: agreed, and not in the appeal already."""
        organisations, people = self._signed
        return [
            line
            for line in self.lines
            if line.state in {"recognised", "new"}
            and not (line.state == "recognised" and line.candidate_id in organisations)
            and not (line.noun == "person" and line.name in people)
        ]

    def summary(self) -> str:
        """The figures: "43 organisations read: 30 recognised · 9 new · 4 questions"."""
        counts = self.counts()
        read = n_("{n} organisation read", "{n} organisations read", counts.read)
        parts = [
            n_("{n} recognised", "{n} recognised", counts.recognised) if counts.recognised else "",
            n_("{n} new", "{n} new", counts.new) if counts.new else "",
            n_("{n} question", "{n} questions", counts.questions) if counts.questions else "",
            n_("{n} not recorded", "{n} not recorded", counts.dropped) if counts.dropped else "",
        ]
        shown = " · ".join(part for part in parts if part)
        return _("{read}: {parts}").format(read=read, parts=shown) if shown else read

    def button(self) -> str:
        """What the main button says: "Record 39 signatures"."""
        return n_("Record {n} signature", "Record {n} signatures", len(self.to_record()))

    def pending(self) -> str:
        """What becomes of the questions nobody answered; nothing when there are none."""
        count = self.counts().questions
        if not count:
            return ""
        return n_(
            "The question will wait in this appeal",
            "The {n} questions will wait in this appeal",
            count,
        )

    def proof(self) -> list[str]:
        """What a proof-reader would say: names this document spells in two ways."""
        said = _("This document writes “{name}” and “{other}”.")
        return [
            said.format(name=line.name, other=other) for line in self.lines for other in line.also
        ]

    def nothing(self) -> str:
        """What to say of a text without a list; nothing when it has one."""
        if self.lines:
            return ""
        return _("This text contains no list of signatories: nothing will be recorded.")

    def ordered(self) -> list[ReviewLine]:
        """Questions first, then what is new, then the rest, each in the document's order."""
        rank = {"question": 0, "new": 1, "recognised": 2, "dropped": 3}
        return sorted(self.lines, key=lambda line: (rank[line.state], line.index))

    def matches(self) -> dict[int, dict[str, Any]]:
        """What each organisation of the reading may be in the register, by its place in the list."""
        return {
            line.position: {
                "id": line.candidate_id, "name": line.candidate, "reason": line.reason,
                "sure": line.sure, "relation": line.relation,
            }
            for line in self.lines
            if line.noun == "organisation" and line.state in {"recognised", "question"}
        }  # fmt: skip

    # -- questions --------------------------------------------------------------------------

    def question(self) -> ReviewLine | None:
        """The question to ask now."""
        waiting = [line for line in self.lines if line.state == "question"]
        return next(
            (line for line in waiting if line.index >= self._now), waiting[0] if waiting else None
        )

    def number(self) -> tuple[int, int]:
        """Which question this is, and of how many: "Question 1 of 4"."""
        asked = self.counts().questions + len(self._answered)
        return len(self._answered) + 1, asked

    def ask(self, line: ReviewLine) -> str:
        """The sentence of a question."""
        where = f" ({place_words(line)})" if place_words(line) else ""
        if line.relation == "branch_of":
            sentence = _("“{name}”{where}: is it a section of “{known}”, already in the directory?")
        else:
            sentence = _("“{name}”{where}: is it “{known}”, already in the directory?")
        return sentence.format(
            name=line.name,
            where=where,
            known=places.named_apart(line.candidate or "", line.candidate_country, line.country),
        )

    def answer(
        self,
        index: int,
        answer: str,
        organisation_id: int | None = None,
        candidate: str | None = None,
    ) -> None:
        """Note what a person decided about a line; `organisation_id` when it is yet another one."""
        line = self.lines[index]
        self._answered.append((index, line))
        state = {"same": "recognised", "new": "new", "section": "new", "drop": "dropped"}[answer]
        chosen = organisation_id if organisation_id is not None else line.candidate_id
        if answer in {"same", "section"} and chosen is None:
            state, answer = "new", "new"
        self.lines[index] = replace(
            line,
            state=state,
            answer=answer,
            candidate_id=chosen,
            candidate=candidate or line.candidate,
        )
        self._now = index

    def back(self) -> ReviewLine | None:
        """Take the last answer back; its line is as it was, and the one to look at again."""
        if not self._answered:
            return None
        index, line = self._answered.pop()
        self.lines[index] = line
        self._now = index
        return line

    # -- corrections ------------------------------------------------------------------------

    def edit(
        self,
        index: int,
        *,
        name: str | None = None,
        country: str | None = None,
        role: str | None = None,
        noun: str | None = None,
        known: KnownNames | None = None,
    ) -> None:
        """Correct a line: its name, its country (ISO), its part, organisation or person."""
        line = self.lines[index]
        if name is not None:
            line = replace(line, name=name, published=name)
        if country is not None:
            line = replace(line, country=country or None, heading=None, heading_words=None)
        if noun == "person":
            line = replace(
                line, noun=noun, state="new", candidate_id=None, candidate=None, relation=None
            )
        line = replace(line, role=role or line.role, noun=noun or line.noun)
        self.lines[index] = line
        if known is not None and line.noun == "organisation" and line.answer is None:
            self.lines[index] = _looked_up(line, known, {})

    def set_role(self, role: str, indexes: Iterable[int] | None = None) -> None:
        """ "These organisations have signed / call / support / relay", for all or some lines."""
        for index in range(len(self.lines)) if indexes is None else indexes:
            self.lines[index] = replace(self.lines[index], role=role)


def place_words(line: ReviewLine) -> str:
    """Where a line stands, in words: its country, or the heading it was under."""
    if line.country:
        return places.country_name(line.country, language.current())
    return places.heading_name(line.heading, language.current()) if line.heading else ""


def _organisation(index: int, one: Listed) -> ReviewLine:
    return ReviewLine(
        index=index, noun="organisation", state="new", name=one.name, published=one.published,
        article=one.article, country=one.country, heading=one.heading,
        heading_words=one.heading_words, role=one.role, email=one.email, function=None, body=None,
        also=one.also, spans=one.spans, position=one.position,
    )  # fmt: skip


def _person(index: int, one: PersonRead) -> ReviewLine:
    return ReviewLine(
        index=index, noun="person", state="new", name=one.name, published=one.published or one.name,
        article="", country=one.country, heading=None, heading_words=None, role=one.part,
        email=one.email, function=one.role, body=one.organisation, also=(),
        spans=(one.span,) if one.span else (), position=one.position,
    )  # fmt: skip


def _looked_up(line: ReviewLine, known: KnownNames, taken: dict[int, str]) -> ReviewLine:
    """The line beside what the register holds; two lines are never silently one organisation."""
    match = known.match(line.name, country=line.country)
    if match.organisation_id is None:
        return replace(
            line,
            state="new",
            candidate_id=None,
            candidate=None,
            candidate_country=None,
            relation=None,
            reason=match.reason,
            sure=True,
        )
    line = replace(
        line, candidate_id=match.organisation_id, candidate=match.name, relation=match.relation,
        reason=match.reason, sure=match.sure, candidate_country=match.country,
    )  # fmt: skip
    if match.relation == "same" and match.sure:
        twin = taken.setdefault(match.organisation_id, line.name)
        if twin == line.name:
            return replace(line, state="recognised")
        reason = _("“{name}” stands on this list already").format(name=twin)
        return replace(line, state="question", relation="ask", sure=False, reason=reason)
    # A section of something known is never that thing: a new name, which a person may link.
    return replace(line, state="new" if match.relation == "branch_of" else "question")
