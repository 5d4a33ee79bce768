"""Names as people write them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.words import (
    acronym_of,
    compare,
    fold,
    identity,
    initials,
    sort_key,
    split_article,
    tidy,
)

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
    ("Кружок Хвойных Гор", "КХГ"),
    ("Вольный Хельский Гараж", "ВХГ"),
    ("Bäume für Grünau", "Baeume fuer Gruenau"),
    ("L.A.H.", "LAH"),
    ("Jardiniers·ères de Brume", "Jardiniers de Brume"),
    ("FreieWiesen Nordau", "Freie Wiesen Nordau"),
    ("Offene Gärten e. V.", "Offene Gärten e.V."),
    ("association Mémoire", "Mémoire"),
    ("UAC (Union des arbres et des cèdres)", "Union des arbres et des cèdres"),
    ("Deutscher Baumbund (DBB)", "Deutscher Baumbund"),
    ("Solidarité FreeNour (comité pour sa libération)", "Solidarité FreeNour"),
    ("Gardeners' International League", "Gardeners International League"),
]
SECTIONS = [
    ("Ligue des arbres de l'homme de Port-Clair", "LAH"),
    ("Ligue des arbres de l'homme de Port-Clair", "la Ligue des arbres de l'Homme"),
    ("Union départementale Fraternelle Val-de-Brume", "Union syndicale FRATERNELLE"),
    ("Union locale Fraternelle de Brume", "Union départementale Fraternelle Val-de-Brume"),
    ("Mémoire France", "Memoire"),
    ("Attaque Deutschland", "Attaque"),
    ("Comité français du Réseau européen de solidarité avec la Brume",
     "European Network for Solidarity with Brume"),
    ("Fraternelle 93", "Fraternelle"),
    ("Fraternelle Hessen", "Fraternelle"),
    ("Union locale FTB", "FTB"),
    ("LAH section de Rennes", "Ligue des arbres de l'Homme"),
    ("Groupe local de Lyon du Planning des forêts", "Planning des forêts"),
    ("Rive anarchiste – groupe de Rouen", "Rive anarchiste"),
    ("Rive Claire Landesverband Sachsen", "Rive Claire"),
    ("Fraternelle 13", "Union syndicale Fraternelle"),
    ("Rive Claire – Sezione Italiana", "Rive Claire"),
]  # fmt: skip
DIFFERENT = [
    ("FSJ 03", "FSJ 35"),
    ("Union départementale Fraternelle Val-de-Brume", "Union départementale FJ 35"),
    ("Ligue des arbres de l'homme de Port-Clair", "Union locale Fraternelle de Port-Clair"),
    ("Mémoire France", "Memoire political prisoners"),
    ("Union syndicale Fraternelle", "Exil Fraternel"),
    ("Syndicat national des jardiniers SNAJAR", "Syndicat des jardiniers saisonniers STRAJAS"),
    ("Vague France", "Mémoire France"),
    ("SUD Jardins", "SUD Forêts"),
    ("LAH Rennes", "LAH Port-Clair"),
    ("Comité Palmier", "Comité Olivier"),
    ("FTB", "Syndicat national des journaux FTB"),
    ("Syndicat des journaux (FTB)", "Syndicat des journaux (OUV)"),
    ("Amis (des prisonniers de Rive)", "Amis (des prisonniers de Brume)"),
    ("No Dams", "Dams"),
    ("Non à la digue", "La digue"),
    ("Sans Clôtures", "Clôtures"),
    ("UN Gardens", "Gardens"),
    ("Collectif A", "Collectif E"),
    ("Comité D", "Comité"),
    ("Section 9", "Section 19"),
    ("Jardins contre la digue", "Jardins pour la digue"),
    ("Solidarité Irlande", "Solidarité Islande"),
    ("Rive Paris", "Rive Madrid"),
    ("Parti des jardins", "Parti des villes et des jardins suspendus"),
    ("!!!", "???"),
    ("東京", "京都"),
]
DOUBTS = [
    ("Zhasyl Dalasy", "Zhasyl Dalassy"),
    ("Memoire political prisoners", "Memoire"),
    ("Frauen für den Frieden", "Femmes pour la paix"),
    ("Plateforme des jardins ouverts", "Plateforme alliance des jardins ouverts"),
    ("FTB", "Syndicat des journaux (FTB)"),
    ("groupe Rive Claire", "réseau Rive Claire"),
    ("Association Internationale des Jardiniers", "Internationale des Jardiniers"),
    ("Association Rive", "Rive"),
    ("LO", "Lutte des Oliviers"),
    ("Rive-Brume", "Brume-Rive"),
    ("C++", "C"),
    ("Rive socialiste", "Rive socialiste unifiée"),
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


EVERY = sorted({name for pair in SAME + SECTIONS + DIFFERENT + DOUBTS for name in pair})


def test_of_all_these_names_only_those_said_so_are_the_same() -> None:
    names = [name for pair in DIFFERENT + SECTIONS for name in pair]
    said = {frozenset(map(identity, pair)) for pair in SAME}
    wrong = {
        (one, other)
        for one, other in itertools.combinations(names, 2)
        if compare(one, other).relation == "same"
        and initials(one) != fold(other)
        and initials(other) != fold(one)
        and identity(one) != identity(other)
    }
    assert {pair for pair in wrong if frozenset(map(identity, pair)) not in said} == set()


@pytest.mark.parametrize("name", EVERY)
def test_a_name_is_the_same_as_itself_however_it_is_shouted(name: str) -> None:
    assert compare(name, name).relation == "same"
    if any(c.isalpha() for c in name):
        assert compare(name, name.upper()).relation in {"same", "ask"}


@given(st.text(max_size=40), st.sampled_from(EVERY))
def test_no_text_breaks_the_comparison_nor_its_symmetry(text: str, name: str) -> None:
    assert compare(text, name).relation == compare(name, text).relation
    assert identity(text) == identity(tidy(text))
    assert tidy(tidy(text)) == tidy(text)


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
    assert acronym_of("UAC (Union des arbres et des cèdres)") == "UAC"
    assert acronym_of("Gesellschaft der befreiten Vögel (GdbV)") == "GdbV"
    assert acronym_of("FSJ 03") is None
    assert acronym_of("Syndicat des journaux FTB") is None
    assert acronym_of("Syndicat des journaux (FTB)") is None
    assert acronym_of("COLLECTIF RIVE CLAIRE") is None


def test_initials_skip_small_words() -> None:
    assert initials("Ligue des arbres de l'Homme") == "lah"


def test_articles_do_not_sort() -> None:
    assert sort_key("Amis de Rive", article="Les ") == "amis de rive"
    assert sort_key("L'Arbre") == "arbre"
    assert sort_key("L'Arbre", keep_article=True) == "l arbre"


def test_nothing_is_left_without_a_key() -> None:
    assert identity("La La La")
    assert identity("Les Uns et les Autres")
