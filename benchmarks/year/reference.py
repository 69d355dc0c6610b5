"""What must have been told of a ticket, reckoned anew: by counting minutes, from what was done.

Nothing of the desk's own arithmetic is used here: whether somebody works is asked of each minute of
the year, by the clock on their wall.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import holidays

from benchmarks.year.world import BEGIN, END, Deed

MINUTE = timedelta(minutes=1)
_A_DAY = timedelta(days=1)  # how long something is held is real time, whatever clocks do
_EPOCH, _EVERY = date(2025, 12, 1), 430  # days, the first and how many
_FIRST_DAY = BEGIN - timedelta(days=2)
_WORKDAYS = range(5)
_SPANS = {  # by whole hours; what ends before it begins goes on past midnight
    "support": ("Europe/Madrid", ((9, 14), (15, 18)), ("ES", "MD")),
    "network": ("America/New_York", ((8, 17),), ("US", None)),
    "night": ("Australia/Lord_Howe", ((22, 6),), None),
}
_LENGTHS = {  # minutes: of usual tickets, and of urgent ones
    "first_answer": (240, 60),
    "next_answer": (480, 0),
    "news": (720, 0),
    "solution": (1620, 480),
}
_PARTS = (0.5, 0.75, 1.0, 1.0)
LATE, REPORTED = 3, 4


class Minutes:
    """How many minutes somebody worked, from the year's beginning to each of its minutes."""

    def __init__(self, team: str, until: datetime = END) -> None:
        zone, spans, country = _SPANS[team]
        off = holidays.country_holidays(country[0], subdiv=country[1]) if country else {}
        there = ZoneInfo(zone)
        self.works = [
            _works(_FIRST_DAY + n * MINUTE, there, spans, off)
            for n in range(int((until - _FIRST_DAY) / MINUTE))
        ]
        self.until = [0, *accumulate(self.works)]

    def worked(self, since: datetime, until: datetime) -> int:
        """The minutes between two moments."""
        return max(0, self.until[self._place(until)] - self.until[self._place(since)])

    def after(self, since: datetime, count: float) -> datetime:
        """The moment when so many were worked since then; far away if it isn't in this year."""
        place = self._place(since)
        return _FIRST_DAY + bisect_left(self.until, self.until[place] + count, place) * MINUTE

    def opens(self, at: datetime) -> datetime | None:
        """When they come, if they aren't there."""
        return None if self.works[self._place(at)] else self.after(at, 1) - MINUTE

    def _place(self, at: datetime) -> int:
        return min(int((at - _FIRST_DAY) / MINUTE), len(self.works) - 1)


class Days:
    """The days of a team, of which it is told apart whether anybody comes."""

    def __init__(self, team: str) -> None:
        zone, _, country = _SPANS[team]
        self.zone = ZoneInfo(zone)
        self._off = holidays.country_holidays(country[0], subdiv=country[1]) if country else {}
        every = [_EPOCH + n * _A_DAY for n in range(_EVERY)]
        before = accumulate((self.is_open(each) for each in every), initial=0)
        self._before = dict(zip(every, before, strict=False))

    def is_open(self, day: date) -> bool:
        """Whether somebody begins to work on it."""
        return day.weekday() in _WORKDAYS and day not in self._off

    def first_open(self, day: date) -> date:
        """This day, or the first one after it on which somebody comes."""
        while not self.is_open(day):
            day += _A_DAY
        return day

    def count(self, at: datetime) -> tuple[int, float]:
        """How many such days were over by then, and the second of that day; -1 on a day off.

        What happens on a day off comes after the working day before it, and before the next.
        """
        local = at.astimezone(self.zone)
        day = local.date()
        midnight = datetime.combine(day, time(), local.tzinfo)
        return self._before[day], (local - midnight).total_seconds() if self.is_open(day) else -1


class Always:
    """Somebody is there at any time."""

    def worked(self, since: datetime, until: datetime) -> int:
        """The minutes between two moments."""
        return max(0, int((until - since) / MINUTE))

    def after(self, since: datetime, count: float) -> datetime:
        """The moment when so many have passed."""
        return since + count * MINUTE


def _works(
    at: datetime, zone: ZoneInfo, spans: Iterable[tuple[int, int]], off: Iterable[object]
) -> bool:
    local = at.astimezone(zone)
    for begin, end in spans:
        day = local.date()
        if begin < end:
            there = begin <= local.hour < end
        else:
            there = local.hour >= begin or local.hour < end
            if local.hour < end:
                day -= timedelta(days=1)
        if there and day.weekday() in _WORKDAYS and day not in off:
            return True
    return False


@dataclass
class Lap:
    """A time in which a promise counted."""

    since: datetime
    until: datetime | None
    by: Minutes | Always
    length: int


@dataclass
class Promised:
    """One promise of a ticket, with all that was told of it: (step, tick)."""

    clock: str
    laps: list[Lap] = field(default_factory=list)
    over: bool = False
    told: list[tuple[int, datetime]] = field(default_factory=list)


