"""SMTP (RFC 5321) in the three steps the ledger needs: open, offer, hand over."""

from __future__ import annotations

import base64
import ipaddress
import re
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

from crm.errors import Refused, Trouble, Unreachable
from crm.language import _
from crm.post.replies import Reply, classify

CONNECT = 60.0  # seconds
ANSWER = 300.0  # seconds for one whole reply, however slowly it drips
MOST_LINES = 100
MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class Server:
    """Where an account hands in its mail."""

    host: str
    port: int
    security: str  # tls, starttls; none on this computer only
    username: str = ""
    trusted_ca: str | None = field(default=None, repr=False)


class Refusal(Trouble):
    """The server said no, in so many words; `named` when it had just been told the recipient."""

    def __init__(
        self, reply: Reply, message: str = "", hint: str = "", *, named: bool = False
    ) -> None:
        super().__init__(message or reply.text, hint)
        self.reply = reply
        self.named = named


class Dropped(Trouble):
    """The line fell after the message had begun to leave: nobody knows whether it arrived."""


class Carrier(Protocol):
    """Anything that can take letters to addresses, one at a time."""

    def open(self) -> None:
        """Reach the server and be let in; Unreachable (later), Refused, Refusal (never)."""

    def offer(self, sender: str, recipient: str) -> None:
        """Name the two addresses.  Nothing has left yet: Refusal and Unreachable lose nothing."""

    def withdraw(self) -> None:
        """Forget the two addresses just named."""

    def hand_over(self, message: bytes) -> Reply:
        """Let the message go; the server's answer.  Dropped when none came."""

    def close(self) -> None:
        """Say goodbye; never fails."""


class SmtpCarrier:
    """A line to one server; TLS is verified, and a password never travels without it."""

    def __init__(self, server: Server, password: str = "", *, patience: float = ANSWER) -> None:
        self._server = server
        self._password = password
        self._patience = patience
        self._line: Any = None

    def open(self) -> None:
        """Reach the server and be let in."""
        self.connect()
        try:
            self.log_in()
        except BaseException:
            self.close()
            raise

    def connect(self) -> None:
        """A protected line to the server, before any password."""
        server = self._server
        if server.security == "none" and not is_here(server.host):
            raise Refused(
                _("A line without protection is only used on this computer."),
                hint=_("Choose TLS or STARTTLS."),
            )
        try:
            self._line = self._dial()
            self._hello()
            if server.security == "starttls":
                self._protect()
        except ssl.SSLCertVerificationError as error:
            self.close()
            # Trying again would not change its certificate: a person must look.
            raise Refused(
                _("The server “{host}” could not prove who it is.").format(host=server.host),
                hint=_("Nothing was sent to it. {reason}").format(reason=error.verify_message),
            ) from None
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _cannot_reach(server, error) from None

    def _dial(self) -> _Line:
        server = self._server
        if server.security == "tls":
            return _TlsLine(server.host, server.port, self._patience, _context(server))
        return _Line(server.host, server.port, self._patience)

    def _hello(self) -> None:
        self._line.ehlo_or_helo_if_needed()

    def _protect(self) -> None:
        if not self._line.has_extn("starttls"):
            raise Refused(
                _("The server “{host}” offers no protected line.").format(host=self._server.host),
                hint=_("Nothing was sent to it. Ask your provider for its TLS settings."),
            )
        self._line.starttls(context=_context(self._server))
        self._hello()

    def log_in(self) -> bool:
        """Give the user name and password, when both sides have a use for them; whether it was."""
        if not self._server.username or not self._line.has_extn("auth"):
            return False
        reply = self._line.log_in(self._server.username, self._password)
        if not reply.accepted:
            raise Refusal(
                reply,
                _("The server did not accept this user name and password."),
                hint=_("Some providers want the address's own password, or an app password."),
            )
        return True

    def offer(self, sender: str, recipient: str) -> None:
        """MAIL and RCPT; nothing has left yet."""
        sender, recipient = _as_servers_read(sender), _as_servers_read(recipient)
        try:
            options = []
            if not (sender + recipient).isascii():
                if not self._line.has_extn("smtputf8"):
                    raise Refusal(Reply(553, _("SMTPUTF8 is not offered"), "accents"), named=True)
                options = ["SMTPUTF8"]
            self._expect(self._line.mail(sender, options))
            self._expect(self._line.rcpt(recipient), named=True)
        except (OSError, smtplib.SMTPException, AttributeError) as error:
            raise _cannot_reach(self._server, error) from None

    def _expect(self, answer: tuple[int, bytes], *, named: bool = False) -> None:
        reply = _read(answer)
        if not reply.accepted:
            self._line.rset()
            raise Refusal(reply, named=named)

    def withdraw(self) -> None:
        """RSET: the two addresses just named are forgotten."""
        try:
            self._line.rset()
        except (OSError, smtplib.SMTPException, AttributeError) as error:
            raise _cannot_reach(self._server, error) from None

    def hand_over(self, message: bytes) -> Reply:
        """DATA to the final dot, and the server's answer."""
        try:
            reply = _read(self._line.docmd("DATA"))
            if reply.code != 354:
                if not reply.intelligible or reply.accepted:
                    self.close()
                    reply = Reply(451, reply.text, "later")
                return reply
            self._line.send(_dotted(message))
            reply = _read(self._line.getreply())
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Dropped(type(error).__name__) from None
        if not reply.intelligible:
            self.close()
            raise Dropped("unintelligible")
        return reply

    def close(self) -> None:
        """Say goodbye; never fails."""
        line, self._line = self._line, None
        if line is None:
            return
        try:
            line.patience = min(line.patience, 5.0)
            line.quit()
        except (OSError, smtplib.SMTPException):
            line.close()


