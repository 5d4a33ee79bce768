"""What a person sets right in a reading: boundaries, joints, headings; and the way back from it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from sqlalchemy import select

from crm import contacts
from crm.db import Database
from crm.errors import Damaged
from crm.places import Place
from crm.reading import (
    Beside,
    Kept,
    Pencil,
    Reading,
    Review,
    ReviewLine,
    beside,
    forget_unfinished,
    keep,
    kept,
    open_questions,
    settle,
    unfinished,
)
from crm.reading.keeping import from_json, to_json
from crm.schema import NotSame
from tests.documents import add, carried_out, finished, reading_of, reviewed, text_read

TEXT = """Signataires :

## France

- Ligue Horizon et Foyer Lumière
- Atelier des Deux
- Rives
- Encre Libre

## Belgique

- Vigie
"""


def place_of(read: Reading, words: str) -> tuple[int, int]:
    """Where these words stand in the text."""
    start = read.text.index(words)
    return start, start + len(words)


def names(review: Review) -> list[str]:
    return [line.name for line in review.lines if line.state != "dropped"]


def line_called(review: Review, name: str) -> ReviewLine:
    return next(line for line in review.lines if line.name == name)


@pytest.fixture
def review(db: Database) -> Review:
    return reviewed(db, text_read(TEXT))


@pytest.fixture
def pencil(review: Review) -> Pencil:
    return Pencil(review)


@pytest.fixture(autouse=True)
def spans_lead_to_names(review: Review) -> Iterator[None]:
    """Whatever was done, a line that stands in the document is marked on its own words."""
    yield
    for line in review.lines:
        for start, end in line.spans:
            said = " ".join(review.reading.text[start:end].split())
            assert line.name in said
    taken = sorted(span for line in review.lines if line.state != "dropped" for span in line.spans)
    assert all(a[1] <= b[0] for a, b in pairwise(taken))
    assert len({line.index for line in review.lines}) == len(review.lines)


# -- selected words -------------------------------------------------------------------------


def test_selected_words_become_an_organisation_where_they_stand(
    review: Review, pencil: Pencil
) -> None:
    made = pencil.called(*place_of(review.reading, "Foyer Lumière"))
    assert made is not None
    assert names(review)[:3] == ["Ligue Horizon", "Foyer Lumière", "Atelier des Deux"]
    assert (made.country, made.heading_words) == ("FR", "France")


def test_a_new_line_takes_the_heading_above_it() -> None:
    read = text_read("Signataires :\n\n## France\n\n- Encre\n\n## Belgique\n\n- Vigie\n- Phare\n")
    review = Review(read)
    pencil = Pencil(review)
    pencil.not_there(*place_of(read, "Phare"))
    made = pencil.called(*place_of(read, "Phare"))
    assert made is not None
    assert made.country == "BE"
    assert names(review) == ["Encre", "Vigie", "Phare"]


def test_the_selection_may_be_careless_about_its_edges(review: Review, pencil: Pencil) -> None:
    start, end = place_of(review.reading, "Foyer Lumière")
    made = pencil.called(start - 1, end + 1)
    assert made is not None
    assert made.spans == ((start, end),)


def test_the_name_of_a_line_is_what_is_selected(review: Review, pencil: Pencil) -> None:
    index = line_called(review, "Atelier des Deux").index
    start, _end = place_of(review.reading, "Atelier")
    _start, end = place_of(review.reading, "Rives")
    made = pencil.bound(index, start, end)
    assert made is not None
    assert (made.index, made.name) == (index, "Atelier des Deux Rives")
    assert "Rives" not in names(review)  # it was no organisation of its own


def test_a_person_is_told_from_an_organisation(review: Review, pencil: Pencil) -> None:
    made = pencil.called(*place_of(review.reading, "Encre Libre"), "person")
    assert made is not None
    assert (made.noun, made.name) == ("person", "Encre Libre")
    assert review.counts().read == 4
    assert review.counts("person").read == 1


def test_what_signs_nothing_is_dropped_with_all_that_stands_in_it(
    review: Review, pencil: Pencil
) -> None:
    start, _end = place_of(review.reading, "Atelier")
    _start, end = place_of(review.reading, "Encre Libre")
    assert pencil.not_there(start, end) == 3
    assert review.counts().dropped == 3
    review.undo()
    assert review.counts().dropped == 0


def test_a_heading_gives_its_country_to_the_lines_until_the_next() -> None:
    read = text_read("Signataires :\n\n- Vigie\n- Hexagone\n- Encre Libre (Belgique)\n- Phare\n")
    review = Review(read)
    pencil = Pencil(review)
    moved = pencil.heads(*place_of(read, "Hexagone"), Place(country="FR"))
    assert moved == 1
    assert {line.name: line.country for line in review.lines if line.state != "dropped"} == {
        "Vigie": None,
        "Encre Libre": "BE",
        "Phare": "FR",
    }
    assert line_called(review, "Hexagone").state == "dropped"
    assert place_of(read, "Hexagone") in review.places


def test_a_heading_that_means_another_country_is_set_right(review: Review, pencil: Pencil) -> None:
    span = place_of(review.reading, "Belgique")
    assert pencil.is_heading(*span)
    assert pencil.heads(*span, Place(country="CH")) == 1
    assert line_called(review, "Vigie").country == "CH"
    assert line_called(review, "Encre Libre").country == "FR"
    assert pencil.heads(*span, Place(heading="europe")) == 1
    assert line_called(review, "Vigie").heading == "europe"


def test_a_country_we_know_is_proposed(review: Review, pencil: Pencil) -> None:
    assert pencil.place_at(*place_of(review.reading, "Belgique")) == Place(country="BE")
    assert pencil.place_at(*place_of(review.reading, "Vigie")) is None


def test_a_new_name_is_looked_up_in_the_register(db: Database) -> None:
    (known,) = add(db, "Foyer Lumière")
    review = reviewed(db, text_read(TEXT))
    made = Pencil(review).called(*place_of(review.reading, "Foyer Lumière"))
    assert made is not None
    assert (made.state, made.candidate_id) == ("recognised", known)


# -- one line, two lines --------------------------------------------------------------------


def test_a_line_offers_its_joints_and_is_cut_at_one(review: Review, pencil: Pencil) -> None:
    line = line_called(review, "Ligue Horizon et Foyer Lumière")
    (joint,) = pencil.joints(line)
    assert (joint.left, joint.right) == ("Ligue Horizon", "Foyer Lumière")
    assert pencil.split(line.index, joint.gap)
    assert names(review)[:2] == ["Ligue Horizon", "Foyer Lumière"]
    assert [each.country for each in review.lines[:2]] == ["FR", "FR"]


@pytest.mark.parametrize(
    "said",
    ["Vigie, Phare", "Vigie et Phare", "Vigie / Phare", "Vigie – Phare", "Vigie (Phare)",
     "Vigie и Phare", "Vigie, et Phare", "Vigie\nPhare"],
)  # fmt: skip
def test_every_joint_people_write_is_offered(said: str) -> None:
    review = Review(text_read("Rien."))
    pencil = Pencil(review)
    line = pencil.add(said)
    found = [(each.left, each.right) for each in pencil.joints(line)]
    assert ("Vigie", "Phare") in found


def test_a_line_is_cut_at_the_caret(review: Review, pencil: Pencil) -> None:
    line = line_called(review, "Ligue Horizon et Foyer Lumière")
    assert pencil.split(line.index, (6, 6))
    assert names(review)[:2] == ["Ligue", "Horizon et Foyer Lumière"]


def test_a_cut_that_leaves_nothing_changes_nothing(review: Review, pencil: Pencil) -> None:
    line = line_called(review, "Vigie")
    assert not pencil.split(line.index, (0, 0))
    assert not review.to_undo()


def test_a_line_written_by_hand_is_cut_too(review: Review, pencil: Pencil) -> None:
    line = pencil.add("Phare et Balise", country="FR")
    (joint,) = pencil.joints(line)
    assert pencil.split(line.index, joint.gap)
    assert names(review)[-2:] == ["Phare", "Balise"]
    assert review.lines[-1].country == "FR"


def test_lines_side_by_side_are_joined_in_the_documents_words(
    review: Review, pencil: Pencil
) -> None:
    first, second = (line_called(review, name).index for name in ("Atelier des Deux", "Rives"))
    assert pencil.below(first) == second
    made = pencil.join([second, first])
    assert made is not None
    assert (made.index, made.name) == (first, "Atelier des Deux Rives")


def test_lines_apart_are_joined_without_what_stands_between(review: Review, pencil: Pencil) -> None:
    chosen = [line_called(review, name).index for name in ("Atelier des Deux", "Encre Libre")]
    made = pencil.join(chosen)
    assert made is not None
    assert made.name == "Atelier des Deux Encre Libre"
    assert "Rives" in names(review)
    review.undo()


def test_a_split_and_a_join_give_back_the_line(review: Review, pencil: Pencil) -> None:
    line = line_called(review, "Ligue Horizon et Foyer Lumière")
    pencil.split(line.index, pencil.joints(line)[0].gap)
    made = pencil.join([line.index, pencil.below(line.index) or 0])
    assert made is not None
    assert (made.name, made.spans) == (line.name, line.spans)


# -- the way back ---------------------------------------------------------------------------


def test_every_decision_is_taken_back_and_done_again(db: Database) -> None:
    add(db, "Vigies")
    review = reviewed(db, text_read(TEXT))
    pencil, read = Pencil(review), review.reading
    moments = [review.now]
    line = line_called(review, "Ligue Horizon et Foyer Lumière")

    def done() -> None:
        moments.append(review.now)
        assert review.to_undo()

    for do in (
        lambda: review.answer(line_called(review, "Vigie").index, "new"),
        lambda: review.edit(line_called(review, "Encre Libre").index, name="Encre libre"),
        lambda: review.set_role("caller"),
        lambda: review.set_place(Place("CH"), [line_called(review, "Rives").index]),
        lambda: pencil.split(line.index, pencil.joints(line)[0].gap),
        lambda: pencil.join([line_called(review, "Atelier des Deux").index,
                             line_called(review, "Rives").index]),
        lambda: review.drop([line.index]),
        lambda: pencil.add("Phare"),
        lambda: pencil.called(*place_of(read, "Deux"), "person"),
        lambda: pencil.bound(line_called(review, "Vigie").index, *place_of(read, "Vigi")),
        lambda: pencil.heads(*place_of(read, "Signataires"), Place(country="DE")),
    ):  # fmt: skip
        do()
        done()
    assert len({id(moment) for moment in moments}) == 12
    for moment in reversed(moments[:-1]):
        review.undo()
        assert review.lines == moment.lines
        assert review.places == moment.places
    assert review.undo() is None
    for moment in moments[1:]:
        review.redo()
        assert review.lines == moment.lines
    assert review.redo() is None


def test_a_new_decision_forgets_what_was_taken_back(review: Review) -> None:
    review.set_role("caller")
    review.undo()
    review.set_role("supporter")
    assert review.redo() is None


def test_what_changes_nothing_is_no_step(review: Review) -> None:
    review.set_role("signatory")
    review.edit(review.lines[0].index, name=review.lines[0].name)
    assert not review.to_undo()


def test_the_question_before_is_asked_again_and_corrections_stay(db: Database) -> None:
    (known,) = add(db, "Jasyl Dalla")
    review = reviewed(db, reading_of("countries_fr"))
    question = review.question()
    assert question is not None
    review.answer(question.index, "new")
    review.edit(review.lines[0].index, role="caller")
    back = review.back()
    assert back is not None
    assert (back.state, back.candidate_id) == ("question", known)
    assert review.lines[0].role == "caller"
    assert review.number() == (1, 1)
    review.undo()
    line = review.line(question.index)
    assert line is not None
    assert line.answer == "new"


# -- figures --------------------------------------------------------------------------------


def test_two_lines_of_one_organisation_are_one_signature(db: Database) -> None:
    add(db, "Vigie")
    review = reviewed(db, text_read("Signataires :\n\n- Association Vigie\n- Vigie\n- Phare\n"))
    question = review.question()
    assert question is not None
    review.answer(question.index, "same")
    assert review.button() == "Record 2 signatures"
    assert list(review.repeated().values()) == ["list"]
    assert carried_out(db, review).signatures == 2


# -- what is learnt -------------------------------------------------------------------------


def test_a_corrected_spelling_is_recognised_next_time(db: Database) -> None:
    text = "Signataires :\n\n- Ligue Horizom\n- Phare\n- Vigie\n"
    review = reviewed(db, text_read(text))
    review.edit(review.lines[0].index, name="Ligue Horizon")
    done = carried_out(db, review)
    again = reviewed(db, text_read(text))
    assert [line.state for line in again.lines] == ["recognised"] * 3
    with db.read() as session:
        assert contacts.count(session) == done.organisations == 3


def test_a_name_cut_down_by_hand_does_not_answer_to_the_longer_one(db: Database) -> None:
    text = "Signataires :\n\n- Phare de la rive et Balise\n- Encre\n- Vigie\n"
    review = reviewed(db, text_read(text))
    review.edit(review.lines[0].index, name="Phare de la rive")
    carried_out(db, review)
    assert reviewed(db, text_read(text)).lines[0].state != "recognised"


def test_asked_about_one_and_answered_another_is_remembered(db: Database) -> None:
    asked, other = add(db, "Jasyl Dalla", "Grand Réseau")
    text = "Signataires :\n\n- Jasyl Dala\n- Phare\n- Vigie\n"
    review = reviewed(db, text_read(text))
    assert review.lines[0].candidate_id == asked
    review.answer(0, "section", other, "Grand Réseau")
    carried_out(db, review)
    with db.read() as session:
        made = contacts.find_exactly(session, "Jasyl Dala")
        assert contacts.sheet(session, made).parent == (other, "Grand Réseau")
    assert reviewed(db, text_read(text)).lines[0].state == "recognised"
    with db.read() as session:
        from crm.duplicates import KnownNames

        known = KnownNames.load(session)
        assert known.match("Jasyl Dala").organisation_id == made


def test_an_open_question_answered_with_another_remembers_it_too(db: Database) -> None:
    asked, other = add(db, "Jasyl Dalla", "Grand Réseau")
    done = carried_out(
        db, reviewed(db, text_read("Signataires :\n\n- Jasyl Dala\n- Phare\n- Vigie\n"))
    )
    with db.write("settled") as session:
        (question,) = open_questions(session, done.appeal_id)
        assert question.candidate_id == asked
        settle(session, question.id, "section", other)
    with db.read() as session:
        told = session.scalars(select(NotSame.organisation_id)).all()
    assert set(told) == {asked, other}


# -- tomorrow -------------------------------------------------------------------------------


def left(db: Database, review: Review) -> int:
    with db.write("kept", kind="ledger") as session:
        return keep(session, Kept(review.reading, review.now, None, "Un titre"))


def taken_up(db: Database, number: int) -> Beside:
    with db.read() as session:
        found = kept(session, number)
    walk = beside(db, found)
    while True:
        try:
            next(walk)
        except StopIteration as end:
            result: Beside = end.value
            return result


def test_a_review_resumes_where_it_stopped(db: Database) -> None:
    add(db, "Jasyl Dalla", "Pensée Claire")
    review = reviewed(db, reading_of("countries_fr"))
    question = review.question()
    assert question is not None
    review.answer(question.index, "new")
    number = left(db, review)
    with db.read() as session:
        (waiting,) = unfinished(session)
    assert (waiting.name, waiting.lines, waiting.questions) == (review.reading.name, 43, 0)
    again = taken_up(db, number)
    assert again.review.lines == review.lines
    assert again.review.reading == review.reading
    assert again.title == "Un titre"
    assert again.review.number() == (2, 1)


def test_what_the_register_learnt_meanwhile_is_recognised(db: Database, review: Review) -> None:
    number = left(db, review)
    add(db, "Encre Libre")
    again = taken_up(db, number).review
    assert line_called(again, "Encre Libre").state == "recognised"


def test_keeping_leaves_no_line_in_the_journal_and_replaces_itself(
    db: Database, review: Review
) -> None:
    number = left(db, review)
    review.set_role("caller")
    with db.write("kept", kind="ledger") as session:
        assert keep(session, Kept(review.reading, review.now), number) == number
    with db.read() as session:
        assert len(unfinished(session)) == 1
        assert {line.role for line in kept(session, number).now.lines} == {"caller"}
    with pytest.raises(Exception, match="nothing left"):
        list(db.undo())


def test_recording_a_review_ends_its_waiting(db: Database, review: Review) -> None:
    from crm.reading import record

    number = left(db, review)
    finished(db.carry_out("Read", record, review, None, unfinished_id=number))
    with db.read() as session:
        assert unfinished(session) == []


def test_what_is_forgotten_waits_no_longer(db: Database, review: Review) -> None:
    number = left(db, review)
    with db.write("forgotten", kind="ledger") as session:
        forget_unfinished(session, number)
    with db.read() as session:
        assert unfinished(session) == []
        with pytest.raises(Damaged):
            kept(session, number)


@pytest.mark.parametrize(
    "spoilt",
    [{}, {"version": 99}, {"version": 1}, {"version": 1, "review": [{}]},
     {"version": 1, "review": [], "places": [[1]], "reading": {}}],
)  # fmt: skip
def test_what_cannot_be_read_any_more_is_said(spoilt: dict[str, object]) -> None:
    with pytest.raises(Damaged):
        from_json(spoilt)


def test_what_was_kept_is_the_same_after_json(review: Review) -> None:
    import json

    whole = Kept(review.reading, review.now, 7, "Titre", True)
    assert from_json(json.loads(json.dumps(to_json(whole)))) == whole
