"""Lists of tickets: the rows that texts show, and which part of a list is one page."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from bot.command import Call
from bot.model.order import rests
from bot.model.ticket import Ticket
from bot.moved import current
from bot.story import REQUESTER, turn

A_PAGE = 20  # tickets; a chat's message holds so many


class Part(NamedTuple):
    """One page of a list: from which of its tickets to which, and how many come after."""

    page: int
    begin: int
    end: int
    more: int


def part_of(page: int | None, count: int) -> Part:
    """The page that was asked for; behind the end of the list, the last one."""
    page = max(1, min(page or 1, ceil(count / A_PAGE)))
    return Part(page, (page - 1) * A_PAGE, page * A_PAGE, max(0, count - page * A_PAGE))


def rows_of(call: Call, tickets: Sequence[Ticket]) -> list[dict[str, object]]:
    """Tickets as the texts list them; what goes on in another stands as that one does."""
    return [_row(call, each, current(call.work, each)) for each in tickets]


def line_of(call: Call, ticket: Ticket) -> str:
    """What people read of a ticket in a list, for a filter's words."""
    names = [ticket.requester, *filter(None, (ticket.assignee,))]
    said = (call.desk.wording.name(call.work, call.reader, each) for each in names)
    reference = call.desk.settings.reference(ticket.id)
    return " ".join(
        (reference, ticket.summary, ticket.subject, *ticket.tags, *ticket.assets, *said)
    )


def _row(call: Call, ticket: Ticket, now: Ticket) -> dict[str, object]:
    def name(person: int) -> str:
        return call.desk.wording.name(call.work, call.reader, person)

    summary = ticket.summary
    entries = () if now.waits_since else call.work.entries.of(now.id)
    whose, since = turn(now, entries)
    return {
        "reference": call.desk.settings.reference(now.id),
        "summary": summary if summary.endswith("..") else summary.rstrip("."),
        "status": now.status.value,
        "priority": now.priority.name.lower(),
        "requester": name(ticket.requester),
        "assignee": name(now.assignee) if now.assignee else "",
        "since": since,
        "theirs": whose == REQUESTER,
        "rests": rests(now),
        "until": now.held_until,
        "tags": list(now.tags),
    }
