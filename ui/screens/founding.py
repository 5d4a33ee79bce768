"""What the first pages ask of the house: a file made, its sheet verified, an invented coalition."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crm import computer, db, settings, vault
from crm.cipher import salt_of
from crm.db import Database
from crm.language import _, current


@dataclass(frozen=True)
class Founding:
    """What she answered."""

    path: Path
    phrase: str
    association: str
    first_name: str
    ask_phrase: bool = False


def found(asked: Founding) -> Database:
    """A new workspace, its key kept by this computer unless she wants to be asked."""
    path = asked.path if asked.path.suffix else asked.path.with_suffix(".cosigne")
    key = vault.new_key(asked.phrase)
    made = db.create(path, key)
    with made.write(_("A new workspace"), kind="final") as session:
        settings.found_workspace(
            session, association=asked.association, secretary=asked.first_name,
            language=current(), ask_phrase=asked.ask_phrase,
        )  # fmt: skip
    if not asked.ask_phrase:
        vault.keep_key(key)
    return made


def verified(made: Database) -> None:
    """The recovery sheet was retyped: remember it."""
    with made.write(_("Recovery sheet verified"), kind="final") as session:
        settings.change(session, sheet_verified=True)


def invented() -> Database:
    """The invented coalition, in a file of its own, opened without a phrase where that can be."""
    from crm import demo

    folder = computer.documents() / "Cosigne"
    name = _("invented coalition")
    path = folder / f"{name}.cosigne"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{name} {number}.cosigne"
    key = vault.new_key(vault.propose_phrase(current()))
    made = db.create(path, key)
    with made.write(_("A new workspace"), kind="final") as session:
        settings.found_workspace(session, invented=True, sheet_verified=True)
    db.finish(made.carry_out(_("The invented coalition"), demo.fill))
    vault.keep_key(key)
    return made


def opened_with_sheet(path: Path, written: str) -> Database:
    """A file opened by its recovery sheet; this computer keeps the key from then on."""
    key = vault.key_from_sheet(written, salt_of(path))
    opened = db.open_(path, key)
    vault.keep_key(key)
    return opened
