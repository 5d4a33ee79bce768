"""The register: many names, people, and the means to reach them."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, update

from crm import appeals, contacts, language
from crm.contacts import Filter
from crm.db import Database
from crm.errors import Refused
from crm.schema import Name, Organisation


def test_an_organisation_answers_to_the_acronym_its_name_gives(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Ligue des arbres de l'Homme (LAH)", country="FR")
    with db.read() as session:
        names = contacts.sheet(session, rive).names
        assert [(each.text, each.kind, each.displayed) for each in names] == [
            ("Ligue des arbres de l'Homme (LAH)", "official", True),
            ("LAH", "acronym", False),
        ]
        assert contacts.rows(session, [rive])[0].acronym == "LAH"


def test_whose_it_is_is_not_its_acronym(db: Database) -> None:
    with db.write("Add") as session:
        union = contacts.add_organisation(session, "Syndicat des journaux FTB")
    with db.read() as session:
        assert [each.kind for each in contacts.sheet(session, union).names] == ["official"]


def test_a_name_added_twice_is_one(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Rive Claire")
        first = contacts.add_name(session, rive, "Clear Shore", kind="translation", language="en")
        assert contacts.add_name(session, rive, " Clear  Shore ") == first


def test_another_name_may_be_displayed_and_the_old_one_stays(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Rive Claire")
        contacts.display(session, contacts.add_name(session, rive, "Clear Shore"))
        contacts.rename(session, rive, "La Nouvelle Rive", was="former")
    with db.read() as session:
        sheet = contacts.sheet(session, rive)
        assert sheet.name == "La Nouvelle Rive"
        assert {each.text: each.kind for each in sheet.names} == {
            "La Nouvelle Rive": "official",
            "Rive Claire": "official",
            "Clear Shore": "former",
        }


def test_the_displayed_name_cannot_be_removed(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Rive Claire")
        shown = contacts.sheet(session, rive).names[0].id
        with pytest.raises(Refused, match="shown under"):
            contacts.remove(session, "name", shown)


@pytest.mark.parametrize("name", ["", "   ", "«»", " – "])
def test_an_organisation_needs_a_name(db: Database, name: str) -> None:
    with pytest.raises(Refused), db.write("Add") as session:
        contacts.add_organisation(session, name)


def test_the_register_is_sorted_without_articles_and_accents(db: Database) -> None:
    with db.write("Add") as session:
        for name in ("Zone de Clarté", "L'Arbre", "Équipe Marée", "La Brume", "ecole ouverte"):
            contacts.add_organisation(session, name)
    with db.read() as session:
        names = [row.name for row in contacts.rows(session, contacts.ids(session))]
    assert names == ["L'Arbre", "La Brume", "ecole ouverte", "Équipe Marée", "Zone de Clarté"]


def test_countries_are_sorted_by_their_names_and_international_last(db: Database) -> None:
    with db.write("Add") as session:
        contacts.add_organisation(session, "Partout", heading="international")
        contacts.add_organisation(session, "Rive", country="ES")
        contacts.add_organisation(session, "Ufer", country="DE")
        contacts.add_organisation(session, "Continent", heading="europe")
    language.use("fr")
    with db.read() as session:
        names = [row.name for row in contacts.rows(session, contacts.ids(session, order="country"))]
    assert names == ["Ufer", "Rive", "Continent", "Partout"]


def test_the_first_email_is_the_one_written_to_and_another_may_take_its_place(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Rive Claire")
        contacts.add_address(session, "06 00 00 00 00", organisation_id=rive, kind="telephone")
        first = contacts.add_address(session, "un@rive.example", organisation_id=rive)
        second = contacts.add_address(session, "deux@rive.example", organisation_id=rive)
        assert contacts.rows(session, [rive])[0].email == "un@rive.example"
        contacts.change(session, "address", second, main=True)
        assert [a.main for a in contacts.sheet(session, rive).addresses].count(True) == 1
        assert contacts.rows(session, [rive])[0].email == "deux@rive.example"
        contacts.remove(session, "address", second)
        assert contacts.rows(session, [rive])[0].email == "un@rive.example"
        assert first == contacts.add_address(session, "UN@rive.example", organisation_id=rive)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ana@rive.example", "ana@rive.example"),
        (" <Ana@RIVE.example> ", "Ana@rive.example"),
        ("mailto:ana@rive.example", "ana@rive.example"),
        ("ana@rive-claire.org.", "ana@rive-claire.org"),
        ("ána@münchen.example", "ána@münchen.example"),
    ],
)
def test_an_address_is_kept_as_servers_know_it(written: str, kept: str) -> None:
    assert contacts.normal_address(written) == kept


@pytest.mark.parametrize(
    "written",
    ["", "ana", "ana@", "@rive.example", "ana@rive", "ana@@rive.example", "ana rive@rive.example",
     "ana@rive..example", "ana@-rive.example", "ana@example", "ana@localhost", "ana@rive.invalid",
     "ana@rive.example\nBcc: bo@rive.example", "ana@rive.example,bo@rive.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(Refused) as trouble:
        contacts.normal_address(written)
    assert trouble.value.message.endswith("is not an e-mail address.")
    assert trouble.value.hint


def test_a_person_has_a_part_and_addresses_of_her_own(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Rive Claire")
        ana = contacts.add_person(
            session, "Ana LUZ", organisation_id=rive, role="trésorière", language="es"
        )
        contacts.add_role(session, ana, rive, "trésorière")
        contacts.add_address(session, "ana@luz.example", person_id=ana, purpose="signs")
    with db.read() as session:
        (person,) = contacts.sheet(session, rive).people
        assert (person.name, person.title) == ("Ana LUZ", "trésorière")
        assert [each.value for each in person.addresses] == ["ana@luz.example"]
        sheet = contacts.person_sheet(session, ana)
        assert [(role.organisation, role.title) for role in sheet.roles] == [
            ("Rive Claire", "trésorière")
        ]


def test_people_are_listed_by_family_name_with_where_they_are(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Rive Claire")
        contacts.add_person(session, "Zoé Abel", organisation_id=rive, role="presse")
        contacts.add_person(session, "BRUN Ana")
    with db.read() as session:
        rows = contacts.people_rows(session, contacts.people_ids(session))
        assert [(row.name, row.organisation, row.role) for row in rows] == [
            ("Zoé Abel", "Rive Claire", "presse"),
            ("BRUN Ana", "", ""),
        ]
        assert contacts.people_ids(session, "zoe rive") == [rows[0].id]


def test_a_person_who_signed_stays(db: Database) -> None:
    with db.write("Add") as session:
        ana = contacts.add_person(session, "Ana Luz")
        appeals.sign(session, appeals.add(session, "Des arbres"), person_id=ana)
        with pytest.raises(Refused, match="signed"):
            contacts.remove(session, "person", ana)


def test_a_section_knows_its_parent_and_the_parent_its_sections(db: Database) -> None:
    with db.write("Add") as session:
        whole = contacts.add_organisation(session, "Ligue Horizon")
        part = contacts.add_organisation(session, "Ligue Horizon – Brume", parent_id=whole)
        with pytest.raises(Refused, match="section of itself"):
            contacts.change(session, "organisation", whole, parent_id=part)
    with db.read() as session:
        assert contacts.sheet(session, part).parent == (whole, "Ligue Horizon")
        assert contacts.sheet(session, whole).sections == ((part, "Ligue Horizon – Brume"),)


def test_what_was_merged_is_shown_nowhere_and_its_id_still_leads_somewhere(db: Database) -> None:
    with db.write("Add") as session:
        kept = contacts.add_organisation(session, "Rive Claire", country="FR")
        gone = contacts.add_organisation(session, "Rive Clère", country="FR")
        session.execute(
            update(Organisation).where(Organisation.id == gone).values(merged_into_id=kept)
        )
    with db.read() as session:
        for where in (None, Filter(words="rive"), Filter(countries=("FR",))):
            assert contacts.ids(session, where) == [kept]
            assert contacts.count(session, where) == 1
        assert contacts.counts(session).organisations == 1
        assert contacts.sheet(session, gone).id == kept
        assert contacts.find_exactly(session, str(gone)) == kept


def test_a_question_to_the_register_narrows_with_every_condition(db: Database) -> None:
    with db.write("Add") as session:
        here = contacts.add_organisation(session, "Rive Claire", country="FR", language="fr")
        there = contacts.add_organisation(session, "Rive Sombre", country="ES", sensitive=True)
        contacts.add_address(session, "x@rive.example", organisation_id=here)
        one, two = appeals.add(session, "Un"), appeals.add(session, "Deux")
        appeals.sign(session, one, organisation_id=here)
        appeals.sign(session, one, organisation_id=there, status="asked")
        appeals.sign(session, two, organisation_id=there)
    with db.read() as session:
        found = {
            Filter(words="rive"): [here, there],
            Filter(words="x@rive"): [here],
            Filter(countries=("ES", "DE")): [there],
            Filter(appeal_id=one): [here, there],
            Filter(appeal_id=one, statuses=("signed",)): [here],
            Filter(not_in_appeal_id=two): [here],
            Filter(appeal_id=one, not_in_appeal_id=two, countries=("FR",)): [here],
            Filter(sensitive=True): [there],
            Filter(sensitive=False): [here],
            Filter(with_address=False): [there],
            Filter(health="good"): [here],
            Filter(languages=("fr",)): [here],
            Filter(words="%"): [],  # a sign that nobody has
            Filter(words=" "): [here, there],
            Filter(words="sombre rive"): [there],
            Filter(words="rove"): [],
        }
        for where, expected in found.items():
            assert contacts.ids(session, where) == expected, where
            assert contacts.count(session, where) == len(expected), where


def test_a_question_is_kept_as_data_and_understood_again() -> None:
    where = Filter(
        words="rive", countries=("FR", "ES"), appeal_id=3, statuses=("asked",), sensitive=False
    )
    kept = json.loads(json.dumps(where.as_dict()))
    assert Filter.from_dict(kept) == where
    assert Filter().as_dict() == {}


@pytest.mark.parametrize(
    "written",
    [{"contries": ["DE"]}, {"countries": "DE"}, {"countries": [1]}, {"statuses": ["signed"]},
     {"appeal_id": "3"}, [], "FR"],
)  # fmt: skip
def test_a_condition_that_is_not_understood_never_means_everybody(written: object) -> None:
    with pytest.raises(Refused):
        Filter.from_dict(written)


def test_another_address_has_not_the_leave_of_the_one_before(db: Database) -> None:
    with db.write("Add") as session:
        body = contacts.add_organisation(session, "Rive Claire")
        address = contacts.add_address(session, "ana@rive.example", organisation_id=body)
        contacts.change(session, "address", address, publishable=True, leave="in writing",
                        health="set_aside")  # fmt: skip
        contacts.change(session, "address", address, value="Ana@rive.example")
        assert contacts.sheet(session, body).addresses[0].publishable
        contacts.change(session, "address", address, value="ana@home.example")
        (now,) = contacts.sheet(session, body).addresses
    assert (now.publishable, now.leave, now.health) == (False, None, "good")


def test_the_sheet_tells_what_was_signed_under_which_name(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Rive Claire")
        appeal = appeals.add(session, "Des arbres")
        appeals.sign(session, appeal, organisation_id=rive, name="Rive Claire – Brume")
    with db.read() as session:
        (line,) = contacts.sheet(session, rive).signatures
        assert (line.appeal, line.status, line.published_name) == (
            "Des arbres", "signed", "Rive Claire – Brume",
        )  # fmt: skip


def test_an_exact_name_finds_one_organisation_and_several_are_refused(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Équipe Rive")
        contacts.add_organisation(session, "Aube")
        contacts.add_organisation(session, "Aube")
        assert contacts.find_exactly(session, "equipe rive") == rive
        with pytest.raises(Refused, match="Several"):
            contacts.find_exactly(session, "Aube")
        with pytest.raises(Refused, match="No organisation"):
            contacts.find_exactly(session, "Nulle part")


def test_a_change_keeps_what_is_derived_from_it(db: Database) -> None:
    with db.write("Add") as session:
        rive = contacts.add_organisation(session, "Rive Claire")
        name = contacts.sheet(session, rive).names[0].id
        contacts.change(session, "name", name, text="  Île   Verte ")
        found = session.execute(select(Name.text, Name.folded, Name.key, Name.sort_key)).one()
        assert tuple(found) == ("Île Verte", "ile verte", "ile verte", "ile verte")
        with pytest.raises(Refused):
            contacts.change(session, "name", name, text="  ")
        with pytest.raises(Refused, match="no longer"):
            contacts.change(session, "name", 999, text="Rive")


def test_more_records_than_one_statement_may_list_are_read(db: Database) -> None:
    with db.write("Add") as session:
        for each in range(1_050):
            contacts.add_organisation(session, f"Rive {each:04}")
    with db.read() as session:
        rows = contacts.rows(session, contacts.ids(session))
    assert [row.name for row in rows] == [f"Rive {each:04}" for each in range(1_050)]
