"""What the courier claims: it is carried or given back, whatever happens meanwhile."""

import asyncio
import contextlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from mail_people import until
from stage import PARLOUR, Clock, Parlour, set_stage
from structlog.testing import capture_logs

from bot import courier, delivery
from bot.app import utc_now
from bot.channel import DeliveryFailed
from bot.model.mailroom import Letter
from bot.model.message import Address, ExternalId, Outbound
from bot.store import Work
from storage import Database
from storage.files import Files
from storage.outbox import Outbox

PATIENCE = 5.0  # seconds


def queued(at: datetime, lane: str, text: str = "Hello.", ticket: int | None = None) -> Letter:
    return Letter(
        to=Address(PARLOUR, "help"),
        recipient=lane,
        lane=lane,
        text=text,
        created_at=at,
        ticket=ticket,
    )


def put(letter: Letter) -> Callable[[Work], int]:
    return lambda work: work.outbox.queue(letter).id


async def sending(store: Database) -> int:
    return (await store.read(lambda work: work.outbox.states()))["sending"]


class Refusing(Parlour):
    """A channel that refuses one letter for good, when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go = asyncio.Event(), asyncio.Event()

    async def send(self, message: Outbound) -> ExternalId:
        if message.text == "first":
            self.begun.set()
            await self.go.wait()
            raise DeliveryFailed("no such user", permanent=True)
        return await super().send(message)


async def test_what_comes_behind_a_letter_that_failed_leaves_at_once(
    store: Database, tmp_path: Path, clock: Clock
) -> None:
    refusing = Refusing()
    async with set_stage(store, Files(tmp_path), clock, parlour=refusing) as stage:
        await stage.person("ada@example.org", "Ada").says("My screen is black")
        await store.write(put(queued(clock(), "ada", "first", ticket=1)))
        await refusing.begun.wait()
        await store.write(put(queued(clock(), "ada", "second")))
        refusing.go.set()
        await stage.settles()
        assert "second" in [each.text for each in refusing.delivered]


class Slow(Refusing):
    """A channel that takes its time for one letter."""

    async def send(self, message: Outbound) -> ExternalId:
        if message.text == "first":
            self.begun.set()
            await self.go.wait()
        return await Parlour.send(self, message)


async def test_who_slept_longer_than_a_lease_still_holds_what_is_under_way(
    store: Database, tmp_path: Path, clock: Clock
) -> None:
    slow = Slow()
    async with set_stage(store, Files(tmp_path), clock, parlour=slow) as stage:
        await store.write(put(queued(clock(), "ada", "first")))
        await slow.begun.wait()
        clock.move(seconds=courier.LEASE.total_seconds() + 1)
        await store.write(put(queued(clock(), "ben", "second")))

        async def second_is_noted() -> bool:
            states = await store.read(lambda work: work.outbox.states())
            return states["sent"] == 1

        await until(second_is_noted, PATIENCE)
        assert await sending(store) == 1  # it is nobody else's, nor ours once more
        slow.go.set()
        await stage.settles()
        assert sorted(each.text for each in slow.delivered) == ["first", "second"]


class Counting(Parlour):
    """A channel that counts how many lanes are under way."""

    now = most = 0

    async def send(self, message: Outbound) -> ExternalId:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.02)
        self.now -= 1
        return await super().send(message)


async def test_never_are_more_lanes_under_way_than_may_be(
    store: Database, tmp_path: Path, clock: Clock
) -> None:
    counting = Counting()
    async with set_stage(store, Files(tmp_path), clock, parlour=counting) as stage:
        many = (store.write(put(queued(clock(), f"lane {each}"))) for each in range(200))
        await asyncio.gather(*many)
        await stage.settles()
        assert len(counting.delivered) == 200
        assert counting.most <= courier.PARALLEL


@pytest.mark.parametrize("ticks", range(4))
async def test_whoever_is_stopped_in_the_midst_of_a_claim_gives_it_back(
    store: Database, tmp_path: Path, ticks: int
) -> None:
    for each in range(5):
        await store.write(put(queued(utc_now(), f"lane {each}")))
    async with set_stage(store, Files(tmp_path), utc_now):
        for _ in range(ticks):
            await asyncio.sleep(0)
    assert await sending(store) == 0


async def test_a_failure_that_cannot_be_noted_holds_nobody_for_good(
    store: Database, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing, noted = Refusing(), Outbox.give_up
    refusing.go.set()

    def broken(*_: object) -> Letter:
        raise RuntimeError("a mistake of ours")

    async with set_stage(store, Files(tmp_path), clock, parlour=refusing) as stage:
        monkeypatch.setattr(Outbox, "give_up", broken)
        with capture_logs() as logs:
            await store.write(put(queued(clock(), "ada", "first")))
            await refusing.begun.wait()
            await asyncio.sleep(0.05)
        assert "a letter's failure isn't noted" in [each["event"] for each in logs]
        monkeypatch.setattr(Outbox, "give_up", noted)
        await store.write(put(queued(clock(), "ada", "second")))
        clock.move(seconds=courier.LEASE.total_seconds() + 1)
        await stage.settles()
        assert "second" in [each.text for each in refusing.delivered]


class Moody(Parlour):
    """A channel that is slow, busy or broken by chance."""

    def __init__(self, chance: Random) -> None:
        super().__init__()
        self.chance = chance

    async def send(self, message: Outbound) -> ExternalId:
        await asyncio.sleep(self.chance.random() * 0.01)
        mood = self.chance.random()
        if mood < 0.15:
            raise DeliveryFailed("busy", after=timedelta(seconds=0.02))
        if mood < 0.2:
            raise RuntimeError("broken")
        return await super().send(message)


@dataclass(frozen=True)
class Written:
    """When a transaction that queued letters began, and when its writer knew that it was kept."""

    number: int
    began: float
    kept: float

    def beside(self, other: "Written") -> bool:
        """Whether both were written at once, by two: neither of them is the earlier one."""
        at_once = self.began <= other.kept and other.began <= self.kept
        return at_once and self.number != other.number


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_each_letter_arrives_once_and_in_order(
    store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(delivery, "PAUSES", (timedelta(seconds=0.05),))
    chance, kept = Random(seed), list[int]()  # noqa: S311 - the same chances at each run
    moody = Moody(chance)
    written: dict[int, Written] = {}
    now = asyncio.get_running_loop().time

    async def one(number: int) -> None:
        lane, fails = f"lane {chance.randrange(30)}", chance.random() < 0.2
        several = chance.randrange(1, 4)

        def fn(work: Work) -> list[int]:
            rows = [
                work.outbox.queue(queued(utc_now(), lane, f"{number}.{each}")).id
                for each in range(several)
            ]
            if fails:
                raise ValueError("no")
            return rows

        await asyncio.sleep(chance.random() * 0.3)
        began = now()
        with contextlib.suppress(ValueError):
            rows = await store.write(fn)
            kept.extend(rows)
            written.update(dict.fromkeys(rows, Written(number, began, now())))

    async def all_delivered() -> bool:
        return len(moody.delivered) >= len(kept)

    async with set_stage(store, Files(tmp_path), utc_now, parlour=moody):
        await asyncio.gather(*(one(number) for number in range(200)))
        await until(all_delivered, 2 * PATIENCE)
    rows = [each.row for each in moody.delivered]
    assert sorted(rows) == sorted(kept)
    lanes: dict[str, list[int]] = {}
    for each in moody.delivered:
        lanes.setdefault(each.recipient, []).append(each.row)
    for lane in lanes.values():
        for first, then in itertools.combinations(lane, 2):
            assert first < then or written[first].beside(written[then])
