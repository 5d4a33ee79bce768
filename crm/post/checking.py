"""The three ticked lines of “Check”: server found, line protected, password accepted."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from crm.errors import Trouble
from crm.language import _
from crm.post.carrier import Server, SmtpCarrier


@dataclass(frozen=True)
class Tick:
    """One line of the check; `ok` is None for what was not tried."""

    name: str
    ok: bool | None
    sentence: str = ""
    hint: str = ""


def check(server: Server, password: str, *, patience: float = 20.0) -> list[Tick]:
    """Try an account without sending anything; always three lines."""
    names = [_("server found"), _("line protected"), _("password accepted")]
    try:
        socket.create_connection((server.host, server.port), patience).close()
    except OSError as error:
        return _stopped_at(names, 0, _not_found(server, error))
    carrier = SmtpCarrier(server, password, patience=patience)
    try:
        carrier.connect()
    except Trouble as trouble:
        return _stopped_at(names, 1, trouble)
    try:
        asked = carrier.log_in()
    except Trouble as trouble:
        return _stopped_at(names, 2, trouble)
    finally:
        carrier.close()
    if not asked:
        silent = Tick(names[2], None, _("This server asked for no password."))
        return [*(Tick(name, True) for name in names[:2]), silent]
    return [Tick(name, True) for name in names]


def _not_found(server: Server, error: OSError) -> Trouble:
    if isinstance(error, socket.gaierror):
        return Trouble(
            _("The server “{host}” cannot be found.").format(host=server.host),
            _("Check its name and your Internet connection."),
        )
    return Trouble(
        _("The server “{host}” does not answer.").format(host=server.host),
        _("Check the port and your Internet connection."),
    )


def _stopped_at(names: list[str], place: int, trouble: Trouble) -> list[Tick]:
    passed = [Tick(name, True) for name in names[:place]]
    failed = Tick(names[place], False, trouble.message, trouble.hint)
    return [*passed, failed, *(Tick(name, None) for name in names[place + 1 :])]
