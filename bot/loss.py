"""A loss: what the history keeps of a letter that never reached its reader, or not whole."""

from collections.abc import Sequence
from datetime import datetime

from bot.model.entry import LACKS, LOST_ROOM, LOST_UNSAID, Event, What
from bot.model.mailroom import Letter
from bot.model.message import Shows
from bot.model.stamp import spelled
from bot.model.ticket import Ticket
from bot.store import Work


def loss(
    letter: Letter,
    error: str,
    at: datetime,
    to: str,
    words: str,
    *,
    kind: str = "",
    lacks: str = "",
) -> Event:
    """That a letter isn't where it should be; `to` is what its reader is known by.

    `kind` is one of `bot.model.entry.LOST_…`, and `lacks` what the desk would need, from `lack`.
    """
    if letter.shows is Shows.UNSAID:
        kind = LOST_UNSAID
    return Event(
        what=What.UNDELIVERED,
        at=at,
        by=letter.person,  # whom it would only reach by the way that failed
        old=error,
        new=to,
        words=spelled(words),
        reasons=tuple(filter(None, (kind, lacks))),
    )


def lack(rights: Sequence[str], where: str) -> str:
    """What the desk would need, and where, as an event keeps it; "" for nothing."""
    return f"{LACKS}{', '.join(rights)}\n{where}" if rights else ""


def lacking(event: Event) -> tuple[str, str]:
    """The same as people read it: the rights, and where; ("", "") for nothing."""
    kept = next((each for each in event.reasons if each.startswith(LACKS)), "")
    rights, _, where = kept.removeprefix(LACKS).partition("\n")
    return rights, where


def kind_of(event: Event) -> str:
    """Which of `bot.model.entry.LOST_…` it is; "" where nobody gets it."""
    of_room = "" if event.by else LOST_ROOM
    return next((each for each in event.reasons if not each.startswith(LACKS)), of_room)


def was_told(work: Work, ticket: Ticket) -> bool:
    """Whether agents know already that a room can't be told of this ticket."""
    return any(
        isinstance(each, Event)
        and each.what is What.UNDELIVERED
        and each.by is None
        and kind_of(each) == LOST_ROOM
        for each in work.entries.of(ticket.id)
    )
