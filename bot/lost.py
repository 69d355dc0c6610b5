"""Lost: a letter that can't reach its reader goes another way, or who can mend it is told."""

from dataclasses import replace
from datetime import datetime

from bot.desk import Desk
from bot.loss import loss, was_told
from bot.model.entry import LOST_FILES, LOST_PLACE, What
from bot.model.mailroom import Delivery, Letter
from bot.model.message import Address, Shows
from bot.model.ticket import Ticket, told
from bot.store import Work
from bot.story import report


def redirected(
    desk: Desk, work: Work, letter: Letter, error: str, now: datetime, *, lacks: str = ""
) -> bool:
    """Whether what a chat no longer takes in a room goes to its reader directly instead.

    A ticket that was spoken of there goes on directly; its agents are told, once, with what
    the desk `lacks` there.
    """
    to = Address(letter.to.channel, "")
    in_room = letter.to.room and to.channel in desk.wording.chats
    if letter.state is not Delivery.FAILED or letter.person is None or not in_room:
        return False
    ticket = work.tickets.get(letter.ticket) if letter.ticket else None
    if ticket and ticket.requester == letter.person and ticket.conversation.is_beside(letter.to):
        event = loss(
            letter, error, now, letter.recipient, letter.text, kind=LOST_PLACE, lacks=lacks
        )
        desk.keep(work, told(replace(ticket, conversation=to), event))
    fresh = replace(letter, state=Delivery.WAITING, attempts=0, external_id=None, error="")
    work.outbox.queue(replace(fresh, to=to, not_before=now))
    return True


def undelivered(
    desk: Desk,
    work: Work,
    letter: Letter,
    error: str,
    now: datetime,
    *,
    files: str = "",
    lacks: str = "",
) -> None:
    """A letter, or of its parts its `files`, never reached its reader: who can mend it is told.

    What an agent doesn't get is only noted, unless they hold the ticket: then their team is
    told. A report that is lost itself isn't reported again, nor a card whose loss was told.
    """
    ticket = work.tickets.get(letter.ticket) if letter.ticket else None
    if ticket is None or (letter.shows is Shows.CARD and was_told(work, ticket)):
        return
    reader = work.people.get(letter.person) if letter.person else None
    reported = work.entries.get(letter.entry) if letter.entry else None
    words = files or letter.text or _first_words(work, ticket)
    to = letter.recipient or desk.settings.label(ticket.team)
    event = loss(letter, error, now, to, words, kind=LOST_FILES if files else "", lacks=lacks)
    kept = desk.note(work, ticket, event)
    if reported is not None and reported.what is What.UNDELIVERED:
        return
    if letter.person is None:
        desk.tell(work, ticket, kept, absent=not files)
    elif reader is None or not reader.is_agent:
        desk.tell(work, ticket, kept)
    elif ticket.assignee == reader.id:
        desk.tell(work, replace(ticket, assignee=None), kept)


def _first_words(work: Work, ticket: Ticket) -> str:
    """What nobody read by a card that is lost."""
    first = report(work.entries.of(ticket.id))
    return first.text if first else ticket.summary
