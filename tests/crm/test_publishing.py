from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sqlalchemy import select

from crm import appeals, contacts, settings
from crm.db import Database
from crm.documents import Text, as_text, from_text
from crm.documents.printed import Block, Heading, Lines, Paragraph, Run, address
from crm.errors import Refused
from crm.places import country_name
from crm.publishing import FORMATS, FORMS, Printed, as_left, prepare, publications, publish
from crm.reading import understand
from crm.schema import Clearance, Publication
from tests.documents import DOCUMENTS, carried_out, reading_of, reviewed


def appeal(db: Database, *names: str, language: str | None = "fr", **each: Any) -> int:
    """An appeal these organisations signed."""
    with db.write("An appeal") as session:
        made = appeals.add(session, "Appel", language=language)
        for name in names:
            body = contacts.add_organisation(session, name)
            appeals.sign(session, made, organisation_id=body, on=date(2026, 5, 1), **each)
    return made


def printed(db: Database, appeal_id: int, form: str, to: str = "md", **more: Any) -> Printed:
    with db.read() as session:
        return prepare(session, appeal_id, form, to, **more)


def document(db: Database, name: str) -> int:
    """A look-alike, read and recorded."""
    return carried_out(db, reviewed(db, reading_of(name))).appeal_id


def source(name: str) -> str:
    return (DOCUMENTS / name).read_text(encoding="utf-8")


# -- the documents' own blocks --------------------------------------------------------------


def test_a_sentence_comes_back_with_its_articles(db: Database) -> None:
    made = printed(db, document(db, "press_release_fr"), "sentence")
    assert made.text in source("press_release_fr.md")
    assert made.text.startswith("Les organisations The Salma Idrissova Circle of poets, la Gauche")
    assert made.text.endswith("les Tables Ouvertes et Soutien à Salma")
    assert made.names == 11


def test_a_list_comes_back_less_its_last_comma(db: Database) -> None:
    made = printed(db, document(db, "letter_fr"), "list")
    assert made.text.startswith("**Les organisations signataires** : Assemblée mondiale")
    assert made.text.partition(" : ")[2] + "," in source("letter_fr.md")


def test_an_annex_comes_back_but_for_the_name_it_spells_otherwise(db: Database) -> None:
    made = printed(db, document(db, "letter_fr"), "annex")
    own = source("letter_fr.md").replace("libertés – Vaucreux", "libertés de Vaucreux")
    assert made.text in own
    assert (made.names, made.addresses) == (7, 7)


def test_a_list_by_country_comes_back_byte_for_byte(db: Database) -> None:
    made = printed(db, document(db, "countries_fr"), "by-country")
    assert made.text in source("countries_fr.md")
    assert made.names == 43


# -- forms, formats, languages --------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("to", FORMATS)
def test_every_form_is_printed_to_every_format(db: Database, form: str, to: str) -> None:
    made = printed(db, document(db, "letter_fr"), form, to)
    assert "Pensée Claire" in made.text
    assert made.names == 7


def test_one_two_and_many_are_joined_as_people_write(db: Database) -> None:
    assert printed(db, appeal(db, "Vigie"), "sentence").text == "L'organisation Vigie"
    assert printed(db, appeal(db, "A1", "B1"), "sentence").text == "Les organisations A1 et B1"
    english = printed(db, appeal(db, "A1", "B1", "C1"), "sentence", language="en").text
    assert english == "The organisations A1, B1 and C1"


def test_names_that_hold_a_comma_are_parted_by_semicolons(db: Database) -> None:
    made = appeal(db, "Femmes, Paix et Justice", "Vigie", "Encre Libre")
    assert printed(db, made, "sentence").text == (
        "Les organisations Femmes, Paix et Justice ; Vigie ; et Encre Libre"
    )
    assert printed(db, made, "list", language="en").text == (
        "**The signatory organisations**: Femmes, Paix et Justice; Vigie; Encre Libre"
    )


def test_people_are_named_behind_the_organisations(db: Database) -> None:
    made = appeal(db, "Vigie", "Encre Libre")
    with db.write("Somebody signs") as session:
        person = contacts.add_person(session, "Paule Ancel")
        appeals.sign(session, made, person_id=person)
    assert printed(db, made, "sentence").text == (
        "Les organisations Vigie et Encre Libre, ainsi que Paule Ancel"
    )


