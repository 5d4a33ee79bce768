"""A file and a server answer every question alike: the same names, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from crm import appeals, contacts, exports, figures, language, publishing
from crm import db as door
from crm.contacts import Filter
from crm.db import Database, server
from crm.duplicates import KnownNames
from crm.schema import Appeal, Base
from crm.search import find, nearest
from tests.conftest import KEY
from tests.crm.conftest import sql
from tests.postgres import Postgres

BODIES = (
    ("Équipe Marée", "FR", None, "fr", "union"),
    ("Œuvre des rivières", "FR", None, "fr", "association"),
    ("L'Été vert", "FR", None, None, None),
    ("100 % rivières", "FR", None, "fr", None),
    ("20 avril", "BE", None, "fr", "collective"),
    ("Le 8 mai", "BE", None, None, "collective"),
    ("Straße für alle e.V.", "DE", None, "de", "association"),
    ("Strasse fuer alle Nord", "DE", None, "de", None),
    ("Ärzte am Fluss", "AT", None, "de", "union"),
    ("Зелёный берег", "RU", None, "ru", None),
    ("Ёлка", "KZ", None, "ru", "network"),
    ("Екологічна ліга", "UA", None, "uk", None),
    ("Їжак", "UA", None, "uk", "party"),
    ("Associació l'Horta", "ES", None, "ca", None),
    ("Aigua·Clara i ço nostre", "ES", None, "ca", "association"),
    ("Ligue des Arbres de l'Homme (LAH)", None, None, "fr", "union"),
    ("S.O.S. Rivières", None, "europe", "fr", None),
    ("LAHR", None, "international", None, "network"),
    ("“Pont” ouvert", None, "africa", None, None),
    ("Pont_ouvert \\ Nord", "CI", None, "fr", None),
    ("École", "CH", None, "fr", None),
    ("Ecole", "CH", None, None, None),
    ("ÉCOLE", "CA", None, "en", None),
    ("Collectif “Aube”, Rouge & Noir", "FR", None, None, None),
    ("aube", "FR", None, None, None),
)  # fmt: skip
PEOPLE = ("Zoé DA SILVA", "Ана Сильва", "Їванна Ґалаґан", "Jörg Strauß", "Núria Puig", "Ana Silva",
          "Ana SILVA")  # fmt: skip
TYPED = (
    "equipe", "maree equipe", "oeuvre", "œuvre", "ete", "100", "%", "_", "\\", "'", "a%e", "20",
    "strasse", "straße", "STRASSE", "arzte", "berег", "зеленый", "zelenyi", "елка", "Ёлка", "їжак",
    "ligа", "liga", "l'horta", "ço", "aigua clara", "lah", "L.A.H.", "sos", "pont", "pont_ouvert",
    "ecole", "école", "aube", "rivieres", "e", "ana", "silva", "сильва", "@", "bureau", "a_b",
    "bureau_3@", "d'eau", "forets", "“", "xyzzy",
)  # fmt: skip


class Both(NamedTuple):
    """The same workspace twice."""

    file: Database
    server: Database


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, running: Postgres, blank_database: str
) -> Iterator[Both]:
    """One coalition written on both engines, by the same hand."""
    file = door.create(tmp_path_factory.mktemp("both") / "coalition.cosigne", KEY)
    sql(running, "CREATE DATABASE both_engines")
    sql(running, "ALTER DATABASE both_engines SET timezone = 'Asia/Almaty'")
    url = server.address(running.url("both_engines"))
    server.found(url, None)
    there = server.call(url, None, "Ana")
    for each in (file, there):
        build(each)
    yield Both(file, there)
    file.close()
    there.close()


def build(db: Database) -> None:
    """Names of six languages, people of several organisations, appeals dated or not."""
    with db.write("A coalition") as session:
        made = [
            contacts.add_organisation(
                session, name, country=country, heading=heading, language=tongue, kind=kind
            )
            for name, country, heading, tongue, kind in BODIES
        ]
        for number, owner in enumerate(made[::2]):
            for each in (f"bureau_{number}@maree.example", f"A{number}@rive.example"):
                contacts.add_address(session, each, organisation_id=owner)
        contacts.add_name(session, made[0], "EM")
        contacts.add_name(session, made[0], "Marée haute")
        for number, name in enumerate(PEOPLE):
            who = contacts.add_person(session, name, organisation_id=made[number], role="presse")
            contacts.add_role(session, who, made[-1 - number], "trésorière")
        titles = [appeals.add(session, title, issued_on=on) for title, on in _APPEALS]
        for place, owner in enumerate(made):
            for number, appeal in enumerate(titles):
                if (place + number) % 3:
                    appeals.sign(
                        session, appeal, organisation_id=owner, on=date(2026, 5, 1 + place % 4),
                        status=("signed", "asked", "promised")[(place * number) % 3],
                        country=BODIES[place][1],
                    )  # fmt: skip
    with db.write("Second thoughts") as session:
        for row in made[::3]:
            contacts.change(session, "organisation", row, notes="met in May")
        late_on_the_first = datetime(2026, 5, 1, 22, 30, tzinfo=UTC)
        for undated in (titles[1], titles[3]):
            session.execute(
                update(Appeal).where(Appeal.id == undated).values(created_at=late_on_the_first)
            )
    with db.write("", kind="ledger") as session:
        # On a server, a row that is written again stands behind all the others.
        for table in Base.metadata.sorted_tables:
            session.execute(text(f'UPDATE "{table.name}" SET id = id WHERE id % 3 = 1'))


_APPEALS = (
    ("Un appel pour les forêts", date(2026, 5, 1)),
    ("Без даты – sans date", None),
    ("100 % d'eau", date(2026, 5, 2)),
    ("A_b: Für die Flüsse", None),
    ("Åpent brev", date(2025, 1, 31)),
)


def alike(both: Both, look: Callable[..., Any], *asked: Any, **more: Any) -> Any:
    """What both answer, the same."""
    answers = []
    for db in both:
        with db.read() as session:
            answers.append(look(session, *asked, **more))
    assert answers[0] == answers[1]
    return answers[0]


def directory(session: Session, where: Filter | None = None, order: str = "name") -> list[str]:
    return [row.name for row in contacts.rows(session, contacts.ids(session, where, order))]


def people(session: Session, typed: str = "", order: str = "name") -> list[Any]:
    return [*contacts.people_rows(session, contacts.people_ids(session, typed, order))]


def calls(session: Session, typed: str = "") -> list[str]:
    return [row.title for row in appeals.rows_of(session, appeals.ids(session, typed))]


def parts(session: Session, appeal_id: int, order: str) -> list[Any]:
    return [*appeals.rows(session, appeals.signature_ids(session, appeal_id, order=order))]


def recognised(session: Session, written: str) -> Any:
    return KnownNames.load(session).match(written)


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_looked_for_is_found_alike(both: Both, typed: str) -> None:
    alike(both, find, typed)
    alike(both, directory, Filter(words=typed))
    alike(both, people, typed)
    alike(both, calls, typed)


@pytest.mark.parametrize(
    "typed", ["equip", "rivier", "silv", "pnt", "zelony", "ecol", "стрась", "aub", "foret", "eze"]
)
def test_a_slip_is_told_the_same_closest_name(both: Both, typed: str) -> None:
    alike(both, nearest, typed)


@pytest.mark.parametrize("typed", ["%", "\\", "%%", "'", "“", "…"])
def test_a_sign_finds_nobody_and_never_everybody(both: Both, typed: str) -> None:
    assert alike(both, find, typed) == []
    assert alike(both, directory, Filter(words=typed)) == []
    assert alike(both, people, typed) == []
    assert alike(both, calls, typed) == []


def test_an_underscore_finds_those_who_have_one(both: Both) -> None:
    found = alike(both, directory, Filter(words="_"))
    assert found == alike(both, directory, Filter(with_address=True))
    assert found != alike(both, directory)


def test_a_sign_beside_a_word_changes_nothing(both: Both) -> None:
    for typed in ("pont_ouvert", "%pont%", "pont \\", "“pont”", "pont %"):
        found = alike(both, directory, Filter(words=typed))
        assert found == ["“Pont” ouvert", "Pont_ouvert \\ Nord"]


@pytest.mark.parametrize("order", ["name", "country", "language", "kind"])
@pytest.mark.parametrize("spoken", ["fr", "en"])
def test_the_directory_stands_in_the_same_order(both: Both, order: str, spoken: str) -> None:
    language.use(spoken)
    for each in (order, f"-{order}"):
        assert len(alike(both, directory, order=each)) == len(BODIES)


def test_names_stand_by_their_letters_accents_and_articles_aside(both: Both) -> None:
    assert alike(both, directory) == [
        "100 % rivières", "20 avril", "Le 8 mai", "Aigua·Clara i ço nostre", "Ärzte am Fluss",
        "Associació l'Horta", "aube", "Collectif “Aube”, Rouge & Noir", "École", "Ecole", "ÉCOLE",
        "Екологічна ліга", "Ёлка", "Équipe Marée", "L'Été vert", "Їжак", "LAHR",
        "Ligue des Arbres de l'Homme (LAH)", "Œuvre des rivières", "“Pont” ouvert",
        "Pont_ouvert \\ Nord", "S.O.S. Rivières", "Strasse fuer alle Nord",
        "Straße für alle e.V.", "Зелёный берег",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spoken", "read"),
    [
        ("fr", "DE AT BE CA CI ES FR KZ RU CH UA africa europe international"),
        ("en", "AT BE CA CI FR DE KZ RU ES CH UA africa europe international"),
    ],
)
def test_countries_stand_by_the_names_they_have_here(both: Both, spoken: str, read: str) -> None:
    def places(session: Session) -> list[str]:
        rows = contacts.rows(session, contacts.ids(session, order="country"))
        return list(dict.fromkeys(row.country or row.heading or "" for row in rows))

    language.use(spoken)
    assert alike(both, places) == [*read.split(), ""]


@pytest.mark.parametrize(
    "where",
    [
        Filter(countries=("FR", "DE")), Filter(countries=("FR",), headings=("europe",)),
        Filter(languages=("ru", "uk", "ca")), Filter(kinds=("union",)), Filter(with_address=True),
        Filter(with_address=False), Filter(health="good"), Filter(sensitive=False),
        Filter(appeal_id=1), Filter(appeal_id=1, statuses=("asked", "promised")),
        Filter(not_in_appeal_id=2), Filter(organisations=(3, 1, 2)), Filter(status="active"),
        Filter(words="e", countries=("FR",), appeal_id=3), contacts.NOBODY,
    ],
    ids=str,
)  # fmt: skip
def test_a_filter_finds_the_same_ones(both: Both, where: Filter) -> None:
    for order in ("name", "-name", "country", "-country", "language", "-kind"):
        alike(both, directory, where, order)
    assert alike(both, contacts.count, where) == len(alike(both, directory, where))


@pytest.mark.parametrize("order", ["name", "-name"])
def test_people_stand_in_the_same_order(both: Both, order: str) -> None:
    assert len(alike(both, people, order=order)) == len(PEOPLE)


def test_every_page_says_the_same(both: Both) -> None:
    for number in range(1, len(BODIES) + 1):
        alike(both, contacts.sheet, number)
    for number in range(1, len(PEOPLE) + 1):
        alike(both, contacts.person_sheet, number)


def test_appeals_stand_by_their_date_or_the_day_they_were_written_down(both: Both) -> None:
    assert alike(both, calls) == [
        "100 % d'eau", "A_b: Für die Flüsse", "Без даты – sans date", "Un appel pour les forêts",
        "Åpent brev",
    ]  # fmt: skip
    assert [title for _id, title in alike(both, figures.appeal_titles)] == [
        "100 % d'eau", "Un appel pour les forêts", "Åpent brev", "A_b: Für die Flüsse",
        "Без даты – sans date",
    ]  # fmt: skip


@pytest.mark.parametrize("order", ["position", "name", "status", "since", "country"])
def test_the_parts_in_an_appeal_stand_in_the_same_order(both: Both, order: str) -> None:
    for appeal in range(1, len(_APPEALS) + 1):
        alike(both, parts, appeal, order)
        alike(both, parts, appeal, f"-{order}")
        alike(both, appeals.silent, appeal)


@pytest.mark.parametrize("form", ["sentence", "list", "by-country", "annex"])
@pytest.mark.parametrize("order", ["document", "sorted"])
def test_the_same_list_is_printed(both: Both, form: str, order: str) -> None:
    for appeal in range(1, len(_APPEALS) + 1):
        for spoken in ("fr", "en", "de"):
            alike(both, publishing.prepare, appeal, form, language=spoken, order=order)


@pytest.mark.parametrize("what", ["organisations", "people", "signatures", "grid", "deliveries"])
def test_the_same_sheet_leaves_the_register(both: Both, what: str) -> None:
    alike(both, exports.export, what)
    alike(both, exports.export, what, where=Filter(countries=("FR",)))


def test_the_figures_are_the_same(both: Both) -> None:
    alike(both, figures.by_country)
    alike(both, contacts.counts)
    alike(both, figures.doubtful_organisations)


@pytest.mark.parametrize(
    "written",
    ["Equipe maree", "LAH", "Ligue des arbres", "Ecole", "Strasse für alle", "Зеленый берег",
     "Pont ouvert", "S O S rivieres", "Aube rouge", "Collectif Aube", "Associacio Horta"],
)  # fmt: skip
def test_a_written_name_is_recognised_alike(both: Both, written: str) -> None:
    alike(both, recognised, written)
