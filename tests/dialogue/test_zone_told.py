"""People whose network doesn't tell by which clock they live: asked once, and told times by it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest
from chat_stage import Member, rooms, set_chat
from stage import EVA, LEO, Stage, set_stage, settings

from bot.model.calendar import Hours
from bot.model.message import ExternalId, Speaker
from bot.model.person import Organisation
from bot.model.stamp import Stamps
from storage.files import Files

MADRID = ZoneInfo("Europe/Madrid")
OPEN = Hours(MADRID, dict.fromkeys(range(5), ((time(9), time(18)),)))
MEXICO = Organisation("Mexico", domains=("mexico.example",), zone="America/Mexico_City")
ASKED = "answer: zone"


@asynccontextmanager
async def desk(store, folder, clock, **differs: object) -> AsyncIterator[Stage]:
    """A desk in Madrid with people in Mexico, unless it `differs`; it is Monday, ten o'clock."""
    chosen = settings(**{"zone": MADRID, "hours": OPEN, "organisations": (MEXICO,)} | differs)
    async with set_stage(store, Files(folder / "files"), clock, chosen) as stage:
        yield stage


@pytest.fixture
async def scene(store, tmp_path, clock) -> AsyncIterator[Stage]:
    async with desk(store, tmp_path, clock) as stage:
        yield stage


def ways(letter) -> str:
    return "\n".join(each.instead for each in letter.buttons)


async def zone_of(stage: Stage, address: str) -> str:
    found = await stage.store.read(lambda work: work.people.find("parlour", address))
    return str(found[0].zone)


@pytest.mark.parametrize(
    ("words", "open_until", "asks", "answer", "told"),
    [
        (
            "My screen is black",
            "open until 18:00, Madrid (Spain) time.",
            "If your time zone is another, answer: zone and a big city near you",
            "zone mexico city",
            "the time in Mexico City (Mexico): it is 03:00 there now.",
        ),
        (
            "La pantalla está en negro, no me va",
            "hasta las 18:00, hora de Madrid (España).",
            "Si tu zona horaria es otra, responde: zona y una ciudad grande",
            "zona ciudad de méxico",
            "la hora de Ciudad de México (México): allí son las 03:00.",
        ),
    ],
)
async def test_the_first_acknowledgement_asks_and_the_answer_says_what_was_understood(
    scene, words, open_until, asks, answer, told
):
    ada = scene.person("ada@elsewhere.example", "Ada")
    await ada.says(words)
    assert open_until in ada.last.text
    assert asks in ways(ada.last)
    await ada.says(answer, answers=ada.last)
    assert told in ada.last.text
    assert await zone_of(scene, "ada@elsewhere.example") == "America/Mexico_City"
    await ada.says(f"{words}, y otra cosa: VPN", subject="VPN")
    assert "11:00." in ada.last.text
    assert "Madrid" not in ada.last.text
    assert "zon" not in ways(ada.last)


async def test_nobody_is_asked_twice(scene):
    ada = scene.person("ada@elsewhere.example", "Ada")
    await ada.says("My screen is black", subject="Screen")
    assert ASKED in ways(ada.last)
    await ada.says("My VPN is down", subject="VPN")
    assert ASKED not in ways(ada.last)
    assert "Madrid" not in ada.last.text


@pytest.mark.parametrize(
    "differs",
    [
        {"organisations": ()},  # one office
        {"organisations": (replace(MEXICO, zone="Europe/Paris"),)},  # two with one clock
        {"hours": Hours(MADRID)},  # open at any time: there is nothing to tell
    ],
)
async def test_who_reads_no_time_of_another_clock_is_not_asked(store, tmp_path, clock, differs):
    async with desk(store, tmp_path, clock, **differs) as stage:
        ada = stage.person("ada@elsewhere.example", "Ada")
        await ada.says("My screen is black")
        assert ASKED not in ways(ada.last)
        assert "Madrid" not in ada.last.text


async def test_an_agent_abroad_is_another_clock(store, tmp_path, clock):
    agents = (LEO, replace(EVA, zone="America/Mexico_City"))
    async with desk(store, tmp_path, clock, organisations=(), agents=agents) as stage:
        ada = stage.person("ada@elsewhere.example", "Ada")
        await ada.says("My screen is black")
        assert ASKED in ways(ada.last)


