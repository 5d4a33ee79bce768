"""Lines become paragraphs again: which line was only full, which one its author ended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from crm.documents.drafting import Draft, Run
from crm.documents.pdf.pieces import Piece
from crm.documents.pdf.rows import Row
from crm.documents.pdf.words import Word

_BROKEN = "\u00ad"  # a hyphen at the end of a line, as pdfium marks it
_OPEN_END = re.compile(
    r"(?:[,–—(/&]|\b(?:de|du|des|d['’]|la|le|les|l['’]|et|en|au|aux|pour|sur|contre|of|the|and|for|"
    r"in|to|der|die|das|des|und|für|gegen|von|zu|im|y|e|i|del|della|dei|di|per|por|para|con|"
    r"contra|и|за|в|на|по|для|с))$",
    re.IGNORECASE,
)
_LEVELS = ((1.6, 1), (1.3, 2), (1.12, 3))  # times the size of the body


class Setter:
    """Draws the rows of all pages; knows the sizes, the pitch and the margin of the whole."""

    def __init__(self, draft: Draft, pages: list[list[Piece]]) -> None:
        self.draft = draft
        pieces = [piece for page in pages for piece in page]
        self.body = _body_size(pieces)
        self._pitches = _pitches(pages)
        self._known = _vocabulary(pieces)
        self._hyphens = _is_hyphenated(pieces)
        self._open: list[Piece] = []  # lines that stand together, not drawn yet
        self._lasting: list[Piece] = []

    def pitch(self, size: float) -> float:
        """The usual distance between two lines of this size."""
        return size * self._pitches.get(round(size), self._pitches.get(0, 1.2))

    def page(self, rows: list[Row]) -> None:
        """Draw a page."""
        for row in rows:
            if row.columns:
                self._close()
                self._table_row(row)
                continue
            piece = row.cells[0][0]
            if self._open and not self._follows(self._open[-1], piece):
                self._close()
            self._open.append(piece)

    def end(self) -> None:
        """Draw what is left."""
        self._close()

    # -- what stands together -----------------------------------------------------------------

    def _follows(self, before: Piece, piece: Piece) -> bool:
        """The line right under, set alike: no room between."""
        down = piece.y - before.y
        if abs(piece.size - before.size) > 0.6:
            return False
        if self._turns_over(before, piece):
            return True
        return 0 < down < 1.2 * self.pitch(before.size) and piece.x0 < before.x1 + before.size

    def _turns_over(self, before: Piece, piece: Piece) -> bool:
        """The sentence goes on in the next column or on the next page."""
        return piece.y < before.y and (
            before.text.endswith(_BROKEN)
            or (piece.text[:1].islower() and not piece.sign and len(before.words) > 4)
        )

    def _close(self) -> None:
        lines, self._open = self._open, []
        if not lines:
            return
        self.draft.gap()
        level = self._level(lines)
        if level:
            self.draft.line(self._runs([lines]), level=level)
            return
        left = min(line.x0 for line in lines)
        for paragraph in self._paragraphs(lines):
            indent = int(2 * (paragraph[0].x0 - left) / max(1.0, self.body))
            self.draft.line(self._runs([paragraph]), indent=indent)

    def _level(self, lines: list[Piece]) -> int:
        if sum(len(line.text) for line in lines) > 300:
            return 0
        return next((level for ratio, level in _LEVELS if lines[0].size >= ratio * self.body), 0)

    def _paragraphs(self, lines: list[Piece]) -> Iterator[list[Piece]]:
        """The lines by what their author ended."""
        limit = max(line.x1 for line in lines)
        limit = max([limit, *(each.x1 for each in self._neighbours(lines))])
        ends = [_is_full(one, other, limit) for one, other in pairwise(lines)]
        full = sum(ends) >= 0.6 * len(ends)
        paragraph = [lines[0]]
        for line, is_full in zip(lines[1:], ends, strict=True):
            if self._reads_on(paragraph, line, is_full, mostly=full):
                paragraph.append(line)
            else:
                yield paragraph
                paragraph = [line]
        yield paragraph

    def _neighbours(self, lines: list[Piece]) -> list[Piece]:
        """Lines above that began where these do and ended elsewhere: they show the margin."""
        own = [line for line in self._lasting if abs(line.x0 - lines[0].x0) < 2]
        self._lasting = [*own[-40:], *lines][-60:]
        return own[-40:]

    def _reads_on(self, paragraph: list[Piece], line: Piece, is_full: bool, *, mostly: bool) -> bool:
        before = paragraph[-1]
        if line.sign:
            return False
        if before.text.endswith(_BROKEN):
            return True
        hanging = bool(paragraph[0].sign) and line.x0 > paragraph[0].x0 + 0.5 * line.size
        said = " ".join(each.text for each in paragraph)
        if line.y < before.y:
            return True
        if not is_full:
            return False
        if before.bold != line.bold and before.bold and not line.text[:1].islower():
            return False
        torn = said.count("(") > said.count(")") or said.count("«") > said.count("»")
        goes_on = line.text[:1].islower() or line.text[:1] == "(" or _OPEN_END.search(said)
        return bool(mostly or torn or goes_on or hanging or len(said.split()) > 25)

    # -- words --------------------------------------------------------------------------------

    def _table_row(self, row: Row) -> None:
        cells: list[list[Run]] = [[] for _column in row.columns]
        for cell in row.cells:
            at = _column_of(row, cell)
            cells[at] += [*([Run(" ")] if cells[at] else []), *self._runs([cell])]
        self.draft.row(cells)

    def _runs(self, paragraphs: list[list[Piece]]) -> list[Run]:
        runs: list[Run] = []
        for lines in paragraphs:
            for number, line in enumerate(lines):
                runs += self._line_runs(line, lines[number + 1] if number + 1 < len(lines) else None)
        return runs

    def _line_runs(self, line: Piece, after: Piece | None) -> list[Run]:
        runs = []
        words = line.words
        if line.sign == "o":
            words = [Word("•", words[0].x0, words[0].x1, line.y, line.size), *words[1:]]
        for at, word in enumerate(words):
            last = at + 1 == len(words)
            said, joined = word.text, False
            if last:
                said, joined = self._ending(word.text, after)
            space = "" if joined or (last and after is None) else " "
            linked = not last and bool(word.target) and words[at + 1].target == word.target
            runs.append(Run(said + (space if linked else ""), word.bold, word.target))
            if space and not linked:
                runs.append(Run(space, word.bold))
        return runs

    def _ending(self, said: str, after: Piece | None) -> tuple[str, bool]:
        """The last word of a line, and whether the next line's first is part of it."""
        if said.endswith(_BROKEN):
            bare = said[:-1]
            return (bare, True) if after else (bare + "-", False)
        if after is None or not said.endswith("-") or len(said) < 2 or not said[-2].isalpha():
            return said, False
        rest = after.words[0].text
        if not rest[:1].islower():
            return said, True  # Rhône-Alpes, cut at its own hyphen
        whole, parted = _bare(said[:-1] + rest), _bare(said + rest)
        if parted in self._known or (whole not in self._known and not self._hyphens):
            return said, True
        return said[:-1], True


