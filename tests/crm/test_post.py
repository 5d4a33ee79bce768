"""Handing mail in, over a line that is protected or not at all."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from crm.errors import Refused, Unreachable
from crm.post import Dropped, Refusal, Server, SmtpCarrier, check, classify, provider_of
from tests.post_office import PASSWORD, USER, office

MESSAGE = b"Subject: x\r\n\r\n.a line that begins with a dot\r\n"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_arrives_over_a_protected_line(security: str) -> None:
    with office(security) as there:
        carrier = SmtpCarrier(there.server, PASSWORD)
        carrier.open()
        carrier.offer(USER, "ana@rive.example")
        assert carrier.hand_over(MESSAGE).accepted
        carrier.close()
    assert there.received == [("ana@rive.example", MESSAGE)]


def test_the_three_lines_are_ticked() -> None:
    with office() as there:
        assert [tick.ok for tick in check(there.server, PASSWORD)] == [True, True, True]


def test_a_password_nobody_asked_for_is_not_called_accepted() -> None:
    with office() as there:
        ticks = check(dataclasses.replace(there.server, username=""), "wrong")
    assert [tick.ok for tick in ticks] == [True, True, None]
    assert "asked for no password" in ticks[2].sentence


def test_a_wrong_password_is_the_third_line() -> None:
    with office() as there:
        ticks = check(there.server, "wrong")
    assert [tick.ok for tick in ticks] == [True, True, False]
    assert "did not accept this user name and password" in ticks[2].sentence


def test_a_server_that_signs_for_itself_gets_no_password() -> None:
    with office() as there:
        stranger = dataclasses.replace(there.server, trusted_ca=None)
        ticks = check(stranger, PASSWORD)
    assert [tick.ok for tick in ticks] == [True, False, None]
    assert "could not prove who it is" in ticks[1].sentence


def test_a_certificate_for_another_name_is_refused() -> None:
    with office(name="elsewhere.example") as there, pytest.raises(Refused, match="prove"):
        SmtpCarrier(there.server, PASSWORD).open()


def test_a_server_that_is_not_there_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    ticks = check(Server("127.0.0.1", port, "tls"), "x")
    assert [tick.ok for tick in ticks] == [False, None, None]
    assert "does not answer" in ticks[0].sentence
    nowhere = check(Server("mail.nowhere.invalid", 465, "tls"), "x", patience=5)
    assert "cannot be found" in nowhere[0].sentence


def test_a_bare_line_is_only_for_this_computer() -> None:
    with pytest.raises(Refused, match="only used on this computer"):
        SmtpCarrier(Server("mail.rive.example", 25, "none")).connect()


@contextmanager
def scripted(*answers: bytes) -> Iterator[Server]:
    """A server that says these words, one after each line it hears, then nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        stop = threading.Event()

        def serve() -> None:
            connection, _address = listening.accept()
            with connection, connection.makefile("rb") as heard, suppress(OSError):
                for answer in answers:
                    connection.sendall(answer)
                    if not heard.readline():
                        return
                stop.wait(30)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield Server("127.0.0.1", listening.getsockname()[1], "none")
        finally:
            stop.set()


def test_a_server_without_protection_is_left_before_any_password() -> None:
    with scripted(b"220 hi\r\n", b"250 hi\r\n") as there:
        server = dataclasses.replace(there, security="starttls", username=USER)
        with pytest.raises(Refused, match="offers no protected line"):
            SmtpCarrier(server, PASSWORD).open()


def test_a_server_that_says_nothing_is_left_in_time() -> None:
    with scripted(b"220-drip\r\n") as there, pytest.raises(Unreachable, match="does not answer"):
        SmtpCarrier(there, patience=0.3).open()


def test_an_endless_answer_is_cut() -> None:
    with scripted(b"220-more\r\n" * 5000) as there, pytest.raises(Unreachable):
        SmtpCarrier(there, patience=5).open()


def test_a_refused_address_leaves_the_line_open_for_the_next() -> None:
    with office() as there:
        there.at_rcpt = lambda address: "550 5.1.1 nobody" if "ghost" in address else None
        carrier = SmtpCarrier(there.server, PASSWORD)
        carrier.open()
        with pytest.raises(Refusal) as told:
            carrier.offer(USER, "ghost@rive.example")
        assert told.value.reply.reason == "unknown_address"
        carrier.offer(USER, "ana@rive.example")
        assert carrier.hand_over(MESSAGE).accepted
        carrier.close()


def test_a_line_cut_after_the_message_is_a_doubt() -> None:
    with office() as there:
        there.at_data = lambda _address: "drop"
        carrier = SmtpCarrier(there.server, PASSWORD)
        carrier.open()
        carrier.offer(USER, "ana@rive.example")
        with pytest.raises(Dropped):
            carrier.hand_over(MESSAGE)


@pytest.mark.parametrize("answer", [b"-1 what", b"354 go on", b"hello", b"199 hm"])
def test_an_answer_nobody_understands_after_the_message_is_a_doubt(answer: bytes) -> None:
    with office() as there:
        there.at_data = lambda _address: answer.decode()
        carrier = SmtpCarrier(there.server, PASSWORD)
        carrier.open()
        carrier.offer(USER, "ana@rive.example")
        with pytest.raises(Dropped):
            carrier.hand_over(MESSAGE)


def test_a_name_with_accents_is_offered_as_every_server_reads_it() -> None:
    with office() as there:
        carrier = SmtpCarrier(there.server, PASSWORD)
        carrier.open()
        carrier.offer(USER, "contact@équipe.example")
        carrier.hand_over(MESSAGE)
        carrier.close()
    assert there.received[0][0] == "contact@xn--quipe-9ra.example"


def test_an_address_with_accents_is_refused_where_the_server_cannot_write_them() -> None:
    with office(utf8=False) as there:
        carrier = SmtpCarrier(there.server, PASSWORD)
        carrier.open()
        with pytest.raises(Refusal) as told:
            carrier.offer(USER, "josé@rive.example")
        assert told.value.reply.reason == "accents"
        assert told.value.reply.lasting
        carrier.offer(USER, "ana@rive.example")
        assert carrier.hand_over(MESSAGE).accepted
        carrier.close()


@pytest.mark.parametrize(
    ("code", "text", "reason"),
    [
        (250, "2.0.0 ok", "accepted"),
        (550, "5.1.1 user unknown", "unknown_address"),
        (550, "No such user here", "unknown_address"),
        (552, "5.2.2 mailbox full", "full"),
        (554, "5.7.1 spam", "policy"),
        (550, "5.7.1 blocked by policy", "policy"),
        (450, "4.7.1 greylisted", "greylisted"),
        (451, "4.3.0 later", "later"),
        (421, "4.3.2 closing", "closing"),
        (535, "5.7.8 bad password", "password"),
        (552, "5.3.4 too large", "too_large"),
        (550, "5.4.5 daily sending quota exceeded", "quota"),
        (452, "too many messages, rate limited", "quota"),
        (550, "Administrative prohibition", "refused"),
        (450, "4.1.8 sender address of a corporate domain", "later"),
    ],
)
def test_an_answer_is_understood(code: int, text: str, reason: str) -> None:
    assert classify(code, text).reason == reason


def test_a_known_provider_fills_the_settings() -> None:
    assert provider_of("ana@gmail.com").host == "smtp.gmail.com"
    assert provider_of("ana@rive.example").host == "mail.rive.example"
