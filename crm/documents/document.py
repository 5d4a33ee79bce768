"""A document once its format is forgotten: lines of readable text, and what its layout said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Words of a line that lead somewhere; the span is of `Document.text`."""

    start: int
    end: int
    target: str


@dataclass(frozen=True)
class Line:
    """One line as a person reads it: `Document.text[start:end]`, without markup."""

    text: str
    start: int
    number: int  # of the line in the file, from 1
    level: int = 0  # 1 to 6 for a heading
    bold: bool = False  # the whole of it
    bullet: str = ""  # "-", "3.": it is an item of a list
    indent: int = 0
    hard: bool = False  # ends by a line break its author asked for
    quoted: bool = False
    cells: tuple[tuple[int, int], ...] = ()  # spans of a table's row, in Document.text
    links: tuple[Link, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Document:
    """What a file says: `source` as it was decoded, `text` as a person reads it."""

    name: str
    source: str
    text: str
    lines: tuple[Line, ...]

    def blocks(self) -> list[list[Line]]:
        """The lines that stand together, between blank ones."""
        found: list[list[Line]] = [[]]
        for line in self.lines:
            if line.text:
                found[-1].append(line)
            elif found[-1]:
                found.append([])
        return [block for block in found if block]
