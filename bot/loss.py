"""A loss: what the history keeps of a letter that never reached its reader, or not whole."""

from datetime import datetime

from bot.model.entry import Event, Message, What
from bot.model.mailroom import Letter
from bot.model.stamp import spelled
from bot.model.ticket import Ticket
from bot.store import Work


def loss(letter: Letter, error: str, at: datetime, to: str, words: str, *reasons: str) -> Event:
    """That a letter isn't where it should be; `to` is what its reader is known by."""
    return Event(
        what=What.UNDELIVERED,
        at=at,
        by=letter.person,  # whom it would only reach by the way that failed
        old=error,
        new=to,
        words=spelled(words),
        reasons=reasons,
    )


def report(work: Work, ticket: Ticket) -> str:
    """The words that opened it."""
    said = (each.text for each in work.entries.of(ticket.id) if isinstance(each, Message))
    return next(said, ticket.summary)


def was_told(work: Work, ticket: Ticket) -> bool:
    """Whether agents know already that a room can't be told of this ticket."""
    return any(
        isinstance(each, Event)
        and each.what is What.UNDELIVERED
        and each.by is None
        and not each.reasons  # of which it had the words
        for each in work.entries.of(ticket.id)
    )
