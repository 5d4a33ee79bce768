"""The room that proof-reads: body, list, annex and register compared before anything is printed.

findings = of_document(document)                     what a document says against itself
findings = of_document(document, roll)               … and against who is known to sign
findings = of_appeal(session, appeal_id)             an appeal's text, and what would be printed now
proofread(db, appeal_id)                             a walk: the same, a Step at a time
correct(session, appeal_id, remedy)                  a step: one remedy carried out
"""

from __future__ import annotations

from crm.proof.appeal import Proof, correct, of_appeal, proofread, roll_of, shown
from crm.proof.finding import KINDS, Edit, Finding, Remedy, corrected
from crm.proof.reader import of_document
from crm.proof.roll import Expected, Roll

__all__ = [
    "KINDS", "Edit", "Expected", "Finding", "Proof", "Remedy", "Roll", "correct", "corrected",
    "of_appeal", "of_document", "proofread", "roll_of", "shown",
]  # fmt: skip
