"""The caller: who gives a command, where and with what, by the message that gives it."""

from bot.command import WORDS, Call, Command
from bot.model.person import Person, Role
from bot.model.ticket import Ticket
from bot.report import Report
from bot.turn import Turn


def call_of(
    turn: Turn,
    by: Person,
    here: Ticket | None,
    commands: tuple[Command, ...],
    reports: tuple[Report, ...],
) -> Call:
    """The call that a message makes, given by somebody in the midst of a ticket, if of any.

    `commands` and `reports` are all there are.
    """
    inbound = turn.inbound
    vouched = inbound.speaker.verified
    return Call(
        work=turn.work,
        desk=turn.desk,
        by=by,
        now=turn.now,
        channel=turn.channel,
        role=by.role if vouched else Role.REQUESTER,
        here=here,
        commands=commands,
        reports=reports,
        attachments=turn.heard.attachments,
        remarks=turn.heard.remarks,
        read_below=turn.read_below if turn.is_typed else 0,
        mentioned=inbound.mentioned,
        name=inbound.name,
        vouched=vouched,
        reviewed=bool(inbound.mark) and any(name == WORDS.name for name, _ in inbound.filled),
        private=(inbound.interactive or not inbound.public) and not turn.among_agents,
    )
