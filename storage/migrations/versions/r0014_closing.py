"""Closing: what is to be closed is found by itself, however much was closed before."""

from alembic import op

from storage.migrations.columns import index

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """By the status first: SQLite took the index of all that was solved where the two were even."""
    op.drop_index("ix_tickets_resolved", "tickets")
    where = "status IN ('resolved')"
    index("ix_tickets_resolved", "tickets", "status", "resolved_at", where=where)
    index("ix_entries_closing", "entries", "ticket", "at", where="what = 'closing'")
