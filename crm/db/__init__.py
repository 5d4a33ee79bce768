"""The only door to the data: create, unlock, upgrade, back up, read(), write().

    with db.read() as session:                 look, and leave everything as it was
    with db.write("Merge two …") as session:   one act: whole or not at all, recorded, announced

A function taking `session` is a step and never commits.  One taking `db` is a *walk*: a
generator of several short acts.  A generator taking `session` is a *long act*: one transaction
whose Steps can be watched and whose Stop rolls back; `carry_out` runs it.

A workspace is one encrypted file (`files`) or one PostgreSQL database (`server`); whoever
holds its Database need not know which.
"""

from crm.db.doors import Database, Step, finish
from crm.db.files import backup_path, backups, create, open_, restore

__all__ = [
    "Database",
    "Step",
    "backup_path",
    "backups",
    "create",
    "finish",
    "open_",
    "restore",
]
