"""The triggers: every changed row is noted under the current act, before and after.

A row is noted as compact JSON text, letter for letter the same on both engines: a journal can
move from a file to a server and back, and acts done before the move can still be undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    Table,
    event,
    insert,
    text,
    update,
)
from sqlalchemy.orm import Session

from crm.schema import Act, Base, Moment, recorded


def install(connection: Any) -> None:
    """Teach a new writing connection to a file (DBAPI) to note its own changes."""
    connection.execute("CREATE TEMP TABLE now_acting (act_id INTEGER)")
    for name in recorded():
        for statement in _of_a_file(Base.metadata.tables[name]):
            connection.execute(statement)


def install_for_all(connection: Connection) -> None:
    """Teach a server to note the changes of whoever writes; again after each upgrade."""
    for name in recorded():
        for statement in _of_a_server(Base.metadata.tables[name]):
            connection.exec_driver_sql(statement)


def begin(
    session: Session, label: str, kind: str, of_id: int | None = None, who: str | None = None
) -> int:
    """Open a new act; what follows in this session is written under it."""
    made = insert(Act).values(
        at=datetime.now(UTC), label=label, kind=kind, of_id=of_id, undone=False, who=who
    )
    act_id = session.execute(made.returning(Act.id)).scalar_one()
    _acting(session, act_id)
    return act_id


def rest(session: Session) -> None:
    """Write without an act: the ledger's own lines are their own record."""
    _acting(session, None)


def _acting(session: Session, act_id: int | None) -> None:
    if _is_server(session):
        session.execute(
            text("SELECT set_config('cosigne.act', :act, true)"), {"act": str(act_id or "")}
        )
        return
    session.execute(text("DELETE FROM now_acting"))
    if act_id is not None:
        session.execute(text("INSERT INTO now_acting VALUES (:id)"), {"id": act_id})


def make_final(session: Session, act_id: int) -> None:
    """Keep an act in the journal and out of undo."""
    session.execute(update(Act).where(Act.id == act_id).values(kind="final"))


def watch(session: Session) -> set[str]:
    """The tables outside the record that this session writes to from now on, as it does."""
    written: set[str] = set()
    unrecorded = {name for name in Base.metadata.tables if name not in recorded()}

    def note(_line: Any, cursor: Any, statement: str, *_more: Any) -> None:
        found = _WRITING.match(statement)
        if found and found[1] in unrecorded and cursor.rowcount:
            written.add(found[1])

    event.listen(session.connection(), "after_cursor_execute", note)
    return written


_WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


def row_as_json(session: Session, table: Table) -> str:
    """The SQL that says a whole row of this table as it is noted."""
    return (_on_server if _is_server(session) else _on_file)(table)


def _is_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


# --- a file ---------------------------------------------------------------------------------


def _of_a_file(table: Table) -> Iterator[str]:
    old, new = _on_file(table, "OLD."), _on_file(table, "NEW.")
    sides = {
        "INSERT": ("NEW.id", "NULL", new, "1"),
        "UPDATE": ("NEW.id", old, new, f"{old} <> {new}"),
        "DELETE": ("OLD.id", old, "NULL", "1"),
    }
    for verb, (row_id, before, after, when) in sides.items():
        yield (
            f'CREATE TEMP TRIGGER note_{table.name}_{verb} AFTER {verb} ON main."{table.name}" '
            f"WHEN {when} BEGIN INSERT INTO change (act_id, noun, row_id, before, after) "
            f"SELECT act_id, '{table.name}', {row_id}, {before}, {after} FROM now_acting; END"
        )


def _on_file(table: Table, side: str = "") -> str:
    pairs = ", ".join(f"'{column.name}', {side}\"{column.name}\"" for column in table.columns)
    return f"json_object({pairs})"


# --- a server -------------------------------------------------------------------------------


def _of_a_server(table: Table) -> Iterator[str]:
    # The journal is written with its owner's rights: an editor may read it, never rewrite it.
    yield f"""
        CREATE OR REPLACE FUNCTION note_{table.name}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $note$
        DECLARE
            act integer := nullif(current_setting('cosigne.act', true), '')::integer;
            before text := NULL;
            after text := NULL;
        BEGIN
            IF act IS NULL THEN RETURN NULL; END IF;
            IF TG_OP <> 'INSERT' THEN before := {_on_server(table, "OLD.")}; END IF;
            IF TG_OP <> 'DELETE' THEN after := {_on_server(table, "NEW.")}; END IF;
            IF before IS DISTINCT FROM after THEN
                INSERT INTO change (act_id, noun, row_id, before, after) VALUES (
                    act, '{table.name}',
                    CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END, before, after
                );
            END IF;
            RETURN NULL;
        END $note$"""
    yield f'DROP TRIGGER IF EXISTS note ON "{table.name}"'
    yield (
        f'CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON "{table.name}" '
        f"FOR EACH ROW EXECUTE FUNCTION note_{table.name}()"
    )


def _on_server(table: Table, side: str = "") -> str:
    pairs = " || ',' || ".join(
        f"""'"{column.name}":' || coalesce({_told(column, side)}, 'null')"""
        for column in table.columns
    )
    return f"'{{' || {pairs} || '}}'"


def _told(column: Column[Any], side: str) -> str:
    """One value as SQLite's own JSON would write it."""
    value = f'{side}"{column.name}"'
    if isinstance(column.type, Boolean):
        return f"{value}::integer::text"
    if isinstance(column.type, Integer):
        return f"{value}::text"
    if isinstance(column.type, Date):
        return f"""'"' || to_char({value}, 'YYYY-MM-DD') || '"'"""
    if isinstance(column.type, Moment):
        at = f"{value} AT TIME ZONE 'UTC'"
        return f"""'"' || to_char({at}, 'YYYY-MM-DD HH24:MI:SS.US') || '"'"""
    if isinstance(column.type, JSON):
        return f"to_json({value}::text)::text"
    return f"to_json({value})::text"
