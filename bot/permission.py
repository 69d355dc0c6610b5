"""Who may do and see what with a command's call and its ticket, in rules that commands share.

What a single command allows stands in that command (`bot/commands/appointing.py`, `people.py`),
and whose words a message is read with, as an agent's or a requester's, is the dialogue's to say.
"""

from bot.command import Call, Command
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.store import Work


def permit(command: Command, call: Call, word: str) -> None:
    """Raises `Refused` when this person may not give this command."""
    if command.role <= call.role:
        return
    if call.for_desk:
        raise Refused("refused.for_role", word=word, role=command.role.name.lower())
    raise Refused("refused.for_agents", word=word)


def may_step_in(call: Call, ticket: Ticket) -> bool:
    """Whether they may take over what a colleague has: quality any ticket, a lead their team's."""
    by = call.by
    quality = Role.QUALITY in (by.role, *dict(by.posts).values())
    return call.for_desk and (quality or by.role_in(ticket.team) >= Role.QUALITY)


def may_keep_answer(call: Call, team: str) -> bool:
    """Whether they may change a team's ready answers, "" for those of all: these are the leads'."""
    if not team:
        return call.role >= Role.LEAD
    return call.role is Role.ADMIN or (call.for_desk and call.by.works_in(team))


def permit_settling(call: Call, ticket: Ticket) -> None:
    """Raises `Refused` for who only reads along: a ticket ends by its own people."""
    if not call.for_desk and call.by.id != ticket.requester:
        raise Refused("refused.not_yours")


def permit_rating(call: Call, ticket: Ticket) -> None:
    """Raises `Refused` for all but who was helped: nobody says for them how it was."""
    if call.by.id != ticket.requester:
        raise Refused("refused.rate_not_yours")


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
