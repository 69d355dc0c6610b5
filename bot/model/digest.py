"""When somebody's digest is due: once on each working day, at their hour, and not much later."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.calendar import Hours, moment_of

PATIENCE = timedelta(hours=4)  # a desk that was down sends it for so long; later it tells nothing
_DAY = timedelta(days=1)


def due_day(hours: Hours, zone: ZoneInfo, at: time, now: datetime) -> date | None:
    """The day whose digest is due at this moment; None where none is.

    `zone` is that of its reader, by whose clock it comes `at` this hour of a day on which the desk
    works.
    """
    today = now.astimezone(zone).date()
    for day in (today, today - _DAY):  # one of the evening may be late after midnight
        moment = moment_of(day, at, zone)
        if hours.works_on(day) and moment <= now < moment + PATIENCE:
            return day
    return None
