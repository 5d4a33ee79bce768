"""Who signs below the closing words of a letter that has no other list."""

from __future__ import annotations

import re

from crm.documents import Document, Line
from crm.reading import cues, people, rows
from crm.reading.lists import Group, Listing
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
    """The lines below "Veuillez agréer…", when they can only be signatures."""
    lines = [line for line in document.lines if line.text]
    last = max(
        (
            at
            for at, line in enumerate(lines)
            if _CLOSING.search(line.text) and len(line.text) < 400
        ),
        default=None,
    )
    if last is None:
        return None
    below = _below(lines[last + 1 :])
    bodies = [
        line for line in below if _FOR.match(line.text) and starts_name(_FOR.sub("", line.text))
    ]
    if not bodies:
        bodies = [
            line for line in below if people.names_body(line.text) and not _is_somebody(line.text)
        ]
        if len(bodies) < 2 or len(bodies) < len(below):
            return None
    listing = Listing(role="signatory")
    listing.groups.append(Group(runs=[[line] for line in bodies]))
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
