from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm import appeals, contacts
from crm.db import Database, Step
from crm.documents import from_text, read
from crm.duplicates import KnownNames
from crm.errors import Refused
from crm.reading import (
    Reading,
    Recorded,
    Review,
    likely_appeal,
    open_questions,
    record,
    settle,
    standing,
    understand,
)

DOCUMENTS = Path(__file__).parent.parent / "documents"
NAMES = sorted(path.stem for path in DOCUMENTS.glob("*.json"))


def reading_of(name: str) -> Reading:
    """The look-alike of this name, read."""
    path = next(path for path in DOCUMENTS.glob(f"{name}.*") if path.suffix != ".json")
    return understand(read(str(path)))


def truth_of(name: str) -> dict[str, Any]:
    """What a careful person reads in it."""
    found: dict[str, Any] = json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def text_read(text: str) -> Reading:
    """A short text, read."""
    return understand(from_text("text.md", text))


def names(reading: Reading) -> list[str]:
    return [one.name for one in reading.organisations]


# -- every look-alike -----------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_those_who_sign_are_found_in_their_order_and_nobody_else(name: str) -> None:
    assert names(reading_of(name)) == [one["name"] for one in truth_of(name)["organisations"]]


@pytest.mark.parametrize("name", NAMES)
def test_each_has_the_country_its_list_gives(name: str) -> None:
    countries = {one["name"]: one["country"] for one in truth_of(name)["organisations"]}
    assert {one.name: one.country for one in reading_of(name).organisations} == countries


@pytest.mark.parametrize("name", NAMES)
def test_the_head_of_the_document_is_understood(name: str) -> None:
    reading, truth = reading_of(name), truth_of(name)
    got = {
        "language": reading.language, "kind": reading.kind, "title": reading.title,
        "place": reading.place, "date": reading.date.isoformat() if reading.date else None,
    }  # fmt: skip
    wanted = {field: truth[field] for field in got if field in truth}
    assert {field: got[field] for field in wanted} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_rendezvous_are_found_and_other_dates_are_none(name: str) -> None:
    events = [[e.on.isoformat(), e.at, e.place] for e in reading_of(name).events]
    assert events == truth_of(name)["events"]


@pytest.mark.parametrize("name", [each for each in NAMES if "emails" in truth_of(each)])
def test_every_address_is_found_once(name: str) -> None:
    assert list(reading_of(name).emails) == truth_of(name)["emails"]


@pytest.mark.parametrize("name", NAMES)
def test_an_address_belongs_to_whom_the_annex_says(name: str) -> None:
    wanted = {o["name"]: o["email"] for o in truth_of(name)["organisations"] if "email" in o}
    got = {one.name: one.email for one in reading_of(name).organisations if one.name in wanted}
    assert got == wanted


@pytest.mark.parametrize("name", [each for each in NAMES if "people" in truth_of(each)])
def test_people_stand_apart_from_organisations(name: str) -> None:
    people = [person.name for person in reading_of(name).people if person.standing != "addressee"]
    wanted = truth_of(name)["people"]
    assert len(people) == len(wanted)
    assert all(any(each in person for person in people) for each in wanted)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_understood_can_be_shown_in_the_text(name: str) -> None:
    reading = reading_of(name)
    for one in reading.organisations:
        start, end = one.spans[0]
        assert one.name in " ".join(reading.text[start:end].split())


# -- the fine points ------------------------------------------------------------------------


def test_articles_stand_apart_and_one_inside_quotation_marks_stays() -> None:
    reading = reading_of("press_release_fr")
    assert [one.article for one in reading.organisations] == truth_of("press_release_fr")[
        "articles"
    ]
    quoted = next(one for one in reading.organisations if one.name.startswith("Les Amies"))
    assert quoted.published == "« Les Amies de Rosine Valles »"


def test_three_printings_of_a_list_are_one_list_with_all_places_shown() -> None:
    reading = reading_of("letter_fr")
    assert [len(one.spans) for one in reading.organisations] == [3] * 7
    assert "Ligue des libertés – Vaucreux" in reading.organisations[3].also


def test_the_letter_tells_to_whom_it_is_written() -> None:
    person = next(p for p in reading_of("letter_fr").people if p.standing == "addressee")
    assert (person.name, person.role) == ("Odile Ferrandon", "Maire de Vaucreux")
    assert not person.signs


