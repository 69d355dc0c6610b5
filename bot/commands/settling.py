"""Commands that say what a ticket is and where it stands."""

from dataclasses import replace
from datetime import datetime

from bot.audience import Circle
from bot.command import TICKET, Call, Parameter, Type, command
from bot.family import inherit
from bot.model import moving
from bot.model import ticket as change
from bot.model.entry import Message, Note, What
from bot.model.message import Answer
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority
from bot.moved import current, going_on_there
from bot.opening import add_words, reopening
from bot.permission import permit_settling

OPTIONAL_WORDS = Parameter("text", Type.TEXT, required=False)


@command(TICKET, Parameter("until", Type.MOMENT), OPTIONAL_WORDS, speaks=True)
def hold(call: Call, ticket: Ticket, until: datetime, text: str | None) -> Answer:
    """Lay a ticket aside until a moment; the requester is told, and who goes on with it."""
    by, now = call.by.id, call.now
    kept = call.keep(change.hold(ticket, until, text or "", by, now, call.channel))
    return call.answer("done.hold", kept, claimed=ticket.assignee is None)


@command(TICKET, Parameter("priority", Type.PRIORITY))
def priority(call: Call, ticket: Ticket, priority: Priority) -> Answer:
    """Say how urgent a ticket is."""
    kept = call.keep(change.set_priority(ticket, priority, call.by.id, call.now, call.channel))
    return call.answer("done.priority", kept)


@command(TICKET, Parameter("kind", Type.KIND))
def kind(call: Call, ticket: Ticket, kind: Kind) -> Answer:
    """Say what a ticket is."""
    kept = call.keep(change.set_kind(ticket, kind, call.by.id, call.now, call.channel))
    return call.answer("done.kind", kept)


@command(TICKET, OPTIONAL_WORDS, role=Role.REQUESTER, speaks=True)
def resolve(call: Call, ticket: Ticket, text: str | None) -> Answer:
    """Say that it is solved, and by what."""
    permit_settling(call, ticket)
    resolved = change.resolve(ticket, text or "", call.by.id, call.now, call.channel)
    kept = call.keep(resolved, deaf=_of_no_concern(call, ticket))
    return call.answer(_own(call, ticket, "answer.resolved_own", "done.resolve"), kept)


@command(TICKET, role=Role.REQUESTER)
def close(call: Call, ticket: Ticket) -> Answer:
    """Close what needs no answer any more; that it was solved, the requester's side knows."""
    permit_settling(call, ticket)
    knows = {Circle.REQUESTER, Circle.WATCHERS} if ticket.status.is_done else set()
    closed = change.close(ticket, call.by.id, call.now, call.channel)
    kept = call.keep(closed, deaf=knows | _of_no_concern(call, ticket))
    return call.answer(_own(call, ticket, "answer.closed_own", "done.close"), kept)


@command(TICKET, OPTIONAL_WORDS, role=Role.REQUESTER)
def reopen(call: Call, ticket: Ticket, text: str | None) -> Answer:
    """Open it again, and say why; whoever takes part may, as any words of theirs would."""
    outward = not call.for_desk or call.by.id == ticket.requester
    if outward:
        ticket = current(call.work, ticket)
    if ticket.status.is_done and (other := going_on_there(call.work, ticket)):
        raise Refused("refused.merged", other=other.id)
    known = call.work, call.desk, ticket
    kept = call.keep(reopening(*known, call.by.id, call.now, call.channel))
    if text:
        kept = _told_why(call, kept, text, outward=outward)
    key = "answer.reopened_own" if outward else "done.reopen"
    return call.answer(key, kept, told=call.by.id == ticket.requester)


@command(TICKET, Parameter("other", Type.TICKET))
def merge(call: Call, ticket: Ticket, other: Ticket) -> Answer:
    """Let another ticket go on in this one; nothing of it is lost.

    Where only one is named, the ticket it is said in goes on in that one.
    """
    ended, grown = moving.merge(other, ticket, call.by.id, call.now, call.channel)
    if call.desk.settings.undo:
        call.work.outbox.join_lanes(other.id, ticket.id)
    call.keep(ended)
    same = {Circle.REQUESTER} if other.requester == ticket.requester else set()
    kept = call.keep(grown, deaf=same)  # who reported both hears of it once
    inherit(call.work, other.id, ticket.id, call.now)
    for person in (other.requester, *call.work.tickets.watchers(other.id)):
        if person != ticket.requester:
            call.work.tickets.watch(ticket.id, person)
    return call.answer("done.merge", kept, other=call.desk.settings.reference(other.id))


@command(Parameter("language", Type.LANGUAGE), role=Role.REQUESTER)
def language(call: Call, language: str) -> Answer:
    """Choose the language the desk writes in."""
    chosen = replace(call.by, language=language)
    call.work.people.save(chosen)
    call.desk.rooms.redraw_home(call.work, [chosen.id], call.now)
    return replace(call, by=chosen).answer("answer.language", call.here)


def _of_no_concern(call: Call, ticket: Ticket) -> set[Circle]:
    """What an agent settles that nobody has is settled; by its requester, the team hears of it."""
    return {Circle.HOLDER} if call.for_desk and ticket.assignee is None else set()


def _told_why(call: Call, ticket: Ticket, text: str, *, outward: bool) -> Ticket:
    """Keep the words behind a reopening: the requester's for the agents, an agent's among them."""
    by, at, channel = call.by.id, call.now, call.channel
    if outward:
        said = Message(what=What.SAID, text=text, at=at, by=by, channel=channel)
        return add_words(call.work, call.desk, ticket, said)
    return call.keep(change.told(ticket, Note(text=text, at=at, by=by, channel=channel)))


def _own(call: Call, ticket: Ticket, own: str, agents: str) -> str:
    """Which words confirm it: to the requester, or to an agent."""
    return own if call.by.id == ticket.requester else agents
