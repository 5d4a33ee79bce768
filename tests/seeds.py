"""The program against the five real documents it exists for: `python -m tests.seeds [SHARED]`.

Prints every figure beside what it must be and leaves with 1 when one falls short.  The
documents stay where they are: nothing of them is written outside a temporary folder.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm import db as door
from crm import language, settings, words
from crm.cipher import Key
from crm.db import Database, Step
from crm.documents import read
from crm.duplicates import KnownNames
from crm.publishing import prepare
from crm.reading import Reading, Recorded, Review, record, understand
from tests.rendering import SOFFICE, facts, render

KEY = Key(b"s" * 32, b"saltsaltsaltsalt")
REQUIRED = {"000": 7, "001": 11, "002": 43, "003": 0, "004": 0}
DATES = {"000": "2026-07-02", "001": "2023-08-30", "002": "2026-05-21"}
ASKABLE = "ask_the_secretary"


@dataclass
class Table:
    """Figures, each with what it must be."""

    short: int = 0
    slips: list[str] = field(default_factory=list)

    def row(self, what: str, got: Any, wanted: Any, *, well: bool | None = None) -> None:
        """One line; wrong unless equal, or as `well` says."""
        fine = got == wanted if well is None else well
        self.short += not fine
        say(f"{'ok ' if fine else 'NO '} {what:<58} {got!s:>12}  (must be {wanted})")


def say(line: str = "") -> None:
    """A line for whoever runs this."""
    sys.stdout.write(line + "\n")


def main(shared: Path) -> int:
    """0 when every figure is reached."""
    language.use("en")
    table = Table()
    texts = {path.name[:3]: path for path in sorted((shared / "seeds").glob("*.txt"))}
    truths = {
        name: json.loads((shared / "practice" / f"seed_{name}.json").read_text(encoding="utf-8"))
        for name in texts
    }
    readings = {name: understand(read(str(path))) for name, path in texts.items()}
    for name, reading in readings.items():
        _reading(table, name, reading, truths[name])
    emails = {email.lower() for reading in readings.values() for email in reading.emails}
    table.row("addresses in all", len(emails), 10)
    countries = _countries(readings["002"], truths["002"])
    table.row("countries of 002 right", countries, 37)
    with tempfile.TemporaryDirectory() as folder:
        _register(
            table, Path(folder), readings, {n: p.read_text("utf-8") for n, p in texts.items()}
        )
        _rendered(table, Path(folder) / "rendered", texts, readings)
    _names(table, json.loads((shared / "practice" / "names.json").read_text(encoding="utf-8")))
    for slip in table.slips:
        say(f"slip corrected: {slip}")
    say("every figure is reached" if not table.short else f"{table.short} figures fall short")
    return 1 if table.short else 0


# -- reading --------------------------------------------------------------------------------


def _reading(table: Table, name: str, reading: Reading, truth: dict[str, Any]) -> None:
    wanted = [one for one in truth["organisations"] if one["score"] == "required"]
    found = [one for one in wanted if _find(reading, one) is not None]
    table.row(f"{name}: required organisations found", len(found), REQUIRED[name])
    known = {id(_find(reading, one)) for one in truth["organisations"] if one["score"] != "mention"}
    wrong = [one.name for one in reading.organisations if id(one) not in known]
    table.row(f"{name}: false signatures", len(wrong) + sum(p.signs for p in reading.people), 0)
    if name in {"003", "004"}:
        table.row(f"{name}: empty list", len(reading.organisations), 0)
    table.row(
        f"{name}: roles right",
        sum(_find(reading, one).role == one["role"] for one in found),
        len(wanted),
    )
    owned = [one for one in wanted if one["email"]]
    right = [one for one in owned if (mine := _find(reading, one)) and mine.email == one["email"]]
    table.row(f"{name}: addresses with their organisation", len(right), len(owned))
    table.row(f"{name}: addresses", sorted(reading.emails) == sorted(truth["emails"]), True)
    table.row(f"{name}: language", reading.language, truth["language"])
    _one_of(table, f"{name}: kind", reading.kind, [truth["kind"], *truth.get("kind_accept", [])])
    _one_of(
        table, f"{name}: title", reading.title, [truth["title"], *truth.get("title_accept", [])]
    )
    day = reading.date.isoformat() if reading.date else None
    _one_of(table, f"{name}: date", day, [DATES.get(name), *truth.get("date_ok", [])])
    _one_of(table, f"{name}: place", reading.place, [truth["place"], *truth.get("place_ok", [])])
    events = {(e.on.isoformat(), e.at, e.place) for e in reading.events}
    table.row(
        f"{name}: rendezvous right",
        events == {(e["date"], e["time"], e["place"]) for e in truth["events"]},
        True,
    )
    headings = list(
        dict.fromkeys(o.heading_words for o in reading.organisations if o.heading_words)
    )
    table.row(f"{name}: headings", headings == truth.get("headings", []), True)


def _find(reading: Reading, wanted: dict[str, Any]) -> Any:
    spelt = {_plain(each) for each in (wanted["name"], *wanted.get("accept", []))}
    return next((one for one in reading.organisations if _plain(one.name) in spelt), None)


def _plain(name: str) -> str:
    """The name without the quotation marks a truth may give it; nothing else is forgiven."""
    return name.strip('«»“”" \u00a0')


def _one_of(table: Table, what: str, got: Any, accepted: list[Any]) -> None:
    table.row(what, "right" if got in accepted else repr(got), "right")


def _countries(reading: Reading, truth: dict[str, Any]) -> int:
    return sum(
        mine is not None and mine.country == one["country"]
        for one in truth["organisations"]
        if one["score"] == "required" and one["country"]
        for mine in [_find(reading, one)]
    )


# -- in every format ------------------------------------------------------------------------


def _rendered(
    table: Table, folder: Path, texts: dict[str, Path], readings: dict[str, Reading]
) -> None:
    """The documents as LibreOffice, a browser and a mail program render them."""
    if SOFFICE is None:
        say("    not rendered: LibreOffice is not here")
        return
    for name, files in render(folder, texts).items():
        known = facts(readings[name])
        same = [file.name for file in files if facts(understand(read(str(file)))) == known]
        other = sorted({file.name for file in files} - set(same))
        table.row(f"{name}: formats that read the same", len(same), len(files))
        for each in other:
            say(f"    otherwise: {each}")


# -- register, twice ------------------------------------------------------------------------


def _register(
    table: Table, folder: Path, readings: dict[str, Reading], texts: dict[str, str]
) -> None:
    db = door.create(folder / "seeds.cosigne", KEY)
    try:
        with db.write("A new workspace", kind="final") as session:
            settings.found_workspace(session, association="Seeds", secretary="Ana")
        done = {}
        for name, reading in readings.items():
            review = _reviewed(db, reading)
            questions = review.counts().questions
            _decide(review)
            done[name] = _carry_out(db, review, None)
            say(f"    {name} read: {review.counts()}, {questions} of them asked; {done[name]}")
        again = {}
        for name, reading in readings.items():
            review = _reviewed(db, reading)
            again[name] = review.counts()
            repeated = _carry_out(db, review, done[name].appeal_id)
            changed = (
                repeated.signatures
                + repeated.organisations
                + repeated.addresses
                + repeated.questions
            )
            table.row(f"{name}: changed by a second recording", changed, 0)
        table.row("new organisations the second time", sum(each.new for each in again.values()), 0)
        say(f"    asked again the second time: {sum(each.questions for each in again.values())}")
        _published(table, db, {name: each.appeal_id for name, each in done.items()}, texts)
    finally:
        db.close()


def _reviewed(db: Database, reading: Reading) -> Review:
    with db.read() as session:
        return Review(reading, KnownNames.load(session))


def _decide(review: Review) -> None:
    """Answer as the secretary would who knows these sections and takes no name for another."""
    while question := review.question():
        review.answer(question.index, "section" if question.relation == "branch_of" else "new")


def _carry_out(db: Database, review: Review, appeal_id: int | None) -> Recorded:
    return _drained(db.carry_out("Read a document", record, review, appeal_id))


def _drained(act: Iterator[Step]) -> Recorded:
    while True:
        try:
            next(act)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


# -- publishing -----------------------------------------------------------------------------


def _published(table: Table, db: Database, appeals: dict[str, int], texts: dict[str, str]) -> None:
    with db.read() as session:
        sentence = prepare(session, appeals["001"], "sentence").text
        listed = prepare(session, appeals["000"], "list").text
        annex = prepare(session, appeals["000"], "annex").text
        countries = prepare(session, appeals["002"], "by-country")
    table.row("001: the sentence, articles included, byte for byte", sentence in texts["001"], True)
    names = listed.partition(" : ")[2]
    table.row("000: the list, byte for byte", names in texts["000"], True)
    table.slips.append("000: the list ended with a comma")
    table.slips.append("000: the list began with a small letter")
    table.row("000: the annex, less its slips", _annex(table, annex, texts["000"]), True)
    table.row("002: names by country", countries.names, 43)
    table.row("002: headings", countries.text.count("### "), 15)
    table.row("002: the list by country, byte for byte", countries.text in texts["002"], True)


def _annex(table: Table, printed: str, text: str) -> bool:
    """Whether the annex is the document's own, but for names it spells as the letter does not."""
    own = text[text.index("## Contacts") :].strip().split("\n\n")
    mine = printed.split("\n\n")
    if len(own) != len(mine):
        return False
    for theirs, ours in zip(own, mine, strict=True):
        if theirs != ours:
            if words.identity(theirs) != words.identity(ours):
                return False
            table.slips.append(f"000: the annex writes “{theirs}”, the letter “{ours}”")
    return True


# -- names ----------------------------------------------------------------------------------


def _names(table: Table, truth: dict[str, Any]) -> None:
    pairs = [(pair, words.compare(pair["a"]["name"], pair["b"]["name"])) for pair in truth["pairs"]]
    same = [(pair, found) for pair, found in pairs if found.relation == "same"]
    right = sum(pair["relation"] == "same" for pair, _found in same)
    certain = [
        found
        for pair, found in pairs
        if pair["relation"] == "same" and pair["confidence"] == "certain" and not pair[ASKABLE]
    ]
    kept = sum(found.relation == "same" for found in certain)
    asked = sum(found.relation == "ask" for _pair, found in pairs)
    table.row("names: precision of “same”", f"{right}/{len(same)}", "all", well=right == len(same))
    table.row(f"names: certain “same” found, of {len(certain)}", kept, "≥ 15", well=kept >= 15)
    table.row("names: asked", asked, "≤ 10 of 70", well=asked <= 10)


if __name__ == "__main__":
    beside = Path(__file__).resolve().parent.parent.parent / "shared"
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else beside
    if not (where / "seeds").is_dir():
        sys.exit(f"The real documents are not here: no {where / 'seeds'}.")
    sys.exit(main(where))
