"""Signs that no database keeps: a file and a server refuse them in the same words."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from crm import appeals, contacts, imports, mailings, reading
from crm.airlock import run
from crm.contacts import Filter
from crm.db import Database, finish
from crm.documents import read as read_document
from crm.errors import Refused
from crm.formats import read as read_sheet
from crm.schema import Organisation
from crm.search import find
from tests.crm.test_history import dump
from tests.documents import reviewed

NUL, HALF = "Bonjour\0à tous", "Bonjour \ud83d"

WRITTEN: dict[str, Callable[[Session, str], object]] = {
    "notes": lambda session, said: contacts.change(session, "organisation", 1, notes=said),
    "appeal": lambda session, said: appeals.add(session, "Pour les rivières", text=said),
    "letter": lambda session, said: mailings.draft(session, title="May", body=said),
    "person": lambda session, said: contacts.add_person(session, "Ana", notes=said),
    "role": lambda session, said: contacts.add_person(session, "Ana", organisation_id=1, role=said),
}
LOOKED_FOR: dict[str, Callable[[Session, str], object]] = {
    "anything": lambda session, said: find(session, f"{said}@"),
    "organisations": lambda session, said: contacts.find_exactly(session, said),
    "an appeal": lambda session, said: appeals.find_exactly(session, said),
}


@pytest.fixture
def known(db: Database) -> Database:
    with db.write("Add") as session:
        contacts.add_organisation(session, "Ligue Horizon")
    return db


@pytest.mark.parametrize("said", [NUL, HALF], ids=["nul", "half"])
@pytest.mark.parametrize("what", WRITTEN)
def test_what_cannot_be_kept_is_refused_and_the_rest_goes_on(
    known: Database, what: str, said: str
) -> None:
    before = dump(known)
    with (
        pytest.raises(Refused, match="a sign in this text that cannot be kept"),
        known.write("Write") as session,
    ):
        WRITTEN[what](session, said)
    assert dump(known) == before
    with known.write("Write") as session:
        WRITTEN[what](session, "Bonjour à tous 😀 𝔄")


@pytest.mark.parametrize("said", [NUL, HALF], ids=["nul", "half"])
@pytest.mark.parametrize("what", LOOKED_FOR)
def test_what_cannot_be_kept_is_not_looked_for_either(
    known: Database, what: str, said: str
) -> None:
    with pytest.raises(Refused, match="cannot be kept"), known.read() as session:
        LOOKED_FOR[what](session, said)
    with known.read() as session:
        assert contacts.ids(session) == [1]


def test_a_name_loses_what_is_no_letter_and_is_refused_with_half_of_one(db: Database) -> None:
    with db.write("Add") as session:
        contacts.add_organisation(session, "Ligue\0Horizon")
        contacts.add_person(session, "Ana\0Silva")
    with db.read() as session:
        assert contacts.sheet(session, 1).name == "Ligue Horizon"
        assert contacts.person_sheet(session, 1).name == "Ana Silva"
    for add in (contacts.add_organisation, contacts.add_person):
        with pytest.raises(Refused, match="cannot be kept"), db.write("Add") as session:
            add(session, "Ligue \udce9toile")
    with db.read() as session:
        assert contacts.ids(session, Filter(words="Ligue Horizon")) == [1]


def test_one_among_many_is_refused_too(db: Database) -> None:
    rows = [{"country": "FR", "notes": said} for said in ("one", HALF, "three")]
    for each in (rows, rows[1:]):
        with pytest.raises(Refused, match="cannot be kept"), db.write("Add") as session:
            session.execute(insert(Organisation), each)
        with pytest.raises(Refused, match="cannot be kept"), db.write("Add") as session:
            session.add_all(Organisation(**row) for row in each)
    with db.write("Add") as session:
        session.execute(insert(Organisation), rows[2:] * 1200)


def test_an_act_cannot_be_called_what_cannot_be_kept(db: Database) -> None:
    with pytest.raises(Refused, match="cannot be kept"), db.write(f"Add {HALF}") as session:
        contacts.add_organisation(session, "Ligue Horizon")


def named_long_ago(folder: Path, ending: str, content: str) -> str:
    """The path of a file whose name was written by a system that did not know UTF-8."""
    raw = os.fsencode(folder) + b"/\xe9t\xe9" + ending.encode()
    with open(raw, "w", encoding="utf-8") as file:  # noqa: PTH123  a path of bytes
        file.write(content)
    return os.fsdecode(raw)


def test_a_document_with_a_name_of_long_ago_is_recorded(db: Database, tmp_path: Path) -> None:
    path = named_long_ago(tmp_path, ".md", "# \n\nSignataires :\n\n- Rive Claire\n- Vigie\n")
    review = reviewed(db, reading.understand(run(read_document, path)))
    done = finish(db.carry_out("Read", reading.record, review))
    assert done.organisations == 2
    with db.read() as session:
        assert appeals.sheet(session, done.appeal_id).title == "?t?"


def test_a_sheet_with_a_name_of_long_ago_is_imported(db: Database, tmp_path: Path) -> None:
    path = named_long_ago(
        tmp_path, ".csv", "Association,E-mail,Notes\nVigie,a@vigie.example,a\0b\n"
    )
    book = read_sheet(path)
    with db.read() as session:
        plan = imports.plan(session, imports.look(book), Path(path).name)
    finish(db.carry_out("Import", imports.record, plan))
    with db.read() as session:
        (address,) = contacts.sheet(session, 1).addresses
    assert address.source == "?t?.csv"


def test_a_file_with_a_name_of_long_ago_is_attached(db: Database, tmp_path: Path) -> None:
    name = Path(named_long_ago(tmp_path, ".pdf", "%PDF")).name
    with db.write("Attach") as session:
        mailing = mailings.draft(session, title="May", body="Bonjour")
        mailings.attach(session, mailing, name, b"%PDF")
    with db.read() as session:
        assert mailings.look(session, mailing).attachments[0][1] == "?t?.pdf"
