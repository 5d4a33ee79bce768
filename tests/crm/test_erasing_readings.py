"""Who is erased is in no reading that waits to be finished either; on a file and on a server."""

from __future__ import annotations

import pytest

from crm import privacy
from crm.db import Database
from crm.documents import from_text
from crm.reading import Kept, keep, understand, unfinished
from tests.documents import reviewed

SIGNED = """# Un appel pour les rivières

## Signataires

- Ligue Horizon
- Foyer Lumière

Zoé KOWALSKA, présidente de la Ligue Horizon

Contact : zoe.kowalska@horizon.example
"""
OTHER = """# Un autre appel

## Signataires

- Ligue Horizon
- Foyer Lumière

Contact : joe.kowalska@horizon.example
"""


@pytest.fixture
def waiting(db: Database) -> Database:
    """Two readings whose review is to go on another day; she is in one of them."""
    put_away(db, "appel.md", SIGNED)
    put_away(db, "autre.md", OTHER)
    return db


def put_away(db: Database, document: str, text: str) -> None:
    review = reviewed(db, understand(from_text(document, text)))
    with db.write("Put away", kind="ledger") as session:
        keep(session, Kept(review.reading, review.now))


def still_waiting(db: Database) -> list[str]:
    with db.read() as session:
        return sorted(each.name for each in unfinished(session))


def forgotten(db: Database, *, names: list[str], addresses: list[str]) -> list[str]:
    with db.write("Erase", kind="final") as session:
        return privacy.forget_readings(session, names=names, addresses=addresses)


@pytest.mark.parametrize("name", ["Zoé Kowalska", "KOWALSKA Zoe", "kowalska, zoé"])
def test_a_reading_that_names_somebody_erased_is_forgotten(waiting: Database, name: str) -> None:
    assert forgotten(waiting, names=[name], addresses=[]) == ["appel.md"]
    assert still_waiting(waiting) == ["autre.md"]


@pytest.mark.parametrize(
    "address", ["zoe.kowalska@horizon.example", "Zoe.Kowalska@HORIZON.example"]
)
def test_a_reading_that_holds_an_erased_address_is_forgotten(
    waiting: Database, address: str
) -> None:
    assert forgotten(waiting, names=[], addresses=[address]) == ["appel.md"]
    assert still_waiting(waiting) == ["autre.md"]


def test_half_a_name_or_half_an_address_is_somebody_else(waiting: Database) -> None:
    names = ["Zoé Kowal", "Ligue Kowalska", ""]
    addresses = ["kowalska@horizon.example", "joe.kowalska@horizon.exam", ""]
    assert forgotten(waiting, names=names, addresses=addresses) == []
    assert still_waiting(waiting) == ["appel.md", "autre.md"]


def test_a_document_called_after_her_is_forgotten_too(waiting: Database) -> None:
    put_away(waiting, "Lettre de Núria Puig.md", OTHER)
    assert forgotten(waiting, names=["Nuria Puig"], addresses=[]) == ["Lettre de Núria Puig.md"]
    assert still_waiting(waiting) == ["appel.md", "autre.md"]
