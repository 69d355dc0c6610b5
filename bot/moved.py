"""Where a ticket went: in which other one it goes on, and from whom to whom, as texts name it."""

from bot.model.entry import Event, What
from bot.model.moving import standing
from bot.model.settings import Desk
from bot.model.spending import spent
from bot.model.ticket import Ticket
from bot.store import Work


def current(work: Work, ticket: Ticket) -> Ticket:
    """The ticket in which this one goes on, however often it was merged."""
    while ticket.merged_into is not None:
        target = work.tickets.get(ticket.merged_into)
        assert target is not None, "a merge names a kept ticket"
        ticket = target
    return ticket


def going_on_there(work: Work, ticket: Ticket) -> Ticket | None:
    """Another ticket that goes on in the thread where a done one was spoken of."""
    other = work.tickets.at(ticket.conversation)
    return other if other and other.id != ticket.id and not other.status.is_done else None


def moved(settings: Desk, event: Event) -> dict[str, object]:
    """From which team, level or time to which, or which other ticket is what, for people."""
    if event.what is What.TRANSFERRED:
        return {"old": settings.label(event.old), "new": settings.label(event.new)}
    if event.what is What.RELATED:
        number, _, how = event.new.partition(":")
        return {"other": settings.reference(int(number)), "how": how}
    if event.what is What.TIMED:
        return {"spent": spent(event), "total": int(event.new)}
    if event.what in (What.PARENT_DONE, What.SPLIT):
        return {"other": settings.reference(int(event.new))}
    if event.what is not What.ESCALATED:
        return {}
    (old, before), (new, after) = standing(event.old), standing(event.new)
    teams = {"old": settings.label(old), "new": settings.label(new)}
    return teams | {"old_level": before, "new_level": after}


def team_before(event: Event) -> str:
    """The team that had it until now; "" where the event tells of no move."""
    if event.what is What.ESCALATED:
        return standing(event.old)[0]
    return event.old if event.what is What.TRANSFERRED else ""
