"""A whole workspace copied elsewhere: from a file to a server, or back.

Every row, the journal included, with its own id, and the ids to come: what was done before
can still be undone, and no id is ever used twice.  The source is only read.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, insert, select, text, update
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from crm.cipher import Key, companions
from crm.db import files, server
from crm.db.doors import Database, Step
from crm.errors import Refused
from crm.language import _
from crm.schema import Base

BATCH = 1000


def to_server(
    source: Database, url: URL, password: str | None, who: str
) -> Generator[Step, None, Database]:
    """A copy in a database that is empty, or was left empty by an earlier try; it, open.

    Refused when something is there already.  Stopped or failed, it holds nothing.
    """
    if not server.is_founded(url, password):
        server.found(url, password)
    target = server.call(url, password, who)
    try:
        yield from copy_all(source, target)
    except BaseException:
        target.close()
        raise
    return target


def to_file(source: Database, path: Path, key: Key) -> Generator[Step, None, Database]:
    """A copy in a new encrypted file; it, open.  Stopped or failed, there is no such file."""
    target = files.create(path, key)
    try:
        yield from copy_all(source, target)
    except BaseException:
        target.close()
        for made in (path, *companions(path)):
            made.unlink(missing_ok=True)
        raise
    return target


def copy_all(source: Database, target: Database) -> Generator[Step, None, None]:
    """Fill an empty workspace with all that another holds, in one transaction; Stop undoes it.

    Refused when the target already holds something.
    """
    tables = Base.metadata.sorted_tables
    with source.read() as old, target.write("", kind="ledger") as new:
        total = sum(_count(old, table) for table in tables)
        if any(_count(new, table) for table in tables):
            raise Refused(_("There is already something at that place. Nothing was moved."))
        done = 0
        for table in tables:
            for rows in _pages(old, table):
                _put(new, table, rows)
                done += len(rows)
                yield Step(done, total)
            _point_at_each_other(old, new, table)
            _count_on(new, table, _counted(old, table))
        yield Step(total, total)


def _count(session: Session, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _pages(session: Session, table: Table) -> Iterator[list[dict[str, Any]]]:
    last = 0
    while True:
        query = select(table).where(table.c.id > last).order_by(table.c.id).limit(BATCH)
        rows = [dict(row._mapping) for row in session.execute(query)]
        if not rows:
            return
        yield rows
        last = rows[-1]["id"]


def _put(session: Session, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    own = _own_keys(table)
    session.execute(insert(table), [row | dict.fromkeys(own) for row in rows])


def _own_keys(table: Table) -> list[str]:
    """The columns that point into the table itself: a row may point at a later one."""
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _point_at_each_other(old: Session, new: Session, table: Table) -> None:
    for name in _own_keys(table):
        column = table.c[name]
        pointing = old.execute(select(table.c.id, column).where(column.is_not(None)))
        for row_id, value in pointing:
            new.execute(update(table).where(table.c.id == row_id).values({name: value}))


# --- the ids to come ------------------------------------------------------------------------


def _counted(session: Session, table: Table) -> int:
    """The highest id this table ever gave."""
    if session.get_bind().dialect.name == "sqlite":
        asked = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        return session.scalar(asked, {"table": table.name}) or 0
    sequence = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
    asked = text(f"SELECT coalesce(pg_sequence_last_value({sequence}), 0)")
    return session.scalar(asked) or 0


def _count_on(session: Session, table: Table, highest: int) -> None:
    if not highest:
        return
    if session.get_bind().dialect.name == "sqlite":
        session.execute(
            text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table.name}
        )
        session.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :seq)"),
            {"table": table.name, "seq": highest},
        )
        return
    sequence = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
    session.execute(text(f"SELECT setval({sequence}, :seq)"), {"seq": highest})
