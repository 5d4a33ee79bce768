"""What is published, read again against the register that published it, is the same list."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm import appeals, contacts, documents, publishing, words
from crm import db as door
from crm import settings as choices
from crm.db import Database
from crm.documents import from_text
from crm.duplicates import KnownNames
from crm.errors import Refused
from crm.publishing import FORMATS
from crm.reading import Review, understand
from tests.conftest import KEY
from tests.invented import LANGUAGES, coalition

FORMS = ("sentence", "list", "by-country", "annex")


@dataclass(frozen=True)
class Signed:
    """An appeal, and where and how each who signed it is."""

    db: Database
    appeal_id: int
    country: dict[str, str]
    email: dict[str, str]


@contextmanager
def signed(seed: int, size: int, language: str) -> Iterator[Signed]:
    """An invented coalition in a file of its own, all of it under one appeal."""
    team = coalition(seed, size, language)
    emails = {name: _address(name, at) for at, (name, _place) in enumerate(team)}
    with tempfile.TemporaryDirectory() as folder:
        db = door.create(Path(folder) / "coalition.cosigne", KEY)
        with db.write("A new workspace", kind="final") as session:
            choices.found_workspace(session, association="Collectif Exemple", secretary="Ana")
        with db.write("An appeal") as session:
            made = appeals.add(session, "Appel", language=language)
            for name, country in team:
                body = contacts.add_organisation(session, name, country=country)
                appeals.sign(session, made, organisation_id=body)
                address = contacts.add_address(session, emails[name], organisation_id=body)
                contacts.change(session, "address", address, publishable=True)
        yield Signed(db, made, dict(team), emails)
        db.close()


def _address(name: str, at: int) -> str:
    """An address of its own: numbered ones would look like the foot of a page in a pdf."""
    return f"{'-'.join(words.fold(name).split())[:30].strip('-')}@m{at}.example"


def comes_back(team: Signed, form: str, to: str) -> None:
    """Every name in its order, under its country, with its address; nothing else."""
    with team.db.read() as session:
        printed = publishing.prepare(session, team.appeal_id, form, to)
        known = KnownNames.load(session)
    reading = understand(documents.from_bytes(f"list.{to}", printed.content))
    lines = Review(reading, known).lines
    read = [line.candidate if line.state == "recognised" else f"? {line.name}" for line in lines]
    assert read == list(printed.entries), (form, to)
    if form == "by-country":
        assert [line.country for line in lines] == [team.country[name] for name in printed.entries]
    if form == "annex":
        assert [line.email for line in lines] == [team.email[name] for name in printed.entries]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000), size=st.sampled_from([1, 2, 3, 9]))
def test_what_is_published_is_read_as_the_same_list(language: str, seed: int, size: int) -> None:
    with signed(seed, size, language) as team:
        for form in FORMS:
            for to in FORMATS:
                comes_back(team, form, to)


@pytest.mark.parametrize("language", LANGUAGES)
def test_fifty_names_come_back(language: str) -> None:
    with signed(50, 50, language) as team:
        for form in FORMS:
            for to in FORMATS:
                comes_back(team, form, to)


@pytest.mark.parametrize("form", FORMS)
def test_five_hundred_names_come_back(form: str) -> None:
    with signed(500, 500, "fr") as team:
        for to in FORMATS:
            comes_back(team, form, to)


@pytest.mark.parametrize("form", FORMS)
def test_of_an_appeal_nobody_signed_nothing_is_printed(form: str) -> None:
    with (
        signed(0, 0, "fr") as team, team.db.read() as session,
        pytest.raises(Refused, match="Nobody who may be named"),
    ):  # fmt: skip
        publishing.prepare(session, team.appeal_id, form)


# -- what the register puts right -----------------------------------------------------------


def known_as(*names: str) -> KnownNames:
    """A register of these organisations."""
    known = KnownNames()
    for number, name in enumerate(names, 1):
        known.add(number, name)
    return known


def read_against(known: KnownNames, text: str) -> list[str]:
    """The names of the lines of a review."""
    return [line.name for line in Review(understand(from_text("a.md", text)), known).lines]


def test_a_known_name_with_commas_is_one_name() -> None:
    text = "**Les organisations signataires** : Vigie, Femmes, Paix et Justice, Encre Libre, Moulin"
    known = known_as("Femmes, Paix et Justice", "Vigie", "Encre Libre")
    assert read_against(known, text) == [
        "Vigie", "Femmes, Paix et Justice", "Encre Libre", "Moulin",
    ]  # fmt: skip


def test_two_known_names_stay_two_even_if_both_together_are_a_third() -> None:
    text = "**Les organisations signataires** : Encre Libre, Vigie et Moulin"
    known = known_as("Vigie", "Moulin", "Vigie et Moulin", "Encre Libre")
    assert read_against(known, text) == ["Encre Libre", "Vigie", "Moulin"]


def test_unknown_names_are_left_as_they_are_read() -> None:
    text = "**Les organisations signataires** : Encre Libre, Vigie et Moulin"
    assert read_against(known_as("Femmes, Paix"), text) == ["Encre Libre", "Vigie", "Moulin"]


def test_an_address_book_among_other_words_is_no_list_of_signatories() -> None:
    text = "Bonjour,\n\n## Contacts\n\nVigie\n\nvigie@n.example\n\nEncre Libre\n\nencre@n.example\n"
    assert read_against(known_as("Vigie", "Encre Libre"), f"{text}\nÀ demain, Ana") == []
