"""Commands that begin a ticket."""

from bot.acknowledgement import letter_to
from bot.command import WORDS, Call, Parameter, Type, command
from bot.model.entry import What
from bot.model.message import Answer
from bot.model.person import Person, Role
from bot.opening import Report, open_ticket


@command(WORDS, role=Role.REQUESTER, whole=True)
def new(call: Call, text: str) -> Answer:
    """Report something new."""
    report = Report(
        text=text,
        channel=call.channel,
        by=call.by.id,
        at=call.now,
        attachments=call.attachments,
        found=call.found,
    )
    ticket = open_ticket(call.work, call.desk, report, requester=call.by)
    elsewhere = letter_to(call.work, call.by, ticket, call.now) is not None
    key = "done.new" if call.for_desk else "answer.opened"
    return call.answer(key, ticket, told=elsewhere, elsewhere=elsewhere)


@command(Parameter("person", Type.PERSON), WORDS, whole=True)
def log(call: Call, person: Person, text: str) -> Answer:
    """Report something for somebody else, who gets the reference."""
    report = Report(
        text=text,
        channel=call.channel,
        by=call.by.id,
        at=call.now,
        what=What.LOGGED,
        attachments=call.attachments,
    )
    ticket = open_ticket(call.work, call.desk, report, requester=person)
    return call.answer("done.log", ticket)
