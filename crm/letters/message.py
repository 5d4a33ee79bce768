"""One recipient's message, whole, as the standard library builds it (RFC 5322, 2045, 2369)."""

from __future__ import annotations

import html
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from crm.language import speak
from crm.letters.template import Rendered


@dataclass(frozen=True)
class Envelope:
    """Who writes to whom, and the id this copy keeps for ever."""

    sender_name: str
    sender: str
    recipient_name: str
    recipient: str
    message_id: str


@dataclass(frozen=True)
class Paper:
    """What all copies share: the footer's sentences, the language, the attachments."""

    language: str
    association: str
    why: str
    attachments: Sequence[tuple[str, bytes]] = field(default=(), repr=False)


def build(envelope: Envelope, letter: Rendered, paper: Paper, at: datetime) -> EmailMessage:
    """One copy: text and HTML, to one person, with who writes, why, and how to stop.

    No tracking of any kind.
    """
    message = EmailMessage(policy=SMTP if _is_plain(envelope) else SMTPUTF8)
    message["From"] = _address(envelope.sender_name, envelope.sender)
    message["To"] = _address(envelope.recipient_name, envelope.recipient)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = envelope.message_id
    message["List-Unsubscribe"] = f"<mailto:{_ascii(envelope.sender)}?subject=stop>"
    message["Precedence"] = "list"
    message["Content-Language"] = paper.language
    lines = footer(paper)
    message.set_content(
        letter.text.rstrip() + "\n\n-- \n" + "\n".join(lines) + "\n", cte="quoted-printable"
    )
    message.add_alternative(page(letter, paper), subtype="html", cte="quoted-printable")
    for name, content in paper.attachments:
        kind = (mimetypes.guess_type(name)[0] or "application/octet-stream").split("/")
        message.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
    return message


def page(letter: Rendered, paper: Paper) -> str:
    """The HTML of one copy, with its footer; also what a preview shows."""
    said = "<br>\n".join(html.escape(line) for line in footer(paper))
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(paper.language)}"><body>\n{letter.html}\n'
        f'<hr>\n<p style="color:#666;font-size:smaller">{said}</p>\n</body></html>\n'
    )


def footer(paper: Paper) -> list[str]:
    """Who writes, why, and how to stop, in the letter's language (rule 7)."""
    why = paper.why or speak(
        paper.language, "your organisation has signed our appeals, or may wish to."
    )
    return [
        speak(paper.language, "{association} writes to you because {why}").format(
            association=paper.association, why=why
        ),
        speak(paper.language, "To receive no more of our messages, answer “stop”."),
    ]


def _is_plain(envelope: Envelope) -> bool:
    """Whether both addresses can be written in ASCII; else the headers are UTF-8 (RFC 6532)."""
    return (_ascii(envelope.sender) + _ascii(envelope.recipient)).isascii()


def _address(name: str, spec: str) -> Address:
    local, _at, domain = _ascii(spec).rpartition("@")
    return Address(display_name=" ".join(name.split()), username=local, domain=domain)


def _ascii(spec: str) -> str:
    """The address with its domain as every server reads it (RFC 5891)."""
    import idna

    local, _at, domain = spec.rpartition("@")
    try:
        return f"{local}@{domain if domain.isascii() else idna.encode(domain).decode()}"
    except idna.IDNAError:
        return spec
