"""The tables of the book, and the indexes that let each question cost what it asks for."""

import sqlalchemy as sa

from storage.columns import Moment, among, index, number, person, text, to, to_its_like

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


organisations = sa.Table(
    "organisations",
    metadata,
    number(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    text("language"),
    text("zone"),
)

domains = sa.Table(
    "domains",
    metadata,
    sa.Column("domain", sa.Text, primary_key=True),
    to("organisations"),
    sqlite_with_rowid=False,
)

people = sa.Table(
    "people",
    metadata,
    number(),
    text("name"),
    text("folded_name"),  # lower case without accents, for the search
    text("folded_addresses"),
    sa.Column("role", sa.SmallInteger, nullable=False),
    text("language"),
    text("heard"),
    text("zone"),
    text("office"),
    to("organisations", nullable=True),
    text("teams"),  # a JSON list
    sa.Column("reachable", sa.Boolean, nullable=False),
    sa.Column("last_channel", sa.Text),  # where they last wrote: all four or none
    sa.Column("last_room", sa.Text),
    sa.Column("last_external_id", sa.Text),
    sa.Column("last_at", Moment),
    sa.Column("answered_until", Moment),  # see bot/model/reach.py
    sa.Column("level", sa.SmallInteger),  # NULL for the first
    sa.Column("posts", sa.Text),  # JSON: the role by team, NULL where it is the same in all
    sa.Column("skills", sa.Text),  # a JSON list, NULL for none
    sa.Column("weekly", sa.Boolean),  # whether they take the weekly word; NULL where they do
)
AGENTS = people.c.role >= sa.literal_column("2")
index("ix_people_agents", people.c.role, where=AGENTS)

identities = sa.Table(
    "identities",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("external_id", sa.Text, primary_key=True),
    person(),
    text("proof"),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "person"),
    sqlite_with_rowid=False,
)

tickets = sa.Table(
    "tickets",
    metadata,
    number(),
    sa.Column("version", sa.Integer, nullable=False),
    person("requester"),
    text("subject"),
    text("summary"),
    text("kind"),
    sa.Column("priority", sa.SmallInteger, nullable=False),
    text("channel"),
    text("room"),
    text("thread"),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    text("status"),
    sa.Column("level", sa.SmallInteger, nullable=False),
    text("team"),
    person("assignee", nullable=True),
    text("language"),
    sa.Column("upset", sa.Boolean, nullable=False),
    sa.Column("first_answer_at", Moment),
    sa.Column("resolved_at", Moment),
    sa.Column("held_until", Moment),
    to_its_like("tickets", "merged_into"),
    to_its_like("tickets", "follows"),
    sa.Column("tags", sa.Text),  # a JSON list; NULL for none
    sa.Column("waits_since", Moment),
    sa.Column("minutes", sa.Integer),  # that were spent on it; NULL for none
    sa.Column("assets", sa.Text),  # as the tags
    sqlite_autoincrement=True,  # a number that was given out is never given again
)
OPEN = ~among(tickets.c.status, "resolved", "closed")
HELD = among(tickets.c.status, "held")
RESOLVED = among(tickets.c.status, "resolved")
MERGED = tickets.c.merged_into.is_not(None)
SOLVED = tickets.c.resolved_at.is_not(None)
COMPLAINTS = among(tickets.c.kind, "complaint")
THREADED = tickets.c.thread != sa.literal_column("''")
_conversation = (tickets.c.channel, tickets.c.room, tickets.c.thread)
_urgency = (tickets.c.priority.desc(), tickets.c.opened_at)
index("ix_tickets_conversation", *_conversation, where=THREADED)
# One open ticket per conversation: the loser of a race hears of it as a `Conflict`.
index("uq_tickets_open_conversation", *_conversation, unique=True, where=sa.and_(THREADED, OPEN))
sa.Index("ix_tickets_requester", tickets.c.requester, tickets.c.opened_at)
sa.Index("ix_tickets_opened_at", tickets.c.opened_at)
index("ix_tickets_open_requester", tickets.c.requester, tickets.c.opened_at, where=OPEN)
index("ix_tickets_open_assignee", tickets.c.assignee, *_urgency, where=OPEN)
index("ix_tickets_open_team", tickets.c.team, *_urgency, where=OPEN)
index("ix_tickets_held", tickets.c.held_until, where=HELD)
# By the status first, or SQLite may take the one below, where all that was ever solved stands.
index("ix_tickets_resolved", tickets.c.status, tickets.c.resolved_at, where=RESOLVED)
index("ix_tickets_resolved_at", tickets.c.resolved_at, where=SOLVED)
index("ix_tickets_complaints", tickets.c.opened_at, where=COMPLAINTS)
index("ix_tickets_merged_into", tickets.c.merged_into, where=MERGED)

watchers = sa.Table(
    "watchers",
    metadata,
    sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.id"), primary_key=True),
    sa.Column("person", sa.Integer, sa.ForeignKey("people.id"), primary_key=True),
    sqlite_with_rowid=False,
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("external_id", sa.Text, primary_key=True),
    to("tickets"),
    person(nullable=True),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "ticket"),
    sqlite_with_rowid=False,
)

