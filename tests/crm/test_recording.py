from __future__ import annotations

from datetime import date

import pytest

from crm import appeals, contacts
from crm.db import Database
from crm.errors import Refused
from crm.reading import Review, likely_appeal, open_questions, record, settle, standing
from tests.documents import add, carried_out, reading_of, reviewed, text_read, truth_of

# -- review ---------------------------------------------------------------------------------


def test_the_counts_of_a_review_are_exclusive_and_add_up(db: Database) -> None:
    add(db, "Pensée Claire", "Jasyl Dalla")
    review = reviewed(db, reading_of("countries_fr"))
    counts = review.counts()
    assert counts.recognised + counts.new + counts.questions + counts.dropped == counts.read == 43
    assert (counts.recognised, counts.questions) == (1, 1)
    assert review.summary() == "43 organisations read: 1 recognised · 41 new · 1 question"
    assert review.button() == "Record 42 signatures"
    assert review.pending() == "The question will wait in this appeal"


def test_a_question_is_asked_in_words_and_answered_by_its_four_keys(db: Database) -> None:
    (known,) = add(db, "Jasyl Dalla")
    review = reviewed(db, reading_of("countries_fr"))
    question = review.question()
    assert question is not None
    assert review.ask(question) == (
        "“Jasyl Dala” (Kazakhstan): is it “Jasyl Dalla”, already in the directory?"
    )
    for answer, state in [
        ("same", "recognised"),
        ("new", "new"),
        ("section", "new"),
        ("drop", "dropped"),
    ]:
        review.answer(question.index, answer)
        assert review.lines[question.index].state == state
        assert review.question() is None
        back = review.back()
        assert back is not None
        assert (back.index, back.state, back.candidate_id) == (question.index, "question", known)
    assert review.back() is None


def test_questions_come_first(db: Database) -> None:
    add(db, "Jasyl Dalla", "Pensée Claire")
    states = [line.state for line in reviewed(db, reading_of("countries_fr")).ordered()]
    assert states == ["question"] + ["new"] * 41 + ["recognised"]


def test_two_lines_are_never_silently_one_organisation(db: Database) -> None:
    add(db, "Vigie")
    text = "Signataires :\n\n- Association Vigie\n- Vigie\n"
    states = [line.state for line in reviewed(db, text_read(text)).lines]
    assert sorted(states) == ["question", "recognised"]


def test_a_section_of_something_known_is_new_and_may_be_linked(db: Database) -> None:
    (whole,) = add(db, "Ligue des Horizons")
    review = reviewed(db, text_read("Signataires :\n\n- Ligue des Horizons de Vaucreux\n- Vigie\n"))
    assert [line.state for line in review.lines] == ["new", "new"]
    review.answer(0, "section")
    carried_out(db, review)
    with db.read() as session:
        made = contacts.find_exactly(session, "Ligue des Horizons de Vaucreux")
        assert contacts.sheet(session, made).parent == (whole, "Ligue des Horizons")


def test_parts_names_and_countries_can_be_corrected(db: Database) -> None:
    review = reviewed(db, text_read("Signataires :\n\n- Vigie\n- Encre Libre\n"))
    review.set_role("supporter")
    review.edit(0, name="Vigie citoyenne", country="BE", role="caller")
    assert [line.role for line in review.lines] == ["caller", "supporter"]
    assert (review.lines[0].published, review.lines[0].country) == ("Vigie citoyenne", "BE")


def test_a_text_without_a_list_says_so() -> None:
    review = Review(reading_of("no_list_post_fr"))
    assert review.nothing() == (
        "This text contains no list of signatories: nothing will be recorded."
    )
    assert review.button() == "Record 0 signatures"


# -- record ---------------------------------------------------------------------------------


def test_a_reading_is_one_act_and_is_undone_whole(db: Database) -> None:
    done = carried_out(db, reviewed(db, reading_of("countries_fr")))
    assert (done.signatures, done.organisations) == (43, 43)
    with db.read() as session:
        assert appeals.counts(session, done.appeal_id).signed == 43
    list(db.undo())
    with db.read() as session:
        assert contacts.count(session) == 0
        assert appeals.ids(session) == []


