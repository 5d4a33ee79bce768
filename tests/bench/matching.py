"""Ten thousand written lines against every known name, from the encrypted file: time and memory.

`python -m tests.bench.matching [LINES] [NAMES …]`: 10,000 against 1,000, 10,000 and 100,000 by
default, each in a process of its own, beside rapidfuzz's best match over the same names.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rapidfuzz import fuzz, process
from sqlalchemy import insert

from crm import db as door
from crm import settings, words
from crm.cipher import Key
from crm.db import Database
from crm.duplicates import KnownNames
from crm.schema import Name, Organisation
from tests.bench.names import register, written

KEY = Key(b"p" * 32, b"picturespictures")
TRIED = 30  # lines given to the plain best match, which is too slow for all


def main(lines: int, sizes: list[int]) -> int:
    """Measure every size, and how it grows."""
    for size in sizes:
        order = [sys.executable, "-m", "tests.bench.matching", "--one", str(lines), str(size)]
        subprocess.run(order, check=True)
    return 0


def one(lines: int, size: int) -> None:
    """Measure one size."""
    known = register(size)
    asked = written(known, lines)
    with tempfile.TemporaryDirectory() as folder:
        db = _workspace(Path(folder) / "big.cosigne", known)
        words.identity.cache_clear()
        start = time.perf_counter()
        with db.read() as session:
            names = KnownNames.load(session)
        loaded = time.perf_counter()
        found = [names.match(name, country=country) for name, country, _at in asked]
        done = time.perf_counter()
        db.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    plain = [name for name, _country in known]
    began = time.perf_counter()
    for name, _country, _at in asked[:TRIED]:
        process.extractOne(name, plain, scorer=fuzz.WRatio)
    bare = (time.perf_counter() - began) / TRIED * lines
    said = Counter(
        f"{match.relation} {'right' if match.organisation_id == at + 1 else 'wrong'}"
        if at >= 0
        else f"nobody's: {match.relation}"
        for match, (_name, _country, at) in zip(found, asked, strict=True)
    )
    print(
        f"{lines} lines, {size} names: loaded {loaded - start:.2f} s,"
        f" matched {done - loaded:.2f} s,"
        f" together {done - start:.2f} s; {memory} MB; rapidfuzz alone about {bare:.0f} s"
    )
    print("   ", dict(said))


def _workspace(path: Path, known: list[tuple[str, str]]) -> Database:
    db = door.create(path, KEY)
    with db.write("A new workspace", kind="final") as session:
        settings.found_workspace(session, association="Collectif Aube")
        session.execute(
            insert(Organisation),
            [{"id": at, "country": country} for at, (_name, country) in enumerate(known, 1)],
        )
        session.execute(
            insert(Name),
            [
                {
                    "organisation_id": at, "text": name, "sort_key": words.sort_key(name),
                    "folded": words.fold(name), "key": words.identity(name),
                    "initials": words.initials(name), "displayed": True,
                }
                for at, (name, _country) in enumerate(known, 1)
            ],
        )  # fmt: skip
    return db


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--one"]:
        one(int(arguments[1]), int(arguments[2]))
    else:
        numbers = [int(each) for each in arguments] or [10_000, 1_000, 10_000, 100_000]
        sys.exit(main(numbers[0], numbers[1:]))
