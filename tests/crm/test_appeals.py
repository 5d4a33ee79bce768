"""Appeals, and the ladder of those who stand under them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from crm import appeals, contacts, language
from crm.db import Database
from crm.errors import Refused
from crm.schema import Organisation

MAY = [date(2026, 5, day) for day in range(1, 32)]


@pytest.fixture
def trees(db: Database) -> tuple[Database, int, int]:
    with db.write("An appeal") as session:
        rive = contacts.add_organisation(session, "Rive Claire", country="FR", article="la ")
        appeal = appeals.add(session, "Des arbres partout", kind="appeal", deadline=MAY[20])
    return db, appeal, rive


Trees = tuple[Database, int, int]


def sign(trees: Trees, status: str, day: int = 0, **more: Any) -> int:
    db, appeal, rive = trees
    with db.write("An answer") as session:
        return appeals.sign(
            session, appeal, organisation_id=rive, status=status, on=MAY[day], **more
        )


def row(trees: Trees) -> appeals.SignatureRow:
    db, appeal, _rive = trees
    with db.read() as session:
        (found,) = appeals.rows(session, appeals.signature_ids(session, appeal))
    return found


def steps(trees: Trees) -> list[tuple[str, date]]:
    db, appeal, rive = trees
    with db.read() as session:
        known = appeals.signature_of(session, appeal, organisation_id=rive)
        assert known is not None
        return [(each.status, each.on) for each in appeals.answers(session, known)]


def test_every_step_of_the_ladder_is_dated(trees: Trees) -> None:
    for day, status in enumerate(("asked", "promised", "signed", "withdrawn")):
        sign(trees, status, day)
    assert steps(trees) == [
        ("asked", MAY[0]), ("promised", MAY[1]), ("signed", MAY[2]), ("withdrawn", MAY[3]),
    ]  # fmt: skip
    assert (row(trees).status, row(trees).since) == ("withdrawn", MAY[3])


def test_signing_twice_changes_nothing(trees: Trees) -> None:
    first = sign(trees, "signed", 2)
    assert sign(trees, "signed", 9, name="Another") == first
    assert (row(trees).published_name, row(trees).since) == ("Rive Claire", MAY[2])
    assert len(steps(trees)) == 1


def test_asking_again_or_promising_takes_no_signature_back(trees: Trees) -> None:
    sign(trees, "signed", 2)
    sign(trees, "asked", 5)
    sign(trees, "promised", 6)
    assert row(trees).status == "signed"
    assert steps(trees) == [("signed", MAY[2])]


def test_who_declined_may_still_sign(trees: Trees) -> None:
    sign(trees, "declined", 2)
    sign(trees, "signed", 5)
    assert row(trees).status == "signed"


def test_what_is_learnt_late_is_kept_without_undoing_what_came_after(trees: Trees) -> None:
    sign(trees, "declined", 8)
    sign(trees, "promised", 3)
    assert (row(trees).status, row(trees).since) == ("declined", MAY[8])
    assert ("promised", MAY[3]) in steps(trees)


def test_a_given_signature_is_withdrawn_not_declined(trees: Trees) -> None:
    sign(trees, "signed")
    with pytest.raises(Refused) as trouble:
        sign(trees, "declined")
    assert "withdrawn" in trouble.value.hint


@pytest.mark.parametrize("before", [None, "asked", "declined"])
def test_nothing_is_withdrawn_that_was_not_given(trees: Trees, before: str | None) -> None:
    if before:
        sign(trees, before)
    with pytest.raises(Refused, match="no signature to withdraw"):
        sign(trees, "withdrawn")


def test_an_answer_that_is_none_is_refused(trees: Trees) -> None:
    with pytest.raises(Refused, match="not an answer"):
        sign(trees, "perhaps")


def test_the_published_name_is_frozen_by_the_signature(trees: Trees) -> None:
    db, _appeal, rive = trees
    sign(trees, "signed", name="Rive Claire – Brume", article="la ", country="BE")
    with db.write("Rename") as session:
        contacts.rename(session, rive, "Rive Sombre")
        contacts.change(session, "organisation", rive, country="ES")
    found = row(trees)
    assert (found.name, found.published_name, found.country) == (
        "Rive Sombre", "Rive Claire – Brume", "BE",
    )  # fmt: skip
    sign(trees, "withdrawn", 1)
    sign(trees, "signed", 2, name="Rive Sombre")
    assert row(trees).published_name == "Rive Claire – Brume"


def test_the_name_of_the_day_they_sign_counts_not_of_the_day_they_were_asked(trees: Trees) -> None:
    db, _appeal, rive = trees
    sign(trees, "asked")
    with db.write("Rename") as session:
        contacts.rename(session, rive, "Rive Sombre")
    sign(trees, "signed", 1)
    assert row(trees).published_name == "Rive Sombre"


def test_a_name_said_when_signing_is_the_one_printed(trees: Trees) -> None:
    sign(trees, "asked")
    sign(trees, "signed", 1, name="Rive Claire – Brume", heading="Belgique", country="BE")
    found = row(trees)
    assert (found.published_name, found.country, found.heading) == (
        "Rive Claire – Brume", "BE", "Belgique",
    )  # fmt: skip


def test_a_name_chosen_before_stands_when_they_sign(trees: Trees) -> None:
    db = trees[0]
    known = sign(trees, "promised")
    with db.write("Print as") as session:
        appeals.publish_as(session, known, "  Rive  Claire, section Brume ", article="la ")
        with pytest.raises(Refused):
            appeals.publish_as(session, known, " ")
    sign(trees, "signed", 1)
    assert row(trees).published_name == "Rive Claire, section Brume"


def test_counts_are_exclusive_and_add_up(db: Database) -> None:
    given = ["asked", "asked", "asked", "promised", "signed", "signed", "declined"]
    with db.write("Many") as session:
        appeal = appeals.add(session, "Des arbres")
        for at, status in enumerate(given):
            each = contacts.add_organisation(session, f"Rive {at}")
            appeals.sign(session, appeal, organisation_id=each, status=status, on=MAY[at])
        last = appeals.signature_ids(session, appeal)[4]
        owner = appeals.rows(session, [last])[0].organisation_id
        appeals.sign(session, appeal, organisation_id=owner, status="withdrawn")
    with db.read() as session:
        counts = appeals.counts(session, appeal)
        assert (counts.asked, counts.promised, counts.signed) == (3, 1, 1)
        assert (counts.declined, counts.withdrawn, counts.total) == (1, 1, len(given))
        assert appeals.rows_of(session, [appeal])[0].counts == counts
        assert appeals.sheet(session, appeal).counts == counts
        assert len(appeals.silent(session, appeal, since=MAY[1])) == 2
        assert len(appeals.silent(session, appeal)) == counts.asked


def test_an_answer_by_telephone_is_noted_in_one_go(trees: Trees) -> None:
    db, appeal, rive = trees
    with db.write("An answer") as session:
        noted = appeals.note_answer(
            session, appeal, "signs", organisation_id=rive, name="Rive Claire – Brume",
            on=MAY[3], channel="telephone", with_whom="Ana", note="rappeler lundi",
        )  # fmt: skip
    with db.read() as session:
        (step,) = appeals.answers(session, noted)
        assert (step.channel, step.with_whom, step.note) == ("telephone", "Ana", "rappeler lundi")
    assert row(trees).published_name == "Rive Claire – Brume"
    assert row(trees).channel == "telephone"


def test_somebody_new_may_answer_and_is_not_made_twice(trees: Trees) -> None:
    db, appeal, rive = trees
    with db.write("Two answers") as session:
        appeals.note_answer(session, appeal, "promises", new="Aube nouvelle", country="ES")
        appeals.note_answer(session, appeal, "signs", new="L'AUBE NOUVELLE")
        appeals.note_answer(session, appeal, "signs", new="la Rive claire")
        assert contacts.count(session) == 2
        assert appeals.signature_of(session, appeal, organisation_id=rive) is not None
        assert appeals.counts(session, appeal).signed == 2
        with pytest.raises(Refused, match="who answers"):
            appeals.note_answer(session, appeal, "signs", new=" ")


def test_a_question_is_kept_and_leaves_the_answer_where_it_stood(trees: Trees) -> None:
    db, appeal, rive = trees
    sign(trees, "promised")
    with db.write("A question") as session:
        appeals.note_answer(
            session, appeal, "question", organisation_id=rive, on=MAY[4], note="quelle date ?"
        )
    assert row(trees).status == "promised"
    assert steps(trees)[-1] == ("asked", MAY[4])


def test_a_merged_organisation_signs_as_the_one_it_became(trees: Trees) -> None:
    db, appeal, rive = trees
    with db.write("Merge") as session:
        gone = contacts.add_organisation(session, "Ruisseau")
        session.execute(
            update(Organisation).where(Organisation.id == gone).values(merged_into_id=rive)
        )
        appeals.sign(session, appeal, organisation_id=gone)
        assert appeals.signature_of(session, appeal, organisation_id=rive) is not None


def test_the_order_of_the_document_is_kept_and_sorting_is_a_choice(db: Database) -> None:
    with db.write("Many") as session:
        appeal = appeals.add(session, "Des arbres")
        for name, country in (("Zone", "FR"), ("L'Étoile", "DE"), ("Équipe", "ES")):
            each = contacts.add_organisation(session, name, country=country)
            appeals.sign(session, appeal, organisation_id=each)
    language.use("fr")
    with db.read() as session:

        def order(by: str) -> list[str]:
            found = appeals.rows(session, appeals.signature_ids(session, appeal, order=by))
            return [each.published_name for each in found]

        assert order("position") == ["Zone", "L'Étoile", "Équipe"]
        assert order("-position") == ["Équipe", "L'Étoile", "Zone"]
        assert order("name") == ["Équipe", "L'Étoile", "Zone"]
        assert order("country") == ["L'Étoile", "Équipe", "Zone"]


def test_a_person_signs_alone(db: Database) -> None:
    with db.write("Alone") as session:
        ana = contacts.add_person(session, "Ana Luz")
        appeal = appeals.add(session, "Des arbres")
        appeals.sign(session, appeal, person_id=ana)
        with pytest.raises(Refused, match="one person"):
            appeals.sign(session, appeal)
        (found,) = appeals.rows(session, appeals.signature_ids(session, appeal))
        assert (found.person_id, found.name, found.published_name) == (ana, "Ana Luz", "Ana Luz")


def test_how_we_know_stays_beside_the_signature_through_undo(trees: Trees) -> None:
    db, appeal, rive = trees
    with db.write("Evidence", kind="final") as session:
        proof = appeals.evidence(session, "telephone", "Ana, 3 May")
    with db.write("An answer") as session:
        known = appeals.sign(session, appeal, organisation_id=rive, evidence_id=proof)
        assert len(appeals.answers(session, known)) == 1


def test_appeals_are_found_by_their_words_newest_first(db: Database) -> None:
    with db.write("Appeals") as session:
        old = appeals.add(session, "Pour les forêts", issued_on=MAY[0])
        new = appeals.add(session, "Encore les forêts", issued_on=MAY[5])
        appeals.add_event(session, new, MAY[9], "14:00", "Brume")
        appeals.add_event(session, new, MAY[9], "14:00", "Brume")
        with pytest.raises(Refused):
            appeals.add(session, "  ")
        assert appeals.ids(session) == [new, old]
        assert appeals.ids(session, "FORET pour") == [old]
        assert appeals.sheet(session, new).events == ((MAY[9], "14:00", "Brume"),)
        assert appeals.find_exactly(session, "encore les forets") == new
        with pytest.raises(Refused, match="No appeal"):
            appeals.find_exactly(session, "Rien")
