"""Several secretaries edit the same few records at once: no word of anybody is lost.

`python -m tests.bench.shared_edits [CLIENTS] [EDITS] [RECORDS]`: 3, 1,000 and 50 by default.
A real PostgreSQL, a process for each secretary; each edit adds one word to the notes of a record.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass

import psycopg
from sqlalchemy import func, select

from crm import contacts, settings
from crm.clashes import Clashing
from crm.db import Database
from crm.db import server as shared
from crm.schema import Act, Organisation
from tests.postgres import postgres


@dataclass(frozen=True)
class Outcome:
    """What was written beside what stands there."""

    edits: int
    clashes: int  # edits that had to be made again on what somebody else had written
    lost: int
    doubled: int
    unsigned: int  # edits that the journal does not give to the one who made them
    seconds: float


def child(place: str, who: str, edits: int) -> None:
    """Make so many edits; prints how many times somebody else had been there before."""
    db = shared.call(shared.address(place), None, who)
    dice = random.Random(who)
    with db.read() as session:
        ids = contacts.ids(session)
    print("ready", flush=True)
    sys.stdin.readline()
    clashes = sum(_edit(db, dice.choice(ids), f"{who}-{number}") for number in range(edits))
    db.close()
    print(clashes)


def _edit(db: Database, organisation_id: int, word: str) -> int:
    """Add a word as a form does: shown, changed, saved; how often it had to be done again."""
    clashes = 0
    seen = _notes(db, organisation_id)
    while True:
        try:
            with db.write(f"Change {word}") as session:
                contacts.change(
                    session, "organisation", organisation_id, before={"notes": seen},
                    notes=f"{seen or ''} {word}".strip(),
                )  # fmt: skip
        except Clashing as why:
            clashes += 1
            seen = why.clashes[0].theirs
        else:
            return clashes


def _notes(db: Database, organisation_id: int) -> str | None:
    with db.read() as session:
        return session.scalar(select(Organisation.notes).where(Organisation.id == organisation_id))


def run(clients: int, edits: int, records: int) -> Outcome:
    """Let them edit at once, and count every word."""
    with postgres() as running:
        with psycopg.connect(running.url("postgres"), autocommit=True) as line:
            line.execute("CREATE DATABASE coalition")
        place = running.url("coalition")
        shared.found(shared.address(place), None)
        db = shared.call(shared.address(place), None, "Ana")
        with db.write("A new workspace", kind="final") as session:
            settings.found_workspace(session)
            for number in range(records):
                contacts.add_organisation(session, f"Comité {number:03}")
        names = [f"secretary{number}" for number in range(clients)]
        working = [_start(place, who, edits) for who in names]
        begun = time.monotonic()
        for each in working:
            assert each.stdin is not None
            each.stdin.write("go\n")
            each.stdin.flush()
        clashes = sum(int(_last_line(each)) for each in working)
        seconds = time.monotonic() - begun
        outcome = _judge(db, names, edits, clashes, seconds)
        db.close()
        return outcome


def _start(place: str, who: str, edits: int) -> subprocess.Popen[str]:
    order = [sys.executable, "-m", "tests.bench.shared_edits", "--child", place, who, str(edits)]
    started = subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    started.stdout.readline()
    return started


def _last_line(working: subprocess.Popen[str]) -> str:
    said, _nothing = working.communicate()
    assert working.returncode == 0
    return said


def _judge(db: Database, names: list[str], edits: int, clashes: int, seconds: float) -> Outcome:
    wanted = {f"{who}-{number}" for who in names for number in range(edits)}
    with db.read() as session:
        notes = session.scalars(select(Organisation.notes)).all()
        signed = session.execute(
            select(Act.who, func.count()).where(Act.who.in_(names)).group_by(Act.who)
        )
        counts = {who: count for who, count in signed}
        unsigned = sum(abs(edits - counts.get(who, 0)) for who in names)
    words = Counter(word for each in notes for word in (each or "").split())
    return Outcome(
        edits=len(wanted),
        clashes=clashes,
        lost=sum(word not in words for word in wanted),
        doubled=sum(count - 1 for count in words.values()),
        unsigned=unsigned,
        seconds=seconds,
    )


def main() -> None:
    """Print the outcome, and fail when a promise is broken."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3], int(sys.argv[4]))
        return
    clients, edits, records = map(int, sys.argv[1:4]) if len(sys.argv) > 3 else (3, 1000, 50)
    outcome = run(clients, edits, records)
    print(outcome)
    sys.exit(bool(outcome.lost or outcome.doubled or outcome.unsigned))


if __name__ == "__main__":
    main()
