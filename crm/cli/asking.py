"""What every command shares: which workspace, its key, how answers are printed."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from crm import computer, vault
from crm.db import Database, Step, open_
from crm.errors import Locked, Refused, Unreachable
from crm.language import _

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

T = TypeVar("T")
Commands = Any  # argparse keeps the class of add_subparsers() to itself


def command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int | None], about: str
) -> argparse.ArgumentParser:
    """A command, and what it does in a line."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    made.set_defaults(run=run)
    made.add_argument("--json", action="store_true", help=_("answer in JSON"))
    return made


def with_workspace(made: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Let a command name its workspace; the one opened last by default."""
    made.add_argument(
        "--workspace", metavar="PATH|URL",
        help=_("the file, or the address of a shared one; the last one by default"),
    )  # fmt: skip
    return with_secrets(made)


def with_secrets(made: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Let a command find its passwords where there is no keyring."""
    made.add_argument(
        "--secrets-dir", type=Path, metavar="FOLDER",
        help=_("a folder of passwords in files of mode 0600: “server”, “mail-1”"),
    )  # fmt: skip
    return made


def place_of(asked: argparse.Namespace) -> str:
    """The file, or the address, a command speaks of."""
    found = asked.workspace or computer.last_workspace()
    if not found:
        raise Refused(
            _("No Cosigne file was opened on this computer yet."),
            hint=_("Name one with --workspace, or make one: cosigne new."),
        )
    return str(found)


def path_of(asked: argparse.Namespace) -> Path:
    """The file a command speaks of."""
    place = place_of(asked)
    if is_shared(place):
        raise Refused(_("This is done on a file: a shared workspace has none."))
    return Path(place).expanduser()


def is_shared(place: str) -> bool:
    """Whether this names a database on a server rather than a file."""
    return place.startswith("postgresql")


@contextmanager
def workspace(asked: argparse.Namespace, *, writing: bool = False) -> Iterator[Database]:
    """The workspace, open; shut again at the end."""
    place = place_of(asked)
    if is_shared(place):
        opened: Database = shared(place, asked, writing=writing)
        computer.remember("workspace", opened.place)
    else:
        path = Path(place).expanduser()
        opened = open_(path, vault.key_for(path, ask_phrase), writing=writing)
        computer.remember("workspace", str(path.resolve()))
    try:
        yield opened
    finally:
        opened.close()


def shared(place: str, asked: argparse.Namespace, *, writing: bool) -> Database:
    """A shared workspace, open."""
    from crm.db import server

    url = server.address(place)
    who = computer.my_name(url.username)
    return with_password(
        url, asked, lambda password: server.call(url, password, who, writing=writing)
    )


def with_password(url: URL, asked: argparse.Namespace, call: Callable[[str | None], T]) -> T:
    """Call a server with the password kept here; or with a typed one, kept from then on."""
    place = url.render_as_string(hide_password=True)
    try:
        return call(vault.server_password(place, secrets_dir=asked.secrets_dir))
    except Locked as trouble:
        if not has_person():
            trouble.hint = trouble.hint or _(
                "Keep it in the keyring, or in a file “server” with mode 0600 and --secrets-dir."
            )
            raise
    typed = getpass.getpass(_("Password of the shared workspace: "))
    answered = call(typed)
    if not _keep(place, typed):
        print(_("The password will be asked for at each opening."), file=sys.stderr)
    return answered


def _keep(place: str, password: str) -> bool:
    try:
        return vault.keep_server_password(place, password)
    except Unreachable:
        return False


def ask_phrase() -> str | None:
    """The phrase, typed unseen; None when nobody is there to type."""
    return getpass.getpass(_("Your phrase: ")) if has_person() else None


def has_person() -> bool:
    """Whether somebody can answer."""
    return sys.stdin.isatty()


def json_of(text: str) -> Any:
    """What a JSON argument says; Refused when it is none."""
    try:
        return json.loads(text)
    except ValueError:
        raise Refused(_("This is not JSON: {text}").format(text=text.strip()[:60])) from None


def bytes_of(path: Path) -> bytes:
    """What a file holds; Unreachable when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreachable(
            _("“{path}” cannot be read.").format(path=path), hint=error.strerror or ""
        ) from None


def answer(asked: argparse.Namespace, as_json: Any, text: str) -> None:
    """The one form or the other."""
    print(json.dumps(as_json, ensure_ascii=False) if asked.json else text)


def watched(walk: Generator[Step, None, T]) -> T:
    """Walk to the end, showing how far it is where a person looks on."""
    shown = sys.stderr.isatty()
    while True:
        try:
            step = next(walk)
        except StopIteration as end:
            if shown:
                print("\r\033[K", end="", file=sys.stderr)
            result: T = end.value
            return result
        if shown:
            print(f"\r\033[K{step.done}/{step.total} {step.note}", end="", file=sys.stderr)
