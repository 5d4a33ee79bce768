"""Every shape a file has had leads to today's."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

import migrations
from crm import cipher, contacts
from crm import db as door
from crm.schema import Base
from tests.conftest import KEY
from tests.crm.test_history import dump


def test_the_stated_revisions_are_alembics_own() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    found = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == migrations.REVISIONS


def test_an_upgraded_file_has_the_shape_of_the_schema() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        migrations.upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_file_of_the_first_shape_keeps_every_row(tmp_path: Path) -> None:
    path = tmp_path / "coalition.cosigne"
    opened = door.create(path, KEY)
    with opened.write("Add") as session:
        owner = contacts.add_organisation(session, "Ligue Horizon", country="FR")
        contacts.add_address(session, "ana@horizon.example", organisation_id=owner)
    before = dump(opened)
    opened.close()
    with closing(cipher.connect(path, KEY)) as line:
        line.execute("PRAGMA foreign_keys = OFF")
        engine = create_engine("sqlite://", creator=lambda: line, poolclass=StaticPool)
        with engine.connect() as connection:
            migrations.downgrade(connection, "0001")
    again = door.open_(path, KEY)
    assert dump(again) == before
    assert again.faults() == []
    assert [each.name for each in (tmp_path / "coalition backups").iterdir()]
    again.close()


def test_an_id_is_never_used_twice(tmp_path: Path) -> None:
    opened = door.create(tmp_path / "coalition.cosigne", KEY)
    with opened.write("Add") as session:
        first = contacts.add_organisation(session, "Ligue Horizon")
    door.finish(opened.undo())
    with opened.write("Add") as session:
        assert contacts.add_organisation(session, "Foyer Lumière") == first + 1
    opened.close()
