"""Jobs by which people hear of planned works."""

from datetime import datetime, timedelta

from bot.desk import Desk
from bot.job import job
from bot.noticing import knock
from bot.store import Work


@job(every=timedelta(seconds=5))
def tell_of_works(work: Work, desk: Desk, now: datetime) -> int:
    """Those affected hear of what is planned, begins, or goes on longer; some at a time."""
    return knock(desk, work, now)
