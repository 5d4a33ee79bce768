"""What stands before many a PostgreSQL: a port of the network and a certificate.

The wheel's own server was built without TLS; this door speaks PostgreSQL's way into TLS and
carries what it hears to the server's socket, as PgBouncer does.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import trustme

SSL_REQUEST = (80877103).to_bytes(4, "big")


@dataclass
class Door:
    """A server elsewhere, as its callers find it."""

    port: int = 0
    heard: bytearray = field(default_factory=bytearray)
    """All that came through from callers, in clear or after TLS."""

    def url(self, database: str, *, host: str = "base.example", user: str = "owner") -> str:
        """An address that says `host`, and leads here."""
        return f"postgresql://{user}@{host}:{self.port}/{database}?hostaddr=127.0.0.1"


@contextmanager
def door(
    socket: Path, authority: trustme.CA | None, *, name: str = "base.example"
) -> Iterator[Door]:
    """A door with a certificate for `name`; without any protection when nobody vouches for it."""
    context = None
    if authority is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(name).configure_cert(context)
    made = Door()
    loop: list[asyncio.AbstractEventLoop] = []
    opened, ended = threading.Event(), asyncio.Event()

    async def come_in(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await _carry(made, socket, context, reader, writer)
        writer.close()

    async def stand() -> None:
        server = await asyncio.start_server(come_in, "127.0.0.1", 0)
        made.port = server.sockets[0].getsockname()[1]
        loop.append(asyncio.get_running_loop())
        opened.set()
        await ended.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(stand()), daemon=True, name="door")
    thread.start()
    assert opened.wait(10)
    try:
        yield made
    finally:
        loop[0].call_soon_threadsafe(ended.set)
        thread.join(10)


async def _carry(
    made: Door,
    socket: Path,
    context: ssl.SSLContext | None,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    first = await reader.readexactly(8)
    if first[4:] == SSL_REQUEST:
        writer.write(b"S" if context else b"N")
        await writer.drain()
        first = b""
        if context:
            await writer.start_tls(context)
    inside, outside = await asyncio.open_unix_connection(socket)
    made.heard += first
    outside.write(first)
    await asyncio.gather(_pump(reader, outside, made.heard), _pump(inside, writer, bytearray()))


async def _pump(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, kept: bytearray
) -> None:
    while said := await source.read(65536):
        kept += said
        target.write(said)
        await target.drain()
    target.close()
