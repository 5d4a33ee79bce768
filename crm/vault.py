"""The file's key and the mail passwords: OS keyring, phrase, recovery sheet; nowhere else.

The key is Argon2id(phrase, 256 MiB, t=4, salt = the file's first 16 bytes), RFC 9106.  The
keyring holds that key; the recovery sheet is that key in 52 letters (RFC 4648 base32).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import importlib
import os
import secrets
import stat
import sys
import threading
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from crm.cipher import KEY_BYTES, SALT_BYTES, Key, salt_of
from crm.errors import Locked, Refused, Unreachable
from crm.language import _

SERVICE = "Cosigne"
WORDS = Path(__file__).resolve().parent.parent / "resources" / "words"
PATIENCE = 30.0  # seconds a keyring may keep its prompt open
_TRUSTED = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
_MEMORY_KIB = 256 * 1024
_taken: list[str | None] = []  # the phrase of the environment, until it is asked for
T = TypeVar("T")


def key_from_phrase(phrase: str, salt: bytes) -> Key:
    """The key this phrase gives for the file that begins with `salt`.  Takes about a second.

    Capitals, accents written in two ways and extra spaces make no difference.
    """
    from argon2.low_level import Type, hash_secret_raw

    said = " ".join(unicodedata.normalize("NFKC", phrase).casefold().split())
    raw = hash_secret_raw(
        said.encode(), salt, time_cost=4, memory_cost=_MEMORY_KIB, parallelism=4,
        hash_len=KEY_BYTES, type=Type.ID,
    )  # fmt: skip
    return Key(raw, salt)


def new_key(phrase: str) -> Key:
    """The key of a file yet to be made."""
    if len(phrase.strip()) < 8:
        raise Refused(
            _("This phrase is too short to protect anybody."),
            hint=_("Four or five words that do not belong together are easy to keep in mind."),
        )
    return key_from_phrase(phrase, os.urandom(SALT_BYTES))


def propose_phrase(language: str) -> str:
    """Five words that do not belong together, drawn by lot."""
    path = WORDS / f"{language if language == 'fr' else 'en'}.txt"
    words = path.read_text(encoding="utf-8").split()
    return " ".join(secrets.choice(words) for _word in range(5))


# --- the recovery sheet ---------------------------------------------------------------------


def sheet(key: Key) -> list[str]:
    """The key as thirteen groups of four letters; the last carries a 4-bit check."""
    checked = key.raw + bytes([hashlib.sha256(key.raw).digest()[0] & 0xF0])
    letters = base64.b32encode(checked).decode()[:52]
    return [letters[i : i + 4] for i in range(0, 52, 4)]


def key_from_sheet(written: str, salt: bytes) -> Key:
    """The key written on a sheet; Refused when a letter was misread."""
    letters = "".join(written.upper().replace("0", "O").replace("1", "I").replace("8", "B").split())
    letters = letters.replace("-", "")
    wrong = Refused(
        _("This is not what a recovery sheet says: it has thirteen groups of four letters."),
        hint=_("Check each group; one letter may have been misread."),
    )
    if len(letters) != 52:
        raise wrong
    try:
        raw = base64.b32decode(letters + "====")[:KEY_BYTES]
    except binascii.Error:
        raise wrong from None
    if "".join(sheet(Key(raw, salt))) != letters:
        raise wrong
    return Key(raw, salt)


# --- the keyring ----------------------------------------------------------------------------


def has_keyring() -> bool:
    """Whether this computer keeps secrets in a way we trust."""
    return _keyring() is not None


def keep_key(key: Key) -> bool:
    """Let this computer open the file by itself; False when it has no keyring to trust."""
    return _keep(f"file {key.salt.hex()}", key.raw.hex())


def kept_key(path: Path) -> Key | None:
    """The key this computer keeps for a file, or None; Unreachable when the keyring is locked."""
    salt = salt_of(path)
    found = _kept(f"file {salt.hex()}")
    return Key(bytes.fromhex(found), salt) if found else None


def forget_key(key: Key) -> None:
    """From now on the phrase is asked for on this computer."""
    _forget(f"file {key.salt.hex()}")


def keep_mail_password(workspace_id: str, account_id: int, password: str) -> bool:
    """Keep a mailbox's password on this computer; False when it has no keyring to trust."""
    return _keep(f"mail {workspace_id} {account_id}", password)


def mail_password(
    workspace_id: str, account_id: int, *, secrets_dir: Path | None = None
) -> str | None:
    """A mailbox's password from this computer, or None when it must be asked for.

    A machine without keyring gives a folder holding the file `mail-<account id>`, mode 0600.
    """
    if secrets_dir is not None:
        return _from_file(secrets_dir / f"mail-{account_id}")
    return _kept(f"mail {workspace_id} {account_id}")


def forget_mail_password(workspace_id: str, account_id: int) -> None:
    """Remove a mailbox's password from this computer."""
    _forget(f"mail {workspace_id} {account_id}")


def keep_server_password(place: str, password: str) -> bool:
    """Keep the password of a shared workspace here; False when there is no keyring to trust."""
    return _keep(f"server {place}", password)


