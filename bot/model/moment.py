"""Moments as people say them in a command: "2h30", "tomorrow", "Friday at noon", "5 December"."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.fold import fold
from bot.model.moment_words import (
    HOUR,
    Ahead,
    Calling,
    Clock,
    Day,
    Meaning,
    MonthOn,
    Months,
    Part,
    Span,
    Weekday,
    WeekOn,
    Yearly,
    read_words,
)

MORNING = time(9)  # where a day is named and no time of it
_LONGEST = 80  # characters; more than that names no moment
_AFTERNOON = range(1, 7)  # hours that nobody at a desk means by night: "at 3"
_WORKDAY = range(7, 24)  # hours that are no span beside a day: "Friday 15h"
_HALF_DAY = 12 * 60  # minutes
MIDNIGHT = 2 * _HALF_DAY  # which ends a day
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
LIFETIME = timedelta(days=36_525)  # how far a moment may be from now


def read_moment(words: str, now: datetime, zone: ZoneInfo, called: Calling) -> datetime | None:
    """The moment meant, in UTC; None when the words are no moment, or one beyond a lifetime.

    All of the words must be understood. A time of day is the next one to come, and so is a day of
    the week: today only with a time that is still to come, and never the "next" one. A day alone
    means nine in the morning, and a date that is over this year is one of the next. Midnight ends
    the day that is named. Each part may stand first.
    """
    if len(words) > _LONGEST:
        return None
    try:
        meanings = read_words(fold(words), called)
        moment = _meant(meanings, now, zone) if meanings else None
    except (ValueError, OverflowError):  # no such day, or none that a calendar reaches
        return None
    return moment if moment is not None and abs(moment - now) < LIFETIME else None


def tells_time(words: str, called: Calling) -> bool:
    """Whether all of the words speak of time, even if no moment is called so: "9:00 10:00", "3"."""
    if len(words) > _LONGEST:
        return False
    try:
        return words.isdecimal() or bool(read_words(fold(words), called))
    except (ValueError, OverflowError):  # a time that no clock shows: "at 25"
        return True


def _meant(said: Sequence[Meaning], now: datetime, zone: ZoneInfo) -> datetime | None:
    local = now.astimezone(zone)
    spans = [each for each in said if isinstance(each, Span)]
    months = [each.number for each in said if isinstance(each, Months)]
    if len(spans) + len(months) == len(said):
        begun = _months_on(local, sum(months)) if months else now
        return begun + sum((each.length for each in spans), timedelta())
    weekdays = [each for each in said if isinstance(each, Weekday)]
    days = [each for each in said if isinstance(each, Ahead | Yearly | WeekOn | MonthOn | date)]
    parts = [each for each in said if isinstance(each, Part)]
    clocks = [each for each in said if isinstance(each, Clock)]
    if weekdays or days:
        clocks += [_hour(each) for each in spans]
    counts = [len(weekdays), len(days), len(parts), len(clocks)]
    if max(counts) > 1 or sum(counts) < len(said):
        return None
    weekday, part = next(iter(weekdays), None), next(iter(parts), None)
    minutes = _timed(next(iter(clocks), None), part)
    if days:
        day = _named(days[0], weekday, local.date())
        return _at(day, minutes, local)  # past, perhaps: the day was named
    return next(each for each in _coming(weekday, minutes, local) if each > now)


def _hour(span: Span) -> Clock:
    """The time of day that stands beside a day as a span does: "Friday 15h"."""
    hour, rest = divmod(span.length, HOUR)
    if span.unit != HOUR or hour not in _WORKDAY:
        raise ValueError(f"{span.length} is no time of day")
    return Clock(hour, rest // timedelta(minutes=1), open=False)


def _timed(clock: Clock | None, part: Part | None) -> int | None:
    """The time of day in minutes: "3 in the afternoon" is 15:00, and so is "at 3".

    Raises `ValueError` where the one contradicts the other: "15:00 in the morning".
    """
    if clock is None:
        return None if part is None else part.at.hour * 60
    minutes = clock.hour * 60 + clock.minute
    meant = [minutes, minutes + _HALF_DAY] if clock.open else [minutes]
    if part is not None:
        fitting = [each for each in meant if each // 60 in part.hours]
        if not fitting:
            raise ValueError(f"{clock} is not in that part of the day")
        return fitting[0]
    return meant[-1] if clock.hour in _AFTERNOON else minutes


def _named(day: Day, weekday: Weekday | None, today: date) -> date:
    """The one day that is called so. Raises `ValueError` if it is another day of the week."""
    match day:
        case WeekOn(weeks):
            monday = today - today.weekday() * _DAY + weeks * _WEEK
            return monday + (weekday.number if weekday else 0) * _DAY
        case MonthOn(months, last):
            found = _first_of(today, months + last) - last * _DAY
            found = _first_of(today, 2) - _DAY if found == today else found
        case Ahead(days):
            found = today + days * _DAY
        case Yearly(number, month):
            over = (month, number) < (today.month, today.day)
            found = date(today.year + over, month, number)
        case _:
            found = day
    if weekday and weekday.number != found.weekday():
        raise ValueError(f"{found} is another day of the week")
    return found


def _months_on(local: datetime, months: int) -> datetime:
    """The same day and hour so many months later; the month's last day where it has none such."""
    first = _first_of(local.date(), months)
    last = _first_of(first, 1) - _DAY
    day = min(first + (local.day - 1) * _DAY, last)
    return datetime.combine(day, local.time(), local.tzinfo).astimezone(UTC)


def _first_of(day: date, months: int) -> date:
    """The first day of the month that comes so many after that of a day."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _coming(weekday: Weekday | None, minutes: int | None, local: datetime) -> Iterator[datetime]:
    """The moments that are called so, from today on; a weekday is today only with a time of it."""
    first, step = local.date(), _DAY
    if weekday is not None:
        ahead = (weekday.number - first.weekday()) % 7
        not_today = weekday.next or minutes is None
        first, step = first + (ahead or (7 if not_today else 0)) * _DAY, _WEEK
    for count in range(3):
        yield _at(first + count * step, minutes, local)


def _at(day: date, minutes: int | None, local: datetime) -> datetime:
    if minutes == MIDNIGHT:
        day, minutes = day + _DAY, 0
    clock = MORNING if minutes is None else time(*divmod(minutes, 60))
    return datetime.combine(day, clock, local.tzinfo).astimezone(UTC)
