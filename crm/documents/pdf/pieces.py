"""Words that stand side by side on one line of one column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from crm.documents.pdf.words import Word

_SIGN = re.compile(r"(?:[-*+•·–—▪▫◦‣●○■□◆➢➤✓✔→►⁃∙❖o]|\(?\d{1,3}[.)])$")


@dataclass
class Piece:
    """What is read without lifting the eye."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def y(self) -> float:
        return self.words[0].y

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        letters = [word for word in self.words if any(letter.isalnum() for letter in word.text)]
        return bool(letters) and all(word.bold for word in letters)

    @property
    def sign(self) -> str:
        """The bullet or number that opens it, set apart from its words."""
        first = self.words[0].text
        if len(self.words) < 2 or not _SIGN.match(first):
            return ""
        apart = self.words[1].x0 - self.words[0].x1 > 0.7 * self.size
        return first if first != "o" or apart else ""


def pieces_of(words: Iterable[Word]) -> list[Piece]:
    """The pieces of a page, in the order they were set."""
    pieces: list[Piece] = []
    for word in words:
        if pieces and _reads_on(pieces[-1], word):
            pieces[-1].words.append(word)
        else:
            pieces.append(Piece([word]))
    return _parted(pieces)


def _parted(pieces: list[Piece]) -> list[Piece]:
    """Cells that nearly touch are told apart by where the cells above and below them begin."""
    rows = list(_in_rows(pieces))
    changed = any(len(row) > 1 for row in rows)
    while changed:
        changed = False
        for at, row in enumerate(rows):
            near = [each for each in rows[max(0, at - 1) : at + 2] if _near(each[0], row[0])]
            if any(len(each) > 1 for each in near):
                parted = [part for piece in row for part in _cut(piece, _starts(near))]
                changed = changed or len(parted) > len(row)
                rows[at] = parted
    return [piece for row in rows for piece in row]


def _in_rows(pieces: list[Piece]) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    for piece in pieces:
        if row and (abs(piece.y - row[0].y) > 0.45 * piece.size or piece.x0 < row[-1].x1):
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def _near(one: Piece, other: Piece) -> bool:
    return abs(one.y - other.y) < 2.2 * other.size


def _starts(rows: list[list[Piece]]) -> list[float]:
    """Where words begin in several rows, with more than a blank before one of them."""
    wide: list[float] = []
    starts: list[set[float]] = []
    for row in rows:
        words = [word for piece in row for word in piece.words]
        starts.append({word.x0 for word in words})
        wide += [
            word.x0 for before, word in pairwise(words) if word.x0 - before.x1 > 0.45 * word.size
        ]
    return [
        x0 for x0 in wide if sum(any(abs(start - x0) < 0.4 for start in row) for row in starts) > 1
    ]


def _cut(piece: Piece, starts: list[float]) -> Iterator[Piece]:
    if len(piece.words) > 16 or piece.sign:
        yield piece
        return
    words = piece.words[:1]
    for word in piece.words[1:]:
        if any(abs(word.x0 - start) < 0.4 for start in starts):
            yield Piece(words)
            words = []
        words.append(word)
    yield Piece(words)


def _reads_on(piece: Piece, word: Word) -> bool:
    last = piece.words[-1]
    size = max(last.size, word.size)
    if abs(word.y - piece.y) > 0.45 * size:
        return False
    gap = word.x0 - last.x1
    behind_sign = len(piece.words) == 1 and _SIGN.match(last.text) and last.text[0] != "o"
    return -0.6 * size < gap < (5.0 if behind_sign else 1.3) * size