class Reckoning:
    """What was promised of one ticket, and when each step of it had to be told."""

    def __init__(self, team: Minutes, always: Always, ticks: Sequence[datetime]) -> None:
        self._team, self._always, self._ticks = team, always, ticks
        self._urgent_since: datetime | None = None
        self._held: datetime | None = None
        self.promises: list[Promised] = []
        self.woken: list[datetime] = []

    def follow(self, deeds: Sequence[Deed]) -> None:
        """Go through what was done, in its order."""
        for deed in deeds:
            self._wake_before(deed.at)
            self._does(deed)
            if deed.what == "hold":
                self._held = deed.at + _A_DAY
            elif deed.what == "resolve":
                self._held = None
        self._wake_before(self._ticks[-1] + MINUTE)
        for each in self.promises:
            self._tell(each)

    def _does(self, deed: Deed) -> None:
        at = deed.at
        match deed.what:
            case "open":
                self._begin("first_answer", at)
                self._begin("solution", at)
            case "urgent":
                self._renew(at)
            case "reply" | "ask" | "hold" | "resolve":
                self._end(("first_answer", "next_answer", "news"), at)
                if deed.what != "resolve":
                    self._begin("news", at)
                if deed.what == "reply" and self._held is None:  # an answer ends no hold
                    self._go_on(at)
                else:
                    self._stop("solution", at)
                    self._stop("news", at)
            case "answer" | "reopen":
                self._go_on(at)
                self._begin("next_answer", at)
                self._begin("news", at)

    def _wake_before(self, at: datetime) -> None:
        """The hold ends at the first call of the jobs after its time, if that comes first."""
        if self._held is None or (tick := self._tick(self._held)) >= at:
            return
        self._held = None
        self.woken.append(tick)
        self._go_on(tick)
        self._begin("next_answer", tick)

    def _begin(self, clock: str, at: datetime) -> None:
        if any(x.clock == clock and not x.over for x in self.promises):
            return
        if lap := self._lap(clock, at):
            self.promises.append(Promised(clock, [lap]))

    def _lap(self, clock: str, at: datetime) -> Lap | None:
        urgent = self._urgent_since is not None
        length = _LENGTHS[clock][urgent]
        return Lap(at, None, self._always if urgent else self._team, length) if length else None

    def _renew(self, at: datetime) -> None:
        self._urgent_since = at
        for each in self.promises:
            if not each.over and each.laps[-1].until is None:
                each.laps[-1].until = at
                if lap := self._lap(each.clock, at):
                    each.laps.append(lap)
                else:
                    each.over = True

    def _end(self, clocks: Iterable[str], at: datetime) -> None:
        for clock in clocks:
            self._stop(clock, at)
            for each in self.promises:
                each.over |= each.clock == clock

    def _stop(self, clock: str, at: datetime) -> None:
        for each in self.promises:
            if each.clock == clock and not each.over and each.laps[-1].until is None:
                each.laps[-1].until = at

    def _go_on(self, at: datetime) -> None:
        """What stopped counts again; a solution also where it had come to an end."""
        for each in self.promises:
            again = each.clock == "solution" or (each.clock == "news" and not each.over)
            if again and each.laps[-1].until is not None:
                lap = self._lap(each.clock, at)
                assert lap is not None, "it was promised"
                each.laps.append(lap)

    def _tell(self, promised: Promised) -> None:
        """Find the tick at which each step was to be told, one after the other."""
        told, before = 0, 0
        for lap in promised.laps:
            moment = lap.since
            while told < REPORTED:
                missing = _PARTS[told] * lap.length - before
                due = lap.since if missing <= 0 else lap.by.after(lap.since, missing)
                tick = self._tick(max(moment, due))
                if (lap.until is not None and tick >= lap.until) or tick >= self._ticks[-1]:
                    break
                counted = before + lap.by.worked(lap.since, tick)
                step = sum(counted >= part * lap.length for part in _PARTS)
                opens = self._asleep(tick)
                if step > LATE > told:
                    told = LATE
                elif opens is not None:
                    broken = lap.by.after(lap.since, lap.length - before)
                    moment = min(opens, broken) if told < LATE else opens
                    continue
                else:
                    told = step
                promised.told.append((told, tick))
                moment = tick
            before += lap.by.worked(lap.since, lap.until or END)

    def _asleep(self, tick: datetime) -> datetime | None:
        if self._urgent_since is not None and tick >= self._urgent_since:
            return None
        return self._team.opens(tick)

    def _tick(self, at: datetime) -> datetime:
        return tick_from(self._ticks, at)


def tick_from(ticks: Sequence[datetime], at: datetime) -> datetime:
    """The first call of the jobs from then on; the end of the year where none comes."""
    place = bisect_left(ticks, at)
    return ticks[place] if place < len(ticks) else END


def tables(until: datetime) -> Iterator[tuple[str, Minutes]]:
    """The minutes of each team until then."""
    for team in _SPANS:
        yield team, Minutes(team, until + timedelta(days=30))
