"""An invented coalition, for pictures and measures: nobody in it exists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from crm import settings, words
from crm.schema import (
    Account,
    Address,
    Answer,
    Appeal,
    Base,
    Delivery,
    Event,
    Mailing,
    Name,
    Organisation,
    Person,
    Question,
    Role,
    Signature,
)

TODAY = date.today()
NOW = datetime.now(UTC)

ORGANISATIONS = (
    ("Associazione Ponte dei Popoli", "", "IT", "association", "contatti@ponte.example"),
    ("Bundesinitiative Freie Worte", "BFW", "DE", "association", ""),
    ("Central Sindical Alvorada", "CSA", "BR", "union", "secretaria@alvorada.example"),
    ("Cercle des juristes de la Rive gauche", "", "FR", "association", "bureau@rive.example"),
    ("Collectif Aube", "", "FR", "collective", "aube@aube.example"),
    ("Comité Mémoire vive", "CMV", "FR", "collective", "contact@memoirevive.example"),
    ("Confédération du travail de la Loire", "CTL", "FR", "union", "contact@ctl.example"),
    ("Confederación Obrera del Ebro", "COE", "ES", "union", "internacional@ebro.example"),
    ("Coordination féministe des Vallées", "CFV", "CH", "collective", "hello@vallees.example"),
    ("Demokratie Heute", "", "AT", "association", "office@demokratieheute.example"),
    ("Erkin Dala Qoghamy", "", "KZ", "association", "info@erkindala.example"),
    ("Fédération nationale Libre Parole", "FNLP", "FR", "federation", "secretariat@parole.example"),
    ("Foyer Lumière", "", "BE", "association", "info@lumiere.example"),
    ("Freie Chöre Nordküste", "", "DE", "association", "chor@nordkueste.example"),
    ("Initiative solidaire Horizon", "ISH", "FR", "association", "reseau@horizon.example"),
    ("Ligue Horizon", "LH", "FR", "association", "contact@horizon.example"),
    ("Ligue Horizon – Exempleville", "LH Exempleville", "FR", "section", "ville@horizon.example"),
    ("Maison commune des Balkans", "", "RS", "association", "bureau@commune.example"),
    ("Observatoire des procès équitables", "OPE", "FR", "association", "ope@proces.example"),
    ("People for Open Rivers", "POR", "US", "association", "team@openrivers.example"),
    ("Platforma Zori", "", "MD", "association", "hello@zori.example"),
    ("Réseau européen des traducteurs libres", "RETL", None, "network", "retl@traducteurs.example"),
    ("Svobodnye Golosa", "", "LT", "association", "golosa@svoboda.example"),
    ("Syndicat des Ports et Docks", "SPD", "FR", "union", "contact@ports.example"),
    ("Syndicat national des travailleurs des services de la santé humaine SYNTRASANTE",
     "SYNTRASANTE", "BJ", "union", "national@syntrasante.example"),
    ("Union départementale Entraide Seine-Exemple", "UD Entraide", "FR", "union",
     "ud@entraide.example"),
    ("Union syndicale Entraide", "Entraide", "FR", "union", "international@entraide.example"),
    ("Женское действие", "", "GE", "collective", "action@zhd.example"),
    ("Zone de Clarté", "", None, "network", ""),
    ("Άνοιξη – Κίνηση πολιτών", "", "GR", "association", "info@anixi.example"),
)  # fmt: skip
APPEALS = (
    ("Citizenship of honour for Alikhan – letter to the mayor of Exempleville", "open letter",
     -8, 5, "Exempleville", "Mayor of Exempleville"),
    ("Stop the torture in colony 18", "appeal", -40, None, "Paris", None),
    ("Art Protest, one year on", "rally", -250, None, "Paris", None),
    ("International day of political prisoners", "appeal", -700, None, None, None),
)  # fmt: skip
STATUSES = ("signed", "signed", "asked", "signed", "promised", "asked", "declined", "asked")


def found(session: Session) -> None:
    """Write the whole coalition: names, addresses, appeals, signatures, mailings, questions."""
    settings.change(session, association="Solidarité Exemple", secretary="Ana")
    organisations(session)
    _people(session)
    _appeals(session)
    _mailings(session)


def organisations(session: Session, total: int = len(ORGANISATIONS)) -> None:
    """So many organisations, the first ones with names a person would believe."""
    bodies: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    addresses: list[dict[str, Any]] = []
    for number in range(total):
        text, acronym, country, kind, email = ORGANISATIONS[number % len(ORGANISATIONS)]
        if number >= len(ORGANISATIONS):
            text, email = f"{text} {number}", email and f"n{number}.{email}"
        body = number + 1
        bodies.append({
            "id": body, "country": country, "heading": None if country else "international",
            "kind": kind, "language": "fr", "notes": _NOTES.get(number),
            "parent_id": 16 if number == 16 else None, "sensitive": number == 10,
        })  # fmt: skip
        names.append(_name(body, text, "official", displayed=True))
        if acronym and number < len(ORGANISATIONS):
            names.append(_name(body, acronym, "acronym"))
        if email:
            health = "doubtful" if number % 13 == 6 else "good"
            addresses.append(_address(organisation_id=body, value=email, main=True, health=health))
    _put(session, Organisation, bodies)
    _put(session, Name, names)
    _put(session, Address, addresses)


_NOTES = {11: "Prefers a call before 6 p.m. Ask the board to proof-read."}


def _people(session: Session) -> None:
    people = (
        ("Nadia Exemple", 12, "Presidency"),
        ("Paul Modèle", 12, None),
        ("Aset Ulgi", 11, None),
    )
    for number, (name, body, title) in enumerate(people, 1):
        folded = words.fold(name)
        _put(session, Person, [{"id": number, "name": name, "folded": folded, "sort_key": folded}])
        _put(session, Role, [{"person_id": number, "organisation_id": body, "title": title}])
        email = f"{folded.split()[0]}@parole.example"
        _put(session, Address, [
            _address(person_id=number, value=email, publishable=number == 1, main=True)
        ])  # fmt: skip
    _put(session, Address, [
        _address(organisation_id=12, value="+33 1 00 00 00 00", kind="telephone", private=True)
    ])  # fmt: skip


def _appeals(session: Session) -> None:
    ids = count(1)
    for number, (title, kind, issued, deadline, place, addressee) in enumerate(APPEALS, 1):
        on = TODAY + timedelta(days=issued)
        _put(session, Appeal, [{
            "id": number, "title": title, "folded": words.fold(title), "kind": kind,
            "language": "fr", "issued_on": on, "place": place, "addressee": addressee,
            "deadline": TODAY + timedelta(days=deadline) if deadline else None, "text": None,
            "notes": None, "created_at": NOW,
        }])  # fmt: skip
        for place_, body in enumerate(range(number, 29, number)):
            status = STATUSES[(body + number) % 8] if number < 3 else "signed"
            since = TODAY - timedelta(days=12 if status == "asked" else 3 + body % 6)
            day = since if number == 1 else on
            _sign(session, next(ids), number, body=body, status=status, on=day, position=place_)
    _put(session, Event, [
        {"appeal_id": 1, "on": TODAY + timedelta(days=3), "at": "14:00", "place": "Exempleville"}
    ])  # fmt: skip
    line = {
        "name": "Erkin Dala Kogamy", "country": "KZ", "candidate": "Erkin Dala Qoghamy",
    }  # fmt: skip
    reason = "1 letter of difference, same country"
    _put(session, Question, [
        {"appeal_id": 2, "candidate_id": 11, "reason": reason, "line": line},
        {"appeal_id": 2, "candidate_id": 16, "reason": "may be a section", "line": line},
    ])  # fmt: skip


def _sign(session: Session, number: int, appeal: int, **step: Any) -> None:
    body, status, on = step["body"], step["status"], step["on"]
    text, _acronym, country, _kind, _email = ORGANISATIONS[body - 1]
    role = "relayed" if appeal == 3 and body == 12 else "signatory"
    _put(session, Signature, [{
        "id": number, "appeal_id": appeal, "organisation_id": body, "status": status, "since": on,
        "role": role, "published_name": text, "published_country": country,
        "position": step["position"],
    }])  # fmt: skip
    channel = ("email", "telephone", "document", "signal")[body % 4]
    _put(session, Answer, [
        {"signature_id": number, "status": status, "on": on, "channel": channel}
    ])  # fmt: skip


def _mailings(session: Session) -> None:
    _put(session, Account, [{
        "id": 1, "address": "bureau@exemple.example", "sender": "Solidarité Exemple",
        "host": "mail.exemple.example", "port": 465, "security": "tls",
        "username": "bureau@exemple.example",
    }])  # fmt: skip
    for number, (title, state) in enumerate(
        (("Stop the torture – first mailing", "paused"), ("Letter to the mayor", "finished")), 1
    ):
        _put(session, Mailing, [{
            "id": number, "title": title, "subject": title, "body": "Bonjour,", "language": "fr",
            "greeting": "Bonjour", "why": "", "appeal_id": number, "account_id": 1,
            "recipients": {}, "struck": [], "state": state, "created_at": NOW,
        }])  # fmt: skip
        _put(session, Delivery, [
            _delivery(number, body, name[0], name[4])
            for body, name in enumerate(ORGANISATIONS, 1) if name[4]
        ])  # fmt: skip


def _delivery(mailing: int, body: int, name: str, address: str) -> dict[str, Any]:
    state, reply = "sent", "250 2.0.0 Ok: queued"
    if mailing == 1 and body > 18:
        state, reply = "queued", ""
    elif mailing == 1 and body in (5, 13, 18):
        state = {5: "deferred", 13: "refused", 18: "uncertain"}[body]
    return {
        "mailing_id": mailing, "account_id": 1, "organisation_id": body, "name": name,
        "address": address, "address_key": address, "fields": {}, "state": state,
        "reply": reply, "message_id": f"<{mailing}.{body}@exemple.example>",
        "attempts": 0 if state == "queued" else 1,
        "left_at": None if state == "queued" else NOW - timedelta(hours=2),
    }  # fmt: skip


def _name(body: int, text: str, kind: str, *, displayed: bool = False) -> dict[str, Any]:
    return {
        "organisation_id": body, "text": text, "kind": kind, "article": "",
        "sort_key": words.sort_key(text), "folded": words.fold(text), "key": words.identity(text),
        "initials": words.initials(text), "displayed": displayed,
    }  # fmt: skip


def _address(value: str, **more: Any) -> dict[str, Any]:
    return {
        "organisation_id": None, "person_id": None, "kind": "email", "value": value,
        "folded": value.lower(), "main": False, "health": "good", "publishable": False,
        "private": False, "leave": "in writing" if more.get("publishable") else None,
        "leave_on": date(2024, 3, 12) if more.get("publishable") else None, **more,
    }  # fmt: skip


def _put(session: Session, noun: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 5000):
        session.execute(insert(noun), list(rows[start : start + 5000]))
