"""Jobs that find what the desk should know, and tell agents of it."""

from datetime import datetime, timedelta

from bot.desk import Desk
from bot.job import job
from bot.reports.articles import articles
from bot.store import Work
from bot.wanted import LOOKED_BACK, take_in
from bot.weekly import tell_of_week, week_due

RIPE = timedelta(hours=1)  # after which is known whether an article answered it
_AT_ONCE = 5  # questions, so that nobody who writes meanwhile waits
_GATHERED = "gathered"  # up to which ticket
_TOLD = "weekly"  # of which week


@job(every=timedelta(minutes=5))
def gather_questions(work: Work, desk: Desk, now: datetime) -> int:
    """Each question joins those that it is like, so that what comes again is found."""
    after = int(work.cursors.load(_GATHERED) or 0)
    due = work.topics.due(after, now - LOOKED_BACK, now - RIPE, _AT_ONCE)
    for number in due:
        ticket = work.tickets.get(number)
        assert ticket is not None, "a ticket that is due is kept"
        take_in(desk.library, work, ticket)
    if due:
        work.cursors.save(_GATHERED, str(due[-1]))
    return len(due)


@job(every=timedelta(minutes=10))
def tell_of_articles(work: Work, desk: Desk, now: datetime) -> int:
    """Once a week agents read what became of the articles, and which ones are wanted."""
    week = week_due(desk, now)
    if week <= work.cursors.load(_TOLD):
        return 0
    work.cursors.save(_TOLD, week)
    return tell_of_week(desk, work, articles, now)
