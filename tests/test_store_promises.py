"""Promises on both databases: kept as they are, found when a step is due."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from clock import Clock as MovedClock
from test_store_topics import asks

from bot.diary import Tally
from bot.model.promise import Lap, Promise
from bot.model.target import Clock
from bot.store import Work

NOW = MovedClock.now
HOUR = timedelta(hours=1)
LAPS = (
    Lap(NOW - 3 * HOUR, NOW - HOUR, "Sydney", 4 * HOUR, "Grave: 1", timedelta(minutes=59.5)),
    Lap(NOW, None, "", 2 * HOUR, "all"),
)
_LATER = count()


def promised(work: Work, clock: Clock = Clock.FIRST, **fields: object) -> Promise:
    number = asks(work, ("vpn",), at=NOW + next(_LATER) * HOUR)
    return work.promises.keep(Promise(ticket=number, clock=clock, laps=LAPS, **fields))


async def test_a_promise_is_read_as_it_was_kept(store):
    def fn(work: Work):
        kept = promised(work, due_at=NOW, knock_at=NOW - HOUR)
        other = work.promises.keep(replace(kept, id=0, clock=Clock.SOLUTION, due_at=None))
        assert work.promises.of(kept.ticket) == [kept, other]
        ended = replace(kept, knock_at=None, due_at=None, ended_at=NOW, kept=False, step=3)
        assert work.promises.keep(ended) == ended
        assert work.promises.of(kept.ticket) == [ended, other]

    await store.write(fn)


async def test_what_is_due_is_found_the_first_first(store):
    def fn(work: Work):
        late = promised(work, knock_at=NOW)
        first = promised(work, knock_at=NOW - HOUR)
        promised(work, knock_at=NOW + timedelta(microseconds=1))
        promised(work)
        assert work.promises.due(NOW) == [first, late]
        assert work.promises.due(NOW, 1) == [first]

    await store.write(fn)


async def test_what_goes_on_is_gone_through_in_parts(store):
    def fn(work: Work):
        one, two, three = (promised(work) for _ in range(3))
        work.promises.keep(replace(two, ended_at=NOW, kept=True))
        assert work.promises.going(0, 1) == [one]
        assert work.promises.going(one.id) == [three]

    await store.write(fn)


async def test_what_was_given_up_is_neither_kept_nor_broken(store):
    def fn(work: Work):
        for kept in (True, True, False, None):
            promised(work, ended_at=NOW, kept=kept)
        promised(work, Clock.NEWS, ended_at=NOW + HOUR, kept=False)
        assert work.promises.tally(NOW, NOW + HOUR) == [Tally(Clock.FIRST, 2, 1)]
        assert work.promises.tally(NOW, NOW + 2 * HOUR) == [
            Tally(Clock.FIRST, 2, 1),
            Tally(Clock.NEWS, 0, 1),
        ]

    await store.write(fn)
