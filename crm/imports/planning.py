"""The plan of an import: the register as it would stand, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import words
from crm.contacts import normal_address
from crm.duplicates import KnownNames
from crm.errors import Refused
from crm.formats import Cell
from crm.imports.looking import SheetGuess, ticked
from crm.language import _, n_
from crm.places import place_of
from crm.schema import Address

_ADDRESS = re.compile(r"[^\s<>()\[\],;:/|\"']+@[^\s<>()\[\],;:/|\"']+")
_USUAL = (
    "gmail.com", "outlook.com", "hotmail.com", "hotmail.fr", "yahoo.fr", "yahoo.com", "free.fr",
    "orange.fr", "wanadoo.fr", "laposte.net", "riseup.net", "protonmail.com", "gmx.de", "web.de",
)  # fmt: skip
LANGUAGES = {
    "fr": ("fr", "francais", "french", "franzosisch", "frances", "francese"),
    "en": ("en", "anglais", "english", "englisch", "ingles", "inglese"),
    "de": ("de", "allemand", "german", "deutsch", "aleman", "tedesco"),
    "es": ("es", "espagnol", "spanish", "spanisch", "espanol", "spagnolo"),
    "it": ("it", "italien", "italian", "italienisch", "italiano"),
    "ru": ("ru", "russe", "russian", "russisch", "ruso", "russo"),
    "uk": ("uk", "ua", "ukrainien", "ukrainian", "ukrainisch"),
    "pt": ("pt", "portugais", "portuguese", "portugues"),
    "ca": ("ca", "catalan", "catala"),
}


@dataclass
class Planned:
    """One organisation of the sheet, all its rows together."""

    name: str
    country: str | None = None
    heading: str | None = None
    acronym: str = ""
    language: str | None = None
    emails: list[str] = field(default_factory=list)
    people: list[tuple[str, str]] = field(default_factory=list)  # name, role
    telephones: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    organisation_id: int | None = None  # the one it completes
    parent_id: int | None = None  # the one of the register it is a section of
    parent: Planned | None = None  # the one of the sheet it is a section of
    other_names: list[str] = field(default_factory=list)

    def take(self, other: Planned) -> None:
        """All that `other` holds: two spellings of one organisation."""
        self.country, self.heading = self.country or other.country, self.heading or other.heading
        self.acronym = self.acronym or other.acronym
        self.language = self.language or other.language
        self.rows += other.rows
        for mine, theirs in (
            (self.emails, other.emails), (self.telephones, other.telephones),
            (self.signed, other.signed), (self.notes, other.notes),
            (self.other_names, [other.name, *other.other_names]),
        ):  # fmt: skip
            mine.extend(each for each in theirs if each not in mine)
        self.people += [each for each in other.people if each[0] not in dict(self.people)]


@dataclass
class Question:
    """Is this name of the sheet that organisation?  Kept aside until it is answered."""

    planned: Planned
    candidate_id: int  # below 0 with a twin
    candidate: str
    reason: str
    answer: str = ""  # same, new, section, skip
    twin: Planned | None = None  # that other row
    country: str | None = None  # of the candidate, where it is known


@dataclass(frozen=True)
class Doubtful:
    """An address that cannot be one, and what it may have been."""

    row: int
    address: str
    why: str
    suggestion: str
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """A row that says nothing we can keep, and why."""

    row: int
    why: str
    cells: tuple[Cell, ...]


@dataclass
class Plan:
    """What an import would do; nothing is written yet."""

    organisations: list[Planned] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    doubtful: list[Doubtful] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    headings: tuple[str, ...] = ()
    empty: int = 0
    source: str = ""

    def sentences(self) -> list[str]:
        """The plan as she reads it."""
        everybody = [*self.organisations, *(each.planned for each in self.questions)]
        signed = sum(len(each.signed) for each in everybody)
        appeals = len({title for each in everybody for title in each.signed})
        addresses = sum(len(each.emails) for each in everybody)
        parts = [n_("{n} organisation", "{n} organisations", len(self.organisations))]
        if signed:
            parts.append(
                n_("{n} signature", "{n} signatures", signed)
                + " "
                + n_("on {n} appeal", "on {n} appeals", appeals)
            )
        parts.append(n_("{n} address", "{n} addresses", addresses))
        if self.doubtful:
            parts.append(n_("{n} to correct", "{n} to correct", len(self.doubtful)))
        if self.questions:
            parts.append(n_("{n} question", "{n} questions", len(self.questions)))
        if self.rejected:
            parts.append(n_("{n} row left aside", "{n} rows left aside", len(self.rejected)))
        return [", ".join(parts) + ".", _("Nothing is written yet.")]

    @property
    def new(self) -> list[Planned]:
        """Organisations the register does not have."""
        return [each for each in self.organisations if each.organisation_id is None]

    def to_json(self) -> dict[str, Any]:
        """The register as it would stand afterwards (design, section 5)."""
        return {
            "organisations": [
                {"name": each.name, "country": each.country, "emails": each.emails,
                 "signed": each.signed, "acronym": each.acronym or None,
                 "people": [{"name": name, "role": role or None} for name, role in each.people],
                 "match": each.organisation_id}
                for each in self.organisations
            ],
            "doubtful": [
                {"address": each.address, "why": each.why, "suggestion": each.suggestion or None}
                for each in self.doubtful
            ],
            "rejected": [{"row": each.row, "why": each.why} for each in self.rejected],
            "questions": [
                {"name": each.planned.name, "candidate": each.candidate, "reason": each.reason}
                for each in self.questions
            ],
        }  # fmt: skip


def plan(session: Session, sheets: Sequence[SheetGuess], source: str = "") -> Plan:
    """What recording the wanted sheets would do: matched with the register and among themselves."""
    made = Plan(source=words.legible(source))
    known = KnownNames.load(session)
    groups: dict[int, Planned] = {}
    for sheet in sheets:
        if sheet.wanted:
            made.headings = made.headings or sheet.headings
            _Reader(made, known, groups, sheet).read()
    _leave_out_known(session, made)
    return made


class _Reader:
    """Reads one sheet into the plan."""

    def __init__(
        self, plan_: Plan, known: KnownNames, groups: dict[int, Planned], sheet: SheetGuess
    ) -> None:
        self._plan, self._known, self._groups, self._sheet = plan_, known, groups, sheet
        self._carried: Cell = None
        self._carries = _carries(sheet)

    def read(self) -> None:
        """Every row, first to last."""
        for place, cells in enumerate(self._sheet.rows):
            number = place + self._sheet.header + 2
            if not any(cell is not None for cell in cells):
                self._plan.empty += 1
                continue
            self._row(number, cells)

    def _row(self, number: int, cells: tuple[Cell, ...]) -> None:
        country = self._text(cells, "country") or None
        if self._carries:
            self._carried = country or self._carried
            country = str(self._carried) if self._carried else None
        name = self._text(cells, "organisation") or self._text(cells, "acronym")
        if not name or not words.fold(name):
            if country and sum(cell is not None for cell in cells) == 1:
                return  # a line that is only a heading
            self._plan.rejected.append(Rejected(number, _("no organisation is named"), cells))
            return
        if self._is_furniture(name, cells):
            self._plan.empty += 1
            return
        place = place_of(country) if country else None
        each = self._group(name, place.country if place else None)
        each.rows.append(number)
        each.country = each.country or (place.country if place else None)
        each.heading = each.heading or (place.heading if place else None)
        if country and place is None:
            each.notes.append(country)
        self._fill(each, number, cells)

    def _is_furniture(self, name: str, cells: tuple[Cell, ...]) -> bool:
        """The headings said again, a total, a legend: part of the sheet, not of the register."""
        said = [" ".join(str(cell or "").split()) for cell in cells]
        if sum(cell != "" and cell in self._sheet.headings for cell in said) > 1:
            return True
        opening = words.fold(name).split()[0]
        return opening in ("total", "totaux", "legende", "legend", "summe", "suma", "totale")

    def _group(self, name: str, country: str | None) -> Planned:
        """The planned organisation this row speaks of."""
        match = self._known.match(name, country=country)
        found = match.organisation_id
        if found is not None and match.relation == "same" and match.sure:
            if found not in self._groups:
                self._groups[found] = Planned(match.name, organisation_id=found)
                self._plan.organisations.append(self._groups[found])
            each = self._groups[found]
            if words.tidy(name) != each.name and words.tidy(name) not in each.other_names:
                each.other_names.append(words.tidy(name))
            return each
        each = Planned(words.unquoted(words.tidy(name)))
        if found is not None and match.relation == "ask":
            twin = self._groups.get(found) if found < 0 else None
            self._plan.questions.append(
                Question(
                    each, found, match.name, match.reason, twin=twin, country=match.country
                )
            )  # fmt: skip
        else:
            if found is not None and match.relation == "branch_of":
                each.parent = self._groups.get(found) if found < 0 else None
                each.parent_id = found if found > 0 else None
            self._plan.organisations.append(each)
        mine = -len(self._groups) - 1_000
        self._groups[mine] = each
        self._known.add(mine, name, country)
        return each

    def _fill(self, each: Planned, number: int, cells: tuple[Cell, ...]) -> None:
        each.acronym = each.acronym or self._text(cells, "acronym")
        each.language = each.language or _language(self._text(cells, "language"))
        for text in self._texts(cells, "email"):
            self._addresses(each, number, text, cells)
        person = self._text(cells, "person") or " ".join(
            part for part in (self._text(cells, "first_name"), self._text(cells, "family_name"))
            if part
        )  # fmt: skip
        for name in _people(person):
            if name not in [known for known, _role in each.people]:
                each.people.append((name, self._text(cells, "role")))
        each.telephones += [t for t in self._texts(cells, "telephone") if t not in each.telephones]
        each.notes += [t for t in self._texts(cells, "notes") if t not in each.notes]
        for place, column in enumerate(self._sheet.columns):
            if column == "appeal" and place < len(cells) and cells[place] is not None:
                title = self._sheet.headings[place]
                if ticked(cells[place]) and title not in each.signed:
                    each.signed.append(title)

    def _addresses(self, each: Planned, number: int, text: str, cells: tuple[Cell, ...]) -> None:
        found = _ADDRESS.findall(re.sub(r"\?subject=[^\s;,]*", "", text))
        if not found:
            self._plan.doubtful.append(
                Doubtful(number, text, _("this is not an e-mail address"), _meant(text), cells)
            )
        for address in found:
            bare = address.strip(".'\"")
            try:
                good = normal_address(bare).casefold()
            except Refused:
                self._plan.doubtful.append(
                    Doubtful(number, bare, _("this is not an e-mail address"), _meant(bare), cells)
                )
                continue
            if suggestion := _slip(good):
                why = _("the end looks misspelt")
                self._plan.doubtful.append(Doubtful(number, bare, why, suggestion, cells))
            elif good not in each.emails:
                each.emails.append(good)

    def _texts(self, cells: tuple[Cell, ...], column: str) -> list[str]:
        return [
            str(cells[place]).strip()
            for place, found in enumerate(self._sheet.columns)
            if found == column and place < len(cells) and cells[place] is not None
        ]

    def _text(self, cells: tuple[Cell, ...], column: str) -> str:
        return " ".join(next(iter(self._texts(cells, column)), "").split())


def _carries(sheet: SheetGuess) -> bool:
    """Whether countries are written once above their organisations and left blank below."""
    if "country" not in sheet.columns:
        return False
    place = sheet.columns.index("country")
    cells = [row[place] if place < len(row) else None for row in sheet.rows if any(row)]
    said = [str(cell) for cell in cells if cell is not None]
    return bool(said) and len(said) < len(cells) and len(set(said)) == len(said) and bool(cells[0])


def _people(text: str) -> list[str]:
    bare = _ADDRESS.sub(" ", text)
    parts = re.split(r"[;/|\n]| et | and | und ", bare)
    return [name for part in parts if (name := words.tidy(re.sub(r"[<>()\[\]]", " ", part)))]


def _language(text: str) -> str | None:
    folded = words.fold(text)
    return next((code for code, known in LANGUAGES.items() if folded in known), None)


def _meant(text: str) -> str:
    """The address a text was meant to be, when only its sign is wrong; a person decides."""
    fixed = re.sub(
        r"\s*[(\[]\s*(at|arobase)\s*[)\]]\s*|@@+", "@", text.strip(), flags=re.IGNORECASE
    )
    try:
        return normal_address(fixed) if fixed != text.strip() else ""
    except Refused:
        return ""


def _slip(address: str) -> str:
    """The address it may have been, when its end is a usual one misspelt."""
    local, _at, domain = address.rpartition("@")
    near = [usual for usual in _USUAL if 0 < OSA.distance(domain, usual) <= 1]
    return f"{local}@{near[0]}" if near else ""


def _leave_out_known(session: Session, made: Plan) -> None:
    """Addresses the register already has are not counted again."""
    for each in made.organisations:
        if each.organisation_id is not None and each.emails:
            known = set(
                session.scalars(
                    select(Address.folded).where(Address.organisation_id == each.organisation_id)
                )
            )
            each.emails = [address for address in each.emails if address not in known]
