"""A mail server for trying things out: takes every message, delivers none, here alone."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Caught:
    """What the catcher holds, in the order it came."""

    port: int
    messages: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        """Keep the message; the server library calls this."""
        self.messages.append(envelope.content)
        self.recipients.extend(envelope.rcpt_tos)
        return "250 2.0.0 kept here, delivered nowhere"


@contextmanager
def catcher() -> Iterator[Caught]:
    """A catcher on a free port of the loopback address, stopped at the end."""
    caught = Caught(free_port())
    controller = Controller(caught, hostname="127.0.0.1", port=caught.port)
    controller.start()
    try:
        yield caught
    finally:
        controller.stop()


def free_port() -> int:
    """A port of the loopback address nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
