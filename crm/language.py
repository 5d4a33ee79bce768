"""The language Cosigne speaks to its user: English in the source, French from the catalogue."""

from __future__ import annotations

import gettext
import locale
import os
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parent.parent / "resources" / "locale"
SPOKEN = ("fr", "en")

_current: list[tuple[str, gettext.NullTranslations]] = []


def use(code: str) -> None:
    """Speak this language from now on; English where a sentence is missing."""
    spoken = code if code in SPOKEN else "en"
    found = gettext.translation("cosigne", CATALOGUES, languages=[spoken], fallback=True)
    _current[:] = [(spoken, found)]


def current() -> str:
    """The two-letter code of the language spoken now."""
    if not _current:
        use(preferred())
    return _current[0][0]


def preferred() -> str:
    """The language of this computer, as its environment tells it."""
    for name in ("COSIGNE_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value[:2].lower()
    return (locale.getlocale()[0] or "en")[:2].lower()


def _(sentence: str) -> str:
    """The sentence in the language spoken now."""
    current()
    return _current[0][1].gettext(sentence)


def n_(one: str, many: str, count: int) -> str:
    """The sentence for this number of things, with `{n}` standing for the number."""
    current()
    return _current[0][1].ngettext(one, many, count).replace("{n}", number(count))


def number(count: int) -> str:
    """A count as people write it here: 1 284 in French, 1,284 in English."""
    return f"{count:,}".replace(",", "\u202f" if current() == "fr" else ",")


def marked(sentence: str) -> str:
    """A sentence kept in a table and translated where it is shown."""
    return sentence


def speak(code: str, sentence: str) -> str:
    """The sentence in a given language, whatever is spoken now: for what is printed or mailed."""
    found = gettext.translation("cosigne", CATALOGUES, languages=[code], fallback=True)
    return found.gettext(sentence)
