"""The review of a reading: lines recognised, new, in question or dropped, until all is agreed."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crm import places, words
from crm.duplicates import KnownNames
from crm.language import _, n_
from crm.places import Place
from crm.reading.lines import (
    ReviewLine,
    is_open,
    lines_of,
    looked_up,
    place_words,
    recognised,
    unknown,
)
from crm.reading.moments import Moment, Moments
from crm.reading.rejoining import rejoined
from crm.reading.result import Reading


@dataclass(frozen=True)
class Counts:
    """Exclusive and adding up: recognised + new + questions + dropped = read."""

    read: int
    recognised: int
    new: int
    questions: int
    dropped: int


class Review(Moments):
    """A reading being agreed upon, line by line; knows nothing of the window that shows it.

    `now`: where another review of this reading stopped, to go on from there.
    """

    def __init__(
        self, reading: Reading, known: KnownNames | None = None, now: Moment | None = None
    ) -> None:
        if known is not None and now is None:
            reading = rejoined(reading, known)
        super().__init__(now or Moment(lines_of(reading), reading.places))
        self.reading = reading
        self._known: KnownNames | None = None
        self._signed: tuple[Collection[int], Collection[str]] = ((), ())
        if known is not None:
            self.compare(known)

    def compare(self, known: KnownNames) -> None:
        """Look every line nobody has answered up in the register again."""
        for _done in self.comparing(known):
            pass

    def comparing(self, known: KnownNames) -> Iterator[int]:
        """The same, telling after each line how many are done."""
        self._known = known
        taken = recognised(each for each in self.lines if not is_open(each))
        now: list[ReviewLine] = []
        for done, line in enumerate(self.lines, 1):
            now.append(looked_up(line, known, taken) if is_open(line) else line)
            yield done
        self.stand(replace(self._now, lines=tuple(now)))

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
        agreed = [line for line in self.lines if line.state in {"recognised", "new"}]
        known = self.repeated()
        return [line for line in agreed if line.index not in known]

    def repeated(self) -> dict[int, str]:
        """Agreed lines that add no signature: "appeal" has it already, or this "list" has."""
        organisations, people = self._signed
        met: set[int] = set()
        found: dict[int, str] = {}
        for line in self.lines:
            if line.noun == "person":
                if line.state == "new" and line.name in people:
                    found[line.index] = "appeal"
            elif line.state == "recognised" and line.candidate_id is not None:
                if line.candidate_id in organisations:
                    found[line.index] = "appeal"
                elif line.candidate_id in met:
                    found[line.index] = "list"
                met.add(line.candidate_id)
        return found

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

    def nothing(self) -> str:
        """What to say of a text without a list; nothing when it has one."""
        if self.lines:
            return ""
        return _("This text contains no list of signatories: nothing will be recorded.")

    def ordered(self) -> list[ReviewLine]:
        """Questions first, then what is new, then the rest, each in the document's order."""
        rank = {"question": 0, "new": 1, "recognised": 2, "dropped": 3}
        return sorted(self.lines, key=lambda line: rank[line.state])

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
        """The question to ask now: the next one below the line decided upon last."""
        start = self.rank(self._now.at) or 0
        turned = itertools.chain(self.lines[start:], self.lines[:start])
        return next((line for line in turned if line.state == "question"), None)

    def number(self) -> tuple[int, int]:
        """Which question this is, and of how many: "Question 1 of 4"."""
        answered = sum(line.answer is not None and not line.sure for line in self.lines)
        waiting = sum(line.state == "question" for line in self.lines)
        return answered + 1, answered + waiting

    def answered(self) -> int:
        """How many lines a person has decided about."""
        return sum(line.answer is not None for line in self.lines)

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
        line = self.line(index)
        if line is None:
            return
        state = {"same": "recognised", "new": "new", "section": "new", "drop": "dropped"}[answer]
        asked, chosen = line.candidate_id, organisation_id or line.candidate_id
        if answer in {"same", "section"} and chosen is None:
            state, answer = "new", "new"
        made = replace(
            line,
            state=state,
            answer=answer,
            candidate_id=chosen,
            candidate=candidate or line.candidate,
            refused=asked if asked != chosen else None,
        )
        label = _("answer about “{name}”").format(name=line.name)
        self.put([made], label, answers=True)

    def back(self) -> ReviewLine | None:
        """The question answered last, asked again; what was corrected since stays so."""
        for ago, step in enumerate(reversed(self._past)):
            line = self.line(step.about)
            if not step.answers or line is None or line.answer is None:
                continue
            if not ago:
                self.undo()
            else:
                was = next(each for each in step.moment.lines if each.index == step.about)
                made = replace(
                    line, state=was.state, answer=None, candidate_id=was.candidate_id,
                    candidate=was.candidate, refused=was.refused,
                )  # fmt: skip
                self.put([made], _("question about “{name}” again").format(name=line.name))
            return self.line(step.about)
        return None

    # -- corrections ------------------------------------------------------------------------

    def edit(
        self,
        index: int,
        *,
        name: str | None = None,
        country: str | None = None,
        role: str | None = None,
        noun: str | None = None,
    ) -> None:
        """Correct a line: its name, its country (ISO), its part, organisation or person."""
        line = was = self.line(index)
        if line is None or was is None:
            return
        if name is not None and name != line.name:
            line = replace(line, name=name, published=name, written=_spelling(line, name))
        if country is not None:
            line = replace(line, country=country or None, heading=None, heading_words=None)
        line = replace(line, role=role or line.role, noun=noun or line.noun)
        if line.noun != was.noun:
            line = unknown(line)
        if (line.name, line.country, line.noun) != (was.name, was.country, was.noun):
            line = self.again([line])[0]
        self.put([line], _("correction of “{name}”").format(name=was.name))

    def set_role(self, role: str, indexes: Iterable[int] | None = None) -> None:
        """ "These organisations have signed / call / support / relay", for all or some lines."""
        chosen = self.chosen(indexes)
        label = n_("part of {n} line", "part of {n} lines", len(chosen))
        self.put([replace(each, role=role) for each in chosen if each.role != role], label)

    def set_place(self, place: Place, indexes: Iterable[int]) -> None:
        """The country of some lines, or a heading that is none."""
        now = [
            replace(each, country=place.country, heading=place.heading, heading_words=None)
            for each in self.chosen(indexes)
        ]
        label = n_("country of {n} line", "country of {n} lines", len(now))
        self.put(self.again(now), label)

    def drop(self, indexes: Iterable[int]) -> None:
        """These lines sign nothing: they are not recorded."""
        chosen = [each for each in self.chosen(indexes) if each.state != "dropped"]
        if len(chosen) == 1:
            self.answer(chosen[0].index, "drop")
            return
        label = n_("{n} line not recorded", "{n} lines not recorded", len(chosen))
        self.put([replace(each, state="dropped", answer="drop") for each in chosen], label)

    def again(self, lines: Sequence[ReviewLine]) -> list[ReviewLine]:
        """These lines looked up in the register, beside all the others."""
        known = self._known
        if known is None:
            return list(lines)
        away = {each.index for each in lines}
        taken = recognised(each for each in self.lines if each.index not in away)
        return [looked_up(each, known, taken) if is_open(each) else each for each in lines]


def _spelling(line: ReviewLine, name: str) -> str:
    """How the document writes a corrected name, if the correction is one of spelling alone."""
    written = line.written or line.name
    alike = words.compare(name, written).relation in {"same", "ask"}
    same_length = len(name.split()) == len(written.split())
    return written if alike and same_length and name != written else ""
