"""Commands that say where a ticket goes on: with another team, a level up, in another ticket."""

from bot.command import TICKET, Call, Parameter, Type, command
from bot.model import moving as change
from bot.model.entry import Note
from bot.model.message import Answer
from bot.model.settings import Team
from bot.model.signing import parted
from bot.model.ticket import Ticket

WORDS_AMONG_US = Parameter("text", Type.TEXT, required=False)
TEAM = Parameter("team", Type.TEAM)


@command(TICKET, TEAM, WORDS_AMONG_US, whole=True)
def transfer(call: Call, ticket: Ticket, team: Team, text: str | None) -> Answer:
    """Let another team go on with a ticket; the words are for them alone."""
    by, now, beside = call.by.id, call.now, _beside(call, text or "")
    kept = call.keep(change.transfer(ticket, team.name, by, now, call.channel, beside=beside))
    _let_go(call, ticket)
    return call.answer("done.transfer", kept, noted=beside is not None)


def _beside(call: Call, text: str) -> Note | None:
    """The note that goes along; a goodbye and a name alone are none."""
    desk = call.desk
    said = parted(desk.ear.closings, desk.settings, text, call.by.name).said
    if not said and not call.attachments:
        return None
    return Note(
        text=text if said else "",
        at=call.now,
        by=call.by.id,
        channel=call.channel,
        attachments=call.attachments,
        name=call.name,
    )


def _let_go(call: Call, ticket: Ticket) -> None:
    """Who had it sees on their page that they have it no more."""
    if ticket.assignee is not None:
        call.desk.rooms.redraw_home(call.work, [ticket.assignee], call.now)
