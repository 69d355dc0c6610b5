"""Which of the desk's assets a ticket is about."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add them to tickets, as their labels."""
    op.add_column("tickets", sa.Column("assets", sa.Text(), nullable=True))
