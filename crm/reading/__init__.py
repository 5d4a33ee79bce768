"""The room that reads: who signs a document, what a person decides about it, and the record.

reading = understand(document)                       pure: who, where, when, whose address
review = Review(reading, KnownNames.load(session))   pure: recognised, new, questions
db.carry_out(label, record, review, appeal_id)       one act: register, signatures, evidence
"""

from __future__ import annotations

from crm.reading.questions import OpenQuestion, open_questions, settle
from crm.reading.recording import Recorded, likely_appeal, record, standing
from crm.reading.result import Event, Listed, PersonRead, Reading, Span
from crm.reading.review import Counts, Review, ReviewLine, place_words
from crm.reading.understanding import understand
from crm.reading.written import Writing, Written, written

__all__ = [
    "Counts", "Event", "Listed", "OpenQuestion", "PersonRead", "Reading", "Recorded", "Review",
    "ReviewLine", "Span", "Writing", "Written", "likely_appeal", "open_questions", "place_words", "record",
    "settle", "standing", "understand", "written",
]  # fmt: skip
