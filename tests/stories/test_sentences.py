"""What goes wrong is said in a sentence a secretary understands, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm import cipher, contacts, documents, mailings, post, vault
from crm import db as door
from crm.cipher import Key
from crm.db import Database, finish
from crm.errors import Refused, Trouble
from crm.letters import compile_letter
from crm.mailings import Sender
from tests.conftest import KEY
from tests.crm.test_mailings import Clock, drafted, partners, prepared, status
from tests.post_office import office


def is_a_sentence(trouble: Trouble) -> bool:
    """Begins with a capital, ends with a full stop, names no error of a machine."""
    said = trouble.message
    machine = ("Error", "Traceback", "0x", "errno", "None", "sqlite", "SQL", "Exception")
    begun = said[0].isupper() or said[0] == "“"
    return begun and said.endswith(".") and not any(word in said for word in machine)


def test_a_wrong_phrase(workspace: Path) -> None:
    with pytest.raises(
        Trouble, match=r"This is not that phrase\. Your data are untouched\."
    ) as told:
        door.open_(workspace, Key(b"w" * 32, KEY.salt))
    assert is_a_sentence(told.value)


def test_an_unknown_field_in_a_letter() -> None:
    with pytest.raises(Refused, match="unknown field: “organisatoin”") as told:
        compile_letter("x", "{{ organisatoin }}")
    assert told.value.hint == "Did you mean “organisation”?"


def test_a_value_that_looks_like_a_link_is_only_words(db: Database) -> None:
    partners(db, 1)
    with db.write("Rename") as session:
        contacts.rename(session, 1, "[x](https://evil.example)")
    mailing = drafted(db)
    with db.read() as session:
        letter = mailings.preview(session, mailing, 1)
    assert letter.subject == "Pour [x](https://evil.example)"
    assert "<a" not in letter.html


def test_an_empty_document(tmp_path: Path) -> None:
    (tmp_path / "appel.txt").write_text("  \n \n", encoding="utf-8")
    with pytest.raises(Refused, match="contains no text") as told:
        documents.read(str(tmp_path / "appel.txt"))
    assert is_a_sentence(told.value)


def test_a_self_signed_server_and_a_wrong_password_lose_nothing(db: Database) -> None:
    partners(db, 3)
    with office() as there:
        with db.write("Mailbox", kind="final") as session:
            mailings.change_account(
                session, 1, host="localhost", port=there.server.port, security="starttls",
                username=there.server.username, trusted_ca=None,
            )  # fmt: skip
        mailing = prepared(db)
        for trusted, said in ((None, "could not prove who it is"), ("yes", "did not accept")):
            if trusted:
                with db.write("Mailbox", kind="final") as session:
                    mailings.change_account(session, 1, trusted_ca=there.server.trusted_ca)
            with pytest.raises(Trouble, match=said) as told:
                finish(mailings.send(db, mailing, sender_with("wrong")))
            assert is_a_sentence(told.value)
        assert there.received == []
    assert status(db, mailing).queued == 3


def sender_with(password: str) -> Sender:
    clock = Clock()
    return Sender(lambda box: post.SmtpCarrier(box.server, password, patience=5), clock, clock.wait)


def test_no_network_pauses_the_mailing_and_loses_nothing(db: Database) -> None:
    partners(db, 3)
    with db.write("Mailbox", kind="final") as session:
        mailings.change_account(session, 1, host="mail.nowhere.invalid", security="tls", port=465)
    mailing = prepared(db)
    waits: list[float] = []
    clock = Clock()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        clock.wait(seconds)

    with pytest.raises(Trouble, match="cannot be found") as told:
        finish(
            mailings.send(
                db, mailing, Sender(lambda box: post.SmtpCarrier(box.server, "x"), clock, wait)
            )
        )
    assert is_a_sentence(told.value)
    assert waits
    assert status(db, mailing).queued == 3


def test_a_keyring_that_is_not_there_asks_for_the_phrase(workspace: Path) -> None:
    with pytest.raises(Trouble, match="nobody gave its phrase") as told:
        vault.key_for(workspace, lambda: None)
    assert is_a_sentence(told.value)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte and a half."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.root
def test_a_full_disk_says_so_and_keeps_what_was_saved(small_disk: Path, blank: Path) -> None:
    path = small_disk / "coalition.cosigne"
    shutil.copy(blank, path)
    db = door.open_(path, KEY)
    saved = 0
    with pytest.raises(Trouble, match="The disk is full") as told:
        for number in range(20_000):
            with db.write("Add") as session:
                contacts.add_organisation(session, f"Comité {number} " + "x" * 500)
            saved += 1
    assert is_a_sentence(told.value)
    with pytest.raises(Trouble, match=r"disk is full|could not be written"):
        db.back_up(small_disk / "backup.cosigne")
    assert not list(small_disk.glob("backup*"))
    with db.read() as session:
        assert contacts.count(session) == saved
    db.close()
    assert os.path.getsize(path) % cipher.PAGE == 0  # noqa: PTH202
    assert cipher.faults(path, KEY) == []