def test_countries_are_named_in_the_language_asked(db: Database) -> None:
    text = printed(db, document(db, "countries_fr"), "by-country", language="en").text
    assert "## List of signatories" in text
    assert "### **Spain**" in text
    assert "### **International organisation**" in text
    assert "Etat espagnol" not in text


def test_a_signature_noted_later_joins_its_country(db: Database) -> None:
    made = document(db, "countries_fr")
    with db.write("A late signature") as session:
        body = contacts.add_organisation(session, "Tarde", country="ES")
        appeals.sign(session, made, organisation_id=body)
    text = printed(db, made, "by-country").text
    assert "### **Etat espagnol**\n\nConfederacion Obrera de Oficios COO  \nTarde\n\n" in text


def test_those_under_no_country_get_a_heading_of_their_own(db: Database) -> None:
    made = document(db, "countries_bullets_es")
    with db.write("A late signature") as session:
        body = contacts.add_organisation(session, "Sin País")
        appeals.sign(session, made, organisation_id=body)
    assert printed(db, made, "by-country").text.endswith("### **Otras**\n\nSin País")


def test_sorted_lists_follow_the_language_and_end_with_the_world(db: Database) -> None:
    text = printed(db, document(db, "countries_fr"), "by-country", order="sorted").text
    headings = [line.strip("#* ") for line in text.splitlines() if line.startswith("###")]
    assert headings[:3] == ["Allemagne", "Bénin", "Brésil"]
    assert headings[-2:] == ["Europe", "Organisation internationale"]


def test_articles_are_skipped_in_sorting_or_kept(db: Database) -> None:
    made = appeal(db, "Zone Libre", "L'Adieu aux Canons", "Moulin")
    skipped = printed(db, made, "list", order="sorted").text
    assert skipped.endswith(": L'Adieu aux Canons, Moulin, Zone Libre")
    kept = printed(db, made, "list", order="sorted", keep_articles=True).text
    assert kept.endswith(": L'Adieu aux Canons, Moulin, Zone Libre")


def test_an_acronym_sorts_as_what_it_stands_for(db: Database) -> None:
    with db.write("An appeal") as session:
        made = appeals.add(session, "Appel", language="fr")
        for shown, name in [("Ligue des Rives", "LDR"), ("Moulin", None), ("Hamac", None)]:
            body = contacts.add_organisation(session, shown)
            appeals.sign(session, made, organisation_id=body, name=name)
    assert printed(db, made, "list", order="sorted").text.endswith(": Hamac, LDR, Moulin")


# -- what is never printed ------------------------------------------------------------------


def test_only_those_who_signed_are_printed(db: Database) -> None:
    made = appeal(db, "Vigie")
    with db.write("Others") as session:
        for status in ("asked", "promised", "declined", "withdrawn"):
            body = contacts.add_organisation(session, f"Celle qui a {status}")
            if status == "withdrawn":
                appeals.sign(session, made, organisation_id=body)
            appeals.sign(session, made, organisation_id=body, status=status)
    assert printed(db, made, "list").text.endswith(": Vigie")


def test_a_sensitive_contact_is_in_no_list_and_it_is_said(db: Database) -> None:
    made = appeal(db, "Vigie", "Refuge caché")
    with db.write("Protect") as session:
        contacts.change(
            session, "organisation", contacts.find_exactly(session, "Refuge caché"), sensitive=True
        )
    for form in ("sentence", "list", "by-country"):
        found = printed(db, made, form)
        assert "Refuge" not in found.text
        assert found.names == 1
        assert found.withheld == ("1 signatory is protected and appears in no list.",)


def test_a_sensitive_person_is_in_no_list(db: Database) -> None:
    made = appeal(db, "Vigie")
    with db.write("Somebody in danger signs") as session:
        person = contacts.add_person(session, "Paule Ancel", sensitive=True)
        appeals.sign(session, made, person_id=person)
    assert "Ancel" not in printed(db, made, "list").text


def test_a_signature_may_count_without_being_named(db: Database) -> None:
    made = appeal(db, "Vigie")
    with db.write("A discreet signature") as session:
        body = contacts.add_organisation(session, "Discrète")
        appeals.sign(session, made, organisation_id=body, unnamed=True)
    found = printed(db, made, "by-country")
    assert "Discrète" not in found.text
    assert found.withheld == ("1 signature counts without being named.",)


