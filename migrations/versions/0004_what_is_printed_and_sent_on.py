"""what is printed and sent on: logos, addressees, letters, and publications as they left"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COUNTED = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.create_table(
        "addressee",
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("greeting", sa.Text(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name=op.f("fk_addressee_appeal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addressee")),
        **_COUNTED,
    )
    op.create_index(op.f("ix_addressee_appeal_id"), "addressee", ["appeal_id"])
    op.create_table(
        "letter",
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("annex", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name=op.f("fk_letter_appeal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        **_COUNTED,
    )
    op.create_index(op.f("ix_letter_appeal_id"), "letter", ["appeal_id"])
    op.create_table(
        "unfinished_reading",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unfinished_reading")),
        **_COUNTED,
    )
    with op.batch_alter_table("organisation", table_kwargs=_COUNTED) as batch:
        batch.add_column(sa.Column("logo_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_organisation_logo_id"), "file", ["logo_id"], ["id"])
    with op.batch_alter_table("publication", table_kwargs=_COUNTED) as batch:
        batch.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("entries", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("choices", sa.JSON(), nullable=False, server_default="{}"))
        batch.create_foreign_key(op.f("fk_publication_file_id"), "file", ["file_id"], ["id"])
    with op.batch_alter_table("publication", table_kwargs=_COUNTED) as batch:
        batch.alter_column("entries", server_default=None)
        batch.alter_column("choices", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("publication", table_kwargs=_COUNTED) as batch:
        batch.drop_constraint(op.f("fk_publication_file_id"), type_="foreignkey")
        batch.drop_column("choices")
        batch.drop_column("entries")
        batch.drop_column("file_id")
    with op.batch_alter_table("organisation", table_kwargs=_COUNTED) as batch:
        batch.drop_constraint(op.f("fk_organisation_logo_id"), type_="foreignkey")
        batch.drop_column("logo_id")
    op.drop_table("unfinished_reading")
    op.drop_index(op.f("ix_letter_appeal_id"), table_name="letter")
    op.drop_table("letter")
    op.drop_index(op.f("ix_addressee_appeal_id"), table_name="addressee")
    op.drop_table("addressee")
