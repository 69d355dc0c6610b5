"""The tables of what is kept beside tickets: relations, views, duties, joins, ratings."""

import sqlalchemy as sa

from storage.columns import Moment, number, person, text
from storage.tables import metadata

__all__ = [  # with these it is whole
    "appointments",
    "canned",
    "duties",
    "joins",
    "metadata",
    "ratings",
    "relations",
    "terms",
    "views",
]

relations = sa.Table(
    "relations",
    metadata,
    sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.id"), primary_key=True),
    sa.Column("other", sa.Integer, sa.ForeignKey("tickets.id"), primary_key=True),
    text("how"),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "other"),
    sqlite_with_rowid=False,
)

canned = sa.Table(  # ready answers
    "canned",
    metadata,
    number(),
    text("team"),  # "" for all
    text("name"),
    text("folded_name"),
    text("detail"),  # JSON: the words by language, and what else it does
    sa.Column("used", sa.Integer, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("team", "folded_name"),
)

views = sa.Table(  # filters of the queue that somebody saved
    "views",
    metadata,
    sa.Column("person", sa.Integer, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("folded_name", sa.Text, primary_key=True),
    text("name"),
    text("words"),
    sqlite_with_rowid=False,
)

duties = sa.Table(  # of agents: until when they are away, and when a ticket was given to them last
    "duties",
    metadata,
    sa.Column("person", sa.Integer, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("away_until", Moment),
    person("substitute", nullable=True),
    sa.Column("assigned_at", Moment),
    sqlite_with_rowid=False,
)

terms = sa.Table(  # the words of solved tickets, by which similar ones are found
    "terms",
    metadata,
    sa.Column("term", sa.Text, primary_key=True),
    sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.id"), primary_key=True),
    sa.Index(None, "ticket"),
    sqlite_with_rowid=False,
)

joins = sa.Table(  # of two records that became one: what it takes to part them again
    "joins",
    metadata,
    number(),
    person(),
    person("by", nullable=True),
    text("channel"),
    sa.Column("at", Moment, nullable=False),
    text("detail"),  # JSON: the record that is no more, and what was its own
    sa.Index(None, "person"),
)

appointments = sa.Table(  # roles given in a chat: rows only come; a person's latest holds
    "appointments",
    metadata,
    number(),
    person(),
    sa.Column("role", sa.SmallInteger),  # NULL: from then on the config says it
    sa.Column("level", sa.SmallInteger, nullable=False),
    text("posts"),  # JSON: the role by team
    person("by", nullable=True),
    text("channel"),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "person"),
)

ratings = sa.Table(  # what requesters were asked when their tickets were solved, and answered
    "ratings",
    metadata,
    sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.id"), primary_key=True),
    sa.Column("asked_at", Moment),
    sa.Column("mark", sa.SmallInteger),
    text("words"),
    sa.Column("at", Moment),
    sa.Index(None, "asked_at"),
    sa.Index(None, "at"),
    sqlite_with_rowid=False,
)
