"""An invented coalition through the whole main job, on this machine alone.

Nobody in it exists; its workspace is marked so, and sends nothing outside this computer.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from crm import (
    appeals,
    contacts,
    documents,
    exports,
    formats,
    imports,
    mailings,
    post,
    publishing,
    reading,
    settings,
    vault,
)
from crm import db as door
from crm.contacts import Filter
from crm.db import Database, Step, finish
from crm.demo.catcher import Caught, catcher
from crm.duplicates import KnownNames
from crm.language import _, current, n_
from crm.letters import ready_letters
from crm.mailings import Sender
from crm.reading import Review

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "demo"
ASSOCIATION = "Collectif Aube"


@dataclass
class Account:
    """What the demonstration did, line by line, and where it left its files."""

    path: Path
    phrase: str
    lines: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


def fill(session: Session) -> Generator[Step, None, list[str]]:
    """Fill an empty workspace with the invented coalition; what was done, in sentences."""
    settings.change(
        session, association=ASSOCIATION, secretary="Samia", invented=True, language="fr"
    )
    said: list[str] = []
    for name in ("communique-2025.md", "appel-2026.md"):
        yield Step(len(said), 5, name)
        said.append(_read(session, name))
    yield Step(2, 5, "partenaires.csv")
    said.append(_import(session))
    yield Step(3, 5)
    said.append(_leave_to_print(session))
    said.append(_answers(session))
    yield Step(5, 5)
    return said


def _read(session: Session, name: str) -> str:
    found = reading.understand(documents.read(str(FOLDER / name)))
    review = Review(found, KnownNames.load(session))
    for line in [each for each in review.lines if each.state == "question"]:
        review.answer(line.index, "section" if line.relation == "branch_of" else "new")
    finish(reading.record(session, review, None))
    return f"{name}: {review.summary()}"


def _import(session: Session) -> str:
    workbook = formats.read(str(FOLDER / "partenaires.csv"))
    plan = imports.plan(session, imports.look(workbook), "partenaires.csv")
    for question in plan.questions:
        question.answer = "same"
    said = plan.sentences()[0]
    finish(imports.record(session, plan))
    return f"partenaires.csv: {said}"


def _leave_to_print(session: Session) -> str:
    """Some partners let their address be printed: without any, an annex would be empty."""
    given = [
        next((each.id for each in contacts.sheet(session, body).addresses if not each.private), 0)
        for body in contacts.ids(session)
    ]
    allowed = [each for each in given if each][::4]
    for each in allowed:
        contacts.change(
            session, "address", each, publishable=True, leave="in writing", leave_on=date.today()
        )
    return n_(
        "{n} partner allowed its address to be printed",
        "{n} partners allowed their address to be printed",
        len(allowed),
    )


def _answers(session: Session) -> str:
    """A third appeal, under way: some have answered, most have not."""
    today = date.today()
    appeal = appeals.add(
        session,
        "Lettre à la maire de Port-Clair",
        kind="open letter",
        language="fr",
        issued_on=today,
        place="Port-Clair",
        addressee="Maire de Port-Clair",
        deadline=today + timedelta(days=9),
    )
    everybody = contacts.ids(session)
    for place, each in enumerate(everybody):
        asked = today - timedelta(days=12)
        appeals.sign(session, appeal, organisation_id=each, status="asked", on=asked)
        status = {0: "signed", 1: "signed", 4: "promised", 7: "declined"}.get(place % 9)
        if status:
            appeals.sign(
                session, appeal, organisation_id=each, status=status,
                on=today - timedelta(days=place % 9 + 1), channel=("email", "telephone")[place % 2],
            )  # fmt: skip
    counts = appeals.counts(session, appeal)
    return n_("{n} answer noted", "{n} answers noted", counts.total - counts.asked)


def run(folder: Path) -> Account:
    """The main job, end to end, in a folder; its account."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "coalition.cosigne"
    for old in (path, *folder.glob("coalition.cosigne-*")):
        old.unlink(missing_ok=True)
    phrase = vault.propose_phrase(current())
    made = door.create(path, vault.new_key(phrase))
    account = Account(path, phrase)
    try:
        with made.write(_("A new workspace"), kind="final") as session:
            settings.found_workspace(session, association=ASSOCIATION, invented=True)
        vault.keep_key(made.key)
        account.lines += finish(made.carry_out(_("The invented coalition"), fill))
        _publish(made, folder, account)
        _export(made, folder, account)
        with catcher() as caught:
            _mail(made, caught, folder, account)
    finally:
        made.close()
    return account


def _publish(db: Database, folder: Path, account: Account) -> None:
    with db.read() as session:
        appeal_id = appeals.ids(session)[1]
    for form, to in (("sentence", "txt"), ("list", "md"), ("by-country", "html"), ("annex", "md")):
        with db.write(_("Published"), kind="final") as session:
            printed = publishing.publish(session, appeal_id, form, to)
        target = folder / f"signataires-{form}.{to}"
        documents.save(target, printed.content)
        account.files.append(target)
        if form == "by-country":
            account.lines.append(printed.summary())


def _export(db: Database, folder: Path, account: Account) -> None:
    for what in ("organisations", "signatures", "grid"):
        with db.read() as session:
            table = exports.export(session, what)
        target = folder / f"{what}.xlsx"
        formats.write(target, table)
        account.files.append(target)
        account.lines.append(
            n_("{n} row in {file}", "{n} rows in {file}", len(table.rows)).replace(
                "{file}", target.name
            )
        )


def _mail(db: Database, caught: Caught, folder: Path, account: Account) -> None:
    """A personal letter to every partner, caught on this machine."""
    thanks = next(letter for letter in ready_letters("fr") if letter.key == "thanks")
    with db.write(_("My mailbox"), kind="final") as session:
        box = mailings.keep_account(
            session, "contact@collectif-aube.example", sender=ASSOCIATION, host="127.0.0.1",
            port=caught.port, security="none", per_hour=10_000,
        )  # fmt: skip
    with db.write(_("New mailing")) as session:
        appeal_id = appeals.ids(session)[1]
        mailing_id = mailings.draft(
            session, title=thanks.name, subject=thanks.subject, body=thanks.body, language="fr",
            where=Filter(appeal_id=appeal_id, statuses=("signed",)), appeal_id=appeal_id,
            account_id=box,
        )  # fmt: skip
    with db.write(_("Mailing prepared"), kind="final") as session:
        mailings.prepare(session, mailing_id)
    finish(mailings.send(db, mailing_id, Sender(lambda line: post.SmtpCarrier(line.server))))
    with db.read() as session:
        status = mailings.status(session, mailing_id)
    account.lines.append(
        _("{sent} messages delivered out of {all}, {twice} twice, {lost} forgotten.").format(
            sent=status.sent, all=status.recipients,
            twice=len(caught.recipients) - len(set(caught.recipients)),
            lost=status.recipients - status.settled,
        )
    )  # fmt: skip
    sample = folder / "message.eml"
    sample.write_bytes(caught.messages[0])
    account.files.append(sample)
