"""A server elsewhere: it proves who it is before it hears a word, and a password is kept well."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import trustme
from psycopg.errors import FinishedPGconn

from crm.db import calling, server
from crm.errors import Locked, Refused, Trouble, Unreachable
from tests.crm.conftest import SECRET, sql
from tests.postgres import Postgres
from tests.tls_door import door


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def vouched(authority: trustme.CA, tmp_path: Path) -> str:
    """What an address adds to trust that authority."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(file)
    return f"&sslrootcert={file}"


def called(url: str, password: str | None = SECRET) -> None:
    server.call(server.address(url), password, "Ana").close()


def refused(url: str, password: str | None = SECRET) -> Trouble:
    with pytest.raises(Trouble) as caught:
        called(url, password)
    return caught.value


# --- who the server is ----------------------------------------------------------------------


def test_a_server_that_an_authority_vouches_for_is_opened(
    elsewhere: Postgres, authority: trustme.CA, vouched: str
) -> None:
    with door(elsewhere.socket, authority) as there:
        called(there.url("coalition") + vouched)
        assert b"SELECT" in there.heard


def test_a_server_that_nobody_known_vouches_for_hears_nothing(elsewhere: Postgres) -> None:
    with door(elsewhere.socket, trustme.CA()) as there:
        trouble = refused(there.url("coalition"))
        assert isinstance(trouble, Unreachable)
        assert trouble.message == "The server “base.example” could not prove who it is."
        assert not there.heard


def test_a_certificate_for_another_name_proves_nothing(
    elsewhere: Postgres, authority: trustme.CA, vouched: str
) -> None:
    with door(elsewhere.socket, authority, name="other.example") as there:
        trouble = refused(there.url("coalition") + vouched)
        assert "could not prove who it is" in trouble.message
        assert not there.heard


@pytest.mark.parametrize(
    "weaker",
    ["sslmode=disable", "sslmode=require", "sslmode=verify-ca", "sslcompression=1",
     "requiressl=0", "gssencmode=prefer", "service=mine", "sslnegotiation=postgres"],
)  # fmt: skip
def test_an_address_cannot_ask_for_less(
    elsewhere: Postgres, authority: trustme.CA, vouched: str, weaker: str
) -> None:
    with door(elsewhere.socket, trustme.CA()) as there:
        assert "prove who it is" in refused(f"{there.url('coalition')}&{weaker}").message
        assert not there.heard
    with door(elsewhere.socket, authority) as there:
        called(f"{there.url('coalition')}{vouched}&{weaker}")


def test_a_server_elsewhere_that_does_not_protect_the_line_is_not_spoken_to(
    elsewhere: Postgres,
) -> None:
    with door(elsewhere.socket, None) as there:
        trouble = refused(there.url("coalition"))
        assert isinstance(trouble, Unreachable)
        assert trouble.message == "The server “base.example” does not protect the line."
        assert not there.heard


@pytest.mark.parametrize(
    "more",
    ["hostaddr=192.0.2.1", "host=base.example", "host=/tmp,base.example",
     "host=localhost&host=base.example"],
)  # fmt: skip
def test_an_address_that_leads_elsewhere_is_not_local_whatever_it_begins_with(more: str) -> None:
    url = server.address(f"postgresql://ana@localhost/coalition?{more}")
    assert not calling.is_local(url)
    assert calling.words_of_the_call(url)["sslmode"] == "verify-full"


def test_the_driver_is_told_whom_this_computer_trusts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own OpenSSL looks in a folder that no computer has."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    words = calling.words_of_the_call(server.address("postgresql://ana@base.example/coalition"))
    assert "BEGIN CERTIFICATE" in Path(words["sslrootcert"]).read_text("utf-8", "replace")


