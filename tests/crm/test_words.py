"""Names as people write them."""

from __future__ import annotations

import pytest

from crm.words import acronym_of, compare, fold, identity, initials, sort_key, split_article, tidy

SAME = [
    ("Rive Claire", "la Rive Claire"),
    ("Équipe Marée France", "Equipe Marée France"),
    ("Union syndicale Fraternelle", "Union syndicale FRATERNELLE"),
    ("Solidarité FreeNour", "association Solidarité #FreeNour"),
    ("Solidarité FreeNour", "L'ASSOCIATION SOLIDARITÉ FREENOUR"),
    ("Solidarité FreeNour", "groupe Solidarité FreeNour"),
    ("Ligue des arbres de l'Homme de Port-Clair", "Ligue des arbres de l'homme – Port-Clair"),
    ("LAH", "la Ligue des arbres de l'Homme"),
    ("Ligue des arbres de l'Homme (LAH)", "Ligue des arbres de l'homme"),
    ("LAH de Port-Clair", "Ligue des arbres de l'Homme de Port-Clair"),
    ("Syndicat des pépiniéristes du littoral SYPELI", "Syndicat des pépiniéristes du littoral"),
    ("SYPELI", "Syndicat des pépiniéristes du littoral SYPELI"),
    ("Offene Gärten e.V.", "Offene Gärten"),
    ("Sud Jardins", "SUD-Jardins"),
    ("UL Jardins Lyon", "Union locale Jardins de Lyon"),
    ("Набат", "Nabat"),
]
SECTIONS = [
    ("Ligue des arbres de l'homme de Port-Clair", "LAH"),
    ("Ligue des arbres de l'homme de Port-Clair", "la Ligue des arbres de l'Homme"),
    ("Union départementale Fraternelle Val-de-Brume", "Union syndicale FRATERNELLE"),
    ("Union locale Fraternelle de Brume", "Union départementale Fraternelle Val-de-Brume"),
    ("Mémoire France", "Memoire"),
    ("Attaque Deutschland", "Attaque"),
    ("Comité français du Réseau européen de solidarité avec l'Ukraine",
     "European Network for Solidarity with Ukraine"),
    ("Fraternelle 93", "Fraternelle"),
]  # fmt: skip
DIFFERENT = [
    ("FSJ 03", "FSJ 35"),
    ("Union départementale Fraternelle Val-de-Brume", "Union départementale FJ 35"),
    ("Ligue des arbres de l'homme de Port-Clair", "Union locale Fraternelle de Port-Clair"),
    ("Mémoire France", "Memoire political prisoners"),
    ("Union syndicale Solidaires", "Exil Solidaire"),
    ("Syndicat national des jardiniers SNAJAR", "Syndicat des jardiniers saisonniers STRAJAS"),
    ("Vague France", "Mémoire France"),
    ("SUD Jardins", "SUD Forêts"),
    ("LAH Rennes", "LAH Port-Clair"),
    ("Comité Palmier", "Comité Olivier"),
]
DOUBTS = [
    ("Zhasyl Qanaty", "Zhasyl Qanatty"),
    ("Memoire political prisoners", "Memoire"),
    ("Frauen für den Frieden", "Femmes pour la paix"),
    ("Plateforme des jardins ouverts", "Plateforme alliance des jardins ouverts"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert compare(one, other).relation == "same"
    assert compare(other, one).relation == "same"


@pytest.mark.parametrize(("one", "other"), SECTIONS)
def test_a_section_is_never_its_parent(one: str, other: str) -> None:
    assert compare(one, other).relation == "branch_of"
    assert compare(other, one).relation == "branch_of"


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert compare(one, other).relation == "different"


@pytest.mark.parametrize(("one", "other"), DOUBTS)
def test_a_doubt_asks(one: str, other: str) -> None:
    found = compare(one, other)
    assert (found.relation, found.sure) == ("ask", False)


def test_a_reason_is_given_in_words() -> None:
    assert compare("Équipe Marée", "Equipe Marée").reason == "same name but for accents or signs"


def test_folding_finds_equipe() -> None:
    assert fold("Équipe – d'Été") == "equipe d ete"
    assert fold("ß Łódź №5") == fold("ss lodz no5")


def test_invisible_signs_and_stray_commas_go() -> None:
    assert tidy(" Rive\u200b  Claire\u202e, ") == "Rive Claire"
    assert tidy("Offene Gärten e.V.") == "Offene Gärten e.V."
    assert tidy("Rive Claire.") == "Rive Claire"


def test_articles_are_split_as_written() -> None:
    assert split_article("l'Entraide") == ("l'", "Entraide")
    assert split_article("Les Amis") == ("Les ", "Amis")
    assert split_article("Libre Brume") == ("", "Libre Brume")
    assert split_article("O Jardim", "pt") == ("O ", "Jardim")


def test_an_acronym_is_read_where_the_name_gives_it() -> None:
    assert acronym_of("Ligue des arbres de l'Homme (LAH)") == "LAH"
    assert acronym_of("Syndicat des pépiniéristes du littoral SYPELI") == "SYPELI"
    assert acronym_of("FSJ 03") is None
    assert acronym_of("COLLECTIF RIVE CLAIRE") is None


def test_initials_skip_small_words() -> None:
    assert initials("Ligue des droits de l'Homme") == "ldh"


def test_articles_do_not_sort() -> None:
    assert sort_key("Amis de Rive", article="Les ") == "amis de rive"
    assert sort_key("L'Arbre") == "arbre"
    assert sort_key("L'Arbre", keep_article=True) == "l arbre"


def test_nothing_is_left_without_a_key() -> None:
    assert identity("La La La")
    assert identity("Les Uns et les Autres")
