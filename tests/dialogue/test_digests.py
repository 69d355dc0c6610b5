"""A mail each working day that tells agents what needs them, once, and at its hour."""

import asyncio
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest
from stage import EVA, LEO, set_stage, settings

from bot.jobs.digests import send_digests
from bot.model.calendar import Hours
from bot.scheduler import Scheduler
from storage.files import Files

MADRID = ZoneInfo("Europe/Madrid")
OFFICE = Hours(MADRID, dict.fromkeys(range(5), ((time(9), time(18)),)))
AT = time(11)  # an hour after the scene begins: it is ten on a Monday in Madrid


@pytest.fixture
async def stage(store, tmp_path, clock):
    agents = (replace(LEO, digest=AT), EVA)
    chosen = settings(agents=agents, hours=OFFICE, zone=MADRID)
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


@pytest.fixture
def ada(stage):
    return stage.person("ada@example.org", "Ada Byron")


@pytest.fixture
def leo(stage):
    return stage.person("leo@desk.example", "Leo Prats")


def digests(leo):
    return [each for each in leo.letters if "what needs you now" in each.subject]


async def test_it_says_what_needs_them_and_who_waits_to_be_taken(stage, ada, leo):
    await ada.says("My VPN is down", subject="VPN")
    await ada.says("The printer jams", subject="Printer")
    await leo.says("/claim IT-1")
    await stage.passes(minutes=59)
    assert digests(leo) == []
    await stage.passes(minutes=1)
    (digest,) = digests(leo)
    order = ("What needs you now", "VPN", "IT-1", "Who takes these?", "Printer", "IT-2")
    assert sorted(order, key=digest.text.index) == list(order)
    assert digest.greeting == "Hi Leo,"
    assert "/claim IT-2" in digest.text
    assert stage.person("eva@desk.example").letters[-1].subject != digest.subject


async def test_it_holds_just_what_their_own_page_shows(stage, ada, leo):
    for number in range(15):
        await ada.says(f"Chair {number} is broken", subject=f"Chair {number}")
    await stage.passes(hours=1)
    (digest,) = digests(leo)
    assert digest.text.count("\n- ") == 12
    assert "And 3 more: /queue" in digest.text


async def test_where_nothing_needs_them_nothing_comes_that_day(stage, ada, leo):
    await stage.passes(hours=1)
    await ada.says("My VPN is down")
    await stage.passes(hours=1)
    assert digests(leo) == []
    await stage.passes(hours=23)
    assert len(digests(leo)) == 1


async def test_what_rests_needs_nobody(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/claim IT-1")
    await leo.says("/ask IT-1 Which one?")
    await stage.passes(hours=1)
    assert digests(leo) == []


async def test_it_comes_once_a_day_whoever_calls_and_however_often(stage, ada, leo, store, clock):
    await ada.says("My VPN is down")
    await stage.passes(hours=1)
    restarted = Scheduler(store, stage.desk, (send_digests,), clock)
    assert await restarted.call(send_digests) == 0
    for _ in range(5):
        await stage.passes(hours=1)
    assert len(digests(leo)) == 1
    await stage.passes(hours=19)
    assert len(digests(leo)) == 2


async def test_two_that_call_at_once_send_one(stage, ada, leo, store, clock):
    await ada.says("My VPN is down")
    stage.clock.move(hours=1)
    both = [Scheduler(store, stage.desk, (send_digests,), clock) for _ in range(2)]
    assert sorted(await asyncio.gather(*(each.call(send_digests) for each in both))) == [0, 1]
    await stage.settles()
    assert len(digests(leo)) == 1


@pytest.mark.parametrize(("down", "comes"), [(2.5, True), (4.9, True), (5.1, False), (10, False)])
async def test_a_desk_that_was_down_sends_it_late_and_not_in_the_evening(
    stage, ada, leo, down, comes
):
    await ada.says("My VPN is down")
    await stage.passes(hours=down)
    assert bool(digests(leo)) is comes


async def test_it_comes_on_working_days_alone(stage, ada, leo):
    await ada.says("My VPN is down")
    stage.clock.move(days=4)  # Friday
    await stage.passes(hours=1)
    assert len(digests(leo)) == 1
    for _ in range(2):
        await stage.passes(days=1)
    assert len(digests(leo)) == 1
    await stage.passes(days=1)
    assert len(digests(leo)) == 2


async def test_who_is_away_gets_it_when_they_are_back(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/away 2h")
    await stage.passes(hours=1)
    assert digests(leo) == []
    await leo.says("/back")
    await stage.passes(minutes=1)
    assert len(digests(leo)) == 1


async def test_commands_are_answered_to_it_and_plain_words_go_to_nobody(stage, ada, leo):
    await ada.says("My VPN is down")
    await stage.passes(hours=1)
    (digest,) = digests(leo)
    told = len(ada.letters)
    await leo.says("/claim IT-1", answers=digest)
    assert (await stage.ticket()).assignee is not None
    await leo.says("I look into it later", answers=digest)
    assert len(ada.letters) == told
