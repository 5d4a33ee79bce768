"""The journal: what was done, by whom, and which rows it touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crm.schema import Act, Change

Changes = Mapping[str, frozenset[int]]
"""Which rows changed, by table: ``{"person": frozenset({3, 7})}``; an empty set is "some"."""

LEDGER: Changes = {noun: frozenset() for noun in ("delivery", "mailing", "signature")}
"""What a line of the ledger may have changed."""


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


def changes_of(session: Session, act_id: int) -> Changes:
    """Which rows this act touched."""
    touched: dict[str, set[int]] = defaultdict(set)
    for noun, row_id in session.execute(
        select(Change.noun, Change.row_id).where(Change.act_id == act_id)
    ):
        touched[noun].add(row_id)
    return {noun: frozenset(ids) for noun, ids in touched.items()}


def to_undo(session: Session, who: str | None = None) -> Entry | None:
    """The act that Undo would take back: the last one, of this person when named."""
    wanted = select(Act.id).where(Act.kind == "do", Act.undone.is_(False), *_of(who))
    last = session.scalar(wanted.order_by(Act.id.desc()).limit(1))
    return entry(session, last) if last else None


def to_redo(session: Session, who: str | None = None) -> Entry | None:
    """The undo that Redo would take back: none once something new was done."""
    newest_do = select(func.coalesce(func.max(Act.id), 0)).where(Act.kind == "do", *_of(who))
    wanted = select(Act.id).where(
        Act.kind == "undo",
        Act.undone.is_(False),
        Act.id > newest_do.scalar_subquery(),
        *_of(who),
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


def _of(who: str | None) -> list[ColumnElement[bool]]:
    return [] if who is None else [Act.who == who]
