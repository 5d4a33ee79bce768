"""Who signs below the closing words of a letter that has no other list."""

from __future__ import annotations

import re
from dataclasses import replace

from crm.documents import Document, Line
from crm.reading import cues, people, rows
from crm.reading.listing import Group, Listing
from crm.reading.splitting import starts_name

_CLOSING = re.compile(
    r"veuillez (?:agréer|recevoir|croire)|(?:nous vous prions|prions|vous priant) d['’]agréer|"
    r"(?:bien )?cordialement|salutations|sincèrement|"
    r"expression de (?:notre|nos|ma|mes)|haute considération|fraternellement|solidairement|"
    r"yours (?:sincerely|faithfully|truly)|sincerely|respectfully|in solidarity|kind regards|"
    r"best regards|"
    r"mit (?:\w+ )?(?:freundlichen|solidarischen|herzlichen|besten) grüßen|hochachtungsvoll|"
    r"atentamente|cordialmente|un (?:cordial )?saludo|saludos|reciba|"
    r"cordiali saluti|distinti saluti|cordialmente|in fede|con osservanza|"
    r"atentament|cordialment|rebeu|salutacions|"
    r"с уважением|з повагою|atenciosamente|com os melhores cumprimentos",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"^(?:Pour|Für|For|Por|Per|On behalf of|Au nom de|Im Namen|En nombre de|A nome di|En nom de|От имени|За)\s+",
    re.IGNORECASE,
)


def closing_list(document: Document) -> Listing | None:
    """The names below "Veuillez agréer…", when they can only be signatures."""
    lines = [line for line in document.lines if line.text]
    closings = [
        at for at, line in enumerate(lines) if len(line.text) < 400 and _CLOSING.search(line.text)
    ]
    signed = _signed_lines(_below(lines[closings[-1] + 1 :])) if closings else []
    if signed:
        return _listing(signed)
    if below := _undersigned(lines):
        return Listing(role="signatory", groups=[Group(runs=[below])])
    return None


_UNDERSIGNED = re.compile(
    r"\bsoussigné|\bundersigned\b|\bunterzeichne(?:nde|te)|(?:abajo|infra) ?firmantes|\bsottoscritt|"
    r"sotasignant|abaixo[ -]assinad|нижеподписавш|нижчепідписан",
    re.IGNORECASE,
)


def _undersigned(lines: list[Line]) -> list[Line]:
    """The lines below the place and the day that "the undersigned" put under their text."""
    if not any(_UNDERSIGNED.search(line.text) for line in lines):
        return []
    days = [at for at, line in enumerate(lines) if at > 5 and rows.is_dateline(line.text)]
    below = _below(lines[days[-1] + 1 :]) if days else []
    return below if len(below) >= 3 and all(rows.could_sign(each.text) for each in below) else []


def _signed_lines(below: list[Line]) -> list[Line]:
    """ "Pour la Ligue, …" wherever it stands; bare names only when all lines are such."""
    bodies = [
        line for line in below if _FOR.match(line.text) and starts_name(_FOR.sub("", line.text))
    ]
    if bodies:
        return bodies
    if len(below) >= 3 and all(line.bullet for line in below):
        return [line for line in below if rows.could_sign(line.text)]
    bodies = [line for line in below if rows.could_sign(line.text) and not _is_somebody(line.text)]
    named = sum(people.names_body(line.text) for line in bodies)
    alone = len(bodies) == len(below) >= 2
    return bodies if alone and named >= len(bodies) / 2 else []


def last_block(document: Document) -> Listing | None:
    """A last line of four names or more, most of them of organisations, and nothing else."""
    blocks = document.blocks()
    while blocks and all(rows.is_means(line.text) for line in blocks[-1]):
        blocks.pop()
    if len(blocks) < 2 or len(blocks[-1]) > 1 or blocks[-1][0].cells:
        return None
    line = blocks[-1][0]
    pieces = [piece.strip(" .") for piece in re.split("[,;]", line.text)]
    bodies = sum(people.names_body(piece) or piece.isupper() for piece in pieces)
    named = not line.bullet and all(starts_name(piece) for piece in pieces)
    return _listing([line]) if named and len(pieces) >= 4 and bodies >= len(pieces) / 2 else None


_NOTE = re.compile(r"\s*(?:\[(\w{1,2})\]|\((\d{1,2})\)|(\d{1,2})\s|(\*+))\s*(?P<rest>\S.*)$")


def footnote(document: Document) -> Listing | None:
    """The names a note gives where the text says "organisations [1]"."""
    for line in document.lines:
        found = _NOTE.match(line.text)
        rest = found["rest"].rstrip(" .…") if found else ""
        pieces = [piece.strip() for piece in re.split("[,;]", rest)]
        if not found or len(pieces) < 4 or not rows.is_enumeration(rest):
            continue
        sign = re.escape(next(filter(None, found.groups()[:4])))
        if (
            re.search(rf"[^\W\d_]{{4,}}\s?[\[(]?{sign}[\])]?(?!\w)", document.text[: line.start])
            and sum(people.names_body(piece) or piece.isupper() for piece in pieces)
            >= len(pieces) / 3
        ):
            note = replace(line, text=found["rest"], start=line.start + found.start("rest"))
            return _listing([note])
    return None


def _listing(signed: list[Line]) -> Listing:
    listing = Listing(role="signatory")
    listing.groups.append(Group(runs=[[line] for line in signed]))
    return listing


def _below(lines: list[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines[:60]:
        if cues.is_contact(line.text.partition(":")[0]) or rows.is_prose(line.text):
            break
        if not rows.is_means(line.text) and not rows.is_dateline(line.text):
            found.append(line)
    return found


def _is_somebody(text: str) -> bool:
    head = re.split(r"\s*(?:,|\s[–—-]\s|\()", text)[0]
    return people.is_person(head) or people.is_function(text)
