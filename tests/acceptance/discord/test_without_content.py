"""A bot that isn't let read what people write still hears who speaks to it."""

from collections.abc import AsyncIterator

import pytest
from discord_desk import DiscordStage, desk_of
from discord_office import MENU, open_office

from bot.app import open_app
from bot.channel import WrongSettings

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
TAKEN = {"ana": "Tenemos tu mensaje", "tom": "We have your message"}
MENUS = {
    "ana": ("hugo", "Abrir un caso con esto", "Registrado como IT-2 para Bob Hill"),
    "tom": ("sara", MENU, "Logged as IT-2 for Bob Hill"),
}
"""Who makes a ticket of what somebody said, by which menu, and what they are told."""
BOTH = pytest.mark.parametrize("key", ["ana", "tom"])


@pytest.fixture
async def stage(book_url, tmp_path, clock) -> AsyncIterator[DiscordStage]:
    async with open_office(clock) as office:
        office.discord.without_content()
        config = office.config(book_url, tmp_path, message_content=False)
        async with desk_of(office, config, clock) as scene:
            yield scene


@BOTH
async def test_direct_messages_and_mentions_open_tickets(stage, key):
    person = stage.person(key)
    await person.says(SAID[key])
    await stage.rests(minutes=5)
    assert TAKEN[key] in stage.talk(person)[-1].words
    post = await person.says(f"@Deskmate {SAID[key]}", channel=stage.lounge)
    await stage.rests()
    assert TAKEN[key] in stage.read(post)
    assert [each.summary for each in await stage.tickets()] == [SAID[key]] * 2


@BOTH
async def test_commands_forms_and_menus_open_tickets(stage, bob, key):
    person = stage.person(key)
    agent, menu, logged = MENUS[key]
    await stage.declared()
    await person.uses_command("ticket new", channel=stage.lounge)
    await person.fills({person.form.labels[0]: SAID[key]})
    await person.submits()
    assert "IT-1" in await stage.told(person)
    post = await bob.says("My screen flickers", channel=stage.lounge)
    await stage.person(agent).uses_menu(menu, on=post)
    assert logged in await stage.told(stage.person(agent))
    await stage.rests()
    assert [each.summary for each in await stage.tickets()] == [SAID[key], "My screen flickers"]


@pytest.mark.parametrize(
    ("key", "agent", "answer", "ended"),
    [
        ("ana", "hugo", "Reiníciala", "Hugo Sanz lo ha dado por resuelto"),
        ("tom", "sara", "Restart it", "Sara Stone marked this as solved"),
    ],
)
async def test_agents_work_by_buttons_forms_and_signs(stage, key, agent, answer, ended):
    person, writer = stage.person(key), stage.person(agent)
    await person.says(SAID[key])
    await stage.rests()
    await writer.presses("Take it", on=stage.card())
    await stage.rests()
    await writer.presses("Reply", on=stage.card())
    await writer.fills({writer.form.labels[0]: answer})
    await writer.submits()
    await stage.rests()
    assert answer in stage.talk(person)[-1].words
    await writer.reacts("✅", on=stage.card())
    await stage.rests()
    assert ended in stage.talk(person)[-1].words
    assert (await stage.ticket()).status == "resolved"


@BOTH
async def test_what_cannot_be_read_opens_nothing(stage, key):
    await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    assert not await stage.tickets()
    assert not list(stage.agents)


async def test_check_says_what_is_heard_and_what_is_missing(stage, tmp_path):
    lines = await stage.app.channels["discord"].check()
    assert any("heard are direct messages, mentions" in str(line) for line in lines)
    config = stage.office.config(f"sqlite:///{tmp_path / 'other.db'}", tmp_path)
    async with open_app(config, stage.clock) as app:
        found = await app.channels["discord"].check()
    (wrong,) = [each for each in found if isinstance(each, WrongSettings)]
    assert wrong.problem == "the bot isn't let read what people write"
    assert "Message Content Intent" in wrong.mend
