"""What is mistyped on the command line: one sentence, and nothing done by halves."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crm import vault
from crm.cli import workspaces
from crm.errors import Unreachable
from tests.crm.test_cli_workspaces import Run, cosigne, made
from tests.test_walls import HOUSE

__all__ = ["cosigne"]


@pytest.mark.parametrize(
    "typed",
    [
        ("new", ""),
        ("new", "/dev/null/x/c.cosigne"),
        ("export", "organisations", "o.xlsx", "--filter", "{bad"),
        ("export", "organisations", "o.xlsx", "--filter", "[]"),
        ("export", "organisations", "o.xlsx", "--filter", '{"countries": "FR"}'),
        ("export", "organisations", "/nowhere/o.json"),
        ("export", "organisations", "/nowhere/o.xlsx"),
        ("mail", "prepare", "--letter", "ask", "--filter", '{"contries": ["DE"]}'),
        ("mail", "prepare", "--letter", "ask", "--attach", "nofile"),
        ("mail", "account", "aube@aube.example", "--trust", "nofile"),
        ("mail", "settle", "99", "sent"),
        ("import", "nofile.csv"),
        ("read", "nofile.md"),
        ("restore", "nofile.cosigne"),
        ("publish", "7"),
    ],
)
def test_a_mistake_is_one_sentence(cosigne: Run, typed: tuple[str, ...]) -> None:
    made(cosigne)
    try:
        code, _out, err = cosigne(*typed)
    except SystemExit as left:
        assert left.code == 2
        return
    assert code == 1
    assert err.startswith("cosigne: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("line", ["garbage", '["a"]', "[1, 2]", '{"a": 1, "b": 2}'])
def test_what_is_no_pair_of_names_is_not_compared(
    cosigne: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))
    code, out, err = cosigne("compare", "-")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


def test_a_list_that_could_not_be_written_was_not_printed(cosigne: Run, tmp_path: Path) -> None:
    made(cosigne)
    (tmp_path / "a.md").write_text(
        "# Appel\n\n## Signataires\n\n- Ligue Horizon\n- Foyer Lumière\n"
    )
    assert cosigne("read", "a.md", "--into", "new")[0] == 0
    assert cosigne("publish", "1", "--out", "/nowhere/x.md")[0] == 1
    assert cosigne("undo")[0] == 0


def test_a_backup_over_another_workspace_is_refused(cosigne: Run, tmp_path: Path) -> None:
    made(cosigne)
    cosigne("new", "other")
    before = (tmp_path / "coalition.cosigne").read_bytes()
    code, _out, err = cosigne("backup", "coalition.cosigne", "--workspace", "other.cosigne")
    assert code == 1
    assert "not a backup of this one" in err
    assert (tmp_path / "coalition.cosigne").read_bytes() == before


def test_an_address_that_cannot_be_used_comes_back_with_its_row(
    cosigne: Run, tmp_path: Path
) -> None:
    made(cosigne)
    (tmp_path / "p.csv").write_text("Association;Courriel\nFoyer;pasuneadresse\n")
    assert cosigne("import", "p.csv", "--rejected", "back.csv")[0] == 3
    assert "pasuneadresse" in (tmp_path / "back.csv").read_text(encoding="utf-8-sig")


def test_a_new_workspace_cut_short_leaves_nothing(
    cosigne: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(*_what: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(workspaces, "_verify_sheet", leave)
    code, _out, err = cosigne("new", "coalition")
    assert code == 130
    assert "Nothing half done" in err
    assert not [each for each in tmp_path.iterdir() if each.suffix == ".cosigne"]


def test_a_locked_keyring_does_not_hide_the_recovery_sheet(
    cosigne: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_key: object) -> bool:
        raise Unreachable("The keyring of this computer is locked or does not answer.")

    monkeypatch.setattr(vault, "keep_key", locked)
    code, out, err = cosigne("new", "coalition", "--json")
    assert code == 0
    assert len(json.loads(out)["sheet"].replace(" ", "")) == 52
    assert "keyring" in err


def test_a_phrase_no_command_used_is_forgotten(cosigne: Run) -> None:
    assert cosigne("compare", "Rive", "Rive")[0] == 0
    assert vault.phrase_from_environment() is None


def test_whoever_stops_reading_is_told_nothing_more() -> None:
    command = [sys.executable, "main.py", "compare", "Rive Claire", "Rive claire"]
    told = subprocess.Popen(
        command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert told.stdout is not None
    told.stdout.close()
    _out, err = told.communicate(timeout=60)
    assert (told.returncode, err) == (141, "")


def test_a_line_that_is_cut_does_not_end_the_command(cosigne: Run) -> None:
    made(cosigne)
    cut = getattr(signal, "SIGPIPE", None)  # Windows has none
    assert cut is None or signal.getsignal(cut) == signal.SIG_IGN
