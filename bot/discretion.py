"""Discretion: what people who told the desk of one matter don't learn of one another."""

from bot.model.person import Person
from bot.model.ticket import Ticket
from bot.store import Work


def hides(work: Work, to: Person, ticket: Ticket, person: Person) -> bool:
    """Whether a reader mustn't learn that somebody told us of a ticket's matter, too."""
    if to.is_agent or to.id == person.id:
        return False
    told_us = reporters(work, ticket)
    return len(told_us) > 1 and person.id in told_us


def reporters(work: Work, ticket: Ticket) -> set[int]:
    """Who told us of a ticket's matter, by number: its requester, and those of what it took in."""
    return {ticket.requester} | {each.requester for each in _joined(work, ticket)}


def as_told_by(work: Work, to: Person, ticket: Ticket) -> Ticket:
    """The ticket whose words a reader knows: of several joined in one, the one of their own."""
    if to.is_agent or to.id == ticket.requester:
        return ticket
    joined = _joined(work, ticket)
    own = (each for each in joined if each.requester == to.id)
    followed = (each for each in joined if to.id in work.tickets.watchers(each.id))
    return next(own, None) or next(followed, ticket)


def _joined(work: Work, ticket: Ticket) -> list[Ticket]:
    """What goes on in a ticket."""
    found = map(work.tickets.get, work.tickets.merged_into(ticket.id))
    return [each for each in found if each is not None]
