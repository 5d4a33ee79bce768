"""A reading beside the register: a walk, for thousands of lines and a hundred thousand names."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from crm import appeals, settings
from crm.db import Database, Step
from crm.duplicates import KnownNames
from crm.reading.keeping import Kept
from crm.reading.lines import lines_of
from crm.reading.moments import Moment
from crm.reading.own_words import in_her_words
from crm.reading.recording import likely_appeal, standing
from crm.reading.rejoining import rejoined
from crm.reading.result import Reading
from crm.reading.review import Review

_OFTEN = 20  # lines between two words about the progress


@dataclass(frozen=True)
class Beside:
    """A review ready to be agreed upon, with the appeal it probably goes into and all the others."""

    review: Review
    appeal_id: int | None
    appeals: dict[int, str]
    title: str | None = None
    confirmed: bool = False


def beside(
    db: Database, found: Reading | Kept, appeal_id: int | None = None
) -> Generator[Step, None, Beside]:
    """Walk: a reading, new or kept since another day, line by line beside the register."""
    chosen = appeal_id or (found.appeal_id if isinstance(found, Kept) else None)
    yield Step(0, len(found.now.lines if isinstance(found, Kept) else found.organisations))
    with db.read() as session:
        known = KnownNames.load(session)
        own = settings.load(session).country_words
        kept = (
            found if isinstance(found, Kept) else _begun(rejoined(in_her_words(found, own), known))
        )
        titles = {each.id: each.title for each in appeals.rows_of(session, appeals.ids(session))}
        if chosen is None and not isinstance(found, Kept):
            chosen = likely_appeal(session, kept.reading)
        chosen = chosen if chosen in titles else None
        signed = standing(session, chosen) if chosen is not None else (set[int](), set[str]())
    review = Review(kept.reading, now=kept.now)
    for done in review.comparing(known):
        if done % _OFTEN == 0:
            yield Step(done, len(kept.now.lines))
    review.into(*signed)
    return Beside(review, chosen, titles, kept.title, kept.confirmed)


def _begun(reading: Reading) -> Kept:
    return Kept(reading, Moment(lines_of(reading), reading.places))
