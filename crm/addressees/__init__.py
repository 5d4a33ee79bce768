"""Those an appeal is addressed to: who they are, the letter each is brought, what became of it.

letter_id = begin(session, appeal_id)                     one text, with fields, for all of them
text = lay(written, addressee, shared)                    one addressee's letter, ready to print
for step in save(db, letter_id, ids, "docx", folder): …   a file for each, kept as a publication
note_sent(session, ids, on=…, answer_by=…)                and then they are followed
"""

from __future__ import annotations

from crm.addressees.following import (
    Standing,
    Unanswered,
    expected,
    note_answer,
    note_sent,
    overdue,
    standing,
)
from crm.addressees.keeping import AddresseeRow, add, change, ids, look, remove, rows
from crm.addressees.laying import FORMS, Shared, lay, letterhead, set_letterhead, shared
from crm.addressees.missing import Missing, missing
from crm.addressees.pasting import COLUMNS, Pasted, Plan, plan, record
from crm.addressees.printing import (
    FORMATS,
    PrintedLetter,
    Saved,
    file_in,
    printed,
    save,
)
from crm.addressees.wording import FIELDS, LANGUAGES
from crm.addressees.writing import Written, begin, like, models, of_appeal, read, rewrite

__all__ = [
    "COLUMNS", "FIELDS", "FORMATS", "FORMS", "LANGUAGES", "AddresseeRow", "Missing", "Pasted",
    "Plan", "PrintedLetter", "Saved", "Shared", "Standing", "Unanswered", "Written", "add",
    "begin", "change", "expected", "file_in", "ids", "lay", "letterhead", "like", "look", "missing",
    "models", "note_answer", "note_sent", "of_appeal", "overdue", "plan", "printed",
    "read", "record", "remove", "rewrite", "rows", "save", "set_letterhead",
    "shared", "standing",
]  # fmt: skip
