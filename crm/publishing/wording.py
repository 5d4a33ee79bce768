"""The few words a printed list adds to its names, in the languages lists are printed in."""

from __future__ import annotations

from dataclasses import dataclass


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
}  # fmt: skip
LANGUAGES = tuple(_WORDING)


def wording(language: str | None) -> Wording:
    """The words of this language; English ones where we have none."""
    return _WORDING.get(language or "", _WORDING["en"])
