"""Planned works: the notices, and the reports that are about them."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integer, key, moment, number, texts

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "notices",
        number(),
        integer("version"),
        *texts("stage"),
        moment("starts_at"),
        moment("ends_at"),
        moment("knock_at", nullable=True),
        sa.Column("telling", sa.Text(), nullable=True),
        integer("by", nullable=True),
        moment("at"),
        *texts("detail"),
        key("by", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    index("ix_notices_going", "notices", "starts_at", where="stage IN ('planned', 'started')")
    due = "knock_at IS NOT NULL OR telling IS NOT NULL"
    index("ix_notices_due", "notices", "knock_at", where=due)
    op.create_table(
        "notice_tickets",
        integer("ticket"),
        integer("notice"),
        key("ticket", "tickets"),
        key("notice", "notices"),
        sa.PrimaryKeyConstraint("ticket", name="pk_notice_tickets"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_notice_tickets_notice", "notice_tickets", ["notice"])
