"""The command of the bell: what somebody waits for lies ready at the counter."""

from bot.command import TICKET, Call, command
from bot.model import ticket as change
from bot.model.entry import Message, What
from bot.model.message import Answer
from bot.model.ticket import Ticket
from bot.permission import permit_speaking


@command(TICKET, outward=True)
def ready(call: Call, ticket: Ticket) -> Answer:
    """Tell the requester, in their own language, that it lies ready at the counter."""
    permit_speaking(call.work, ticket)
    requester = call.work.people.get(ticket.requester)
    assert requester is not None, "a ticket has a requester"
    reader = call.desk.wording.reader(requester, call.now, ticket)
    said = Message(
        what=What.REPLIED,
        text=call.desk.texts.render("bell.ready", reader),
        at=call.now,
        by=call.by.id,
        channel=call.channel,
    )
    return call.answer("done.ready", call.keep(change.replied(ticket, said)))
