"""The command for the time that agents spend on tickets."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.audience import may_read
from bot.command import TICKET, Call, Parameter, Type, command
from bot.commands.moving import WORDS_AMONG_US, beside
from bot.model.entry import Entry, Event, Note, What
from bot.model.message import Answer
from bot.model.refused import Refused
from bot.model.spending import spend
from bot.model.spending import spent as minutes_of
from bot.model.ticket import Ticket
from bot.rows import A_PAGE

SPENT = Parameter("spent", Type.DURATION, required=False)


class Spell(NamedTuple):
    """Time that was noted, and what was noted with it."""

    event: Event
    note: Note | None


@command(TICKET, SPENT, WORDS_AMONG_US, whole=True)
def time(call: Call, ticket: Ticket, spent: int | None, text: str | None) -> Answer:
    """Note how long one worked on a ticket, with words among agents; without any, who did."""
    if spent is None and text:
        raise Refused("refused.no_duration", value="").at(SPENT.name)
    if spent is None:
        return _told(call, ticket)
    said = beside(call, text or "")
    kept = call.keep(spend(ticket, spent, call.by.id, call.now, call.channel, beside=said))
    return call.answer("done.time", kept, spent=spent, noted=said is not None)


def _told(call: Call, ticket: Ticket) -> Answer:
    """What was spent, on those that go on in it as well, the latest last."""
    numbers = [ticket.id, *call.work.tickets.merged_into(ticket.id)]
    spells = [each for number in numbers for each in _spells(call.work.entries.of(number))]
    spells.sort(key=lambda spell: spell.event.at)
    rows = [_row(call, ticket, each) for each in spells[-A_PAGE:]]
    return call.answer("done.times", ticket, rows=rows, more=len(spells) - len(rows))


def _spells(entries: Sequence[Entry]) -> Iterator[Spell]:
    for entry, behind in pairwise([*entries, None]):
        if isinstance(entry, Event) and entry.what is What.TIMED:
            note = behind if isinstance(behind, Note) else None
            along = note and (note.at, note.by) == (entry.at, entry.by)
            yield Spell(entry, note if along else None)


def _row(call: Call, ticket: Ticket, spell: Spell) -> dict[str, object]:
    event, note = spell
    read = note if note and may_read(call.work, call.by, ticket, note) else None
    return {
        "at": event.at,
        "by": call.desk.wording.name(call.work, call.reader, event.by),
        "spent": minutes_of(event),
        "words": " ".join(read.text.split()) if read else "",
    }
