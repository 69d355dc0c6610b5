"""Leaks: words for the requester that repeat what agents wrote among themselves."""

from collections.abc import Iterator
from hashlib import sha256

from bot.command import WORDS
from bot.grammar import Line
from bot.model.entry import SENT, Message, Note
from bot.model.person import Role
from bot.model.quoting import quoted
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.moved import current
from bot.store import Work
from bot.turn import Turn

_QUOTES = "refused.quotes_note"


def look_for_quote(turn: Turn, ticket: Ticket | None, words: str) -> None:
    """Raises `Refused` once for words that quote a note: whoever says them again means it."""
    if ticket is None or turn.role < Role.AGENT or not words:
        return
    numbers = _of_one_matter(turn.work, ticket)
    entries = [each for number in numbers for each in turn.work.entries.of(number)]
    # New words for an answer, which came too late for it, were meant for its reader.
    notes = [each.text for each in entries if isinstance(each, Note) and SENT not in each.remarks]
    known = [each.text for each in entries if isinstance(each, Message)]
    piece = quoted(words, notes, known) if notes else ""
    if piece and turn.work.cursors.load(_key(turn)) != _said(turn):
        refusal = Refused(_QUOTES, words=piece)
        refusal.field, refusal.about = WORDS.name, ticket.id
        raise refusal


def look_at(turn: Turn, line: Line, here: Ticket | None) -> None:
    """The same for the words of a command that speaks to the requester; no secret goes by it."""
    if not line.command.speaks:
        return
    if turn.heard.secrets and turn.role >= Role.AGENT:
        raise Refused("refused.secret")
    words = line.words.strip()
    named = turn.desk.settings.begun_with(words)
    filled = line.filled or {}
    if named is None and (given := filled.get("ticket", "")):
        named = turn.desk.settings.begun_with(given)
    ticket = turn.work.tickets.get(named[0]) if named else here
    look_for_quote(turn, ticket, filled.get(WORDS.name, "") or words)


def note_asked(turn: Turn, refusal: Refused) -> None:
    """They were told of it: the same words go out when they are said again."""
    if refusal.key == _QUOTES:
        turn.work.cursors.save(_key(turn), _said(turn))


def _of_one_matter(work: Work, ticket: Ticket) -> Iterator[int]:
    """The ticket in which it goes on, what was merged into that, and what it goes on from."""
    begun: Ticket | None = current(work, ticket)
    while begun is not None:
        yield begun.id
        yield from work.tickets.merged_into(begun.id)
        begun = work.tickets.get(begun.follows) if begun.follows else None


def _key(turn: Turn) -> str:
    return f"quoted/{turn.person.id}"


def _said(turn: Turn) -> str:
    inbound = turn.inbound
    said = "\n".join((inbound.text, *(value for _, value in inbound.filled)))
    return sha256(said.encode()).hexdigest()
