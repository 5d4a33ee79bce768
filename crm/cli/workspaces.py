"""new, info, check, backup, restore, journal, undo, redo: the workspace itself."""

from __future__ import annotations

import argparse
import random
import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from crm import computer, history, settings, vault
from crm import db as door
from crm.cipher import Key, companions
from crm.cli.asking import (
    Commands,
    answer,
    ask_phrase,
    command,
    has_person,
    is_shared,
    path_of,
    watched,
    with_password,
    with_secrets,
    with_workspace,
    workspace,
)
from crm.errors import Damaged, Refused, Unreachable
from crm.language import _, current
from crm.schema import Address, Appeal, Base, Organisation, Person, Signature


def add(commands: Commands) -> None:
    """The commands of this group."""
    new = command(commands, "new", _new, _("make a new, encrypted workspace"))
    new.add_argument("path", metavar="FILE|URL")
    new.add_argument("--association", default="", help=_("the name of your association"))
    new.add_argument("--name", default="", help=_("your first name"))
    new.add_argument("--ask-phrase", action="store_true", help=_("never keep the key here"))
    with_secrets(new)
    info = command(commands, "info", _info, _("what a workspace holds"))
    with_workspace(info)
    with_workspace(command(commands, "check", _check, _("verify every page of the file")))
    backup = with_workspace(command(commands, "backup", _backup, _("a verified, encrypted copy")))
    backup.add_argument("target", type=Path, nargs="?", metavar="FILE")
    restore = command(commands, "restore", _restore, _("put a backup in the file's place"))
    restore.add_argument("backup", type=Path, metavar="BACKUP")
    with_workspace(restore)
    move = command(commands, "move", _move, _("copy a whole workspace to a server, or to a file"))
    move.add_argument("target", metavar="FILE|URL")
    with_workspace(move)
    allow = command(commands, "allow", _allow, _("who may do what in a shared workspace"))
    allow.add_argument("user", metavar="USER")
    allow.add_argument("part", choices=("owner", "editor", "reader", "nobody"))
    with_workspace(allow)
    with_workspace(command(commands, "undo", _undo, _("take back the last act")))
    with_workspace(command(commands, "redo", _redo, _("do again what undo took back")))
    journal = command(commands, "journal", _journal, _("what was done, newest first"))
    journal.add_argument("--limit", type=int, default=30)
    with_workspace(journal)
    demo = command(commands, "demo", _demo, _("an invented coalition through the main job"))
    demo.add_argument("--folder", type=Path, default=Path("demo"), metavar="FOLDER")


def _new(asked: argparse.Namespace) -> None:
    if is_shared(asked.path):
        _new_shared(asked)
        return
    key = vault.new_key(_first_phrase(asked))
    path = _file(asked.path)
    made = door.create(path, key)
    try:
        with made.write(_("A new workspace"), kind="final") as session:
            settings.found_workspace(
                session,
                association=asked.association,
                secretary=asked.name,
                language=current(),
                ask_phrase=asked.ask_phrase,
            )
        verified = _verify_sheet(asked, key)
        if verified:
            with made.write(_("Recovery sheet verified"), kind="final") as session:
                settings.change(session, sheet_verified=True)
    except BaseException:
        made.close()
        for left in (path, *companions(path)):
            left.unlink(missing_ok=True)
        raise
    made.close()
    kept = not asked.ask_phrase and _keep(key)
    computer.remember("workspace", str(path.resolve()))
    sheet = " ".join(vault.sheet(key))
    answer(
        asked,
        {"path": str(path), "sheet": sheet, "keyring": kept, "sheet_verified": verified},
        "\n".join(
            [
                _("Made: {path}").format(path=path),
                _("This computer will open it by itself.")
                if kept
                else _("The phrase will be asked for at each opening."),
                _("Recovery sheet, to copy by hand and keep elsewhere:"),
                sheet,
            ]
        ),
    )


def _file(written: str) -> Path:
    path = Path(written).expanduser()
    if not path.name:
        raise Refused(_("A workspace needs a name: cosigne new coalition.cosigne"))
    return path if path.suffix else path.with_suffix(".cosigne")


def _keep(key: Key) -> bool:
    try:
        return vault.keep_key(key)
    except Unreachable as trouble:
        print(f"cosigne: {trouble.message}", file=sys.stderr)
        return False


def _new_shared(asked: argparse.Namespace) -> None:
    from crm.db import addresses, server

    url = server.address(asked.path)
    if asked.name:
        computer.remember("my_name", asked.name)

    def founded(password: str | None) -> door.Database:
        server.found(url, password)
        return server.call(url, password, computer.my_name(url.username))

    made = with_password(url, asked, founded)
    with made.write(_("A new workspace"), kind="final") as session:
        settings.found_workspace(
            session, association=asked.association, secretary=asked.name, language=current(),
            sheet_verified=True,
        )  # fmt: skip
    place = made.place
    made.close()
    computer.remember("workspace", place)
    answer(
        asked,
        {"path": place, "sheet": None, "keyring": False, "sheet_verified": True},
        "\n".join([_("Made: {path}").format(path=place), addresses.warning()]),
    )


def _move(asked: argparse.Namespace) -> None:
    from crm.db import addresses, moving, server

    with workspace(asked) as source:
        if is_shared(asked.target):
            print(addresses.warning(), file=sys.stderr)
            url = server.address(asked.target)
            target = with_password(
                url, asked,
                lambda password: watched(
                    moving.to_server(source, url, password, computer.my_name(url.username))
                ),
            )  # fmt: skip
        else:
            key = vault.new_key(_first_phrase(asked))
            target = watched(moving.to_file(source, _file(asked.target), key))
        place = target.place
        target.close()
    computer.remember("workspace", place)
    answer(asked, {"path": place}, _("Moved: {path}").format(path=place))


