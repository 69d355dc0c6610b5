"""Pace: how long things took here lately, and what may honestly be said of the next one.

What was seen is kept as histograms of working time that forget: what happened some weeks ago counts
half. A narrow one, of tickets just like this, leans on wider ones as far as it knows little itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil, log2, sqrt

from bot.model.triage import Kind, Priority

PART = 0.8  # of what comes, that should be done within what is said
EVERY = "all"  # the widest cell
FEWEST = 20.0  # of which at least something must be known; of less nothing is said…
FEWEST_LATE = 8.0  # …and of those that took longer than one that waits already

_GRAIN = 4  # buckets for each doubling of the time
_HALF_LIFE = timedelta(days=30)
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_LEANS = 12.0  # as many as a wider histogram counts for in a narrower one
_CAUTION = 0.3  # of its standard error, that the part is asked for more
_SURE = 0.97  # no part is asked for beyond it
_MINUTE = timedelta(minutes=1)
_WEEKEND = (5, 6)
_STEPS = (
    (60, 5),
    (240, 15),
    (600, 30),
    (6000, 60),
)  # up to so many minutes, told in steps of these

Histogram = Mapping[int, float]
"""How much was seen in each bucket, by weights that grow with time (`weight`)."""


def bucket(length: timedelta) -> int:
    """The one in which a length falls; each holds what is longer than the one before it."""
    return ceil(_GRAIN * log2(1 + max(length, timedelta(0)) / _MINUTE))


def weight(at: datetime) -> float:
    """How much what is seen at this moment counts: twice as much each half-life later."""
    return float(2.0 ** ((at - _EPOCH) / _HALF_LIFE))


def cells(kind: Kind, priority: Priority, team: str, at: datetime) -> tuple[str, ...]:
    """The histograms that a ticket belongs to, the widest first; `at` is local time."""
    part = "weekend" if at.weekday() in _WEEKEND else f"{at.hour // 4}"
    names = (EVERY, team, priority.name.lower(), kind.value, part)
    return tuple("/".join(names[:count]) for count in range(1, len(names) + 1))


def likely(
    known: Sequence[Histogram],
    now: datetime,
    waited: timedelta = timedelta(0),
    part: float = PART,
) -> timedelta | None:
    """Within how long this part of tickets is done, from their beginning; None if hardly known.

    `known` are the histograms of the ticket's cells, the widest first. Of one that `waited` already
    it is told how long those took that took longer.
    """
    unit, begin = weight(now), bucket(waited) if waited else -1
    seen = [{at: n / unit for at, n in each.items() if at > begin} for each in known]
    counts = [sum(each.values()) for each in seen]
    if not counts or counts[0] < (FEWEST_LATE if waited else FEWEST):
        return None
    asked = min(_SURE, part + _CAUTION * sqrt(part * (1 - part) / (_LEANS + counts[-1])))
    buckets = sorted({at for each in seen for at in each})
    return _upper(
        next((at for at, share in _shares(seen, counts, buckets) if share >= asked), buckets[-1])
    )


def _shares(
    seen: Sequence[Histogram], counts: Sequence[float], buckets: Sequence[int]
) -> Iterator[tuple[int, float]]:
    """Of each bucket, the part of tickets like this that are done within it."""
    below = [0.0] * len(seen)
    for at in buckets:
        share = 0.0
        for level, (each, count) in enumerate(zip(seen, counts, strict=True)):
            below[level] += each.get(at, 0.0)
            leans = _LEANS if level else 0.0
            share = (below[level] + leans * share) / (count + leans)
        yield at, share


def told(length: timedelta) -> timedelta:
    """As people say it: rounded up to a step that fits."""
    minutes = ceil(length / _MINUTE)
    step = next((step for most, step in _STEPS if minutes <= most), _STEPS[-1][1])
    return timedelta(minutes=max(step, ceil(minutes / step) * step))


def _upper(bucket: int) -> timedelta:
    """The longest that falls in it."""
    return (2 ** (bucket / _GRAIN) - 1) * _MINUTE
