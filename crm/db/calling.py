"""How a server is called: what the driver is told, who must prove what, and what a refusal means.

Elsewhere than on this computer the line is protected and the server proves its name, whatever
the address says.  The driver brings an OpenSSL of its own that trusts nobody: it is told whom
this computer trusts.
"""

from __future__ import annotations

import atexit
import os
import re
import ssl
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL

from crm.errors import Locked, Refused, Silent, Trouble, Unreachable
from crm.language import _

LOCAL = ("", "localhost", "127.0.0.1", "::1")
TIMEOUT = 10  # seconds to answer a first call
_HEARD = ("host", "hostaddr", "port", "sslrootcert", "sslcert", "sslkey", "sslcrl", "sslcrldir")
"""What an address may add.  Anything else could weaken the line, or call somebody else."""
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # macOS, Alpine
)


def is_local(url: URL) -> bool:
    """Whether every place this address may lead to is this computer: no line to protect."""
    hosts = _said(url, "host") or url.host or os.environ.get("PGHOST", "")
    numbers = _said(url, "hostaddr") or os.environ.get("PGHOSTADDR", "")
    places = [*hosts.split(","), *numbers.split(",")]
    return all(place in LOCAL or place.startswith("/") for place in places)


def words_of_the_call(url: URL) -> dict[str, Any]:
    """What the driver is told; elsewhere than here, the server must prove who it is."""
    words = url.translate_connect_args(username="user", database="dbname")
    words |= {name: _said(url, name) for name in _HEARD if name in url.query}
    if is_local(url):
        return words
    if not words.get("sslrootcert"):
        words["sslrootcert"] = authorities()
    elif not Path(words["sslrootcert"]).is_file():
        raise Refused(_("“{path}” cannot be read.").format(path=words["sslrootcert"]))
    return words | {"sslmode": "verify-full", "gssencmode": "disable"}


def _said(url: URL, name: str) -> str:
    said = url.query.get(name, "")
    return said if isinstance(said, str) else ",".join(said)


def authorities() -> str:
    """The file that holds the authorities this computer trusts."""
    for place in (ssl.get_default_verify_paths().cafile, *_BUNDLES):
        if place and Path(place).is_file():
            return place
    return _written_down()


@cache
def _written_down() -> str:
    """The system's own store, as a file, where it is not one: on Windows."""
    trusted = ssl.create_default_context().get_ca_certs(binary_form=True)
    with tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False) as file:
        file.writelines(ssl.DER_cert_to_PEM_cert(each) for each in trusted)
    atexit.register(Path(file.name).unlink, missing_ok=True)
    return file.name


def caller(url: URL, password: str | None) -> Callable[[], Any]:
    """What calls this server; in words when it does not answer, or says no."""
    words = words_of_the_call(url)
    # Half a letter, pasted, is no letter: it makes a wrong password, not a crash.
    said = password and password.encode(errors="replace").decode()

    def connect() -> Any:
        try:
            return psycopg.connect(
                **words, password=said, connect_timeout=TIMEOUT, application_name="Cosigne",
                keepalives_idle=20, keepalives_interval=5, keepalives_count=3,
            )  # fmt: skip
        except psycopg.OperationalError as error:
            trouble = _no_line(error, url)
        except (psycopg.Error, UnicodeError):
            trouble = no_address()
        # Raised out here: the driver's own error remembers the password.
        raise trouble

    return connect


def no_address() -> Refused:
    """What was written leads nowhere."""
    return Refused(
        _("This is not the address of a shared workspace."),
        hint="postgresql://name@server/database",
    )


def silent() -> Silent:
    """Nobody answers, or nobody answers any more."""
    return Silent(
        _("The server of your workspace does not answer. Nothing of this was saved."),
        hint=_("What you typed is still here: try again when the network is back."),
    )


def _no_line(error: psycopg.OperationalError, url: URL) -> Trouble:
    # What stands in quotation marks is a name: of a host, of a user, of a database.
    words = re.sub(r'"[^"]*"|«[^»]*»', "", str(error)).lower()
    if answered := re.search(r"failed: +[^\s:]+: {2}(.+)", words, re.DOTALL):
        return _no_entry(answered[1], bool(error.pgconn and error.pgconn.used_password))
    if error.pgconn and error.pgconn.needs_password:
        return _locked()
    if "does not support ssl" in words:
        return Unreachable(
            _("The server “{host}” does not protect the line.").format(host=url.host or ""),
            hint=_("Nothing was sent to it. Whoever runs it must turn TLS on first."),
        )
    if "certificate" in words or "ssl" in words:
        return Unreachable(
            _("The server “{host}” could not prove who it is.").format(host=url.host or ""),
            hint=_("Nothing was sent to it. Ask whoever runs it."),
        )
    return silent()


def _no_entry(words: str, used_password: bool) -> Trouble:
    """What the server itself said, in English or in French; its other languages are guessed."""
    if re.search("(does not exist|n'existe pas)", words):
        is_person = re.search("(role|rôle)", words)
        return (
            _locked()
            if is_person
            else Refused(_("There is no database of this name on the server."))
        )
    if re.search("(pg_hba|permission denied|droit refusé)", words):
        return Refused(
            _("The server does not let you in from this computer."),
            hint=_("Ask whoever runs it."),
        )
    if re.search("(starting up|shutting down|too many|remaining connection|recovery)", words):
        return silent()
    known = re.search("(password|authentication|mot de passe|authentification|role|rôle)", words)
    return _locked() if known or used_password else silent()


def _locked() -> Locked:
    return Locked(_("The server did not accept this user name and password."))
