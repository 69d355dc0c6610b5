"""Jobs that move tickets on when their time has come."""

from datetime import datetime, timedelta

from bot.audience import EVERYBODY, Circle
from bot.desk import Desk
from bot.job import job
from bot.model import ticket as change
from bot.model.entry import Event, What
from bot.model.ticket import Ticket
from bot.store import Work


@job(every=timedelta(seconds=20))
def wake_held(work: Work, desk: Desk, now: datetime) -> int:
    """Tickets on hold until now are somebody's turn again."""
    due = work.tickets.to_wake(now)
    for ticket in due:
        desk.keep(work, change.wake(ticket, now))
    return len(due)


@job(every=timedelta(minutes=10))
def warn_of_closing(work: Work, desk: Desk, now: datetime) -> int:
    """Who reported what was solved for them hears when it is closed, if they said nothing since."""
    settings = desk.settings
    if not settings.close_warning:
        return 0
    grace = max(settings.close_after - settings.close_warning, timedelta(0))
    due = work.tickets.to_warn(settings.hours.days_before(now, grace))
    for ticket in due:
        silent = _said_nothing(work, ticket)
        until = settings.hours.days_after(now, settings.close_warning)
        soon = Event(what=What.CLOSING, at=now, by=None, new=until.isoformat())
        deaf = EVERYBODY - {Circle.REQUESTER} if silent else EVERYBODY
        desk.keep(work, change.told(ticket, soon), deaf=deaf)
    return len(due)


@job(every=timedelta(minutes=10))
def close_resolved(work: Work, desk: Desk, now: datetime) -> int:
    """What was resolved and not reopened within the days of grace is closed."""
    settings = desk.settings
    warned = settings.hours.days_before(now, settings.close_warning)
    due = work.tickets.to_close(
        settings.hours.days_before(now, settings.close_after),
        warned if settings.close_warning else None,
    )
    for ticket in due:
        desk.keep(work, change.close(ticket, None, now, ""), deaf=EVERYBODY)
    return len(due)


def _said_nothing(work: Work, ticket: Ticket) -> bool:
    """Whether it was solved for its requester, who hasn't said a word to that."""
    entries = work.entries.of(ticket.id)
    solved = max((at for at, each in enumerate(entries) if each.what is What.RESOLVED), default=0)
    return all(each.by != ticket.requester for each in entries[solved:])
