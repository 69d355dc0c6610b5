"""Letters that a transaction queued: their courier hears of them when they are kept."""

import threading
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.mailroom import Letter
from bot.model.message import Address
from bot.store import Work
from storage import Database
from tests.waiting import together

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LETTER = Letter(to=Address("slack", "C1"), recipient="U1", lane="C1", text="Hello", created_at=NOW)


class Taker:
    """Takes letters, and notes when it was called for what."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.woken: list[threading.Thread] = []
        self.claimed: list[set[str]] = []
        self.given: list[Letter] = []

    def claim(self, work: Work, channels: Collection[str]) -> list[Letter]:
        self.claimed.append(set(channels))
        letters = self.due(work)
        if self.fails:
            raise ValueError("its own")
        return letters

    def wake(
        self, letters: Collection[Letter] = (), channels: Collection[str] | None = None
    ) -> None:
        assert channels == {"slack"}
        self.woken.append(threading.current_thread())
        self.given += letters

    @staticmethod
    def due(work: Work) -> list[Letter]:
        lease = timedelta(seconds=20)
        return work.outbox.claim("slack", "worker", NOW, lease, lanes=9, run=9)


async def test_the_courier_is_told_of_letters_only_when_they_are_kept(store: Database) -> None:
    taker = Taker()
    store.on_letters(taker)
    await store.write(lambda work: work.cursors.save("a", "1"))

    def fails(work: Work) -> None:
        work.outbox.queue(LETTER)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - any will do
        await store.write(fails)
    assert taker.woken == []
    await store.write(lambda work: work.outbox.queue(LETTER))
    assert taker.woken == [threading.main_thread()]


async def test_what_is_queued_is_claimed_with_the_same_commit_where_one_writes(
    store: Database,
) -> None:
    taker = Taker()
    store.on_letters(taker)
    await store.write(lambda work: work.outbox.queue(LETTER))
    one_writes = store._engine.dialect.name == "sqlite"  # the store doesn't say so itself
    assert taker.claimed == ([{"slack"}] if one_writes else [])
    assert [each.text for each in taker.given] == ([LETTER.text] if one_writes else [])
    left = await store.write(taker.due)
    assert len(left) == (0 if one_writes else 1)


async def test_a_claim_that_fails_takes_nothing_with_it(sqlite_store: Database) -> None:
    taker = Taker(fails=True)
    sqlite_store.on_letters(taker)
    await sqlite_store.write(lambda work: work.outbox.queue(LETTER))
    assert (len(taker.woken), taker.given) == (1, [])
    taker.fails = False
    assert len(await sqlite_store.write(taker.due)) == 1


async def test_all_who_wait_on_sqlite_share_commits(sqlite_store: Database) -> None:
    taker = Taker()
    sqlite_store.on_letters(taker)
    await together(sqlite_store, *[lambda work: work.outbox.queue(LETTER)] * 100)
    assert len(taker.woken) == 2  # groups of 64 at most
