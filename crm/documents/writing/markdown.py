"""Printed as CommonMark, with nothing escaped that a reader would not take for markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import singledispatch
from urllib.parse import quote

from crm.documents.printed import Block, Bullets, Heading, Lines, Paragraph, Run, Text, Wall
from crm.documents.writing.escaping import flat

_INSIDE = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~|&(?=#?\w+;)")
_START = re.compile(r"^(?:(#{1,6})(?=\s|$)|([-+>=])|(\d{1,9})([.)])(?=\s|$))")
_CLOSING = re.compile(r"(?<=\s)(#+)$")  # of a heading
_SAFE = ":/?#@!$&'*+,;=-._~%"  # in a link's target


def file(text: Text) -> bytes:
    """A file of its own."""
    said = block(text)
    return (said + "\n" if said else said).encode()


def block(text: Text) -> str:
    """Blank lines between the blocks."""
    return "\n\n".join(filter(None, map(_marked, text.blocks)))


@singledispatch
def _marked(part: Block) -> str:
    raise TypeError(part)


@_marked.register
def _heading(part: Heading) -> str:
    """The deeper ones bold too, as word processors give them."""
    words = _inline(part.runs, strong=part.level > 2)
    return f"{'#' * part.level} " + _CLOSING.sub(r"\\\1", words) if words else ""


@_marked.register
def _paragraph(part: Paragraph) -> str:
    return _line(part.runs)


@_marked.register
def _lines(part: Lines) -> str:
    """Two spaces end a line where the next is not a new paragraph."""
    return "  \n".join(filter(None, map(_line, part.lines)))


@_marked.register
def _bullets(part: Bullets) -> str:
    signs = (f"{at}." if part.numbered else "-" for at, _item in enumerate(part.items, 1))
    return "\n".join(f"{sign} {_line(item)}" for sign, item in zip(signs, part.items, strict=True))


@_marked.register
def _wall(part: Wall) -> str:
    return _lines(Lines(tuple((Run(each.instead),) for each in part.pictures)))


def _line(runs: Sequence[Run]) -> str:
    return _START.sub(_escaped_start, _inline(runs))


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[3]}\\{found[4]}" if found[3] else "\\" + found[0]


def _inline(runs: Sequence[Run], *, strong: bool = False) -> str:
    return "".join(_run(run, strong=strong or run.strong) for run in flat(runs))


def _run(run: Run, *, strong: bool) -> str:
    """The signs stand close to the words: a space inside them would show them."""
    words = run.words.strip(" ")
    before, _words, after = run.words.partition(words)
    said = _INSIDE.sub(lambda sign: "\\" + sign[0], words)
    if words and strong:
        said = f"**{said}**"
    if words and run.slanted:
        said = f"*{said}*"
    if words and run.target:
        said = f"[{said}]({quote(run.target, safe=_SAFE)})"
    return f"{before}{said}{after}"
