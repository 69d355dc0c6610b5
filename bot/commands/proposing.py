"""Commands by which agents see what people keep asking, and say where that needs no article."""

from dataclasses import replace

from bot.command import TICKET, Call, command
from bot.model.message import Answer
from bot.model.ticket import Ticket
from bot.press import proposing
from bot.proposed import proposals
from bot.wanted import take_in, wanted

_SHOWN = 5


@command()
def kb_ideas(call: Call) -> Answer:
    """What people ask again and again, and no article answers."""
    found = wanted(call.work, call.desk.settings, call.now, _SHOWN)
    rows = proposals(call.desk.settings, found)
    answer = call.answer("done.kb_ideas", rows=rows)
    buttons = proposing(call.desk.texts, call.reader, {"proposals": rows})
    return replace(answer, buttons=tuple(buttons))


@command(TICKET)
def kb_never(call: Call, ticket: Ticket) -> Answer:
    """Say that what a ticket asks needs no article, however often it comes."""
    take_in(call.desk.library, call.work, ticket)
    if topic := call.work.topics.of(ticket.id):
        call.work.topics.settle(replace(topic, never=True))
    return call.answer("done.kb_never", ticket)
