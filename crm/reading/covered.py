"""Which parts of a text are taken."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from crm.reading.result import Span


class Covered:
    """The places of a text that are in one of some spans, which may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []  # the furthest that any span so far reaches
        for start, end in sorted(spans):
            self._starts.append(start)
            self._ends.append(max(end, self._ends[-1] if self._ends else end))

    def __contains__(self, at: int) -> bool:
        before = bisect_right(self._starts, at)
        return before > 0 and at < self._ends[before - 1]

    def meets(self, span: Span) -> bool:
        """Whether any of them has a place in common with this one."""
        before = bisect_left(self._starts, span[1])
        return before > 0 and span[0] < self._ends[before - 1]
