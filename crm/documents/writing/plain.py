"""Printed as plain text."""

from __future__ import annotations

from functools import singledispatch

from crm.documents.printed import Block, Bullets, Heading, Lines, Paragraph, Text, Wall
from crm.documents.writing.escaping import words_of


def file(text: Text) -> bytes:
    """A file of its own."""
    said = block(text)
    return (said + "\n" if said else said).encode()


def block(text: Text) -> str:
    """Blank lines between the blocks."""
    return "\n\n".join(filter(None, map(_said, text.blocks)))


@singledispatch
def _said(part: Block) -> str:
    raise TypeError(part)


@_said.register
def _heading(part: Heading) -> str:
    return words_of(part.runs)


@_said.register
def _paragraph(part: Paragraph) -> str:
    return words_of(part.runs)


@_said.register
def _lines(part: Lines) -> str:
    return "\n".join(filter(None, map(words_of, part.lines)))


@_said.register
def _bullets(part: Bullets) -> str:
    items = map(words_of, part.items)
    return "\n".join(
        f"{at}. {item}" if part.numbered else f"- {item}" for at, item in enumerate(items, 1)
    )


@_said.register
def _wall(part: Wall) -> str:
    return "\n".join(each.instead for each in part.pictures)
