"""The start: the last file opens by itself, or its phrase is asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crm import computer, glance, vault
from crm import db as door
from crm.cipher import salt_of
from tests import coalition
from tests.conftest import KEY
from ui.opening import Opening
from ui.tasks import Tasks
from ui.window import Window

ROOT = Path(__file__).parents[2]
PHRASE = "moulin cerise wagon avril lanterne"


@pytest.fixture
def starting(qtbot: QtBot) -> Iterator[Window]:
    """A window as it stands at the start, before any file is open."""
    window = Window(Tasks())
    qtbot.addWidget(window)
    window.show()
    yield window
    opening = window.findChild(Opening)
    window.tasks.close()
    if isinstance(opening, Opening):
        opening.close()


@pytest.fixture
def coalition_file(blank: Path, tmp_path: Path) -> Path:
    path = tmp_path / "coalition.cosigne"
    shutil.copy(blank, path)
    opened = door.open_(path, KEY)
    with opened.write("Setting up") as session:
        coalition.found(session)
    opened.close()
    computer.remember("workspace", str(path))
    computer.remember("place", "directory")
    return path


def test_the_first_page_is_the_one_that_everything_else_shows(coalition_file: Path) -> None:
    from crm import contacts

    seen = glance.first_page(coalition_file, KEY)
    opened = door.open_(coalition_file, KEY)
    with opened.read() as session:
        rows = contacts.rows(session, contacts.ids(session))
    opened.close()
    assert [tuple(vars(row).values()) for row in seen] == [tuple(vars(r).values()) for r in rows]


def test_a_file_whose_key_is_kept_opens_by_itself(
    coalition_file: Path, keyring: None, starting: Window, qtbot: QtBot
) -> None:
    assert vault.keep_key(KEY)
    Opening(starting).begin()
    page = starting.page("directory")
    qtbot.waitUntil(lambda: page.records.rowCount() == 30)
    qtbot.waitUntil(lambda: starting.tasks.is_open)
    qtbot.waitUntil(lambda: page.figure.text() == "30 organisations")


def test_without_a_keyring_the_phrase_is_asked_for_and_opens_the_file(
    tmp_path: Path, starting: Window, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.cosigne"
    door.create(path, vault.new_key(PHRASE)).close()
    assert salt_of(path)
    computer.remember("workspace", str(path))
    Opening(starting).begin()
    with qtbot.waitSignal(starting.arrived):
        pass
    page = starting.page("unlock")
    assert starting.stage.currentWidget() == page
    assert not starting.sidebar.isVisible()
    page.phrase.setText("another phrase altogether")
    page.button.click()
    qtbot.waitUntil(lambda: "not that phrase" in page.said(), timeout=20_000)
    page.phrase.setText(PHRASE)
    page.button.click()
    qtbot.waitUntil(lambda: starting.tasks.is_open, timeout=20_000)
    assert starting.sidebar.isVisible()


def test_a_file_that_is_open_elsewhere_says_so(
    coalition_file: Path, keyring: None, starting: Window, qtbot: QtBot
) -> None:
    assert vault.keep_key(KEY)
    other = door.open_(coalition_file, KEY)
    Opening(starting).begin()
    qtbot.waitUntil(lambda: starting.page("unlock") is not None)
    said = starting.page("unlock").said()
    other.close()
    assert "already open in another Cosigne window" in said
    assert starting.findChildren(QLabel)


def test_the_whole_program_starts_as_a_secretary_starts_it(tmp_path: Path) -> None:
    order = (
        "import gc, linecache, sys, main\n"
        "from PySide6.QtCore import QTimer\n"
        "from ui import app\n"
        "begin = app.begin\n"
        "def seen(program, window):\n"
        "    here = window.stage.currentWidget().metaObject().className()\n"
        "    read = [each for each in linecache.cache if each.endswith('errors.py')]\n"
        "    print(here, gc.isenabled(), gc.get_freeze_count() > 0, read)\n"
        "    program.quit()\n"
        "def watched():\n"
        "    started = program, window, opening = begin()\n"
        "    print(gc.isenabled(), gc.get_freeze_count() > 0)\n"
        "    QTimer.singleShot(0, program, lambda: seen(program, window))\n"
        "    return started\n"
        "app.begin = watched\n"
        "sys.exit(main.window())\n"
    )
    around = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "COSIGNE_CONFIG_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", order], env=around, capture_output=True, text=True, check=False,
        timeout=60, cwd=ROOT,
    )  # fmt: skip
    # No garbage is ever looked for among what the start loaded, nor by a thread that happens to
    # need memory; and no source of ours is read a second time.
    assert done.stdout.splitlines() == ["False False", "Welcome False True []"], done.stderr
