"""The first page of the directory, by the plain driver: what is shown before all else is loaded.

Imports no ORM, so that a row is on the screen before SQLAlchemy's 150 ms.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm import cipher
from crm.cipher import Key

ROWS = 60  # more than the tallest screen shows

# CROSS JOIN keeps SQLite from sorting every name: it walks the index of names in their order.
_PAGE = """
    SELECT name.organisation_id, name.text, organisation.country, organisation.heading,
           organisation.status, organisation.language, organisation.sensitive,
           (SELECT text FROM name AS other WHERE other.organisation_id = organisation.id
             AND other.kind = 'acronym' LIMIT 1),
           (SELECT value || char(9) || health FROM address
             WHERE address.organisation_id = organisation.id AND kind = 'email' AND main LIMIT 1)
      FROM name CROSS JOIN organisation ON organisation.id = name.organisation_id
     WHERE name.displayed AND organisation.merged_into_id IS NULL
     ORDER BY name.sort_key, name.organisation_id LIMIT ?
"""


@dataclass(frozen=True)
class GlanceRow:
    """One line of the directory, as contacts.OrganisationRow shows it."""

    id: int
    name: str
    acronym: str
    country: str | None
    heading: str | None
    email: str
    health: str
    status: str
    language: str | None
    sensitive: bool


def first_page(path: Path, key: Key) -> list[GlanceRow]:
    """The first organisations by name; Locked when this is not the file's key."""
    with closing(cipher.connect(path, key)) as connection, cipher.trouble_in_words():
        return [_row(found) for found in connection.execute(_PAGE, (ROWS,))]


def _row(found: tuple[Any, ...]) -> GlanceRow:
    organisation_id, name, country, heading, status, language, sensitive, acronym, mail = found
    email, _tab, health = (mail or "").partition("\t")
    return GlanceRow(
        organisation_id, name, acronym or "", country, heading, email, health, status, language,
        bool(sensitive),
    )  # fmt: skip
