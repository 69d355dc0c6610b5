"""Articles with all their versions, and what became of showing them to people."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integer, key, moment, number, texts

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the tables; there were no articles before."""
    _articles()
    _versions()
    _offers()


def _articles() -> None:
    op.create_table(
        "articles",
        number(),
        *texts("title", "text", "language", "readership", "state", "family", "source"),
        sa.Column("review_on", sa.Date(), nullable=True),
        integer("ticket", nullable=True),
        integer("by", nullable=True),
        integer("approved_by", nullable=True),
        integer("version"),
        moment("at"),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        key("ticket", "tickets"),
        key("by", "people"),
        key("approved_by", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("ix_articles_changed", "articles", ["changed"])
    op.create_index("ix_articles_state", "articles", ["state"])
    index("ix_articles_source", "articles", "source", unique=True, where="source != ''")


def _versions() -> None:
    op.create_table(
        "versions",
        integer("article"),
        integer("version"),
        *texts("title", "text"),
        integer("by", nullable=True),
        moment("at"),
        key("article", "articles"),
        key("by", "people"),
        sa.PrimaryKeyConstraint("article", "version", name="pk_versions"),
        sqlite_with_rowid=False,
    )


def _offers() -> None:
    op.create_table(
        "offers",
        number(),
        integer("article"),
        integer("ticket", nullable=True),
        integer("person", nullable=True),
        *texts("words", "language", "channel"),
        moment("at"),
        sa.Column("sureness", sa.Float(), nullable=True),
        *texts("verdict"),
        moment("verdict_at", nullable=True),
        integer("by", nullable=True),
        moment("back_at", nullable=True),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        key("article", "articles"),
        key("ticket", "tickets"),
        key("person", "people"),
        key("by", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
    )
    op.create_index("ix_offers_at", "offers", ["at"])
    op.create_index("ix_offers_ticket", "offers", ["ticket"])
    op.create_index("ix_offers_person", "offers", ["person"])
    index("ix_offers_changed", "offers", "changed", where="verdict != ''")
    index("ix_offers_article", "offers", "article", where="verdict != ''")
