"""Printed as HTML: a fragment that pastes well into a word processor, or a whole page."""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Sequence
from functools import singledispatch

from crm.documents.printed import (
    END,
    Block,
    Bullets,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Run,
    Text,
    Wall,
)
from crm.documents.writing.escaping import flat

_STYLE = (
    "body{max-width:42em;margin:2em auto;padding:0 1em;font:1em/1.5 sans-serif;color:#1a1a1a}"
    "h1,h2,h3,h4{line-height:1.25;margin:1.4em 0 .4em}p{margin:0 0 .8em}"
    "img{max-height:5em;margin:.4em 1.2em .4em 0;vertical-align:middle}"
    "@media print{@page{size:A4;margin:2cm}body{margin:0;max-width:none;padding:0;font-size:11pt}"
    "h1,h2,h3,h4{break-after:avoid}a{color:inherit}}"
)
_SIDES = {
    "start": "",
    "end": f' style="margin-left:{END:.0%}"',
    "middle": ' style="text-align:center"',
}


def file(text: Text) -> bytes:
    """A whole page: without its head a browser guesses the letters wrong."""
    language = f' lang="{html.escape(text.language)}"' if text.language else ""
    title = html.escape(" ".join(text.title.split()))
    return (
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{block(text)}\n</body>\n</html>\n"
    ).encode()


def block(text: Text) -> str:
    """One block after the other."""
    return "\n".join(filter(None, map(_marked, text.blocks)))


@singledispatch
def _marked(part: Block) -> str:
    raise TypeError(part)


@_marked.register
def _heading(part: Heading) -> str:
    """The deeper ones bold too: a word processor keeps that when it is pasted."""
    words = _inline(part.runs, strong=part.level > 2)
    return f"<h{part.level}>{words}</h{part.level}>" if words else ""


@_marked.register
def _paragraph(part: Paragraph) -> str:
    return f"<p{_SIDES[part.side]}>{_inline(part.runs)}</p>"


@_marked.register
def _lines(part: Lines) -> str:
    lines = "<br>\n".join(filter(None, map(_inline, part.lines)))
    return f"<p{_SIDES[part.side]}>{lines}</p>"


@_marked.register
def _bullets(part: Bullets) -> str:
    kind = "ol" if part.numbered else "ul"
    items = "\n".join(f"<li>{_inline(item)}</li>" for item in part.items)
    return f"<{kind}>\n{items}\n</{kind}>"


@_marked.register
def _wall(part: Wall) -> str:
    pictures = "\n".join(map(_picture, part.pictures))
    return f"<p>{pictures}</p>" if pictures else ""


def _picture(picture: Picture) -> str:
    content = b64encode(picture.content).decode()
    width, height = picture.fitting(160, 80)
    return (
        f'<img src="data:{picture.media_type};base64,{content}" '
        f'alt="{html.escape(picture.instead)}" width="{width:.0f}" height="{height:.0f}">'
    )


def _inline(runs: Sequence[Run], *, strong: bool = False) -> str:
    return "".join(_run(run, strong=strong or run.strong) for run in flat(runs))


def _run(run: Run, *, strong: bool) -> str:
    said = html.escape(run.words)
    if strong:
        said = f"<strong>{said}</strong>"
    if run.slanted:
        said = f"<em>{said}</em>"
    return f'<a href="{html.escape(run.target)}">{said}</a>' if run.target else said
