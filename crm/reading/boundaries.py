"""Where the names of a document begin and end, set right by a person: cut, split, joined, moved.

Everything here takes lines and gives lines; nothing is changed in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from crm import words
from crm.places import Place
from crm.reading.entries import Entry, entry_of
from crm.reading.geography import place_of
from crm.reading.lines import ReviewLine, unknown
from crm.reading.result import Span

_EDGES = " \t\n\r\u00a0,;:·•*_|–—-"
_AND = r"(?:et|and|und|sowie|y|e|i|и|та|ainsi que|&)"
_JOINT = re.compile(
    rf"\s*[,;]\s*(?:{_AND}\s+)?|\s+{_AND}\s+|\s*[/|]\s*|\s+[–—-]\s+|\s*[(\[]|\s*\n\s*",
    re.IGNORECASE,
)
_LEADING_AND = re.compile(rf"{_AND}\s+", re.IGNORECASE)
_TRAILING_AND = re.compile(rf"\s+{_AND}\s*$", re.IGNORECASE)
_NEAR = 60  # letters between two pieces of one name, at most
_PAIRS = {")": "(", "]": "[", "»": "«", "”": "“"}


@dataclass(frozen=True)
class Joint:
    """A place where a line may be cut: what goes between, and the two names it leaves."""

    gap: Span  # in the words of the line
    left: str
    right: str


@dataclass(frozen=True)
class Page:
    """The text whose boundaries are set right: its letters, its language, numbers for new lines."""

    text: str
    language: str | None
    numbers: Iterator[int]

    def trimmed(self, start: int, end: int) -> Span:
        """A stretch without the blanks, commas and lonely brackets at its edges."""
        start, end = max(0, start), min(len(self.text), end)
        while start < end and (
            self.text[start] in _EDGES or self._lonely(self.text[start], start, end)
        ):
            start += 1
        while start < end and (
            self.text[end - 1] in _EDGES or self._lonely(self.text[end - 1], start, end)
        ):
            end -= 1
        return start, end

    def _lonely(self, sign: str, start: int, end: int) -> bool:
        inside = self.text[start:end]
        if sign in _PAIRS:
            return _PAIRS[sign] not in inside
        closing = next((close for close, opening in _PAIRS.items() if opening == sign), "")
        return bool(closing) and closing not in inside

    def words(self, span: Span) -> str:
        """What stands there, on one line."""
        return " ".join(self.text[span[0] : span[1]].split())


# -- reading a stretch ----------------------------------------------------------------------


def worded(page: Page, line: ReviewLine, span: Span, spans: Sequence[Span] = ()) -> ReviewLine:
    """The line as named by this stretch; nobody answered about that name yet."""
    entry = entry_of(page.text, span, page.language, among_people=line.noun == "person")
    if entry is None or entry.person != (line.noun == "person"):
        said = words.tidy(page.words(span))
        entry = Entry(span, said, said)
    country = entry.country or line.country
    return replace(
        unknown(line), name=entry.name, published=entry.published, article=entry.article,
        country=country, heading=line.heading if country == line.country else None,
        heading_words=line.heading_words if country == line.country else None,
        email=entry.email or line.email, function=entry.function, body=entry.organisation,
        also=(), written="", spans=tuple(spans) or (span,),
    )  # fmt: skip


def touches(line: ReviewLine, span: Span) -> bool:
    """Whether any of a line stands inside this stretch."""
    return any(start < span[1] and span[0] < end for start, end in line.spans)


# -- cutting --------------------------------------------------------------------------------


def joints(wording: str) -> list[Joint]:
    """Where these words may be two names: a comma, “et”, a bar, a dash, a bracket, a line's end."""
    page = Page(wording, None, iter(()))
    found = []
    for each in _JOINT.finditer(wording):
        joint = halves(page, each.span())
        if joint is not None:
            found.append(joint)
    return found


def halves(page: Page, gap: Span) -> Joint | None:
    """The two names that a gap leaves of a whole text; None where one side has no letter."""
    left, right = _sides(page, (0, len(page.text)), gap)
    if left is None or right is None:
        return None
    return Joint(gap, page.words(left), page.words(right))


def _sides(page: Page, span: Span, gap: Span) -> tuple[Span | None, Span | None]:
    left = page.trimmed(span[0], max(span[0], gap[0]))
    right = page.trimmed(min(span[1], gap[1]), span[1])
    if cut := _TRAILING_AND.search(page.text[slice(*left)]):
        left = page.trimmed(left[0], left[0] + cut.start())
    if cut := _LEADING_AND.match(page.text[slice(*right)]):
        right = page.trimmed(right[0] + cut.end(), right[1])
    return (_if_named(page, left), _if_named(page, right))


def _if_named(page: Page, span: Span) -> Span | None:
    return span if any(letter.isalpha() for letter in page.text[slice(*span)]) else None


