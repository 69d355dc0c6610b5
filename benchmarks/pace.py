"""Honest times: of what is said to take so long at most, how much does, in years made up for it."""

import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from math import exp, pi, sin
from random import Random

from benchmarks.figure import Figure, Scale, at_least, at_most
from bot.model.pace import bucket, cells, likely, told, weight
from bot.model.triage import Kind, Priority

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_YEAR, _LEARNED = 365, 60  # days; of the first ones nothing is judged
_A_DAY = 40  # tickets
_KINDS = ((Kind.INCIDENT, 1.0), (Kind.REQUEST, 1.8), (Kind.QUESTION, 0.7))
_PRIORITIES = ((Priority.NORMAL, 1.0), (Priority.HIGH, 0.5), (Priority.URGENT, 0.25))
_TEAMS = (("support", 25.0), ("network", 60.0))  # median minutes
_YEARS = 5
_PEAK = 4  # days
_WEEKEND = (5, 6)
_EVENING = 18  # o'clock


def measure(scale: Scale) -> Iterator[Figure]:
    """Years with a trend, seasons, peaks and a change of staff; each is another draw."""
    held, said, took = [], 0, 0.0
    for seed in range(min(scale.rounds, _YEARS) if scale.rounds > 1 else 1):
        right, every, spent = _year(Random(seed))  # noqa: S311 - it only makes years up
        held.append(100 * right / every)
        said, took = said + every, took + spent
    yield at_least("pace: of what was said at 80 %, held, the worst year", min(held), "%", 78)
    yield at_most("pace: of what was said at 80 %, held, the best year", max(held), "%", 90)
    yield Figure("pace: an estimate", 1e6 * took / said, "µs")


def _year(chance: Random) -> tuple[int, int, float]:
    """How many estimates held, how many there were, and the seconds they took."""
    known: defaultdict[str, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    answered: list[tuple[datetime, int, tuple[str, ...], timedelta]] = []
    right = every = 0
    spent = 0.0
    for number, (at, kind, priority, team, length) in enumerate(_tickets(chance)):
        while answered and answered[0][0] <= at:
            when, _, names, took = heappop(answered)
            for each in names:
                known[each][bucket(took)] += weight(when)
        names = cells(kind, priority, team, at)
        began = time.perf_counter()
        within = likely([known[each] for each in names], at)
        spent += time.perf_counter() - began
        if within is not None and at > _BEGIN + timedelta(days=_LEARNED):
            every += 1
            right += length <= told(within)
        heappush(answered, (at + length, number, names, length))
    return right, every, spent


def _tickets(chance: Random) -> Iterator[tuple[datetime, Kind, Priority, str, timedelta]]:
    slope = chance.uniform(-0.5, 0.7)  # of the time things take, over the year
    peaks = [chance.randrange(_YEAR) for _ in range(6)]
    for day in range(_YEAR):
        busy = 1.0 + (1.2 if any(0 <= day - peak < _PEAK for peak in peaks) else 0.0)
        busy *= 1 + slope * day / _YEAR + 0.15 * sin(2 * pi * day / 90)
        weekend = (_BEGIN + timedelta(days=day)).weekday() in _WEEKEND
        count = int(chance.gauss(_A_DAY, 6) * (0.2 if weekend else 1.0) * busy)
        moments = sorted(chance.triangular(6, 22, 11) for _ in range(max(0, count)))
        for hour in moments:
            at = _BEGIN + timedelta(days=day, hours=hour)
            yield (at, *_drawn(chance, busy * (1.6 if weekend or hour > _EVENING else 1.0)))


def _drawn(chance: Random, busy: float) -> tuple[Kind, Priority, str, timedelta]:
    kind, slow = chance.choice(_KINDS)
    priority, soon = chance.choices(_PRIORITIES, (8, 2, 1))[0]
    team, median = chance.choices(_TEAMS, (3, 1))[0]
    minutes = median * slow * soon * busy * exp(chance.gauss(0, 0.8))
    return kind, priority, team, timedelta(minutes=minutes)
