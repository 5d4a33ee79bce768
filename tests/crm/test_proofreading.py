"""Body, list, annex and register compared before publication: slips are found, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from crm import airlock, appeals, contacts, documents, language, proof, reading
from crm.db import Database
from crm.duplicates import KnownNames
from crm.proof import Finding, Roll
from crm.reading import Review
from crm.schema import Appeal, Signature
from tests.crm.test_cli_workspaces import Run, cosigne, made
from tests.proof_appeal import SLIPS, Slip, clean

__all__ = ["cosigne"]
DOCUMENTS = Path(__file__).parent.parent / "documents"
TRUE_SLIPS = {
    # The captions of four logos are not spelt as the list is; the last letters of “Dalla” neither.
    "countries_fr.md": ["spelling"] * 4,
    # A comma closes the list; the annex has a dash for “de”; one address bears a person's name.
    "letter_fr.md": ["punctuation", "address", "spelling"],
    "letter_it.md": ["spelling"],  # the annex has a dash for “di”
    "press_release_fr.md": ["punctuation", "link"],  # “à Lyon:”, and a link to “#”
    "no_list_post_fr.txt": ["spelling"],  # Castaing and Castain
}
"""What the documents of the corpus do have, read by a person."""


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en")


def of(text: str, roll: Roll | None = None) -> list[Finding]:
    return proof.of_document(documents.from_text("appeal.md", text), roll)


def found(slip: Slip, findings: list[Finding], text: str) -> bool:
    shown = documents.from_text("appeal.md", text).text
    return any(
        each.kind == slip.kind
        and (
            slip.where in each.message
            or any(slip.where in shown[a - 2 : b + 2] for a, b in each.spans)
        )
        for each in findings
    )


def _around(shown: str, each: Finding) -> list[str]:
    return [shown[start - 2 : end + 2] for start, end in each.spans]


@pytest.fixture
def appeal_id(file: Database) -> int:
    """The clean appeal, recorded: 43 organisations signed it."""
    read = reading.understand(documents.from_text("appeal.md", clean()))
    with file.read() as session:
        review = Review(read, KnownNames.load(session))
    act = file.carry_out("Read", reading.record, review, None)
    while True:
        try:
            next(act)
        except StopIteration as end:
            return int(end.value.appeal_id)


@pytest.fixture
def roll(file: Database, appeal_id: int) -> Roll:
    with file.read() as session:
        return proof.roll_of(session, appeal_id)


def test_a_clean_appeal_raises_no_alarm(roll: Roll) -> None:
    assert len(roll.expected) == 43
    assert of(clean(), roll) == []
    assert of(clean()) == []


def test_forty_slips_made_one_at_a_time_are_found(roll: Roll) -> None:
    assert len(SLIPS) == 40
    missed = [
        slip.name
        for slip in SLIPS
        if not found(slip, of(slip.made_in(clean()), roll), slip.made_in(clean()))
    ]
    assert len(missed) <= 1, missed


def test_forty_slips_in_one_appeal_are_found(roll: Roll) -> None:
    text = clean()
    for slip in SLIPS:
        text = slip.made_in(text)
    findings = of(text, roll)
    missed = [slip.name for slip in SLIPS if not found(slip, findings, text)]
    assert len(missed) <= 1, missed
    assert len(findings) <= 60


def test_most_slips_are_found_without_any_register() -> None:
    missed = {
        slip.name
        for slip in SLIPS
        if slip.kind != "spelling"
        and not found(slip, of(slip.made_in(clean())), slip.made_in(clean()))
    }
    # Two more are seen, from the other side: the annex has a name too many, or one too few.
    assert missed <= {
        "a name under the wrong country", "an acronym and its full name",
        "a name left out of the list", "a stranger in the list",
    }  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(DOCUMENTS.iterdir()) if p.suffix in {".md", ".txt"}],
    ids=lambda p: p.name,
)
def test_the_corpus_raises_no_alarm_but_true_ones(path: Path) -> None:
    findings = proof.of_document(documents.read(str(path)))
    assert [each.kind for each in findings] == TRUE_SLIPS.get(path.name, [])


def test_a_finding_says_both_spellings_in_a_sentence_and_offers_either() -> None:
    text = (DOCUMENTS / "letter_fr.md").read_text(encoding="utf-8")
    one = next(each for each in of(text) if each.kind == "spelling")
    assert one.message == (
        "The annex writes “Ligue des libertés – Vaucreux”, "
        "the list “Ligue des libertés de Vaucreux”."
    )
    assert [each.label for each in one.remedies] == [
        "Keep “Ligue des libertés de Vaucreux” everywhere",
        "Keep “Ligue des libertés – Vaucreux” everywhere",
    ]
    shown = documents.from_text("", text).text
    assert "Vaucreux" in shown[slice(*one.spans[0])]
    mended = proof.corrected(shown, one.remedies[0])
    assert "Ligue des libertés – Vaucreux" not in mended


def test_a_figure_in_words_is_corrected_in_place(roll: Roll) -> None:
    text = clean().replace("treize pays", "quatorze pays")
    (one,) = of(text, roll)
    assert one.message == "The text says “quatorze pays”; they are from 13 countries."
    shown = documents.from_text("", text).text
    assert "43 organisations de 13 pays" in proof.corrected(shown, one.remedies[0])


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Wir, dreiundvierzig Organisationen, unterzeichnen diesen Aufruf.", None),
        ("Wir, vierundvierzig Organisationen, unterzeichnen diesen Aufruf.", "vierundvierzig"),
        ("We are forty-four organisations and we sign this appeal.", "forty-four"),
        ("Más de cuarenta organizaciones firmamos este llamamiento.", None),
        ("Firmano questo appello quarantaquattro organizzazioni.", "quarantaquattro"),
        ("Этот призыв подписали сорок четыре организации.", "сорок четыре"),
        ("Этот призыв подписали 43 организации.", None),
        ("In 2019, 200 organisations marched in the capital.", None),
    ],
)
def test_figures_are_read_in_many_languages(sentence: str, said: str | None, roll: Roll) -> None:
    text = "\n\n".join(["# Appeal", sentence, *(f"- {each.name}" for each in roll.expected)])
    wrong = [each.message for each in of(text, roll) if each.kind == "count"]
    assert (said is None and not wrong) or (said and said in wrong[0]), wrong


def test_a_letter_of_another_alphabet_is_seen_and_mended() -> None:
    text = (
        "Les organisations signataires :\n\n- Союз cадов\n- Ligue des vergers\n- Réseau Bastide\n"
    )
    (one,) = [each for each in of(text) if each.kind == "script"]
    assert one.message == "“cадов” mixes two alphabets: “c” is Latin."
    assert "Союз садов" in proof.corrected(documents.from_text("", text).text, one.remedies[0])


def test_a_file_is_proof_read_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "appel.md"
    file.write_text(SLIPS[5].made_in(clean()), encoding="utf-8")
    read = airlock.run(documents.read, str(file))
    (one, *_rest) = proof.of_document(read)
    assert one.kind == "spelling"
    assert read.text[slice(*one.spans[1])].endswith("Platafforma Semilla Libre")


# --- an appeal ------------------------------------------------------------------------------


def test_an_appeal_that_prints_what_was_signed_is_clean(file: Database, appeal_id: int) -> None:
    with file.read() as session:
        assert proof.of_appeal(session, appeal_id) == []


def test_a_signature_since_makes_the_figure_wrong(file: Database, appeal_id: int) -> None:
    body = clean().partition("## Liste")[0]
    with file.write("Text") as session:
        set_text(session, appeal_id, body)
    with file.write("Signs") as session:
        vines = contacts.add_organisation(session, "Cercle des treilles", country="FR")
        appeals.sign(session, appeal_id, organisation_id=vines)
    with file.read() as session:
        messages = [each.message for each in proof.of_appeal(session, appeal_id)]
    assert messages == ["The text says “43 organisations”; 44 organisations sign."]


def test_who_counts_without_being_named_must_not_stand_in_the_text(
    file: Database, appeal_id: int
) -> None:
    with file.write("Text") as session:
        set_text(session, appeal_id, clean())
    with file.write("Not named") as session:
        signature = appeals.signature_ids(session, appeal_id)[3]
        unname(session, signature)
        name = appeals.rows(session, [signature])[0].published_name
    with file.read() as session:
        found = proof.of_appeal(session, appeal_id)
    assert f"“{name}” counts without being named, and stands in the list." in [
        each.message for each in found
    ]


def test_a_remedy_is_one_act_and_can_be_undone(file: Database, appeal_id: int) -> None:
    plain = documents.from_text("", SLIPS[5].made_in(clean())).text
    with file.write("Text") as session:
        set_text(session, appeal_id, plain)
    with file.read() as session:
        one = next(e for e in proof.of_appeal(session, appeal_id) if "Platafforma" in e.message)
    with file.write("Corrected") as session:
        proof.correct(session, appeal_id, one.remedies[0])
    with file.read() as session:
        assert "Platafforma" not in (appeals.sheet(session, appeal_id).text or "")
    list(file.undo())
    with file.read() as session:
        assert "Platafforma" in (appeals.sheet(session, appeal_id).text or "")


def test_a_name_signed_with_a_letter_of_another_alphabet_is_mended_in_the_list(
    file: Database, appeal_id: int
) -> None:
    with file.write("Name") as session:
        signature = next(
            each for each in appeals.rows(session, appeals.signature_ids(session, appeal_id))
            if each.name == "Вольный сад"
        )  # fmt: skip
        appeals.publish_as(session, signature.id, "Вольный cад")
    with file.read() as session:
        one = next(e for e in proof.of_appeal(session, appeal_id) if e.kind == "script")
    with file.write("Corrected") as session:
        proof.correct(session, appeal_id, one.remedies[0])
    with file.read() as session:
        assert appeals.rows(session, [signature.id])[0].published_name == "Вольный сад"


def set_text(session: Session, appeal_id: int, text: str) -> None:
    session.execute(update(Appeal).where(Appeal.id == appeal_id).values(text=text))


def unname(session: Session, signature_id: int) -> None:
    session.execute(update(Signature).where(Signature.id == signature_id).values(unnamed=True))


# --- from the command line ------------------------------------------------------------------


def test_a_document_is_proof_read_from_the_command_line(cosigne: Run) -> None:
    code, out, _err = cosigne("proof", DOCUMENTS / "letter_fr.md", "--json")
    said = json.loads(out)
    assert code == 0
    assert [each["kind"] for each in said] == ["punctuation", "address", "spelling"]
    assert said[0]["where"][0]["line"] > 1
    code, out, _err = cosigne("proof", DOCUMENTS / "letter_de.md")
    assert (code, out) == (0, "Nothing to correct.\n")


def test_a_document_is_held_against_an_appeal_from_the_command_line(
    cosigne: Run, tmp_path: Path
) -> None:
    made(cosigne)
    (tmp_path / "appel.md").write_text(clean(), encoding="utf-8")
    assert cosigne("read", "appel.md", "--into", "new")[0] == 0
    (tmp_path / "final.md").write_text(SLIPS[0].made_in(clean()), encoding="utf-8")
    code, out, _err = cosigne("proof", "final.md", "--appeal", "1", "--json")
    assert code == 0
    assert "“Maison du compost” signed, and is not in the list." in out
    assert cosigne("proof", "--appeal", "1", "--json")[1].strip() == "[]"
    assert cosigne("proof")[0] == 1
    code, _out, err = cosigne("rendezvous", "1", "dates.ics")
    assert (code, err) == (1, "cosigne: This appeal gives no rendezvous.\n")
