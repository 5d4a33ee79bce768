"""What a person says of words selected in the document, and of where its names begin and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crm.language import _
from crm.places import Place
from crm.reading import boundaries
from crm.reading.boundaries import Joint, Page
from crm.reading.lines import ReviewLine
from crm.reading.result import Span
from crm.reading.review import Review


class Pencil:
    """Corrects the boundaries of a review; every stroke is one step of its undo."""

    def __init__(self, review: Review) -> None:
        self._review = review
        read = review.reading
        self._page = Page(read.text, read.language or None, review.numbers)

    # -- selected words ---------------------------------------------------------------------

    def called(self, start: int, end: int, noun: str = "organisation") -> ReviewLine | None:
        """The selected words are an organisation, or a person, that signs: their new line."""
        span = self._page.trimmed(start, end)
        if span[0] >= span[1]:
            return None
        above = self._above(span[0], noun)
        lines, made = boundaries.named_there(self._page, self._review.lines, span, noun, above)
        said = _("“{name}” an organisation") if noun == "organisation" else _("“{name}” a person")
        return self._settle(said.format(name=made.name), lines, made)

    def bound(self, index: int, start: int, end: int) -> ReviewLine | None:
        """The name of a line is the selected words, no more and no less."""
        line, span = self._review.line(index), self._page.trimmed(start, end)
        if line is None or span[0] >= span[1]:
            return None
        lines, made = boundaries.renamed(self._page, self._review.lines, line, span)
        return self._settle(_("name of “{name}”").format(name=made.name), lines, made)

    def under(self, start: int, end: int) -> ReviewLine | None:
        """The first line that has some of these words; a caret may stand at its edge."""
        around = (start, end) if start < end else (start - 1, end + 1)
        found = (each for each in self._review.lines if boundaries.touches(each, around))
        return next(found, None)

    def not_there(self, start: int, end: int) -> int:
        """Nothing in the selected words signs; how many lines are dropped for it."""
        inside = [
            each.index
            for each in self._review.lines
            if each.state != "dropped" and boundaries.touches(each, (start, end))
        ]
        self._review.drop(inside)
        return len(inside)

    def place_at(self, start: int, end: int) -> Place | None:
        """The country or heading the selected words are, if they are one we know."""
        return boundaries.place_named(self._page, self._page.trimmed(start, end))

    def is_heading(self, start: int, end: int) -> bool:
        """Whether the selected words give a country already."""
        return self._page.trimmed(start, end) in self._review.places

    def words(self, start: int, end: int) -> str:
        """The selected words on one line, without what hangs at their edges."""
        return self._page.words(self._page.trimmed(start, end))

    def heads(self, start: int, end: int, place: Place) -> int:
        """The selected words are a heading: the lines until the next one are there; how many."""
        span, review = self._page.trimmed(start, end), self._review
        rest = [each for each in review.places if not (each[0] < span[1] and span[0] < each[1])]
        below = min((each[0] for each in rest if each[0] >= span[1]), default=len(self._page.text))
        gone = [
            replace(each, state="dropped", answer="drop")
            for each in review.lines
            if boundaries.touches(each, span)
        ]
        said = self._page.words(span)
        before = self._meaning(span) if span in review.places else self._heading_above(span[0])
        moved = boundaries.under(review.lines, span[1], below, before, place, said)
        lines = review.with_([*gone, *review.again(moved)])
        review.turn(
            _("“{name}” a country").format(name=said), lines,
            about=moved[0].index if moved else review.now.at,
            places=tuple(sorted([*rest, span])),
        )  # fmt: skip
        return len(moved)

    # -- one line, two lines ----------------------------------------------------------------

    def wording(self, line: ReviewLine) -> str:
        """The words a line is cut in: the document's own, where it has them."""
        return self._page.text[slice(*line.spans[0])] if line.spans else line.published

    def joints(self, line: ReviewLine) -> list[Joint]:
        """Where a line may be two names."""
        return boundaries.joints(self.wording(line))

    def joint_at(self, line: ReviewLine, start: int, end: int) -> Joint | None:
        """The two names a gap in the line's wording leaves; None where one would be empty."""
        return boundaries.halves(Page(self.wording(line), None, iter(())), (start, end))

    def split(self, index: int, gap: Span) -> bool:
        """Cut a line in two where the gap stands in its wording; the first half is the line."""
        line = self._review.line(index)
        if line is None:
            return False
        if line.spans:
            start = line.spans[0][0]
            pieces = boundaries.cut(self._page, line, (start + gap[0], start + gap[1]))
        else:
            page = replace(self._page, text=line.published)
            whole = replace(line, spans=((0, len(page.text)),))
            pieces = [replace(each, spans=()) for each in boundaries.cut(page, whole, gap)]
        return self._halve(line, pieces)

    def cut_at(self, index: int, at: int) -> bool:
        """Cut a line in two at a place of the document."""
        line = self._review.line(index)
        return line is not None and self._halve(line, boundaries.cut(self._page, line, (at, at)))

    def _halve(self, line: ReviewLine, pieces: list[ReviewLine]) -> bool:
        review, rank = self._review, self._review.rank(line.index)
        if rank is None or len(pieces) < 2:
            return False
        lines = [*review.lines[:rank], *review.again(pieces), *review.lines[rank + 1 :]]
        review.turn(_("“{name}” in two").format(name=line.name), lines, about=line.index)
        return True

    def join(self, indexes: Iterable[int]) -> ReviewLine | None:
        """These lines as one, if they are several of one noun."""
        parts = self._review.chosen(indexes)
        if len(parts) < 2 or len({each.noun for each in parts}) > 1:
            return None
        these = {each.index for each in parts}
        rest = [each for each in self._review.lines if each.index not in these]
        apart = [*self._review.places, *(span for each in rest for span in each.spans)]
        made = boundaries.joined(self._page, parts, apart)
        away = these - {made.index}
        lines = [
            made if each.index == made.index else each
            for each in self._review.lines
            if each.index not in away
        ]
        return self._settle(_("“{name}” joined").format(name=made.name), lines, made)

    def below(self, index: int) -> int | None:
        """The line that follows in the document, of the same noun."""
        line, rank = self._review.line(index), self._review.rank(index)
        if line is None or rank is None:
            return None
        rest = (each for each in self._review.lines[rank + 1 :] if each.noun == line.noun)
        return next((each.index for each in rest), None)

    # -- by hand ----------------------------------------------------------------------------

    def add(
        self, name: str, *, noun: str = "organisation", country: str = "", role: str = "signatory"
    ) -> ReviewLine:
        """One more line, written by hand; looked up like the others."""
        blank = _blank(noun, role, Place(country=country or None))
        made = replace(blank, index=next(self._page.numbers), name=name, published=name)
        lines = boundaries.placed(list(self._review.lines), made)
        self._settle(_("“{name}” added").format(name=name), lines, made)
        return self._review.line(made.index) or made

    # -- what they all do -------------------------------------------------------------------

    def _settle(
        self, label: str, lines: Sequence[ReviewLine], made: ReviewLine
    ) -> ReviewLine | None:
        """Lines whose boundaries moved: those with another name are looked up again."""
        before = {each.index: each for each in self._review.lines}
        moved = [each for each in lines if before.get(each.index) is not each]
        now = {each.index: each for each in self._review.again(moved)}
        self._review.turn(label, [now.get(each.index, each) for each in lines], about=made.index)
        return self._review.line(made.index)

    def _above(self, start: int, noun: str) -> ReviewLine:
        """What a new line there begins with: the heading above it, the part of its neighbour."""
        lines = [each for each in self._review.lines if each.spans and each.spans[0][0] <= start]
        role = max(lines, key=lambda each: each.spans[0]).role if lines else "signatory"
        above = max((each for each in self._review.places if each[1] <= start), default=None)
        said = self._page.words(above) if above and noun == "organisation" else None
        return replace(
            _blank(noun, role, self._heading_above(start) or Place()), heading_words=said
        )

    def _heading_above(self, start: int) -> Place | None:
        """The country a line there inherits: the heading's own, or that of the lines under it."""
        above = max((each for each in self._review.places if each[1] <= start), default=None)
        if above is None:
            return None
        return self._meaning(above)

    def _meaning(self, heading: Span) -> Place | None:
        """Where the lines under a heading are: what its words say, or what she said of them."""
        said = self._page.words(heading)
        under = [each for each in self._review.lines if each.heading_words == said]
        places = Counter((each.country, each.heading) for each in under)
        if places:
            (country, name), _times = places.most_common(1)[0]
            return Place(country, None if country else name)
        return boundaries.place_named(self._page, heading)


def _blank(noun: str, role: str, place: Place) -> ReviewLine:
    return ReviewLine(
        index=-1, noun=noun, state="new", name="", published="", article="",
        country=place.country, heading=place.heading, heading_words=None, role=role,
        email=None, function=None, body=None, also=(), spans=(), position=0,
    )  # fmt: skip
