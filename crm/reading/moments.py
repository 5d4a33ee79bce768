"""The lines of a review at each moment: any change makes another moment, and Undo goes back."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crm.reading.lines import ReviewLine
from crm.reading.result import Span


@dataclass(frozen=True)
class Moment:
    """The whole review as it stood at one moment; nothing in it ever changes."""

    lines: tuple[ReviewLine, ...]
    places: tuple[Span, ...]  # the headings that give the lines below them a country
    at: int = 0  # the line decided upon last


@dataclass(frozen=True)
class _Step:
    """What Undo and Redo go over: a label, the line it was about, the moment on the other side."""

    label: str
    about: int
    moment: Moment
    answers: bool


class Moments:
    """Lines that change as a whole: what was done is taken back by `undo`, and by `redo` done again.

    A moment shares its lines with the one before, so that thousands of lines cost little.
    """

    def __init__(self, now: Moment) -> None:
        self._now = now
        self._past: list[_Step] = []
        self._future: list[_Step] = []
        self._ranks: dict[int, int] = {}
        self.numbers = itertools.count(max((each.index for each in now.lines), default=-1) + 1)

    @property
    def now(self) -> Moment:
        """Everything decided so far, to be kept as it is."""
        return self._now

    @property
    def lines(self) -> tuple[ReviewLine, ...]:
        """The lines, organisations first, in the document's order."""
        return self._now.lines

    @property
    def places(self) -> tuple[Span, ...]:
        """Where headings stand that give the lines below them a country."""
        return self._now.places

    def line(self, index: int) -> ReviewLine | None:
        """The line of this number, if it is still one."""
        rank = self.rank(index)
        return None if rank is None else self.lines[rank]

    def rank(self, index: int) -> int | None:
        """Which of the lines has this number."""
        if not self._ranks:
            self._ranks = {each.index: rank for rank, each in enumerate(self.lines)}
        return self._ranks.get(index)

    def chosen(self, indexes: Iterable[int] | None) -> list[ReviewLine]:
        """The lines of these numbers, or all."""
        if indexes is None:
            return list(self.lines)
        found = (self.line(each) for each in indexes)
        return [each for each in found if each is not None]

    # -- changing ---------------------------------------------------------------------------

    def turn(
        self,
        label: str,
        lines: Sequence[ReviewLine],
        *,
        about: int,
        places: tuple[Span, ...] | None = None,
        answers: bool = False,
    ) -> None:
        """Another moment; the one before is kept for `undo`, under this label."""
        self._past.append(_Step(label, about, self._now, answers))
        self._future.clear()
        self.stand(Moment(tuple(lines), self.places if places is None else places, about))

    def put(self, changed: Sequence[ReviewLine], label: str, *, answers: bool = False) -> None:
        """These lines instead of those of the same numbers; nothing at all where nothing differs."""
        if any(self.line(each.index) != each for each in changed):
            self.turn(label, self.with_(changed), about=changed[0].index, answers=answers)

    def with_(self, changed: Iterable[ReviewLine]) -> list[ReviewLine]:
        """All lines, these ones instead of those of the same numbers."""
        now = {each.index: each for each in changed}
        return [now.get(each.index, each) for each in self.lines]

    def stand(self, moment: Moment) -> None:
        """Be at this moment, whatever was before."""
        self._now, self._ranks = moment, {}

    # -- undo -------------------------------------------------------------------------------

    def to_undo(self) -> str:
        """What `undo` would take back; "" for nothing."""
        return self._past[-1].label if self._past else ""

    def to_redo(self) -> str:
        """What `redo` would do again; "" for nothing."""
        return self._future[-1].label if self._future else ""

    def undo(self) -> int | None:
        """Take the last decision back; the number of the line to look at."""
        return self._over(self._past, self._future)

    def redo(self) -> int | None:
        """Do again what was taken back; the number of the line to look at."""
        return self._over(self._future, self._past)

    def _over(self, source: list[_Step], target: list[_Step]) -> int | None:
        if not source:
            return None
        step = source.pop()
        target.append(replace(step, moment=self._now))
        self.stand(replace(step.moment, at=step.about))
        return step.about
