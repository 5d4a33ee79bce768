"""Countries and headings, in every language lists are written in."""

from __future__ import annotations

import pytest

from crm.places import Place, countries, country_name, heading_name, place_of, place_sort_key


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Etat espagnol", "ES"), ("Etats-Unis", "US"), ("USA", "US"), ("Royaume-Uni", "GB"),
        ("Deutschland", "DE"), ("Россия", "RU"), ("Україна", "UA"), ("Estat espanyol", "ES"),
        ("Países Bajos", "NL"), ("MOLDAVIE", "MD"), ("Tchéquie", "CZ"), ("FR", "FR"),
        ("Russie (Fédération de)", "RU"), ("России", "RU"), ("Украины", "UA"), ("Hollande", "NL"),
        ("Angleterre", "GB"), ("Birmanie", "MM"), ("Corée", "KR"), ("Biélorussie", "BY"),
        ("Estados Unidos da América", "US"), ("La Réunion", "RE"), ("Alemanya", "DE"),
        ("En France", "FR"), ("In Deutschland", "DE"), ("Organisations françaises", "FR"),
        ("Associazioni italiane", "IT"), ("Организации России", "RU"), ("Togo", "TG"),
        ("Côte d'Ivoire", "CI"), ("les Pays-Bas", "NL"), ("Великобритания", "GB"),
    ],
)  # fmt: skip
def test_a_country_is_known_under_its_usual_names(written: str, code: str) -> None:
    assert place_of(written) == Place(country=code)


@pytest.mark.parametrize(
    ("written", "heading"),
    [("Europe", "europe"), ("Organisation internationale", "international"),
     ("International", "international"), ("Afrique", "africa")],
)  # fmt: skip
def test_a_heading_above_countries_is_not_a_country(written: str, heading: str) -> None:
    assert place_of(written) == Place(heading=heading)


@pytest.mark.parametrize(
    "written",
    [
        "Les Amis",
        "Paris",
        "",
        "Contacts",
        "Rive Claire",
        "et",
        "us",
        "Réunion",
        "Reunión",
        "Organisations signataires",
        "En cours",
        "Groupes de travail",
        "Im Namen",
        "Français",
        "France et Rive",
        "France " * 40,
    ],
)
def test_other_words_are_no_place(written: str) -> None:
    assert place_of(written) is None


def test_names_are_given_in_the_language_asked() -> None:
    assert country_name("DE", "fr") == "Allemagne"
    assert ("FR", "France") in countries("fr")
    assert heading_name("international", "en") == "International organisation"


def test_europe_and_international_come_after_the_countries() -> None:
    places = [
        Place(heading="international"),
        Place(heading="europe"),
        Place(country="ZW"),
        Place(country="DE"),
    ]
    ordered = sorted(places, key=lambda place: place_sort_key(place, "fr"))
    assert ordered == list(reversed(places))
