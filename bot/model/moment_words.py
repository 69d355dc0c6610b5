"""The words of a moment, one after the other: what each of them means by itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple

HOUR = timedelta(hours=1)
_PHRASE = 5  # words
_TWICE = range(1, 13)  # hours that a day has twice
_ENDS = " \t\n.,;:!?\u2026"
_SPANS = re.compile(r"(?:[0-9]{1,4}(?:[.,][0-9])?[a-z]+)+(?:[0-9]{1,2})?")  # "1h30min", "2h30"
_SPAN = re.compile(r"([0-9]{1,4}(?:[.,][0-9])?)([a-z]*)")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])([:.])([0-5][0-9]) ?([a-z]*)")
_HALF_DAY = re.compile(r"(0?[1-9]|1[0-2])(?:[:.]([0-5][0-9]))? ?([ap])\.? ?m\.?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,4}")
_MONTHS = 12  # of a year
_YEAR = re.compile(r"20[0-9]{2}")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:/((?:20)?[0-9]{2}))?")
_DAY_OF_MONTH = re.compile(r"([0-9]{1,2})\.?([a-z]*)")


class Ahead(NamedTuple):
    """A day, by how many days from today it is."""

    days: int


class Weekday(NamedTuple):
    """A day of the week; 0 is Monday. The `next` one is never today."""

    number: int
    next: bool = False


class WeekOn(NamedTuple):
    """A week, by how many from this one it is: its Monday, unless a day of it is named."""

    weeks: int


class MonthOn(NamedTuple):
    """A month, by how many from this one it is: its first day, or its `last`, which isn't today."""

    months: int
    last: bool = False


class Yearly(NamedTuple):
    """A date without its year."""

    day: int
    month: int


class Part(NamedTuple):
    """A part of the day: when it is where no hour is named, and the hours that are said of it."""

    at: time
    hours: range


class Clock(NamedTuple):
    """A time of day; while `open`, its hour may be one of the morning or twelve hours later."""

    hour: int
    minute: int
    open: bool


class Span(NamedTuple):
    """How long, and the unit that was named last."""

    length: timedelta
    unit: timedelta


class Months(NamedTuple):
    """How long, in months of the calendar."""

    number: int


class More(NamedTuple):
    """A share of the hour or the unit beside it: "and a half"."""

    share: float


Day = Ahead | Yearly | WeekOn | MonthOn | date
Meaning = Day | Weekday | Part | Clock | Span | Months | More
Piece = tuple[Meaning, int]
"""A meaning, and of how many words it is."""


@dataclass(frozen=True, slots=True)
class Calling:
    """What moments are called, each word folded: phrases, and what units of time are worth.

    A month, by the words of `month`, has no worth: it is as long as the calendar says. `one` are
    words that count as 1 before a unit, "a"; `numbers` are spelled ones by their digits.
    `of` may stand between the parts of a date, an `ordinals` behind its day. A number behind
    `before_hours` is an hour, "at 9"; words `between` mean nothing by themselves, and none ends a
    moment; `courtesy` may end it.
    """

    phrases: Mapping[str, Meaning]
    units: Mapping[str, timedelta]
    month: frozenset[str]
    months: Mapping[str, int]
    numbers: Mapping[str, str]
    one: frozenset[str]
    of: frozenset[str]
    ordinals: frozenset[str]
    before_hours: frozenset[str]
    between: frozenset[str]
    courtesy: frozenset[str]


def read_words(text: str, called: Calling) -> list[Meaning] | None:
    """What the words mean one after the other; None when one of them means nothing here.

    Raises `ValueError` for a number that no clock and no calendar has.
    """
    words = [called.numbers.get(each, each) for each in _kept(text, called).split()]
    meanings: list[Meaning] = []
    at = 0
    while at < len(words):
        piece = _piece(words, at, called)
        if piece is not None:
            meanings.append(piece[0])
        elif words[at] not in called.between or at == len(words) - 1:
            return None
        at += piece[1] if piece else 1
    joined = _joined(meanings)
    return None if any(isinstance(each, More) for each in joined) else joined


def _kept(text: str, called: Calling) -> str:
    """The text without the courtesy and the full stop it ends on."""
    kept = text.strip(_ENDS)
    for words in called.courtesy:
        kept = kept.removesuffix(f" {words}").strip(_ENDS)
    return kept


def _piece(words: Sequence[str], at: int, called: Calling) -> Piece | None:
    """What stands at a place."""
    hour = at > 0 and words[at - 1] in called.before_hours
    return (
        _dated(words[at : at + 6], called)
        or _phrase(words[at:], called)
        or _clock(words[at : at + 3], called, hour=hour)
        or _counted_months(words[at : at + 2], called)
        or _span(words[at : at + 4], called, hour=hour)
        or _bare(words[at:], called, hour=hour)
    )