def test_hosts_and_relays_are_not_printed_as_signatories(db: Database) -> None:
    made = appeal(db, "Vigie")
    with db.write("A relay") as session:
        body = contacts.add_organisation(session, "Radio Carillon")
        appeals.sign(session, made, organisation_id=body, role="relayed")
    assert "Carillon" not in printed(db, made, "list").text


def test_addresses_nobody_allowed_are_held_back_and_counted(db: Database) -> None:
    made = appeal(db, "Vigie", "Encre Libre", "Moulin", "Hamac")
    with db.write("Addresses") as session:
        for name in ("Vigie", "Encre Libre", "Moulin"):
            body = contacts.find_exactly(session, name)
            address = contacts.add_address(
                session, f"{name[:3].lower()}@n.example", organisation_id=body
            )
            contacts.change(session, "address", address, publishable=name == "Vigie")
    found = printed(db, made, "annex")
    assert found.text == "## Contacts\n\nVigie\n\n[vig@n.example](mailto:vig@n.example)"
    assert found.summary() == (
        "This version contains 1 name and 1 address. "
        "2 addresses held back: nobody has allowed their publication."
    )


def test_an_address_set_aside_or_private_is_not_printed(db: Database) -> None:
    made = appeal(db, "Vigie", "Moulin")
    with db.write("Addresses") as session:
        aside: dict[str, Any] = {"health": "set_aside"}
        for name, fields in [("Vigie", aside), ("Moulin", {"private": True})]:
            body = contacts.find_exactly(session, name)
            address = contacts.add_address(session, "a@n.example", organisation_id=body)
            contacts.change(session, "address", address, publishable=True)
            contacts.change(session, "address", address, **fields)
    found = printed(db, made, "annex")
    assert found.addresses == 0
    assert len(found.withheld) == 2


def test_a_document_clears_its_annex_for_its_own_appeal_alone(db: Database) -> None:
    first = document(db, "letter_fr")
    with db.write("Another appeal") as session:
        other = appeals.add(session, "Un autre", language="fr")
        body = contacts.find_exactly(session, "Pensée Claire")
        appeals.sign(session, other, organisation_id=body)
    assert printed(db, first, "annex").addresses == 7
    assert printed(db, other, "annex").addresses == 0


def test_an_annex_nobody_confirmed_stays_uncleared(db: Database) -> None:
    from crm.reading import record

    act = db.carry_out("Read", record, reviewed(db, reading_of("letter_fr")), None, confirmed=False)
    for _step in act:
        pass
    with db.read() as session:
        assert session.scalars(select(Clearance.id)).all() == []


def test_an_appeal_nobody_signed_cannot_be_printed(db: Database) -> None:
    with pytest.raises(Refused, match="Nobody who may be named"):
        printed(db, appeal(db), "list")


def test_an_unknown_form_is_refused_with_those_there_are(db: Database) -> None:
    with pytest.raises(Refused) as refusal:
        printed(db, appeal(db, "Vigie"), "poem")
    assert "by-country" in refusal.value.hint


# -- keeping what left ----------------------------------------------------------------------


def test_what_was_printed_is_kept_and_the_appeal_can_no_longer_be_undone(db: Database) -> None:
    made = document(db, "letter_fr")
    with db.write("Publish the list", kind="final") as session:
        publish(session, made, "annex", "html")
    with db.read() as session:
        kept = session.execute(
            select(Publication.form, Publication.format, Publication.language, Publication.names)
        ).one()
    assert tuple(kept) == ("annex", "html", "fr", 7)
    with pytest.raises(Refused):
        list(db.undo())


# -- names are data -------------------------------------------------------------------------

NASTY = [
    "[x](https://evil.example)", "<script>alert(1)</script>", "**gras** _it_ `code`", "# Titre",
    "- puce", "1. un", "A & B &amp; C", "a\\b", "![i](j)", "~~non~~", "> cité", "Campagne #FREE90",
    "Dossier 3.0", "x_y_z", "L'été « là »", "Ligue (LDL)", "100 % *",
]  # fmt: skip


