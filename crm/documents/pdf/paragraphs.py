"""Lines become paragraphs again: which line was only full, which one its author ended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from crm.documents.drafting import Draft, Run
from crm.documents.pdf.pieces import Piece
from crm.documents.pdf.rows import Row
from crm.documents.pdf.words import Word

_OPEN_END = re.compile(
    r"(?:[,–—(/&]|\b(?:de|du|des|d['’]|la|le|les|l['’]|et|en|au|aux|pour|sur|contre|of|the|and|for|"
    r"in|to|der|die|das|des|und|für|gegen|von|zu|im|y|e|i|del|della|dei|di|per|por|para|con|"
    r"contra|и|за|в|на|по|для|с))$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…:][»”’\"')]*$")
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
        self._left = min((piece.x0 for piece in pieces), default=0.0)
        self._limits: dict[int, float] = {}  # how far a line could have gone
        self._open: list[Piece] = []  # lines that stand together, not drawn yet
        self._lasting: list[Piece] = []

    def pitch(self, size: float) -> float:
        """The usual distance between two lines of this size."""
        return size * self._pitches.get(round(size), self._pitches.get(0, 1.2))

    def page(self, rows: list[Row], width: float) -> None:
        """Draw a page."""
        plain = [row.cells[0][0] for row in rows if not row.columns]
        self._limits = {id(line): self._limits.get(id(line), 0.0) for line in self._open[-60:]}
        self._limits.update(limits(plain, self._left, width))
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
        if piece.y >= before.y or piece.sign or before.bold != piece.bold:
            return False
        if piece.text[:1].islower() and len(before.words) > 3:
            return True
        if _ENDED.search(before.text):
            return False
        full = _is_full(before, piece, self._limits.get(id(before), 0.0))
        said = " ".join(line.text for line in self._open[-6:])
        return full and bool(_OPEN_END.search(said) or _enumerates(said))

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
        before: Piece | None = None
        for paragraph in self._paragraphs(lines):
            if before and paragraph[0].y - before.y > 1.5 * before.size:
                self.draft.gap()
            before = paragraph[-1]
            deep = int(2 * (paragraph[0].x0 - left) / max(1.0, self.body))
            indent = max(0, deep) if paragraph[0].sign else 0
            self.draft.line(self._runs([paragraph]), indent=indent)

    def _level(self, lines: list[Piece]) -> int:
        if sum(len(line.text) for line in lines) > 300:
            return 0
        return next((level for ratio, level in _LEVELS if lines[0].size >= ratio * self.body), 0)

    def _paragraphs(self, lines: list[Piece]) -> Iterator[list[Piece]]:
        """The lines by what their author ended."""
        shown = _margin([*self._neighbours(lines), *lines])
        ends = [
            _is_full(one, other, shown or self._limits.get(id(one), 0.0))
            for one, other in pairwise(lines)
        ]
        full = sum(ends) >= max(2, 0.6 * len(ends))
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

    def _reads_on(
        self, paragraph: list[Piece], line: Piece, is_full: bool, *, mostly: bool
    ) -> bool:
        before = paragraph[-1]
        if line.sign:
            return False
        hanging = bool(paragraph[0].sign) and line.x0 > paragraph[0].x0 + 0.5 * line.size
        said = " ".join(each.text for each in paragraph[-8:])
        if line.y < before.y:
            return True
        if not is_full:
            return False
        if line.y - before.y > 1.6 * line.size and _ENDED.search(before.text):
            return False
        if before.bold != line.bold and before.bold and not line.text[:1].islower():
            return False
        torn = said.count("(") > said.count(")") or said.count("«") > said.count("»")
        alone = len(paragraph) == 1 and _ends_name(said, line)
        goes_on = line.text[:1].islower() or line.text[:1] == "(" or _OPEN_END.search(said) or alone
        listed = _enumerates(said)
        return bool(mostly or torn or goes_on or hanging or listed or len(said.split()) > 25)

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
                runs += self._line_runs(
                    line, lines[number + 1] if number + 1 < len(lines) else None
                )
        return runs

    def _line_runs(self, line: Piece, after: Piece | None) -> list[Run]:
        runs: list[Run] = []
        words = line.words
        if line.sign == "o":
            words = [Word("•", words[0].x0, words[0].x1, line.y, line.size), *words[1:]]
        for at, word in enumerate(words):
            last = at + 1 == len(words)
            said, joined = word.text, False
            if last:
                said, joined = self._ending(word.text, after)
            space = "" if joined or (last and after is None) else " "
            linked = not last and words[at + 1].target == word.target
            if word.target and not linked:
                runs += [Run(said, word.bold, word.target), Run(" ", word.bold)]
            elif runs and (runs[-1].bold, runs[-1].target) == (word.bold, word.target):
                runs[-1] = replace(runs[-1], words=runs[-1].words + said + space)
            else:
                runs.append(Run(said + space, word.bold, word.target))
        return runs

    def _ending(self, said: str, after: Piece | None) -> tuple[str, bool]:
        """The last word of a line, and whether the next line's first is part of it."""
        if after is None or not said.endswith("-") or len(said) < 2 or not said[-2].isalpha():
            return said, False
        rest = after.words[0].text
        if not rest[:1].islower() or re.search(r"[@/]|\.\w", said + rest):
            return said, True  # Rhône-Alpes, or an address, cut at its own hyphen
        whole, parted = _bare(said[:-1] + rest), _bare(said + rest)
        if parted in self._known or (whole not in self._known and not self._hyphens):
            return said, True
        return said[:-1], True


