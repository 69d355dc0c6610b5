"""What requesters were asked of their tickets when these were solved, and what they answered."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import integer, key, moment, texts

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the marks from 1 to 5, and when they were asked for."""
    op.create_table(
        "ratings",
        integer("ticket"),
        moment("asked_at", nullable=True),
        sa.Column("mark", sa.SmallInteger(), nullable=True),
        *texts("words"),
        moment("at", nullable=True),
        key("ticket", "tickets"),
        sa.PrimaryKeyConstraint("ticket", name="pk_ratings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ratings_asked_at", "ratings", ["asked_at"])
    op.create_index("ix_ratings_at", "ratings", ["at"])
