"""Kill the sender at random moments, many times: nobody twice, nobody lost, every doubt shown.

`python -m tests.bench.kill_sending [KILLS] [MESSAGES]`: 200 and 2,000 by default.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from crm import contacts, mailings, post, settings
from crm import db as door
from crm.cipher import Key
from crm.db import Database, finish
from crm.mailings import Sender
from crm.schema import Delivery

KEY = Key(b"k" * 32, b"saltsaltsaltsalt")
DEAD_EVERY = 25
FASTER = 600  # the sender's clock: ten minutes of waiting in a second


@dataclass(frozen=True)
class Outcome:
    """What the server accepted beside what the ledger says."""

    recipients: int
    accepted: int
    twice: int
    lost: int  # in the ledger as sent, never accepted; or in no final state
    unsaid: int  # accepted, and the ledger neither says sent nor uncertain
    states: dict[str, int]
    kills: int
    faults: list[str]


def open_(place: str, who: str = "Ana") -> Database:
    """The workspace: a file here, or a shared one."""
    if not place.startswith("postgresql:"):
        return door.open_(Path(place), KEY)
    from crm.db import server as shared

    return shared.call(shared.address(place), None, who)


def make(made: Database, port: int, messages: int) -> int:
    """A mailing prepared for so many partners in an empty workspace; its id."""
    with made.write("Coalition", kind="final") as session:
        settings.found_workspace(session, association="Collectif Aube", sheet_verified=True)
        box = mailings.keep_account(
            session, "aube@aube.example", sender="Collectif Aube", host="127.0.0.1", port=port,
            security="none", per_hour=10_000_000,
        )  # fmt: skip
        for number in range(messages):
            each = contacts.add_organisation(session, f"Comité {number:05}")
            local = "dead" if number % DEAD_EVERY == 0 else "info"
            contacts.add_address(session, f"{local}{number:05}@rive.example", organisation_id=each)
        mailing_id = mailings.draft(
            session, subject="Pour {{ organisation }}", body="{{ salutation }},\n\nBonjour.\n",
            account_id=box, language="fr",
        )  # fmt: skip
        mailings.prepare(session, mailing_id)
    return mailing_id


def child(place: str, mailing_id: int, begun: float, who: str) -> None:
    """Send until all is settled or until killed; says when the work begins."""
    db = open_(place, who)
    epoch = datetime(2026, 1, 1, tzinfo=UTC)
    sender = Sender(
        lambda line: post.SmtpCarrier(line.server, patience=10),
        now=lambda: epoch + timedelta(seconds=(time.time() - begun) * FASTER),
        wait=lambda seconds: time.sleep(seconds / FASTER),
    )
    print("sending", flush=True)
    finish(mailings.send(db, mailing_id, sender))
    db.close()


@contextmanager
def server(truth: Path, faults: float, seed: int) -> Iterator[int]:
    """A faulty server in a process of its own; its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.faulty_server", str(truth), str(faults), str(seed)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def run(folder: Path, kills: int, messages: int, *, faults: float = 1.0, seed: int = 1) -> Outcome:
    """Kill the sender so many times, let it finish, and compare with the server's truth."""
    path, truth = folder / "coalition.cosigne", folder / "truth.txt"
    dice = random.Random(seed)
    with server(truth, faults, seed) as port:
        made = door.create(path, KEY)
        mailing_id = make(made, port, messages)
        made.close()
        order = command(str(path), mailing_id)
        # Spread the kills over the whole mailing: about so many messages between two of them.
        stretch = 2 * messages / max(1, kills) * 0.006
        done = 0
        while True:
            sender = subprocess.Popen(order, stdout=subprocess.PIPE, text=True)
            assert sender.stdout is not None
            sender.stdout.readline()
            if done < kills:
                try:
                    sender.wait(dice.uniform(0, stretch))
                except subprocess.TimeoutExpired:
                    sender.send_signal(signal.SIGKILL)
                    done += 1
            sender.wait()
            if sender.returncode == 0:
                break
    return judge(str(path), truth, mailing_id, done)


def command(place: str, mailing_id: int, who: str = "Ana") -> list[str]:
    """A sender in a process of its own."""
    return [sys.executable, "-m", "tests.bench.kill_sending", "--child", place, str(mailing_id),
            str(time.time()), who]  # fmt: skip


def judge(place: str, truth: Path, mailing_id: int, kills: int) -> Outcome:
    """The ledger beside what the server accepted."""
    accepted = Counter(
        line.split("\t")[1] for line in truth.read_text(encoding="utf-8").splitlines()
    )
    db = open_(place)
    with db.read() as session:
        rows = session.execute(
            select(Delivery.message_id, Delivery.state).where(Delivery.mailing_id == mailing_id)
        ).all()
    final = ("sent", "refused", "uncertain", "skipped", "cancelled")
    outcome = Outcome(
        recipients=len(rows),
        accepted=sum(accepted.values()),
        twice=sum(count - 1 for count in accepted.values()),
        lost=sum(
            (row.state == "sent" and not accepted[row.message_id]) or row.state not in final
            for row in rows
        ),
        unsaid=sum(
            accepted[row.message_id] > 0 and row.state not in ("sent", "uncertain") for row in rows
        ),
        states=dict(Counter(row.state for row in rows)),
        kills=kills,
        faults=db.faults(),
    )
    db.close()
    return outcome


def main() -> None:
    """Print the outcome, and fail when a promise is broken."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), sys.argv[5])
        return
    kills, messages = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (200, 2000)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), kills, messages)
    print(outcome, f"{time.monotonic() - begun:.0f} s")
    sys.exit(bool(outcome.twice or outcome.lost or outcome.unsaid or outcome.faults))


if __name__ == "__main__":
    main()