def test_the_appeal_gets_what_its_document_says(db: Database) -> None:
    done = carried_out(db, reviewed(db, reading_of("letter_fr")))
    with db.read() as session:
        sheet = appeals.sheet(session, done.appeal_id)
    assert sheet.kind == "open letter"
    assert (sheet.issued_on, sheet.place) == (date(2026, 3, 6), "Vaucreux")
    assert sheet.addressee == "Odile Ferrandon, Maire de Vaucreux"


@pytest.mark.parametrize(
    "name", ["letter_fr", "press_release_fr", "countries_fr", "list_mixed_with_people"]
)
def test_reading_a_document_twice_changes_nothing(db: Database, name: str) -> None:
    first = carried_out(db, reviewed(db, reading_of(name)))
    with db.read() as session:
        acts_before = contacts.count(session), appeals.signature_ids(session, first.appeal_id)
    review = reviewed(db, reading_of(name))
    assert review.counts().new == review.counts().questions == 0
    again = carried_out(db, review, first.appeal_id)
    assert (again.signatures, again.organisations, again.people, again.addresses) == (0, 0, 0, 0)
    with db.read() as session:
        assert acts_before == (
            contacts.count(session),
            appeals.signature_ids(session, first.appeal_id),
        )


def test_stopping_half_way_leaves_nothing(db: Database) -> None:
    act = db.carry_out("Read a document", record, reviewed(db, reading_of("countries_fr")))
    for _step in range(20):
        next(act)
    act.close()
    with db.read() as session:
        assert contacts.count(session) == 0


def test_the_published_name_order_and_heading_are_frozen(db: Database) -> None:
    done = carried_out(db, reviewed(db, reading_of("countries_fr")))
    with db.read() as session:
        rows = appeals.rows(session, appeals.signature_ids(session, done.appeal_id))
    assert [row.published_name for row in rows] == [
        one["name"] for one in truth_of("countries_fr")["organisations"]
    ]
    assert rows[10].heading == "Etat espagnol"


def test_an_asked_organisation_has_signed_under_the_name_of_the_document(db: Database) -> None:
    (known,) = add(db, "Association Pensée Claire")
    with db.write("Ask") as session:
        appeal = appeals.add(session, "La médiathèque")
        appeals.sign(session, appeal, organisation_id=known, status="asked")
    done = carried_out(db, reviewed(db, reading_of("letter_fr")), appeal)
    with db.read() as session:
        rows = appeals.rows(session, appeals.signature_ids(session, appeal))
    assert done.signatures == 7
    assert [row.published_name for row in rows][2] == "Pensée Claire"
    assert {row.status for row in rows} == {"signed"}


def test_whoever_withdrew_is_not_put_back_by_an_old_document(db: Database) -> None:
    done = carried_out(db, reviewed(db, reading_of("letter_fr")))
    with db.write("Withdraw") as session:
        gone = contacts.find_exactly(session, "Pensée Claire")
        appeals.sign(session, done.appeal_id, organisation_id=gone, status="withdrawn")
    carried_out(db, reviewed(db, reading_of("letter_fr")), done.appeal_id)
    with db.read() as session:
        assert appeals.counts(session, done.appeal_id).withdrawn == 1


def test_addresses_come_with_their_source(db: Database) -> None:
    carried_out(db, reviewed(db, reading_of("letter_fr")))
    with db.read() as session:
        sheet = contacts.sheet(session, contacts.find_exactly(session, "Pensée Claire"))
    (address,) = sheet.addresses
    assert address.value == "denise.morvan@penseeclaire.example"
    assert address.source == "letter_fr.md"
    assert not address.publishable


def test_a_spelling_somebody_confirmed_is_known_from_then_on(db: Database) -> None:
    add(db, "Jasyl Dalla")
    review = reviewed(db, reading_of("countries_fr"))
    question = review.question()
    assert question is not None
    review.answer(question.index, "same")
    carried_out(db, review)
    assert reviewed(db, reading_of("countries_fr")).counts().questions == 0


def test_a_spelling_somebody_told_apart_is_not_asked_again(db: Database) -> None:
    add(db, "Jasyl Dalla")
    review = reviewed(db, reading_of("countries_fr"))
    question = review.question()
    assert question is not None
    review.answer(question.index, "new")
    carried_out(db, review)
    again = reviewed(db, reading_of("countries_fr"))
    assert (again.counts().recognised, again.counts().questions) == (43, 0)


