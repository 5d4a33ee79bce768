"""A backup put back loses no act that stood in the file, and mails nobody twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crm import cipher, contacts, mailings, privacy
from crm import db as door
from crm.db import Database, finish
from crm.errors import Refused, Unreachable
from crm.mailings import Sender
from tests.conftest import KEY
from tests.crm.test_mailings import Clock, Pigeon, partners, prepared, status

WRITE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from crm import contacts, db
from tests.conftest import KEY
opened = db.open_(Path(sys.argv[1]), KEY)
with opened.write("Add") as session:
    contacts.add_organisation(session, "Written last")
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed_after_writing(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WRITE_AND_DIE, str(path)], check=False,
                          cwd=Path(__file__).parents[2])  # fmt: skip
    assert done.returncode == -signal.SIGKILL


def names(path: Path) -> list[str]:
    opened = door.open_(path, KEY)
    with opened.read() as session:
        found = [row.name for row in contacts.rows(session, contacts.ids(session))]
    opened.close()
    return found


def backup_of(path: Path) -> Path:
    opened = door.open_(path, KEY)
    made = opened.back_up()
    opened.close()
    return made


def test_what_was_written_last_is_kept_with_the_state_set_aside(workspace: Path) -> None:
    backup = backup_of(workspace)
    killed_after_writing(workspace)
    saved = door.restore(backup, workspace, KEY)
    assert saved is not None
    assert names(workspace) == []
    assert names(saved) == ["Written last"]


def test_a_restoring_that_fails_leaves_the_file_with_its_last_words(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = backup_of(workspace)
    killed_after_writing(workspace)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises((OSError, Unreachable)):
        door.restore(backup, workspace, KEY)
    monkeypatch.undo()
    assert names(workspace) == ["Written last"]


@pytest.fixture
def begun(workspace: Path) -> tuple[Database, int, Path]:
    """Three copies wait; a backup is made; two leave."""
    db = door.open_(workspace, KEY)
    partners(db, 3)
    mailing = prepared(db)
    backup = db.back_up()
    clock = Clock()
    walk = mailings.send(db, mailing, Sender(lambda _box: Pigeon(), clock, clock.wait))
    next(walk)
    next(walk)
    walk.close()
    return db, mailing, backup


def resumed(path: Path, mailing: int) -> tuple[list[str], mailings.Status]:
    db, pigeon, clock = door.open_(path, KEY), Pigeon(), Clock()
    finish(mailings.send(db, mailing, Sender(lambda _box: pigeon, clock, clock.wait)))
    found = status(db, mailing)
    db.close()
    return pigeon.carried, found


def test_what_left_since_the_backup_does_not_leave_again(
    begun: tuple[Database, int, Path], workspace: Path
) -> None:
    db, mailing, backup = begun
    db.close()
    door.restore(backup, workspace, KEY)
    carried, found = resumed(workspace, mailing)
    assert carried == ["c3@rive.example"]
    assert (found.sent, found.uncertain) == (3, 0)


def test_where_nobody_knows_what_left_every_waiting_copy_is_a_doubt(
    begun: tuple[Database, int, Path], workspace: Path
) -> None:
    db, mailing, backup = begun
    db.close()
    with workspace.open("rb+") as file:
        file.seek(5000)
        file.write(os.urandom(2000))
        file.truncate(8192)
    door.restore(backup, workspace, KEY)
    carried, found = resumed(workspace, mailing)
    assert carried == []
    assert found.uncertain == 3


def test_a_wish_told_since_the_backup_is_still_heard(workspace: Path) -> None:
    backup = backup_of(workspace)
    db = door.open_(workspace, KEY)
    with db.write("Peace", kind="final") as session:
        privacy.opt_out(session, "paul@rive.example", "by hand")
    db.close()
    door.restore(backup, workspace, KEY)
    again = door.open_(workspace, KEY)
    with again.read() as session:
        assert privacy.opted_out(session, ["paul@rive.example"])
    again.close()


def test_a_backup_is_never_written_over_another_workspace(workspace: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.cosigne"
    door.create(other, cipher.Key(b"o" * 32, b"another salt 123")).close()
    before = other.read_bytes()
    db = door.open_(workspace, KEY)
    with pytest.raises(Refused, match="not a backup of this one"):
        db.back_up(other)
    db.close()
    assert other.read_bytes() == before
