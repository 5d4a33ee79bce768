"""Alembic's way in: always on a connection that is already open and keyed."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from crm.schema import Base, Moment


def as_sql(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations name SQL types, never today's classes."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=as_sql,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