def lines(to: str, *names: str) -> str:
    """Names under one another, in this format."""
    return as_text(Text((Lines(tuple((Run(name),) for name in names)),)), to)


@pytest.mark.parametrize("name", NASTY)
def test_names_are_escaped_for_markdown(name: str) -> None:
    found = from_text("list.md", lines("md", "Avant", name, "Après"))
    assert [line.text for line in found.lines] == ["Avant", name, "Après"]
    assert not any(line.level or line.bullet for line in found.lines)
    links = [link for line in found.lines for link in line.links]
    assert all(found.text[link.start : link.end] == link.target for link in links)


@pytest.mark.parametrize("name", NASTY)
def test_names_are_escaped_for_markdown_as_common_mark_reads_it(name: str) -> None:
    rendered = MarkdownIt().render(lines("md", name))
    assert unescape(rendered).strip() == f"<p>{name}</p>"


@pytest.mark.parametrize("name", NASTY)
def test_names_are_escaped_for_html(name: str) -> None:
    block = lines("html", name)
    assert unescape(block) == f"<p>{name}</p>"
    assert "<" not in block.removeprefix("<p>").removesuffix("</p>")


def test_an_address_cannot_leave_its_link() -> None:
    odd = 'a)"<b>@n.example'
    block = Text((Paragraph((address(odd),)),))
    assert "<b>" not in as_text(block, "html")
    assert as_text(block, "md").endswith("(mailto:a%29%22%3Cb%3E@n.example)")


# -- printed, then read again ---------------------------------------------------------------

_WORDS = st.sampled_from(
    "Ligue Collectif Réseau Horizon Vigie Encre Rives Moulin Paix Carillon Aube LDL FER".split()
)
_NAMES = st.lists(_WORDS, min_size=2, max_size=4, unique=True).map(" ".join)
_COUNTRIES = st.sampled_from(["FR", "DE", "IT", "ES", "KZ", "US"])


@given(
    st.lists(st.tuples(_COUNTRIES, _NAMES), min_size=2, max_size=25, unique_by=lambda one: one[1])
)
def test_a_printed_list_by_country_reads_back_as_itself(signed: list[tuple[str, str]]) -> None:
    by_country: dict[str, list[str]] = {}
    for country, name in signed:
        by_country.setdefault(country, []).append(name)
    blocks: list[Block] = [Heading((Run("Liste des signataires"),), 2)]
    for country, listed in by_country.items():
        blocks.append(Heading((Run(country_name(country, "fr")),), 3))
        blocks.append(Lines(tuple((Run(name),) for name in listed)))
    reading = understand(from_text("list.md", as_text(Text(tuple(blocks)), "md")))
    got = [(one.country, one.name) for one in reading.organisations]
    assert got == [(country, name) for country, listed in by_country.items() for name in listed]


@pytest.mark.parametrize("form", ["list", "by-country", "sentence"])
@pytest.mark.parametrize("language", ["fr", "en", "de", "es", "it", "ca", "pt", "ru"])
@pytest.mark.parametrize("to", ["md", "txt"])
def test_what_is_printed_reads_back_as_the_same_list(
    db: Database, form: str, language: str, to: str
) -> None:
    made = document(db, "countries_de" if form == "by-country" else "press_release_fr")
    text = printed(db, made, form, to, language=language).text
    reading = understand(from_text("printed.md", text))
    with db.read() as session:
        rows = appeals.rows(session, appeals.signature_ids(session, made))
    assert [one.name for one in reading.organisations] == [
        row.published_name.strip("«» ") for row in rows
    ]
    if form == "by-country":
        assert [one.country for one in reading.organisations] == [row.country for row in rows]


# -- languages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "Las organizaciones Vigía e Iglesia Viva"),
        ("uk", "Організації Vigía та Iglesia Viva"),
        ("it", "Le organizzazioni Vigía e Iglesia Viva"),
        ("ca", "Les organitzacions Vigía i Iglesia Viva"),
        ("ru", "Организации Vigía и Iglesia Viva"),
        ("de", "Die Organisationen Vigía und Iglesia Viva"),
    ],
)  # fmt: skip
def test_each_language_joins_in_its_own_way(db: Database, language: str, said: str) -> None:
    made = appeal(db, "Vigía", "Iglesia Viva")
    assert printed(db, made, "sentence", language=language).text == said


