"""Countries, and headings that are not countries, in the languages lists are written in.

Codes are ISO 3166-1 alpha-2; names come from CLDR (through Babel) and from usage below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii

from crm.language import _, current, marked
from crm.words.collation import collated

READ_IN = ("fr", "en", "de", "es", "it", "ca", "pt", "ru", "uk")
_NOT_COUNTRIES = {"EU", "UN", "EZ", "QO", "XA", "XB", "ZZ"}

_USAGE = {
    "AE": "emirats; uae",
    "BA": "bosnie; bosnia",
    "BO": "bolivie",
    "BY": "bielorussie; belorussia; bielorrusia; belarus; belorussiia; weissrussland; belorus",
    "CD": "rdc; rd congo; democratic republic of the congo; democratic republic of congo; republique democratique du congo; drc; dr congo; congo kinshasa; zaire",
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
    " gran bretagna; inghilterra; regno unito; grossbritannien; velikobritaniia; anglia;"
    " velikobritaniia i severnaia irlandiia; velikobritaniya i severnaya irlandiya; velyka brytaniia",
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
    "RE": "ile de la reunion",
    "HK": "hong kong; hongkong; honkong",
    "RU": "russie; federation de russie; russie federation de; federacion rusa; federacion de rusia; russian federation; russland; rossiia; rossiiskaia federatsiia;"
    " rusia; rf; urss",
    "SZ": "swaziland",
    "TR": "turquie; turkey; turkiye",
    "TW": "taiwan",
    "UA": "ukraine; ukraina; ukrayina",
    "US": "etats unis; usa; etats unis d amerique; united states; united states of america; u s a; u s;"
    " ee uu; eeuu; estados unidos; estados unidos de america; estados unidos da america; stati uniti;"
    " stati uniti d america; estats units; estats units d america; vereinigte staaten von amerika; vereinigte staaten; ssha; amerique",
    "VA": "vatican; saint siege",
    "VN": "viet nam; vietnam",
}

_ENDONYMS = {  # as their own languages call them, transcribed
    "AL": "shqiperi; shqiperia", "AM": "hayastan", "AZ": "azerbaycan; azarbajcan; azerbaidzhan",
    "BA": "bosna i hercegovina; bosna i khertsegovina; bih; bosna", "BE": "belgie",
    "BG": "b lgariya; bulgariia; balgariia", "CY": "kypros; kibris", "CZ": "cesko", "DK": "danmark",
    "EE": "eesti", "FI": "suomi", "GE": "sakartvelo; gruziia", "GR": "ellada", "HR": "hrvatska",
    "HU": "magyarorszag", "IE": "eire", "IL": "ysr l", "IS": "island", "JP": "nippon; nihon",
    "KG": "kyrgyz respublikasy", "LT": "lietuva", "LU": "letzebuerg", "LV": "latvija",
    "ME": "crna gora", "MK": "severna makedonija; severna makedoniia; north macedonia",
    "NL": "nederland", "NO": "norge; noreg", "NZ": "aotearoa; aotearoa new zealand",
    "RO": "romania", "RS": "srbija", "SE": "sverige", "SI": "slovenija", "SK": "slovensko",
    "TJ": "tojikiston", "UZ": "o zbekiston; uzbekiston", "XK": "kosove; kosova; kosovo",
}  # fmt: skip

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
_HEADING_NAMES = {  # where the catalogue of the window has none
    "europe": "de Europa es Europa it Europa ca Europa pt Europa ru Европа uk Європа",
    "africa": "de Afrika es África it Africa ca Àfrica pt África ru Африка uk Африка",
    "america": "de Amerika es América it America ca Amèrica pt América ru Америка uk Америка",
    "latin america": "de Lateinamerika es América_Latina it America_Latina ca Amèrica_Llatina"
    " pt América_Latina ru Латинская_Америка uk Латинська_Америка",
    "asia": "de Asien es Asia it Asia ca Àsia pt Ásia ru Азия uk Азія",
    "oceania": "de Ozeanien es Oceanía it Oceania ca Oceania pt Oceania ru Океания uk Океанія",
    "middle east": "de Naher_Osten es Oriente_Medio it Medio_Oriente ca Orient_Mitjà"
    " pt Médio_Oriente ru Ближний_Восток uk Близький_Схід",
    "international": "de Internationale_Organisation es Organización_internacional"
    " it Organizzazione_internazionale ca Organització_internacional"
    " pt Organização_internacional ru Международная_организация uk Міжнародна_організація",
}
_HEADING_WORDS = {
    "europe": "europe; organisations europeennes; organizaciones europeas; organizzazioni europee; reseau europeen; europa; evropa; yevropa; europeen; europeenne; reseaux europeens; european;"
    " european organisations; european organizations; european networks; europaische organisationen; union europeenne",
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
    " transnational; supranational; mezhdunarodnaya organizatsiya; mezhdunarodnyye organizatsii;"
    " mizhnarodna organizatsiya; mizhnarodni organizatsiyi",
}


@dataclass(frozen=True)
class Place:
    """A country by its code, or a heading that is not one; never both."""

    country: str | None = None
    heading: str | None = None


def place_of(text: str) -> Place | None:
    """The place a whole heading or cell names, or None when it names no place.

    “Associations italiennes”, “In Deutschland” and “Организации России” name one too.
    """
    if len(text) > 90:  # no heading is that long
        return None
    folded = _folded(text)
    known = _places()
    if folded in _OTHER_MEANING:
        return _with_article(text, folded)
    found = known.get(folded) or known.get(_less_and(folded)) or _by_code(text)
    return found or _inflected(folded) or _said_around(folded)


def _less_and(folded: str) -> str:
    """“Bosnia and Herzegovina” as “Bosnia & Herzegovina” folds."""
    words = folded.split()
    return " ".join([words[0], *(w for w in words[1:] if w not in _AND)]) if words else ""


def _with_article(text: str, folded: str) -> Place | None:
    """“La Réunion” is an island, “Réunion” the title of a meeting."""
    whole = " ".join(anyascii(text).lower().split())
    return _places().get(folded) if whole == f"{_OTHER_MEANING[folded]} {folded}" else None


def _said_around(folded: str) -> Place | None:
    """What stands behind “organisations …”, “en …”: a country, or its adjective."""
    first, _space, rest = folded.partition(" ")
    if not rest:
        return None
    if first in _IN:
        return _places().get(rest) or _inflected(rest)
    if first in _BODIES:
        for less in ("", "de ", "d ", "du ", "des ", "en ", "of ", "from ", "in ", "aus ", "di "):
            bare = rest.removeprefix(less)
            if bare in _adjectives():
                return Place(country=_adjectives()[bare])
            if less and bare != rest and (found := _places().get(bare)):
                return found
        return _inflected(rest)
    return None


def _inflected(folded: str) -> Place | None:
    """A Russian or Ukrainian name in another case: Rossii, Ukrainy, Germanii."""
    for ending, nominatives in (
        ("iyi", ("iya",)),
        ("iyi", ("iia",)),
        ("ii", ("iya", "iia")),
        ("y", ("a",)),
    ):
        if len(folded) > 5 and folded.endswith(ending):
            for nominative in nominatives:
                name = folded.removesuffix(ending) + nominative
                if name in _slavic():
                    return _slavic()[name]
    return None


def country_name(code: str, language: str) -> str:
    """The country's name in a language; the code itself when CLDR knows none."""
    return _territories(language).get(code, code)