def server_password(place: str, *, secrets_dir: Path | None = None) -> str | None:
    """The password of a shared workspace from this computer, or None when it must be asked for.

    A machine without keyring gives a folder holding the file `server`, mode 0600.
    """
    if secrets_dir is not None:
        return _from_file(secrets_dir / "server")
    try:
        return _kept(f"server {place}")
    except Unreachable:
        return None  # it can still be typed


def _from_file(path: Path) -> str | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise Refused(
            _("“{path}” can be read by other users of this computer.").format(path=path),
            hint=_("Give it the mode 0600: chmod 600."),
        )
    return path.read_text(encoding="utf-8").rstrip("\r\n")


def _keyring() -> Any:
    """The first of the backends we trust that answers here, or None.

    They are tried by name instead of by the library's own choice, which may fall back to a file
    in clear text or to a backend that keeps nothing, and which reads every installed package.
    """
    chosen = os.environ.get("PYTHON_KEYRING_BACKEND")
    if chosen and not chosen.startswith(_TRUSTED):
        return None  # the user, or an administrator, wants no keyring
    for name in _TRUSTED:
        backend = importlib.import_module(name).Keyring if _here(name) else None
        if backend is not None and backend.viable:
            return backend()
    return None


def _here(name: str) -> bool:
    system = {"Windows": "win32", "macOS": "darwin"}.get(name.rpartition(".")[2], "linux")
    return sys.platform.startswith(system)


def _keep(name: str, secret: str) -> bool:
    backend = _keyring()
    if backend is None:
        return False

    def keep() -> bool:
        backend.set_password(SERVICE, name, secret)
        # A keyring that says yes and keeps nothing exists: look again.
        return bool(backend.get_password(SERVICE, name) == secret)

    return _patiently(keep)


def _kept(name: str) -> str | None:
    if sys.platform.startswith("linux") and "PYTHON_KEYRING_BACKEND" not in os.environ:
        try:
            return _patiently(lambda: _in_secret_service(name))
        except ConnectionError:
            return None  # no Secret Service answers here
    backend = _keyring()
    if backend is None:
        return None

    def find() -> str | None:
        found: str | None = backend.get_password(SERVICE, name)
        return found

    return _patiently(find)


def _in_secret_service(name: str) -> str | None:
    """What `keyring` keeps under this name, without its import: 130 ms of the window's start."""
    import secretstorage

    try:
        with closing(secretstorage.dbus_init()) as bus:
            if not secretstorage.check_service_availability(bus):
                raise ConnectionError
            wanted = {"service": SERVICE, "username": name}
            found = next(iter(secretstorage.get_default_collection(bus).search_items(wanted)), None)
            if found is None:
                return None
            if found.is_locked() and found.unlock():
                raise PermissionError  # the prompt was dismissed
            return str(found.get_secret().decode())
    except secretstorage.exceptions.SecretServiceNotAvailableException:
        raise ConnectionError from None
    except secretstorage.exceptions.SecretStorageException:
        raise PermissionError from None


def _forget(name: str) -> None:
    from keyring.errors import PasswordDeleteError

    backend = _keyring()
    if backend is None:
        return

    def forget() -> None:
        try:
            backend.delete_password(SERVICE, name)
        except PasswordDeleteError:
            pass  # it was not there

    _patiently(forget)


def _patiently(ask: Callable[[], T]) -> T:
    """Ask the keyring on a thread of its own: its prompt may stay open for ever."""
    answer: list[T] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            answer.append(ask())
        except BaseException as error:  # noqa: BLE001  it is told on the asking thread
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True, name="keyring")
    thread.start()
    thread.join(PATIENCE)
    if answer:
        return answer[0]
    if failed and not _is_keyrings_own(failed[0]):
        raise failed[0]
    raise Unreachable(
        _("The keyring of this computer is locked or does not answer."),
        hint=_("Unlock it and try again, or type your phrase."),
    )


def _is_keyrings_own(error: BaseException) -> bool:
    if isinstance(error, ConnectionError):
        return False
    return isinstance(error, OSError) or type(error).__module__.startswith(("keyring", "secretst"))


def take_phrase() -> None:
    """Take COSIGNE_PASSPHRASE out of the environment, before anything is started from here."""
    _taken[:] = [os.environ.pop("COSIGNE_PASSPHRASE", None)]


def phrase_from_environment() -> str | None:
    """COSIGNE_PASSPHRASE, given once and removed from the environment at once."""
    if "COSIGNE_PASSPHRASE" in os.environ:
        take_phrase()
    return _taken.pop() if _taken else None


def key_for(path: Path, ask: Callable[[], str | None]) -> Key:
    """The key of a file: from the environment's phrase, the keyring, or by asking.

    Locked when nobody gives a phrase; a locked keyring falls back to asking.
    """
    salt = salt_of(path)
    if phrase := phrase_from_environment():
        return key_from_phrase(phrase, salt)
    try:
        if key := kept_key(path):
            return key
    except Unreachable:
        pass  # the phrase still opens the file
    phrase = ask()
    if not phrase:
        raise Locked(
            _("This file is locked, and nobody gave its phrase."),
            hint=_("Set COSIGNE_PASSPHRASE, or run Cosigne where it can ask."),
        )
    return key_from_phrase(phrase, salt)
