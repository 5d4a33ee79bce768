"""A real Secret Service for tests: a private D-Bus session and an unlocked gnome-keyring.

Nothing of the user's own keyring is touched; the store is gone when the test ends.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDS = ("dbus-daemon", "gnome-keyring-daemon")


def missing() -> list[str]:
    """The programs this machine lacks for it."""
    return [name for name in NEEDS if shutil.which(name) is None]


@contextmanager
def secret_service(folder: Path, *, unlocked: bool = True) -> Iterator[dict[str, str]]:
    """The environment variables under which a keyring answers."""
    places = {
        f"XDG_{kind.upper()}_HOME": str(folder / kind) for kind in ("data", "config", "cache")
    }
    places["XDG_RUNTIME_DIR"] = str(folder / "run")
    for place in places.values():
        Path(place).mkdir(mode=0o700, parents=True, exist_ok=True)
    around = {**os.environ, **places}
    around.pop("DISPLAY", None)
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=around, text=True,
    )  # fmt: skip
    keyring = None
    try:
        assert bus.stdout is not None
        places["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        around |= places
        if unlocked:
            keyring = subprocess.Popen(
                ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=around,
            )
            assert keyring.stdin is not None
            keyring.stdin.write(b"test-only")
            keyring.stdin.close()
            _wait_for_service(around)
        yield places
    finally:
        for process in (keyring, bus):
            if process is not None:
                process.send_signal(signal.SIGTERM)
                process.wait(10)


def _wait_for_service(around: dict[str, str]) -> None:
    """Ask the bus until our own keyring holds the service's name, without activating another."""
    asked = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus",
             "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner",
             "string:org.freedesktop.secrets"]  # fmt: skip
    end = time.monotonic() + 20
    while time.monotonic() < end:
        answer = subprocess.run(asked, env=around, capture_output=True, text=True, check=False)
        if "boolean true" in answer.stdout:
            return
    raise RuntimeError("the Secret Service did not start")
