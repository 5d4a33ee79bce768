"""The shapes a workspace has had, and the way from each to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every shape, oldest first.  Stated here so that opening a file need not load Alembic."""


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the workspace behind this connection to a shape; whole or not at all."""
    from alembic import command

    command.upgrade(_config(connection), to)


def downgrade(connection: Connection, to: str) -> None:
    """Bring the workspace behind this connection back to an earlier shape."""
    from alembic import command

    command.downgrade(_config(connection), to)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
