"""Reckoning: how the time of a promise was counted, told step by step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.model.calendar import Hours
from bot.model.promise import Lap, Promise, is_late, pauses
from bot.model.settings import Desk as Settings
from bot.model.target import OF_TEAM

_DAY = timedelta(days=1)


class Step(StrEnum):
    """What a line of an account tells."""

    TERMS = "terms"  # by which target and calendar it counts from then on
    COUNTED = "counted"
    PAUSED = "paused"  # the requester was awaited, it was on hold or done
    HOLIDAY = "holiday"
    CLOSED = "closed"  # a day off of the desk's own


@dataclass(frozen=True, slots=True)
class Line:
    """One line: of which kind, from when until when, and what it is about."""

    step: Step
    since: datetime
    until: datetime
    name: str = ""  # of the target, or of the holiday
    calendar: str = ""
    length: timedelta = timedelta(0)  # that was counted, or that is allowed


def account(settings: Settings, promise: Promise, now: datetime, language: str) -> list[Line]:
    """Each interval that counted, each pause and holiday, each target, in their order."""
    lines = [Line(Step.PAUSED, since, until) for since, until in pauses(promise, now)]
    terms = None
    for lap in promise.laps:
        until = lap.until or promise.ended_at or now
        hours = settings.hours_of(lap.calendar)
        before, terms = terms, (lap.target, lap.calendar, lap.length)
        if terms != before:
            lines.append(Line(Step.TERMS, lap.since, until, *terms))
        lines += _counted(hours, lap, until)
        lines += _days_off(hours, lap.since, until, language)
    return sorted(lines, key=lambda each: (each.since, _ORDER.index(each.step)))


def explained(
    settings: Settings, promises: Sequence[Promise], now: datetime, language: str, most: int = 0
) -> list[dict[str, object]]:
    """What texts show of promises: of each the latest lines, all where `most` is 0."""
    return [_shown(settings, each, now, language, most) for each in promises]


def _shown(
    settings: Settings, promise: Promise, now: datetime, language: str, most: int
) -> dict[str, object]:
    lines, last = account(settings, promise, now, language), promise.laps[-1]
    end = promise.ended_at or now
    return {
        "clock": promise.clock.value,
        "standing": standing(promise),
        "due": promise.due_at,
        "ended": promise.ended_at,
        "counted": _minutes(promise.counted(settings.counting, end)),
        "length": _minutes(last.length),
        "earlier": max(0, len(lines) - most) if most else 0,
        "lines": [
            {
                "step": each.step.value,
                "since": each.since,
                "until": each.until,
                "name": each.name,
                "calendar": settings.label(each.calendar.removeprefix(OF_TEAM)),
                "minutes": _minutes(each.length),
            }
            for each in lines[-most:]
        ],
    }


def _minutes(length: timedelta) -> int:
    return int(length / timedelta(minutes=1))


def standing(promise: Promise) -> str:
    """How it stands, in a word that texts know."""
    if promise.ended_at is not None:
        return {True: "kept", False: "broken", None: "given_up"}[promise.kept]
    if is_late(promise):
        return "late"
    return "counts" if promise.counts else "rests"


def _counted(hours: Hours, lap: Lap, until: datetime) -> Iterator[Line]:
    for since, end in hours.spans(lap.since, until):
        yield Line(Step.COUNTED, since, end, calendar=lap.calendar, length=end - since)


def _days_off(hours: Hours, since: datetime, until: datetime, language: str) -> Iterator[Line]:
    """The days on which it would have counted, were they no holidays."""
    if hours.always:
        return
    for day in _days(since.astimezone(hours.zone).date(), until.astimezone(hours.zone).date()):
        if not (hours.is_off(day) and hours.week.get(day.weekday())):
            continue
        start = datetime.combine(day, datetime.min.time(), hours.zone)
        own = day in hours.closed or not hours.holidays
        name = "" if own or not hours.holidays else hours.holidays.name(day, language)
        yield Line(Step.CLOSED if own else Step.HOLIDAY, start, start + _DAY, name)


def _days(first: date, last: date) -> Sequence[date]:
    return [first + n * _DAY for n in range((last - first).days + 1)]


_ORDER = (Step.TERMS, Step.HOLIDAY, Step.CLOSED, Step.PAUSED, Step.COUNTED)
