"""A sheet of partners becomes a register, in one act that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from crm import contacts, imports, privacy
from crm.db import Database, finish
from crm.formats import Cell, Sheet, Workbook
from crm.imports import Imported, Plan
from crm.schema import Address, Name, Organisation, Signature
from tests.crm.test_history import dump

HEADINGS = ("Association", "Pays", "Contact", "Courriel")


def plan_of(db: Database, *rows: Sequence[Cell], headings: Sequence[Cell] = HEADINGS) -> Plan:
    workbook = Workbook((Sheet("Partners", (tuple(headings), *map(tuple, rows))),))
    with db.read() as session:
        return imports.plan(session, imports.look(workbook), "partners.xlsx")


def record(db: Database, plan: Plan) -> Imported:
    return finish(db.carry_out("Import", imports.record, plan))


def names(db: Database) -> list[str]:
    with db.read() as session:
        return list(
            session.scalars(select(Name.text).where(Name.displayed).order_by(Name.sort_key))
        )


def test_headings_are_recognised_below_a_title_and_in_another_order(db: Database) -> None:
    workbook = Workbook(
        (
            Sheet(
                "Feuille",
                (
                    ("Fichier des partenaires 2026", None, None),
                    (None, None, None),
                    ("E-mail", "Land", "Organisation"),
                    ("info@garten.example", "Deutschland", "Offene Gärten e.V."),
                ),
            ),
        )
    )
    (sheet,) = imports.look(workbook)
    assert sheet.columns == ("email", "country", "organisation")
    with db.read() as session:
        plan = imports.plan(session, [sheet])
    assert plan.to_json()["organisations"][0]["country"] == "DE"


def test_nothing_is_written_by_planning(db: Database) -> None:
    before = dump(db)
    plan = plan_of(db, ("Rive Claire", "France", "Ana Silva", "ana@rive.example"))
    assert plan.sentences() == ["1 organisation, 1 address.", "Nothing is written yet."]
    assert dump(db) == before


def test_recording_writes_people_addresses_and_countries(db: Database) -> None:
    record(db, plan_of(db, ("Rive Claire", "Etats-Unis", "Ana Silva", "Ana <ana@rive.example>")))
    with db.read() as session:
        sheet = contacts.sheet(session, 1)
    assert (sheet.name, sheet.country) == ("Rive Claire", "US")
    assert sheet.people[0].name == "Ana Silva"
    assert sheet.addresses[0].value == "ana@rive.example"


def test_two_spellings_are_one_organisation_and_a_section_is_two(db: Database) -> None:
    record(
        db,
        plan_of(
            db,
            ("Équipe Marée", "France", None, "a@maree.example"),
            ("EQUIPE MAREE", "France", None, "b@maree.example"),
            ("Équipe Marée – Port-Clair", "France", None, "c@maree.example"),
        ),
    )
    assert names(db) == ["Équipe Marée", "Équipe Marée – Port-Clair"]
    with db.read() as session:
        assert [each.value for each in contacts.sheet(session, 1).addresses] == [
            "a@maree.example",
            "b@maree.example",
        ]


def test_an_import_fills_what_is_empty_and_overwrites_nothing(db: Database) -> None:
    with db.write("Add") as session:
        contacts.add_organisation(session, "Rive Claire", country="BE", notes="Call first.")
    record(
        db,
        plan_of(
            db, ("Rive Claire", None, None, "a@rive.example", "Never call."),
            headings=(*HEADINGS, "Notes"),
        ),
    )  # fmt: skip
    with db.read() as session:
        sheet = contacts.sheet(session, 1)
    assert (sheet.country, sheet.notes) == ("BE", "Call first.")
    assert sheet.addresses[0].value == "a@rive.example"


def test_an_import_is_taken_back_row_for_row(db: Database) -> None:
    with db.write("Add") as session:
        contacts.add_organisation(session, "Rive Claire")
    before = dump(db)
    record(
        db,
        plan_of(
            db,
            ("Rive Claire", "France", "Ana Silva", "ana@rive.example"),
            ("Foyer Lumière", "France", None, "foyer@lumiere.example"),
        ),
    )
    assert dump(db) != before
    finish(db.undo())
    assert dump(db) == before


def test_a_doubt_waits_for_an_answer_and_the_answer_is_learnt(db: Database) -> None:
    with db.write("Add") as session:
        contacts.add_organisation(session, "Zhasyl Qanaty", country="KZ")
    row = ("Zhasyl Qanatty", "Kazakhstan", None, "z@qanaty.example")
    plan = plan_of(db, row)
    assert [each.candidate for each in plan.questions] == ["Zhasyl Qanaty"]
    assert record(db, plan).questions == 1
    assert names(db) == ["Zhasyl Qanaty"]
    plan = plan_of(db, row)
    plan.questions[0].answer = "same"
    record(db, plan)
    assert names(db) == ["Zhasyl Qanaty"]
    assert not plan_of(db, row).questions


def test_an_address_that_cannot_be_one_is_said_with_what_was_meant(db: Database) -> None:
    plan = plan_of(
        db,
        ("Rive Claire", None, None, "ana(at)rive.example"),
        ("Foyer Lumière", None, None, "foyer@gmial.com"),
    )
    assert [each.suggestion for each in plan.doubtful] == ["ana@rive.example", "foyer@gmail.com"]


def test_a_row_without_organisation_comes_back_with_the_reason(db: Database) -> None:
    plan = plan_of(
        db, ("Rive Claire", None, None, None), (None, None, "Jo Seul", "jo@seul.example")
    )
    assert [(each.row, each.why) for each in plan.rejected] == [(3, "no organisation is named")]
    table = imports.rejected_table(plan)
    assert list(table.rows[0][:2]) == [3, "no organisation is named"]
    assert "jo@seul.example" in table.rows[0]


def test_ticked_columns_become_signatures(db: Database) -> None:
    plan = plan_of(
        db,
        ("Rive Claire", None, None, None, "x"),
        ("Foyer Lumière", None, None, None, "non"),
        headings=(*HEADINGS, "Appel du 21 mai"),
    )
    assert record(db, plan).signatures == 1
    with db.read() as session:
        signed = session.scalars(select(Signature.published_name)).all()
    assert signed == ["Rive Claire"]


def test_an_import_never_reopens_a_wish_to_be_left_alone(db: Database) -> None:
    with db.write("Do not write", kind="final") as session:
        privacy.opt_out(session, "ana@rive.example", "by hand")
    record(db, plan_of(db, ("Rive Claire", None, None, "Ana@Rive.example")))
    with db.read() as session:
        address = session.scalars(select(Address.value)).one()
        assert privacy.opted_out(session, [address]) == {address}


def test_the_same_sheet_twice_adds_nothing(db: Database) -> None:
    rows = [("Rive Claire", "France", "Ana Silva", "ana@rive.example")]
    record(db, plan_of(db, *rows))
    before = dump(db)
    again = record(db, plan_of(db, *rows))
    assert (again.created, again.addresses) == (0, 0)
    assert dump(db) == before
    with db.read() as session:
        assert session.scalars(select(Organisation.country)).all() == ["FR"]


SPELLINGS = (
    ("Erkin Dala Qoghamy", "Kazakhstan", "Aru Bek", "a@dala.example"),
    ("Erkin Dala Qogamy", "Kazakhstan", "", "b@dala.example"),
)


def test_two_rows_said_to_be_one_organisation_lose_nothing(db: Database) -> None:
    plan = plan_of(db, *SPELLINGS)
    (question,) = plan.questions
    question.answer = "same"
    done = record(db, plan)
    assert (done.created, done.addresses) == (1, 2)
    with db.read() as session:
        (one,) = session.scalars(select(Organisation.id))
        sheet = contacts.sheet(session, one)
    assert [each.value for each in sheet.addresses] == ["a@dala.example", "b@dala.example"]
    assert {each.text for each in sheet.names} == {"Erkin Dala Qoghamy", "Erkin Dala Qogamy"}


def test_a_row_said_to_be_a_section_of_another_row_is_linked_to_it(db: Database) -> None:
    plan = plan_of(db, *SPELLINGS)
    plan.questions[0].answer = "section"
    assert record(db, plan).created == 2
    with db.read() as session:
        parents = dict(session.execute(select(Organisation.id, Organisation.parent_id)).all())
    assert list(parents.values()) == [None, min(parents)]


def test_a_question_left_open_is_said_and_its_row_is_not_recorded(db: Database) -> None:
    done = record(db, plan_of(db, *SPELLINGS))
    assert (done.created, done.questions) == (1, 1)


def test_numbered_names_are_planned(db: Database) -> None:
    rows = [(f"Comité {number}", "France", "", f"c{number}@comite.example") for number in range(9)]
    plan = plan_of(db, *rows)
    assert len(plan.organisations) + len(plan.questions) == 9
