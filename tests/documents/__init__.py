"""Invented documents of the shapes people write, and beside each what a careful person reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm import contacts
from crm.db import Database, Step
from crm.documents import from_text, read
from crm.duplicates import KnownNames
from crm.reading import Reading, Recorded, Review, record, understand

DOCUMENTS = Path(__file__).parent
NAMES = sorted(path.stem for path in DOCUMENTS.glob("*.json"))


def path_of(name: str) -> Path:
    """The look-alike of this name."""
    return next(path for path in DOCUMENTS.glob(f"{name}.*") if path.suffix != ".json")


def reading_of(name: str) -> Reading:
    """The look-alike of this name, read."""
    return understand(read(str(path_of(name))))


def truth_of(name: str) -> dict[str, Any]:
    """What a careful person reads in it."""
    found: dict[str, Any] = json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def text_read(text: str) -> Reading:
    """A short text, read."""
    return understand(from_text("text.md", text))


def reviewed(db: Database, reading: Reading) -> Review:
    """A reading beside the register."""
    with db.read() as session:
        return Review(reading, KnownNames.load(session))


def add(db: Database, *known: str, country: str | None = None) -> list[int]:
    """Organisations the register holds already."""
    with db.write("Add organisations") as session:
        return [contacts.add_organisation(session, name, country=country) for name in known]


def carried_out(db: Database, review: Review, appeal_id: int | None = None) -> Recorded:
    """A review, recorded."""
    return finished(db.carry_out("Read a document", record, review, appeal_id))


def finished(act: Iterator[Step]) -> Recorded:
    """What a long act gives once it is over."""
    while True:
        try:
            next(act)
        except StopIteration as end:
            result: Recorded = end.value
            return result