def _is_full(line: Piece, after: Piece, limit: float) -> bool:
    """The next line's first word would not have found room on this one."""
    first = after.words[0]
    return line.x1 + 0.25 * line.size + (first.x1 - first.x0) > limit - 1


def _column_of(row: Row, cell: list[Piece]) -> int:
    left, right = min(p.x0 for p in cell), max(p.x1 for p in cell)
    return max(
        range(len(row.columns)),
        key=lambda at: min(right, row.columns[at][1]) - max(left, row.columns[at][0]),
    )


def _body_size(pieces: list[Piece]) -> float:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size * 2) / 2] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _pitches(pages: list[list[Piece]]) -> dict[int, float]:
    """For each size the smallest distance of lines that is usual, in sizes; 0 for any size."""
    found: dict[int, Counter[int]] = {}
    for page in pages:
        for before, after in pairwise(page):
            down = after.y - before.y
            if 0.8 * before.size < down < 2.6 * before.size and abs(after.size - before.size) < 0.6:
                for key in (round(before.size), 0):
                    found.setdefault(key, Counter())[round(20 * down / before.size)] += 1
    return {size: _usual(counts) / 20 for size, counts in found.items()}


def _usual(counts: Counter[int]) -> int:
    enough = 0.12 * sum(counts.values())
    return min(
        (step for step in counts if counts[step] + counts[step + 1] >= enough), default=min(counts)
    )


def _vocabulary(pieces: list[Piece]) -> set[str]:
    return {_bare(word.text) for piece in pieces for word in piece.words if "-" not in word.text[-1:]}


def _is_hyphenated(pieces: list[Piece]) -> bool:
    """Words are cut at the ends of lines, here and there."""
    return sum(piece.text.endswith("-") for piece in pieces) >= max(3, len(pieces) / 40)


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]«»“”\"'").lower()
