"""What no format may be given: characters that break a file or turn its words around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import category

from crm.documents.printed import Run

_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that would turn around whatever stands behind a name; its own letters know their way."""
_NO_BREAK = "\u00a0\u202f"
_LIVE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20<>\"]+$", re.IGNORECASE)


def flat(runs: Sequence[Run]) -> list[Run]:
    """The runs of one line: spaces single and none at the ends, no-break ones kept."""
    kept: list[Run] = []
    open_space = True  # nothing before, or a space already
    for run in runs:
        words = re.sub(" +", " ", "".join(map(_allowed, run.words)))
        if open_space:
            words = words.lstrip(" ")
        if words:
            kept.append(replace(run, words=words, target=live(run.target)))
            open_space = words.endswith(" ")
    while kept and not kept[-1].words.rstrip(" "):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], words=kept[-1].words.rstrip(" "))
    return kept


def words_of(runs: Sequence[Run]) -> str:
    """What the runs say."""
    return "".join(run.words for run in flat(runs))


def live(target: str) -> str:
    """The target if it is a mail or web address, else none: no script and no file is linked."""
    return target if _LIVE.match(target) else ""


def _allowed(character: str) -> str:
    if character.isspace():
        return character if character in _NO_BREAK else " "
    if character in _TURNING or character in "\ufffe\uffff\ufeff":
        return ""
    return "" if category(character) in {"Cc", "Cs"} else character
