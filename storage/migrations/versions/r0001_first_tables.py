"""The first tables."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integer, key, moment, number, texts

revision = "0001"
down_revision = None

_OPEN = "(status NOT IN ('resolved', 'closed'))"
_MOST_URGENT = sa.text("priority DESC")


def upgrade() -> None:
    """Make them, those first that others name."""
    _cursors()
    _organisations()
    _quarantine()
    _domains()
    _people()
    _identities()
    _tickets()
    _entries()
    _inbox()
    _messages()
    _watchers()
    _attachments()
    _outbox()
    _raws()


def _cursors() -> None:
    op.create_table(
        "cursors",
        *texts("key", "value"),
        sa.PrimaryKeyConstraint("key", name="pk_cursors"),
        sqlite_with_rowid=False,
    )


def _organisations() -> None:
    op.create_table(
        "organisations",
        number(),
        *texts("name", "language", "zone"),
        sa.PrimaryKeyConstraint("id", name="pk_organisations"),
        sa.UniqueConstraint("name", name="uq_organisations_name"),
    )


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        number(),
        *texts("channel", "external_id"),
        moment("at"),
        *texts("error"),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        *texts("context"),
        integer("attempts"),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
        sa.UniqueConstraint("channel", "external_id", name="uq_quarantine_channel_external_id"),
    )


def _domains() -> None:
    op.create_table(
        "domains",
        *texts("domain"),
        integer("organisation"),
        key("organisation", "organisations"),
        sa.PrimaryKeyConstraint("domain", name="pk_domains"),
        sqlite_with_rowid=False,
    )


def _people() -> None:
    op.create_table(
        "people",
        number(),
        *texts("name", "folded_name", "folded_addresses"),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        *texts("language", "heard", "zone", "office"),
        integer("organisation", nullable=True),
        *texts("teams"),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("last_channel", sa.Text(), nullable=True),
        sa.Column("last_room", sa.Text(), nullable=True),
        sa.Column("last_external_id", sa.Text(), nullable=True),
        moment("last_at", nullable=True),
        moment("answered_until", nullable=True),
        key("organisation", "organisations"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    index("ix_people_agents", "people", "role", where="role >= 2")


def _identities() -> None:
    op.create_table(
        "identities",
        *texts("channel", "external_id"),
        integer("person"),
        *texts("proof"),
        moment("at"),
        key("person", "people"),
        sa.PrimaryKeyConstraint("channel", "external_id", name="pk_identities"),
        sqlite_with_rowid=False,
    )
    index("ix_identities_person", "identities", "person")


def _tickets() -> None:
    op.create_table(
        "tickets",
        number(),
        integer("version"),
        integer("requester"),
        *texts("subject", "summary", "kind"),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        *texts("channel", "room", "thread"),
        moment("opened_at"),
        moment("updated_at"),
        *texts("status"),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        *texts("team"),
        integer("assignee", nullable=True),
        *texts("language"),
        sa.Column("upset", sa.Boolean(), nullable=False),
        moment("first_answer_at", nullable=True),
        moment("resolved_at", nullable=True),
        moment("held_until", nullable=True),
        integer("merged_into", nullable=True),
        integer("follows", nullable=True),
        key("assignee", "people"),
        key("follows", "tickets", late=True),
        key("merged_into", "tickets", late=True),
        key("requester", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
        sqlite_autoincrement=True,
    )
    index("ix_tickets_conversation", "tickets", "channel", "room", "thread", where="thread != ''")
    index("ix_tickets_held", "tickets", "held_until", where="status IN ('held')")
    index("ix_tickets_merged_into", "tickets", "merged_into", where="merged_into IS NOT NULL")
    index("ix_tickets_open_assignee", "tickets", "assignee", _MOST_URGENT, "opened_at", where=_OPEN)
    index("ix_tickets_open_requester", "tickets", "requester", "opened_at", where=_OPEN)
    index("ix_tickets_open_team", "tickets", "team", _MOST_URGENT, "opened_at", where=_OPEN)
    index("ix_tickets_requester", "tickets", "requester", "opened_at")
    index("ix_tickets_resolved", "tickets", "resolved_at", where="status IN ('resolved')")
    index(
        "uq_tickets_open_conversation",
        "tickets",
        "channel",
        "room",
        "thread",
        unique=True,
        where=f"thread != '' AND {_OPEN}",
    )


def _entries() -> None:
    op.create_table(
        "entries",
        number(),
        integer("ticket"),
        *texts("what"),
        moment("at"),
        integer("by", nullable=True),
        *texts("channel", "text"),
        sa.Column("detail", sa.Text(), nullable=True),
        key("by", "people"),
        key("ticket", "tickets"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
    )
    index("ix_entries_ticket", "entries", "ticket")


def _inbox() -> None:
    op.create_table(
        "inbox",
        number(),
        *texts("channel", "external_id"),
        moment("at"),
        integer("person", nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        *texts("reason"),
        integer("ticket", nullable=True),
        *texts("text"),
        integer("seen"),
        key("person", "people"),
        key("ticket", "tickets"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("channel", "external_id", name="uq_inbox_channel_external_id"),
    )
    index(
        "ix_inbox_greeting", "inbox", "person", where="outcome IN ('greeting') AND ticket IS NULL"
    )
    index("ix_inbox_ticket", "inbox", "ticket", where="ticket IS NOT NULL")


def _messages() -> None:
    op.create_table(
        "messages",
        *texts("channel", "external_id"),
        integer("ticket"),
        integer("person", nullable=True),
        moment("at"),
        key("person", "people"),
        key("ticket", "tickets"),
        sa.PrimaryKeyConstraint("channel", "external_id", name="pk_messages"),
        sqlite_with_rowid=False,
    )
    index("ix_messages_ticket", "messages", "ticket")


def _watchers() -> None:
    op.create_table(
        "watchers",
        integer("ticket"),
        integer("person"),
        key("person", "people"),
        key("ticket", "tickets"),
        sa.PrimaryKeyConstraint("ticket", "person", name="pk_watchers"),
        sqlite_with_rowid=False,
    )


def _attachments() -> None:
    op.create_table(
        "attachments",
        number(),
        integer("entry"),
        *texts("name", "content_type"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        *texts("digest"),
        sa.Column("inline", sa.Boolean(), nullable=False),
        *texts("content_id"),
        sa.Column("kept", sa.Boolean(), nullable=False),
        key("entry", "entries"),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
    )
    index("ix_attachments_entry", "attachments", "entry")


def _outbox() -> None:
    op.create_table(
        "outbox",
        number(),
        *texts("channel", "room", "thread", "recipient", "lane", "text"),
        moment("created_at"),
        sa.Column("detail", sa.Text(), nullable=True),
        integer("person", nullable=True),
        integer("ticket", nullable=True),
        integer("entry", nullable=True),
        *texts("state"),
        integer("attempts"),
        moment("not_before", nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        moment("sent_at", nullable=True),
        *texts("error"),
        moment("due_at"),
        sa.Column("worker", sa.Text(), nullable=True),
        key("entry", "entries"),
        key("person", "people"),
        key("ticket", "tickets"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    index(
        "ix_outbox_due",
        "outbox",
        "channel",
        "due_at",
        "id",
        where="state IN ('waiting', 'sending')",
    )
    index(
        "ix_outbox_external_id", "outbox", "channel", "external_id", where="external_id IS NOT NULL"
    )
    index(
        "ix_outbox_lane", "outbox", "channel", "lane", "id", where="state IN ('waiting', 'sending')"
    )
    index("ix_outbox_ticket", "outbox", "ticket", where="ticket IS NOT NULL")
    index("ix_outbox_unsent", "outbox", "state", where="state != 'sent'")


def _raws() -> None:
    op.create_table(
        "raws",
        integer("inbox"),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        key("inbox", "inbox"),
        sa.PrimaryKeyConstraint("inbox", name="pk_raws"),
    )
