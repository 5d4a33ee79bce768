"""One field finds everything."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from crm import addressees, appeals, contacts
from crm.db import Database
from crm.schema import Organisation
from crm.search import find, nearest


@pytest.fixture
def coalition(db: Database) -> Database:
    with db.write("A coalition") as session:
        team = contacts.add_organisation(session, "Équipe Marée France", country="FR")
        league = contacts.add_organisation(session, "Ligue des arbres de l'Homme")
        contacts.add_organisation(session, "Ligue Horizon – Brume")
        contacts.add_organisation(session, "Amis de la ligue Horizon")
        contacts.add_organisation(session, "Bolat Dala Zhasyl", country="KZ")
        contacts.add_address(session, "bureau@maree.example", organisation_id=team)
        contacts.add_person(session, "Zoé Kowalska", organisation_id=league, role="presse")
        appeals.add(session, "Un appel pour les forêts")
    return db


def titles(db: Database, typed: str) -> list[str]:
    with db.read() as session:
        return [hit.title for hit in find(session, typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("equipe", "Équipe Marée France"),
        ("LAH", "Ligue des arbres de l'Homme"),
        ("lah", "Ligue des arbres de l'Homme"),
        ("l.a.h.", "Ligue des arbres de l'Homme"),
        ("france équipe", "Équipe Marée France"),
        ("bureau@maree", "Équipe Marée France"),
        ("bur", "Équipe Marée France"),
        ("kow", "Zoé Kowalska"),
        ("foret", "Un appel pour les forêts"),
        ("ligue horizon brume", "Ligue Horizon – Brume"),
    ],
)
def test_what_is_looked_for_comes_first(coalition: Database, typed: str, first: str) -> None:
    assert titles(coalition, typed)[0] == first


def test_a_beginning_comes_before_an_inside(coalition: Database) -> None:
    assert titles(coalition, "ligue horizon") == [
        "Ligue Horizon – Brume",
        "Amis de la ligue Horizon",
    ]


def test_a_person_is_shown_with_where_she_is(coalition: Database) -> None:
    with coalition.read() as session:
        (hit,) = find(session, "kowalska")
    assert (hit.noun, hit.subtitle) == ("person", "Ligue des arbres de l'Homme")


def test_an_addressee_is_found_in_every_appeal_that_names_them(coalition: Database) -> None:
    with coalition.write("Addressees") as session:
        forests = find(session, "forêts")[0].id
        rivers = appeals.add(session, "Rendez-nous les rivières")
        for appeal_id in (forests, rivers):
            addressees.add(session, appeal_id, "Madame Odile FERRAND, maire de Port-Clair")
    with coalition.read() as session:
        found = find(session, "ferrand odile")
    assert [(hit.noun, hit.appeal_id, hit.subtitle) for hit in found] == [
        ("addressee", rivers, "Rendez-nous les rivières"),
        ("addressee", forests, "Un appel pour les forêts"),
    ]


def test_one_organisation_is_found_once_however_many_of_its_names_match(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Rive Claire")
        contacts.add_name(session, rive, "Rive Clair")
    with db.read() as session:
        assert [(hit.id, hit.title) for hit in find(session, "rive")] == [(rive, "Rive Claire")]


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "%%%", "@", "'", '"', "\\", "a_b%c@"])
def test_signs_find_nothing_and_break_nothing(coalition: Database, typed: str) -> None:
    assert titles(coalition, typed) == []


def test_what_was_merged_is_not_found_even_by_its_address(db: Database) -> None:
    with db.write("Add") as session:
        kept = contacts.add_organisation(session, "Rive Claire")
        gone = contacts.add_organisation(session, "Ruisseau")
        contacts.add_address(session, "bureau@ruisseau.example", organisation_id=gone)
        session.execute(
            update(Organisation).where(Organisation.id == gone).values(merged_into_id=kept)
        )
    assert titles(db, "ruisseau") == []


def test_an_exact_name_is_not_lost_among_hundreds_that_hold_it(db: Database) -> None:
    with db.write("Add") as session:
        for each in range(500):
            contacts.add_organisation(session, f"Collectif Aube {each:03}")
        contacts.add_organisation(session, "Collectif Aube")
    assert titles(db, "collectif aube")[0] == "Collectif Aube"


def test_a_slip_is_told_the_closest_name(coalition: Database) -> None:
    with coalition.read() as session:
        assert nearest(session, "bolt dala") == "Bolat Dala Zhasyl"
        assert nearest(session, "zhassyl") == "Bolat Dala Zhasyl"
        assert nearest(session, "xwvutz") is None
        assert nearest(session, "zz") is None
