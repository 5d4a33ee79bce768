"""The markup inside a line: emphasis, links, escapes, entities and tags give way to the words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""
    \\(?P<escaped>[!-/:-@\[-`{-~])
  | !\[(?P<logo>[^\]]*)\]\((?=[^)]*logo)[^)]*\)
  | !\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])
  | \[\^[^\]]+\]
  | \[(?P<words>(?:!\[[^\]]*\]\([^)]*\)|[^\[\]\\]|\\.)*)\]\(\s*<?(?P<target>[^)\s>]*)>?[^)]*\)
  | \[(?P<named>(?:[^\[\]\\]|\\.)+)\]\[[^\]]*\]
  | <(?:mailto:)?(?P<mail>[^\s<>@:]+@[^\s<>@]+)>
  | <(?P<site>https?://[^\s<>]+)>
  | (?P<bare>(?:https?://|www\.)[^\s<>]*[^\s<>().,;:!?»”’'"\]])
  | <!--.*?-->
  | </?[a-zA-Z][^<>@]*>
  | (?P<entity>&(?:\#\d+|\#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]+);)
  | `(?P<code>[^`]+)`
    """,
    re.VERBOSE,
)
_PAIRS = (
    re.compile(r"(?<![\\*])(\*{2,3})(?=[^\s*])(?:\\.|(?!\*\*).)+?(?<=[^\s\\])(\*{2,3})"),
    re.compile(r"(?<![\w\\*])(\*)(?=[^\s*])[^*]+?(?<=[^\s*\\])(\*)(?![\w*])"),
    re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])[^_]+?(?<=[^\s_\\])(_{1,3})(?!\w)"),
)
_STRUCK = re.compile(r"(?<!\\)~~(?=\S).+?(?<=\S)~~")
_LONE = re.compile(r"(?<!\\)\*\*+(?=\S)|(?<=[^\s\\])\*\*+")
_WHOLE = re.compile(r"\s*(\*\*\*?|__)(?P<inside>(?!\1).+?)\1\s*[:：]?\s*(?:\\|\s)*$")
_TAGGED = re.compile(r"\s*<(b|strong)>[^<]+</\1>\s*[:：]?\s*$", re.IGNORECASE)


@dataclass
class Words:
    """The readable words of a line, and where its links stand in them."""

    text: str = ""
    links: list[tuple[int, int, str]] = field(default_factory=list)


def readable(raw: str) -> Words:
    """The words a reader sees on this line; those struck out are taken back, and read by nobody."""
    raw = _STRUCK.sub("", raw)
    dropped = _emphasis(raw)
    found = Words()
    at = 0
    for token in _TOKEN.finditer(raw):
        found.text += _kept(raw, at, token.start(), dropped)
        _add(found, token)
        at = token.end()
    found.text += _kept(raw, at, len(raw), dropped)
    return found


def is_bold(raw: str) -> bool:
    """The whole line is set in bold."""
    whole = _WHOLE.match(raw)
    return bool(whole and whole[1] not in whole["inside"]) or bool(_TAGGED.match(raw))


_LOGO_OF = re.compile(
    r"^logo(?:tipo|typ)?\s+(?:(?:de la|de l['’]|du|des|de|d['’]|of the|of|der|von|della|dell['’]|"
    r"del|"
    r"dels?)\s*)?",
    re.IGNORECASE,
)
"""A wall of logos names its signatories in what is read to those who do not see it."""


def _kept(raw: str, start: int, end: int, dropped: set[int]) -> str:
    return "".join(raw[i] for i in range(start, end) if i not in dropped)


def _emphasis(raw: str) -> set[int]:
    """The positions of the signs that only set words in bold or italics."""
    dropped: set[int] = set()
    if not any(sign in raw for sign in "*_"):
        return dropped
    # Signs inside addresses and targets are letters there.
    letters = {i for t in _TOKEN.finditer(raw) if t["words"] is None for i in range(*t.span())}
    for pair in _PAIRS:
        for match in pair.finditer(raw):
            dropped.update(range(*match.span(1)))
            dropped.update(range(*match.span(2)))
    for match in _LONE.finditer(raw):
        dropped.update(range(*match.span()))
    return dropped - letters


def _add(found: Words, token: re.Match[str]) -> None:
    start = len(found.text)
    if token["logo"]:
        found.text += _LOGO_OF.sub("", token["logo"])
    elif token["words"] is not None:
        inner = readable(token["words"])
        found.text += inner.text
        found.links.append((start, len(found.text), html.unescape(token["target"])))
    elif token["mail"]:
        found.text += f"<{token['mail']}>"
        found.links.append((start + 1, len(found.text) - 1, f"mailto:{token['mail']}"))
    elif token["site"] or token["bare"]:
        found.text += token["site"] or token["bare"]
        found.links.append((start, len(found.text), token["site"] or token["bare"]))
    elif token["named"]:
        found.text += readable(token["named"]).text
    elif token["entity"]:
        found.text += html.unescape(token["entity"])
    else:
        found.text += token["escaped"] or token["code"] or ""