def test_spanish_keeps_y_before_another_sound(db: Database) -> None:
    made = appeal(db, "Vigía", "Hierro y Paz")
    assert printed(db, made, "sentence", language="es").text.endswith("Vigía; y Hierro y Paz")


def test_a_last_name_that_could_be_read_as_two_is_parted_by_semicolons(db: Database) -> None:
    made = appeal(db, "Vigie", "Paix et Justice")
    assert printed(db, made, "sentence").text == "Les organisations Vigie ; et Paix et Justice"
    middle = appeal(db, "Pain et Roses", "Moulin", "Encre")
    assert (
        printed(db, middle, "sentence").text == "Les organisations Pain et Roses, Moulin et Encre"
    )


def test_articles_are_printed_in_their_own_language_alone(db: Database) -> None:
    with db.write("An appeal") as session:
        made = appeals.add(session, "Appel", language="fr")
        for name, article in (("Ligue des Rives", "la "), ("Entraide", "l'"), ("Moulin", "le")):
            body = contacts.add_organisation(session, name, article=article)
            appeals.sign(session, made, organisation_id=body)
    assert printed(db, made, "sentence").text.endswith(
        "la Ligue des Rives, l'Entraide et le Moulin"
    )
    assert printed(db, made, "sentence", language="en").text == (
        "The organisations Ligue des Rives, Entraide and Moulin"
    )


def test_a_russian_list_is_sorted_as_russians_sort(db: Database) -> None:
    made = appeal(db, "Яблоня", "Жизнь", "Ёлка", "Memoria", "Заря", "Честь", "Щит", "Шаг")
    listed = printed(db, made, "list", language="ru", order="sorted").entries
    assert listed == ("Ёлка", "Жизнь", "Заря", "Честь", "Шаг", "Щит", "Яблоня", "Memoria")


def test_europe_is_named_in_the_language_of_the_list(db: Database) -> None:
    made = document(db, "countries_fr")
    german = printed(db, made, "by-country", language="de", order="sorted").text
    assert "### **Europa**" in german
    assert german.index("### **Spanien**") < german.index("### **Internationale Organisation**")


def test_the_workspaces_own_words_for_a_country_are_printed_and_sorted_by(db: Database) -> None:
    made = document(db, "countries_bullets_es")
    with db.write("Words") as session:
        settings.change(session, country_words={"fr": {"ES": "Zone espagnole"}})
    text = printed(db, made, "by-country", language="fr", order="sorted").text
    headings = [line.strip("#* ") for line in text.splitlines() if line.startswith("###")]
    assert "Zone espagnole" in headings
    assert "Espagne" not in headings
    countries = [each for each in headings if each not in {"Europe", "Organisation internationale"}]
    assert countries[-1] == "Zone espagnole"


# -- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["docx", "odt", "pdf", "html"])
def test_a_file_that_left_is_kept_byte_for_byte(db: Database, to: str) -> None:
    made = document(db, "letter_fr")
    with db.write("Publish the list", kind="final") as session:
        left = publish(session, made, "list", to)
    with db.write("A late signature") as session:
        body = contacts.add_organisation(session, "Tarde")
        appeals.sign(session, made, organisation_id=body)
    with db.read() as session:
        kept = publications(session, made)
        words, content = as_left(session, kept[0].id)
        row = session.execute(select(Publication.entries, Publication.choices)).one()
    assert (kept[0].form, kept[0].format, kept[0].names) == ("list", to, 7)
    assert content == left.content
    assert words == left.text
    assert "Tarde" not in words
    assert tuple(row.entries) == left.entries
    assert row.choices["order"] == "document"


def test_what_was_copied_is_kept_as_its_words(db: Database) -> None:
    made = document(db, "letter_fr")
    with db.write("Copy the list", kind="final") as session:
        left = publish(session, made, "annex", "html", copied=True)
    with db.read() as session:
        kept = publications(session, made)
        assert kept[0].format == "rich"
        assert as_left(session, kept[0].id) == (left.text, f"{left.text}\n".encode())


def test_an_annex_without_an_address_does_not_leave(db: Database) -> None:
    made = appeal(db, "Vigie")
    with pytest.raises(Refused, match="the annex would be empty"), db.write("Published") as session:
        publish(session, made, "annex")
