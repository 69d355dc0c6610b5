"""Moments as people write them in a command: "2h", "3d", "14:30", "2026-12-01 09:00"."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_UNITS = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "s": timedelta(weeks=1),  # "semana"
}
_DURATION = re.compile(r"(\d{1,4})\s?(min|[mhdws])")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:h.]([0-5]\d)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MORNING = time(9)
_LIFETIME = timedelta(days=36_525)


def read_moment(words: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment meant, in UTC; None when the words are no moment, or one beyond a lifetime.

    A time of day is the next one to come; a date alone means nine in the morning.
    """
    try:
        moment = _meant(words.strip().lower(), now, zone)
    except (ValueError, OverflowError):  # no such day, or none that a calendar reaches
        return None
    return moment if moment is not None and abs(moment - now) < _LIFETIME else None


def _meant(words: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    if found := _DURATION.fullmatch(words):
        return now + int(found[1]) * _UNITS[found[2]]
    local = now.astimezone(zone)
    if found := _CLOCK.fullmatch(words):
        moment = _at(local, _clock(found))
        return moment if moment > now else _at(local + timedelta(days=1), _clock(found))
    day, _, clock = words.partition(" ")
    hour = _CLOCK.fullmatch(clock.strip()) if clock else None
    if not _DATE.fullmatch(day) or (clock and not hour):
        return None
    date = datetime.fromisoformat(day).replace(tzinfo=zone)
    return _at(date, _clock(hour) if hour else _MORNING)


def _clock(found: re.Match[str]) -> time:
    """The time of day that a match of hours and minutes names."""
    return time(int(found[1]), int(found[2]))


def _at(day: datetime, clock: time) -> datetime:
    return datetime.combine(day.date(), clock, day.tzinfo).astimezone(UTC)