def test_open_questions_wait_in_the_appeal_and_are_settled_there(db: Database) -> None:
    (known,) = add(db, "Jasyl Dalla")
    done = carried_out(db, reviewed(db, reading_of("countries_fr")))
    assert (done.signatures, done.questions) == (42, 1)
    with db.read() as session:
        (question,) = open_questions(session, done.appeal_id)
    assert (question.name, question.candidate, question.candidate_id) == (
        "Jasyl Dala",
        "Jasyl Dalla",
        known,
    )
    with db.write("Answer a question") as session:
        settle(session, question.id, "same")
    with db.read() as session:
        rows = appeals.rows(session, appeals.signature_ids(session, done.appeal_id))
        assert open_questions(session, done.appeal_id) == []
    assert [row.published_name for row in rows][35] == "Jasyl Dala"
    assert rows[35].organisation_id == known
    with pytest.raises(Refused, match="answered already"), db.write("Answer it twice") as session:
        settle(session, question.id, "new")


@pytest.mark.parametrize(("answer", "signed"), [("new", 43), ("section", 43), ("drop", 42)])
def test_a_question_has_three_other_answers(db: Database, answer: str, signed: int) -> None:
    add(db, "Jasyl Dalla")
    done = carried_out(db, reviewed(db, reading_of("countries_fr")))
    with db.write("Answer a question") as session:
        settle(session, open_questions(session, done.appeal_id)[0].id, answer)
    with db.read() as session:
        assert appeals.counts(session, done.appeal_id).signed == signed


def test_a_question_is_left_open_only_once(db: Database) -> None:
    add(db, "Jasyl Dalla")
    done = carried_out(db, reviewed(db, reading_of("countries_fr")))
    again = carried_out(db, reviewed(db, reading_of("countries_fr")), done.appeal_id)
    assert again.questions == 0


def test_people_sign_as_people(db: Database) -> None:
    done = carried_out(db, reviewed(db, reading_of("list_mixed_with_people")))
    assert (done.organisations, done.people) == (10, 3)
    with db.read() as session:
        rows = appeals.rows(session, appeals.signature_ids(session, done.appeal_id))
    assert [row.name for row in rows if row.person_id] == [
        "Marie-Claude Besson", "Jean-Pierre Vautrin", "Françoise Morel",
    ]  # fmt: skip


def test_whoever_signs_for_an_organisation_becomes_its_contact(db: Database) -> None:
    carried_out(db, reviewed(db, reading_of("letter_signed_on_behalf")))
    with db.read() as session:
        sheet = contacts.sheet(session, contacts.find_exactly(session, "Collectif Horizon"))
    assert [person.name for person in sheet.people] == ["Paule Ancel"]


def test_the_appeal_of_a_document_is_found_again(db: Database) -> None:
    reading = reading_of("countries_fr")
    with db.read() as session:
        assert likely_appeal(session, reading) is None
    done = carried_out(db, reviewed(db, reading))
    with db.read() as session:
        assert likely_appeal(session, reading) == done.appeal_id
        bodies, _people = standing(session, done.appeal_id)
    review = reviewed(db, reading)
    review.into(bodies)
    assert review.button() == "Record 0 signatures"


def test_rendezvous_are_kept_with_the_appeal(db: Database) -> None:
    done = carried_out(db, reviewed(db, reading_of("press_release_fr")))
    with db.read() as session:
        events = appeals.sheet(session, done.appeal_id).events
    assert (date(2025, 3, 15), "15:30", "Lyon") in events
    assert len(events) == 4


def test_a_question_about_another_country_says_which(db: Database) -> None:
    with db.write("Known") as session:
        contacts.add_organisation(session, "Foyer Lumière", country="BE")
    text = "# Appel\n\n## Signataires\n\n### France\n\nFoyer Lumière\n\nLigue Horizon\n"
    review = reviewed(db, text_read(text))
    question = review.question()
    assert question is not None
    assert review.ask(question) == (
        "“Foyer Lumière” (France): is it “Foyer Lumière (Belgium)”, already in the directory?"
    )
