"""Panels that are kept in step, who is writing, and codes that prove an address."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integer, key, moment, texts

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what a chat channel needs."""
    op.add_column("outbox", sa.Column("shows", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("redraw", sa.Boolean(), nullable=True))
    op.add_column("outbox", sa.Column("noticed", sa.Boolean(), nullable=True))
    stuck = "shows IN ('card') AND external_id IS NULL AND noticed IS NULL"
    index("ix_outbox_stuck", "outbox", "created_at", where=stuck)
    index("ix_outbox_panel", "outbox", "person", "shows", where="shows IS NOT NULL")
    where = "shows IS NOT NULL"
    index("uq_outbox_panel", "outbox", "channel", "lane", unique=True, where=where)
    op.create_table(
        "drafts",
        integer("ticket"),
        integer("person"),
        moment("until"),
        key("ticket", "tickets"),
        key("person", "people"),
        sa.PrimaryKeyConstraint("ticket", "person", name="pk_drafts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "links",
        integer("person"),
        *texts("channel", "external_id", "digest"),
        moment("until"),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        key("person", "people"),
        sa.PrimaryKeyConstraint("person", name="pk_links"),
        sqlite_with_rowid=False,
    )
