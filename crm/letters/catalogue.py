"""The fields a letter may hold; nothing else is filled in."""

from __future__ import annotations

from dataclasses import dataclass

from crm.language import marked


@dataclass(frozen=True)
class Field:
    """One thing that differs from recipient to recipient."""

    name: str  # as written between braces
    label: str
    example: str


FIELDS = (
    Field("salutation", marked("Salutation"), marked("Hello Ana Silva")),
    Field("organisation", marked("Organisation"), marked("Horizon League")),
    Field("person", marked("Person's name"), marked("Ana Silva")),
    Field("country", marked("Country"), marked("France")),
    Field("appeal", marked("Title of the appeal"), marked("Free the gardeners")),
    Field("appeal_date", marked("Date of the appeal"), marked("21 May 2026")),
    Field("deadline", marked("Deadline to sign"), marked("30 June 2026")),
    Field("place", marked("Place of the appeal"), marked("Port-Clair")),
    Field("signatures", marked("Number of signatures"), "43"),
    Field("countries", marked("Number of countries"), "13"),
    Field("continents", marked("Continents"), marked("Europe, Africa and Asia")),
    Field("signed_as", marked("Name they sign under"), marked("Horizon League – Port-Clair")),
    Field("association", marked("Your association"), marked("Aube Collective")),
    Field("secretary", marked("Your first name"), marked("Ana")),
)
"""In the order the menu offers them."""

CONDITIONS = ("signed", "person", "deadline", "country")
"""What a condition may ask: `{% if 12 in signed %}` is “only for those who signed appeal 12”."""

NAMES = frozenset(field.name for field in FIELDS) | set(CONDITIONS)