def test_headings_are_kept_as_written_and_not_all_are_countries() -> None:
    reading = reading_of("countries_fr")
    headings = list(dict.fromkeys(one.heading_words for one in reading.organisations))
    assert len(headings) == 15
    assert "Etat espagnol" in headings
    assert {one.heading for one in reading.organisations[-6:]} == {"europe", "international"}


def test_parts_differ_by_the_heading_they_stand_under() -> None:
    reading = reading_of("callers_and_supporters_es")
    assert [one.role for one in reading.organisations] == [
        "caller",
        "caller",
        "supporter",
        "supporter",
    ]


def test_two_like_names_of_one_list_stay_two() -> None:
    reading = text_read("# Appel\n\nSignataires :\n\n- Association Horizon\n- Collectif Horizon\n")
    assert names(reading) == ["Association Horizon", "Collectif Horizon"]


def test_one_name_under_two_countries_is_two_organisations() -> None:
    reading = text_read("## Signataires\n\n### France\n\nVigie\n\n### Allemagne\n\nVigie\n")
    assert [one.country for one in reading.organisations] == ["FR", "DE"]


def test_two_capitals_are_an_acronym_before_they_are_a_country() -> None:
    reading = text_read("Signataires :\n\nPS\nCollectif Horizon (CA)\nPT\n")
    assert names(reading) == ["PS", "Collectif Horizon (CA)", "PT"]
    assert {one.country for one in reading.organisations} == {None}


def test_two_capitals_are_countries_where_the_list_makes_it_a_custom() -> None:
    reading = text_read("Signatories:\n\nBlue Door (FR)\nGreen Door (DE)\nRed Door (IT)\n")
    assert [one.country for one in reading.organisations] == ["FR", "DE", "IT"]


def test_an_address_hidden_from_robots_is_still_an_address() -> None:
    reading = text_read("Contact : bureau [at] horizon [point] example ou a@horizon.example")
    assert set(reading.emails) == {"bureau@horizon.example", "a@horizon.example"}


def test_a_name_at_a_social_network_is_no_address() -> None:
    assert (
        text_read("Suivez @Collectif_H et https://video.example/@horizon/a@b.example").emails == ()
    )


def test_what_is_printed_as_json_has_every_promised_key() -> None:
    said = reading_of("letter_fr").to_json()
    assert list(said)[:5] == ["title", "kind", "language", "date", "place"]
    assert said["organisations"][0] == {
        "name": "Assemblée mondiale des Kourbans", "country": None, "match": None,
        "email": "kourbans@monde.example", "role": "signatory", "heading": None, "article": None,
    }  # fmt: skip
    assert json.loads(json.dumps(said)) == said


def test_a_text_that_gives_a_rendezvous_gives_it_as_json() -> None:
    said = reading_of("no_list_relay_fr").to_json()
    assert said["organisations"] == []
    assert said["events"] == [
        {"date": "2025-10-18", "time": "15:00", "place": "Lyon", "country": None}
    ]


def test_two_thousand_lines_are_read_in_a_moment() -> None:
    lines = "\n".join(f"{n}. Comité {n} des Trois-Rives" for n in range(1, 2001))
    assert len(text_read(f"Signataires :\n\n{lines}\n").organisations) == 2000


# -- review ---------------------------------------------------------------------------------


def reviewed(db: Database, reading: Reading) -> Review:
    with db.read() as session:
        return Review(reading, KnownNames.load(session))


def add(db: Database, *known: str, country: str | None = None) -> list[int]:
    with db.write("Add organisations") as session:
        return [contacts.add_organisation(session, name, country=country) for name in known]


def carried_out(db: Database, review: Review, appeal_id: int | None = None) -> Recorded:
    return finished(db.carry_out("Read a document", record, review, appeal_id))


def finished(act: Iterator[Step]) -> Recorded:
    while True:
        try:
            next(act)
        except StopIteration as end:
            result: Recorded = end.value
            return result


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


def test_the_proof_reader_sees_two_spellings() -> None:
    assert Review(reading_of("letter_fr")).proof() == [
        "This document writes “Ligue des libertés de Vaucreux” and “Ligue des libertés – Vaucreux”."
    ]


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
