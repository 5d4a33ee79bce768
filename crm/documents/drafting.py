"""A document on its way from any format: its paragraphs become the lines Markdown would give."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crm.documents.decoding import cleaned
from crm.documents.document import Document, Line, Link
from crm.documents.marks import counted, item
from crm.errors import Refused
from crm.language import _

FULL = "\v"
"""In the words of a run: the line was full here; a line break its author asked for is "\\n"."""
MOST_LINES = 100_000
_BARE = re.compile(r"(?:https?://|www\.)[^\s<>]*[^\s<>().,;:!?»”’'\"\]]")
_WIDE = re.compile(r"(?<=\S)[ \u00a0\u3000]{9,}(?=\S)")  # columns drawn with spaces
_SPACE = " \t\u00a0\u3000\u2002\u2003\u2009\u202f"


@dataclass(frozen=True)
class Run:
    """Words set alike."""

    words: str
    bold: bool = False
    target: str = ""  # where they lead


@dataclass
class _Drawn:
    """A line whose place in the document is not known yet; spans are of its own text."""

    text: str
    bold: bool
    links: list[tuple[int, int, str]]
    cells: list[tuple[int, int]] = field(default_factory=list)
    level: int = 0
    bullet: str = ""
    indent: int = 0
    quoted: bool = False
    hard: bool = False


class Draft:
    """Takes a document from top to bottom; `document` gives it whole."""

    def __init__(self) -> None:
        self._lines: list[_Drawn | None] = []  # None: a blank one
        self._gap = False

    def gap(self) -> None:
        """What follows stands apart from what came before."""
        self._gap = bool(self._lines)

    def line(
        self,
        runs: Iterable[Run],
        *,
        level: int = 0,
        bullet: str = "",
        indent: int = 0,
        quoted: bool = False,
    ) -> None:
        """A paragraph: one line, or several where its runs break; blank lines are gaps."""
        if level:
            self.gap()
        for part, full in _parts(runs):
            drawn = _drawn(part)
            if not drawn.text:
                self.gap()
                continue
            drawn.level, drawn.bullet = min(level, 6), bullet
            drawn.indent, drawn.quoted = indent, quoted
            self._put(drawn, full=full)
            bullet = ""
        if level:
            self.gap()

    def row(self, cells: Sequence[Iterable[Run]], *, quoted: bool = False) -> None:
        """A row of a table; an empty one is left out, unless it stands where the headings would."""
        drawn = _Drawn("", True, [], hard=True, quoted=quoted)
        for cell in cells:
            one = _drawn([Run(_flat(run.words), run.bold, run.target) for run in cell])
            drawn.text += "\t" if drawn.cells else ""
            at = len(drawn.text)
            drawn.cells.append((at, at + len(one.text)))
            drawn.links += [(start + at, end + at, target) for start, end, target in one.links]
            drawn.text += one.text
            drawn.bold = drawn.bold and (one.bold or not one.text)
        inside = bool(self._lines and self._lines[-1] and self._lines[-1].cells) and not self._gap
        if drawn.text.strip() or (len(cells) > 1 and not inside):
            self._put(drawn)

    def take(self, lines: Iterable[Line], *, quoted: bool | None = None) -> None:
        """Lines of another document, as they are; `quoted` when that is known better here."""
        for line in lines:
            if line.text:
                self._put(_again(line, quoted), keep=True)
            elif not line.cells:
                self.gap()

    def document(self, name: str, source: str = "") -> Document:
        """The document drawn; Refused when nothing of it can be read."""
        if not any(line and line.text.strip() for line in self._lines):
            raise Refused(
                _("“{name}” contains no text.").format(name=name),
                hint=_("If it is a picture of a text, type or paste the list of signatories."),
            )
        self._find_columns()
        self._find_items()
        text = "\n".join(line.text if line else "" for line in self._lines)
        lines: list[Line] = []
        start = 0
        for number, drawn in enumerate(self._lines, 1):
            lines.append(_placed(drawn, start, number))
            start = lines[-1].end + 1
        return Document(name=name, source=source or text, text=text, lines=tuple(lines))

    def _put(self, drawn: _Drawn, *, full: bool = False, keep: bool = False) -> None:
        if len(self._lines) >= MOST_LINES:
            raise too_long()
        before = self._lines[-1] if self._lines else None
        one_list = bool(before and before.bullet and drawn.bullet)
        if self._gap and before and not one_list:
            self._lines.append(None)
        elif before and not keep and not before.bullet:
            before.hard = not full
        self._gap = False
        self._lines.append(drawn)

    def _find_columns(self) -> None:
        """Tabs make columns where lines below each other have them; a lone one is a space."""
        tabbed = [bool(line and not line.cells and "\t" in line.text) for line in self._lines]
        for at, line in enumerate(self._lines):
            if line is None or not tabbed[at]:
                continue
            if any(tabbed[max(0, at - 1) : at] + tabbed[at + 1 : at + 2]) and not line.level:
                line.cells = [found.span() for found in re.finditer(r"[^\t]+", line.text)]
                line.hard = True
            else:
                line.text = line.text.replace("\t", " ")

    def _find_items(self) -> None:
        """Bullets and numbers that were typed as words."""
        plain = [
            (at, line)
            for at, line in enumerate(self._lines)
            if line and not line.bullet and not line.cells
        ]
        numbered = counted([(at, line.text) for at, line in plain])
        for place, (_at, line) in enumerate(plain):
            line.bullet, rest = item(line.text, place in numbered)
            cut = len(line.text) - len(rest)
            line.text = rest
            line.links = [(max(0, s - cut), e - cut, to) for s, e, to in line.links if e > cut]


def joined(name: str, documents: Sequence[Document], source: str = "") -> Document:
    """Several documents one after the other, as one."""
    if len(documents) == 1 and not source:
        return documents[0]
    draft = Draft()
    for document in documents:
        draft.gap()
        draft.take(document.lines)
    return draft.document(name, source)


def too_long(name: str = "") -> Refused:
    """The sentence for a document nobody could have signed line by line."""
    sentence = _("“{name}” is too long to be a list of signatories.").format(name=name)
    return Refused(
        sentence if name else _("This document is too long to be a list of signatories."),
        hint=_("Keep only the pages with the signatories and read those."),
    )


def _flat(words: str) -> str:
    return re.sub(r"[\n\v\t]+", " ", words)


def _parts(runs: Iterable[Run]) -> list[tuple[list[Run], bool]]:
    """The runs line by line; True where a line begins because the one before was full."""
    parts: list[tuple[list[Run], bool]] = [([], False)]
    for run in runs:
        for piece in re.split("([\n\v])", run.words):
            if piece in ("\n", FULL):
                parts.append(([], piece == FULL))
            elif piece:
                parts[-1][0].append(Run(piece, run.bold, run.target))
    return parts


def _drawn(runs: Iterable[Run]) -> _Drawn:
    pieces: list[str] = []
    end = 0
    links: list[tuple[int, int, str]] = []
    weights: set[bool] = set()
    for run in runs:
        words = cleaned(run.words).replace("\n", " ")
        start, end = end, end + len(words)
        pieces.append(words)
        if any(letter.isalnum() for letter in words):
            weights.add(run.bold)
        if not run.target or not words.strip():
            continue
        if links and links[-1][1:] == (start, run.target):
            links[-1] = (links[-1][0], end, run.target)
        else:
            links.append((start, end, run.target))
    return _trimmed("".join(pieces), links, weights == {True})


def _trimmed(text: str, links: list[tuple[int, int, str]], bold: bool) -> _Drawn:
    if not unicodedata.is_normalized("NFC", text):
        text, links = unicodedata.normalize("NFC", text), []  # torn over two runs: the words first
    if _WIDE.search(text):
        text, links = _WIDE.sub(" " * 8, text), []
    cut = len(text) - len(text.lstrip(_SPACE))
    text = text.strip(_SPACE)
    kept = [
        (max(0, start - cut), min(len(text), end - cut), target)
        for start, end, target in links
        if end > cut
    ]
    kept = [link for link in kept if link[0] < link[1]]
    for bare in _BARE.finditer(text):
        if not any(start < bare.end() and bare.start() < end for start, end, _t in kept):
            kept.append((*bare.span(), bare[0]))
    return _Drawn(text, bold, sorted(kept))


def _again(line: Line, quoted: bool | None) -> _Drawn:
    return _Drawn(
        line.text,
        line.bold,
        [(link.start - line.start, link.end - line.start, link.target) for link in line.links],
        [(start - line.start, end - line.start) for start, end in line.cells],
        line.level,
        line.bullet,
        line.indent,
        line.quoted if quoted is None else quoted,
        line.hard,
    )


def _placed(drawn: _Drawn | None, start: int, number: int) -> Line:
    if drawn is None:
        return Line(text="", start=start, number=number)
    return Line(
        text=drawn.text,
        start=start,
        number=number,
        level=drawn.level,
        bold=drawn.bold,
        bullet=drawn.bullet,
        indent=drawn.indent,
        hard=drawn.hard,
        quoted=drawn.quoted,
        cells=tuple((start + s, start + e) for s, e in drawn.cells),
        links=tuple(Link(start + s, start + e, target) for s, e, target in drawn.links),
    )
