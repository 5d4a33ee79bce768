"""A real SMTP server for tests, in this process: STARTTLS or TLS, AUTH, and faults on demand."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from crm.demo.catcher import free_port
from crm.post import Server

USER, PASSWORD = "aube@aube.example", "pässwörd Қаз"


@dataclass
class Office:
    """What came in, and what the server answers next."""

    server: Server
    received: list[tuple[str, bytes]] = field(default_factory=list)
    at_rcpt: Callable[[str], str | None] = lambda _address: None
    at_data: Callable[[str], str | None] = lambda _address: None

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """The answer to one recipient."""
        if answer := self.at_rcpt(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        """The answer to one message; "drop" cuts the line after keeping it."""
        (recipient,) = envelope.rcpt_tos
        answer = self.at_data(recipient)
        if answer is None or answer == "drop":
            self.received.append((recipient, envelope.content))
        if answer == "drop":
            server.transport.abort()
        return answer or "250 2.0.0 queued"


def _let_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    known = isinstance(data, LoginPassword)
    good = known and (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
    return AuthResult(success=good, handled=good)


@contextmanager
def office(
    security: str = "starttls", *, name: str = "localhost", utf8: bool = True
) -> Iterator[Office]:
    """A server with a certificate for `name`; `office.server` trusts its authority."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    pem = authority.cert_pem.bytes().decode()
    port = free_port()
    made = Office(Server("localhost", port, security, USER, pem))
    tls: dict[str, Any] = {"tls_context": context, "require_starttls": True}
    controller = Controller(
        made, hostname="localhost", port=port, authenticator=_let_in, auth_required=True,
        auth_require_tls=security == "starttls", enable_SMTPUTF8=utf8,
        **(tls if security == "starttls" else {}),
        ssl_context=context if security == "tls" else None,
    )  # fmt: skip
    controller.start()
    try:
        yield made
    finally:
        controller.stop()
