"""Figures that agree with what is in the file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from crm import contacts, figures
from crm.db import Database
from tests import coalition

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def test_nothing_awaits_in_a_new_workspace(db: Database) -> None:
    with db.read() as session:
        now = figures.awaiting(session, date.today(), LONG_AGO)
    assert (now.organisations, now.appeals) == (0, 0)
    assert not (now.doubts or now.silent or now.dates or now.mailings or now.uncertain)
    # A server has no key, hence no recovery sheet to verify.
    done = ["workspace", "sheet"] if db.shared else ["workspace"]
    assert [name for name, is_done in now.steps if is_done] == done


def test_what_awaits_is_found_and_counted(db: Database) -> None:
    with db.write("30 organisations imported") as session:
        coalition.found(session)
    with db.read() as session:
        now = figures.awaiting(session, date.today(), LONG_AGO)
    assert [(each.appeal_id, each.count) for each in now.doubts] == [(2, 2)]
    assert [(each.appeal_id, each.count) for each in now.silent] == [(2, 3), (1, 11)]
    assert [each.kind for each in now.dates] == ["event", "deadline"]
    assert [(each.state, each.total - each.done) for each in now.mailings] == [("paused", 12)]
    assert now.doubtful_addresses == 2
    assert now.uncertain == 1
    assert now.news[0].label == "30 organisations imported"


def test_a_deadline_that_passed_asks_for_nothing_more(db: Database) -> None:
    with db.write("30 organisations imported") as session:
        coalition.found(session)
    with db.read() as session:
        later = figures.awaiting(session, date.today() + timedelta(days=30), LONG_AGO)
    assert not later.dates
    assert [each.appeal_id for each in later.silent] == [2]


def test_news_are_only_what_came_since_and_still_stands(db: Database) -> None:
    for name in ("Collectif Aube", "Ligue Horizon"):
        with db.write(f"Add {name}") as session:
            contacts.add_organisation(session, name)
    for _step in db.undo():
        pass
    with db.read() as session:
        now = figures.awaiting(session, date.today(), LONG_AGO)
        none = figures.awaiting(session, date.today(), datetime.now(UTC))
    assert [entry.label for entry in now.news] == ["Add Collectif Aube", "A new workspace"]
    assert not none.news


def test_every_organisation_is_counted_under_one_place(db: Database) -> None:
    with db.write("30 organisations imported") as session:
        coalition.found(session)
    with db.read() as session:
        found = figures.by_country(session)
        held = figures.holding(session)
    assert sum(count for _country, _heading, count in found) == held.organisations == 30
    assert held.account == "bureau@exemple.example"
