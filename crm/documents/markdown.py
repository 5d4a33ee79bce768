"""Plain text and Markdown, line by line: what each line says and how it was set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crm.documents.document import Line, Link
from crm.documents.inline import is_bold, readable
from crm.documents.marks import counted, item

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_RULE = re.compile(r"\s*([-*_=~])(?:\s*\1){2,}\s*$")
_UNDERLINE = re.compile(r"(={3,}|-{3,})\s*$")
_FENCE = re.compile(r"\s*(?:```|~~~)\w*\s*$")
_TARGET = re.compile(r"\s*\[[^\]]+\]:\s*\S+")
_QUOTE = re.compile(r"\s{0,3}((?:>\s?)+)")
_BOLD_NUMBER = re.compile(r"^(\s*)\*\*(\d{1,4}[.)])\s*(?:\*\*\s*|(?=[^\s*][^*]*\*\*))")
_DELIMITER = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$")
_WIDE = re.compile(r"(?<=\S)[ \u00a0\u3000]{9,}(?=\S)")  # columns drawn with spaces
_BARRED = re.compile(r"\s*\|.+\|\s*$")
_AFTER_BULLET = re.compile(r"^\S{1,5}\t+")


@dataclass
class _Raw:
    """A line of the file on its way to become readable."""

    text: str
    number: int
    hard: bool = False
    table: bool = False
    counted: bool = False  # its number belongs to a numbering


def lines_of(source: str) -> tuple[str, list[Line]]:
    """The readable text and its lines; blank ones stay, so that positions tell."""
    lines: list[Line] = []
    start = 0
    for raw in _raw_lines(source):
        line = _line(raw, start)
        if lines and _UNDERLINE.match(raw.text):
            lines[-1:] = _set_heading(lines, raw.text)
        lines.append(line)
        start = line.end + 1
    return "\n".join(line.text for line in lines), lines


def _raw_lines(source: str) -> Iterator[_Raw]:
    raws = [
        _Raw(_freed(_WIDE.sub(" " * 8, part)), number, hard=part.endswith(("  ", "\\")) or not last)
        for number, text in enumerate(source.split("\n"), 1)
        for part, last in _parts(text)
    ]
    _mark_tables(raws)
    _mark_numbering(raws)
    return iter(raws)


def _parts(text: str) -> list[tuple[str, bool]]:
    parts = _BREAK.split(text)
    return [(part, i == len(parts) - 1) for i, part in enumerate(parts)]


def _freed(text: str) -> str:
    """The line with its number outside the bold: "**1. Name**" is "1. **Name**"."""
    found = _BOLD_NUMBER.match(text)
    if not found:
        return text
    sign = "" if found[0].rstrip().endswith("**") else "**"
    return f"{found[1]}{found[2]} {sign}{text[found.end() :]}"


def _mark_tables(raws: list[_Raw]) -> None:
    """Rows around a row of dashes, rows shut in bars, and rows pasted from a sheet."""
    for i, raw in enumerate(raws):
        if "|" in raw.text and _DELIMITER.match(raw.text):
            raw.table = True
            for step in (range(i - 1, -1, -1), range(i + 1, len(raws))):
                for j in step:
                    if "|" not in raws[j].text:
                        break
                    raws[j].table = True
        elif _BARRED.match(raw.text) or "\t" in _AFTER_BULLET.sub("", raw.text.strip()):
            raw.table = True


def _mark_numbering(raws: list[_Raw]) -> None:
    for at in counted([(raw.number, raw.text) for raw in raws]):
        raws[at].counted = True


def _line(raw: _Raw, start: int) -> Line:
    text = raw.text.rstrip().removesuffix("\\") if raw.hard else raw.text.rstrip()
    if _RULE.match(text) or _FENCE.match(text) or _TARGET.match(text):
        # An underline is told from a rule by the line above, which the caller knows.
        return Line(text="", start=start, number=raw.number)
    quote = _QUOTE.match(text)
    text = text[quote.end() :] if quote else text
    if raw.table:
        return replace(_row(text, start, raw.number), quoted=bool(quote))
    heading = _HEADING.match(text)
    level = len(heading[1]) if heading else 0
    text = heading[2] if heading else text
    indent = len(text) - len(text.lstrip())
    bullet, text = item(text, raw.counted)
    words = readable(text)
    return _finished(
        Line(text="", start=start, number=raw.number, level=level, bullet=bullet, indent=indent,
             bold=is_bold(text), hard=raw.hard, quoted=bool(quote)),
        words.text,
        words.links,
    )  # fmt: skip


def _finished(line: Line, text: str, links: list[tuple[int, int, str]]) -> Line:
    """The line with its words, cut clean at both ends, and its links where they now stand."""
    cut = len(text) - len(text.lstrip())
    text = text.strip()
    moved = tuple(
        Link(line.start + s - cut, line.start + e - cut, target) for s, e, target in links
    )
    return replace(line, text=text, links=moved)


def _row(text: str, start: int, number: int) -> Line:
    if _DELIMITER.match(text):
        # Nothing to read, yet the rows around it stay one table.
        return Line(text="", start=start, number=number, cells=((start, start),))
    inner = re.sub(r"^\s*\||\|\s*$", "", text)
    cells = re.split(r"\t+" if "\t" in text and "|" not in text else r"(?<!\\)\|", inner)
    out = ""
    spans: list[tuple[int, int]] = []
    links: list[tuple[int, int, str]] = []
    for cell in cells:
        words = readable(cell.strip())
        out += "\t" if out or spans else ""
        links += [(s + len(out), e + len(out), target) for s, e, target in words.links]
        spans.append((start + len(out), start + len(out) + len(words.text)))
        out += words.text
    bold = all(is_bold(cell) for cell in cells if cell.strip())
    line = Line(text=out, start=start, number=number, bold=bold, hard=True, cells=tuple(spans))
    return replace(line, links=tuple(Link(start + s, start + e, t) for s, e, t in links))


def _set_heading(lines: list[Line], underline: str) -> list[Line]:
    """The last line, a heading when it stands alone above its underline."""
    last = lines[-1]
    alone = len(lines) < 2 or not lines[-2].text
    if not (alone and last.text) or last.bullet or last.cells:
        return [last]
    return [replace(last, level=1 if underline.startswith("=") else 2)]