async def test_whose_zone_is_known_is_not_asked(scene):
    tom = scene.person("tom@elsewhere.example", "Tom")
    told = Speaker("tom@elsewhere.example", "Tom", zone="Europe/London")  # by the network
    await tom.says("My screen is black", speaker=told)
    assert "open until 17:00." in tom.last.text
    lupe = scene.person("lupe@mexico.example", "Lupe")
    await lupe.says("My screen is black")
    assert "open until 11:00." in lupe.last.text
    leo = scene.person("leo@desk.example", "Leo Prats")
    await leo.says("My own screen is black")
    assert not [each for each in (tom, lupe, leo) if ASKED in ways(each.last)]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("zone Sevilla", "what time it is in “Sevilla”"),
        ("zone 03:00", "it is 03:00 there now"),
        ("zone it is 03:00 here", "it is 03:00 there now"),
        ("zone Spain", "the time in Madrid (Spain) or Canary (Spain)"),
        ("zone 04:00", "With “04:00” you may mean the time in"),
        ("zone", "a big city, or your time (15:40)"),
    ],
)
async def test_what_is_not_understood_is_told_with_what_is_possible(scene, answer, told):
    ada = scene.person("ada@elsewhere.example", "Ada")
    await ada.says("My screen is black")
    await ada.says(answer, answers=ada.last)
    assert told in ada.last.text
    assert await scene.ticket(2) is None


@pytest.mark.parametrize("words", ["Zone B of the hall is dark", "Zona wifi caída en recepción"])
async def test_a_report_that_begins_with_the_word_is_a_report(scene, words):
    ada = scene.person("ada@elsewhere.example", "Ada")
    await ada.says(words)
    assert (await scene.ticket()).summary == words


async def test_an_agents_zone_in_the_config_stays(store, tmp_path, clock):
    agents = (LEO, replace(EVA, zone="Europe/Paris"))
    async with desk(store, tmp_path, clock, agents=agents) as stage:
        eva, leo = stage.person("eva@desk.example"), stage.person("leo@desk.example")
        await eva.says("/zona Londres")
        assert "La configuración de la mesa" in eva.last.text
        assert "10:00" in eva.last.text
        assert await zone_of(stage, "eva@desk.example") == "Europe/Paris"
        await leo.says("/zone London")
        assert "London (United Kingdom): it is 09:00 there now" in leo.last.text
        assert await zone_of(stage, "leo@desk.example") == "Europe/London"


@pytest.mark.parametrize("stamps", [Stamps.NOWHERE, Stamps.EVERYWHERE, Stamps.SHARED])
async def test_in_a_chat_a_press_opens_the_form(store, tmp_path, clock, stamps):
    chosen = settings(**rooms("support"), zone=MADRID, hours=OPEN, organisations=(MEXICO,))
    async with set_chat(store, tmp_path, clock, chosen=chosen, stamps=stamps) as chat:
        ana = Member(chat, "UANA", "Ana Ruiz")
        await ana.posts("My VPN is down")
        pressed = [each.command for each in ana.letters[-1].buttons]
        assert "/zone" in pressed
        # Where each reader sees their own times, nobody needs to know whose these are.
        words = {each.text for each in ana.letters if "open until" in each.text}
        assert all(
            ("Madrid (Spain) time" in each) is (stamps is not Stamps.EVERYWHERE) for each in words
        )
        assert words
        form = await chat.stage.counter.form(ana.asks("/zone"))
        assert [each.label for each in form.fields] == ["A big city near you, or what time it is"]
        bad = await ana.commands(form.command, filled=(("zone", "Sevilla"),))
        assert bad.refused
        assert bad.field == "zone"
        said = await ana.commands(form.command, filled=(("zone", "Ciudad de México"),))
        assert "Mexico City (Mexico): it is 03:00 there now" in said.text
        found = await chat.stage.store.read(lambda work: work.people.find("parlour", "UANA"))
        assert found[0].zone == "America/Mexico_City"


async def test_where_the_network_tells_the_zone_its_profile_counts(store, tmp_path, clock):
    chosen = settings(**rooms("support"), zone=MADRID)
    async with set_chat(store, tmp_path, clock, chosen=chosen, stamps=Stamps.SHARED) as chat:
        ana = Member(chat, "UANA", "Ana Ruiz")
        speaker = replace(ana.speaker, zone="Europe/London")
        asked = replace(ana.asks("/zone Mexico City"), speaker=speaker)
        answer = await chat.takes(replace(asked, external_id=ExternalId("help:99")))
        assert "the time zone of your profile: it is 09:00 for you now" in answer.text


async def test_a_slash_command_names_a_place_that_nobody_knows(store, tmp_path, clock):
    async with set_chat(store, tmp_path, clock, chosen=settings(**rooms("support"))) as chat:
        ana = Member(chat, "UANA", "Ana Ruiz")
        answer = await ana.commands("zone Palma de Mallorca")
        assert "«Palma de Mallorca»" in answer.text
        assert "/desk zona 15:40" in answer.text
        assert await chat.stage.ticket() is None
