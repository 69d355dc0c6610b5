"""The courier: how it ends, whatever it was doing."""

import asyncio
from pathlib import Path

import pytest
from stage import PARLOUR, Clock, Parlour, set_stage

from bot.courier import Courier
from bot.model.message import ExternalId, Outbound
from storage import Database
from storage.files import Files

PATIENCE = 5.0  # seconds


@pytest.mark.parametrize("ticks", range(4))
async def test_it_stops_even_when_it_is_woken_in_the_same_moment(
    sqlite_url: str, tmp_path: Path, clock: Clock, ticks: int
) -> None:
    store = await Database.open(sqlite_url)
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
    await store.close()


class Slow(Parlour):
    """A channel on which sending takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = asyncio.Event()

    async def send(self, message: Outbound) -> ExternalId:
        self.begun.set()
        await asyncio.sleep(0.2)
        return await super().send(message)


async def test_it_finishes_what_is_under_way(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    store = await Database.open(sqlite_url)
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
    await store.close()
