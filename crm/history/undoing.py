"""Taking an act back, row for row, unless something that cannot be undone rests on it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Table,
    delete,
    insert,
    null,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from crm.errors import Refused
from crm.history.recording import row_as_json
from crm.language import _, marked
from crm.schema import Act, Base, Change, Delivery, Mailing, Moment, Publication

_RESTING = {
    "delivery": marked("A message rests on it: {name}. A message that left cannot be called back."),
    "publication": marked("A list printed on {name} rests on it."),
}


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
        text(f'SELECT {row_as_json(session, table)} FROM "{table.name}" WHERE id = :id'),
        {"id": row_id},
    ).scalar()
    if found != after:
        raise Refused(
            _("What you want to take back has changed since."),
            hint=_("Take back the later change first."),
        )
    this = table.c.id == row_id
    if before is None:
        session.execute(delete(table).where(this))
    elif after is None:
        session.execute(insert(table).values(**_values(table, before)))
    else:
        session.execute(update(table).where(this).values(**_values(table, before)))


def _values(table: Table, noted: str) -> dict[str, Any]:
    """A noted row as the tables take it."""
    return {name: _value(table.c[name], value) for name, value in json.loads(noted).items()}


def _value(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSON):
        return null() if value is None else json.loads(value)
    if value is None:
        return None
    if isinstance(column.type, Boolean):
        return bool(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value


# --- what an undo may not pull away ---------------------------------------------------------


def _refuse_if_something_rests(session: Session, act_id: int, changes: Sequence[Any]) -> None:
    made: dict[str, set[int]] = defaultdict(set)
    for noun, row_id, before, _after in changes:
        if before is None:
            made[noun].add(row_id)
    # What can never be taken back first: it is the better reason.
    final = [each for each in Base.metadata.sorted_tables if each.name in _RESTING]
    for table in final:
        if name := _rests(session, table, made):
            _refuse(table.name, name)
    _refuse_if_printed(session, act_id, changes)
    for table in Base.metadata.sorted_tables:
        if table not in final and _rests(session, table, made):
            raise Refused(
                _("Something done since rests on it: take that back first."),
                hint=_("Take back what was done since, or change the records themselves."),
            )


def _rests(session: Session, table: Table, made: Mapping[str, set[int]]) -> str | None:
    """What a row of this table is called that points at one the act made."""
    for key in table.foreign_keys:
        ids, going = made.get(key.column.table.name), made.get(table.name, set())
        if ids and (name := _resting(session, table, key.parent, ids, going)):
            return name
    return None


def _resting(
    session: Session, table: Table, column: Any, ids: set[int], going: set[int]
) -> str | None:
    """What a row of this table is called that points at one of these, less those that go too."""
    shown = table.c.name if "name" in table.c else table.c.at if "at" in table.c else table.c.id
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        found = session.execute(
            select(table.c.id, shown).where(column.in_(wanted[start : start + 500]))
        )
        for row_id, name in found:
            if row_id not in going:
                return f"{name:%Y-%m-%d}" if isinstance(name, datetime) else str(name)
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
