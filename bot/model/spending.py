"""The time that people spend on a ticket, by its history."""

from dataclasses import replace
from datetime import datetime

from bot.model.entry import Event, Note, What
from bot.model.refused import Refused
from bot.model.ticket import Change, Ticket, changed


def spend(
    ticket: Ticket, minutes: int, by: int, now: datetime, channel: str, *, beside: Note | None
) -> Change:
    """Somebody worked on it for so long, whatever its state; fewer than none are taken off.

    What they did is the note `beside`.
    """
    if ticket.merged_into is not None:
        raise Refused("refused.merged", other=ticket.merged_into)
    total = ticket.minutes + minutes
    if total < 0:
        raise Refused("refused.short_time", minutes=ticket.minutes).at("spent")
    old, new = str(ticket.minutes), str(total)
    event = Event(what=What.TIMED, at=now, by=by, channel=channel, old=old, new=new)
    change = changed(ticket, event, minutes=total)
    return replace(change, beside=replace(beside, ticket=ticket.id) if beside else None)


def spent(event: Event) -> int:
    """The minutes that a TIMED adds, fewer than none where it takes some off."""
    return int(event.new) - int(event.old)
