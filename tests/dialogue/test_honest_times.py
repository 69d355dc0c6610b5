"""How long it takes is told by how long it took here; nothing is said while little is known."""

from collections.abc import AsyncIterator
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from stage import LEO, Stage, set_stage, settings

from bot.model.calendar import Hours
from bot.model.target import Clock, Target, Targets
from storage.files import Files

HOURS = Hours(ZoneInfo("UTC"), {day: ((time(9), time(18)),) for day in range(5)})
TARGETS = Targets((Target(name="all", first_answer=timedelta(hours=4)),))


@pytest.fixture
async def stage(store, tmp_path, clock) -> AsyncIterator[Stage]:
    chosen = settings(agents=(LEO,), hours=HOURS)
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


async def answered(stage: Stage, count: int, minutes: int) -> None:
    """So many reports, each answered after this long."""
    leo = stage.person("leo@desk.example", "Leo Prats")
    before = len(await stage.store.read(lambda work: work.tickets.newest(100)))
    for number in range(count):
        await stage.person(f"p{before + number}@example.org").says("The lamp in my room flickers")
    stage.clock.move(minutes=minutes)
    for number in range(count):
        await leo.says(f"/reply IT-{before + number + 1} I come and look")


async def test_an_acknowledgement_says_how_long_it_took_for_others(stage):
    ada = stage.person("ada@example.org", "Ada Lin", language="en")
    await ada.says("The lamp on my desk flickers")
    assert "8 of 10" not in ada.last.text
    assert "The desk is open until" in ada.last.text
    await answered(stage, 24, 20)
    await ada.says("The lamp in my kitchen flickers")
    assert "8 of 10 like this get a first answer within 25 min." in ada.last.text
    luz = stage.person("luz@example.org", "Luz Mar", language="es")
    await luz.says("Mi lámpara parpadea")
    assert "8 de cada 10 casos como este tienen una primera respuesta en 25 min" in luz.last.text


async def test_outside_the_hours_it_is_told_by_when(stage):
    ada = stage.person("ada@example.org", "Ada Lin", language="en")
    await answered(stage, 24, 20)
    stage.clock.move(hours=10)  # 19:20
    await ada.says("The lamp in my kitchen flickers")
    assert "8 of 10 like this get a first answer by Tuesday at 09:25" in ada.last.text


async def test_what_nobody_answered_teaches_nothing(stage, ada):
    for number in range(24):
        somebody = stage.person(f"p{number}@example.org", "P")
        await somebody.says("The lamp in my room flickers")
        await somebody.says(f"/resolve IT-{number + 1}")
    assert not any(await stage.store.read(lambda work: work.paces.known(Clock.FIRST, ["all"])))


async def test_whoever_waits_too_long_hears_a_new_honest_time(store, tmp_path, clock):
    chosen = settings(agents=(LEO,), hours=HOURS, targets=TARGETS)
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        await answered(stage, 24, 300)
        ada = stage.person("ada@example.org", "Ada Lin", language="en")
        clock.move(days=1, hours=-5)  # Tuesday 9:00
        await ada.says("The lamp in my kitchen flickers")
        await stage.passes(hours=4)
        assert "We owed you an answer" in ada.last.text
        assert "Of those who wait this long, 8 of 10 have an answer within 1 h" in ada.last.text
