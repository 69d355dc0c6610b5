"""The command that explains how the time of a ticket was counted."""

from bot.command import TICKET, Call, command
from bot.model.message import Answer
from bot.model.ticket import Ticket
from bot.reckoning import explained

_SHOWN = 12  # lines of each promise in a chat or a mail; `deskmate why` shows them all


@command(TICKET, changes=False, quiet=True)
def why(call: Call, ticket: Ticket) -> Answer:
    """What was promised of a ticket, what of it was counted, and when it is due."""
    settings, now, language = call.desk.settings, call.now, call.reader.language
    rows = explained(settings, call.work.promises.of(ticket.id), now, language, _SHOWN)
    return call.answer("done.why", ticket, promises=rows)
