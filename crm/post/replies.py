"""What a mail server's answer means (RFC 5321, RFC 3463), in words a secretary understands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crm.language import marked

REASONS = {
    "accepted": marked("handed to the server"),
    "unknown_address": marked("this address no longer exists"),
    "full": marked("the mailbox is full"),
    "policy": marked("the server did not want this message"),
    "greylisted": marked("the server asks to wait"),
    "quota": marked("your mailbox has sent all it may for now"),
    "too_large": marked("the message is too large for this server"),
    "password": marked("the server did not accept the user name and password"),
    "later": marked("the server cannot take it now"),
    "refused": marked("the server refused it"),
    "closing": marked("the server closed the line"),
    "unreachable": marked("the server cannot be reached"),
    "dropped": marked("the line was cut after the message had begun to leave"),
    "restored": marked("a backup was put back: nobody knows whether it left"),
    "crashed": marked("Cosigne was cut short while the message was leaving"),
    "gave_up": marked("no success after three days of trying"),
    "opted_out": marked("asked not to be written to"),
    "sensitive": marked("a contact in danger: never in a mailing"),
    "gone": marked("the organisation is dissolved or must not be written to"),
    "accents": marked("this server cannot write to an address with such letters"),
    "set_aside": marked("the address was set aside"),
    "no_address": marked("no e-mail address"),
    "twice": marked("the same address is already among the recipients"),
    "struck": marked("struck out of this mailing"),
    "stopped": marked("the mailing was stopped for good"),
    "received": marked("counted as received, by hand"),
}
"""Every reason a delivery may carry, and its words."""


@dataclass(frozen=True)
class Reply:
    """One answer of a server: its code, its own words, and what it means to us."""

    code: int
    text: str
    reason: str  # a key of REASONS

    @property
    def accepted(self) -> bool:
        """The server took it: nothing but a 2yz says so."""
        return 200 <= self.code < 300

    @property
    def intelligible(self) -> bool:
        """It is an answer to what was asked, rather than noise."""
        return self.accepted or 400 <= self.code < 600

    @property
    def lasting(self) -> bool:
        """Trying again would change nothing."""
        return self.code >= 500


_QUOTA = re.compile(
    r"\bquota\b|\b(rate|hourly|daily|sending) limit|\btoo (many|much)\b|\blimit(s|ed)? exceeded\b"
    r"|\bexceed(ed|s)?\b|\brate[- ]limit",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"no such|unknown (user|recipient|mailbox|address)|user unknown|does not exist|not found"
    r"|invalid (recipient|mailbox)|no mailbox",
    re.IGNORECASE,
)


def classify(code: int, text: str) -> Reply:
    """The meaning of an answer: the enhanced code decides when there is one."""
    found = re.search(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b", text)
    subject, detail = (int(found[2]), int(found[3])) if found else (-1, -1)
    return Reply(code, text, _reason(code, subject, detail, text))


def _reason(code: int, subject: int, detail: int, text: str) -> str:
    if 200 <= code < 300:
        return "accepted"
    if code in (530, 534, 535) or (subject, detail) == (7, 8):
        return "password"
    if code == 421:
        return "closing"
    if (subject, detail) == (3, 4):
        return "too_large"
    if (subject, detail) == (2, 2):
        return "full"
    if code >= 500 and subject == 1 and detail in (0, 1, 2, 3, 6, 10):
        return "unknown_address"
    if (subject, detail) in ((4, 5), (5, 3), (7, 0)) and _QUOTA.search(text):
        return "quota"
    if code < 500:
        if "grey" in text.lower() or "gray" in text.lower() or (subject, detail) == (7, 1):
            return "greylisted"
        return "quota" if _QUOTA.search(text) else "later"
    if subject == 7:
        return "policy"
    if subject == -1 and _NOBODY.search(text):
        return "unknown_address"
    if code == 552:
        return "too_large" if "size" in text.lower() else "full"
    return "policy" if code == 554 else "refused"