def named_apart(name: str, country: str | None, asked: str | None) -> str:
    """Somebody of the directory, with its country where that is not the one asked about."""
    if not country or country == asked:
        return name
    return f"{name} ({country_name(country, current())})"


def heading_name(heading: str, language: str = "") -> str:
    """How a heading that is not a country is shown."""
    named = _heading_names(heading)
    return named.get(language) or _in_language(language, HEADINGS.get(heading, heading))


def countries(language: str) -> list[tuple[str, str]]:
    """Every country as (code, name), in the order of the names."""
    named = {
        code: name for code, name in _territories(language).items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }  # fmt: skip
    return sorted(named.items(), key=lambda each: _folded(each[1]))


def place_sort_key(
    place: Place, language: str, own: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Countries by their names, then Europe and the like, international last (rule 4).

    `own`: the workspace's words for some countries, by their codes; they sort by those.
    """
    if place.country:
        said = (own or {}).get(place.country) or country_name(place.country, language)
        return 0, collated(said, language)
    if place.heading:
        late = 2 if place.heading == "international" else 1
        return late, collated(heading_name(place.heading, language), language)
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


_OTHER_MEANING = {"reunion": "la", "riunione": "la", "reuniao": "la"}
"""Names that are also ordinary words, with the article that makes a country of them."""
_AND = {"and", "et", "und", "y", "e", "i", "ta", "og"}
_IN = {
    "en",
    "in",
    "aus",
    "desde",
    "da",
    "dalla",
    "dall",
    "des de",
    "z",
    "vid",
    "im",
    "au",
    "aux",
    "from",
    "v",
    "iz",
    "depuis",
}
_BODIES = {
    "organisations", "organisation", "associations", "collectifs", "signataires", "groupes",
    "syndicats", "organizations", "signatories", "groups", "organisationen", "gruppen", "vereine",
    "unterzeichner", "unterzeichnende", "organizaciones", "asociaciones", "colectivos", "firmantes",
    "organizzazioni", "associazioni", "firmatari", "organitzacions", "entitats", "organizacoes",
    "organizatsii", "organizaciyi", "gruppy", "kollektivy",
}  # fmt: skip
_ADJECTIVES = {
    "AT": "autrichiennes autrichiens austrian osterreichische austriacas",
    "BE": "belges belgian belgische belgas belghe",
    "BR": "bresiliennes bresiliens brazilian brasilianische brasilenas brasiliane brasileiras",
    "BY": "bielorusses belarusian belarussische bielorrusas bielorusse",
    "CA": "canadiennes canadiens canadian kanadische canadienses canadesi",
    "CH": "suisses swiss schweizer schweizerische suizas svizzere",
    "DE": "allemandes allemands german deutsche alemanas tedesche alemanyes alemas nemetskie",
    "DZ": "algeriennes algeriens algerian algerische argelinas algerine",
    "ES": "espagnoles espagnols spanish spanische espanolas spagnole espanyoles",
    "FR": "francaises francais french franzosische francesas francesi franceses frantsuzskie",
    "GB": "britanniques british britische britanicas britanniche britaniques anglaises",
    "GE": "georgiennes georgiens georgian georgische georgianas georgiane",
    "GR": "grecques grecs greek griechische griegas greche",
    "IT": "italiennes italiens italian italienische italianas italiane",
    "KZ": "kazakhes kazakhs kazakh kasachische kazajas kazake",
    "MA": "marocaines marocains moroccan marokkanische marroquies marocchine",
    "NL": "neerlandaises hollandaises dutch niederlandische holandesas olandesi",
    "PL": "polonaises polonais polish polnische polacas polacche",
    "PT": "portugaises portugais portuguese portugiesische portuguesas portoghesi",
    "RU": "russes russian russische rusas russe rossiiskie russkie",
    "TN": "tunisiennes tunisiens tunisian tunesische tunecinas tunisine",
    "TR": "turques turcs turkish turkische turcas turche",
    "UA": "ukrainiennes ukrainiens ukrainian ukrainische ucranianas ucraine ukrainskie",
    "US": "americaines americains american amerikanische estadounidenses statunitensi",
}
_LEADING = {"la", "le", "les", "l", "the", "der", "die", "el", "il"}


def _by_code(text: str) -> Place | None:
    code = text.strip().strip("().").upper()
    known = len(code) == 2 and code == text.strip().strip("().") and code in _territories("en")
    return Place(country=code) if known and code not in _NOT_COUNTRIES else None


@cache
def _heading_names(heading: str) -> dict[str, str]:
    """The names of a heading, by language."""
    said = _HEADING_NAMES.get(heading, "").split()
    return {code: name.replace("_", " ") for code, name in zip(said[::2], said[1::2], strict=True)}


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale(language).territories
    except UnknownLocaleError:
        names = Locale("en").territories
    return {str(code): str(name) for code, name in names.items()}


@cache
def _adjectives() -> dict[str, str]:
    return {word: code for code, words in _ADJECTIVES.items() for word in words.split()}


@cache
def _slavic() -> dict[str, Place]:
    return {
        _folded(name): Place(country=code)
        for language in ("ru", "uk")
        for code, name in countries(language)
    }


@cache
def _places() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for language in READ_IN:
        for code, name in countries(language):
            found.setdefault(_folded(name), Place(country=code))
            found.setdefault(_less_and(_folded(name)), Place(country=code))
    for code, spellings in (*_ENDONYMS.items(), *_USAGE.items()):
        found.update({_folded(each): Place(country=code) for each in spellings.split(";")})
    for heading in HEADINGS:
        for name in _heading_names(heading).values():
            found.setdefault(_folded(name), Place(heading=heading))
    for heading, spellings in _HEADING_WORDS.items():
        found.update({_folded(each): Place(heading=heading) for each in spellings.split(";")})
    return found
