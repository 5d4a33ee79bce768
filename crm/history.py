"""The record of every change: SQLite itself notes each row, so that nobody can forget to.

The triggers are TEMP and live on the writing connection, so migrations never see them.  One
mechanism, three fruits: undo and redo, the journal, and what the windows must repaint.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, func, insert, select, text, update
from sqlalchemy.orm import Session

from crm.errors import Refused
from crm.language import _, marked
from crm.schema import Act, Base, Change, Delivery, Mailing, Publication, recorded

Changes = Mapping[str, frozenset[int]]
"""Which rows changed, by table: ``{"person": frozenset({3, 7})}``; an empty set is "some"."""

_RESTING = {
    "delivery": marked("A message rests on it: {name}. A message that left cannot be called back."),
    "publication": marked("A list printed on {name} rests on it."),
    "opt_out": marked("A wish not to be written to rests on it."),
}


@dataclass(frozen=True)
class Entry:
    """One line of the journal."""

    id: int
    at: datetime
    label: str
    kind: str
    undone: bool
    who: str | None
    rows: int


def install(connection: Any) -> None:
    """Teach a new writing connection (DBAPI) to note its own changes."""
    connection.execute("CREATE TEMP TABLE now_acting (act_id INTEGER)")
    for name in recorded():
        for statement in _triggers(Base.metadata.tables[name]):
            connection.execute(statement)


def _triggers(table: Table) -> list[str]:
    def row(side: str) -> str:
        return _as_json(table, side + ".")

    sides = {
        "INSERT": ("NEW.id", "NULL", row("NEW"), "1"),
        "UPDATE": ("NEW.id", row("OLD"), row("NEW"), f"{row('OLD')} <> {row('NEW')}"),
        "DELETE": ("OLD.id", row("OLD"), "NULL", "1"),
    }
    return [
        f'CREATE TEMP TRIGGER note_{table.name}_{verb} AFTER {verb} ON main."{table.name}" '
        f"WHEN {when} BEGIN INSERT INTO change (act_id, noun, row_id, before, after) "
        f"SELECT act_id, '{table.name}', {row_id}, {before}, {after} FROM now_acting; END"
        for verb, (row_id, before, after, when) in sides.items()
    ]


def _as_json(table: Table, side: str = "") -> str:
    pairs = ", ".join(f"'{column.name}', {side}\"{column.name}\"" for column in table.columns)
    return f"json_object({pairs})"


def begin(session: Session, label: str, kind: str, of_id: int | None = None) -> int:
    """Open a new act; what follows in this session is written under it."""
    made = insert(Act).values(
        at=datetime.now(UTC), label=label, kind=kind, of_id=of_id, undone=False
    )
    act_id = session.execute(made.returning(Act.id)).scalar_one()
    session.execute(text("DELETE FROM now_acting"))
    session.execute(text("INSERT INTO now_acting VALUES (:id)"), {"id": act_id})
    return act_id


def rest(session: Session) -> None:
    """Write without an act: the ledger's own lines are their own record."""
    session.execute(text("DELETE FROM now_acting"))


def changes_of(session: Session, act_id: int) -> Changes:
    """Which rows this act touched."""
    touched: dict[str, set[int]] = defaultdict(set)
    for noun, row_id in session.execute(
        select(Change.noun, Change.row_id).where(Change.act_id == act_id)
    ):
        touched[noun].add(row_id)
    return {noun: frozenset(ids) for noun, ids in touched.items()}


def to_undo(session: Session) -> Entry | None:
    """The act that Undo would take back."""
    wanted = select(Act.id).where(Act.kind == "do", Act.undone.is_(False))
    last = session.scalar(wanted.order_by(Act.id.desc()).limit(1))
    return entry(session, last) if last else None


def to_redo(session: Session) -> Entry | None:
    """The undo that Redo would take back: none once something new was done."""
    newest_do = select(func.coalesce(func.max(Act.id), 0)).where(Act.kind == "do")
    wanted = select(Act.id).where(
        Act.kind == "undo", Act.undone.is_(False), Act.id > newest_do.scalar_subquery()
    )
    last = session.scalar(wanted.order_by(Act.id.desc()).limit(1))
    return entry(session, last) if last else None


def journal(session: Session, limit: int = 200) -> list[Entry]:
    """What was done, newest first."""
    ids = session.scalars(select(Act.id).order_by(Act.id.desc()).limit(limit)).all()
    return _entries(session, ids)


def entry(session: Session, act_id: int) -> Entry:
    """One line of the journal."""
    return _entries(session, [act_id])[0]


