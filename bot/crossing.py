"""Crossing answers: who else is writing one, and who has answered while somebody wrote theirs."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.desk import Desk
from bot.grammar import Line
from bot.model.entry import Message, Note, Public, What
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.model.unsaying import standing
from bot.store import Work
from bot.turn import Turn
from bot.when import exact_moment

WRITING = timedelta(minutes=15)  # from then on whoever opened a form has probably gone
_CROSSED = "refused.crossed"
_ANSWERS = (What.REPLIED, What.ASKED, What.HELD, What.RESOLVED)


def begin_draft(work: Work, desk: Desk, ticket: Ticket, person: int, now: datetime) -> None:
    """They write an answer from now on; their colleagues see it on the card."""
    work.drafts.begin(ticket.id, person, now + WRITING)
    desk.rooms.redraw(work, ticket, now)


def look_for_answer(turn: Turn, line: Line) -> None:
    """Raises `Refused` once if a colleague answered after the form of this command was opened."""
    begun = exact_moment(turn.inbound.mark)
    if begun is None or line.filled is None or not line.command.speaks or turn.role < Role.AGENT:
        return
    named = line.about(turn.desk.settings)
    ticket = turn.work.tickets.get(named[0]) if named else turn.ticket
    if ticket is None:
        return
    until = turn.work.drafts.until(ticket.id, turn.person.id)
    begun = max(begun, until - WRITING) if until else begun
    for answer in _answers(turn, ticket):
        if answer.at > begun:
            refusal = Refused(_CROSSED, person=answer.by, words=_words(answer))
            refusal.field, refusal.about = line.command.parameters[-1].name, ticket.id
            raise refusal


def note_told(turn: Turn, refusal: Refused) -> None:
    """Whoever was told of a colleague's answer goes on writing, and is not told of it again."""
    ticket = turn.work.tickets.get(refusal.about) if refusal.about else None
    if refusal.key == _CROSSED and ticket is not None:
        begin_draft(turn.work, turn.desk, ticket, turn.person.id, turn.now)


def _answers(turn: Turn, ticket: Ticket) -> Iterator[Public]:
    """What colleagues said to the requester, the latest first."""
    for entry in reversed(standing(turn.work.entries.of(ticket.id))):
        ours = entry.by not in (None, ticket.requester, turn.person.id)
        if ours and not isinstance(entry, Note) and entry.what in _ANSWERS and _words(entry):
            yield entry


def _words(entry: Public) -> str:
    said = entry.text if isinstance(entry, Message) else entry.words
    return " ".join(said.split())
