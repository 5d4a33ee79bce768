"""What the first pages ask of the house: a file made, opened again, or taken from its backup."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from crm import cipher, computer, db, settings, vault
from crm.cipher import Key, salt_of
from crm.db import Database
from crm.errors import Refused
from crm.language import _, current

ENDING = ".cosigne"


@dataclass(frozen=True)
class Founding:
    """What she answered."""

    path: Path
    phrase: str
    association: str
    first_name: str
    ask_phrase: bool = False

    @property
    def place(self) -> Path:
        """The file's whole path, its name ending as ours do."""
        path = self.path.expanduser()
        return path if path.suffix == ENDING else path.with_name(path.name + ENDING)


# --- a new file -----------------------------------------------------------------------------


def found(asked: Founding) -> Database:
    """A new workspace, remembered as the one to open next time."""
    _refuse_shut(asked.place.parent)
    made = db.create(asked.place, vault.new_key(asked.phrase))
    with made.write(_("A new workspace"), kind="final") as session:
        settings.found_workspace(
            session, association=asked.association, secretary=asked.first_name,
            language=current(), ask_phrase=asked.ask_phrase,
        )  # fmt: skip
    computer.remember("workspace", str(made.path))
    return made


def _refuse_shut(folder: Path) -> None:
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise Refused(
            _("Nothing can be written in “{folder}”.").format(folder=folder),
            hint=_("Choose another folder, such as Documents."),
        )


def verified(made: Database) -> None:
    """The recovery sheet was retyped: remember it."""
    with made.write(_("Recovery sheet verified"), kind="final") as session:
        settings.change(session, sheet_verified=True)


@dataclass(frozen=True)
class Invented:
    """The invented coalition, and the phrase that opens it again."""

    db: Database
    phrase: str


def invented() -> Invented:
    """The invented coalition, in a file of its own."""
    from crm import demo

    folder = computer.documents() / "Cosigne"
    name = _("invented coalition")
    path = folder / f"{name}{ENDING}"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{name} {number}{ENDING}"
    _refuse_shut(folder)
    phrase = vault.propose_phrase(current())
    made = db.create(path, vault.new_key(phrase))
    with made.write(_("A new workspace"), kind="final") as session:
        settings.found_workspace(session, invented=True, sheet_verified=True)
    db.finish(made.carry_out(_("The invented coalition"), demo.fill))
    return Invented(made, phrase)


# --- a file that exists ---------------------------------------------------------------------


def keep(opened: Database) -> bool:
    """Let this computer open the file by itself; False where the file, or the system, forbids."""
    with opened.read() as session:
        chosen = settings.load(session)
    return not chosen.ask_phrase and vault.keep_key(opened.key)


def by_itself(path: Path) -> Database | None:
    """A file whose key this computer keeps; None when it does not."""
    key = vault.kept_key(path)
    return db.open_(path, key) if key is not None else None


def by_phrase(path: Path, phrase: str) -> Database:
    """A file opened by its phrase."""
    return db.open_(path, vault.key_from_phrase(phrase, salt_of(path)))


def by_sheet(path: Path, written: str) -> Database:
    """A file opened by its recovery sheet."""
    return db.open_(path, vault.key_from_sheet(written, salt_of(path)))


# --- after a breakdown ----------------------------------------------------------------------


def newest_backup(path: Path) -> Path | None:
    """The newest backup beside a file; a state set aside by a restoring is none."""
    kept = [each for each in db.backups(path) if "before restore" not in each.stem]
    return kept[0] if kept else None


def backup_key(backup: Path, phrase: str) -> Key | None:
    """The key of a backup: from her phrase, else the one this computer keeps for its file."""
    if phrase:
        return vault.key_from_phrase(phrase, salt_of(backup))
    return vault.kept_key(backup)


def backup_opens(backup: Path, phrase: str) -> bool:
    """Whether a phrase opens a backup, which proves that its file is what is wrong."""
    key = vault.key_from_phrase(phrase, salt_of(backup))
    return not cipher.faults(backup, key)


def from_backup(path: Path, backup: Path, key: Key) -> Database:
    """The file as it stood at its backup; what stood in its place is kept beside it."""
    db.restore(backup, path, key)
    return db.open_(path, key)
