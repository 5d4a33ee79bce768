"""Dates and hours as people write them in nine languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

_MONTHS = (
    "janvier janv january jan januar janner jaenner enero gennaio gener janeiro января январь "
    "січня",
    "fevrier fev february feb februar febrero febbraio febrer fevereiro февраля февраль лютого",
    "mars march mar marz maerz marzo marc marco марта март березня",
    "avril avr april apr abril aprile апреля апрель квітня",
    "mai may mayo maggio maig maio мая май травня",
    "juin june jun juni junio giugno juny junho июня июнь червня",
    "juillet juil july jul juli julio luglio juliol julho июля июль липня",
    "aout august aug agosto agost августа август серпня",
    "septembre sept september sep septiembre setiembre settembre setembre setembro сентября "
    "сентябрь вересня",
    "octobre oct october oktober okt octubre ottobre outubro октября октябрь жовтня",
    "novembre nov november noviembre novembro ноября ноябрь листопада",
    "decembre dec december dezember dez diciembre dicembre desembre dezembro декабря декабрь "
    "грудня",
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_PLAIN = str.maketrans("àâäéèêëîïôöûüùçáíóúñ", "aaaeeeeiioouuucaioun")
_FORMS = (
    # 2 juillet 2026, 1er mai, 3. Mai 2026, 3 de mayo de 2026, 3 d'abril de 2026, 3 мая 2026 г.
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:er|re|e|st|nd|rd|th|º|°|\.|-го)?\s+(?:de\s+|d['’]|of\s+|di\s+)?"
        rf"(?P<m>{_NAMES})\b\.?,?(?:\s+(?:de[l]?\s+)?(?P<y>(?:19|20)\d\d))?"
    ),
    # September 20, 2025
    re.compile(
        rf"\b(?P<m>{_NAMES})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|"
        rf"th)?\b(?!\s*[:h]\d)(?:,?\s+(?P<y>(?:19|20)\d\d))?"
    ),
    re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    re.compile(
        r"(?<![\d./-])(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>(?:19|"
        r"20)?\d\d)(?![\d/-])"
    ),
)
# "2 et 3 mai 2026", "2-3 mai": the first day leads.
_RANGE = re.compile(
    rf"\b(?P<d>\d{{1,2}})\.?\s*(?:-|–|et|and|und|y|e|i|и|au|to|bis|al)\s*\d{{1,2}}\.?\s+(?:de\s+|"
    rf"d['’])?"
    rf"(?P<m>{_NAMES})\b\.?,?(?:\s+(?:de[l]?\s+)?(?P<y>(?:19|20)\d\d))?"
)
_HOUR = re.compile(
    r"(?<![\d.,/-])(?P<h>[01]?\d|2[0-3])\s*(?:(?i:h(?:eures?|oras?|ores|rs?|s)?)(?![^\W\d_])|Uhr\b|:|"
    r"\.(?=\d\d\s*(?:Uhr|"
    r"[hH]\b|ore\b|[ap]\.?m))|"
    r"(?=\s*(?:[ap]\.?\s?m\b|heures?\b|horas?\b|hores\b|часов\b|"
    r"ч\b)))\s*(?P<min>[0-5]\d)?(?![\d/-])"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?"
)
_ORE = re.compile(
    r"\b(?:ore|alle|alle ore|a las|a les)\s+(?P<h>[01]?\d|"
    r"2[0-3])(?:[:.](?P<min>[0-5]\d))?(?=[\s,.;)]|$)"
)

AROUND_DATE = frozenset(
    "vom du le lì li la l den der am the el il lo a à at in en on zu em di de del du fait donné adopté given "
    "done signed hecho dado fatto fet дано в "
    "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday "
    "saturday sunday montag dienstag mittwoch "
    "donnerstag freitag samstag sonnabend sonntag lunes martes miércoles jueves viernes sábado "
    "domingo lunedì martedì mercoledì giovedì "
    "venerdì sabato domenica dilluns dimarts dimecres dijous divendres dissabte diumenge "
    "понедельник вторник среда четверг пятница суббота "
    "воскресенье".split()
)
"""Words and weekdays that stand between a town and its date."""


@dataclass(frozen=True)
class Dated:
    """A date and where it stands; without a year until one is lent to it."""

    start: int
    end: int
    day: int
    month: int
    year: int | None

    def on(self, year: int | None = None) -> date | None:
        """The day, in its own year or the one given; None for a day that does not exist."""
        try:
            return date(self.year or year or 0, self.month, self.day)
        except ValueError:
            return None


def dates_in(text: str) -> list[Dated]:
    """Every date of a text in its order; a date is never read twice."""
    plain = text.lower().translate(_PLAIN)
    if len(plain) != len(text):  # a letter whose small form is two would shift what follows
        plain = "".join(letter.lower()[:1] for letter in text).translate(_PLAIN)
    found: list[Dated] = []
    read = bytearray(len(plain) + 1)
    for form in (_RANGE, *_FORMS):
        for match in form.finditer(plain):
            dated = _dated(match)
            if dated and not any(read[dated.start : dated.end]):
                found.append(dated)
                read[dated.start : dated.end] = b"\1" * (dated.end - dated.start)
    return sorted(found, key=lambda dated: dated.start)


def _dated(match: re.Match[str]) -> Dated | None:
    month = _MONTH.get(match["m"]) or (int(match["m"]) if match["m"].isdigit() else 0)
    year = int(match["y"]) if match["y"] else None
    if year is not None and year < 100:
        year += 2000
    dated = Dated(match.start(), match.end(), int(match["d"]), month, year)
    return dated if replace(dated, year=2024).on() else None


def hour_in(text: str) -> str | None:
    """The first hour a text gives, as "14:00"."""
    for match in _hours(text):
        hour = int(match["h"])
        half = (match.groupdict().get("half") or "").lower()
        if half.startswith("p") and hour < 12:
            hour += 12
        return f"{hour:02}:{match['min'] or '00'}"
    return None


def _hours(text: str) -> Iterator[re.Match[str]]:
    found = [*_HOUR.finditer(text), *_ORE.finditer(text)]
    return iter(sorted(found, key=lambda match: match.start()))
