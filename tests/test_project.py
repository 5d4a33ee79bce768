"""The project as a stranger finds it."""

from __future__ import annotations

import ipaddress
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

HOUSE = Path(__file__).parent.parent
PRIVATE = (".local", ".lan", ".internal", ".corp", ".home", ".test")


def _fit_to_commit(address: str) -> bool:
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        named = "." in host and not host.endswith(PRIVATE)
        return named and parts.scheme == "https" and not (parts.port or parts.username)
    return False


def test_the_lock_file_names_public_places_only() -> None:
    text = (HOUSE / "uv.lock").read_text(encoding="utf-8")
    addresses = set(re.findall(r'"((?:[a-z+]+)://[^"]*)"', text))
    assert addresses
    assert not {address for address in addresses if not _fit_to_commit(address)}
    assert len({urlsplit(address).hostname for address in addresses}) <= 2


def test_a_long_day_of_calls_does_not_abort_the_program() -> None:
    """PySide6 6.12.0 takes a reference from None at each call and aborts on Python 3.11."""
    calls = (
        "from PySide6.QtWidgets import QApplication, QWidget;"
        "app = QApplication([]); w = QWidget();"
        "[w.setWindowTitle('x') for _ in range(20000)]; print('alive')"
    )
    done = subprocess.run(
        [sys.executable, "-c", calls], capture_output=True, text=True, check=False,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
    )  # fmt: skip
    assert done.stdout.strip() == "alive", done.stderr
