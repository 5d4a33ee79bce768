"""Numbers written as words, in the languages appeals are written in: “quarante-trois” is 43."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from crm.words import fold

LONGEST = 4
"""Words the longest of them has: “quatre vingt dix neuf”."""

_UNITS = {
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
    " seize dix-sept dix-huit dix-neuf",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn"
    " fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "es": "cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve",
    "it": "zero un due tre quattro cinque sei sette otto nove dieci undici dodici tredici"
    " quattordici quindici sedici diciassette diciotto diciannove",
    "ca": "zero un dos tres quatre cinc sis set vuit nou deu onze dotze tretze catorze quinze setze"
    " disset divuit dinou",
    "pt": "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze"
    " dezasseis dezassete dezoito dezanove",
    "ru": "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать"
    " тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
    "uk": "нуль один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять"
    " тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять",
}
_TENS = {
    "fr": "vingt trente quarante cinquante soixante septante quatre-vingt nonante",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "ca": "vint trenta quaranta cinquanta seixanta setanta vuitanta noranta",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "uk": "двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто",
}
_JOINED = {"fr": " et {}", "es": " y {}", "pt": " e {}", "ca": "-{}"}
_ALSO = {
    "fr": {"une": 1, "cent": 100},
    "en": {"hundred": 100, "a hundred": 100, "one hundred": 100, "dozen": 12},
    "de": {"eine": 1, "hundert": 100, "einhundert": 100},
    "es": {"una": 1, "cien": 100, "veintiún": 21, "veintiuna": 21},
    "it": {"una": 1, "cento": 100},
    "ca": {"una": 1, "dues": 2, "cent": 100},
    "pt": {"uma": 1, "duas": 2, "cem": 100, "dezesseis": 16, "dezessete": 17, "dezenove": 19},
    "ru": {"сто": 100, "ста": 100, "двух": 2, "две": 2, "трёх": 3, "трех": 3, "четырёх": 4,
           "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9, "сорока": 40},
    "uk": {"сто": 100, "двох": 2, "дві": 2, "трьох": 3, "чотирьох": 4, "сорока": 40},
}  # fmt: skip


@cache
def numbers(language: str) -> dict[str, int]:
    """Folded words to what they count, from 1 to 100: in this language, then in all the others."""
    found: dict[str, int] = {}
    for each in sorted(_UNITS, key=lambda other: other == language):
        found |= {fold(said): value for said, value in _ALSO[each].items()}
        found |= {fold(said): value for said, value in _said(each) if value}
    return found


def _said(language: str) -> Iterator[tuple[str, int]]:
    units = _UNITS[language].split()
    yield from ((said, at) for at, said in enumerate(units))
    for at, tens in enumerate(_TENS[language].split(), 2):
        yield tens, at * 10
        yield from _declined(tens, at * 10, language)
        for unit in range(1, 10):
            for said in _compound(language, tens, units[unit], unit):
                yield said, at * 10 + unit
    if language == "fr":
        yield from _french(units)


def _compound(language: str, tens: str, said: str, unit: int) -> Iterator[str]:
    """Twenty-one and the like: one word in German and Italian, two or three elsewhere."""
    if language == "de":
        yield f"{said}und{tens}"
    elif language == "it":
        yield (tens[:-1] if said[0] in "uo" else tens) + said
        yield tens[:-1] + "uno" if unit == 1 else tens + said
    else:
        yield f"{tens} {said}"
        yield tens + _JOINED.get(language, " {}").format(said)
        if language == "es" and tens == "veinte":
            yield f"veinti{said}"
        if language == "ca" and tens == "vint":
            yield f"{tens}-i-{said}"


def _declined(said: str, value: int, language: str) -> Iterator[tuple[str, int]]:
    """“из тринадцати стран”: the genitive of what ends in a soft sign."""
    if language in {"ru", "uk"} and said.endswith("ь"):
        yield f"{said[:-1]}и", value


def _french(units: list[str]) -> Iterator[tuple[str, int]]:
    yield "quatre-vingts", 80
    for first, value in (("soixante", 60), ("quatre-vingt", 80)):
        yield from ((f"{first} {units[at]}", value + at) for at in range(10, 20))
    yield "soixante et onze", 71
