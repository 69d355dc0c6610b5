"""The one order in which agents see tickets: what waits for them, by urgency, the longest first."""

from collections.abc import Iterable
from datetime import datetime

from bot.model.ticket import Status, Ticket

_RESTS = (Status.WAITING, Status.HELD)


def in_order(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Those for whom it is the desk's turn first; of what rests, what goes on soonest first."""
    return sorted(tickets, key=_need)


def rests(ticket: Ticket) -> bool:
    """Whether there is nothing to do for an agent now: the requester is awaited, or a moment."""
    return ticket.status in _RESTS


def waits_since(ticket: Ticket) -> datetime:
    """Since when it waits: for the desk, or for whatever it rests."""
    return ticket.waits_since or ticket.updated_at


def _need(ticket: Ticket) -> tuple[bool, int, datetime, int]:
    if rests(ticket):
        return True, 0, ticket.held_until or ticket.updated_at, ticket.id
    return False, -ticket.priority, waits_since(ticket), ticket.id