def _allow(asked: argparse.Namespace) -> None:
    from crm.db import grants

    with workspace(asked, writing=True) as db:
        grants.allow(db, asked.user, asked.part)
    answer(
        asked, {"user": asked.user, "part": asked.part},
        f"{asked.user}: {asked.part}",
    )  # fmt: skip


def _first_phrase(asked: argparse.Namespace) -> str:
    if phrase := vault.phrase_from_environment():
        return phrase
    if has_person():
        proposed = vault.propose_phrase(current())
        print(_("A phrase for you, or press a key for your own: {words}").format(words=proposed))
    phrase = ask_phrase()
    if not phrase:
        raise Refused(
            _("A new workspace needs a phrase."), hint=_("Set COSIGNE_PASSPHRASE for this command.")
        )
    return phrase


def _verify_sheet(asked: argparse.Namespace, key: Key) -> bool:
    if not has_person() or asked.json:
        return False
    groups = vault.sheet(key)
    print(_("Copy this recovery sheet by hand, on paper, now:"))
    print(" ".join(groups))
    wanted = sorted(random.sample(range(len(groups)), 2))
    for place in wanted:
        typed = input(_("Group number {n}, as you copied it: ").format(n=place + 1))
        if typed.strip().upper() != groups[place]:
            print(_("That is not what the sheet says; check your copy."), file=sys.stderr)
            return False
    return True


def _info(asked: argparse.Namespace) -> None:
    counted: dict[str, type[Base]] = {
        "organisations": Organisation,
        "people": Person,
        "addresses": Address,
        "appeals": Appeal,
        "signatures": Signature,
    }
    with workspace(asked) as db, db.read() as session:
        chosen = settings.load(session)
        counts = {
            name: session.scalar(select(func.count(noun.id))) for name, noun in counted.items()
        }
        path, is_file = db.place, not db.shared
    kept = door.backups(Path(path)) if is_file else []
    saved = datetime.fromtimestamp(kept[0].stat().st_mtime) if kept else None
    answer(
        asked,
        {
            "path": path,
            "association": chosen.association,
            "engine": "sqlcipher" if is_file else "postgresql",
            **counts,
            "backup": saved.isoformat(timespec="seconds") if saved else None,
            "sheet_verified": chosen.sheet_verified,
        },
        "\n".join(
            [path, chosen.association, *(f"{name}: {count}" for name, count in counts.items())]
        ),
    )


def _check(asked: argparse.Namespace) -> None:
    with workspace(asked) as db:
        found, shared_ = db.faults(), db.shared
    if found:
        raise Damaged(
            _("This file is damaged: {fault}").format(fault=found[0]),
            hint=_("Restore the newest backup."),
        )
    whole = _("Every page of this file is whole.")
    answer(asked, {"faults": []}, _("The server answers.") if shared_ else whole)


def _backup(asked: argparse.Namespace) -> None:
    with workspace(asked) as db:
        made = db.back_up(asked.target)
    answer(asked, {"backup": str(made)}, _("Backed up and verified: {path}").format(path=made))


def _restore(asked: argparse.Namespace) -> None:
    path = path_of(asked)
    key = vault.key_for(asked.backup, ask_phrase)
    saved = door.restore(asked.backup, path, key)
    text = _("Restored: {path}").format(path=path)
    if saved:
        text += "\n" + _("What stood there before is kept: {path}").format(path=saved)
    answer(asked, {"path": str(path), "saved": str(saved) if saved else None}, text)


def _undo(asked: argparse.Namespace) -> None:
    with workspace(asked, writing=True) as db:
        label = watched(db.undo())
    answer(asked, {"undone": label}, _("Undone: {label}").format(label=label))


def _redo(asked: argparse.Namespace) -> None:
    with workspace(asked, writing=True) as db:
        label = watched(db.redo())
    answer(asked, {"redone": label}, _("Done again: {label}").format(label=label))


def _journal(asked: argparse.Namespace) -> None:
    with workspace(asked) as db, db.read() as session:
        lines = history.journal(session, asked.limit)
    answer(
        asked,
        [
            {"id": e.id, "at": e.at.isoformat(), "label": e.label, "kind": e.kind, "rows": e.rows,
             "undone": e.undone, "who": e.who}
            for e in lines
        ],
        "\n".join(
            f"{e.at.astimezone():%Y-%m-%d %H:%M}  {e.kind:5}  {e.label}"
            + (f"  ({e.who})" if e.who else "")
            for e in lines
        ),
    )  # fmt: skip


def _demo(asked: argparse.Namespace) -> None:
    from crm import demo

    account = demo.run(asked.folder)
    computer.remember("workspace", str(account.path.resolve()))
    lines = [
        _("An invented coalition, on this machine alone:"),
        *(f"  · {line}" for line in account.lines),
        _("Its file, encrypted: {path}").format(path=account.path),
        _("Its phrase: {phrase}").format(phrase=account.phrase),
        _("Left beside it: {names}").format(names=", ".join(each.name for each in account.files)),
    ]
    answer(
        asked,
        {
            "path": str(account.path),
            "phrase": account.phrase,
            "files": [str(each) for each in account.files],
            "account": account.lines,
        },
        "\n".join(lines),
    )
    if asked.show is not None and not asked.json:
        asked.show(account)
