"""Jobs that see to what the desk promised."""

from datetime import datetime, timedelta
from hashlib import sha256

from bot.desk import Desk
from bot.job import job
from bot.model.calendar import Hours
from bot.model.promise import renewed, retimed
from bot.model.settings import Desk as Settings
from bot.promising import agreed_for
from bot.reminding import remind
from bot.store import Work

_RECKONED = "targets"  # by which targets and calendars promises were reckoned last…
_REACHED = "targets reached"  # …and up to which promise they are by now


@job(every=timedelta(seconds=30))
def remind_of_promises(work: Work, desk: Desk, now: datetime) -> int:
    """Whoever can still keep a promise hears of it; who was promised something, when it breaks."""
    return remind(desk, work, now)


@job(every=timedelta(minutes=1))
def reckon_anew(work: Work, desk: Desk, now: datetime) -> int:
    """When the config has other targets, calendars or holidays, what goes on counts by these."""
    settings = desk.settings
    said = _said(settings)
    if work.cursors.load(_RECKONED) == said:
        return 0
    going = work.promises.going(int(work.cursors.load(_REACHED) or 0))
    for each in going:
        ticket = work.tickets.get(each.ticket)
        assert ticket is not None, "what is promised of a ticket is kept with it"
        agreed = agreed_for(work, settings, ticket)
        after = retimed(renewed(each, agreed, now, settings.counting), settings.counting)
        if after != each:
            work.promises.keep(after)
    if going:
        work.cursors.save(_REACHED, str(going[-1].id))
        return len(going)
    work.cursors.save(_REACHED, "")
    work.cursors.save(_RECKONED, said)
    return 0


def _said(settings: Settings) -> str:
    """By which rules and calendars it is reckoned: the same for the same config, and no longer."""
    calendars = (*settings.targets.calendars, settings.calendar)
    known = [(x.name, x.contracts, x.teams, x.offices, *_hours(x.hours)) for x in calendars]
    said = settings.targets.rules, settings.targets.remind_at, known
    return sha256(repr(said).encode()).hexdigest()


def _hours(hours: Hours) -> tuple[object, ...]:
    days = sorted(hours.closed), sorted(hours.opened)
    return hours.zone.key, sorted(hours.week.items()), *days, hours.holidays
