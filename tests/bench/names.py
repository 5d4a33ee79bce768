"""Invented names by the hundred thousand, and how people write them another day."""

from __future__ import annotations

import random

_KINDS = {
    "FR": ("Ligue", "Union départementale", "Syndicat", "Collectif", "Association", "Fédération",
           "Comité", "Réseau", "Mouvement", "Coordination", "Observatoire", "Cercle"),
    "DE": ("Bund", "Initiative", "Verein", "Netzwerk", "Bündnis", "Arbeitskreis"),
    "ES": ("Confederación", "Plataforma", "Asociación", "Colectivo", "Red", "Sindicato"),
    "IT": ("Associazione", "Comitato", "Rete", "Movimento", "Sindacato", "Coordinamento"),
    "GB": ("League", "Network", "Committee", "Union", "Campaign", "Movement", "Alliance"),
    "RU": ("Движение", "Комитет", "Союз", "Ассоциация", "Инициатива"),
}  # fmt: skip
_CAUSES = {
    "FR": ("des travailleurs", "des locataires", "pour la paix", "pour le climat", "des juristes",
           "des droits civiques", "de la santé", "de l'enseignement", "des artistes", "du rail",
           "féministe", "antiraciste", "des retraités", "de la jeunesse", "des journalistes"),
    "DE": ("für Frieden", "für Klimagerechtigkeit", "der Mieter", "der Eisenbahner", "für Bildung",
           "der Pflegekräfte", "gegen Rassismus", "der Jugend"),
    "ES": ("del Trabajo", "por la Paz", "de Inquilinas", "por el Clima", "de Enseñanza",
           "feminista", "de Juristas", "de la Sanidad"),
    "IT": ("del Lavoro", "per la Pace", "degli Inquilini", "per il Clima", "della Scuola",
           "dei Giuristi", "delle Donne", "della Sanità"),
    "GB": ("for Peace", "of Tenants", "for Climate Justice", "of Rail Workers", "for Education",
           "against Racism", "of Journalists", "for Civil Rights"),
    "RU": ("за мир", "за свободу", "журналистов", "учителей", "против пыток", "врачей"),
}  # fmt: skip
_STARTS = (
    "Bel",
    "Mor",
    "Ver",
    "Cas",
    "Lan",
    "Tor",
    "Pol",
    "Riv",
    "Sau",
    "Mar",
    "Fon",
    "Gar",
    "Hel",
    "Lin",
    "Nor",
    "Ost",
    "Pen",
    "Qui",
    "Ros",
    "Ter",
    "Val",
    "Wes",
    "Zel",
    "Bri",
)
_MIDDLES = ("", "a", "e", "i", "o", "en", "an", "er", "al", "is", "un", "or")
_ENDS = ("mont", "ville", "ac", "ay", "bourg", "stadt", "heim", "ona", "ella", "ford", "ton",
         "gorod", "nik", "ia", "ola", "ers", "igny", "anne", "esti", "ava")  # fmt: skip


def register(total: int, seed: int = 1) -> list[tuple[str, str]]:
    """So many distinct organisations: (name, country)."""
    draw = random.Random(seed)
    found: dict[str, str] = {}
    while len(found) < total:
        country = draw.choice(tuple(_KINDS))
        name = f"{draw.choice(_KINDS[country])} {draw.choice(_CAUSES[country])} {_town(draw)}"
        if draw.random() < 0.3:
            name = f"{name} {draw.choice(('Nord', 'Sud', 'Est', '–'))} {_town(draw)}"
        found.setdefault(name, country)
    return list(found.items())


def written(known: list[tuple[str, str]], total: int, seed: int = 2) -> list[tuple[str, str, int]]:
    """Lines of a document: (as written, country, place in the register; -1 when nobody's)."""
    draw = random.Random(seed)
    lines = []
    for _line in range(total):
        at = draw.randrange(len(known))
        name, country = known[at]
        how = draw.random()
        if how < 0.25:
            lines.append((name, country, at))
        elif how < 0.5:
            lines.append((draw.choice((name.upper(), f"la {name}", f"« {name} »")), country, at))
        elif how < 0.75:
            lines.append((_slipped(draw, name), country, at))
        else:
            lines.append((f"Amicale {_town(draw)} {_town(draw)} et {_town(draw)}", country, -1))
    return lines


def _town(draw: random.Random) -> str:
    return draw.choice(_STARTS) + draw.choice(_MIDDLES) + draw.choice(_ENDS)


def _slipped(draw: random.Random, name: str) -> str:
    """One letter gone from a long word."""
    parts = name.split()
    at = max(range(len(parts)), key=lambda each: len(parts[each]))
    cut = draw.randrange(1, len(parts[at]) - 1)
    parts[at] = parts[at][:cut] + parts[at][cut + 1 :]
    return " ".join(parts)
