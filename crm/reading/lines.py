"""One line of a review: an organisation or a person, as it stands between document and register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from crm import language, places
from crm.duplicates import KnownNames
from crm.language import _
from crm.reading.result import Listed, PersonRead, Reading, Span

STATES = ("recognised", "new", "question", "dropped")
ANSWERS = ("same", "new", "section", "drop")
"""What the keys 1, 2, 3, 4 answer to a question."""


@dataclass(frozen=True)
class ReviewLine:
    """One line of the review, as it stands."""

    index: int  # its number in this review: its own for good, whatever is split, joined or added
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
    refused: int | None = None  # the organisation asked about, when the answer was another one
    written: str = ""  # as the document spells it, once a person has corrected the spelling


def lines_of(reading: Reading) -> tuple[ReviewLine, ...]:
    """Those who sign a document, organisations first, before anything is compared."""
    signers = [each for each in reading.people if each.signs]
    bodies = [_organisation(at, each) for at, each in enumerate(reading.organisations)]
    return (*bodies, *(_person(len(bodies) + at, each) for at, each in enumerate(signers)))


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


def place_words(line: ReviewLine) -> str:
    """Where a line stands, in words: its country, or the heading it was under."""
    if line.country:
        return places.country_name(line.country, language.current())
    return places.heading_name(line.heading, language.current()) if line.heading else ""


def is_open(line: ReviewLine) -> bool:
    """Whether the register may still say what it is: an organisation nobody answered about."""
    return line.noun == "organisation" and line.answer is None and line.state != "dropped"


def recognised(lines: Iterable[ReviewLine]) -> dict[int, str]:
    """The organisations of the register that stand on this list, under the name they bear here."""
    found: dict[int, str] = {}
    for line in lines:
        if line.state == "recognised" and line.candidate_id is not None:
            found.setdefault(line.candidate_id, line.name)
    return found


def unknown(line: ReviewLine) -> ReviewLine:
    """The line as one that nothing in the register answers to, and nobody answered about."""
    return replace(
        line, state="new", candidate_id=None, candidate=None, candidate_country=None,
        relation=None, sure=True, reason="", answer=None, refused=None,
    )  # fmt: skip


def looked_up(line: ReviewLine, known: KnownNames, taken: dict[int, str]) -> ReviewLine:
    """The line beside what the register holds; two lines are never silently one organisation.

    `taken` tells which organisations stand on the list already, and learns this one.
    """
    match = known.match(line.name, country=line.country)
    if match.organisation_id is None:
        return replace(unknown(line), reason=match.reason)
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
