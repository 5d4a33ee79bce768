"""The letter to the mayor, for one addressee or a hundred, and the addressee followed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from crm import addressees, appeals, contacts, figures, letters, settings
from crm.addressees import Written, lay
from crm.clashes import Clashing
from crm.db import Database
from crm.documents.printed import Bullets, Heading, Lines, Paragraph, Run, Text
from crm.errors import Refused
from crm.schema import Address, Letter, Organisation

JULY = date(2026, 7, 2)
BLOCK = "Maire de Port-Clair\nHôtel de ville\n2, place du Marché\n99200 Port-Clair"
ODD = ("=1+1", "<b>Gras</b>", "[x](http://e.example)", "**Étoile**", "{{ secretary }}", "# Titre")


@pytest.fixture
def appeal(db: Database) -> int:
    """An open letter three organisations signed, from two countries."""
    with db.write("An appeal") as session:
        settings.change(session, association="Collectif Aube", secretary="Ana")
        made = appeals.add(
            session, "Libérez les jardiniers", language="fr", place="Port-Clair",
            issued_on=date(2026, 5, 21),
        )  # fmt: skip
        for name, country, email in (
            ("Ligue Horizon", "FR", "contact@horizon.example"),
            ("Platforma Zori", "MD", "hello@zori.example"),
            ("Foyer Lumière", "FR", ""),
        ):
            body = contacts.add_organisation(session, name, country=country)
            appeals.sign(session, made, organisation_id=body, on=date(2026, 5, 1))
            if email:
                contacts.add_address(session, email, organisation_id=body)
    return made


def mayor(db: Database, appeal_id: int, name: str = "Madame Odile Ferrand", **more: Any) -> int:
    with db.write("An addressee") as session:
        return addressees.add(
            session, appeal_id, name, **({"block": BLOCK, "greeting": "Madame la Maire,"} | more)
        )


def letter(db: Database, appeal_id: int, starter: str = "mayor", **fields: Any) -> Written:
    with db.write("A letter") as session:
        made = addressees.begin(session, appeal_id, starter=starter)
        addressees.rewrite(session, made, **({"dated_on": JULY} | fields))
        return addressees.read(session, made)


def laid(db: Database, written: Written, addressee_id: int, *, draft: bool = False) -> Text:
    with db.read() as session:
        about = addressees.shared(session, written)
        return lay(written, addressees.look(session, addressee_id), about, draft=draft)


def words(text: Text) -> list[str]:
    """Every line of a letter, as a reader reads it."""
    found: list[str] = []
    for block in text.blocks:
        lines = (
            block.lines if isinstance(block, Lines)
            else block.items if isinstance(block, Bullets)
            else (block.runs,) if isinstance(block, Paragraph | Heading)
            else ()
        )  # fmt: skip
        found += ["".join(run.words for run in line) for line in lines]
    return found


def missing(db: Database, written: Written, *ids: int) -> addressees.Missing:
    with db.read() as session:
        about = addressees.shared(session, written)
        return addressees.missing(written, addressees.rows(session, ids), about)


# --- the letter -----------------------------------------------------------------------------


def test_a_letter_stands_as_the_french_write_one(db: Database, appeal: int) -> None:
    text = laid(db, letter(db, appeal), mayor(db, appeal))
    sender, to, where, subject = text.blocks[:4]
    assert isinstance(sender, Lines)
    assert sender.lines[0] == (Run("Collectif Aube", strong=True),)
    assert isinstance(to, Lines)
    assert to.side == "end"
    assert [line[0].words for line in to.lines] == [
        "À l'attention de", "Madame Odile Ferrand", *BLOCK.split("\n"),
    ]  # fmt: skip
    assert to.lines[1][0].strong
    assert where == Paragraph((Run("Port-Clair, le 2 juillet 2026"),), side="end")
    assert subject == Paragraph((Run("Objet : Libérez les jardiniers", strong=True),))
    lines = words(text)
    assert "Madame la Maire," in lines
    assert any("agréer, Madame la Maire, l'expression" in line for line in lines)
    assert lines[-1].endswith(": Ligue Horizon, Platforma Zori, Foyer Lumière")
    assert (text.title, text.language) == ("Libérez les jardiniers", "fr")


@pytest.mark.parametrize(
    ("language", "said", "side"),
    [
        ("en", "Port-Clair, 2 July 2026", "start"),
        ("de", "Port-Clair, den 2. Juli 2026", "end"),
        ("fr", "Port-Clair, le 2 juillet 2026", "end"),
    ],
)
def test_place_and_date_are_written_as_in_the_letters_language(
    db: Database, appeal: int, language: str, said: str, side: str
) -> None:
    text = laid(db, letter(db, appeal, language=language), mayor(db, appeal))
    assert Paragraph((Run(said),), side=side) in text.blocks


def test_the_first_of_a_french_month_is_the_premier(db: Database, appeal: int) -> None:
    text = laid(db, letter(db, appeal, dated_on=date(2026, 7, 1)), mayor(db, appeal))
    assert "Port-Clair, le 1er juillet 2026" in words(text)


def test_the_text_keeps_its_bold_its_links_and_its_lists(db: Database, appeal: int) -> None:
    body = "Un **mot** et [un lien](https://aube.example).\n\n- premier\n- *second*\n\nA\nB\n"
    text = laid(db, letter(db, appeal, body=body, form=""), mayor(db, appeal))
    assert text.blocks[4:] == (
        Paragraph((
            Run("Un "), Run("mot", strong=True), Run(" et "),
            Run("un lien", target="https://aube.example"), Run("."),
        )),
        Bullets(((Run("premier"),), (Run("second", slanted=True),))),
        Lines(((Run("A"),), (Run("B"),))),
    )  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_a_name_is_words_whatever_it_looks_like(db: Database, appeal: int, name: str) -> None:
    written = letter(db, appeal, body="À {{ addressee }} :\n\n{{ addressee }}\n", form="")
    text = laid(db, written, mayor(db, appeal, name, greeting=name))
    assert text.blocks[4:] == (
        Paragraph((Run(f"À {name} :"),)),
        Paragraph((Run(name),)),
    )


def test_a_link_of_a_letter_leads_nowhere_but_to_pages_and_addresses(
    db: Database, appeal: int
) -> None:
    body = "[a](javascript:alert(1)) [b](mailto:a@aube.example)"
    text = laid(db, letter(db, appeal, body=body, form=""), mayor(db, appeal))
    assert [run.target for run in text.blocks[-1].runs if run.words != " "] == [  # type: ignore[union-attr]
        "", "mailto:a@aube.example",
    ]  # fmt: skip


def test_an_unknown_field_is_named_with_the_nearest_one(db: Database, appeal: int) -> None:
    written = letter(db, appeal, body="{{ greting }},")
    with pytest.raises(Refused, match="greting") as trouble:
        laid(db, written, mayor(db, appeal))
    assert "greeting" in trouble.value.hint


def test_the_figures_of_the_text_are_those_of_the_list(db: Database, appeal: int) -> None:
    body = "{{ organisations }} organisations de {{ countries }} pays : {{ signatories }}."
    text = laid(db, letter(db, appeal, body=body, form=""), mayor(db, appeal))
    assert words(text)[-1] == (
        "3 organisations de 2 pays : Ligue Horizon, Platforma Zori et Foyer Lumière."
    )


@pytest.mark.parametrize(
    ("form", "last"),
    [
        ("", None),
        ("sentence", "Les organisations Ligue Horizon, Platforma Zori et Foyer Lumière"),
        ("list", "Les organisations signataires : Ligue Horizon, Platforma Zori, Foyer Lumière"),
        ("by-country", "Platforma Zori"),
    ],
)
def test_the_signatories_stand_under_the_letter_in_the_chosen_form(
    db: Database, appeal: int, form: str, last: str | None
) -> None:
    lines = words(laid(db, letter(db, appeal, form=form), mayor(db, appeal)))
    assert lines[-1] == last if last else lines[-1] == "Ana, Collectif Aube"


def test_the_annex_prints_cleared_addresses_only_and_nobody_in_danger(
    db: Database, appeal: int
) -> None:
    with db.write("Leave to publish") as session:
        session.execute(update(Address).values(publishable=True, leave="in writing"))
        zori = select(Address.organisation_id).where(Address.value == "hello@zori.example")
        session.execute(
            update(Organisation)
            .where(Organisation.id == zori.scalar_subquery())
            .values(sensitive=True)
        )
    text = laid(db, letter(db, appeal, annex=True), mayor(db, appeal))
    assert words(text)[-3:] == ["Contacts", "Ligue Horizon", "contact@horizon.example"]
    assert text.blocks[-1] == Paragraph(
        (Run("contact@horizon.example", target="mailto:contact@horizon.example"),)
    )
    assert "Zori" not in str(text)


def test_addresses_nobody_cleared_are_not_printed_and_it_is_said(db: Database, appeal: int) -> None:
    written, to = letter(db, appeal, annex=True), mayor(db, appeal)
    assert "@" not in str(laid(db, written, to))
    assert any("contacts annex" in said for said in missing(db, written, to).told)


def test_an_appeal_nobody_signed_yet_has_a_letter_all_the_same(db: Database) -> None:
    with db.write("An appeal") as session:
        bare = appeals.add(session, "Appel nu", language="fr", place="Aube")
    written, to = letter(db, bare), mayor(db, bare)
    assert "Madame la Maire," in words(laid(db, written, to))
    assert any("Nobody" in said for said in missing(db, written, to).told)


def test_the_letterhead_stands_under_the_associations_name(db: Database, appeal: int) -> None:
    with db.write("Letterhead") as session:
        addressees.set_letterhead(session, "  1, rue de l'Aube \n\n99000 Aube")
    text = laid(db, letter(db, appeal), mayor(db, appeal))
    assert words(text)[:3] == ["Collectif Aube", "1, rue de l'Aube", "99000 Aube"]


# --- what is missing is said before ---------------------------------------------------------


def test_a_missing_place_date_or_greeting_is_said(db: Database, appeal: int) -> None:
    written = letter(db, appeal, place="", dated_on=None)
    said = missing(db, written, mayor(db, appeal, greeting=None), mayor(db, appeal))
    assert said.needed == ()
    assert "The letter has no place." in said.told
    assert "The letter has no date." in said.told
    assert any("“Madame, Monsieur”" in each for each in said.told)
    assert words(laid(db, written, mayor(db, appeal, greeting=None))).count("Madame, Monsieur,")


def test_a_field_with_nothing_to_say_stops_the_printing_and_a_draft_shows_its_name(
    db: Database, appeal: int
) -> None:
    written, to = letter(db, appeal, "reminder"), mayor(db, appeal)
    assert missing(db, written, to).needed
    with pytest.raises(Refused, match="Odile Ferrand"):
        laid(db, written, to)
    assert any("[Day it was sent]" in line for line in words(laid(db, written, to, draft=True)))
    with db.write("Sent") as session:
        addressees.note_sent(session, [to], on=JULY, answer_by=None)
    assert not missing(db, written, to).needed
    assert any("lettre du 2 juillet 2026" in line for line in words(laid(db, written, to)))


def test_what_a_starter_leaves_to_be_written_is_said_until_it_is(db: Database, appeal: int) -> None:
    to = mayor(db, appeal)
    said = missing(db, letter(db, appeal), to).told
    assert any("“Présentez ici, en quelques lignes”: that is yours" in each for each in said)
    assert any("Dites ici ce que vous attendez" in each for each in said)
    own = letter(db, appeal, body="{{ greeting }},\n\nSalma Idrissova est en prison.")
    assert not any("yours to write" in each for each in missing(db, own, to).told)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_to_be_written_stands_in_its_starter(language: str) -> None:
    starters = letters.ready_letters(language, "printed")
    assert sum(len(each.to_write) for each in starters) == 3
    assert all(words in each.body for each in starters for words in each.to_write)


# --- kept, and used again -------------------------------------------------------------------


def test_a_letter_is_begun_again_from_that_of_another_appeal(db: Database, appeal: int) -> None:
    first = letter(db, appeal, subject="Pour les jardins", body="{{ greeting }}, venez.")
    with db.write("Another appeal") as session:
        other = appeals.add(session, "Sauvez les rivières", language="fr", place="Aube")
    second = letter(db, other)
    with db.read() as session:
        assert addressees.models(session, other) == [(first, "Libérez les jardiniers")]
    with db.write("As before") as session:
        addressees.like(session, second.id, first)
        now = addressees.read(session, second.id)
    assert (now.subject, now.body, now.place) == (first.subject, first.body, "Aube")


def test_two_who_write_the_same_letter_are_asked_whose_words_stand(
    db: Database, appeal: int
) -> None:
    written = letter(db, appeal)
    with db.write("Paul writes") as session:
        addressees.rewrite(session, written.id, body="De Paul")
    with db.write("Ana writes elsewhere in it") as session:
        addressees.rewrite(session, written.id, before=vars(written), subject="D'Ana")
    with pytest.raises(Clashing), db.write("Ana writes") as session:
        addressees.rewrite(session, written.id, before=vars(written), body="D'Ana")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_starter_can_be_printed_when_all_is_known(
    db: Database, appeal: int, language: str
) -> None:
    to = mayor(db, appeal)
    with db.write("Sent") as session:
        addressees.note_sent(session, [to], on=JULY, answer_by=JULY + timedelta(days=30))
    for starter in ("mayor", "elected", "meeting", "reminder"):
        with db.write("A letter") as session:
            made = addressees.begin(session, appeal, starter=starter, language=language)
            written = addressees.read(session, made)
        assert written.language == language
        assert not missing(db, written, to).needed
        assert "{" not in str(words(laid(db, written, to)))


def test_a_letter_undone_is_gone(db: Database, appeal: int) -> None:
    letter(db, appeal)
    for _step in db.undo():
        pass
    with db.read() as session:
        assert session.scalars(select(Letter.id)).all() == []


# --- a hundred pasted -----------------------------------------------------------------------


def _hundred() -> str:
    return "\n".join(f"Mairie du bourg {n};{n}, rue Haute;Madame {n}," for n in range(100))


def plan(db: Database, appeal_id: int, pasted: str, **more: Any) -> addressees.Plan:
    with db.read() as session:
        return addressees.plan(session, appeal_id, pasted, **more)


def test_rows_under_headings_are_understood(db: Database, appeal: int) -> None:
    pasted = (
        "Civilité\tPrénom\tNom\tFonction\tAdresse\tCP\tVille\tFormule d'appel\tMail\n"
        "Madame\tOdile\tFerrand\tMaire\t2, place du Marché\t99200\tPort-Clair\tMadame la Maire,\t"
        "maire@port.example\n"
        "Monsieur\tPaul\tModèle\tMaire\t1, rue Haute\t99100\tAube\tMonsieur le Maire,\t\n"
    )
    found = plan(db, appeal, pasted)
    assert [each.name for each in found.new] == ["Madame Odile Ferrand", "Monsieur Paul Modèle"]
    assert found.new[0].block == "Maire\n2, place du Marché\n99200 Port-Clair"
    assert found.new[1].greeting == "Monsieur le Maire,"
    assert "port.example" not in str(found.new)


def test_rows_without_headings_are_a_name_lines_and_a_greeting(db: Database, appeal: int) -> None:
    found = plan(
        db, appeal,
        "Madame Odile Ferrand;Mairie;2, place du Marché;Madame la Maire,\n"
        "Monsieur Paul Modèle;Mairie;1, rue Haute;Monsieur le Maire,\n",
    )  # fmt: skip
    assert found.columns == ("name", "line", "line", "greeting")
    assert found.new[1].block == "Mairie\n1, rue Haute"


def test_a_cell_of_several_lines_stays_one(db: Database, appeal: int) -> None:
    found = plan(db, appeal, f'Nom\tAdresse\tAppel\nOdile\t"{BLOCK}"\tMadame la Maire,\n')
    assert found.new[0].block == BLOCK


def test_names_alone_are_addressees_too(db: Database, appeal: int) -> None:
    found = plan(db, appeal, "Mairie de Port-Clair\nMairie d'Aube\n")
    assert [each.name for each in found.new] == ["Mairie de Port-Clair", "Mairie d'Aube"]


def test_a_lonely_quote_swallows_nobody(db: Database, appeal: int) -> None:
    found = plan(db, appeal, 'Odile "la Rouge\tAube\n"Paul\tAube\nAna\tAube\n')
    assert len(found.new) == 3


def test_those_already_there_and_those_without_a_name_are_said(db: Database, appeal: int) -> None:
    mayor(db, appeal)
    pasted = f'Nom;Adresse\nMADAME Odile Ferrand;"{BLOCK}"\n;Rue vide\nPaul;Aube\nPaul;Aube\n'
    found = plan(db, appeal, pasted)
    assert [each.name for each in found.new] == ["Paul"]
    assert found.known == ("MADAME Odile Ferrand", "Paul")
    assert found.nameless == (3,)


def test_a_column_may_be_said_to_be_something_else(db: Database, appeal: int) -> None:
    found = plan(db, appeal, "Aube;Paul;rue\n", columns=("town", "name", "line"))
    assert found.new[0] == addressees.Pasted("Paul", "Aube\nrue", "")


def test_nothing_pasted_is_said(db: Database, appeal: int) -> None:
    with pytest.raises(Refused, match="nothing"):
        plan(db, appeal, " \n\n")


def test_pasting_is_one_act_and_can_be_taken_back(db: Database, appeal: int) -> None:
    found = plan(db, appeal, _hundred())
    with db.write("100 addressees pasted") as session:
        assert len(addressees.record(session, appeal, found.new)) == 100
    for _step in db.undo():
        pass
    with db.read() as session:
        assert addressees.ids(session, appeal) == []


# --- followed -------------------------------------------------------------------------------


def standing(db: Database, addressee_id: int, today: date) -> tuple[str, int]:
    with db.read() as session:
        found = addressees.standing(addressees.look(session, addressee_id), today)
    return found.kind, found.days


def test_an_addressee_is_followed_from_the_letter_to_the_answer(db: Database, appeal: int) -> None:
    to = mayor(db, appeal)
    assert standing(db, to, JULY) == ("unsent", 0)
    with db.write("Sent") as session:
        addressees.note_sent(session, [to], on=JULY, answer_by=JULY + timedelta(days=30))
    assert standing(db, to, JULY + timedelta(days=5)) == ("waiting", 5)
    assert standing(db, to, JULY + timedelta(days=30)) == ("waiting", 30)
    assert standing(db, to, JULY + timedelta(days=33)) == ("overdue", 3)
    with db.write("Answered") as session:
        addressees.note_answer(session, to, on=JULY + timedelta(days=40), answer="Oui, au conseil.")
    assert standing(db, to, JULY + timedelta(days=90)) == ("answered", 40)
    for _step in db.undo():
        pass
    assert standing(db, to, JULY + timedelta(days=33)) == ("overdue", 3)


def test_days_that_contradict_each_other_are_refused(db: Database, appeal: int) -> None:
    to = mayor(db, appeal)
    with pytest.raises(Refused), db.write("Sent") as session:
        addressees.note_sent(session, [to], on=JULY, answer_by=JULY - timedelta(days=1))
    with db.write("Sent") as session:
        addressees.note_sent(session, [to], on=JULY, answer_by=None)
    with pytest.raises(Refused), db.write("Answered") as session:
        addressees.note_answer(session, to, on=JULY - timedelta(days=1), answer="")


def test_monday_morning_says_who_is_late_and_who_should_answer_this_week(
    db: Database, appeal: int
) -> None:
    late, soon, done = (mayor(db, appeal, f"Mairie {n}") for n in range(3))
    with db.write("Sent") as session:
        addressees.note_sent(session, [late, done], on=JULY, answer_by=JULY + timedelta(days=10))
        addressees.note_sent(session, [soon], on=JULY, answer_by=JULY + timedelta(days=22))
        addressees.note_answer(session, done, on=JULY + timedelta(days=3), answer="Non")
    today = JULY + timedelta(days=20)
    with db.read() as session:
        now = figures.awaiting(session, today, datetime.now(UTC))
    assert [(each.appeal_id, each.count) for each in now.unanswered] == [(appeal, 1)]
    (expected,) = [each for each in now.dates if each.kind == "answer"]
    assert (expected.on, expected.appeal_id, expected.awaited) == (
        JULY + timedelta(days=22), appeal, 1,
    )  # fmt: skip


def test_two_who_change_the_same_addressee_are_asked(db: Database, appeal: int) -> None:
    to = mayor(db, appeal)
    with db.read() as session:
        shown = vars(addressees.look(session, to))
    with db.write("Paul") as session:
        addressees.change(session, to, greeting="Madame,")
    with pytest.raises(Clashing), db.write("Ana") as session:
        addressees.change(session, to, before=shown, greeting="Chère Madame,")


def test_an_addressee_needs_a_name(db: Database, appeal: int) -> None:
    with pytest.raises(Refused, match="needs a name"):
        mayor(db, appeal, "  ")
