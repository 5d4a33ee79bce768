"""Which continent a country is of: UN M49 regions, by ISO 3166-1 alpha-2 (CLDR has no such table).

One departure: Cyprus, a member of the European Union, is counted in Europe as its people count it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from crm.places import heading_name

_COUNTRIES = {
    "europe": "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT"
    " JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    "africa": "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS"
    " LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG"
    " YT ZA ZM ZW",
    "america": "AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS"
    " GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG"
    " VI",
    "asia": "AE AF AM AZ BD BH BN BT CN GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM"
    " MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE",
    "oceania": "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF"
    " WS",
}  # fmt: skip
CONTINENTS = tuple(_COUNTRIES)
_ON_THE_EDGE = {"AM", "AZ", "CY", "GE", "KZ", "RU", "TR"}
"""Counted in Europe by some and in Asia by others: no text is wrong about them."""


def continent_of(country: str) -> str | None:
    """The key of `places.HEADINGS` for a country's continent; None for Antarctica."""
    return _by_country().get(country)


def may_be_of(country: str) -> set[str]:
    """The continents a text may count a country in."""
    return {"europe", "asia"} if country in _ON_THE_EDGE else {continent_of(country) or ""} - {""}


def continents(countries: Iterable[str]) -> list[str]:
    """The continents of these countries, the most present first, then in the usual order."""
    held = [each for each in map(continent_of, countries) if each]
    return sorted(set(held), key=lambda each: (-held.count(each), CONTINENTS.index(each)))


def in_words(keys: Iterable[str], language: str) -> str:
    """Continents one after the other: "Europe, Afrique, Amérique et Asie"."""
    from babel.lists import format_list

    names = [continent_name(key, language) for key in keys]
    # British English has no comma before the last "and", as no printed list of ours has.
    return str(format_list(names, locale="en_GB" if language == "en" else language))


def continent_name(key: str, language: str) -> str:
    """A continent in any language, in the singular: America is one of them."""
    if key == "america" and language in _AMERICA:
        return _AMERICA[language]
    return _cldr(language).get(_M49[key]) or heading_name(key, language)


_M49 = {"africa": "002", "america": "019", "asia": "142", "europe": "150", "oceania": "009"}
_AMERICA = {"fr": "Amérique", "en": "America", "it": "America", "pt": "América", "uk": "Америка"}


@cache
def _by_country() -> dict[str, str]:
    return {code: key for key, codes in _COUNTRIES.items() for code in codes.split()}


@cache
def _cldr(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale(language).territories
    except UnknownLocaleError:
        names = Locale("en").territories
    return {code: str(names[code]) for code in _M49.values() if code in names}