def _ends_name(said: str, line: Piece) -> bool:
    """The short rest of a name that was too long for its column, its acronym even."""
    if line.text.isupper():
        initials = "".join(word[0] for word in said.split() if word[0].isupper())
        return len(line.words) == 1 and len(initials) > 2 and line.text.strip("()") == initials
    return len(line.words) == 1 or (
        len(line.words) == 2 and len(said.split()) > 2 and "," not in said
    )


def _enumerates(said: str) -> bool:
    """Names between commas: a line ends where it was full."""
    marks = len(re.findall(r"[,;]\s", said + " "))
    return marks >= 2 or (marks == 1 and ": " in said)


def limits(lines: list[Piece], left: float, width: float) -> dict[int, float]:
    """How far each line of a page could have gone: to its margin, or that of its column."""
    starts = sorted(
        after.x0
        for before, after in pairwise(lines)
        if after.y < before.y - before.size and after.x0 > before.x0 + 5 * before.size
    )
    far = max((line.x1 for line in lines), default=0.0)
    ends_near = sum(line.x1 > 0.9 * far for line in lines) > max(5, len(lines) / 2)
    narrow_page = far < width / 2 and ends_near
    right = far if narrow_page else max(far, width - left)
    if not starts:
        return {id(line): right for line in lines}
    found = {}
    for line in lines:
        after = next((start for start in starts if start > line.x0 + 3 * line.size), None)
        own = max((start for start in starts if start <= line.x0 + 1), default=left)
        narrow = own + max(right - starts[-1], line.x1 - own)
        if after is None or line.x1 >= after:
            found[id(line)] = right
        else:
            found[id(line)] = narrow if narrow < after else after - line.size
    return found


def _margin(lines: list[Piece]) -> float | None:
    """Where many of these lines end, if many do."""
    far = max(line.x1 for line in lines)
    near = sum(line.x1 > far - 0.02 * (far - line.x0) for line in lines)
    return far if near >= max(3, 0.3 * len(lines)) else None


def _is_full(line: Piece, after: Piece, limit: float) -> bool:
    """The next line's first word would not have found room on this one."""
    first = after.words[0]
    # A line may also be broken behind a hyphen.
    part = (first.text.find("-", 1) + 1 or len(first.text)) / len(first.text)
    return line.x1 + 0.25 * line.size + part * (first.x1 - first.x0) > limit - 1


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
    return {
        _bare(word.text) for piece in pieces for word in piece.words if "-" not in word.text[-1:]
    }


def _is_hyphenated(pieces: list[Piece]) -> bool:
    """Words are cut at the ends of lines, here and there."""
    return sum(piece.text.endswith("-") for piece in pieces) >= max(3, len(pieces) / 40)


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]«»“”\"'").lower()
