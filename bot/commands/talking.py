"""Commands that say something: to the requester, or among agents."""

from dataclasses import replace

from bot.command import TICKET, WORDS, Call, command
from bot.model import ticket as change
from bot.model.entry import Message, Note, What
from bot.model.message import Answer, Tone
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.model.unsaying import last_answer, unsay
from bot.permission import permit_speaking
from bot.press import press

WORDS_OR_FILES = replace(WORDS, or_files=True)


@command(TICKET, WORDS_OR_FILES, speaks=True, outward=True)
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
    kept = call.keep(change.replied(ticket, message), deaf=call.heard_there)
    return _in_time(call, call.answer("done.reply", kept, seconds=_seconds(call)), kept)


@command(TICKET)
def undo(call: Call, ticket: Ticket) -> Answer:
    """Take back what one last said to the requester, as long as it hasn't left."""
    entries = call.work.entries.of(ticket.id)
    said = last_answer(entries, call.by.id)
    letters = [
        each
        for each in call.work.outbox.of_ticket(ticket.id)
        if said is not None and each.entry == said.id and each.tone is Tone.PERSONAL
    ]
    if said is None or not letters:
        raise Refused("refused.undo_nothing")
    if not call.work.outbox.withdraw([each.id for each in letters]):
        raise Refused("refused.undo_late", off=not call.desk.settings.undo)
    kept = call.keep(unsay(ticket, entries, said, call.by.id, call.now, call.channel))
    words = said.text if isinstance(said, Message) else said.words
    return call.answer("done.undo", kept, words=words)


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
    return _in_time(call, call.answer("done.ask", kept, seconds=_seconds(call)), kept)


def _seconds(call: Call) -> int:
    """How long what was said may be taken back."""
    return int(call.desk.settings.undo.total_seconds())


def _in_time(call: Call, answer: Answer, ticket: Ticket) -> Answer:
    """The answer with a button that takes back what was said, where there is time for it."""
    if not call.desk.settings.undo:
        return answer
    facts = {"reference": call.desk.settings.reference(ticket.id)}
    return replace(answer, buttons=(press(call.desk.texts, call.reader, "undo", facts),))
