"""Invented coalitions whose names hold everything a list could stumble over."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from crm import words

LANGUAGES = ("fr", "en", "de", "es", "it", "ru")
COUNTRIES = ("FR", "DE", "IT", "ES", "KZ", "US", "GE", "BR", "PT", "UA")
_PARTS = {
    "fr": ("Ligue Collectif Réseau Union Comité Mouvement Entraide Fédération",
           "Horizon Rives Moulin Carillon Aube Encre Vigie Bruyère Falaise Lanterne Tisane Verger",
           "de des du", "et"),
    "en": ("League Network Union Committee Movement Campaign Society Alliance",
           "Harbour Willow Lantern Meadow Anchor Beacon Orchard Gorse Thistle Kettle Barley Fern",
           "of for", "and"),
    "de": ("Bündnis Netzwerk Verein Initiative Verband Aktion Gesellschaft Werkstatt",
           "Morgenrot Lindenhof Leuchtturm Brücke Windmühle Kiesel Ahorn Laterne Ufer Birke Hafen",
           "für der", "und"),
    "es": ("Liga Colectivo Red Unión Comité Movimiento Plataforma Asamblea",
           "Alborada Molino Ribera Faro Olivo Encina Candil Vereda Brisa Tejado Huerta Laguna",
           "de por", "y"),
    "it": ("Lega Collettivo Rete Unione Comitato Movimento Alleanza Circolo",
           "Aurora Mulino Riva Faro Ulivo Lanterna Brezza Sentiero Quercia Collina Ginestra Baia",
           "di per", "e"),
    "ru": ("Союз Лига Комитет Движение Сообщество Инициатива Мастерская Собрание",
           "Заря Мельница Берёза Маяк Пристань Рябина Фонарь Тропа Ольха Роща Волна Поляна",
           "за для", "и"),
}  # fmt: skip


def coalition(seed: int, size: int, language: str) -> list[tuple[str, str]]:
    """So many organisations, each a name like no other and a country."""
    luck = random.Random(seed)
    found: list[tuple[str, str]] = []
    met: set[str] = set()
    for name in _names(luck, language):
        if len(found) >= size:
            return found
        keys = {words.fold(name), words.identity(name), words.initials(name)[:6]} - {""}
        if acronym := words.acronym_of(name):
            keys.add(words.fold(acronym))
        if not keys & met:
            met |= keys
            found.append((name, luck.choice(COUNTRIES)))
    return found


def _names(luck: random.Random, language: str) -> Iterator[str]:
    while True:
        spoken = language if luck.random() < 0.8 else luck.choice(LANGUAGES)
        yield luck.choice(_SHAPES)(luck, spoken)


def _plain(luck: random.Random, language: str) -> str:
    kinds, proper, of, _joiner = (part.split() for part in _PARTS[language])
    return f"{luck.choice(kinds)} {luck.choice(of)} {' '.join(luck.sample(proper, 2))}"


def _proper(luck: random.Random, language: str, count: int = 2) -> str:
    return " ".join(luck.sample(_PARTS[language][1].split(), count))


def _pair(luck: random.Random, language: str) -> str:
    one, other = luck.sample(_PARTS[language][1].split(), 2)
    return f"{one} {_joiner(language)} {other}"


def _joiner(language: str) -> str:
    return _PARTS[language][3]


_SHAPES: tuple[Callable[[random.Random, str], str], ...] = (
    _plain,
    _plain,
    lambda luck, at: f"{_plain(luck, at)} {luck.randint(2, 99)}",
    lambda luck, at: f"{_proper(luck, at, 3)}",
    lambda luck, at: f"{_proper(luck, at, 1)}, {_pair(luck, at)}",
    lambda luck, at: f"{_plain(luck, at)} {_joiner(at)} {_proper(luck, at, 1)}",
    lambda luck, at: _pair(luck, at),
    lambda luck, at: f"{_plain(luck, at)}, {_proper(luck, at, 1)}",
    lambda luck, at: f"{_plain(luck, at)} ({_proper(luck, at, 1)})",
    lambda luck, at: f"{_plain(luck, at)} ({_letters(luck)})",
    lambda luck, at: f"{_letters(luck)} {_proper(luck, at)}",
    lambda luck, at: f"{_plain(luck, at)} « {_proper(luck, at, 1)} »",
    lambda luck, at: f'{_plain(luck, at)} "{_proper(luck, at, 1)}"',
    lambda luck, at: f"{_proper(luck, at, 1)}-{_proper(luck, at, 1)} {luck.randint(1900, 2026)}",
    lambda luck, at: f"{luck.randint(3, 31)} {_proper(luck, at, 2)}",
    lambda luck, at: f"{_plain(luck, at)} & {_proper(luck, at, 1)}",
)  # fmt: skip


def _letters(luck: random.Random) -> str:
    return "".join(luck.sample("BCDFGHJKLMNPRSTVXZ", 5))
