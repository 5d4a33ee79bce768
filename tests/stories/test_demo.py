"""The demonstration a newcomer runs first: the main job on an invented coalition."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm import demo, language
from crm.cli import main
from crm.documents import read
from crm.reading import understand


def test_a_newcomer_sees_the_main_job_done(
    tmp_path: Path, keyring: None, capfd: pytest.CaptureFixture[str]
) -> None:
    account: list[demo.Account] = []
    assert main(["demo", "--folder", str(tmp_path)], show=account.append) == 0
    said = capfd.readouterr().out
    assert account[0].phrase in said
    for each in account[0].files:
        assert each.stat().st_size > 0
    lists = [each for each in account[0].files if each.name.startswith("signataires-")]
    assert len(lists) == 4
    annex = tmp_path / "signataires-annex.md"
    assert understand(read(str(annex))).organisations


def test_it_may_be_run_again_in_the_same_folder(tmp_path: Path, keyring: None) -> None:
    language.use("fr")
    first, second = demo.run(tmp_path), demo.run(tmp_path)
    assert first.lines == second.lines
    assert first.phrase != second.phrase
