"""Commands that say who has a ticket."""

from dataclasses import replace

from bot.articles import sending
from bot.command import TICKET, Call, Parameter, Type, command
from bot.discretion import reporters
from bot.duty import stands_in
from bot.model import ticket as change
from bot.model.entry import Event, What
from bot.model.message import Answer
from bot.model.person import Person, Role
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.moved import current
from bot.permission import may_step_in

PERSON = Parameter("person", Type.PERSON, required=False)


@command(TICKET, quiet=True, outward=True)
def claim(call: Call, ticket: Ticket) -> Answer:
    """Take a ticket, and hear whose it is; refused politely when somebody has it.

    But for who may step into a conflict: whoever has it and their team are told.
    """
    if ticket.assignee not in (None, call.by.id) and may_step_in(call, ticket):
        return _step_in(call, ticket)
    kept = call.keep(change.claim(ticket, call.by.id, call.now, call.channel))
    return _briefed(call, kept, call.answer("done.claim", kept))


@command(TICKET, quiet=True)
def release(call: Call, ticket: Ticket) -> Answer:
    """Give a ticket back to its team."""
    kept = call.keep(change.release(ticket, call.by.id, call.now, call.channel))
    return call.answer("done.release", kept)


@command(TICKET, Parameter("agent", Type.AGENT))
def assign(call: Call, ticket: Ticket, agent: Person) -> Answer:
    """Hand a ticket to an agent, oneself included; who is away gets it all the same."""
    kept = call.keep(change.assign(ticket, agent.id, call.by.id, call.now, call.channel))
    duty, substitute = stands_in(call.work, agent, call.now)
    answer = call.answer(
        "done.assign",
        kept,
        person=agent.name,
        away=duty.away_until if duty.is_away(call.now) else None,
        substitute=substitute.name if substitute else "",
    )
    return _briefed(call, kept, answer) if agent.id == call.by.id else answer


@command(TICKET, PERSON, quiet=True)
def watch(call: Call, ticket: Ticket, person: Person | None) -> Answer:
    """Hear of everything said on a ticket, or let somebody else; its requester does anyway."""
    who = person or call.by
    if who.id == ticket.requester or not call.work.tickets.watch(ticket.id, who.id):
        raise Refused("refused.watching", person=who.id)
    kept = call.keep(change.told(ticket, _watching(call, What.WATCHED, who)))
    return call.answer("done.watch", kept, person=who.name)


@command(TICKET, PERSON, role=Role.REQUESTER, quiet=True)
def unwatch(call: Call, ticket: Ticket, person: Person | None) -> Answer:
    """Hear no more of a ticket that one watches; agents may end it for somebody else, too."""
    ticket, who = current(call.work, ticket), person or call.by
    if who.id in reporters(call.work, ticket):
        raise Refused("refused.unwatch_own", person=who.id)
    numbers = (ticket.id, *call.work.tickets.merged_into(ticket.id))
    watched = [call.work.tickets.unwatch(each, who.id) for each in numbers]
    if not any(watched):
        raise Refused("refused.not_watching", person=who.name)  # who may be in no book any more
    kept = call.keep(change.told(ticket, _watching(call, What.UNWATCHED, who)))
    return call.answer("done.unwatch" if call.for_desk else "answer.unwatch", kept, person=who.name)


def _watching(call: Call, what: What, who: Person) -> Event:
    return Event(what=what, at=call.now, by=call.by.id, channel=call.channel, new=str(who.id))


def _step_in(call: Call, ticket: Ticket) -> Answer:
    """Take over what a colleague has."""
    role = max(call.by.role_in(ticket.team), Role.QUALITY).name.lower()
    reason = f"as_{role}:{call.desk.settings.label(ticket.team)}"
    kept = call.keep(change.step_in(ticket, call.by.id, reason, call.now, call.channel))
    colleague = call.work.people.get(ticket.assignee or 0)
    name = colleague.name if colleague else ""
    return _briefed(call, kept, call.answer("done.step_in", kept, person=name))


def _briefed(call: Call, ticket: Ticket, answer: Answer) -> Answer:
    """The answer to who has a ticket now, with what they should know of whose it is."""
    told = call.briefing(ticket, heading=False)
    buttons = (*answer.buttons, *sending(call, ticket))
    return replace(answer, text=f"{answer.text}\n\n{told}".rstrip(), buttons=buttons)
