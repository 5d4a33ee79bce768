"""Strangers' files are read in a child process, with limits."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm import airlock
from crm.errors import Refused, Unreachable
from crm.formats import Sheet, Workbook

HOUSE = Path(airlock.__file__).parent.parent
READ = "import sys; sys.path[0] = {!r}; from crm import airlock, formats; print(airlock.run({}))"


def gives_sheet(name: str) -> Workbook:
    return Workbook((Sheet(name, (("a", 1, None),)),))


def is_refused(_name: str) -> None:
    raise Unreachable("The server sleeps.", hint="Wake it.")


def never_ends(_name: str) -> None:
    while True:
        pass


def eats_memory(_name: str) -> int:
    return len(b"x" * (1 << 32))


def dies(_name: str) -> None:
    os.abort()


def sends_code(_name: str) -> object:
    return print


def sends_a_call(module: str, name: str, word: str) -> None:
    """Answer in the child's stead, byte by byte, as an attacker would (pickle, protocol 4)."""

    def text(said: str) -> bytes:
        return b"X" + len(said.encode()).to_bytes(4, "little") + said.encode()

    call = text(module) + text(name) + b"\x93" + text(word) + b"\x85R"
    sys.stdout.buffer.write(b"\x80\x04" + text("value") + call + b"\x86.")
    sys.stdout.buffer.flush()
    os._exit(0)


def sends_nonsense(_name: str) -> None:
    sys.stdout.buffer.write(b"\x80\x04K\x01.")
    sys.stdout.buffer.flush()
    os._exit(0)


def writes(name: str) -> None:
    Path(name).write_text("a contact's name", encoding="utf-8")


def what_it_is_told(name: str) -> list[str]:
    return [said for said in os.environ if name in said]


def who_am_i(_name: str) -> int:
    return os.getpid()


def test_what_the_gate_read_comes_back() -> None:
    assert airlock.run(gives_sheet, "Partners") == gives_sheet("Partners")


def test_it_was_read_in_another_process() -> None:
    assert airlock.run(who_am_i, "") != os.getpid()


def test_trouble_comes_back_as_it_was() -> None:
    with pytest.raises(Unreachable, match="The server sleeps") as told:
        airlock.run(is_refused, "")
    assert told.value.hint == "Wake it."


@pytest.mark.parametrize("module", ["json", "csv", "crm", "pickle"])
def test_a_program_lying_beside_a_sheet_is_never_run(tmp_path: Path, module: str) -> None:
    (tmp_path / f"{module}.py").write_text("open('ran', 'w')\nraise SystemExit", encoding="utf-8")
    (tmp_path / "partners.csv").write_text("Rive Claire;France\n", encoding="utf-8")
    # As when `python /path/to/main.py` runs in the folder of the downloads.
    asked = READ.format(str(HOUSE), "formats.read, 'partners.csv'")
    script = tmp_path / "elsewhere" / "start.py"
    script.parent.mkdir()
    script.write_text(asked, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Rive Claire" in told.stdout, told.stderr
    assert not (tmp_path / "ran").exists()


def test_the_child_is_told_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSIGNE_PASSPHRASE", "moulin cerise wagon avril")
    monkeypatch.setenv("PGPASSWORD", "s3cret")
    assert airlock.run(what_it_is_told, "COSIGNE") == []
    assert airlock.run(what_it_is_told, "PASSWORD") == []


def test_a_file_that_never_ends_is_left_in_time() -> None:
    begun = time.monotonic()
    with pytest.raises(Refused, match="too intricate"):
        airlock.run(never_ends, "", seconds=0.5)
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize("function", [eats_memory, dies])
def test_too_much_memory_or_a_crash_is_a_sentence(function: object) -> None:
    with pytest.raises(Refused, match="too large or too intricate"):
        airlock.run(function, "")  # type: ignore[arg-type]


def test_a_hijacked_child_can_send_no_code() -> None:
    with pytest.raises(Refused):
        airlock.run(sends_code, "")


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("crm.formats.writing", "tempfile._os.system"),
        ("crm.formats.reading", "Path.touch"),
        ("crm.formats.table", "Sheet.__init__.__globals__"),
        ("crm.documents.readers", "Path"),
        ("crm.formats", "write"),
        ("datetime", "sys.modules"),
        ("os", "system"),
    ],
)
def test_a_hijacked_child_can_have_nothing_called_out_here(
    tmp_path: Path, module: str, name: str
) -> None:
    word = f"touch {tmp_path}/ran" if name.endswith("system") else str(tmp_path / "ran")
    with pytest.raises(Refused, match="too intricate"):
        airlock.run(sends_a_call, module, name, word)
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_makes_no_sense_is_a_sentence() -> None:
    with pytest.raises(Refused, match="too intricate"):
        airlock.run(sends_nonsense, "")


def test_the_child_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        airlock.run(writes, str(tmp_path / "left-behind"))
    left = tmp_path / "left-behind"
    assert not left.exists() or left.stat().st_size == 0


def test_a_file_of_sixty_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    with pytest.raises(Refused, match="too large"):
        airlock.run(gives_sheet, str(huge))
