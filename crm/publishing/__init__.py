"""The room that prints: who signed, as a sentence, a list, by country, or with contacts.

printed = prepare(session, appeal_id, "by-country", "html")     look before it leaves
printed = publish(session, appeal_id, "by-country", "html")     and keep what left
"""

from __future__ import annotations

from crm.publishing.forms import FORMS, ORDERS, Printed, prepare, publish
from crm.publishing.signatories import PRINTED_ROLES, chosen
from crm.publishing.targets import TARGETS
from crm.publishing.wording import LANGUAGES, wording

FORMATS = tuple(TARGETS)

__all__ = [
    "FORMATS", "FORMS", "LANGUAGES", "ORDERS", "PRINTED_ROLES", "Printed", "chosen", "prepare",
    "publish", "wording",
]  # fmt: skip
