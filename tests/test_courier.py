"""The courier: what it holds, in which order it delivers, and how it ends."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from stage import PARLOUR, Clock, Parlour, set_stage
from structlog.testing import capture_logs

from bot import courier
from bot.app import utc_now
from bot.channel import DeliveryFailed
from bot.courier import Courier
from bot.model.attachment import Attachment
from bot.model.mailroom import Letter
from bot.model.message import Address, ExternalId, Outbound
from storage import Database
from storage.files import Files

PATIENCE = 5.0  # seconds


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Database]:
    book = await Database.open(sqlite_url)
    yield book
    await book.close()


@pytest.mark.parametrize("ticks", range(4))
async def test_it_stops_even_when_it_is_woken_in_the_same_moment(
    store: Database, tmp_path: Path, clock: Clock, ticks: int
) -> None:
    async with set_stage(store, Files(tmp_path), clock) as stage:
        other = Courier(store, stage.files, stage.desk, {PARLOUR: Parlour()}, clock, "other")
        running = asyncio.create_task(other.run())
        await asyncio.sleep(0.1)
        other.wake()
        for _ in range(ticks):
            await asyncio.sleep(0)
        running.cancel()
        done, _ = await asyncio.wait([running], timeout=PATIENCE)
        assert done


class Slow(Parlour):
    """A channel on which sending takes its time."""

    def __init__(self, seconds: float = 0.2) -> None:
        super().__init__()
        self.begun = asyncio.Event()
        self.seconds = seconds

    async def send(self, message: Outbound) -> ExternalId:
        self.begun.set()
        await asyncio.sleep(self.seconds)
        return await super().send(message)


def letter(at: datetime, lane: str = "ada") -> Letter:
    return Letter(to=Address(PARLOUR, ""), recipient=lane, lane=lane, text="Hello.", created_at=at)


async def test_it_finishes_what_is_under_way(store: Database, tmp_path: Path, clock: Clock) -> None:
    slow = Slow()
    async with set_stage(store, Files(tmp_path), clock, parlour=slow) as stage:
        ada = stage.person("ada@example.org", "Ada")
        speaking = asyncio.create_task(ada.says("My screen is black"))
        await slow.begun.wait()
        stage.running.cancel()
        await asyncio.wait([stage.running], timeout=PATIENCE)
        speaking.cancel()
        states = await store.read(lambda work: work.outbox.states())
        assert states["sending"] == 0
        assert states["sent"] == len(slow.delivered) > 0


async def test_what_takes_longer_than_a_lease_is_not_sent_by_another_courier_too(
    store: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "LEASE", timedelta(seconds=0.5))
    monkeypatch.setattr(courier, "POLL", timedelta(seconds=0.1))
    slow = Slow(seconds=1.5)
    async with set_stage(store, Files(tmp_path), utc_now, parlour=slow) as stage:
        other = Courier(store, stage.files, stage.desk, {PARLOUR: slow}, utc_now, "other")
        running = asyncio.create_task(other.run())
        numbers = await store.write(
            lambda work: [work.outbox.queue(letter(utc_now())).id for _ in range(2)]
        )
        await stage.settles()
        running.cancel()
        await asyncio.wait([running])
    assert slow.attempts == numbers


async def test_behind_a_letter_that_must_wait_all_of_its_lane_waits(
    store: Database, tmp_path: Path, clock: Clock
) -> None:
    parlour = Parlour()
    parlour.trouble = [DeliveryFailed("busy")]
    async with set_stage(store, Files(tmp_path), clock, parlour=parlour) as stage:
        first, second, third = await store.write(
            lambda work: [work.outbox.queue(letter(clock())).id for _ in range(3)]
        )
        await stage.settles()
        assert parlour.attempts == [first]
        (other,) = await store.write(lambda work: [work.outbox.queue(letter(clock(), "eva")).id])
        await stage.settles()
        await stage.passes(seconds=10)
        assert parlour.attempts == [first, other, first, second, third]


async def test_behind_a_letter_that_failed_for_good_its_lane_goes_on(
    store: Database, tmp_path: Path, clock: Clock
) -> None:
    parlour = Parlour()
    parlour.trouble = [DeliveryFailed("no such user", permanent=True)]
    with capture_logs() as told:
        async with set_stage(store, Files(tmp_path), clock, parlour=parlour) as stage:
            numbers = await store.write(
                lambda work: [work.outbox.queue(letter(clock())).id for _ in range(3)]
            )
            await stage.settles()
            assert parlour.attempts == numbers
            states = await store.read(lambda work: work.outbox.states())
            assert (states["failed"], states["sent"]) == (1, 2)
    (line,) = (each for each in told if each["event"] == "letter failed")
    assert (line["channel"], line["room"], line["reason"]) == (PARLOUR, "", "no such user")


async def test_what_was_claimed_when_it_ends_is_free_at_once_for_the_next(
    store: Database, tmp_path: Path, clock: Clock
) -> None:
    slow = Slow()
    async with set_stage(store, Files(tmp_path), clock, parlour=slow) as stage:
        await store.write(lambda work: [work.outbox.queue(letter(clock())) for _ in range(3)])
        await slow.begun.wait()
        stage.running.cancel()
        await asyncio.wait([stage.running], timeout=PATIENCE)
    states = await store.read(lambda work: work.outbox.states())
    assert (states["sent"], states["sending"], states["waiting"]) == (1, 0, 2)
    async with set_stage(store, Files(tmp_path), clock, parlour=slow) as stage:
        await stage.settles()
        assert [each.row for each in slow.delivered] == [1, 2, 3]


async def test_a_letter_whose_file_is_gone_does_not_hold_up_what_comes_after(
    store: Database, tmp_path: Path, clock: Clock
) -> None:
    parlour = Parlour()
    gone = Attachment("plan.pdf", "application/pdf", 9, "0" * 64)
    async with set_stage(store, Files(tmp_path), clock, parlour=parlour) as stage:
        lost = replace(letter(clock()), attachments=(gone,))
        await store.write(
            lambda work: [work.outbox.queue(each) for each in (lost, letter(clock()))]
        )
        await stage.settles()
        states = await store.read(lambda work: work.outbox.states())
        assert (states["failed"], states["sent"]) == (1, 1)


async def test_it_waits_as_long_as_the_network_asks(
    store: Database, tmp_path: Path, clock: Clock
) -> None:
    parlour = Parlour()
    parlour.trouble = [DeliveryFailed("busy", after=timedelta(minutes=10))]
    async with set_stage(store, Files(tmp_path), clock, parlour=parlour) as stage:
        await store.write(lambda work: work.outbox.queue(letter(clock())))
        await stage.settles()
        await stage.passes(minutes=9)
        assert len(parlour.attempts) == 1
        await stage.passes(minutes=3, seconds=1)  # many that wait don't come all at once
        assert len(parlour.attempts) == 2
