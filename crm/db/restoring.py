"""A backup put in the place of a file, without mailing anybody twice.

What was sent or asked since the backup is known to nobody but the present file: its ledger and
its opt-outs are carried over where it can still be read.  A copy of which nobody knows any
more whether it left is a doubt for a person to settle, never sent again by itself (rule 6).
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlcipher3 import dbapi2

from crm import cipher
from crm.cipher import Key
from crm.errors import Damaged, Trouble
from crm.language import _

_WAITING = "('queued', 'leaving', 'deferred')"
_TOLD = ("state", "reason", "reply", "attempts", "next_try_at", "left_at", "settled_at", "sha256")
_OPT_OUT = ("key", "at", "how", "lifted_at", "wish")


def put_back(backup: Path, path: Path, key: Key, saved: Path | None, lock: FileLock) -> None:
    """Put a verified copy of a backup at `path`; what stood there goes whole to `saved`.

    Damaged, and nothing touched, when the backup is not whole.  Lets go of `lock` at the end.
    """
    part = path.with_name(f".{path.name}.restored")
    moved: list[tuple[Path, Path]] = []
    try:
        if found := cipher.faults(backup, key):
            raise Damaged(_("This backup is damaged. Nothing was changed."), hint=found[0])
        cipher.copy(backup, key, part)
        _carry_over(part, path, key)
        if saved is not None:
            saved.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # The -wal goes along under the same name: it may hold the newest acts.
            for old, new in zip(_whole(path), _whole(saved), strict=True):
                if old.exists():
                    old.rename(new)
                    moved.append((old, new))
        part.replace(path)
    except BaseException:
        for old, new in reversed(moved):
            new.rename(old)
        raise
    finally:
        for rest in _whole(part):
            rest.unlink(missing_ok=True)
        lock.release()


def _whole(path: Path) -> tuple[Path, ...]:
    return (path, *cipher.companions(path))


def _carry_over(restored: Path, present: Path, key: Key) -> None:
    ledger, wishes = _known(present, key)
    with closing(cipher.connect(restored, key)) as line:
        line.execute("BEGIN IMMEDIATE")
        waiting = line.execute(
            f"SELECT id, message_id FROM delivery WHERE state IN {_WAITING}"  # noqa: S608
        ).fetchall()
        for row_id, message_id in waiting:
            told = ledger.get(message_id)
            if told is None:
                told = ("uncertain", "restored", *[None] * (len(_TOLD) - 2))
                _tell(line, row_id, ("state", "reason"), told[:2])
            else:
                _tell(line, row_id, _TOLD, told)
        line.execute("UPDATE mailing SET state = 'paused' WHERE state = 'sending'")
        names, marks = ", ".join(f'"{each}"' for each in _OPT_OUT), ", ".join("?" * len(_OPT_OUT))
        for wish in wishes:
            line.execute("DELETE FROM opt_out WHERE key = ?", wish[:1])
            line.execute(f"INSERT INTO opt_out ({names}) VALUES ({marks})", wish)  # noqa: S608
        line.execute("COMMIT")
        line.execute("PRAGMA journal_mode = DELETE")


def _tell(line: Any, row_id: int, names: tuple[str, ...], values: tuple[Any, ...]) -> None:
    pairs = ", ".join(f"{name} = ?" for name in names)
    line.execute(f"UPDATE delivery SET {pairs} WHERE id = ?", (*values, row_id))  # noqa: S608


def _known(present: Path, key: Key) -> tuple[dict[str, tuple[Any, ...]], list[tuple[Any, ...]]]:
    """What the present file says of every copy and every wish; nothing when it cannot be read."""
    try:
        with closing(cipher.connect(present, key, only_look=True)) as line:
            told = ", ".join(_TOLD)
            ledger = {
                row[0]: tuple(row[1:])
                for row in line.execute(f"SELECT message_id, {told} FROM delivery")  # noqa: S608
            }
            names = ", ".join(f'"{each}"' for each in _OPT_OUT)
            wishes = [tuple(row) for row in line.execute(f"SELECT {names} FROM opt_out")]  # noqa: S608
    except (Trouble, dbapi2.Error):
        return {}, []
    return ledger, wishes
