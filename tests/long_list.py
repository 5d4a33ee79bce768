"""An invented appeal with thousands of signatories, the same at every run."""

from __future__ import annotations

from crm.documents import from_text
from crm.reading import Reading, understand

_KINDS = ("Association", "Collectif", "Union locale", "Comité", "Ligue", "Foyer", "Atelier",
          "Réseau", "Maison", "Cercle")  # fmt: skip
_OF = ("des Deux Rives", "du Port", "de l'Estuaire", "des Moulins", "de la Vigie", "des Phares",
       "du Grand Pré", "de la Source", "des Horizons", "du Vieux Pont", "des Lumières",
       "de la Dune", "des Saules")  # fmt: skip
_TOWNS = ("Vaucreux", "Port-Clair", "Exempleville", "Montbrume", "Sablières", "Roquefeuil",
          "Saint-Aubier", "Valdorne", "Hauterive", "Clairmont", "Bois-Joli", "Lanrec", "Ormelle",
          "Tressan", "Givry-le-Bas", "Pontadour", "Mirelac")  # fmt: skip
_COUNTRIES = ("Allemagne", "Belgique", "Bénin", "Brésil", "Espagne", "France", "Italie",
              "Kazakhstan", "Suisse", "Ukraine")  # fmt: skip


def names(count: int) -> list[str]:
    """That many names, none twice."""
    every = len(_KINDS) * len(_OF) * len(_TOWNS)
    found = []
    for number in range(count):
        at = number * 7 % every
        kind, of = _KINDS[at % 10], _OF[at // 10 % len(_OF)]
        town = _TOWNS[at // 130 % len(_TOWNS)]
        again = f" {number // every + 1}" if number >= every else ""
        found.append(f"{kind} {of} de {town}{again}")
    return found


def known(count: int) -> list[str]:
    """What a register has of them: four in ten as written, one or two in ten with a slip."""
    found = []
    for at, name in enumerate(names(count)):
        if at % 10 < 4:
            found.append(name)
        elif at % 13 < 2:
            found.append(name.replace("de ", "de la ", 1).replace("o", "oo", 1))
    return found


def text(count: int) -> str:
    """The appeal, its signatories under the headings of ten countries."""
    every = names(count)
    share = -(-count // len(_COUNTRIES))
    parts = ["# Appel pour les rivières", "**Vaucreux, le 3 mai 2026**",
             "Nous demandons que l'eau reste un bien commun.", "## Signataires"]  # fmt: skip
    for place, country in enumerate(_COUNTRIES):
        some = every[place * share : (place + 1) * share]
        parts += [f"### {country}", "\n".join(f"- {name}" for name in some)]
    return "\n\n".join(parts) + "\n"


def reading(count: int) -> Reading:
    """The same, read."""
    return understand(from_text("appel-des-rivieres.md", text(count)))
