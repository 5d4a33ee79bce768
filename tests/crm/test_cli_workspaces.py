"""The workspace from the command line."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm import cli

PHRASE = "moulin cerise wagon avril lanterne"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cosigne(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """Run a command as a script does, with the phrase in the environment."""

    def run(*arguments: object, phrase: str = PHRASE) -> tuple[int, str, str]:
        monkeypatch.setenv("COSIGNE_PASSPHRASE", phrase)
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    monkeypatch.chdir(tmp_path)
    return run


def made(cosigne: Run) -> dict[str, Any]:
    code, out, _err = cosigne("new", "coalition", "--association", "Collectif Aube", "--json")
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_new_workspace_is_the_one_opened_next(cosigne: Run) -> None:
    new = made(cosigne)
    assert len(new["sheet"].replace(" ", "")) == 52
    code, out, _err = cosigne("info", "--json")
    info = json.loads(out)
    assert code == 0
    assert info["association"] == "Collectif Aube"
    assert info["organisations"] == 0


def test_a_wrong_phrase_is_one_sentence_on_standard_error(cosigne: Run) -> None:
    made(cosigne)
    code, out, err = cosigne("info", phrase="another phrase altogether")
    assert (code, out) == (1, "")
    assert err.startswith("cosigne: This is not that phrase.")
    assert err.count("\n") == 1


def test_a_command_that_does_not_exist_is_a_mistake_of_use(cosigne: Run) -> None:
    with pytest.raises(SystemExit) as left:
        cosigne("fly")
    assert left.value.code == 2


def test_backup_and_restore_bring_back_what_was_there(cosigne: Run, tmp_path: Path) -> None:
    made(cosigne)
    code, out, _err = cosigne("backup", "kept.cosigne", "--json")
    assert code == 0
    (tmp_path / "coalition.cosigne").write_bytes(b"rain on the keyboard" * 500)
    assert cosigne("info")[0] == 1
    code, out, _err = cosigne("restore", "kept.cosigne", "--json")
    assert code == 0
    assert Path(json.loads(out)["saved"]).read_bytes().startswith(b"rain")
    assert cosigne("check")[:2] == (0, "Every page of this file is whole.\n")


def test_the_phrase_is_out_of_reach_before_a_document_is_opened(
    cosigne: Run, tmp_path: Path
) -> None:
    (tmp_path / "appeal.md").write_text("# Peace\n\n## Signatories\n\n- Rive Claire\n", "utf-8")
    assert cosigne("read", "appeal.md")[0] == 0
    assert "COSIGNE_PASSPHRASE" not in os.environ


def test_a_phrase_one_command_did_not_need_is_not_kept_for_the_next(
    cosigne: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(cosigne)
    assert cosigne("compare", "Rive Claire", "Rive claire")[0] == 0
    monkeypatch.setattr("crm.cli.asking.ask_phrase", lambda: None)
    assert cosigne("info", phrase="")[0] == 1


def test_nothing_to_undo_is_said(cosigne: Run) -> None:
    made(cosigne)
    code, _out, err = cosigne("undo")
    assert code == 1
    assert "nothing left to take back" in err


def test_without_any_workspace_the_way_to_one_is_said(cosigne: Run) -> None:
    code, _out, err = cosigne("info")
    assert code == 1
    assert "cosigne new" in err
