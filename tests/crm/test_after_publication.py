"""Once a list is out: who signed since, the figures of the sentence, the rendezvous."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from icalendar import Calendar

from crm import appeals, contacts, continents, language, mailings, publishing
from crm.db import Database
from crm.errors import Refused

BODIES = (
    ("Collectif Aube claire", "FR"), ("Verein Elbtal", "DE"), ("Central das Hortas", "BR"),
    ("Arbres du Sine", "SN"), ("Zhasyl Baqsha", "KZ"), ("Atelier Brindille", "FR"),
)  # fmt: skip


@pytest.fixture
def appeal_id(db: Database) -> int:
    """An appeal that six organisations of five countries signed."""
    with db.write("An appeal") as session:
        made = appeals.add(session, "Rendez la parole aux jardiniers", language="fr")
        for name, country in BODIES:
            body = contacts.add_organisation(session, name, country=country)
            appeals.sign(session, made, organisation_id=body, on=date(2026, 5, 1))
    return made


def printed(db: Database, appeal_id: int, form: str = "list", **more: Any) -> None:
    with db.write("Printed", kind="final") as session:
        publishing.publish(session, appeal_id, form, "md", **more)


def since(db: Database, appeal_id: int) -> publishing.Since | None:
    with db.read() as session:
        return publishing.since(session, appeal_id)


def sign(db: Database, appeal_id: int, name: str, **more: Any) -> int:
    with db.write("Signs") as session:
        body = contacts.add_organisation(session, name, country="IT")
        return appeals.sign(session, appeal_id, organisation_id=body, **more)


def part(db: Database, appeal_id: int, name: str) -> appeals.SignatureRow:
    with db.read() as session:
        rows = appeals.rows(session, appeals.signature_ids(session, appeal_id))
    return next(each for each in rows if each.name == name)


# --- since the last list --------------------------------------------------------------------


def test_nothing_is_said_before_a_list_is_printed_nor_right_after(
    db: Database, appeal_id: int
) -> None:
    assert since(db, appeal_id) is None
    printed(db, appeal_id)
    assert since(db, appeal_id) is None


def test_late_signatures_withdrawn_and_renamed_ones_are_told_apart(
    db: Database, appeal_id: int
) -> None:
    printed(db, appeal_id)
    sign(db, appeal_id, "Orti Liberi")
    sign(db, appeal_id, "Rete Cascine")
    gone, renamed = part(db, appeal_id, "Verein Elbtal"), part(db, appeal_id, "Atelier Brindille")
    with db.write("Changes") as session:
        appeals.sign(session, appeal_id, organisation_id=gone.organisation_id, status="withdrawn")
        appeals.publish_as(session, renamed.id, "L'Atelier de la Brindille")
    found = since(db, appeal_id)
    assert found is not None
    assert found.added == ("Orti Liberi", "Rete Cascine")
    assert found.gone == ("Verein Elbtal",)
    assert found.renamed == (("Atelier Brindille", "L'Atelier de la Brindille"),)
    assert found.summary() == (
        "2 signatures since the list was printed · 1 name is no longer in it"
        " · 1 name is written otherwise"
    )


def test_a_signature_that_is_not_named_changes_no_list(db: Database, appeal_id: int) -> None:
    printed(db, appeal_id)
    sign(db, appeal_id, "Orti Liberi", unnamed=True)
    assert since(db, appeal_id) is None


def test_an_annex_printed_later_does_not_hide_who_signed_since_the_list(
    db: Database, appeal_id: int
) -> None:
    printed(db, appeal_id)
    sign(db, appeal_id, "Orti Liberi")
    body = part(db, appeal_id, "Orti Liberi").organisation_id
    with db.write("An address") as session:
        made = contacts.add_address(session, "orti@orti.example", organisation_id=body)
        contacts.change(session, "address", made, publishable=True)
    printed(db, appeal_id, "annex")
    found = since(db, appeal_id)
    assert found is not None
    assert found.added == ("Orti Liberi",)


def test_a_list_is_printed_again_as_it_was_asked_for(db: Database, appeal_id: int) -> None:
    printed(db, appeal_id, "by-country", order="sorted", language="de")
    sign(db, appeal_id, "Orti Liberi")
    with db.write("Printed again", kind="final") as session:
        made = publishing.again(session, appeal_id)
    assert "### **Italien**" in made.text
    with db.read() as session:
        last = publishing.publications(session, appeal_id)[0]
    assert (last.form, last.format, last.language, last.names) == ("by-country", "md", "de", 7)
    assert since(db, appeal_id) is None


def test_what_was_never_printed_cannot_be_printed_again(db: Database, appeal_id: int) -> None:
    with (
        pytest.raises(Refused, match="No list of this appeal was printed yet"),
        db.write("Again", kind="final") as session,
    ):
        publishing.again(session, appeal_id)


# --- the figures of the sentence ------------------------------------------------------------


def reach(db: Database, appeal_id: int) -> appeals.Reach:
    with db.read() as session:
        return appeals.reach(session, appeal_id)


def test_the_figures_count_who_signed_from_where(db: Database, appeal_id: int) -> None:
    found = reach(db, appeal_id)
    assert (found.signatures, found.organisations) == (6, 6)
    assert found.countries == ("FR", "DE", "BR", "SN", "KZ")
    assert continents.in_words(found.continents, "fr") == "Europe, Afrique, Amérique et Asie"
    assert continents.in_words(found.continents, "en") == "Europe, Africa, America and Asia"


def test_who_is_not_named_counts_and_who_withdrew_or_hosts_does_not(
    db: Database, appeal_id: int
) -> None:
    sign(db, appeal_id, "Orti Liberi", unnamed=True)
    sign(db, appeal_id, "Rete Cascine", role="host")
    gone = part(db, appeal_id, "Verein Elbtal")
    with db.write("Withdraws") as session:
        appeals.sign(session, appeal_id, organisation_id=gone.organisation_id, status="withdrawn")
    found = reach(db, appeal_id)
    assert found.signatures == 6
    assert found.countries == ("FR", "BR", "SN", "KZ", "IT")


def test_europe_and_the_world_are_no_country(db: Database, appeal_id: int) -> None:
    with db.write("A network") as session:
        body = contacts.add_organisation(session, "European Allotments", heading="europe")
        appeals.sign(session, appeal_id, organisation_id=body)
    found = reach(db, appeal_id)
    assert (found.signatures, len(found.countries), len(found.continents)) == (7, 5, 4)


def test_a_letter_says_the_figures_in_its_own_language(db: Database, appeal_id: int) -> None:
    with db.write("A letter") as session:
        made = mailings.draft(
            session, subject="x", language="de", appeal_id=appeal_id,
            body="{{ signatures }} aus {{ countries }} Ländern: {{ continents }}.",
        )  # fmt: skip
        asked = part(db, appeal_id, "Verein Elbtal").organisation_id or 0
    with db.read() as session:
        said = mailings.preview(session, made, asked).text
    assert said == "6 aus 5 Ländern: Europa, Afrika, Amerika und Asien.\n"


# --- the rendezvous -------------------------------------------------------------------------


def entries(written: bytes) -> list[Any]:
    return Calendar.from_ical(written).walk("VEVENT")


def test_a_rendezvous_goes_into_any_calendar(db: Database, appeal_id: int) -> None:
    with db.write("Rendezvous") as session:
        appeals.add_event(session, appeal_id, date(2026, 9, 20), "14:00", "Port-Clair, place Haute")
        appeals.add_event(session, appeal_id, date(2026, 9, 21), None, "Berlin")
    with db.read() as session:
        written = appeals.rendezvous(session, appeal_id)
    first, second = entries(written)
    assert first["SUMMARY"] == "Rendez la parole aux jardiniers"
    assert first["LOCATION"] == "Port-Clair, place Haute"
    assert first["DTSTART"].dt == datetime(2026, 9, 20, 14, 0)
    assert second["DTSTART"].dt == date(2026, 9, 21)
    assert b"DTSTART;VALUE=DATE:20260921" in written
    assert b"DTSTART:20260920T140000\r\n" in written  # the hour of the place, no zone
    assert written.endswith(b"END:VCALENDAR\r\n")


def test_a_calendar_knows_a_rendezvous_again_when_the_appeal_is_renamed(
    db: Database, appeal_id: int
) -> None:
    with db.write("Rendezvous") as session:
        appeals.add_event(session, appeal_id, date(2026, 9, 20), "18h30", None)
    with db.read() as session:
        (before,) = entries(appeals.rendezvous(session, appeal_id))
    with db.write("Renamed") as session:
        contacts.change(session, "appeal", appeal_id, title="Un autre titre")
    with db.read() as session:
        (after,) = entries(appeals.rendezvous(session, appeal_id))
    assert before["UID"] == after["UID"]
    assert after["SUMMARY"] == "Un autre titre"
    assert after["DTSTART"].dt == datetime(2026, 9, 20, 18, 30)


def test_an_appeal_without_rendezvous_says_so(db: Database, appeal_id: int) -> None:
    language.use("en")
    with db.read() as session, pytest.raises(Refused, match="gives no rendezvous"):
        appeals.rendezvous(session, appeal_id)
