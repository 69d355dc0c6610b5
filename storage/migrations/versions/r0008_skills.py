"""What agents know best, also of those whom the config doesn't name."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add it to people; of the config's agents the next start writes it down."""
    op.add_column("people", sa.Column("skills", sa.Text(), nullable=True))
