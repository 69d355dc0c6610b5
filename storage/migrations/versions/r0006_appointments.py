"""Every appointment there was, by whom, when and from where; the latest of a person holds."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import integer, key, moment, number, texts

revision = "0006"
down_revision = "0005"
_OLD = ("person", "role", "level", "posts", "by", "at")


def upgrade() -> None:
    """Make the table one that only grows, and take over what held until now.

    These rows keep the numbers they had, which were their persons': joins that may be undone yet
    name them by these.
    """
    connection = op.get_bind()
    old = sa.table("appointments", *map(sa.column, _OLD))
    rows = [dict(row) for row in connection.execute(sa.select(old)).mappings()]
    op.drop_table("appointments")
    op.create_table(
        "appointments",
        number(),
        integer("person"),
        sa.Column("role", sa.SmallInteger(), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        *texts("posts"),
        integer("by", nullable=True),
        *texts("channel"),
        moment("at"),
        key("person", "people"),
        key("by", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_appointments"),
    )
    op.create_index("ix_appointments_person", "appointments", ["person"])
    if not rows:
        return
    new = sa.table("appointments", *map(sa.column, ("id", "channel", *_OLD)))
    op.bulk_insert(new, [{**row, "id": row["person"], "channel": ""} for row in rows])
    if connection.dialect.name == "postgresql":  # which counts apart from what it was given
        op.execute(
            "SELECT setval(pg_get_serial_sequence('appointments', 'id'), max(id)) FROM appointments"
        )