def _dated(words: Sequence[str], called: Calling) -> Piece | None:
    """A date: "2026-12-01", "5 December", "December 5th 2026", "5 de diciembre de 2026"."""
    if _DATE.fullmatch(words[0]):
        return date.fromisoformat(words[0]), 1
    if slashed := _SLASHED.fullmatch(words[0]):
        return _in_numbers(int(slashed[1]), int(slashed[2]), slashed[3]), 1
    places = [at for at, each in enumerate(words) if each not in called.of or not at]
    first, second, year, *_ = (*(words[at] for at in places), "", "")
    day, month = (first, second) if second in called.months else (second, first)
    found = _DAY_OF_MONTH.fullmatch(day)
    if not found or month not in called.months or found[2] not in ("", *called.ordinals):
        return None
    number = int(found[1])
    if _YEAR.fullmatch(year):
        return date(int(year), called.months[month], number), places[2] + 1
    return Yearly(number, called.months[month]), places[1] + 1


def _in_numbers(day: int, month: int, year: str | None) -> Day:
    """A date in numbers: the day stands first, "1/12", unless the other can't be a month: "12/25".

    Raises `ValueError`.
    """
    if month > _MONTHS:
        day, month = month, day
    if year is None:
        return Yearly(day, month)
    return date(int(year) % 100 + 2000, month, day)


def _counted_months(words: Sequence[str], called: Calling) -> Piece | None:
    """So many months: "2 months", "a month", "un mes"."""
    number, unit = (*words, "")[:2]
    if unit not in called.month or not (number in called.one or _COUNT.fullmatch(number)):
        return None
    return Months(1 if number in called.one else int(number)), 2


def _phrase(words: Sequence[str], called: Calling) -> Piece | None:
    """The longest phrase that begins here."""
    for count in range(min(_PHRASE, len(words)), 0, -1):
        phrase = called.phrases.get(" ".join(words[:count]))
        if phrase is not None:
            return phrase, count
    return None


def _clock(words: Sequence[str], called: Calling, *, hour: bool) -> Piece | None:
    """A time of day in up to three words: "14:30", "15:30 h", "3 p. m."."""
    for count in range(len(words), 0, -1):
        text = " ".join(words[:count])
        if found := _HALF_DAY.fullmatch(text):
            later = 12 * (found[3] == "p")
            return Clock(int(found[1]) % 12 + later, int(found[2] or 0), open=False), count
        found = _CLOCK.fullmatch(text)
        if found and (not found[4] or (hour and called.units.get(found[4]) == HOUR)):
            return _read(found[1], int(found[3])), count
    return None


def _span(words: Sequence[str], called: Calling, *, hour: bool) -> Piece | None:
    """A span in up to three words, "90 min", "2 h 30"; behind "at" a time of day, "at 15h"."""
    following = "".join(words[1:2])
    if words[0] in called.one and following in called.units:
        return Span(called.units[following], called.units[following]), 2
    for count in range(min(3, len(words)), 0, -1):
        joined = "".join(words[:count])
        after = "".join(words[count : count + 1])
        if joined[-1].isdigit() and after in (*called.units, *called.months, *called.of):
            continue  # "2 h 30 min": the number belongs to what follows
        if _SPANS.fullmatch(joined) and (found := _length(joined, called)):
            if hour and found.unit != HOUR:
                return None
            if hour:
                whole, rest = divmod(found.length, HOUR)
                written = "0" if joined.startswith("0") else ""
                return _read(f"{written}{whole}", rest // timedelta(minutes=1)), count
            return found, count
    return None


def _length(text: str, called: Calling) -> Span | None:
    """The sum of its parts; minutes need no unit behind hours: "2h30"."""
    total, last = timedelta(), timedelta()
    for number, unit in _SPAN.findall(text):
        worth = called.units.get(unit) if unit else timedelta(minutes=1)
        if worth is None or (not unit and last != HOUR):
            return None
        total, last = total + float(number.replace(",", ".")) * worth, worth if unit else last
    return Span(total, last)


def _bare(words: Sequence[str], called: Calling, *, hour: bool) -> Piece | None:
    """A number alone is an hour behind "at", and before a part of the day: "3 de la tarde"."""
    if not (words[0].isascii() and words[0].isdigit()):
        return None
    part = _phrase(words[1:], called)
    if hour or (part and isinstance(part[0], Part)):
        return _read(words[0], 0), 1
    return None


def _read(hour: str, minute: int) -> Clock:
    """A time of day as it was written: "03:00" is at night. Raises `ValueError`."""
    number = int(hour)
    time(number)  # there is such an hour
    return Clock(number, minute, open=number in _TWICE and not hour.startswith("0"))


def _joined(meanings: Sequence[Meaning]) -> list[Meaning]:
    """The meanings, with each share added to what stands beside it: "9 y media"."""
    joined: list[Meaning] = []
    for each in meanings:
        match (joined[-1] if joined else None, each):
            case (Span(length, unit), More(share)) if share > 0:
                joined[-1] = Span(length + share * unit, unit)
            case (Clock(hour, 0, open), More(share)) | (More(share), Clock(hour, 0, open)):
                joined[-1] = Clock(hour, int(share * 60), open)
            case _:
                joined.append(each)
    return joined
