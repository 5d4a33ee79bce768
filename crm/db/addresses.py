"""The address of a shared workspace, in the words in which whoever runs a server gives it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import URL

from crm.language import _


@dataclass(frozen=True)
class Address:
    """`host` may carry a port (`base.example:5433`), or be the folder of a socket here."""

    host: str = ""
    database: str = ""
    user: str = ""

    @classmethod
    def of(cls, place: str) -> Address:
        """The parts of `postgresql://name@server:port/database`; Refused when it is none."""
        from crm.db import server

        url = server.address(place)
        port = f":{url.port}" if url.port else ""
        host = f"{url.host}{port}" if url.host else str(url.query.get("host", ""))
        return cls(host, url.database or "", url.username or "")

    def place(self) -> str:
        """All of it in one line, as `--workspace` takes it."""
        if self.host.startswith("/"):
            made = URL.create("postgresql", database=self.database, query={"host": self.host})
        else:
            host, _colon, port = self.host.partition(":")
            number = int(port) if port.isdigit() else None
            made = URL.create("postgresql", host=host, port=number, database=self.database)
        return made.set(username=self.user or None).render_as_string()


def warning() -> str:
    """What is said before a workspace is opened on, or moved to, a server."""
    return _(
        "Whoever runs the server can read a shared workspace: names, addresses, who signed what. "
        "Put nothing there that you would not tell them."
    )
