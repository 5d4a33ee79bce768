"""ids are never used twice: the journal speaks of rows by their ids

A server's sequences never went back; a file's counted from the highest id still there.
"""

from alembic import op
from sqlalchemy import inspect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables(counting=True)


def downgrade() -> None:
    _tables(counting=False)


def _tables(*, counting: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in inspect(op.get_bind()).get_table_names():
        if table in ("alembic_version", "sqlite_sequence"):
            continue
        with op.batch_alter_table(
            table, recreate="always", table_kwargs={"sqlite_autoincrement": counting}
        ):
            pass
    if counting:
        return
    op.execute("DELETE FROM sqlite_sequence")
