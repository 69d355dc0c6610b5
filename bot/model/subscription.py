"""A subscription: which report goes to whom, and when by the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.model.calendar import Hours, moment_of

TEAMS, LEADS, EVERYBODY = "teams", "leads", "everybody"
WINDOW = timedelta(hours=4)  # so long after its hour, on any day of work, it may still go out
_DAY = timedelta(days=1)
_CLOSED = 21  # days in a row, after which nothing is made up for
_LOOKED_BACK = 31 + _CLOSED  # days
LAST_DAY = 28  # which every month has


class Every(StrEnum):
    """How often it goes out."""

    DAY = "day"  # on each day of work
    WEEK = "week"
    MONTH = "month"


USUAL = {"daily": Every.DAY, "weekly": Every.WEEK, "monthly": Every.MONTH}
"""How often the reports of these names go out, where a subscription doesn't say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A report by its name, its readers, and the hour on the clock of the calendar that applies."""

    report: str
    to: tuple[str, ...]  # TEAMS, LEADS, EVERYBODY, teams, "channel:room", mail addresses
    at: time = time(9)
    every: Every | None = None  # the usual of the report where it isn't said
    weekday: int = 0  # 0 is Monday
    day: int = 1  # of the month
    language: str = ""  # of rooms and of addresses; people read their own

    @property
    def rhythm(self) -> Every:
        """How often it goes out."""
        return self.every or USUAL.get(self.report, Every.WEEK)

    def key(self, reader: str) -> str:
        """Under what the book keeps which period one of its readers was told last."""
        said = repr((self.report, self.rhythm, reader))
        return f"subscription/{sha256(said.encode()).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that a report tells of; `name` is the day on which it was due."""

    name: str
    since: datetime
    until: datetime


def period(chosen: Subscription, hours: Hours, now: datetime) -> Period | None:
    """The last period that is due by now and may go out at this hour; None where none may.

    What was due on a closed day is due on the next open one. After a long absence it is the last
    alone, and whatever is late goes out at its own hour, never in the night.
    """
    today = now.astimezone(hours.zone).date()
    begin = moment_of(today, chosen.at, hours.zone)
    open_now = hours.works_on(today) and begin <= now < begin + WINDOW
    return latest(chosen, hours, now) if open_now else None


def latest(chosen: Subscription, hours: Hours, now: datetime) -> Period:
    """The last period that was due by now, at whatever hour that is."""
    zone, today = hours.zone, now.astimezone(hours.zone).date()
    days = [today - n * _DAY for n in range(_LOOKED_BACK)]
    past = [day for day in days if moment_of(day, chosen.at, zone) <= now]
    due = [day for day in past if _is_due(chosen, hours, day)] or past[:1]
    until = moment_of(due[0], chosen.at, zone)
    if chosen.rhythm is not Every.MONTH:  # since the last one was due
        since = moment_of(due[1], chosen.at, zone) if due[1:] else until - _DAY
        return Period(due[0].isoformat(), since, until)
    first = due[0].replace(day=1)
    last = (first - _DAY).replace(day=1)
    begin, end = (moment_of(each, time(0), zone) for each in (last, first))
    return Period(due[0].isoformat(), begin, end)


def _is_due(chosen: Subscription, hours: Hours, day: date) -> bool:
    """Whether it is due on this day: its own, or the first open one after it."""
    if not hours.works_on(day):
        return False
    if chosen.rhythm is Every.DAY or _is_named(chosen, day):
        return True
    before = day - _DAY
    while not hours.works_on(before) and day - before <= timedelta(days=_CLOSED):
        if _is_named(chosen, before):
            return True
        before -= _DAY
    return False


def _is_named(chosen: Subscription, day: date) -> bool:
    if chosen.rhythm is Every.WEEK:
        return day.weekday() == chosen.weekday
    return day.day == chosen.day
