"""who is sending, and since when: several computers may send, and three days are three days"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("sender", sa.Integer(), nullable=True))
    op.add_column(
        "delivery", sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.execute("UPDATE delivery SET first_tried_at = left_at")


def downgrade() -> None:
    with op.batch_alter_table("delivery") as batch:
        batch.drop_column("first_tried_at")
        batch.drop_column("sender")
