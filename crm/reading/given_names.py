"""Given names as lists of signatories spell them, folded: small ASCII letters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PAGE = Path(__file__).resolve().parent.parent.parent / "resources" / "words" / "given_names.txt"


@cache
def given_names() -> frozenset[str]:
    """Those common in the countries we meet, less what is a word of everyday names of bodies."""
    return frozenset(_PAGE.read_text(encoding="utf-8").split())
