"""Words that stand side by side on one line of one column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

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

    @property
    def words_x0(self) -> float:
        """Where its words begin, behind a bullet."""
        return self.words[1].x0 if self.sign else self.x0


def pieces_of(words: Iterable[Word]) -> list[Piece]:
    """The pieces of a page, in the order they were set."""
    pieces: list[Piece] = []
    for word in words:
        if pieces and _reads_on(pieces[-1], word):
            pieces[-1].words.append(word)
        else:
            pieces.append(Piece([word]))
    return pieces


def _reads_on(piece: Piece, word: Word) -> bool:
    last = piece.words[-1]
    size = max(last.size, word.size)
    if abs(word.y - piece.y) > 0.45 * size:
        return False
    gap = word.x0 - last.x1
    behind_sign = len(piece.words) == 1 and _SIGN.match(last.text) and last.text[0] != "o"
    return -0.6 * size < gap < (5.0 if behind_sign else 1.3) * size