def _entries(session: Session, ids: Sequence[int]) -> list[Entry]:
    rows = (
        select(func.count(Change.id))
        .where(Change.act_id == Act.id)
        .correlate(Act)
        .scalar_subquery()
    )
    query = (
        select(Act.id, Act.at, Act.label, Act.kind, Act.undone, Act.who, rows)
        .where(Act.id.in_(ids))
        .order_by(Act.id.desc())
    )
    return [Entry(*row) for row in session.execute(query)]


def tally(session: Session, act_id: int) -> Mapping[str, int]:
    """How many rows of each noun an act touched, for the sentence said before an undo."""
    query = (
        select(Change.noun, func.count(Change.row_id.distinct()))
        .where(Change.act_id == act_id)
        .group_by(Change.noun)
    )
    return {noun: count for noun, count in session.execute(query)}


def take_back(session: Session, act_id: int) -> Iterator[tuple[int, int]]:
    """Put every row the act touched back as it was; yields (done, total).

    Refused, with its reason, when a row has changed since or when something that cannot be
    undone rests on it.
    """
    changes = session.execute(
        select(Change.noun, Change.row_id, Change.before, Change.after)
        .where(Change.act_id == act_id)
        .order_by(Change.id.desc())
    ).all()
    if not changes:
        raise Refused(_("There is nothing left to take back here."))
    _refuse_if_something_rests(session, act_id, changes)
    for done, (noun, row_id, before, after) in enumerate(changes):
        _restore(session, Base.metadata.tables[noun], row_id, before, after)
        if done % 100 == 0:
            yield done, len(changes)
    original = select(Act.of_id).where(Act.id == act_id).scalar_subquery()
    session.execute(update(Act).where(Act.id == act_id).values(undone=True))
    session.execute(update(Act).where(Act.id == original).values(undone=False))
    yield len(changes), len(changes)


def _restore(
    session: Session, table: Table, row_id: int, before: str | None, after: str | None
) -> None:
    found = session.execute(
        text(f'SELECT {_as_json(table)} FROM "{table.name}" WHERE id = :id'),
        {"id": row_id},
    ).scalar()
    if found != after:
        raise Refused(
            _("What you want to take back has changed since."),
            hint=_("Take back the later change first."),
        )
    if before is None:
        session.execute(text(f'DELETE FROM "{table.name}" WHERE id = :id'), {"id": row_id})
        return
    was = json.loads(before)
    if after is None:
        names = ", ".join(f'"{column}"' for column in was)
        values = ", ".join(f":{column}" for column in was)
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({values})'
    else:
        pairs = ", ".join(f'"{column}" = :{column}' for column in was)
        statement = f'UPDATE "{table.name}" SET {pairs} WHERE id = :id'
    session.execute(text(statement), was)


# --- what an undo may not pull away ---------------------------------------------------------


def _refuse_if_something_rests(session: Session, act_id: int, changes: Sequence[Any]) -> None:
    made: dict[str, set[int]] = defaultdict(set)
    for noun, row_id, before, _after in changes:
        if before is None:
            made[noun].add(row_id)
    for table in Base.metadata.sorted_tables:
        if table.info.get("final") and table.name in _RESTING:
            for key in table.foreign_keys:
                ids = made.get(key.column.table.name)
                if ids and (name := _resting(session, table, key.parent, ids)):
                    _refuse(table.name, name)
    _refuse_if_printed(session, act_id, changes)


def _resting(session: Session, table: Table, column: Any, ids: set[int]) -> str | None:
    shown = table.c.name if "name" in table.c else table.c.at if "at" in table.c else table.c.id
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        found = session.execute(
            select(shown).where(column.in_(wanted[start : start + 500])).limit(1)
        ).scalar()
        if found is not None:
            return f"{found:%Y-%m-%d}" if isinstance(found, datetime) else str(found)
    return None


def _refuse_if_printed(session: Session, act_id: int, changes: Sequence[Any]) -> None:
    appeals = {
        json.loads(side)["appeal_id"]
        for noun, _row, before, after in changes
        if noun == "signature"
        for side in (before, after)
        if side
    }
    acted_at = session.scalar(select(Act.at).where(Act.id == act_id))
    printed = session.scalar(
        select(Publication.at)
        .where(Publication.appeal_id.in_(appeals), Publication.at >= acted_at)
        .limit(1)
    )
    mailed = session.scalar(
        select(Delivery.name)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(Mailing.appeal_id.in_(appeals), Delivery.left_at >= acted_at)
        .limit(1)
    )
    if mailed is not None:
        _refuse("delivery", mailed)
    if printed is not None:
        _refuse("publication", f"{printed:%Y-%m-%d}")


def _refuse(table: str, name: str) -> None:
    raise Refused(
        _("This can no longer be undone. {reason}").format(
            reason=_(_RESTING[table]).format(name=name)
        ),
        hint=_("Change the records themselves instead."),
    )
