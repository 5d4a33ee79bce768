"""The few words a printed list adds to its names, in the languages lists are printed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crm import words


@dataclass(frozen=True)
class Wording:
    """How one language introduces, joins and heads a list of signatories."""

    one: str  # before a single organisation
    many: str  # before several
    last: str  # before the last name
    besides: str  # before the people, behind the organisations
    signatories: str  # heads a list on one line
    listing: str  # heads a list by country
    contacts: str
    others: str  # heads those under no country
    space: str = ""  # before a colon and a semicolon


_WORDING = {
    "fr": Wording("L'organisation", "Les organisations", "et", "ainsi que", "Les organisations signataires",
                  "Liste des signataires", "Contacts", "Autres", " "),
    "en": Wording("The organisation", "The organisations", "and", "as well as", "The signatory organisations",
                  "List of signatories", "Contacts", "Others"),
    "de": Wording("Die Organisation", "Die Organisationen", "und", "sowie", "Unterzeichnende Organisationen",
                  "Liste der Unterzeichnenden", "Kontakte", "Weitere"),
    "es": Wording("La organización", "Las organizaciones", "y", "así como", "Organizaciones firmantes",
                  "Lista de firmantes", "Contactos", "Otras"),
    "it": Wording("L'organizzazione", "Le organizzazioni", "e", "nonché", "Organizzazioni firmatarie",
                  "Elenco dei firmatari", "Contatti", "Altre"),
    "ca": Wording("L'organització", "Les organitzacions", "i", "així com", "Organitzacions signants",
                  "Llista de signants", "Contactes", "Altres"),
    "pt": Wording("A organização", "As organizações", "e", "bem como", "Organizações signatárias",
                  "Lista de signatários", "Contactos", "Outras"),
    "ru": Wording("Организация", "Организации", "и", "а также", "Подписали",
                  "Список подписавших", "Контакты", "Другие"),
    "uk": Wording("Організація", "Організації", "та", "а також", "Підписали",
                  "Список підписантів", "Контакти", "Інші"),
}  # fmt: skip
LANGUAGES = tuple(_WORDING)


def wording(language: str | None) -> Wording:
    """The words of this language; English ones where we have none."""
    return _WORDING.get(language or "", _WORDING["en"])


def listed(names: Sequence[str], said: Wording) -> str:
    """ "A, B, C"; semicolons where the last one would be read as two."""
    return _between(names, said, joined=False).join(names)


def joined(names: Sequence[str], said: Wording) -> str:
    """ "A, B et C"; "A ; B ; et C" where a name holds what parts or joins the names."""
    if len(names) < 2:
        return "".join(names)
    between, last = _between(names, said, joined=True), _last(names[-1], said)
    if between == ", ":
        return f"{between.join(names[:-1])} {last} {names[-1]}"
    return f"{between.join(names[:-1])}{between.rstrip()} {last} {names[-1]}"


def _between(names: Sequence[str], said: Wording, *, joined: bool) -> str:
    """A comma; a semicolon where a name has a comma, or a last one could be read as two."""
    joiner = re.compile(rf"\s(?:{said.last}|et|and|&)\s")
    last = names[-2:] if joined else names[-1:]
    unclear = len(names) > 1 and any(joiner.search(name) for name in last)
    return f"{said.space}; " if unclear or any("," in name for name in names) else ", "


def _last(name: str, said: Wording) -> str:
    """Spanish "y" is "e" before its own sound: "e Iglesias", yet "y Hierro"."""
    if said.last == "y" and re.match(r"(?:h?i(?![aeou]))", words.fold(name)):
        return "e"
    return said.last
