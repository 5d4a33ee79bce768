"""Days of the week that are not those of their dates, and people spelt in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from rapidfuzz.distance import OSA

from crm import words
from crm.language import _, current
from crm.proof.finding import Edit, Finding, Remedy
from crm.proof.page import Page
from crm.reading import Span
from crm.reading.dates import dates_in
from crm.reading.given_names import given_names

_SPOKEN = ("fr", "en", "de", "es", "it", "ca", "pt", "ru", "uk")
_BEFORE = re.compile(r"([^\W\d_]+),?\s(?:(?:le|den|dem|the|el|dia|día)\s)?$")
_NAME = re.compile(r"\b([A-ZÀ-Þ][a-zà-ÿ]{2,}(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?) ([A-ZÀ-Þ][a-zà-ÿ]{5,})\b")


def weekdays(page: Page) -> Iterator[Finding]:
    """ "vendredi 20 septembre 2025", which was a Saturday."""
    for found in dates_in(page.text):
        before = _BEFORE.search(page.text[max(0, found.start - 24) : found.start])
        day = found.on() if found.year else None
        if before is None or day is None:
            continue
        said = _weekdays(page.language).get(words.fold(before[1]))
        if said is None or said == day.weekday():
            continue
        start = found.start - len(before[0])
        right = _weekday(day, page.language)
        right = right.capitalize() if before[1][0].isupper() else right
        message = _("{date} is a {day}, not a {said}.").format(
            date=_long(day), day=_weekday(day, current()), said=before[1]
        )
        edit = Edit((start, start + len(before[1])), right)
        remedy = Remedy(_("Write “{word}”").format(word=right), (edit,))
        yield Finding("date", message, ((start, found.end),), (remedy,))


@cache
def _weekdays(language: str) -> dict[str, int]:
    from babel.dates import get_day_names

    spoken = language if language in _SPOKEN else "en"
    return {words.fold(name): at for at, name in get_day_names("wide", locale=spoken).items()}


def _weekday(day: date, language: str) -> str:
    from babel.dates import format_date

    return str(format_date(day, "EEEE", locale=language if language in _SPOKEN else "en"))


def _long(day: date) -> str:
    from babel.dates import format_date

    return str(format_date(day, "long", locale=current()))


def people(page: Page) -> Iterator[Finding]:
    """One first name, and two family names a letter or two apart."""
    if page.language in {"ru", "uk"}:
        return
    met: dict[str, dict[str, Span]] = {}
    for found in _NAME.finditer(page.text):
        first, family = found[1], found[2]
        if words.fold(first).split()[0] not in given_names():
            continue
        spelt = met.setdefault(first, {})
        for other, where in spelt.items():
            if other != family and _slip(other, family):
                said = _("“{first} {one}” is also written “{first} {other}”.")
                yield Finding(
                    "spelling", said.format(first=first, one=other, other=family),
                    (where, found.span()), sure=False,
                )  # fmt: skip
        spelt.setdefault(family, found.span())


def _slip(one: str, other: str) -> bool:
    if {one + "s", one + "es"} & {other} or {other + "s", other + "es"} & {one}:
        return False
    return bool(OSA.distance(words.fold(one), words.fold(other)) <= 2)
