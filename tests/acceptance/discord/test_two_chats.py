"""One person in two chats: a code from the one, named in the other, and it is one ticket."""

from dataclasses import replace

import pytest
import slack_desk
from discord_desk import desk_of
from discord_office import open_office

from bot.model.settings import Team
from bot.model.ticket import Status

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
LINK = {"ana": "vincular", "tom": "link"}
LINKED = {"ana": "eres la misma persona", "tom": "you are the same person"}
MINE = {"ana": "casos", "tom": "mine"}


@pytest.fixture
async def stages(sqlite_url, tmp_path, clock):
    """One desk in Slack and on Discord, without mail: its agents work on Discord."""
    async with open_office(clock) as discord, slack_desk.open_office(clock) as slack:
        team = Team("support", "Support", {"discord": str(discord.agents.id)})
        config = discord.config(sqlite_url, tmp_path, discord.desk(teams=(team,)))
        slack_door = slack.config(sqlite_url, tmp_path).channels["slack"]
        config = replace(config, channels={**config.channels, "slack": slack_door})
        async with desk_of(discord, config, clock) as stage:
            await stage.declared()
            yield stage, slack_desk.SlackStage(stage.app, slack, clock)


@pytest.mark.promise("R7", channels=("discord", "slack"), languages=("en", "es"))
@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_a_code_from_slack_makes_them_known_on_discord(stages, key):
    discord, slack = stages
    writer, person = slack.person(key), discord.person(key)
    said = await writer.says(SAID[key], channel=slack.help)
    await slack.rests()
    assert "IT-1" in slack.read(said)
    await writer.uses_command("/desk", LINK[key], channel=slack.lounge)
    answer = await slack.told(writer)
    code = next(each for each in answer.replace(".", " ").split() if each.count("-") == 1)
    words = {"words": f"{LINK[key]} {code}"}
    await person.uses_command("desk", words, channel=discord.lounge)
    assert LINKED[key] in await discord.told(person)
    await person.uses_command("desk", {"words": MINE[key]}, channel=discord.lounge)
    assert "IT-1" in await discord.told(person)
    # What they say on Discord goes on there, with the ticket that began in Slack.
    await person.uses_command("ticket resolve", {"ticket": "IT-1"}, channel=discord.lounge)
    await discord.rests()
    assert (await discord.ticket()).status is Status.RESOLVED


@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_a_code_from_discord_makes_them_known_in_slack(stages, key):
    discord, slack = stages
    writer, person = slack.person(key), discord.person(key)
    await person.says(SAID[key])
    await discord.rests()
    await person.uses_command(f"ticket {LINK[key]}", channel=discord.lounge)
    answer = await discord.told(person)
    code = next(each for each in answer.replace(".", " ").split() if each.count("-") == 1)
    await writer.uses_command("/desk", f"{LINK[key]} {code}", channel=slack.lounge)
    assert LINKED[key] in await slack.told(writer)
    await writer.uses_command("/desk", MINE[key], channel=slack.lounge)
    assert "IT-1" in await slack.told(writer)


@pytest.mark.parametrize(
    ("key", "told"),
    [("ana", "Esto lo leen otros, y el código es solo para ti."), ("tom", "Others read this, and")],
)
async def test_a_code_is_for_its_owners_eyes_alone(stages, key, told):
    discord, _ = stages
    person = discord.person(key)
    await person.says(LINK[key], channel=discord.help)
    await discord.rests()
    assert told in discord.talk(person)[-1].words
    shown = discord.seen_by(discord.person("bob"))
    assert not [each for each in shown.split() if each.count("-") == 1 and len(each) == 9]
