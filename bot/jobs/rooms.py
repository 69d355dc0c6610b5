"""Jobs that keep the agents' rooms true when nobody does anything."""

from datetime import datetime, timedelta

from bot.desk import Desk
from bot.job import job
from bot.store import Work


@job(every=timedelta(seconds=30))
def end_drafts(work: Work, desk: Desk, now: datetime) -> int:
    """Whoever opened a form and left it writes no more: their ticket's card stops saying so."""
    over = work.drafts.over(now)
    for number in over:
        ticket = work.tickets.get(number)
        assert ticket is not None, "a draft is of a kept ticket"
        desk.rooms.redraw(work, ticket, now)
    return len(over)
