"""From a letter's Markdown to the blocks of one addressee's copy.

Values are data: they come in after the Markdown is read, so a name is never a link, a heading
or a field (rule 10).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rapidfuzz import process

from crm.addressees.wording import FIELDS
from crm.documents.printed import Block, Bullets, Heading, Lines, Paragraph, Run
from crm.errors import Refused
from crm.language import _

NAMES = tuple(each.name for each in FIELDS)
_FIELD = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_OPEN, _SHUT = "\ue000", "\ue001"  # private use: no keyboard writes them
_MARK = re.compile(f"{_OPEN}(\\d+){_SHUT}")
_LINKS = ("http://", "https://", "mailto:")
_Line = tuple[Run, ...]


def fields_in(source: str) -> list[str]:
    """The fields a text holds; Refused, naming it, for one that does not exist."""
    found = _FIELD.findall(source)
    for name in found:
        if name not in NAMES:
            near = process.extractOne(name, sorted(NAMES), score_cutoff=50)
            raise Refused(
                _("The letter holds an unknown field: “{name}”.").format(name=name),
                hint=_("Did you mean “{name}”?").format(name=near[0]) if near else "",
            )
    return found


def flow(source: str, values: Mapping[str, str]) -> list[Block]:
    """The paragraphs, headings and lists of a text, its fields filled."""
    filler = _Filler(source, values)
    tokens = _markdown().parse(filler.marked)
    return list(_blocks(tokens, filler))


def words_of(source: str, values: Mapping[str, str]) -> str:
    """One line of text, its fields filled, without any styles."""
    filler = _Filler(" ".join(source.split()), values)
    return "".join(
        run.words
        for token in _markdown().parseInline(filler.marked)
        for line in filler.lines(token)
        for run in line
    ).strip()


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


@dataclass
class _Style:
    """How the words that come next are set."""

    strong: int = 0
    slanted: int = 0
    target: str = ""


@dataclass
class _Filler:
    """A source with a mark where each field stands, and what each mark becomes."""

    source: str
    values: Mapping[str, str]
    marked: str = ""
    _names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names = fields_in(self.source)
        plain = self.source.replace(_OPEN, "").replace(_SHUT, "")
        count = iter(range(len(self._names)))
        self.marked = _FIELD.sub(lambda _found: f"{_OPEN}{next(count)}{_SHUT}", plain)

    def fill(self, text: str) -> str:
        """The words with each mark's value in its place."""
        return _MARK.sub(lambda found: self._value(int(found[1])), text)

    def _value(self, at: int) -> str:
        # A mark written as "&#57344;" counts for nothing.
        return " ".join(self.values[self._names[at]].split()) if at < len(self._names) else ""

    def lines(self, inline: Token) -> list[_Line]:
        """The lines of one paragraph."""
        lines: list[list[Run]] = [[]]
        style = _Style()
        for token in inline.children or ():
            if token.type in ("softbreak", "hardbreak"):
                lines.append([])
            elif token.type in ("text", "code_inline"):
                words = self.fill(token.content)
                run = Run(words, style.strong > 0, style.slanted > 0, style.target)
                lines[-1] = _joined(lines[-1], run)
            else:
                _restyle(style, token)
        return [tuple(line) for line in lines if any(run.words.strip() for run in line)]


def _restyle(style: _Style, token: Token) -> None:
    step = token.nesting
    if token.type.startswith("strong"):
        style.strong += step
    elif token.type.startswith("em"):
        style.slanted += step
    elif token.type == "link_open":
        style.target = _target(str(token.attrs.get("href", "")))
    elif token.type == "link_close":
        style.target = ""


def _target(href: str) -> str:
    if "%EE%80%80" in href:
        raise Refused(
            _("A field cannot be the address of a link."), hint=_("Write the address itself.")
        )
    return href if href.startswith(_LINKS) else ""


def _joined(line: list[Run], run: Run) -> list[Run]:
    """The line with one more run, one with its neighbour where both are set alike."""
    if not run.words:
        return line
    if line and replace(line[-1], words="") == replace(run, words=""):
        return [*line[:-1], replace(run, words=line[-1].words + run.words)]
    return [*line, run]


def _blocks(tokens: Sequence[Token], filler: _Filler) -> Iterator[Block]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            end = _end(tokens, at)
            items = _items(tokens[at + 1 : end], filler)
            yield Bullets(tuple(items), numbered=token.type.startswith("ordered"))
            at = end
        elif token.type == "inline":
            lines = filler.lines(token)
            before = tokens[at - 1]
            if before.type == "heading_open":
                runs = tuple(run for line in lines for run in line)
                yield Heading(runs, level=min(6, int(before.tag[1]) + 1))  # 1 is the whole text's
            elif lines:
                yield Paragraph(lines[0]) if len(lines) == 1 else Lines(tuple(lines))
        elif token.type in ("code_block", "fence"):
            words = filler.fill(token.content).splitlines()
            yield Lines(tuple((Run(line),) for line in words if line.strip()))
        at += 1


def _end(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for at in range(start, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens)


def _items(tokens: Sequence[Token], filler: _Filler) -> Iterator[_Line]:
    for token in tokens:
        if token.type == "inline":
            lines = filler.lines(token)
            if lines:
                yield tuple(run for line in _spaced(lines) for run in line)


def _spaced(lines: Sequence[_Line]) -> Iterator[_Line]:
    for at, line in enumerate(lines):
        yield line if at == 0 else (Run(" "), *line)
