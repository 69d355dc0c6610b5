"""The one place where it is decided who may do and see what."""

from bot.command import Call, Command
from bot.model.refused import Refused
from bot.model.ticket import Ticket


def permit(command: Command, call: Call, word: str) -> None:
    """Raises `Refused` when this person may not give this command."""
    if command.role > call.role:
        raise Refused("refused.for_agents", word=word)


def permit_settling(call: Call, ticket: Ticket) -> None:
    """Raises `Refused` for who only reads along: a ticket ends by its own people."""
    if not call.for_desk and call.by.id != ticket.requester:
        raise Refused("refused.not_yours")


def may_see(call: Call, ticket: Ticket) -> bool:
    """Agents see every ticket; everybody else their own and those they watch."""
    if call.for_desk or ticket.requester == call.by.id:
        return True
    return call.by.id in call.work.tickets.watchers(ticket.id)
