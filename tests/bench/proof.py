"""How long proof-reading an appeal takes, and how that grows with its list.

`python -m tests.bench.proof [NAMES …]`: for each size, seconds of work for the text against who
signed, and for the whole of what the window does (text, list to print, directory); then the growth
from one size to the next: 1.0 is as fast as the list grows, 2.0 is its square.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Generator
from math import log
from pathlib import Path

from crm import contacts, proof, reading
from crm import db as door
from crm.cipher import Key
from crm.db import Database, Step
from crm.documents import from_text
from crm.duplicates import KnownNames
from crm.reading import Review
from tests import long_list

SIZES = (43, 500, 2_000)


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print a line for each size."""
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            db = door.create(Path(folder) / f"{size}.cosigne", Key(b"p" * 32, b"picturespictures"))
            text, whole, findings = _timed(db, size)
            growth = log(whole / before[1]) / log(size / before[0]) if before else 0.0
            print(
                f"{size:>6,} names: {text:6.2f} s the text, {whole:6.2f} s in all, "
                f"{findings} findings" + (f", growth {growth:.2f}" if before else "")
            )
            before = size, whole
            db.close()


def _timed(db: Database, size: int) -> tuple[float, float, int]:
    appeal_id = _recorded(db, size)
    document = from_text("appel.md", _text(size))
    with db.read() as session:
        began = time.process_time()
        proof.of_document(document, proof.roll_of(session, appeal_id))
        text = time.process_time() - began
    began = time.process_time()
    with db.read() as session:
        findings = proof.of_appeal(session, appeal_id)
    return text, time.process_time() - began, len(findings)


def _text(size: int) -> str:
    """The appeal with an annex of addresses: one in twenty is spelt otherwise, or a stranger's."""
    annex = []
    for at, name in enumerate(long_list.names(size)):
        written = name.replace("de ", "dde ", 1) if at % 20 == 7 else name
        address = f"{'kontakt' if at % 20 == 9 else name.split()[-1].lower()}@n{at}.example"
        annex.append(f"{written}\n\n[{address}](mailto:{address})")
    return "\n\n".join((long_list.text(size), "## Contacts", *annex)) + "\n"


def _recorded(db: Database, size: int) -> int:
    with db.read() as session:
        review = Review(long_list.reading(size), KnownNames.load(session))
    made = _ended(db.carry_out("Read", reading.record, review, None))
    appeal_id = int(made.appeal_id)
    with db.write("Its text") as session:
        contacts.change(session, "appeal", appeal_id, text=_text(size))
    return appeal_id


def _ended(walk: Generator[Step, None, reading.Recorded]) -> reading.Recorded:
    while True:
        try:
            next(walk)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
