"""The book's transactions: whole or not at all, durable, together where that helps."""

import asyncio
import resource
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import Conflict, StoreError, Work
from storage import Database
from storage.database import engine_for
from tests.waiting import Gate, together

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def save(key: str, value: str = "x") -> object:
    return lambda work: work.cursors.save(key, value)


async def load(store: Database, *keys: str) -> list[str]:
    return await store.read(lambda work: [work.cursors.load(key) for key in keys])


async def test_what_a_function_returns_is_returned_and_what_it_keeps_is_kept(
    store: Database,
) -> None:
    assert await store.write(lambda work: (work.cursors.save("a", "1"), 42)[1]) == 42
    assert await load(store, "a") == ["1"]


async def test_what_need_not_be_durable_is_kept_all_the_same_without_waiting_for_the_disk(
    store: Database,
) -> None:
    def patience(work: Work) -> str:
        work.cursors.save("a", "1")
        connection = work.cursors.pen._connection
        sqlite = connection.dialect.name == "sqlite"
        asked = "PRAGMA synchronous" if sqlite else "SHOW synchronous_commit"
        return str(connection.exec_driver_sql(asked).scalar())

    assert await store.write(patience, durable=False) in ("1", "off")
    assert await load(store, "a") == ["1"]
    assert await store.write(patience) in ("2", "on")
    careless, durable = await asyncio.gather(
        store.write(patience, durable=False), store.write(patience)
    )
    assert durable in ("2", "on")
    assert careless in ("1", "2", "off")


async def test_a_function_that_raises_keeps_nothing(store: Database) -> None:
    def fails(work: Work) -> None:
        work.cursors.save("a", "1")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await store.write(fails)
    assert await load(store, "a") == [""]


async def test_stop_iteration_reaches_its_caller_and_nobody_else(store: Database) -> None:
    stop, other = await together(store, lambda _: next(iter(())), save("a"))
    assert isinstance(stop, RuntimeError)
    assert other is None


async def test_one_of_many_that_raises_goes_alone(store: Database) -> None:
    def fails(work: Work) -> None:
        work.cursors.save("b", "1")
        raise ValueError("no")

    results = await together(store, save("a"), fails, save("c"))
    assert [type(result) for result in results] == [type(None), ValueError, type(None)]
    assert await load(store, "a", "b", "c") == ["x", "", "x"]


async def test_a_conflict_is_tried_again_on_fresh_ground(store: Database) -> None:
    runs: list[str] = []

    def at_second(work: Work) -> str:
        runs.append(work.cursors.load("a"))
        work.cursors.save("a", "mine")
        if len(runs) < 3:
            raise Conflict
        return work.cursors.load("a")

    for alone in (True, False):
        runs.clear()
        await store.write(save("a", "old"))
        result = await store.write(at_second) if alone else (await together(store, at_second))[0]
        assert (result, runs) == ("mine", ["old"] * 3)


async def test_the_fourth_conflict_is_the_callers(store: Database) -> None:
    runs = []

    def never(work: Work) -> None:
        runs.append(work)
        raise Conflict("again")

    with pytest.raises(Conflict):
        await store.write(never)
    assert len(runs) == 3


async def test_nobodys_change_is_lost_when_many_change_the_same(store: Database) -> None:
    def add_one(work: Work) -> None:
        work.cursors.save("n", str(int(work.cursors.load("n") or 0) + 1))

    await asyncio.gather(*(store.write(add_one) for _ in range(60)))
    assert await load(store, "n") == ["60"]


async def test_a_look_up_sees_one_moment_and_keeps_nothing(store: Database) -> None:
    await store.write(save("a", "1"))
    loop = asyncio.get_running_loop()

    def looks(work: Work) -> tuple[str, str]:
        before = work.cursors.load("a")
        asyncio.run_coroutine_threadsafe(store.write(save("a", "2")), loop).result(10)
        return before, work.cursors.load("a")

    assert await store.read(looks) == ("1", "1")
    assert await load(store, "a") == ["2"]
    with pytest.raises(StoreError, match="look-up"):
        await store.read(save("a", "3"))
    assert await load(store, "a") == ["2"]


async def test_a_cancelled_caller_stops_only_their_own_waiting(store: Database) -> None:
    gate = Gate()
    caller = asyncio.ensure_future(
        store.write(lambda work: (gate(work), work.cursors.save("a", "1")))
    )
    await gate.wait()
    caller.cancel()
    gate.open.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    await store.write(lambda _: None)
    for _ in range(100):  # on PostgreSQL another thread may still be at it
        if await load(store, "a") == ["1"]:
            return
        await asyncio.sleep(0.01)
    pytest.fail("the cancelled caller's function was not kept")


async def test_closing_finishes_what_waits_and_refuses_what_comes_after(store: Database) -> None:
    waiting = [asyncio.ensure_future(store.write(save(str(n)))) for n in range(100)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*waiting)
    with pytest.raises(StoreError, match="closed"):
        await store.write(save("late"))
    await store.close()


async def test_a_commit_that_fails_fails_for_all_of_it_and_the_next_one_works(
    sqlite_store: Database, sqlite_url: str
) -> None:
    await sqlite_store.write(save("a"))
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    written = max(file.stat().st_size for file in folder.iterdir())
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fails(_: Work) -> None:
        raise ValueError("its own")

    resource.setrlimit(resource.RLIMIT_FSIZE, (written, hard))  # as if the disk were full
    try:
        results = await together(sqlite_store, save("b"), fails, save("c", "x" * written))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert [type(result) for result in results] == [StoreError, ValueError, StoreError]
    assert await load(sqlite_store, "a", "b", "c") == ["x", "", ""]
    await sqlite_store.write(save("d"))
    assert await load(sqlite_store, "d") == ["x"]


async def test_a_full_database_ends_the_group_whose_transaction_it_ends(
    sqlite_store: Database,
) -> None:
    def fill(work: Work) -> None:
        disk = work.cursors.pen._connection.connection.driver_connection
        pages = disk.execute("PRAGMA page_count").fetchone()[0]
        disk.execute(f"PRAGMA max_page_count = {pages + 2}")
        work.cursors.save("big", "x" * 1_000_000)

    results = await together(sqlite_store, save("a"), fill, save("b"))
    assert isinstance(results[1], StoreError)
    assert "full" in results[1].problem
    kept = await load(sqlite_store, "a", "b", "big")
    told = ["" if isinstance(results[n], StoreError) else "x" for n in (0, 2)]
    assert kept == [*told, ""]
    await sqlite_store.write(save("after"))
    assert await load(sqlite_store, "after") == ["x"]


async def test_a_book_belongs_to_the_loop_it_was_opened_in(sqlite_store: Database) -> None:
    def elsewhere() -> None:
        asyncio.run(sqlite_store.write(save("a")))

    with pytest.raises(RuntimeError, match="event loop"):
        await asyncio.get_running_loop().run_in_executor(None, elsewhere)


async def test_the_file_is_its_owners_alone_and_durable(
    sqlite_store: Database, sqlite_url: str
) -> None:
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    await sqlite_store.write(save("a"))
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    engine = engine_for(sqlite_url)
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    engine.dispose()
    assert found == ["wal", 2, 1, 15000]