entries = sa.Table(
    "entries",
    metadata,
    number(),
    to("tickets"),
    text("what"),
    sa.Column("at", Moment, nullable=False),
    person("by", nullable=True),
    text("channel"),
    text("text"),
    sa.Column("detail", sa.Text),  # JSON of what is rarely there; see storage/entries.py
    sa.Index(None, "ticket"),
)
CLOSING = entries.c.what == sa.literal_column("'closing'")
index("ix_entries_closing", entries.c.ticket, entries.c.at, where=CLOSING)

attachments = sa.Table(
    "attachments",
    metadata,
    number(),
    sa.Column("entry", sa.Integer, sa.ForeignKey("entries.id"), nullable=False, index=True),
    text("name"),
    text("content_type"),
    sa.Column("size", sa.BigInteger, nullable=False),
    text("digest"),
    sa.Column("inline", sa.Boolean, nullable=False),
    text("content_id"),
    sa.Column("kept", sa.Boolean, nullable=False),
)

inbox = sa.Table(
    "inbox",
    metadata,
    number(),
    text("channel"),
    text("external_id"),
    sa.Column("at", Moment, nullable=False),
    person(nullable=True),
    sa.Column("outcome", sa.Text),
    text("reason"),
    to("tickets", nullable=True),
    text("text"),
    sa.Column("seen", sa.Integer, nullable=False),
    sa.UniqueConstraint("channel", "external_id"),
)
GREETING = sa.and_(among(inbox.c.outcome, "greeting"), inbox.c.ticket.is_(None))
index("ix_inbox_greeting", inbox.c.person, where=GREETING)
index("ix_inbox_ticket", inbox.c.ticket, where=inbox.c.ticket.is_not(None))

raws = sa.Table(  # apart from the inbox, so that its pages stay slim
    "raws",
    metadata,
    sa.Column("inbox", sa.Integer, sa.ForeignKey("inbox.id"), primary_key=True),
    sa.Column("bytes", sa.LargeBinary, nullable=False),  # zlib
)

outbox = sa.Table(
    "outbox",
    metadata,
    number(),
    text("channel"),
    text("room"),
    text("thread"),
    text("recipient"),
    text("lane"),
    text("text"),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("detail", sa.Text),  # JSON of what only the courier reads; see storage/letters.py
    person(nullable=True),
    to("tickets", nullable=True),
    sa.Column("entry", sa.Integer, sa.ForeignKey("entries.id")),
    text("state"),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("not_before", Moment),
    sa.Column("external_id", sa.Text),
    sa.Column("sent_at", Moment),
    text("error"),
    sa.Column("due_at", Moment, nullable=False),  # when to look at it: its moment, or lease's end
    sa.Column("worker", sa.Text),  # who has or last had it
    sa.Column("shows", sa.Text),  # "card" or "home": drawn when it leaves; NULL for words
    sa.Column("redraw", sa.Boolean),  # what it shows has changed while it was being sent
    sa.Column("noticed", sa.Boolean),  # it can't be shown, and something was done about it
    sqlite_autoincrement=True,  # a number that was given out is never given again
)
UNFINISHED = among(outbox.c.state, "waiting", "sending")
UNSENT = outbox.c.state != sa.literal_column("'sent'")
index("ix_outbox_due", outbox.c.channel, outbox.c.due_at, outbox.c.id, where=UNFINISHED)
index("ix_outbox_lane", outbox.c.channel, outbox.c.lane, outbox.c.id, where=UNFINISHED)
PANEL = outbox.c.shows.is_not(None)
index("ix_outbox_panel", outbox.c.person, outbox.c.shows, where=PANEL)
index("uq_outbox_panel", outbox.c.channel, outbox.c.lane, unique=True, where=PANEL)
STUCK = sa.and_(
    among(outbox.c.shows, "card"), outbox.c.external_id.is_(None), outbox.c.noticed.is_(None)
)
index("ix_outbox_stuck", outbox.c.created_at, where=STUCK)
index("ix_outbox_unsent", outbox.c.state, where=UNSENT)
index("ix_outbox_ticket", outbox.c.ticket, where=outbox.c.ticket.is_not(None))
index(
    "ix_outbox_external_id",
    outbox.c.channel,
    outbox.c.external_id,
    where=outbox.c.external_id.is_not(None),
)

drafts = sa.Table(  # who is writing an answer
    "drafts",
    metadata,
    sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.id"), primary_key=True),
    sa.Column("person", sa.Integer, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("until", Moment, nullable=False),
    sqlite_with_rowid=False,
)

links = sa.Table(  # addresses that somebody is about to prove with a code
    "links",
    metadata,
    sa.Column("person", sa.Integer, sa.ForeignKey("people.id"), primary_key=True),
    text("channel"),
    text("external_id"),
    text("digest"),  # of the code
    sa.Column("until", Moment, nullable=False),
    sa.Column("tries", sa.SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)

quarantine = sa.Table(
    "quarantine",
    metadata,
    number(),
    text("channel"),
    text("external_id"),
    sa.Column("at", Moment, nullable=False),
    text("error"),
    sa.Column("raw", sa.LargeBinary, nullable=False),  # zlib
    text("context"),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.UniqueConstraint("channel", "external_id"),
)

cursors = sa.Table(
    "cursors",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    text("value"),
    sqlite_with_rowid=False,
)
