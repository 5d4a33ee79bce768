"""A text to be printed, before its format is chosen: blocks of words, some strong, some linked.

What a room lays out (a list, a letter) and what a writer turns into Markdown, a web page, a word
processor's file or a pdf.  Words are data: a writer escapes them for its format (rule 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

END = 0.52  # of the width of the text


@dataclass(frozen=True)
class Run:
    """Words set alike."""

    words: str
    strong: bool = False
    slanted: bool = False
    target: str = ""  # mailto:… or https://…


@dataclass(frozen=True)
class Heading:
    """A title, from 1 (of the whole text) to 6."""

    runs: tuple[Run, ...]
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Words that flow; `side` is where they stand: "start", "end", "middle".

    What stands at the "end" begins where END says, as an address does behind an envelope's window.
    """

    runs: tuple[Run, ...]
    side: str = "start"


@dataclass(frozen=True)
class Lines:
    """One line under the other, as a list of names is printed."""

    lines: tuple[tuple[Run, ...], ...]
    side: str = "start"


@dataclass(frozen=True)
class Bullets:
    """The items of a list."""

    items: tuple[tuple[Run, ...], ...]
    numbered: bool = False


@dataclass(frozen=True)
class Picture:
    """A logo: the bytes of a PNG or JPEG, and what a reader who does not see it is told."""

    content: bytes
    media_type: str
    instead: str
    width: int  # pixels
    height: int

    def fitting(self, width: float, height: float) -> tuple[float, float]:
        """Its size when it may be so large at most, in whatever unit is asked."""
        scale = min(width / max(self.width, 1), height / max(self.height, 1))
        return self.width * scale, self.height * scale


@dataclass(frozen=True)
class Wall:
    """Logos side by side."""

    pictures: tuple[Picture, ...]


Block = Heading | Paragraph | Lines | Bullets | Wall


@dataclass(frozen=True)
class Text:
    """Everything that is printed, in its order."""

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""  # ISO 639-1, for hyphens, quotes and screen readers


def address(value: str) -> Run:
    """A mail address, as a live link."""
    return Run(value, target="mailto:" + quote(value, safe="@+-_.~!$&'*="))
