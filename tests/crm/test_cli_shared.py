"""A shared workspace from the command line: where its password comes from, and where it stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crm import computer, vault
from crm.cli import asking
from crm.db import server
from tests.crm.conftest import SECRET, sql
from tests.crm.test_cli_workspaces import Run, cosigne
from tests.postgres import Postgres

__all__ = ["cosigne"]


@pytest.fixture
def address(elsewhere: Postgres) -> str:
    return server.address(elsewhere.url("coalition")).render_as_string()


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """A folder that holds the server's password, for its owner alone."""
    folder = tmp_path / "passwords"
    folder.mkdir()
    (folder / "server").write_text(f"{SECRET}\n", encoding="utf-8")
    (folder / "server").chmod(0o600)
    return folder


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody sits there, and types these passwords one after the other."""
    typed: list[str] = []
    monkeypatch.setattr(asking, "has_person", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _question: typed.pop(0))
    return typed


def test_a_password_in_a_file_of_its_owner_alone_opens(
    cosigne: Run, address: str, secrets: Path
) -> None:
    code, out, err = cosigne("info", "--workspace", address, "--secrets-dir", secrets, "--json")
    assert (code, err) == (0, "")
    assert '"engine": "postgresql"' in out


def test_a_password_that_others_can_read_is_refused(
    cosigne: Run, address: str, secrets: Path
) -> None:
    (secrets / "server").chmod(0o644)
    code, _out, err = cosigne("info", "--workspace", address, "--secrets-dir", secrets)
    assert code == 1
    assert "can be read by other users" in err
    assert SECRET not in err


def test_a_wrong_password_is_one_sentence_that_does_not_repeat_it(
    cosigne: Run, address: str, secrets: Path
) -> None:
    (secrets / "server").write_text("moulin-cerise", encoding="utf-8")
    code, out, err = cosigne("info", "--workspace", address, "--secrets-dir", secrets)
    assert (code, out) == (1, "")
    assert err.startswith("cosigne: The server did not accept this user name and password.")
    assert err.count("\n") == 1
    assert "moulin" not in err


def test_where_nobody_can_type_it_the_ways_to_give_it_are_said(cosigne: Run, address: str) -> None:
    code, _out, err = cosigne("journal", "--workspace", address)
    assert code == 1
    assert "--secrets-dir" in err


def test_a_password_typed_once_is_kept_in_the_keyring_for_that_place_alone(
    keyring: None, cosigne: Run, address: str, typing: list[str]
) -> None:
    typing.append(SECRET)
    assert cosigne("info", "--workspace", address)[0] == 0
    assert typing == []
    assert cosigne("info", "--workspace", address)[0] == 0
    assert vault.server_password(address) == SECRET
    assert vault.server_password(address.replace("coalition", "other")) is None


def test_a_password_typed_wrong_is_not_kept(
    keyring: None, cosigne: Run, address: str, typing: list[str]
) -> None:
    typing.append("moulin-cerise")
    assert cosigne("info", "--workspace", address)[0] == 1
    assert vault.server_password(address) is None


def test_a_password_that_was_changed_on_the_server_is_asked_for_and_replaced(
    keyring: None, cosigne: Run, address: str, typing: list[str]
) -> None:
    vault.keep_server_password(address, "last year's")
    typing.append(SECRET)
    assert cosigne("info", "--workspace", address)[0] == 0
    assert vault.server_password(address) == SECRET


def test_without_a_keyring_it_is_said_that_the_password_is_not_kept(
    cosigne: Run, address: str, typing: list[str]
) -> None:
    typing.append(SECRET)
    code, _out, err = cosigne("info", "--workspace", address)
    assert code == 0
    assert "will be asked for at each opening" in err


def test_a_new_shared_workspace_asks_once(
    elsewhere: Postgres, cosigne: Run, typing: list[str]
) -> None:
    sql(elsewhere, "CREATE DATABASE just_made")
    typing.append(SECRET)
    code, out, _err = cosigne("new", elsewhere.url("just_made"), "--association", "Aube")
    assert code == 0
    assert "Whoever runs the server can read" in out
    sql(elsewhere, "DROP DATABASE just_made WITH (FORCE)")


def test_a_file_moves_to_a_server_with_the_password_of_a_folder(
    elsewhere: Postgres, cosigne: Run, secrets: Path
) -> None:
    assert cosigne("new", "coalition", "--association", "Aube")[0] == 0
    sql(elsewhere, "CREATE DATABASE moved_here")
    there = elsewhere.url("moved_here")
    code, _out, err = cosigne(
        "move", there, "--workspace", "coalition.cosigne", "--secrets-dir", secrets
    )
    assert code == 0, err
    assert '"Aube"' in cosigne("info", "--secrets-dir", secrets, "--json")[1]
    sql(elsewhere, "DROP DATABASE moved_here WITH (FORCE)")


def test_the_journal_says_who_by_the_name_the_server_knows_until_one_is_chosen(
    cosigne: Run, shared: str, tmp_path: Path
) -> None:
    sheet = tmp_path / "partners.csv"
    sheet.write_text("Organisation\nLigue Horizon\n", encoding="utf-8")
    assert cosigne("import", sheet, "--workspace", shared)[0] == 0
    _code, out, _err = cosigne("journal", "--workspace", shared, "--json", "--limit", "1")
    assert json.loads(out)[0]["who"] == "owner"
    computer.remember("my_name", "Ana")
    sheet.write_text("Organisation\nFoyer Lumière\n", encoding="utf-8")
    cosigne("import", sheet, "--workspace", shared)
    _code, out, _err = cosigne("journal", "--workspace", shared, "--limit", "1")
    assert out.strip().endswith("(Ana)")


def test_a_server_nobody_finds_says_nothing_of_saving(cosigne: Run) -> None:
    code, _out, err = cosigne("info", "--workspace", "postgresql://ana@127.0.0.1:1/coalition")
    assert code == 1
    assert err.startswith("cosigne: The server of this workspace does not answer.")
