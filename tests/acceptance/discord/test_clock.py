"""Moments on Discord: each reader sees them on their own clock, whoever follows it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time

import pytest
from discord_desk import DiscordStage, set_discord_stage
from mail_stage import MADRID

from bot.model.calendar import Hours
from bot.model.person import Organisation

FORM = {"ana": "Poner mi zona horaria", "tom": "Set my time zone"}
SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
both = pytest.mark.parametrize("key", ["ana", "tom"])
in_both = pytest.mark.parametrize("language", ["es", "en"])
pytestmark = pytest.mark.promise("R8", channels=("discord",), languages=("en", "es"))


@pytest.fixture
async def stage(book_url, tmp_path, clock, language) -> AsyncIterator[DiscordStage]:
    """A desk in Madrid, open from nine to six, with people in Mexico; it is Monday, ten o'clock."""
    hours = Hours(MADRID, dict.fromkeys(range(5), ((time(9), time(18)),)))
    mexico = Organisation("Mexico", domains=("mexico.example",), zone="America/Mexico_City")
    settings = {"hours": hours, "organisations": (mexico,), "language": language}
    async with set_discord_stage(book_url, tmp_path, clock, **settings) as scene:
        yield scene


def seconds(stage: DiscordStage, hour: int) -> int:
    """That hour of the day it is, in UTC."""
    today = stage.clock().astimezone(UTC).date()
    return int(datetime.combine(today, time(hour), UTC).timestamp())


@both
async def test_whoever_asks_reads_on_their_own_clock_until_when_somebody_is_there(stage, key):
    until = {"ana": "Atendemos hasta las", "tom": "The desk is open until"}
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    assert f"{until[key]} <t:{seconds(stage, 17)}:t>." in stage.read(post)


@both
async def test_whoever_waits_reads_on_their_own_clock_when_it_goes_on(stage, sara, key):
    goes_on = {"ana": "sigue con esto el", "tom": "goes on with this on"}
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    await stage.declared()
    await sara.uses_command("desk", {"words": "hold IT-1 16:00"}, channel=stage.agents)
    await stage.rests()
    held = f"<t:{seconds(stage, 15)}:F>"
    assert f"{goes_on[key]} {held}." in stage.read(post)
    assert f"is on hold until {held}." in sara.ephemerals[-1].words
    assert f"until {held}" in stage.card().words
    assert f"until {held}." in stage.below()[-1]


@pytest.mark.parametrize(
    ("key", "word", "place", "told"),
    [
        (
            "ana",
            "zona",
            "ciudad de méxico",
            "la hora de Ciudad de México (México): allí son las 03:",
        ),
        ("tom", "zone", "03:00", "the time in Mexico City (Mexico): it is 03:"),
    ],
)
async def test_whoever_lives_elsewhere_says_so_in_a_form(stage, key, word, place, told):
    person = stage.person(key)
    await stage.declared()
    await person.uses_command("desk", {"words": word}, channel=stage.help)
    assert FORM[key] in person.form.words
    await person.fills({person.form.labels[0]: place})
    await person.submits()
    await stage.rests()
    assert not person.errors
    assert told in person.ephemerals[-1].words


@both
async def test_with_their_first_report_they_are_asked_once_by_which_clock_they_live(stage, key):
    person = stage.person(key)
    first = await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    answer = stage.answers(first)[-1]
    assert FORM[key] in answer.words
    await person.presses(FORM[key], on=answer)
    await person.fills({person.form.labels[0]: "Lima"})
    await person.submits()
    await stage.rests(minutes=10)
    assert "Lima" in person.ephemerals[-1].words
    second = await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    assert FORM[key] not in stage.read(second)


@pytest.mark.parametrize(
    ("key", "command", "option", "lima", "mexico"),
    [
        ("ana", "ticket zona", "zona", "Lima (Perú) · 04:00", "Ciudad de México (México) · 03:00"),
        ("tom", "ticket zone", "zone", "Lima (Peru) · 04:00", "Mexico City (Mexico) · 03:00"),
    ],
)
async def test_clocks_are_offered_while_somebody_types(stage, key, command, option, lima, mexico):
    person = stage.person(key)
    await stage.declared()
    assert await person.completes(command, option, "lima") == [lima]
    assert mexico in await person.completes(command, option, "3:00")
    assert await person.completes(command, option, "nowhere") == []


@in_both
async def test_an_agents_own_hours_count_once_they_said_where_they_are(
    stage, person, agent, words, language
):
    zone, hold, rests = {
        "es": ("zona Nueva York", "pausar IT-1 16:00", "queda en pausa hasta el"),
        "en": ("zone New York", "hold IT-1 16:00", "is on hold until"),
    }[language]
    await person.says(words.report, channel=stage.help)
    await stage.rests()
    await stage.declared()
    await agent.uses_command("desk", {"words": zone}, channel=stage.agents)
    await agent.uses_command("desk", {"words": hold}, channel=stage.agents)
    await stage.rests()
    assert f"{rests} <t:{seconds(stage, 21)}:F>." in agent.ephemerals[-1].words


@in_both
async def test_nobody_is_fooled_by_a_moment_that_another_writes(stage, person, words):
    forged = "\ufdd0day1795766400\ufdd1\ufdd3\ufdd1now\ufdd2"
    said = f"{words.report} {forged} <t:1795766400:F>"
    post = await person.says(said, channel=stage.help)
    await stage.rests()
    assert words.we_have in stage.read(post)
    assert words.report in stage.card().words
    assert "<t:1795766400" not in stage.card().words
    assert "<t:1795766400" not in stage.read(post)
