"""The room that reads: who signs a document, what a person decides about it, and the record.

reading = understand(document)                       pure: who, where, when, whose address
review = Review(reading, KnownNames.load(session))   pure: recognised, new, questions
Pencil(review)                                       where its names begin and end
db.carry_out(label, record, review, appeal_id)       one act: register, signatures, evidence
keep(session, …), kept(session, id)                  a review that goes on another day
"""

from __future__ import annotations

from crm.reading.beside import Beside, beside
from crm.reading.boundaries import Joint
from crm.reading.covered import Covered
from crm.reading.keeping import (
    Kept,
    Unfinished,
    forget_unfinished,
    keep,
    kept,
    unfinished,
)
from crm.reading.lines import ANSWERS, ReviewLine, place_words
from crm.reading.moments import Moment
from crm.reading.own_words import in_her_words
from crm.reading.pencil import Pencil
from crm.reading.questions import OpenQuestion, open_questions, settle
from crm.reading.recording import Recorded, likely_appeal, record, standing
from crm.reading.result import Event, Listed, PersonRead, Reading, Span
from crm.reading.review import Counts, Review
from crm.reading.understanding import understand
from crm.reading.written import Writing, Written, written

__all__ = [
    "ANSWERS",
    "Beside",
    "Counts",
    "Covered",
    "Event",
    "Joint",
    "Kept",
    "Listed",
    "Moment",
    "OpenQuestion",
    "Pencil",
    "PersonRead",
    "Reading",
    "Recorded",
    "Review",
    "ReviewLine",
    "Span",
    "Unfinished",
    "Writing",
    "Written",
    "beside",
    "forget_unfinished",
    "in_her_words",
    "keep",
    "kept",
    "likely_appeal",
    "open_questions",
    "place_words",
    "record",
    "settle",
    "standing",
    "understand",
    "unfinished",
    "written",
]  # fmt: skip
