"""The tables of planned works: the notices, and the reports that are about them."""

import sqlalchemy as sa

from storage.columns import Moment, among, index, number, person, text, to
from storage.tables_time import metadata

__all__ = ["metadata", "notice_tickets", "notices"]  # with these it is whole

notices = sa.Table(
    "notices",
    metadata,
    number(),
    sa.Column("version", sa.Integer, nullable=False),
    text("stage"),
    sa.Column("starts_at", Moment, nullable=False),
    sa.Column("ends_at", Moment, nullable=False),
    sa.Column("knock_at", Moment),
    sa.Column("telling", sa.Text),  # the word that goes out, NULL for none
    person("by", nullable=True),
    sa.Column("at", Moment, nullable=False),
    text("detail"),  # JSON: the rest
)
GOING = among(notices.c.stage, "planned", "started")
DUE = notices.c.knock_at.is_not(None) | notices.c.telling.is_not(None)
index("ix_notices_going", notices.c.starts_at, where=GOING)
index("ix_notices_due", notices.c.knock_at, where=DUE)

notice_tickets = sa.Table(
    "notice_tickets",
    metadata,
    sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.id"), primary_key=True),
    to("notices"),
    sa.Index(None, "notice"),
    sqlite_with_rowid=False,
)