def test_an_authority_this_computer_trusts_is_enough(
    elsewhere: Postgres, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority.cert_pem.write_to_path(tmp_path / "trusted.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    with door(elsewhere.socket, authority) as there:
        called(there.url("coalition"))


def test_the_store_of_a_system_without_such_a_file_is_written_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    monkeypatch.setattr(calling, "_BUNDLES", ())
    assert Path(calling.authorities()).is_file()


def test_a_file_of_authorities_that_is_not_there_is_said(tmp_path: Path) -> None:
    url = f"postgresql://ana@base.example/coalition?sslrootcert={tmp_path / 'gone.pem'}"
    with pytest.raises(Refused, match=r"gone\.pem. cannot be read"):
        called(url)


# --- who calls ------------------------------------------------------------------------------


def test_the_right_password_opens(elsewhere: Postgres) -> None:
    called(elsewhere.url("coalition"))


@pytest.mark.parametrize("typed", ["not that one", "", None, SECRET + " ", "a\x00b", "\ud800"])
def test_another_password_is_refused_and_told_to_nobody(
    elsewhere: Postgres, typed: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    trouble = refused(elsewhere.url("coalition"), typed)
    assert isinstance(trouble, Locked)
    assert trouble.message == "The server did not accept this user name and password."
    if typed:
        assert typed not in caplog.text + elsewhere.log
        assert not any(typed in told for told in everything_told(trouble))


def everything_told(error: BaseException) -> Iterator[str]:
    """What a report of this error could show, down to what each error remembers."""
    yield "".join(traceback.format_exception(error))
    seen: BaseException | None = error
    while seen is not None:
        yield repr(vars(seen)) + str(seen)
        seen = seen.__cause__ or seen.__context__


def test_somebody_the_server_does_not_know_is_told_no_more(elsewhere: Postgres) -> None:
    trouble = refused(elsewhere.url("coalition", user="password_role"))
    assert isinstance(trouble, Locked)


@pytest.mark.parametrize("name", ["elsewhere", "password", "role", "my_certificate"])
def test_a_database_that_is_not_there_is_said_whatever_its_name(
    elsewhere: Postgres, name: str
) -> None:
    assert "no database of this name" in refused(elsewhere.url(name)).message


@pytest.mark.parametrize("host", ["controle-password", "ssl-certificate", "role"])
def test_silence_is_silence_whatever_the_name_of_the_server(tmp_path: Path, host: str) -> None:
    nobody = f"postgresql://ana@{host}.example:9/x?hostaddr=127.0.0.1"
    assert "does not answer" in refused(nobody).message


def test_a_server_that_lets_nobody_in_from_here_says_so(elsewhere: Postgres) -> None:
    rules = elsewhere.folder / "data" / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text("local postgres all trust\n")
    sql(elsewhere, "SELECT pg_reload_conf()")
    assert "from this computer" in refused(elsewhere.url("coalition")).message
    rules.write_text(before)
    sql(elsewhere, "SELECT pg_reload_conf()")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("authentification par mot de passe échouée pour l'utilisateur  « ana »", "user name"),
        ('password authentication failed for user "ana"', "user name"),
        ("le rôle « base de données » n'existe pas", "user name"),
        ("la base de données « rôle » n'existe pas", "no database of this name"),
        ('Пользователь "ana" не прошёл проверку подлинности (по паролю)', "user name"),
        ("sorry, too many clients already", "does not answer"),
        ("the database system is starting up", "does not answer"),
    ],
)
def test_a_server_is_understood_in_the_language_it_speaks(answer: str, sentence: str) -> None:
    error = psycopg.OperationalError(
        f'connection to server at "10.0.0.1", port 5432 failed: FATAL:  {answer}',
        pgconn=FinishedPGconn(used_password="ana" in answer),
    )
    url = server.address("postgresql://ana@base.example/coalition")
    assert sentence in calling._no_line(error, url).message


@pytest.mark.parametrize(
    "written",
    ["postgresql://ana@server:port/x", "postgresql://ana@server/x?password=s3cret&sslmode=require"],
)
def test_what_an_address_cannot_say_is_refused_in_words(written: str) -> None:
    with pytest.raises(Refused) as caught:
        server.address(written)
    assert "s3cret" not in "".join(everything_told(caught.value))


@pytest.mark.parametrize(
    "written", ["postgresql://ana@server:70000/x", "postgresql://ana@" + "a" * 90 + ".example/x"]
)
def test_an_address_that_cannot_lead_anywhere_is_said(written: str) -> None:
    assert refused(written).message
