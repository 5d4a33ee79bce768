"""A list of addressees pasted from a spreadsheet: what is understood, shown before it is kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import words
from crm.addressees.keeping import add
from crm.errors import Refused
from crm.language import _, marked
from crm.schema import Addressee

COLUMNS = {
    "name": marked("Name"),
    "title": marked("Title before the name"),
    "first_name": marked("First name"),
    "line": marked("Line of the address"),
    "zip": marked("Postal code"),
    "town": marked("Town"),
    "greeting": marked("Greeting"),
    "": marked("leave out"),
}
"""What a pasted column may be."""

MOST = 5_000  # addressees of one appeal; every town hall of a country is 35,000, sent otherwise
_HEADINGS = {
    "name": ("nom", "name", "nom de famille", "destinataire", "destinataires", "addressee",
             "recipient", "nom complet", "full name", "nom prenom", "prenom nom", "maire", "mayor",
             "elu", "elue", "depute", "empfanger", "nombre", "destinatario", "nachname"),
    "title": ("civilite", "titre", "title", "anrede", "m mme", "mr ms"),
    "first_name": ("prenom", "first name", "vorname", "given name"),
    "line": ("adresse", "address", "rue", "street", "fonction", "function", "qualite", "mandat",
             "organisme", "institution", "mairie", "collectivite", "complement", "voie", "role",
             "service", "batiment", "pays", "country", "strasse", "anschrift", "ligne", "bp"),
    "zip": ("code postal", "cp", "zip", "postcode", "postal code", "plz"),
    "town": ("ville", "commune", "town", "city", "ort", "localite"),
    "greeting": ("appel", "formule d appel", "formule", "salutation", "greeting", "salutations",
                 "formule de politesse", "bonjour"),
    "": ("email", "e mail", "mail", "courriel", "telephone", "tel", "phone", "site", "notes",
         "remarques", "id", "numero", "no"),
}  # fmt: skip
_TOLD = re.compile(
    r"(?:madame|monsieur|mesdames|messieurs|ch[eè]re?s?|dear|sehr|señora?|estimad[oa]|gentile|"
    r"уважаем\w+)\b.*,\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Pasted:
    """One addressee as understood."""

    name: str
    block: str
    greeting: str


@dataclass(frozen=True)
class Plan:
    """What pasting these rows would write; nothing is written yet."""

    columns: tuple[str, ...]  # of COLUMNS, one for each
    headings: tuple[str, ...]  # as pasted, or empty
    new: tuple[Pasted, ...]
    known: tuple[str, ...]  # already there under this name and address, or twice in the rows
    nameless: tuple[int, ...]  # the numbers of the rows without a name, from 1


def plan(
    session: Session, appeal_id: int, pasted: str, columns: Sequence[str] | None = None
) -> Plan:
    """Who these rows are: cells between tabs or semicolons, a row of headings or none.

    `columns` says what each column is instead of what was guessed.
    """
    rows = _rows(pasted)
    if not rows:
        raise Refused(
            _("There is nothing to read here."),
            hint=_("Copy the rows in your spreadsheet, then paste them."),
        )
    headed = _is_heading(rows[0])
    headings = tuple(rows[0]) if headed else ()
    body = rows[1:] if headed else rows
    wide = max(len(row) for row in rows)
    guessed = _by_heading(rows[0], wide) if headed else _by_content(body, wide)
    what = tuple(columns) if columns is not None and len(columns) == wide else guessed
    there = session.execute(
        select(Addressee.name, Addressee.block).where(Addressee.appeal_id == appeal_id)
    )
    known = {(_key(name), _key(block)) for name, block in there}
    return _sorted_out(body, what, headings, known)


def record(session: Session, appeal_id: int, new: Sequence[Pasted]) -> list[int]:
    """Write the new ones down; one act takes them all back."""
    return [
        add(session, appeal_id, each.name, block=each.block, greeting=each.greeting) for each in new
    ]


def _sorted_out(
    rows: Sequence[Sequence[str]],
    columns: tuple[str, ...],
    headings: tuple[str, ...],
    known: set[tuple[str, str]],
) -> Plan:
    new: list[Pasted] = []
    again: list[str] = []
    nameless: list[int] = []
    for number, row in enumerate(rows, 1 + bool(headings)):
        each = _pasted(row, columns)
        here = (_key(each.name), _key(each.block))
        if not each.name:
            nameless.append(number)
        elif here in known:
            again.append(each.name)
        else:
            known.add(here)
            new.append(each)
    if len(new) > MOST:
        raise Refused(
            _("These are too many addressees for one appeal."),
            hint=_("Paste at most {n} rows.").format(n=MOST),
        )
    return Plan(columns, headings, tuple(new), tuple(again), tuple(nameless))


def _pasted(row: Sequence[str], columns: Sequence[str]) -> Pasted:
    cells: dict[str, list[str]] = {each: [] for each in COLUMNS}
    for what, cell in zip(columns, row, strict=False):
        if cell:
            cells[what].append(cell)
    name = " ".join(_flat(cell) for what in ("title", "first_name", "name") for cell in cells[what])
    return Pasted(
        name if cells["name"] or cells["first_name"] else "",
        "\n".join(_block(row, columns)), " ".join(map(_flat, cells["greeting"])),
    )  # fmt: skip


def _block(row: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
    """The lines of the address in the order of the columns, postal code and town on one."""
    place = {
        what: " ".join(c for w, c in zip(columns, row, strict=False) if w == what)
        for what in ("zip", "town")
    }
    said = False
    for what, cell in zip(columns, row, strict=False):
        if what == "line":
            yield from filter(None, map(_flat, cell.splitlines()))
        elif what in place and not said and cell:
            said = True
            yield " ".join(filter(None, map(_flat, place.values())))


def _flat(cell: str) -> str:
    return " ".join(cell.split())


def _key(text: str) -> str:
    return words.fold(" ".join(text.split())) or text.casefold()


# --- cells, and what the columns are --------------------------------------------------------


def _rows(pasted: str) -> list[list[str]]:
    text = pasted.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    between = "\t" if "\t" in text else ";"
    try:
        # Spreadsheets put a cell of several lines between quotes.
        found = list(csv.reader(io.StringIO(text), delimiter=between, strict=True))
    except csv.Error:
        found = [line.split(between) for line in text.split("\n")]
    rows = [[cell.strip() for cell in row] for row in found]
    return [row for row in rows if any(row)]


def _is_heading(row: Sequence[str]) -> bool:
    """A row of words we know as headings, letter for letter: "Rue Haute" is somewhere."""
    found = [_exactly(cell) for cell in row]
    known = sum(each is not None for each in found)
    named = "name" in found or "first_name" in found
    return (named and (known > 1 or len(row) == 1)) or known > max(1, len(row) // 2)


def _heading(cell: str) -> str | None:
    if (exactly := _exactly(cell)) is not None:
        return exactly
    said = _folded(cell)
    for what, known in _HEADINGS.items():
        if any(said.startswith(f"{each} ") for each in known if len(each) > 2):
            return what
    return None


def _exactly(cell: str) -> str | None:
    said = _folded(cell)
    return next((what for what, known in _HEADINGS.items() if said in known), None)


def _folded(cell: str) -> str:
    """A heading without its number: "Adresse 2"."""
    return re.sub(r"[\s\d]+$", "", words.fold(cell))


def _by_heading(row: Sequence[str], wide: int) -> tuple[str, ...]:
    found = [_heading(cell) for cell in row] + [None] * (wide - len(row))
    if "name" not in found and "first_name" not in found:
        found[next((at for at, each in enumerate(found) if each is None), 0)] = "name"
    named = [at for at, each in enumerate(found) if each == "name"]
    for at in named[1:]:
        found[at] = "line"  # "Maire" beside "Nom" is what they are
    return tuple("line" if each is None else each for each in found)


def _by_content(rows: Sequence[Sequence[str]], wide: int) -> tuple[str, ...]:
    """The name first, the greeting where cells end in a comma, the address between."""
    found = ["name"] + ["line"] * (wide - 1)
    for at in range(1, wide):
        cells = [row[at] for row in rows if at < len(row) and row[at]]
        if cells and sum(bool(_TOLD.match(cell)) for cell in cells) * 2 > len(cells):
            found[at] = "greeting"
        elif cells and sum("@" in cell for cell in cells) * 2 > len(cells):
            found[at] = ""
    return tuple(found)
