"""The one order in which agents see tickets: what waits for them, by urgency, the longest first."""

from collections.abc import Iterable

from bot.model.ticket import Status, Ticket

_RESTS = (Status.WAITING, Status.HELD)


def in_order(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Those for whom it is the desk's turn first, then what was answered, then what rests.

    Of what rests, what goes on soonest comes first.
    """
    return sorted(tickets, key=_need)


def rests(ticket: Ticket) -> bool:
    """Whether there is nothing to do for an agent now: the requester is awaited, or a moment."""
    return ticket.status in _RESTS


def _need(ticket: Ticket) -> tuple[int, int, float, int]:
    if rests(ticket):
        return 2, 0, (ticket.held_until or ticket.updated_at).timestamp(), ticket.id
    if ticket.waits_since is None:
        return 1, -ticket.priority, 0, ticket.id
    return 0, -ticket.priority, ticket.waits_since.timestamp(), ticket.id
