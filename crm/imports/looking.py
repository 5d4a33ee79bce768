"""Which row holds the headings of a sheet, and what each column is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from crm import words
from crm.formats import Cell, Sheet, Workbook
from crm.language import marked
from crm.places import place_of
from crm.schema import Address, Base, Name, Organisation, Person, Role

FIELDS = {
    "organisation": marked("Organisation"),
    "acronym": marked("Acronym"),
    "country": marked("Country"),
    "email": marked("E-mail"),
    "person": marked("Person"),
    "first_name": marked("First name"),
    "family_name": marked("Family name"),
    "role": marked("Role"),
    "language": marked("Language"),
    "telephone": marked("Telephone"),
    "notes": marked("Notes"),
    "appeal": marked("Signed this appeal"),
    "": marked("leave out"),
}
"""What a column may be; `appeal` takes its title from the heading."""

_YES = {"x", "xx", "oui", "o", "yes", "y", "ok", "1", "true", "vrai", "signe", "signee", "signed",
        "a signe", "si", "ja", "da", "v", "unterzeichnet", "firmado", "firmato"}  # fmt: skip
_NO = {"non", "no", "n", "0", "nein", "net", "false", "faux", "refuse", "decline"}
_MARKS = "✓✔☑✅✗✘❌☒"
_MOST_ABOVE = 15  # rows in which the headings are looked for


def _column(noun: type[Base], name: str) -> tuple[str, ...]:
    found: tuple[str, ...] = noun.__table__.c[name].info.get("headings", ())
    return tuple(words.fold(heading) for heading in found)


_HEADINGS: dict[str, tuple[str, ...]] = {
    "organisation": (*_column(Name, "text"), "societe", "company", "firma", "entreprise",
                     "nom de l organisation", "collectif", "partenaire", "partner", "groupe",
                     "organisations signataires", "institution", "soiuz"),
    "acronym": ("sigle", "acronyme", "acronym", "abreviation", "abbreviation", "abkurzung",
                "kurzel", "siglas", "sigla", "nom court"),
    "country": _column(Organisation, "country"),
    "email": _column(Address, "value"),
    "person": _column(Person, "name"),
    "first_name": ("prenom", "first name", "given name", "vorname", "nombre", "nome", "imia"),
    "family_name": ("nom de famille", "last name", "surname", "family name", "nachname",
                    "apellido", "apellidos", "cognome", "familiia"),
    "role": _column(Role, "title"),
    "language": _column(Organisation, "language"),
    "telephone": ("tel", "telephone", "phone", "portable", "mobile", "telefon", "telefono",
                  "gsm", "numero", "telefoon"),
    "notes": _column(Organisation, "notes"),
}  # fmt: skip


@dataclass(frozen=True)
class SheetGuess:
    """What was understood of one sheet; `columns` may be changed before planning."""

    name: str
    wanted: bool  # hidden sheets and those without names are not
    hidden: bool
    header: int  # the row of the headings, from 0; -1 when there is none
    headings: tuple[str, ...]
    columns: tuple[str, ...]  # a key of FIELDS for each, "" to leave out
    samples: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]  # below the headings

    def with_columns(self, columns: Sequence[str]) -> SheetGuess:
        """The same sheet, its columns taken for these."""
        return replace(self, columns=tuple(columns))


def look(workbook: Workbook) -> list[SheetGuess]:
    """Every sheet, with the headings found and what each column seems to hold."""
    return [_guess(sheet) for sheet in workbook.sheets]


def _guess(sheet: Sheet) -> SheetGuess:
    header = _header(sheet)
    width = max((len(row) for row in sheet.rows), default=0)
    if header < 0:
        columns = _by_content(sheet.rows, width)
        headings = ("",) * width
        rows = sheet.rows
    else:
        padded = (*sheet.rows[header], *(None,) * width)[:width]
        headings = tuple(" ".join(str(cell or "").split()) for cell in padded)
        rows = sheet.rows[header + 1 :]
        columns = _columns(headings, rows)
    filled = [row for row in rows if any(cell is not None for cell in row)]
    usable = bool({"organisation", "acronym"} & set(columns)) and bool(filled)
    return SheetGuess(
        sheet.name, usable and not sheet.hidden, sheet.hidden, header, headings, columns,
        tuple(filled[:3]), rows,
    )  # fmt: skip


def _header(sheet: Sheet) -> int:
    """The row with the most headings we know; one is enough when it names the organisation."""
    best, where = 0, -1
    for place, row in enumerate(sheet.rows[:_MOST_ABOVE]):
        known = [field for cell in row if (field := field_of(str(cell or "")))]
        score = len(set(known)) * 2 + ("organisation" in known)
        if score > best and (len(set(known)) > 1 or "organisation" in known):
            best, where = score, place
    return where


def field_of(heading: str) -> str:
    """The field a heading names, in any language we know; empty for none."""
    folded = re.sub(r"\b(s|es)\b", " ", words.fold(heading))
    folded = " ".join(folded.split())
    if not folded or len(folded) > 60:
        return ""
    for field, known in _HEADINGS.items():
        if folded in known:
            return field
    for field, known in _HEADINGS.items():
        if any(_opens(folded, each) for each in known if len(each) > 2):
            return field
    return ""


def _opens(folded: str, heading: str) -> bool:
    """“courriels”, “pays bureau”, “e mail 2” begin as the headings they are."""
    rest = folded.removeprefix(heading)
    return rest != folded and (rest in ("s", "es") or (rest.startswith(" ") and len(rest) < 20))


def _columns(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    found = [field_of(heading) for heading in headings]
    if "first_name" in found:
        # Beside a first name, “Nom” is the family's when another column names the organisation.
        others = [p for p, f in enumerate(found) if f == "organisation"]
        if len(others) > 1:
            named = [p for p in others if words.fold(headings[p]) in ("nom", "name")]
            for place in named[:1]:
                found[place] = "family_name"
    taken: set[str] = set()
    for place, field in enumerate(found):
        if field in taken and field not in ("email", "notes", "telephone"):
            found[place] = ""
        if field:
            taken.add(field)
        elif headings[place] and _is_ticks([_at(row, place) for row in rows]):
            found[place] = "appeal"
    return tuple(found)


def _by_content(rows: Sequence[Sequence[Cell]], width: int) -> tuple[str, ...]:
    """A sheet without headings: addresses and countries show themselves, names are what is left."""
    found = [""] * width
    for place in range(width):
        cells = [str(cell) for row in rows if (cell := _at(row, place)) is not None]
        if cells and sum("@" in cell for cell in cells) * 2 > len(cells):
            found[place] = "email"
        elif cells and sum(place_of(cell) is not None for cell in cells) * 2 > len(cells):
            found[place] = "country"
        elif cells and "organisation" not in found:
            found[place] = "organisation"
    return tuple(found) if "email" in found or "country" in found else ("",) * width


def _at(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else None


def _is_ticks(cells: Sequence[Cell]) -> bool:
    said = [ticked(cell) for cell in cells if cell is not None]
    return any(said) and sum(each is not None for each in said) * 3 > len(said) * 2


def ticked(cell: Cell) -> bool | None:
    """Whether a cell says yes or no to a signature; None when it says something else."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, date):
        return True
    text = str(cell).strip()
    if text and text[0] in _MARKS:
        return text[0] in _MARKS[:4]
    folded = words.fold(text)
    if text[:1] == "(":
        return None  # half said: promised, perhaps
    if folded in _YES:
        return True
    return False if folded in _NO else None
