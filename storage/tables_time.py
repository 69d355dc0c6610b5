"""The tables of time: what was promised, when something is due of it, how long things took."""

import sqlalchemy as sa

from storage.columns import Moment, index, number, text, to
from storage.tables_known import metadata

__all__ = ["estimates", "metadata", "paces", "promises"]  # with these it is whole

promises = sa.Table(
    "promises",
    metadata,
    number(),
    to("tickets"),
    text("clock"),
    sa.Column("due_at", Moment),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("knock_at", Moment),
    sa.Column("ended_at", Moment),
    sa.Column("kept", sa.Boolean),
    text("laps"),  # JSON
    sa.Index(None, "ticket"),
)
index("ix_promises_knock_at", promises.c.knock_at, where=promises.c.knock_at.is_not(None))
index("ix_promises_going", promises.c.id, where=promises.c.ended_at.is_(None))
index("ix_promises_ended_at", promises.c.ended_at, where=promises.c.ended_at.is_not(None))

paces = sa.Table(  # how long things took: histograms that forget
    "paces",
    metadata,
    sa.Column("clock", sa.Text, primary_key=True),
    sa.Column("cell", sa.Text, primary_key=True),
    sa.Column("bucket", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("weight", sa.Float, nullable=False),
    sqlite_with_rowid=False,
)

estimates = sa.Table(  # until when requesters were told that most get a first answer
    "estimates",
    metadata,
    sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.id"), primary_key=True),
    sa.Column("expected_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)
