"""What people ask again and again: topics, the questions they are made of, and their terms."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integer, key, moment, number

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the tables; which questions are alike is found as they are gathered."""
    _topics()
    op.create_table(
        "questions",
        integer("ticket"),
        integer("topic"),
        moment("at"),
        key("ticket", "tickets"),
        key("topic", "topics"),
        sa.PrimaryKeyConstraint("ticket", name="pk_questions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_questions_topic_at", "questions", ["topic", "at"])
    _terms()


def _topics() -> None:
    op.create_table(
        "topics",
        number(),
        integer("size"),
        sa.Column("norm", sa.Float(), nullable=False),
        moment("latest"),
        integer("article", nullable=True),
        sa.Column("never", sa.Boolean(), nullable=False),
        integer("version"),
        sa.Column("terms", sa.Text(), nullable=False),
        key("article", "articles"),
        sa.PrimaryKeyConstraint("id", name="pk_topics"),
    )
    index("ix_topics_latest", "topics", "latest", where="size >= 5")


def _terms() -> None:
    op.create_table(
        "topic_terms",
        sa.Column("term", sa.Text(), nullable=False),
        integer("topic"),
        key("topic", "topics"),
        sa.PrimaryKeyConstraint("term", "topic", name="pk_topic_terms"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_topic_terms_topic", "topic_terms", ["topic"])
    op.create_table(
        "question_terms",
        sa.Column("term", sa.Text(), nullable=False),
        integer("count"),
        sa.PrimaryKeyConstraint("term", name="pk_question_terms"),
        sqlite_with_rowid=False,
    )
