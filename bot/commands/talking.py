"""Commands that say something: to the requester, or among agents."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from math import ceil

from bot.command import TICKET, WORDS, Call, command
from bot.enclosure import permit_enclosing
from bot.model import ticket as change
from bot.model.entry import Message, Note, Public, What
from bot.model.mailroom import Letter
from bot.model.message import Answer, Tone
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.model.unsaying import last_answer, unsay
from bot.permission import permit_speaking
from bot.press import press
from bot.taking_back import readers, spread_of, take_back

WORDS_OR_FILES = replace(WORDS, or_files=True)


@command(TICKET, WORDS_OR_FILES, speaks=True, outward=True)
def reply(call: Call, ticket: Ticket, text: str) -> Answer:
    """Write to the requester, and to those who watch."""
    permit_enclosing(call.attachments)
    permit_speaking(call.work, ticket)
    message = Message(
        what=What.REPLIED,
        text=text,
        at=call.now,
        by=call.by.id,
        channel=call.channel,
        attachments=call.attachments,
        remarks=call.remarks,
        name=call.name,
    )
    kept = call.keep(change.replied(ticket, message), deaf=call.heard_there(ticket))
    return _said(call, "done.reply", kept)


@command(TICKET)
def undo(call: Call, ticket: Ticket) -> Answer:
    """Take back what one last said to the requester, as far as it can be."""
    ticket, said = _last_said(call, ticket)
    entries = call.work.entries.of(ticket.id)
    spread = spread_of(call.desk, call.work, ticket, said, call.now)
    late, mailed = _names(call, spread.late), _names(call, spread.mailed)
    if not spread.can_be_taken_back:
        if not spread.kept:
            raise Refused("refused.undo_nothing")
        minutes = _in_minutes(call.desk.settings.undo_sent)
        raise Refused("refused.undo_late", late=late, mailed=mailed, minutes=minutes)
    take_back(call.desk, call.work, ticket, spread, call.by.id, call.now)
    left = spread.left(ticket.requester)
    change = unsay(ticket, entries, said, call.by.id, call.now, call.channel, left=left)
    kept, shown = call.keep(change), _names(call, spread.shown)
    words = said.text if isinstance(said, Message) else said.words
    changed = [each for each in entries if isinstance(each, Message) and each.of == said.id]
    words = changed[-1].text if changed else words
    return call.answer("done.undo", kept, words=words, shown=shown, late=late, mailed=mailed)


@command(TICKET, WORDS_OR_FILES, whole=True)
def note(call: Call, ticket: Ticket, text: str) -> Answer:
    """Write to the other agents alone."""
    written = Note(
        text=text,
        at=call.now,
        by=call.by.id,
        channel=call.channel,
        attachments=call.attachments,
        remarks=call.remarks,
        name=call.name,
    )
    kept = call.keep(change.told(ticket, written), deaf=call.heard_there(ticket))
    reader = call.desk.rooms.newly_reads_along(call.work, kept, call.by.id)
    words = text or ", ".join(each.name for each in call.attachments)
    return call.answer("done.note", kept, words=words, person=reader.name if reader else "")


@command(TICKET, WORDS, speaks=True)
def ask(call: Call, ticket: Ticket, text: str) -> Answer:
    """Ask the requester, and wait for the answer."""
    permit_speaking(call.work, ticket)
    kept = call.keep(change.ask(ticket, text, call.by.id, call.now, call.channel))
    return _said(call, "done.ask", kept)


def _last_said(call: Call, ticket: Ticket) -> tuple[Ticket, Public]:
    """What they last said to a requester, on the ticket or on one that goes on in it."""
    work, by = call.work, call.by.id
    merged = (work.tickets.get(number) for number in work.tickets.merged_into(ticket.id))
    each_of = [ticket, *(each for each in merged if each is not None)]
    found = [(each, last_answer(work.entries.of(each.id), by)) for each in each_of]
    said = [(each, answer) for each, answer in found if answer is not None]
    if not said:
        raise Refused("refused.undo_nothing")
    return max(said, key=lambda pair: pair[1].id)


def _names(call: Call, letters: Iterable[Letter]) -> list[str]:
    return readers(call.desk, call.work, letters, call.now)


def _said(call: Call, key: str, ticket: Ticket) -> Answer:
    """The answer to who just said something, with a button that takes it back as long as it can."""
    seconds, minutes = int(call.desk.settings.undo.total_seconds()), _minutes(call, ticket)
    answer = call.answer(key, ticket, seconds=seconds, minutes=minutes)
    if not (seconds or minutes):
        return answer
    facts = {"reference": call.desk.settings.reference(ticket.id)}
    return replace(answer, buttons=(press(call.desk.texts, call.reader, "undo", facts),))


def _minutes(call: Call, ticket: Ticket) -> int:
    """For how long chats, which show what was just said, can still replace it; 0 for none."""
    chats = call.desk.wording.chats
    letters = call.work.outbox.of_ticket(ticket.id)
    just_said = (x for x in letters if x.created_at == call.now and x.tone is Tone.PERSONAL)
    shown = any(each.to.channel in chats for each in just_said)
    return _in_minutes(call.desk.settings.undo_sent) if shown else 0


def _in_minutes(window: timedelta) -> int:
    return ceil(window / timedelta(minutes=1))
