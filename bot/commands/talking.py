"""Commands that say something: to the requester, or among agents."""

from dataclasses import replace

from bot.command import TICKET, WORDS, Call, command
from bot.model import ticket as change
from bot.model.entry import Message, Note, What
from bot.model.message import Answer
from bot.model.ticket import Ticket
from bot.permission import permit_speaking

WORDS_OR_FILES = replace(WORDS, or_files=True)


@command(TICKET, WORDS_OR_FILES, speaks=True)
def reply(call: Call, ticket: Ticket, text: str) -> Answer:
    """Write to the requester, and to those who watch."""
    permit_speaking(call.work, ticket)
    message = Message(
        what=What.REPLIED,
        text=text,
        at=call.now,
        by=call.by.id,
        channel=call.channel,
        attachments=call.attachments,
        name=call.name,
    )
    return call.answer(
        "done.reply", call.keep(change.replied(ticket, message), deaf=call.heard_there)
    )


@command(TICKET, WORDS_OR_FILES, whole=True)
def note(call: Call, ticket: Ticket, text: str) -> Answer:
    """Write to the other agents alone."""
    written = Note(
        text=text,
        at=call.now,
        by=call.by.id,
        channel=call.channel,
        attachments=call.attachments,
        name=call.name,
    )
    kept = call.keep(change.told(ticket, written), deaf=call.heard_there)
    reader = call.desk.rooms.newly_reads_along(call.work, kept, call.by.id)
    words = text or ", ".join(each.name for each in call.attachments)
    return call.answer("done.note", kept, words=words, person=reader.name if reader else "")


@command(TICKET, WORDS, speaks=True)
def ask(call: Call, ticket: Ticket, text: str) -> Answer:
    """Ask the requester, and wait for the answer."""
    permit_speaking(call.work, ticket)
    kept = call.keep(change.ask(ticket, text, call.by.id, call.now, call.channel))
    return call.answer("done.ask", kept)
