"""From a draft to four hundred letters gone: nothing twice, nothing lost, every doubt shown.

choosing → drafting → checking → ledger (prepare, settle) → sending
"""

from crm.mailings.accounts import AccountLine, accounts, change_account, keep_account, server_of
from crm.mailings.checking import Checklist, Finding, check
from crm.mailings.choosing import Aside, Choice, Recipient, choose
from crm.mailings.drafting import (
    Draft,
    attach,
    change,
    detach,
    draft,
    duplicate,
    look,
    preview,
    strike,
    test_copy,
)
from crm.mailings.ledger import (
    DeliveryRow,
    MailingRow,
    Status,
    correct,
    delivery_ids,
    ids,
    prepare,
    rows,
    rows_of,
    settle,
    status,
)
from crm.mailings.sending import Sender, pause, send, send_test, stop

__all__ = [
    "AccountLine", "Aside", "Checklist", "Choice", "DeliveryRow", "Draft", "Finding",
    "MailingRow", "Recipient", "Sender", "Status", "accounts", "attach", "change",
    "change_account", "check", "choose", "correct", "delivery_ids", "detach", "draft",
    "duplicate", "ids", "keep_account", "look", "pause", "prepare", "preview", "rows", "rows_of",
    "send", "send_test", "server_of", "settle", "status", "stop", "strike", "test_copy",
]  # fmt: skip
