"""Reports: who takes the weekly word, what was estimated, and indexes by stretches of time."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integer, key, moment

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Everybody takes the weekly word who doesn't say no; what was estimated before isn't known."""
    op.add_column("people", sa.Column("weekly", sa.Boolean(), nullable=True))
    op.create_table(
        "estimates",
        integer("ticket"),
        moment("expected_at"),
        key("ticket", "tickets"),
        sa.PrimaryKeyConstraint("ticket", name="pk_estimates"),
        sqlite_with_rowid=False,
    )
    index("ix_tickets_resolved_at", "tickets", "resolved_at", where="resolved_at IS NOT NULL")
    index("ix_tickets_complaints", "tickets", "opened_at", where="kind IN ('complaint')")
