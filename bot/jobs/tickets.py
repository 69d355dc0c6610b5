"""Jobs that move tickets on when their time has come."""

from datetime import datetime, timedelta

from bot.audience import EVERYBODY
from bot.desk import Desk
from bot.job import job
from bot.model import ticket as change
from bot.store import Work


@job(every=timedelta(seconds=20))
def wake_held(work: Work, desk: Desk, now: datetime) -> int:
    """Tickets on hold until now are somebody's turn again."""
    due = work.tickets.to_wake(now)
    for ticket in due:
        desk.keep(work, change.wake(ticket, now))
    return len(due)


@job(every=timedelta(minutes=10))
def close_resolved(work: Work, desk: Desk, now: datetime) -> int:
    """What was resolved and not reopened within the days of grace is closed."""
    due = work.tickets.to_close(now - desk.settings.close_after)
    for ticket in due:
        desk.keep(work, change.close(ticket, None, now, ""), deaf=EVERYBODY)
    return len(due)
