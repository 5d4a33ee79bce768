"""A written name against the register: rule 3, and what people answered."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from crm import contacts
from crm.db import Database
from crm.duplicates import KnownNames, Match, learn, tell_apart


@pytest.fixture
def register(db: Database) -> Database:
    with db.write("A register") as session:
        league = contacts.add_organisation(
            session, "Ligue des arbres de l'Homme (LAH)", country="FR"
        )
        contacts.add_name(session, league, "Bund der Bäume", kind="translation")
        contacts.add_organisation(session, "Union syndicale Fraternelle", country="FR")
        contacts.add_organisation(session, "Zhasyl Dalasy", country="KZ")
        contacts.add_organisation(session, "Confédération des métiers du Nord", country="FR")
        contacts.add_organisation(session, "European Network for Solidarity with Rivers")
    return db


def match(db: Database, name: str, country: str | None = None) -> Match:
    with db.read() as session:
        return KnownNames.load(session).match(name, country=country)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("la ligue des arbres de l'homme", "Ligue des arbres de l'Homme (LAH)"),
        ("LIGUE DES ARBRES DE L’HOMME", "Ligue des arbres de l'Homme (LAH)"),
        ("LAH", "Ligue des arbres de l'Homme (LAH)"),
        ("L.A.H.", "Ligue des arbres de l'Homme (LAH)"),
        ("Bund der Baeume", "Ligue des arbres de l'Homme (LAH)"),
        ("union syndicale FRATERNELLE", "Union syndicale Fraternelle"),
        ("ЖАСЫЛ ДАЛАСЫ", "Zhasyl Dalasy"),
    ],
)
def test_another_spelling_is_recognised(register: Database, written: str, known: str) -> None:
    found = match(register, written)
    assert (found.name, found.relation, found.sure) == (known, "same", True)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Ligue des arbres de l'Homme – Port-Clair", "Ligue des arbres de l'Homme (LAH)"),
        ("LAH de Port-Clair", "Ligue des arbres de l'Homme (LAH)"),
        ("Union locale Fraternelle de Brume", "Union syndicale Fraternelle"),
        ("Comité français du Réseau européen de solidarité avec les Rivers",
         "European Network for Solidarity with Rivers"),
    ],
)  # fmt: skip
def test_a_section_is_linked_and_never_taken_for_its_parent(
    register: Database, written: str, known: str
) -> None:
    found = match(register, written)
    assert (found.name, found.relation, found.sure) == (known, "branch_of", False)


@pytest.mark.parametrize("written", ["Zhasyl Dalassy", "Zhasil Dalasy", "Union Fraternelle"])
def test_a_doubt_is_asked(register: Database, written: str) -> None:
    found = match(register, written)
    assert (found.relation, found.sure) == ("ask", False)
    assert found.reason


@pytest.mark.parametrize(
    "written",
    ["Vague France", "Zone de Clarté", "", " – ", "Les Hommes des arbres", "Ligue du Nord"],
)
def test_a_new_name_is_new(register: Database, written: str) -> None:
    found = match(register, written)
    assert (found.organisation_id, found.relation) == (None, "new")


def test_a_name_whose_initials_are_an_acronym_we_know_is_somebody_else(register: Database) -> None:
    assert match(register, "Les Amis de l'Horloge").relation == "new"


def test_initials_alone_are_asked_about(register: Database) -> None:
    found = match(register, "CMN")
    assert (found.name, found.relation, found.sure) == (
        "Confédération des métiers du Nord", "ask", False,
    )  # fmt: skip


def test_an_acronym_of_two_organisations_is_asked(db: Database) -> None:
    with db.write("Add") as session:
        for name in ("Confédération du travail", "Collectif des trams"):
            each = contacts.add_organisation(session, name, country="FR")
            contacts.add_name(session, each, "CDT", kind="acronym")
    found = match(db, "CDT")
    assert (found.relation, found.sure) == ("ask", False)


def test_the_country_tells_two_of_one_acronym_apart(db: Database) -> None:
    with db.write("Add") as session:
        for country in ("FR", "ES"):
            each = contacts.add_organisation(session, f"Confédération {country}", country=country)
            contacts.add_name(session, each, "CDT", kind="acronym")
    assert match(db, "CDT", "ES").name == "Confédération ES"
    assert match(db, "CDT", "ES").sure
    assert not match(db, "CDT", "IT").sure


def test_the_same_name_in_another_country_is_asked(register: Database) -> None:
    found = match(register, "Zhasyl Dalasy", "FR")
    assert (found.relation, found.sure) == ("ask", False)
    assert match(register, "Zhasyl Dalasy", "KZ").sure
    assert match(register, "Zhasyl Dalasy").sure


def test_an_answer_is_learnt_and_not_asked_again(register: Database) -> None:
    asked = match(register, "Zhasyl Dalassy")
    assert asked.organisation_id is not None
    with register.write("It is she") as session:
        learn(session, "Zhasyl Dalassy", asked.organisation_id)
    known = match(register, "ZHASYL DALASSY")
    assert (known.organisation_id, known.relation, known.sure) == (
        asked.organisation_id, "same", True,
    )  # fmt: skip


def test_told_apart_once_is_told_apart_for_good_and_can_be_taken_back(register: Database) -> None:
    asked = match(register, "Zhasyl Dalassy")
    assert asked.organisation_id is not None
    with register.write("Not she") as session:
        tell_apart(session, "Zhasyl Dalassy", asked.organisation_id)
        tell_apart(session, "Zhasyl DALASSY", asked.organisation_id)
    assert match(register, "Zhasyl Dalassy").relation == "new"
    with register.write("She after all") as session:
        learn(session, "Zhasyl Dalassy", asked.organisation_id)
    assert match(register, "Zhasyl Dalassy").sure


def test_names_met_since_the_register_was_read_are_known_too(register: Database) -> None:
    with register.read() as session:
        known = KnownNames.load(session)
    assert known.match("Rive Claire").relation == "new"
    known.add(999, "Rive Claire", "FR")
    assert known.match("la rive claire").organisation_id == 999
    assert known.match("Rive Clairre").relation == "ask"


def test_the_register_is_read_with_two_questions_to_the_file(register: Database) -> None:
    asked: list[str] = []

    def hear(*said: object) -> None:
        asked.append(str(said[2]))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        match(register, "LAH")
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    assert len([each for each in asked if each.startswith("SELECT")]) == 2


def test_a_slip_in_a_name_of_words_that_everybody_has_is_still_asked(db: Database) -> None:
    with db.write("Add") as session:
        for each in range(100):
            contacts.add_organisation(session, f"Ligue des arbres {each:03}")
        contacts.add_organisation(session, "Ligue des arbres")
    found = match(db, "Ligue des arbrres")
    assert (found.relation, found.sure) == ("ask", False)


def test_thousands_of_lines_are_matched_without_one_wrong_certainty(db: Database) -> None:
    with db.write("Add") as session:
        for each in range(400):
            contacts.add_organisation(session, f"{chr(65 + each % 26)}aube {each} Collectif Rive")
    with db.read() as session:
        known = KnownNames.load(session)
    for each in range(2_000):
        found = known.match(f"{chr(65 + each % 26)}aube {each} Collectif Rive")
        assert (found.relation == "same" and found.sure) == (each < 400)
