"""A tick of the clock: what it costs to remind of twenty promises beside few others, and many."""

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from benchmarks.figure import QUICK, Figure, Scale, at_most
from bot.desk import Desk
from bot.ear import load_ear
from bot.model.person import Person, Proof
from bot.model.settings import Desk as Settings
from bot.model.target import Clock, Target, Targets
from bot.reminding import remind
from bot.store import Work
from bot.text import load_texts
from storage import Database
from storage.columns import EPOCH, MICROSECOND
from storage.database import engine_for

_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_DAY = timedelta(days=1)
_FEW, _MANY, _FEWER = 1_000, 1_000_000, 100_000
_DUE = 20  # at each tick
_TICKS = 9
_TARGET = Target(name="all", solution=20 * _DAY)
_TICKETS = """
INSERT INTO tickets ({columns}) WITH RECURSIVE numbers(n) AS
    (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
SELECT {values} FROM numbers
"""
_PROMISES = """
INSERT INTO promises (ticket, clock, due_at, step, knock_at, laps)
SELECT id, :clock, :due, 0, CASE WHEN id <= :due_now THEN :now + (id - 1) / :each * 60000000
    ELSE :later END, :laps FROM tickets
"""


def measure(scale: Scale) -> Iterator[Figure]:
    """The same twenty are due at each tick."""
    large = _FEWER if scale.rounds == QUICK.rounds else _MANY
    few, many = (asyncio.run(_ticks(count)) for count in (_FEW, large))
    yield Figure(f"tick: {_DUE} due of {_FEW} open", few, "ms")
    yield Figure(f"tick: {_DUE} due of {large} open", many, "ms")
    yield at_most("tick: many as a multiple of few", many / few, "×", 1.5)


async def _ticks(count: int) -> float:
    """Milliseconds of a tick, the median of several, in a book with so many open tickets."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'book.db'}"
        settings = Settings(targets=Targets((_TARGET,)))
        desk = Desk(settings, load_texts(settings.language), load_ear())
        store = await Database.open(url)
        try:
            await store.write(_begin)
            _fill(url, count)
            took = []
            for tick in range(_TICKS):
                now = _NOW + timedelta(minutes=tick)
                took.append(await store.write(lambda work, now=now: _timed(desk, work, now)))
            return median(took)
        finally:
            await store.close()


def _begin(work: Work) -> None:
    person = Person("Ada Lin", language="en")
    work.people.add(person, "email", "ada@example.org", Proof.CHANNEL, _NOW)


def _timed(desk: Desk, work: Work, now: datetime) -> float:
    began = time.perf_counter()
    done = remind(desk, work, now)
    assert done == _DUE, f"{done} were due"
    return (time.perf_counter() - began) * 1000


def _fill(url: str, count: int) -> None:
    """Open so many tickets, each promised a solution, of which twenty are due each minute."""
    begun = _NOW - 10 * _DAY  # half of the time
    at = str(_moment(begun))
    words = {
        "summary": "The lamp flickers",
        "kind": "incident",
        "channel": "email",
        "team": "support",
        "status": "new",
        "language": "en",
        "subject": "",
        "room": "",
    }
    values = {name: f"'{each}'" for name, each in words.items()}
    values |= dict.fromkeys(("requester", "level", "version"), "1")
    values |= {"priority": "2", "upset": "0", "minutes": "0", "thread": "'t' || n"}
    values |= {"opened_at": at, "updated_at": at}
    laps = json.dumps([[begun.isoformat(), None, "", _TARGET.solution.total_seconds(), "all", 0.0]])
    engine = engine_for(url)
    with engine.connect() as book:
        book.exec_driver_sql("BEGIN")
        book.exec_driver_sql(
            _TICKETS.format(
                columns=", ".join(values), values=", ".join(values.values()), count=count
            )
        )
        given = {
            "clock": Clock.SOLUTION.value,
            "due": _moment(begun + _TARGET.solution),
            "due_now": _DUE * _TICKS,
            "each": _DUE,
            "now": _moment(_NOW),
            "later": _moment(_NOW + 5 * _DAY),
            "laps": laps,
        }
        book.execute(sa.text(_PROMISES), given)
        book.exec_driver_sql("COMMIT")
        book.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # as a book of some years is
    engine.dispose()


def _moment(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND
