"""Tags and relations of tickets, ready answers, saved views, who is away, what solved cases say."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integer, key, moment, number, texts

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what agents work with besides tickets."""
    _of_tickets()
    _of_agents()


def _of_tickets() -> None:
    op.add_column("tickets", sa.Column("tags", sa.Text(), nullable=True))
    op.add_column("tickets", moment("waits_since", nullable=True))
    op.create_table(
        "relations",
        integer("ticket"),
        integer("other"),
        *texts("how"),
        moment("at"),
        key("ticket", "tickets"),
        key("other", "tickets"),
        sa.PrimaryKeyConstraint("ticket", "other", name="pk_relations"),
        sqlite_with_rowid=False,
    )
    index("ix_relations_other", "relations", "other")
    op.create_table(
        "terms",
        *texts("term"),
        integer("ticket"),
        key("ticket", "tickets"),
        sa.PrimaryKeyConstraint("term", "ticket", name="pk_terms"),
        sqlite_with_rowid=False,
    )
    index("ix_terms_ticket", "terms", "ticket")


def _of_agents() -> None:
    op.create_table(
        "canned",
        number(),
        *texts("team", "name", "folded_name", "detail"),
        integer("used"),
        moment("at"),
        sa.PrimaryKeyConstraint("id", name="pk_canned"),
        sa.UniqueConstraint("team", "folded_name", name="uq_canned_team_folded_name"),
    )
    op.create_table(
        "views",
        integer("person"),
        *texts("folded_name", "name", "words"),
        key("person", "people"),
        sa.PrimaryKeyConstraint("person", "folded_name", name="pk_views"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "duties",
        integer("person"),
        moment("away_until", nullable=True),
        integer("substitute", nullable=True),
        moment("assigned_at", nullable=True),
        key("person", "people"),
        key("substitute", "people"),
        sa.PrimaryKeyConstraint("person", name="pk_duties"),
        sqlite_with_rowid=False,
    )
