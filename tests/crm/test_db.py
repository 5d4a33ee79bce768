"""The file: made, opened, backed up, restored, refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from crm import cipher, history, settings
from crm import db as door
from crm.cipher import Key
from crm.db import Database, finish
from crm.db.server import EVERYTHING
from crm.errors import Damaged, Locked, Refused, TooNew, Trouble
from crm.schema import Organisation
from tests.conftest import KEY


def add(db: Database, *countries: str) -> None:
    with db.write("Add organisations") as session:
        session.add_all(
            Organisation(country=country, status="active", sensitive=False) for country in countries
        )


def countries(db: Database) -> list[str | None]:
    with db.read() as session:
        return list(session.scalars(select(Organisation.country).order_by(Organisation.id)))


def test_a_file_copied_anywhere_opens_with_its_key(
    file: Database, workspace: Path, tmp_path: Path
) -> None:
    add(file, "FR")
    file.close()
    moved = workspace.rename(tmp_path / "elsewhere.cosigne")
    again = door.open_(moved, KEY)
    assert countries(again) == ["FR"]
    again.close()


def test_another_phrase_is_told_and_nothing_is_touched(workspace: Path) -> None:
    before = workspace.read_bytes()
    with pytest.raises(Locked, match="not that phrase"):
        door.open_(workspace, Key(b"x" * 32, KEY.salt))
    assert workspace.read_bytes() == before


def test_a_second_window_may_read_and_not_write(file: Database, workspace: Path) -> None:
    with pytest.raises(Locked, match="already open"):
        door.open_(workspace, KEY)
    beside = door.open_(workspace, KEY, writing=False)
    add(file, "FR")
    assert countries(beside) == ["FR"]
    with pytest.raises(Locked, match="another Cosigne window"), beside.write("Add"):
        pass
    beside.close()


def test_the_pen_is_free_once_its_holder_was_killed(workspace: Path) -> None:
    holder = (
        "import sys, os; from pathlib import Path; from crm import db; from crm.cipher import Key;"
        "db.open_(Path(sys.argv[1]), Key(b'k'*32, b'saltsaltsaltsalt')); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", holder, str(workspace)], check=False)
    door.open_(workspace, KEY).close()


def test_a_file_from_a_later_version_is_refused_untouched(workspace: Path) -> None:
    connection = cipher.connect(workspace, KEY)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    before = workspace.read_bytes()
    with pytest.raises(TooNew, match="later version"):
        door.open_(workspace, KEY)
    assert workspace.read_bytes() == before


def test_a_file_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    stranger = tmp_path / "notes.txt"
    stranger.write_bytes(b"SQLite format 3\0" + bytes(4080))
    with pytest.raises(Refused, match="not a Cosigne file"):
        door.open_(stranger, KEY)
    with pytest.raises(Refused, match="no file"):
        door.open_(tmp_path / "absent.cosigne", KEY)


def test_a_torn_file_is_told_apart_from_a_wrong_phrase(workspace: Path) -> None:
    whole = workspace.read_bytes()
    workspace.write_bytes(whole[:5000])
    with pytest.raises(Damaged, match="not whole"):
        door.open_(workspace, KEY)


def test_one_changed_bit_is_found(file: Database, workspace: Path) -> None:
    add(file, *["FR"] * 500)
    file.close()
    whole = bytearray(workspace.read_bytes())
    whole[len(whole) // 2] ^= 1
    workspace.write_bytes(bytes(whole))
    assert cipher.faults(workspace, KEY)


def test_a_backup_is_encrypted_whole_and_restores(file: Database, workspace: Path) -> None:
    add(file, "FR")
    backup = file.back_up()
    assert b"SQLite" not in backup.read_bytes()
    add(file, "DE")
    file.close()
    saved = door.restore(backup, workspace, KEY)
    again = door.open_(workspace, KEY)
    assert countries(again) == ["FR"]
    again.close()
    assert saved is not None
    present = door.open_(saved, KEY)
    assert countries(present) == ["FR", "DE"]
    present.close()


def test_a_damaged_backup_changes_nothing(file: Database, workspace: Path) -> None:
    add(file, *["FR"] * 500)
    backup = file.back_up()
    broken = bytearray(backup.read_bytes())
    broken[-100] ^= 1
    backup.write_bytes(bytes(broken))
    file.close()
    before = workspace.read_bytes()
    with pytest.raises(Damaged, match="backup is damaged"):
        door.restore(backup, workspace, KEY)
    assert workspace.read_bytes() == before


def test_nothing_is_made_over_a_file_that_exists(workspace: Path) -> None:
    with pytest.raises(Refused, match="already a file"):
        door.create(workspace, KEY)


def test_looking_cannot_write(db: Database) -> None:
    with db.read() as session, pytest.raises(Trouble, match=r"cannot be written|may look at"):
        session.execute(text("DELETE FROM setting"))


def test_a_failed_act_leaves_nothing(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), db.write("Add") as session:
        session.add(Organisation(country="FR", status="active", sensitive=False))
        session.flush()
        raise ZeroDivisionError
    assert countries(db) == []


def test_an_act_that_changed_nothing_is_not_in_the_journal(db: Database) -> None:
    with db.read() as session:
        before = history.journal(session)
    with db.write("Nothing"):
        pass
    with db.read() as session:
        assert history.journal(session) == before


def test_a_long_act_stopped_half_way_rolls_back(db: Database) -> None:
    def long_act(session):  # type: ignore[no-untyped-def]
        for done in range(10):
            session.add(Organisation(country="FR", status="active", sensitive=False))
            session.flush()
            yield door.Step(done, 10)

    walk = db.carry_out("Import", long_act)
    for _step in range(5):
        next(walk)
    walk.close()
    assert countries(db) == []
    finish(db.carry_out("Import", long_act))
    assert len(countries(db)) == 10


def test_everybody_hears_what_changed(db: Database) -> None:
    heard: list[history.Changes] = []
    db.listen(heard.append)
    add(db, "FR", "DE")
    told = [each for each in heard if each != EVERYTHING]  # a server says that first
    assert told == [{"organisation": frozenset({1, 2})}]


def test_two_workspaces_have_two_ids(db: Database) -> None:
    with db.read() as session:
        chosen = settings.load(session)
    assert len(chosen.workspace) == 16
    assert chosen.association == "Collectif Exemple"


def test_a_refused_parameter_is_not_in_the_report(db: Database) -> None:
    with pytest.raises(Exception) as told, db.write("Add") as session:
        session.execute(
            text("INSERT INTO nowhere VALUES (:address)"), {"address": "ana@rive.example"}
        )
    assert "rive.example" not in str(told.value)
