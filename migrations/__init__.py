"""The shapes a workspace has had, and the way from each to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVISIONS = ("0001",)
"""Every shape, oldest first.  Stated here so that opening a file need not load Alembic."""


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the workspace behind this connection to a shape; whole or not at all."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
