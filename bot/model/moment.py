"""Moments as people say them in a command: "2h30", "tomorrow", "Friday at noon", "2026-12-01"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.model.fold import fold

HALF = timedelta(minutes=30)  # of an hour, also behind one: "las 9 y media"
MORNING = time(9)  # where a day is named and no time of it
_LONGEST = 80  # characters; more than that names no moment
_PHRASE = 5  # words
_NOON = time(12)
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_LIFETIME = timedelta(days=36_525)
_SPANS = re.compile(r"(?:\d{1,4}[a-z]+)+(?:\d{1,2})?")  # "1d", "1h30min", "2h30"
_SPAN = re.compile(r"(\d{1,4})([a-z]*)")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_HALF_DAY = re.compile(r"(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))? ?([ap])\.?m\.?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Ahead(NamedTuple):
    """A day, by how many days from today it is."""

    days: int


class Weekday(NamedTuple):
    """A day of the week; 0 is Monday."""

    number: int


class Part(NamedTuple):
    """A part of the day, by its hour: "morning" is nine o'clock."""

    at: time


Day = Ahead | Weekday | date
Meaning = Day | Part | time | timedelta


@dataclass(frozen=True, slots=True)
class Calling:
    """What moments are called, each word folded: phrases, and what units of time are worth.

    `one` are words that count as 1 before a unit, "a"; a number behind `before_hours` is an hour,
    "at 9"; words `between` mean nothing by themselves, and none ends a moment.
    """

    phrases: Mapping[str, Day | Part | timedelta]
    units: Mapping[str, timedelta]
    one: frozenset[str]
    before_hours: frozenset[str]
    between: frozenset[str]


def read_moment(words: str, now: datetime, zone: ZoneInfo, called: Calling) -> datetime | None:
    """The moment meant, in UTC; None when the words are no moment, or one beyond a lifetime.

    A time of day is the next one to come, and so is a day of the week: today only with a time
    that is still to come. A day alone means nine in the morning. Each part may stand first.
    """
    if len(words) > _LONGEST:
        return None
    try:
        said = _said(fold(words).split(), called)
        moment = _meant(said, now, zone) if said else None
    except (ValueError, OverflowError):  # no such day, or none that a calendar reaches
        return None
    return moment if moment is not None and abs(moment - now) < _LIFETIME else None


def _said(words: Sequence[str], called: Calling) -> list[Meaning] | None:
    """What the words mean one after the other; None when one of them means nothing here."""
    said: list[Meaning] = []
    at = 0
    while at < len(words):
        meaning, used = _piece(words, at, called)
        if meaning is not None:
            said.append(meaning)
        elif not used and (words[at] not in called.between or at == len(words) - 1):
            return None
        at += used or 1
    return said


def _piece(words: Sequence[str], at: int, called: Calling) -> tuple[Meaning | None, int]:
    """What stands at a place, and of how many words it is: the longest phrase, or a number."""
    for count in range(min(_PHRASE, len(words) - at), 0, -1):
        phrase = called.phrases.get(" ".join(words[at : at + count]))
        if phrase is not None:
            return phrase, count
    word, following = words[at], "".join(words[at + 1 : at + 2])
    if word in called.one and following in called.units:
        return called.units[following], 2
    for count, text in ((2, f"{word} {following}"), (1, word)):
        number = _number(text, called)
        if number is not None:
            return number, count
    if at and words[at - 1] in called.before_hours and word.isascii() and word.isdigit():
        return time(int(word)), 1
    return None, 0


def _number(text: str, called: Calling) -> Meaning | None:
    """A span, a time or a date that is written with digits, in one word or two: "90 min"."""
    if found := _CLOCK.fullmatch(text):
        return time(int(found[1]), int(found[2]))
    if found := _HALF_DAY.fullmatch(text):
        return time(int(found[1]) % 12 + 12 * (found[3] == "p"), int(found[2] or 0))
    if _DATE.fullmatch(text):
        return date.fromisoformat(text)
    joined = text.replace(" ", "")
    return _span(joined, called) if _SPANS.fullmatch(joined) else None


def _span(text: str, called: Calling) -> timedelta | None:
    """The sum of its parts; minutes need no unit behind hours: "2h30"."""
    total, last = timedelta(), timedelta()
    for number, unit in _SPAN.findall(text):
        worth = called.units.get(unit) if unit else timedelta(minutes=1)
        if worth is None or (not unit and last != timedelta(hours=1)):
            return None
        total, last = total + int(number) * worth, worth
    return total


def _meant(said: Sequence[Meaning], now: datetime, zone: ZoneInfo) -> datetime | None:
    spans = [each for each in said if isinstance(each, timedelta)]
    if len(spans) == len(said):
        return now + sum(spans, timedelta())
    days = [each for each in said if isinstance(each, Ahead | Weekday | date)]
    times = [each for each in said if isinstance(each, time)]
    parts = [each.at for each in said if isinstance(each, Part)]
    if max(len(days), len(times), len(parts)) > 1 or (spans and not (times and spans == [HALF])):
        return None
    late = sum(spans, timedelta())
    moments = _moments(days[0] if days else None, _timed(times, parts), now.astimezone(zone), late)
    if days and not isinstance(days[0], Weekday):
        return next(moments)  # past, perhaps: the day was named
    return next(moment for moment in moments if moment > now)


def _timed(times: Sequence[time], parts: Sequence[time]) -> time | None:
    """The time of day: "3 in the afternoon" is 15:00."""
    if times and parts and parts[0] >= _NOON > times[0]:
        return times[0].replace(hour=times[0].hour + 12)
    return next(iter((*times, *parts)), None)


def _moments(
    day: Day | None, clock: time | None, local: datetime, late: timedelta
) -> Iterator[datetime]:
    """The moments that are called so, from today on; each so much later."""
    step = _WEEK if isinstance(day, Weekday) else _DAY
    first = _first(day, local.date(), timed=clock is not None)
    for count in range(3):
        moment = datetime.combine(first + count * step, clock or MORNING, local.tzinfo)
        yield (moment + late).astimezone(UTC)


def _first(day: Day | None, today: date, *, timed: bool) -> date:
    """The first day that is called so; a day of the week is today only with a time of it."""
    match day:
        case None:
            return today
        case Ahead(days):
            return today + days * _DAY
        case Weekday(number):
            ahead = (number - today.weekday()) % 7
            return today + (ahead or (0 if timed else 7)) * _DAY
        case date():
            return day
