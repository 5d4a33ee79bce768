"""The search as she types, in a file and on a server: the same answers, and how long each takes.

`python -m tests.bench.search_engines [ORGANISATIONS]`: 100,000 by default.  Both hold the same
invented coalition; each word is asked of both in turn, in one run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import psycopg

from crm import db as door
from crm import search, settings
from crm.cipher import Key
from crm.db import Database, moving
from crm.db import server as shared
from tests import coalition
from tests.postgres import postgres

KEY = Key(b"p" * 32, b"picturespictures")
ROUNDS = 3
WORDS = (
    "l", "li", "lig", "ligue", "ligue h", "ligue horizon", "horizon ligue", "équipe", "equipe",
    "comité 04", "syndicat des ports", "SNTS", "lh", "réseau européen", "Œuvre", "oeuvre",
    "contact@", "@horizon.example", "secretaria", "nothing at all", "zzzz", "12345", "00042",
    "des", "du travail", "nationale", "bundesinitiative", "Freie Chöre", "ponte dei", "'", "%",
    "people for", "coordination féministe", "fnlp", "platforma", "парол", "horizon 999",
)  # fmt: skip


def main(organisations: int) -> int:
    """Ask both, print the medians, the 95th percentiles and their ratio."""
    with tempfile.TemporaryDirectory() as folder, postgres() as running:
        file = door.create(Path(folder) / "big.cosigne", KEY)
        with file.write("A new workspace", kind="final") as session:
            settings.found_workspace(session, association="Collectif Aube")
            coalition.organisations(session, organisations)
        with psycopg.connect(running.url("postgres"), autocommit=True) as line:
            line.execute("CREATE DATABASE coalition")
        url = shared.address(running.url("coalition"))
        server = door.finish(moving.to_server(file, url, None, "Ana"))
        with psycopg.connect(running.url("coalition"), autocommit=True) as line:
            line.execute("VACUUM ANALYZE")  # as the server does by itself in the hours after
        took: tuple[list[float], list[float]] = ([], [])
        different = []
        for _round in range(ROUNDS + 1):
            for typed in WORDS:
                answers = [_asked(each, typed) for each in (file, server)]
                if answers[0][0] != answers[1][0]:
                    different.append(typed)
                if _round:  # the first only warms both
                    for kept, (_hits, seconds) in zip(took, answers, strict=True):
                        kept.append(seconds * 1000)
        server.close()
        file.close()
    for name, each in zip(("file", "server"), took, strict=True):
        print(f"{name}: p50 {median(each):.1f} ms, p95 {quantiles(each, n=20)[-1]:.1f} ms")
    ratio = quantiles(took[1], n=20)[-1] / quantiles(took[0], n=20)[-1]
    print(f"server / file at p95: {ratio:.2f}; answered differently: {sorted(set(different))}")
    return int(bool(different))


def _asked(db: Database, typed: str) -> tuple[list[tuple[str, int]], float]:
    begun = time.perf_counter()
    with db.read() as session:
        found = search.find(session, typed)
    return [(each.noun, each.id) for each in found], time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
