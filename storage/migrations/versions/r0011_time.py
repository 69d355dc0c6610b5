"""Time: what the desk promised, and how long things took."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integer, key, moment, number

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the tables; what was promised before isn't known, nor how long things took."""
    op.create_table(
        "promises",
        number(),
        integer("ticket"),
        sa.Column("clock", sa.Text(), nullable=False),
        moment("due_at", nullable=True),
        integer("step"),
        moment("knock_at", nullable=True),
        moment("ended_at", nullable=True),
        sa.Column("kept", sa.Boolean(), nullable=True),
        sa.Column("laps", sa.Text(), nullable=False),
        key("ticket", "tickets"),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
    )
    op.create_index("ix_promises_ticket", "promises", ["ticket"])
    index("ix_promises_knock_at", "promises", "knock_at", where="knock_at IS NOT NULL")
    index("ix_promises_going", "promises", "id", where="ended_at IS NULL")
    index("ix_promises_ended_at", "promises", "ended_at", where="ended_at IS NOT NULL")
    op.create_table(
        "paces",
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        integer("bucket"),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("clock", "cell", "bucket", name="pk_paces"),
        sqlite_with_rowid=False,
    )
