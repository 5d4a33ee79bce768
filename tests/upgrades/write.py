"""Write the migration from the last shape to today's schema: `make migration m="…"`."""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import migrations


def write(message: str) -> None:
    """A new file in migrations/versions/, to be read over before it is committed."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        migrations.upgrade(connection)
        config.attributes["connection"] = connection
        number = f"{len(migrations.REVISIONS) + 1:04}"
        command.revision(config, message=message, autogenerate=True, rev_id=number)
    engine.dispose()


if __name__ == "__main__":
    write(sys.argv[1])
