"""The room that prints: who signed, as a sentence, a list, by country, with contacts or logos.

printed = prepare(session, appeal_id, "by-country", "html")     look before it leaves
printed = publish(session, appeal_id, "by-country", "docx")     and keep what left
publications(session, appeal_id)                                what left, and when
final_text(session, appeal_id)                                  the whole appeal, to be checked before
since(session, appeal_id)                                       what changed since it left last
"""

from __future__ import annotations

from crm.publishing.final import final_text
from crm.publishing.forms import FORMS
from crm.publishing.leaving import Left, as_left, publications
from crm.publishing.printing import FORMATS, ORDERS, Printed, prepare, publish
from crm.publishing.signatories import PRINTED_ROLES
from crm.publishing.since import Since, again, since
from crm.publishing.wording import LANGUAGES, wording

__all__ = [
    "FORMATS",
    "FORMS",
    "LANGUAGES",
    "ORDERS",
    "PRINTED_ROLES",
    "Left",
    "Printed",
    "Since",
    "again",
    "as_left",
    "final_text",
    "prepare",
    "publications",
    "publish",
    "since",
    "wording",
]
