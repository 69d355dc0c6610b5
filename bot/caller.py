"""The caller: who gives a command, where and with what, by the message that gives it."""

from bot.approach import Approach
from bot.command import WORDS, Call, Command
from bot.model.person import Person, Role
from bot.model.ticket import Ticket
from bot.report import Report


def call_of(
    approach: Approach,
    by: Person,
    here: Ticket | None,
    commands: tuple[Command, ...],
    reports: tuple[Report, ...],
) -> Call:
    """The call that a message makes, given by somebody in the midst of a ticket, if of any.

    `commands` and `reports` are all there are.
    """
    inbound = approach.inbound
    vouched = inbound.speaker.verified
    return Call(
        work=approach.work,
        desk=approach.desk,
        by=by,
        now=approach.now,
        channel=approach.channel,
        role=by.role if vouched else Role.REQUESTER,
        here=here,
        commands=commands,
        reports=reports,
        attachments=approach.heard.attachments,
        found=approach.heard.found,
        remarks=approach.heard.remarks,
        read_below=approach.read_below if approach.is_typed else 0,
        mentioned=inbound.mentioned,
        name=inbound.name,
        vouched=vouched,
        reviewed=bool(inbound.mark) and any(name == WORDS.name for name, _ in inbound.filled),
        private=(inbound.interactive or not inbound.public) and not approach.among_agents,
    )
