"""Appeals, and who stands under them.

The ladder is asked → promised → signed / declined → withdrawn, every step dated.
"""

from crm.appeals.looking import (
    AnswerLine,
    AppealRow,
    AppealSheet,
    Counts,
    SignatureRow,
    answers,
    counts,
    find_exactly,
    ids,
    rows,
    rows_of,
    sheet,
    signature_ids,
    silent,
)
from crm.appeals.noting import note_answer
from crm.appeals.reach import Reach, reach
from crm.appeals.rendezvous import rendezvous
from crm.appeals.signing import add, add_event, evidence, publish_as, sign, signature_of
from crm.appeals.vocabulary import CHANNELS, KINDS, ROLES, SAID, STATUSES

__all__ = [
    "CHANNELS", "KINDS", "ROLES", "SAID", "STATUSES", "AnswerLine", "AppealRow", "AppealSheet",
    "Counts", "Reach", "SignatureRow", "add", "add_event", "answers", "counts", "evidence",
    "find_exactly", "ids", "note_answer", "publish_as", "reach", "rendezvous", "rows",
    "rows_of", "sheet", "sign", "signature_ids", "signature_of", "silent",
]  # fmt: skip
