from __future__ import annotations

import json
from time import perf_counter

import pytest

from crm.reading import Reading
from crm.reading.dates import hour_in
from tests.documents import NAMES, reading_of, text_read, truth_of


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


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000, "«" * 20_000, "A, " * 20_000, "3 mai " * 8_000, "a@b.example " * 5_000,
        "les organisations " * 5_000, "À l'appel de " * 5_000, "Le " + " " * 50_000 + "x",
        "Rassemblement le 3 mai 2026 à " + "Aa-" * 8_000, "Signataires\n\n" + "x y z\n" * 5_000,
        "Les organisations " + "A et B " * 4_000 + "appellent à",
    ],
    ids=range(11),
)  # fmt: skip
def test_hostile_text_takes_no_time(text: str) -> None:
    began = perf_counter()
    text_read(text)
    assert perf_counter() - began < 10


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("à 14h30", "14:30"), ("14 h, place du Port", "14:00"), ("à 18 heures", "18:00"),
        ("14 HEURES", "14:00"), ("at 5 hrs", "05:00"), ("a las 18 hs", "18:00"),
        ("12 hommes détenus", None), ("17 Horizon Lanterne", None), ("3 Häuser", None),
    ],
)  # fmt: skip
def test_an_hour_ends_with_its_h(said: str, hour: str | None) -> None:
    assert hour_in(said) == hour
