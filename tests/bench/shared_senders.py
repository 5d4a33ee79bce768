"""Several computers send one mailing from a shared workspace, and are killed: nobody twice.

`python -m tests.bench.shared_senders [SENDERS] [MESSAGES] [KILLS]`: 3, 5,000 and 60 by default.
A real PostgreSQL, real processes, and the faulty mail server of `kill_sending`.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from crm.db import server as shared
from tests.bench import kill_sending
from tests.bench.kill_sending import Outcome
from tests.postgres import postgres

NAMES = ("Ana", "Paul", "Camille", "Ines", "Marek", "Lena")


def run(senders: int, messages: int, kills: int, *, seed: int = 1) -> Outcome:
    """Let them send together, kill one of them at random so many times, and judge."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, postgres() as running:
        truth = Path(folder) / "truth.txt"
        with psycopg.connect(running.url("postgres"), autocommit=True) as line:
            line.execute("CREATE DATABASE coalition")
        place = running.url("coalition")
        shared.found(shared.address(place), None)
        with kill_sending.server(truth, 1.0, seed) as port:
            made = kill_sending.open_(place)
            mailing_id = kill_sending.make(made, port, messages)
            made.close()
            done = _send(place, mailing_id, senders, messages, kills, dice)
        return kill_sending.judge(place, truth, mailing_id, done)


def _send(
    place: str, mailing_id: int, senders: int, messages: int, kills: int, dice: random.Random
) -> int:
    """Kill and start again until every one of them ended by itself; how many were killed."""
    working = {who: _start(place, mailing_id, who) for who in NAMES[:senders]}
    for process in working.values():
        _ready(process)
    pause = messages * 0.02 / max(1, kills)  # seconds: spread over the whole mailing
    done = 0
    while working:
        if done < kills:
            time.sleep(dice.uniform(0, 2 * pause))
            who = dice.choice(sorted(working))
            working[who].send_signal(signal.SIGKILL)
            if working[who].wait() == -signal.SIGKILL:
                done += 1
                working[who] = _ready(_start(place, mailing_id, who))
        for who, process in list(working.items()):
            if done < kills and process.poll() is None:
                continue
            if process.wait() == 0:
                del working[who]
            else:
                working[who] = _ready(_start(place, mailing_id, who))
    return done


def _start(place: str, mailing_id: int, who: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        kill_sending.command(place, mailing_id, who), stdout=subprocess.PIPE, text=True
    )


def _ready(started: subprocess.Popen[str]) -> subprocess.Popen[str]:
    """Once it says that its work begins."""
    assert started.stdout is not None
    started.stdout.readline()
    return started


def main() -> None:
    """Print the outcome, and fail when a promise is broken."""
    senders, messages, kills = map(int, sys.argv[1:4]) if len(sys.argv) > 3 else (3, 5000, 60)
    begun = time.monotonic()
    outcome = run(senders, messages, kills)
    print(senders, "senders:", outcome, f"{time.monotonic() - begun:.0f} s")
    sys.exit(bool(outcome.twice or outcome.lost or outcome.unsaid))


if __name__ == "__main__":
    main()
