"""Jobs that keep the agents' rooms true when nobody does anything."""

from datetime import datetime, timedelta

from bot.desk import Desk
from bot.job import job
from bot.lost import undelivered
from bot.store import Work

SOON_ENOUGH = timedelta(minutes=15)  # a card may wait so long for its room


@job(every=timedelta(seconds=30))
def end_drafts(work: Work, desk: Desk, now: datetime) -> int:
    """Whoever opened a form and left it writes no more: their ticket's card stops saying so."""
    over = work.drafts.over(now)
    for number in over:
        ticket = work.tickets.get(number)
        assert ticket is not None, "a draft is of a kept ticket"
        desk.rooms.redraw(work, ticket, now)
    return len(over)


@job(every=timedelta(minutes=1))
def tell_otherwise(work: Work, desk: Desk, now: datetime) -> int:
    """What a room can't be shown for a while, its agents hear by letters, once a ticket."""
    stuck = work.outbox.stuck(now - SOON_ENOUGH)
    for card in stuck:
        undelivered(desk, work, card, card.error, now)
        work.outbox.noticed(card.id)
    return len(stuck)
