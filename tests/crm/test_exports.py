"""What leaves in a sheet."""

from __future__ import annotations

from datetime import date

import pytest

from crm import appeals, contacts, exports
from crm.contacts import Filter
from crm.db import Database
from crm.errors import Refused


@pytest.fixture
def coalition(db: Database) -> Database:
    """Two organisations, one in danger, one appeal."""
    with db.write("Coalition") as session:
        rive = contacts.add_organisation(session, "Rive Claire (RC)", country="FR")
        hidden = contacts.add_organisation(session, "Nuit Close", country="RU", sensitive=True)
        contacts.add_address(session, "contact@rive.example", organisation_id=rive)
        contacts.add_address(session, "private@rive.example", organisation_id=rive, private=True)
        contacts.add_address(session, "nuit@close.example", organisation_id=hidden)
        contacts.add_person(session, "Ana Silva", organisation_id=rive, role="chair")
        contacts.add_person(session, "Secret Friend", organisation_id=rive, sensitive=True)
        appeal = appeals.add(session, "Open the gardens", issued_on=date(2026, 5, 21))
        for each in (rive, hidden):
            appeals.sign(session, appeal, organisation_id=each, on=date(2026, 5, 1))
    return db


def said(db: Database, what: str, **more: object) -> str:
    with db.read() as session:
        table = exports.export(session, what, **more)  # type: ignore[arg-type]
    return repr((table.headings, table.rows))


@pytest.mark.parametrize("what", ["organisations", "people", "signatures", "grid", "deliveries"])
def test_somebody_in_danger_is_in_no_sheet(coalition: Database, what: str) -> None:
    text = said(coalition, what)
    for marker in ("Nuit Close", "nuit@close", "Secret Friend", "private@rive"):
        assert marker not in text


def test_organisations_leave_with_the_columns_asked_for(coalition: Database) -> None:
    with coalition.read() as session:
        table = exports.export(session, "organisations", columns=["name", "acronym", "email"])
    assert [list(row) for row in table.rows] == [["Rive Claire (RC)", "RC", "contact@rive.example"]]


def test_dates_leave_as_dates(coalition: Database) -> None:
    with coalition.read() as session:
        table = exports.export(session, "signatures", columns=["appeal_date", "since"])
    assert list(table.rows[0]) == [date(2026, 5, 21), date(2026, 5, 1)]


def test_the_grid_says_who_signed_what(coalition: Database) -> None:
    with coalition.read() as session:
        table = exports.export(session, "grid")
    assert list(table.headings) == ["Organisation", "Country", "Open the gardens (2026-05-21)"]
    assert [list(row) for row in table.rows] == [["Rive Claire (RC)", "France", "signed"]]


def test_only_what_the_filter_finds_leaves(coalition: Database) -> None:
    assert "Rive" not in said(coalition, "organisations", where=Filter(countries=("DE",)))


def test_an_unknown_sheet_or_column_is_said(coalition: Database) -> None:
    with coalition.read() as session:
        with pytest.raises(Refused, match="no sheet called"):
            exports.export(session, "secrets")
        with pytest.raises(Refused, match="no column"):
            exports.export(session, "organisations", columns=["shoe size"])
