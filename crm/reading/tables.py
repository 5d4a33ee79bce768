"""Lists set as tables: which column names, which gives the country, the address, the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crm import words
from crm.documents import Document, Line
from crm.reading import people
from crm.reading.entries import EMAIL, Entry, entry_of
from crm.reading.geography import country_of
from crm.reading.result import Span

_ORGANISATION = (
    r"organi[sz]a\w*|organitza\w*|organisation\w*|associa\w*|asocia\w*|structure|syndicat|"
    r"collecti\w*|signatair\w*|signator\w*|"
    r"unterzeichn\w*|firmant\w*|firmatar\w*|signant\w*|entid\w*|entitat\w*|verein|gruppe"
)
_COLUMNS = (
    ("name", rf"{_ORGANISATION}|nom|name|nombre|nome|naimenovanie|nazvanie"),
    ("country", r"pays|country|land|pais|paese|strana|estado|stato|estat|krai?ina"),
    ("email", r"e ?mails?|mail|courriel|adresse\w*|correo\w*|posta|contacte?s?|contacto|contatt\w*|kontakt\w*|pochta|adres\w*"),
    ("person", r"personne|person|represent\w*|rappresentant\w*|vertret\w*|persona|representante|predstavitel\w*|prenom\w*|lico|litso|contact person"),
    ("function", r"fonction|function|funktion|role|cargo|funcion|ruolo|carica|carrec|dolzhnost"),
)  # fmt: skip
_NUMBERING = re.compile(r"^(?:n|no|nr|num\w*|\d{1,4})?$")


def heads_a_list(cells: list[str]) -> bool:
    """The first row of a list of organisations: they, and where they are or who speaks for them."""
    folded = [words.fold(cell) for cell in cells]
    named = any(re.fullmatch(rf"(?:{_ORGANISATION})(?: \w+)*", cell) for cell in folded)
    return named and len(_columns(folded)) >= 2


def entries_of_table(document: Document, run: list[Line], language: str | None) -> Iterator[Entry]:
    """The signatories of a table, in its order."""
    rows = [line.cells or ((line.start, line.end),) for line in run]
    columns = _headed(document, rows[0])
    body = rows[1:] if columns else rows
    if not columns and _is_grid(document, body):
        yield from _cells_as_names(document, body, language)
        return
    columns = columns or _guessed(document, body)
    name = columns.get("name", 0)
    for row in body:
        if name >= len(row) or not document.text[slice(*row[name])].strip():
            continue
        entry = entry_of(document.text, row[name], language)
        if entry is not None:
            yield _completed(document, row, columns, entry)


def _is_grid(document: Document, rows: list[tuple[Span, ...]]) -> bool:
    """Names set in columns to save paper: every column reads like a column of organisations."""
    said = [cell for row in rows for at in row if (cell := document.text[slice(*at)].strip())]
    bodies = sum(people.names_body(cell) or cell.isupper() or " " in cell for cell in said)
    others = sum(
        people.is_person(cell) or "@" in cell or country_of(cell) is not None for cell in said
    )
    return max(len(row) for row in rows) > 1 and not others and bodies > 0.6 * len(said)


def _cells_as_names(
    document: Document, rows: list[tuple[Span, ...]], language: str | None
) -> Iterator[Entry]:
    for row in rows:
        for cell in row:
            entry = entry_of(document.text, cell, language) if cell[0] < cell[1] else None
            if entry is not None:
                yield entry


def _completed(
    document: Document, row: tuple[Span, ...], columns: dict[str, int], entry: Entry
) -> Entry:
    country = country_of(_cell(document, row, columns, "country"), codes=True)
    email = EMAIL.search(document.text, row[0][0], row[-1][1])
    function = _cell(document, row, columns, "function") or None
    behind = _cell(document, row, columns, "person")
    found = (
        Entry(span=row[0], name=behind, published=behind, person=True, function=function)
        if behind
        else None
    )
    return replace(
        entry,
        country=country or entry.country,
        email=email[0] if email else entry.email,
        behind=found or entry.behind,
        function=entry.function or (function if entry.person else None),
    )


def _cell(document: Document, row: tuple[Span, ...], columns: dict[str, int], column: str) -> str:
    at = columns.get(column)
    return document.text[slice(*row[at])].strip() if at is not None and at < len(row) else ""


def _headed(document: Document, row: tuple[Span, ...]) -> dict[str, int]:
    """The columns by the words of the first row; nothing when that row is one like the others."""
    columns = _columns([words.fold(document.text[slice(*span)]) for span in row])
    return columns if "name" in columns else {}


def _columns(cells: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, folded in enumerate(cells):
        for column, pattern in _COLUMNS:
            if column not in columns and re.fullmatch(rf"(?:{pattern})(?: \w+){{0,3}}", folded):
                columns[column] = at
                break
    return columns


def _guessed(document: Document, rows: list[tuple[Span, ...]]) -> dict[str, int]:
    """The columns by what they hold."""
    columns: dict[str, int] = {}
    for at in range(max(len(row) for row in rows)):
        cells = [document.text[slice(*row[at])].strip() for row in rows if at < len(row)]
        if sum(country_of(cell, codes=True) is not None for cell in cells) > len(cells) / 2:
            columns.setdefault("country", at)
        elif sum("@" in cell for cell in cells) > len(cells) / 2:
            columns.setdefault("email", at)
        elif not all(_NUMBERING.match(words.fold(cell)) for cell in cells):
            columns.setdefault("name", at)
    return columns
