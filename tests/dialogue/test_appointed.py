"""Who was appointed in a chat is an agent in every respect, like those of the config."""

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest
from stage import IDA, MAX, set_stage, settings

from bot.model.calendar import Hours
from bot.model.settings import Team
from storage.files import Files

MADRID = ZoneInfo("Europe/Madrid")
OFFICE = Hours(MADRID, dict.fromkeys(range(5), ((time(9), time(18)),)))
AT = time(11)  # an hour after the scene begins: it is ten on a Monday in Madrid
TEAMS = (Team("support", "Support"), Team("network", "Network"))


@pytest.fixture
async def stage(store, tmp_path, clock):
    chosen = settings(
        teams=TEAMS,
        agents=(IDA, replace(MAX, digest=AT, zone=MADRID.key)),
        hours=OFFICE,
        zone=MADRID,
        digest=AT,
    )
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


@pytest.fixture
def ida(stage):
    return stage.person("ida@desk.example", "Ida Berg")


@pytest.fixture
async def bob(stage, ida):
    someone = stage.person("bob@example.org", "Bob Hill", language="en")
    await someone.says("My VPN is down")
    await ida.says("/appoint Bob Hill agent support")
    return someone


def digests(somebody):
    return [each for each in somebody.letters if "what needs you now" in each.subject]


async def test_requesters_read_their_name_until_they_are_let_go(stage, ada, bob, ida):
    await ada.says("My printer is dead")
    assert "Bob" in ada.heard
    await ida.says("/appoint Bob Hill requester")
    await ada.says("My screen is dark")
    assert "Bob" not in ada.heard


async def test_who_bears_the_name_of_somebody_in_the_config_is_somebody_else(stage, ida):
    other = stage.person("roth@example.org", "Max Roth")
    await other.says("My VPN is down")
    await ida.says("/appoint roth@example.org agent support")
    await other.says("/zone Mexico City")
    assert "Mexico City" in other.last.text
    await ida.says("/person roth@example.org name Max Roth Gil")
    assert "is Max Roth Gil from now on" in ida.heard
    await stage.person("max@desk.example", "Max Roth").says("Hello there, my screen is dark")
    await ida.says("/person max@desk.example name Maximilian Roth")
    assert "comes from the desk's settings" in ida.last.text


async def test_who_is_away_is_not_named(stage, ada, bob):
    await bob.says("/away 3d")
    await ada.says("My printer is dead")
    assert "Bob" not in ada.heard


async def test_the_digest_of_the_desk_reaches_them_once_a_day(stage, bob, ada):
    await ada.says("My printer is dead")
    await stage.passes(minutes=59)
    assert digests(bob) == []
    for _ in range(2):
        await stage.passes(minutes=1)
        assert len(digests(bob)) == 1
    await stage.passes(days=1)
    assert len(digests(bob)) == 2


async def test_nobody_gets_two_and_requesters_none(stage, bob, ada, ida):
    await ada.says("My router is dead")
    await ida.says("/move IT-2 network")
    max_ = stage.person("max@desk.example", "Max Roth")
    await ida.says("/appoint Bob Hill requester")
    await stage.passes(hours=1)
    assert len(digests(max_)) == len(digests(ida)) == 1
    assert digests(bob) == digests(ada) == []


async def test_an_agents_own_hour_counts_before_that_of_the_desk(store, tmp_path, clock):
    chosen = settings(
        teams=TEAMS, agents=(replace(IDA, digest=time(12)),), hours=OFFICE, zone=MADRID, digest=AT
    )
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        ida = stage.person("ida@desk.example", "Ida Berg")
        await stage.person("ada@example.org", "Ada Lin").says("My router is dead")
        await ida.says("/move IT-1 network")
        await stage.passes(hours=1)
        assert digests(ida) == []
        await stage.passes(hours=1)
        assert len(digests(ida)) == 1


async def test_no_digest_goes_to_an_address_that_nobody_vouches_for(stage, bob, ada, ida):
    await ida.says("/appoint Bob Hill requester")
    await ida.says("/add_address Bob Hill bobby@else.example")
    other = stage.person("bobby@else.example", "Bob Hill")
    await ida.says("/appoint Bob Hill agent support")
    await ada.says("My printer is dead")
    await stage.passes(hours=1)
    assert len(digests(bob)) == 1
    assert digests(other) == []
