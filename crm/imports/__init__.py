"""Sheets in: her headings understood, a plan in sentences, then one act that can be undone.

look (which sheets, which columns) → plan (nothing is written) → record (one long act)
"""

from crm.imports.looking import FIELDS, SheetGuess, look
from crm.imports.planning import Doubtful, Plan, Planned, Question, Rejected, plan
from crm.imports.recording import Imported, record, rejected_table

__all__ = [
    "FIELDS", "Doubtful", "Imported", "Plan", "Planned", "Question", "Rejected", "SheetGuess",
    "look", "plan", "record", "rejected_table",
]  # fmt: skip
