"""A book that is full: what taking mails in and looking things up cost then."""

import asyncio
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from benchmarks import office
from benchmarks.burst import Burst, answered, burst
from benchmarks.disk import book, tickets
from benchmarks.figure import Figure, Scale, at_least
from bot.store import Work
from storage import Database
from storage.database import engine_for
from storage.tables import metadata

_LOOKED = 100  # times
_SEED = 500  # tickets that are copied until there are enough
_STAYING = ("organisations", "domains", "cursors", "quarantine", "paces")
_OWN_WORDS = ("external_id", "last_external_id", "recipient", "lane", "folded_addresses")
_LOOKS: dict[str, Callable[[Work], object]] = {
    "a team's queue": lambda work: work.tickets.queue(["support"]),
    "an agent's tickets": lambda work: work.tickets.of_assignee(1),
    "a requester's tickets": lambda work: work.tickets.of_requester(1),
    "held tickets that are due": lambda work: work.tickets.to_wake(datetime.now(UTC)),
    "solved tickets to close": lambda work: work.tickets.to_close(datetime.fromtimestamp(0, UTC)),
    "the next letter due": lambda work: work.outbox.next_due("email"),
}
# A tenth is open, as at a desk of some years; agent 1 has twenty of them, and twenty are held.
_LIVES = (
    "UPDATE tickets SET status = 'closed' WHERE id % 10 != 0",
    """UPDATE tickets SET assignee = 1 WHERE id IN
        (SELECT id FROM tickets WHERE status = 'new' ORDER BY id LIMIT 20)""",
    """UPDATE tickets SET status = 'held', held_until = 9000000000000000 WHERE id IN
        (SELECT id FROM tickets WHERE status = 'new' ORDER BY id DESC LIMIT 20)""",
)


def measure(scale: Scale) -> Iterator[Figure]:
    """The empty and the full book take turns."""
    with office.folder() as small, office.folder() as full:
        _begin(small)
        shutil.copytree(small / "data", full / "data")  # a book isn't opened without its secret
        copy(book(full), scale.stored // _SEED)
        copy(book(small), 1)
        count = tickets(book(full))
        pairs = []
        for turn in range(scale.rounds):
            with office.folder() as empty:
                pairs.append((_ingest(empty, scale, turn), _ingest(full, scale, turn)))
        rate = median(filled.rate / empty.rate for empty, filled in pairs)
        cost = median(filled.cost / empty.cost for empty, filled in pairs)
        yield at_least(f"stored: rate at {count} tickets, part of the empty book's", rate, "", 0.95)
        yield Figure(f"stored: processor time at {count} tickets", cost, "× the empty book's")
        few, many = (asyncio.run(_looked(book(place))) for place in (small, full))
    for what, milliseconds in many.items():
        yield Figure(f"stored: {what}, at {_SEED} tickets", few[what], "ms")
        yield Figure(f"stored: {what}, at {count} tickets", milliseconds, "ms")


def _begin(place: Path) -> None:
    with office.world() as world, office.desk(place, world):
        answered(world, _SEED, seed=1)


def _ingest(place: Path, scale: Scale, turn: int) -> Burst:
    with office.world() as world:
        return burst(world, office.desk(place, world), scale.mails, seed=100 * (turn + 1))


async def _looked(database: Path) -> dict[str, float]:
    """Milliseconds of each look-up, the median of many."""
    store = await Database.open(f"sqlite:///{database}")
    try:
        return {
            what: median([await store.read(partial(_timed, look)) for _ in range(_LOOKED)])
            for what, look in _LOOKS.items()
        }
    finally:
        await store.close()


def _timed(look: Callable[[Work], object], work: Work) -> float:
    began = time.perf_counter()
    look(work)
    return (time.perf_counter() - began) * 1000


def copy(database: Path, times: int) -> None:
    """Make every ticket so many, with its person, entries, letters and bytes, and let it age."""
    tables = [table for table in metadata.sorted_tables if table.name not in _STAYING]
    engine = engine_for(f"sqlite:///{database}")
    with engine.connect() as connection:
        numbered = [table.c.id for table in tables if "id" in table.c]
        span = max(connection.scalar(sa.select(sa.func.max(each))) or 0 for each in numbered)
        old = {
            table.name: table.to_metadata(sa.MetaData(), name=f"old_{table.name}")
            for table in tables
        }
        connection.exec_driver_sql("BEGIN")
        for table in tables:
            connection.exec_driver_sql(
                f"CREATE TEMP TABLE old_{table.name} AS SELECT * FROM {table.name}"  # noqa: S608 - a name of ours
            )
        for turn in range(1, times):
            for table in tables:
                values = [_value(each, turn * span, turn) for each in old[table.name].columns]
                names = [each.name for each in table.columns]
                connection.execute(sa.insert(table).from_select(names, sa.select(*values)))
        for change in _LIVES:
            connection.exec_driver_sql(change)
        connection.exec_driver_sql("COMMIT")
    engine.dispose()


def _value(column: sa.Column[Any], offset: int, turn: int) -> sa.ColumnElement[Any]:
    """What a column holds in a copy: other numbers, and other words where they must be unique."""
    others = {key.target_fullname.partition(".")[0] for key in column.foreign_keys}
    if column.name == "id" or others - {*_STAYING}:
        return sa.cast(column, sa.Integer) + offset
    if column.name in _OWN_WORDS:
        return sa.cast(column, sa.Text) + f".{turn}"
    return column
