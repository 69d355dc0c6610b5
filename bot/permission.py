"""The one place where it is decided who may do and see what."""

from bot.command import Call, Command
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.store import Work


def permit(command: Command, call: Call, word: str) -> None:
    """Raises `Refused` when this person may not give this command."""
    if command.role > call.role:
        raise Refused("refused.for_agents", word=word)


def permit_settling(call: Call, ticket: Ticket) -> None:
    """Raises `Refused` for who only reads along: a ticket ends by its own people."""
    if not call.for_desk and call.by.id != ticket.requester:
        raise Refused("refused.not_yours")


def permit_speaking(work: Work, ticket: Ticket) -> None:
    """Raises `Refused` where nobody on the requester's side is there to hear it."""
    requester = work.people.get(ticket.requester)
    watching = [work.people.get(each) for each in work.tickets.watchers(ticket.id)]
    readers = [requester, *(each for each in watching if each and not each.is_agent)]
    if not any(each.is_named for each in readers if each):
        raise Refused("refused.nobody_named")


def may_see(call: Call, ticket: Ticket) -> bool:
    """Agents see every ticket; everybody else their own and those they watch."""
    if call.for_desk or ticket.requester == call.by.id:
        return True
    return call.by.id in call.work.tickets.watchers(ticket.id)
