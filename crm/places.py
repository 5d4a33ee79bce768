"""Countries, and headings that are not countries, in the languages lists are written in.

Codes are ISO 3166-1 alpha-2; names come from CLDR (through Babel) and from usage below.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii

from crm.language import _, marked

READ_IN = ("fr", "en", "de", "es", "it", "ca", "pt", "ru", "uk")
_NOT_COUNTRIES = {"EU", "UN", "EZ", "QO", "XA", "XB", "ZZ"}

_USAGE = {
    "AE": "emirats; uae",
    "BA": "bosnie; bosnia",
    "BO": "bolivie",
    "BY": "bielorussie; belorussia; bielorrusia; belarus; belorussiia; weissrussland; belorus",
    "CD": "rdc; rd congo; republique democratique du congo; drc; dr congo; congo kinshasa; zaire",
    "CG": "congo; congo brazzaville; republique du congo",
    "CI": "ivory coast; cote d ivoire",
    "CN": "rpc; republique populaire de chine",
    "CV": "cap vert",
    "CZ": "tchequie; republique tcheque; czech republic; ceska republika; cechia; czechia",
    "DE": "rfa; allemagne federale; brd; deutschland",
    "EH": "sahara occidental; western sahara; rasd",
    "ES": "etat espagnol; estado espanol; estat espanyol; spanish state; spanischer staat;"
    " stato spagnolo; espagne; espana",
    "FR": "etat francais; republique francaise; france metropolitaine; estado frances",
    "GB": "royaume uni; grande bretagne; angleterre; great britain; uk; england; ecosse; scotland;"
    " pays de galles; wales; irlande du nord; northern ireland; united kingdom; gb; reino unido;"
    " gran bretagna; inghilterra; regno unito; grossbritannien; velikobritaniia; anglia",
    "GR": "hellas",
    "IE": "eire; irlande; republic of ireland; republique d irlande",
    "IR": "iran; republique islamique d iran",
    "KG": "kirghizie; kirghizistan; kirghizstan; kyrgyzstan; kirgizia; kirgiziia",
    "KP": "coree du nord; north korea",
    "KR": "coree; coree du sud; korea; south korea; corea; corea del sur; corea del sud; sudkorea",
    "KZ": "kazakhstan; kazakstan; kasachstan; qazaqstan",
    "LA": "laos",
    "MD": "moldavie; moldova; moldau; moldavia; republique de moldavie; republic of moldova",
    "MK": "macedoine; macedoine du nord; macedonia",
    "MM": "birmanie; burma; birmania; myanmar",
    "NL": "hollande; pays bas; holland; olanda; holanda; the netherlands; netherlands",
    "PL": "polska",
    "PS": "palestine; palestina; palastina; territoires palestiniens; palestinian territories",
    "RU": "russie; federation de russie; russian federation; russland; rossiia; rossiiskaia federatsiia;"
    " rusia; rf; urss",
    "SZ": "swaziland",
    "TR": "turquie; turkey; turkiye",
    "TW": "taiwan",
    "UA": "ukraine; ukraina; ukrayina",
    "US": "etats unis; usa; etats unis d amerique; united states; united states of america; u s a; us;"
    " ee uu; eeuu; estados unidos; stati uniti; estats units; vereinigte staaten; ssha; amerique",
    "VA": "vatican; saint siege",
    "VN": "viet nam; vietnam",
}

HEADINGS = {
    "europe": marked("Europe"),
    "africa": marked("Africa"),
    "america": marked("America"),
    "latin america": marked("Latin America"),
    "asia": marked("Asia"),
    "oceania": marked("Oceania"),
    "middle east": marked("Middle East"),
    "international": marked("International organisation"),
}
_HEADING_WORDS = {
    "europe": "europe; europa; evropa; yevropa; europeen; europeenne; reseaux europeens; european;"
    " organisations europeennes; european organisations; europaische organisationen; union europeenne",
    "africa": "afrique; africa; afrika",
    "america": "ameriques; americas; amerika; america; north america; amerique du nord; norteamerica",
    "latin america": "amerique latine; latin america; america latina; lateinamerika; amerique du sud;"
    " south america; sudamerica; latinskaia amerika; llatinoamerica; latinoamerica",
    "asia": "asie; asia; asien; aziia; aziya",
    "oceania": "oceanie; oceania; ozeanien; okeaniia",
    "middle east": "moyen orient; proche orient; middle east; naher osten; oriente medio; medio oriente",
    "international": "organisation internationale; organisations internationales; international;"
    " internationale; internationales; internationaux; au niveau international; international level;"
    " international organisation; international organisations; international organization;"
    " international organizations; internationale organisation; internationale organisationen;"
    " reseaux internationaux; reseau international; international networks; internacional;"
    " internacionales; internacionals; organizaciones internacionales; organizacion internacional;"
    " organitzacions internacionals; organitzacio internacional; internazionale; internazionali;"
    " organizzazioni internazionali; organizzazione internazionale; organizacoes internacionais;"
    " mezhdunarodnaia organizatsiia; mezhdunarodnye organizatsii; mezhdunarodnye; mizhnarodni;"
    " mizhnarodni organizatsii; monde; world; worldwide; welt; mundo; mondo; mir; global;"
    " transnational; supranational",
}


@dataclass(frozen=True)
class Place:
    """A country by its code, or a heading that is not one; never both."""

    country: str | None = None
    heading: str | None = None


def place_of(text: str) -> Place | None:
    """The place a whole heading or cell names, or None when it names no place."""
    return _places().get(_folded(text)) or _by_code(text)


def country_name(code: str, language: str) -> str:
    """The country's name in a language; the code itself when CLDR knows none."""
    return _territories(language).get(code, code)


def heading_name(heading: str, language: str = "") -> str:
    """How a heading that is not a country is shown."""
    return _in_language(language, HEADINGS.get(heading, heading))


def countries(language: str) -> list[tuple[str, str]]:
    """Every country as (code, name), in the order of the names."""
    named = {
        code: name for code, name in _territories(language).items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }  # fmt: skip
    return sorted(named.items(), key=lambda each: _folded(each[1]))


def place_sort_key(place: Place, language: str) -> tuple[int, str]:
    """Countries by their names, then Europe and the like, international last (rule 4)."""
    if place.country:
        return 0, _folded(country_name(place.country, language))
    if place.heading:
        late = 2 if place.heading == "international" else 1
        return late, _folded(heading_name(place.heading, language))
    return 3, ""


def _in_language(language: str, sentence: str) -> str:
    if not language:
        return _(sentence)
    from crm.language import speak

    return speak(language, sentence)


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    plain = "".join(c if c.isalnum() else " " for c in anyascii(text).lower().replace("'", " "))
    words = plain.split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _LEADING else words)


_LEADING = {"la", "le", "les", "l", "the", "der", "die", "el", "il"}


def _by_code(text: str) -> Place | None:
    code = text.strip().strip("().").upper()
    known = len(code) == 2 and code == text.strip().strip("().") and code in _territories("en")
    return Place(country=code) if known and code not in _NOT_COUNTRIES else None


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale(language).territories
    except UnknownLocaleError:
        names = Locale("en").territories
    return {str(code): str(name) for code, name in names.items()}


@cache
def _places() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for language in READ_IN:
        for code, name in countries(language):
            found.setdefault(_folded(name), Place(country=code))
    for code, spellings in _USAGE.items():
        found.update({_folded(each): Place(country=code) for each in spellings.split(";")})
    for heading, spellings in _HEADING_WORDS.items():
        found.update({_folded(each): Place(heading=heading) for each in spellings.split(";")})
    return found
