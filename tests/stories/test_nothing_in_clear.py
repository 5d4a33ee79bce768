"""Whoever takes the disk finds no name, no address and no letter in clear."""

from __future__ import annotations

import base64
import logging
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import text

from crm import (
    airlock,
    appeals,
    computer,
    contacts,
    documents,
    exports,
    formats,
    imports,
    mailings,
    privacy,
    publishing,
    reading,
    search,
)
from crm import db as door
from crm.contacts import Filter
from crm.db import Database, finish
from crm.duplicates import KnownNames
from crm.formats import Sheet, Workbook
from crm.mailings import Sender
from crm.reading import Review
from tests.conftest import KEY
from tests.crm.test_mailings import Clock, Pigeon

NAMES = [f"Zorblatt{number:02}quix" for number in range(20)]
ADDRESSES = [f"vexmarker{number:02}@jubilant.example" for number in range(20)]
WORDS = [f"grunwaldsubject{number:02}" for number in range(10)]
MARKERS = NAMES + ADDRESSES + WORDS


def traces(folder: Path) -> list[tuple[str, str]]:
    """Every marker found in every file below, however it is written."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for marker in MARKERS:
                forms = (
                    marker.encode(),
                    marker.encode("utf-16-le"),
                    base64.b64encode(marker.encode())[:-3],
                    marker[::-1].encode(),
                )
                if any(form in content for form in forms):
                    found.append((path.name, marker))
    return found


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, and a log of everything that is said."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("COSIGNE_CONFIG_DIR", str(tmp_path / "config"))
    handler = logging.FileHandler(folder / "everything.log")
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    return folder


def test_a_day_of_work_leaves_nothing_in_clear(
    db: Database, workspace: Path, tmp_path: Path, scratch: Path
) -> None:
    computer.remember("workspace", str(workspace))
    a_register(db)
    an_appeal_read(db, tmp_path)
    letters(db)
    asked_for = what_was_asked_for(db, tmp_path)
    db.back_up()
    with db.write("Rename") as session:
        contacts.rename(session, 1, NAMES[5])
    finish(db.undo())
    with pytest.raises(Exception, match=r".") as told, db.write("Broken") as session:
        session.execute(text("INSERT INTO name (text) VALUES (:marker)"), {"marker": NAMES[0]})
    (scratch / "report.txt").write_text(repr(told.value) + str(told.value), encoding="utf-8")
    logging.getLogger().exception("it broke", exc_info=told.value)
    for path in asked_for:
        assert traces(path.parent) or path.suffix == ".xlsx"
        path.unlink()
    assert traces(tmp_path) == []
    db.close()
    assert traces(tmp_path) == []


def a_register(db: Database) -> None:
    rows = [("Association", "Courriel", "Contact")]
    rows += [
        (name, address, f"{name} Person") for name, address in zip(NAMES, ADDRESSES, strict=True)
    ]
    workbook = Workbook((Sheet("Partners", tuple(rows)),))
    with db.read() as session:
        plan = imports.plan(session, imports.look(workbook))
    finish(db.carry_out("Import", imports.record, plan))
    with db.write("Do not write", kind="final") as session:
        privacy.opt_out(session, ADDRESSES[0], "by hand")
    with db.read() as session:
        assert search.find(session, NAMES[3])


def an_appeal_read(db: Database, folder: Path) -> None:
    document = folder / "appeal.md"
    lines = [f"# {WORDS[0]}", "## Signatories", *(f"- {name}" for name in NAMES)]
    document.write_text("\n\n".join(lines), encoding="utf-8")
    found = reading.understand(airlock.run(documents.read, str(document)))
    document.unlink()  # her own document, where she left it, is hers
    with db.read() as session:
        review = Review(found, KnownNames.load(session))
    finish(db.carry_out("Read", reading.record, review, None))


def letters(db: Database) -> None:
    clock = Clock()
    with db.write("Mailing", kind="final") as session:
        box = mailings.keep_account(
            session, ADDRESSES[1], sender=NAMES[1], host="127.0.0.1", port=25, security="none"
        )
        mailing = mailings.draft(
            session, title=WORDS[1], subject=WORDS[2], body=" ".join(WORDS[3:]), where=Filter(),
            account_id=box,
        )  # fmt: skip
        mailings.attach(session, mailing, "letter.txt", WORDS[4].encode())
        mailings.prepare(session, mailing)
    pigeon = Pigeon()
    finish(mailings.send(db, mailing, Sender(lambda _box: pigeon, clock, clock.wait)))
    assert len(pigeon.carried) == 19


def what_was_asked_for(db: Database, folder: Path) -> list[Path]:
    """Exports and publications, asked for in clear."""
    asked = folder / "asked-for"
    asked.mkdir()
    with db.read() as session:
        table = exports.export(session, "organisations")
        appeal_id = appeals.ids(session)[0]
        assert contacts.count(session) == 20
    formats.write(asked / "organisations.xlsx", table)
    formats.write(asked / "organisations.csv", table)
    with db.write("Publish", kind="final") as session:
        printed = publishing.publish(session, appeal_id, "list", "txt")
    (asked / "list.txt").write_text(printed.text, encoding="utf-8")
    return sorted(asked.iterdir())


def test_the_key_itself_is_nowhere(db: Database, tmp_path: Path) -> None:
    a_register(db)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert KEY.raw not in path.read_bytes()
            assert KEY.raw.hex().encode() not in path.read_bytes()
    assert door.backups(db.path) == []
