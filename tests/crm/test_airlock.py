"""Strangers' files are read in a child process, with limits."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from crm import airlock
from crm.errors import Refused, Unreachable
from crm.formats import Sheet, Workbook


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


def writes(name: str) -> None:
    Path(name).write_text("a contact's name", encoding="utf-8")


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
