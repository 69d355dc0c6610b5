"""How a ticket becomes a row of the book, and is read again."""

import json
from typing import Any

import sqlalchemy as sa

from bot.model.message import Address
from bot.model.ticket import Status, Ticket
from bot.model.triage import Kind, Priority


def ticket_of(row: sa.Row[Any]) -> Ticket:
    """What a row of the table tells."""
    return Ticket(
        id=row.id,
        version=row.version,
        requester=row.requester,
        subject=row.subject,
        summary=row.summary,
        kind=Kind(row.kind),
        priority=Priority(row.priority),
        conversation=Address(row.channel, row.room, row.thread),
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        status=Status(row.status),
        level=row.level,
        team=row.team,
        assignee=row.assignee,
        language=row.language,
        upset=row.upset,
        first_answer_at=row.first_answer_at,
        resolved_at=row.resolved_at,
        held_until=row.held_until,
        merged_into=row.merged_into,
        follows=row.follows,
        tags=tuple(json.loads(row.tags)) if row.tags else (),
        assets=tuple(json.loads(row.assets)) if row.assets else (),
        waits_since=row.waits_since,
        minutes=row.minutes or 0,
    )


def row_of(ticket: Ticket) -> dict[str, object]:
    """The row of a ticket, without its number."""
    return {
        "version": ticket.version,
        "requester": ticket.requester,
        "subject": ticket.subject,
        "summary": ticket.summary,
        "kind": ticket.kind.value,
        "priority": ticket.priority.value,
        "channel": ticket.conversation.channel,
        "room": ticket.conversation.room,
        "thread": ticket.conversation.thread,
        "opened_at": ticket.opened_at,
        "updated_at": ticket.updated_at,
        "status": ticket.status.value,
        "level": ticket.level,
        "team": ticket.team,
        "assignee": ticket.assignee,
        "language": ticket.language,
        "upset": ticket.upset,
        "first_answer_at": ticket.first_answer_at,
        "resolved_at": ticket.resolved_at,
        "held_until": ticket.held_until,
        "merged_into": ticket.merged_into,
        "follows": ticket.follows,
        "tags": json.dumps(ticket.tags, ensure_ascii=False) if ticket.tags else None,
        "assets": json.dumps(ticket.assets, ensure_ascii=False) if ticket.assets else None,
        "waits_since": ticket.waits_since,
        "minutes": ticket.minutes or None,
    }
