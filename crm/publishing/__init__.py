"""The room that prints: who signed, as a sentence, a list, by country, with contacts or logos.

printed = prepare(session, appeal_id, "by-country", "html")     look before it leaves
printed = publish(session, appeal_id, "by-country", "docx")     and keep what left
publications(session, appeal_id)                                what left, and when
"""

from __future__ import annotations

from crm.publishing.forms import FORMS
from crm.publishing.leaving import Left, as_left, publications
from crm.publishing.printing import FORMATS, ORDERS, Printed, prepare, publish
from crm.publishing.signatories import PRINTED_ROLES
from crm.publishing.wording import LANGUAGES, wording

__all__ = [
    "FORMATS",
    "FORMS",
    "LANGUAGES",
    "ORDERS",
    "PRINTED_ROLES",
    "Left",
    "Printed",
    "as_left",
    "prepare",
    "publications",
    "publish",
    "wording",
]
