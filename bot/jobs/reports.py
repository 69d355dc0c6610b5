"""The job that sends reports to those who are subscribed."""

from datetime import datetime, timedelta

from bot.desk import Desk
from bot.job import job
from bot.reporting import send_due
from bot.store import Work


@job(every=timedelta(minutes=1))
def send_reports(work: Work, desk: Desk, now: datetime) -> int:
    """Each report goes to its readers once a period, at its hour on a day of work."""
    return send_due(desk, work, now)
