"""Who was joined with whom and appointed to what, how long tickets took, and when they came."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import integer, key, moment, number, texts

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add what undoes a join, what chats appoint, and the minutes of tickets."""
    op.add_column("tickets", integer("minutes", nullable=True))
    op.create_index("ix_tickets_opened_at", "tickets", ["opened_at"])
    op.add_column("people", sa.Column("level", sa.SmallInteger(), nullable=True))
    op.add_column("people", sa.Column("posts", sa.Text(), nullable=True))
    op.execute("UPDATE people SET role = 4 WHERE role = 3")  # leads: quality comes before them
    op.create_table(
        "joins",
        number(),
        integer("person"),
        integer("by", nullable=True),
        *texts("channel"),
        moment("at"),
        *texts("detail"),
        key("person", "people"),
        key("by", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_joins"),
    )
    op.create_index("ix_joins_person", "joins", ["person"])
    op.create_table(
        "appointments",
        integer("person"),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        *texts("posts"),
        integer("by", nullable=True),
        moment("at"),
        key("person", "people"),
        key("by", "people"),
        sa.PrimaryKeyConstraint("person", name="pk_appointments"),
        sqlite_with_rowid=False,
    )