def cut(page: Page, line: ReviewLine, gap: Span) -> list[ReviewLine]:
    """What a gap leaves of a line: the line with the names before and behind it, each its own."""
    at = next((each for each in line.spans if _holds(each, gap)), None)
    if at is None:
        return [line]
    others = [each for each in line.spans if each != at]
    pieces = [each for each in _sides(page, at, gap) if each is not None]
    return [
        worded(page, replace(line, index=next(page.numbers)) if number else line, piece,
               (piece, *_echoes(page, others, piece)))
        for number, piece in enumerate(pieces)
    ]  # fmt: skip


def _holds(span: Span, gap: Span) -> bool:
    inside = gap[0] == gap[1] and span[0] < gap[0] < span[1]
    return inside or _overlap(span, gap)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _echoes(page: Page, spans: Sequence[Span], piece: Span) -> list[Span]:
    """The same words in the other printings of a line."""
    said = re.compile(r"\s+".join(map(re.escape, page.words(piece).split())), re.IGNORECASE)
    found = (said.search(page.text, start, end) for start, end in spans)
    return [each.span() for each in found if each]


def carved(page: Page, lines: Sequence[ReviewLine], span: Span) -> list[ReviewLine]:
    """The lines with nothing of them left inside a stretch: shortened, in two, or gone."""
    left: list[ReviewLine] = []
    for line in lines:
        left += cut(page, line, span) if touches(line, span) else [line]
    return left


# -- a new boundary -------------------------------------------------------------------------


def named_there(
    page: Page, lines: Sequence[ReviewLine], span: Span, noun: str, above: ReviewLine
) -> tuple[list[ReviewLine], ReviewLine]:
    """The lines with a new one for this stretch; it takes its place and part from `above`."""
    old = next((each for each in lines if touches(each, span)), None)
    like = old if old and old.noun == noun else replace(above, role=old.role if old else above.role)
    others = [each for each in old.spans if not _overlap(each, span)] if old else []
    made = replace(like, index=next(page.numbers), email=old.email if old else None)
    made = worded(page, made, span, (span, *_echoes(page, others, span)))
    return placed(carved(page, lines, span), made), made


def renamed(
    page: Page, lines: Sequence[ReviewLine], line: ReviewLine, span: Span
) -> tuple[list[ReviewLine], ReviewLine]:
    """The lines with this one's name being exactly this stretch; what it covers is no other's."""
    rest = [each for each in lines if each.index != line.index]
    others = [each for each in line.spans if not _overlap(each, span)]
    made = worded(page, line, span, (span, *_echoes(page, others, span)))
    return placed(carved(page, rest, span), made), made


def placed(lines: list[ReviewLine], made: ReviewLine) -> list[ReviewLine]:
    """The lines with one more, where the document has it; last of its kind if it has it not."""
    same = [at for at, each in enumerate(lines) if each.noun == made.noun]
    before = [at for at in same if not made.spans or _starts(lines[at]) <= made.spans[0]]
    if before:
        place = before[-1] + 1
    elif same:
        place = same[0]
    else:
        place = 0 if made.noun == "organisation" else len(lines)
    return [*lines[:place], made, *lines[place:]]


def _starts(line: ReviewLine) -> Span:
    return line.spans[0] if line.spans else (1 << 40, 0)


def joined(page: Page, lines: Sequence[ReviewLine], apart: Iterable[Span]) -> ReviewLine:
    """These lines as one; the document's own words where they stand side by side in it.

    What stands `apart` is no part of the name: lines with such a stretch between them are not
    side by side.
    """
    parts = sorted(lines, key=_starts)
    first = parts[0]
    email = next((each.email for each in parts if each.email), None)
    spans = [each.spans[0] for each in parts if each.spans]
    near = all(b[0] - a[1] <= _NEAR for a, b in pairwise(spans))
    if (
        len(spans) == len(parts)
        and near
        and not any(_overlap(each, (spans[0][1], spans[-1][0])) for each in apart)
    ):
        whole = page.trimmed(spans[0][0], max(end for _start, end in spans))
        return replace(worded(page, first, whole), email=email)
    name = words.tidy(" ".join(each.name for each in parts))
    every = tuple(sorted(span for each in parts for span in each.spans))
    return replace(
        unknown(first), name=name, published=name, email=email, also=(), written="", spans=every
    )


# -- headings -------------------------------------------------------------------------------


def place_named(page: Page, span: Span) -> Place | None:
    """The country or heading these words are, as far as we know."""
    return place_of(page.words(span).strip(" :.()[]"))


def under(
    lines: Sequence[ReviewLine], start: int, end: int, before: Place | None, now: Place, said: str
) -> list[ReviewLine]:
    """The lines between two headings, under this one; a country of their own stays theirs."""
    was = (before.country, before.heading) if before else (None, None)
    return [
        replace(each, country=now.country, heading=now.heading, heading_words=said)
        for each in lines
        if each.spans
        and start <= each.spans[0][0] < end
        and (each.country, each.heading) in {(None, None), was}
    ]
