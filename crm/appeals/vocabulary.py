"""The words for answers, parts, channels and kinds of appeal."""

from __future__ import annotations

from crm.language import marked

STATUSES = {
    "asked": marked("asked"),
    "promised": marked("promised"),
    "signed": marked("signed"),
    "declined": marked("declined"),
    "withdrawn": marked("withdrew"),
}
STEPS = {"asked": 0, "promised": 1, "signed": 2, "declined": 2, "withdrawn": 3}
"""How far each answer is up the ladder."""
SAID = {"signs": "signed", "promises": "promised", "declines": "declined", "question": "asked"}
"""What a person may be told on the telephone, and the answer it is."""
ROLES = {
    "initiator": marked("initiator"),
    "signatory": marked("signatory"),
    "caller": marked("calls to take part"),
    "supporter": marked("supports"),
    "host": marked("hosts"),
    "relayed": marked("relays"),
}
CHANNELS = {
    "document": marked("a document"),
    "email": marked("e-mail"),
    "telephone": marked("telephone"),
    "signal": marked("Signal"),
    "whatsapp": marked("WhatsApp"),
    "telegram": marked("Telegram"),
    "meeting": marked("a meeting"),
    "post": marked("a letter"),
}
KINDS = {
    "appeal": marked("Appeal"),
    "open letter": marked("Open letter"),
    "press release": marked("Press release"),
    "statement": marked("Statement"),
    "rally": marked("Rally"),
    "petition": marked("Petition"),
    "post": marked("Post"),
    "letter": marked("Letter"),
}
