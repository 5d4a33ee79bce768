"""From exec to the first painted row of 100,000 organisations, beside git-cola in the same run.

`python -m tests.bench.start [ROUNDS]`, under a virtual screen, warm, the key from a real keyring.
Needs Debian's xvfb, x11-utils and git-cola; prints each median, their ratio, and the memory.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from crm import db as door
from crm import settings, vault
from crm.cipher import Key
from tests import coalition
from tests.secret_service import secret_service

KEY = Key(b"p" * 32, b"picturespictures")
MANY = 100_000
PATIENCE = 10  # seconds until a window must be there
_CHILD = """
import gc, os, sys, time
gc.disable()  # as main.py does
from ui import app as start
from PySide6.QtCore import QTimer
app, window, opening = start.begin()
def look():
    page = window.page("directory")
    rows = page.records if page is not None else None
    seen = rows and rows.rowCount() and rows.index(0, 0).data() not in (None, "", "…")
    if seen:
        page.table.viewport().repaint()
        print("first row", time.time() - float(os.environ["BEGUN"]), flush=True)
        print(open("/proc/self/smaps_rollup").read(), flush=True)
        os._exit(0)
watch = QTimer(interval=2); watch.timeout.connect(look); watch.start()
app.exec()
"""


def make(folder: Path) -> Path:
    """A workspace of many invented organisations."""
    path = folder / "big.cosigne"
    made = door.create(path, KEY)
    with made.write("A new workspace", kind="final") as session:
        settings.found_workspace(session, association="Collectif Aube")
        coalition.organisations(session, MANY)
    made.close()
    return path


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen of its own; its name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def ours(around: dict[str, str]) -> tuple[float, float]:
    """Seconds to the first painted row, and the memory then, in MB."""
    said = subprocess.run(
        [sys.executable, "-c", _CHILD], env={**around, "BEGUN": repr(time.time())},
        capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    seconds, memory = re.search(r"first row ([\d.]+)", said), re.search(r"Pss:\s+(\d+)", said)
    assert seconds is not None
    assert memory is not None
    return float(seconds[1]), int(memory[1]) / 1024


def theirs(around: dict[str, str], repository: Path) -> tuple[float, float]:
    """Seconds to git-cola's first window of some size, and its memory then, in MB."""
    begun = time.time()
    process = subprocess.Popen(
        ["git-cola"], cwd=repository, env=around, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while time.time() - begun < PATIENCE:
            tree = subprocess.run(
                ["xwininfo", "-root", "-tree"], env=around, capture_output=True, text=True,
                check=False,
            ).stdout  # fmt: skip
            sizes = re.findall(r"ola.*?\s(\d+)x(\d+)\+", tree)
            if any(int(wide) > 200 and int(tall) > 200 for wide, tall in sizes):
                seconds = time.time() - begun
                held = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
                found = re.search(r"Pss:\s+(\d+)", held)
                return seconds, int(found[1]) / 1024 if found else 0.0
            time.sleep(0.003)
    finally:
        process.kill()
        process.wait()
    return theirs(around, repository)  # now and then it hangs at its start: not measured


def main(rounds: int) -> int:
    """Rounds in turn, so that a busy moment is shared."""
    if not all(shutil.which(name) for name in ("Xvfb", "git-cola", "xwininfo")):
        print("This measure needs Debian's xvfb, x11-utils and git-cola.")
        return 2
    with (
        tempfile.TemporaryDirectory() as made,
        screen() as display,
        secret_service(Path(made) / "secrets") as places,
    ):
        os.environ.update(places)
        folder = Path(made)
        path = make(folder)
        vault.keep_key(KEY)
        choices = {"workspace": str(path), "place": "directory", "language": "fr"}
        (folder / "choices.json").write_text(json.dumps(choices), encoding="utf-8")
        subprocess.run(["git", "init", "-q", str(folder / "repository")], check=True)
        around = {
            **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb",
            "COSIGNE_CONFIG_DIR": str(folder), "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        }  # fmt: skip
        around.pop("PYTHONDONTWRITEBYTECODE", None)
        ours(around), theirs(around, folder / "repository")  # warm
        both = [(ours(around), theirs(around, folder / "repository")) for _round in range(rounds)]
    mine, git_cola = median(a[0] for a, _b in both), median(b[0] for _a, b in both)
    print(f"Cosigne {mine:.3f} s, git-cola {git_cola:.3f} s, ratio {mine / git_cola:.2f}")
    print(
        f"memory: Cosigne {median(a[1] for a, _b in both):.0f} MB, "
        f"git-cola {median(b[1] for _a, b in both):.0f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8))
