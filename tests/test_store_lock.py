"""Who leads: one at a time, and soon another when that one is gone."""

import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from bot.store import StoreError
from storage.database import open_engine
from storage.lock import Leader, see_lock

OFTEN = timedelta(milliseconds=20)
HOLD = """
import asyncio, sys
from storage.lock import Leader

async def main():
    async with Leader(sys.argv[1]).hold():
        print("leading", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def lead_once(leader: Leader) -> None:
    async with leader.hold() as lost:
        assert not lost.is_set()


async def test_one_leads_and_the_next_follows_when_it_leaves(book_url: str) -> None:
    first, second = Leader(book_url, every=OFTEN), Leader(book_url, every=OFTEN)
    order: list[str] = []

    async def follow() -> None:
        async with second.hold() as lost:
            order.append("second")
            assert not lost.is_set()

    async with asyncio.timeout(10), first.hold() as lost:
        following = asyncio.create_task(follow())
        await asyncio.sleep(0.15)
        order.append("first")
        assert not lost.is_set()
        assert not following.done()
    async with asyncio.timeout(10):
        await following
        async with first.hold():  # and it may lead again
            order.append("first")
    assert order == ["first", "second", "first"]


async def test_whoever_waits_knows_whether_another_leads(book_url: str) -> None:
    first, second = Leader(book_url, every=OFTEN), Leader(book_url, every=OFTEN)
    async with asyncio.timeout(10), first.hold():
        waiting = asyncio.create_task(lead_once(second))
        await asyncio.sleep(0.15)
        assert second.is_taken
        assert not first.is_taken
    await waiting
    assert not second.is_taken
    away = Leader("postgresql://nobody@127.0.0.1:1/desk", every=OFTEN)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await lead_once(away)
    assert not away.is_taken, "nobody can be known to lead"


def test_a_lock_that_cannot_be_opened_is_one_line_with_its_mend(sqlite_url: str) -> None:
    open_engine(sqlite_url).dispose()
    path = Path(f"{sqlite_url.removeprefix('sqlite:///')}.lock")
    see_lock(sqlite_url)
    assert not path.exists(), "to look makes none"
    path.mkdir()
    for look in (lambda: see_lock(sqlite_url), Leader(sqlite_url)._lock.take):
        with pytest.raises(StoreError, match=r"lock can't be opened \(Is a directory\): give the"):
            look()


async def test_another_leads_when_the_leaders_process_is_killed(book_url: str) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLD, book_url, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert await child.stdout.readline() == b"leading\n"
    following = asyncio.create_task(lead_once(Leader(book_url, every=OFTEN)))
    await asyncio.sleep(0.1)
    assert not following.done()
    child.kill()
    async with asyncio.timeout(10):
        await following
        await child.wait()


async def test_a_leader_whose_server_hung_up_hears_of_it_and_another_leads(
    postgresql_tables: str,
) -> None:
    leader, other = (Leader(postgresql_tables, every=OFTEN) for _ in range(2))
    async with asyncio.timeout(10), leader.hold() as lost:
        with psycopg.connect(postgresql_tables, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            )
        await lost.wait()
        async with other.hold() as lost_too:
            assert not lost_too.is_set()


async def test_a_leader_whose_lock_was_taken_away_hears_of_it(tmp_path: Path) -> None:
    leader = Leader(f"sqlite:///{tmp_path}/desk.db", every=OFTEN)
    async with asyncio.timeout(10), leader.hold() as lost:
        await asyncio.to_thread((tmp_path / "desk.db.lock").unlink)
        await lost.wait()


async def test_a_server_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    leader = Leader(f"postgresql://nobody@/desk?host={tmp_path}", every=OFTEN)
    waiting = asyncio.create_task(lead_once(leader))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
