"""Leaks: words for the requester that repeat a note or hold a secret, asked about once."""

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

_QUOTES, _SECRET = "refused.quotes_note", "refused.secret"


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
    if piece and not _was_asked(turn, _QUOTES):
        refusal = Refused(_QUOTES, words=piece)
        refusal.field, refusal.about = WORDS.name, ticket.id
        raise refusal


def look_for_secret(turn: Turn) -> None:
    """Raises `Refused` once for an agent's words that held a secret.

    Said again they go out, and what was hidden in them when they were heard stays so.
    """
    if turn.heard.secrets and turn.role >= Role.AGENT and not _was_asked(turn, _SECRET):
        refusal = Refused(_SECRET)
        refusal.field = WORDS.name
        raise refusal


def look_at(turn: Turn, line: Line, here: Ticket | None) -> None:
    """The same for the words of a command that speaks to the requester."""
    if not line.command.speaks:
        return
    look_for_secret(turn)
    named = line.about(turn.desk.settings)
    ticket = turn.work.tickets.get(named[0]) if named else here
    look_for_quote(turn, ticket, (line.filled or {}).get(WORDS.name, "") or line.words.strip())


def note_asked(turn: Turn, refusal: Refused) -> None:
    """They were told of it: the same words go out when they are said again."""
    if refusal.key in (_QUOTES, _SECRET):
        turn.work.cursors.save(_key(turn, refusal.key), _said(turn))


def _of_one_matter(work: Work, ticket: Ticket) -> Iterator[int]:
    """The ticket in which it goes on, what was merged into that, and what it goes on from."""
    begun: Ticket | None = current(work, ticket)
    while begun is not None:
        yield begun.id
        yield from work.tickets.merged_into(begun.id)
        begun = work.tickets.get(begun.follows) if begun.follows else None


def _was_asked(turn: Turn, key: str) -> bool:
    return turn.work.cursors.load(_key(turn, key)) == _said(turn)


def _key(turn: Turn, key: str) -> str:
    return f"{key}/{turn.person.id}"


def _said(turn: Turn) -> str:
    inbound = turn.inbound
    said = "\n".join((inbound.text, *(value for _, value in inbound.filled)))
    return sha256(said.encode()).hexdigest()