def is_here(host: str) -> bool:
    """Whether this name can only be this very computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Line(smtplib.SMTP):
    """smtplib's own dialogue, with a deadline for a whole reply and a limit to its size."""

    def __init__(self, host: str, port: int, patience: float) -> None:
        self.patience = patience
        self._unread = b""
        super().__init__(host, port, timeout=min(CONNECT, patience))

    def getreply(self) -> tuple[int, bytes]:
        """One whole reply, within the patience we have."""
        end = time.monotonic() + self.patience
        lines: list[bytes] = []
        size = 0
        while True:
            line = self._read_line(end)
            size += len(line)
            lines.append(line[4:].strip(b" \t\r\n"))
            if len(lines) > MOST_LINES or size > MOST_BYTES:
                self.close()
                raise smtplib.SMTPServerDisconnected("endless reply")
            if line[3:4] != b"-":
                break
        code = int(line[:3]) if line[:3].isdigit() else -1
        if code == 421:
            self.close()
        return code, b"\n".join(lines)

    def _read_line(self, end: float) -> bytes:
        while b"\n" not in self._unread:
            left = end - time.monotonic()
            if left <= 0 or self.sock is None:
                self.close()
                raise smtplib.SMTPServerDisconnected("too slow")
            self.sock.settimeout(left)
            try:
                more = self.sock.recv(4096)
            except OSError:
                self.close()
                raise smtplib.SMTPServerDisconnected("no answer") from None
            if not more or len(self._unread) > MOST_BYTES:
                self.close()
                raise smtplib.SMTPServerDisconnected("line closed")
            self._unread += more
        line, self._unread = self._unread.split(b"\n", 1)
        return line + b"\n"

    def starttls(self, *, context: ssl.SSLContext) -> tuple[int, bytes]:  # type: ignore[override]
        """Protect the line; whatever was whispered before is an attack."""
        answer = super().starttls(context=context)
        if self._unread or answer[0] != 220:
            self.close()
            raise smtplib.SMTPServerDisconnected("words before the protection")
        return answer

    def log_in(self, username: str, password: str) -> Reply:
        """AUTH PLAIN or LOGIN in UTF-8 (RFC 4616); smtplib's own refuses accents."""
        offered = self.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered or not offered:
            return _read(self.docmd("AUTH", "PLAIN " + _b64(f"\0{username}\0{password}")))
        answer = self.docmd("AUTH", "LOGIN")
        for word in (username, password):
            if answer[0] != 334:
                break
            answer = self.docmd(_b64(word))
        return _read(answer)


class _TlsLine(_Line):
    """The same, protected from its first byte."""

    def __init__(self, host: str, port: int, patience: float, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(host, port, patience)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        return self._context.wrap_socket(plain, server_hostname=host)


def _context(server: Server) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if server.trusted_ca:
        context.load_verify_locations(cadata=server.trusted_ca)
    return context


def _cannot_reach(server: Server, error: BaseException) -> Trouble:
    if isinstance(error, smtplib.SMTPConnectError):
        reply = classify(error.smtp_code, _text(error.smtp_error))
        return Refusal(reply) if reply.code != 421 else _closed(server)
    if isinstance(error, socket.gaierror):
        return Unreachable(
            _("The server “{host}” cannot be found.").format(host=server.host),
            hint=_("Check its name and your Internet connection."),
        )
    return _closed(server)


def _closed(server: Server) -> Unreachable:
    return Unreachable(
        _("The server “{host}” does not answer.").format(host=server.host),
        hint=_("Nothing is lost. Check the port and your Internet connection, then try again."),
    )


def _as_servers_read(address: str) -> str:
    """An address with its domain in the letters every server reads (RFC 5891)."""
    local, _at, domain = address.rpartition("@")
    try:
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _read(answer: tuple[int, bytes]) -> Reply:
    return classify(answer[0], _text(answer[1]))


def _text(said: bytes | str) -> str:
    told = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return told.replace("\0", " ")  # what is noted of it must be possible to note


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _dotted(message: bytes) -> bytes:
    """As the wire wants it: CRLF lines, dots doubled, the final dot (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    whole = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole) + b".\r\n"
