"""What every test may ask for: a real workspace, and a computer of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before any window is made: no test needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from crm import db as door
from crm import language, settings, vault
from crm.cipher import Key
from crm.db import Database
from tests.secret_service import secret_service

KEY = Key(b"k" * 32, b"saltsaltsaltsalt")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out by selection, and say, what needs root when there is none."""
    if getattr(os, "geteuid", lambda: 0)() == 0:
        return
    needs = [item for item in items if item.get_closest_marker("root")]
    items[:] = [item for item in items if item not in needs]
    config.hook.pytest_deselected(items=needs)


@pytest.fixture(autouse=True)
def own_computer(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choices, folders and language of this test alone."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("COSIGNE_CONFIG_DIR", str(home / "config"))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("COSIGNE_PASSPHRASE", raising=False)
    vault.take_phrase()  # nor one that a command before it did not use
    language.use("en")


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workspace, made once and copied for each test."""
    path = tmp_path_factory.mktemp("blank") / "blank.cosigne"
    made = door.create(path, KEY)
    with made.write("A new workspace", kind="final") as session:
        settings.found_workspace(session, association="Collectif Exemple", secretary="Ana")
    made.close()
    return path


@pytest.fixture
def workspace(blank: Path, tmp_path: Path) -> Path:
    """The path of a new workspace, shut."""
    path = tmp_path / "coalition.cosigne"
    shutil.copy(blank, path)
    return path


@pytest.fixture
def db(workspace: Path) -> Iterator[Database]:
    """A new workspace, open: a real SQLCipher file."""
    opened = door.open_(workspace, KEY)
    yield opened
    opened.close()


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real, unlocked Secret Service of this test alone."""
    with secret_service(tmp_path / "secrets") as places:
        for name, value in places.items():
            monkeypatch.setenv(name, value)
        yield


@pytest.fixture(autouse=True)
def no_keyring_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that did not ask for a keyring find none."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
