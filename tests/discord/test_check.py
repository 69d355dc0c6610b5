"""What `deskmate check` says of a bot, and the address at which one is invited."""

from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from adapters.discord.check import commands_line, look_over
from adapters.discord.rights import NEEDED, WISHED, invitation
from adapters.discord.room import Room
from adapters.discord.settings import DiscordSettings
from adapters.discord.web_api import WebApi
from bot.channel import WrongSettings
from sandbox.discord import Application, DiscordServer, Permission


async def looked(
    server: DiscordServer, *rooms: int, agents: tuple[int, ...] = (), threads="public", **differs
):
    settings = DiscordSettings(
        **{"token": server.token, "api_url": server.api_url} | differs,
        rooms=tuple(Room(channel=str(each), threads=threads) for each in rooms),
    )
    api = WebApi(settings)
    try:
        return await look_over(settings, api, [str(each) for each in agents])
    finally:
        await api.close()


async def test_a_bot_that_may_do_everything_is_told_so():
    async with await DiscordServer.start() as server:
        guild = server.guild("Example")
        room = guild.text("help")
        desk = guild.text("desk", private=True, members=[server.bot])
        found = await looked(server, room.id, agents=(desk.id,))
    assert not [each for each in found if isinstance(each, WrongSettings)]
    assert "the bot may do all it needs in the support room #help" in found
    assert "the bot may do all it needs in the agents' room #desk" in found


async def test_what_it_lacks_in_a_channel_is_named():
    async with await DiscordServer.start() as server:
        guild = server.guild("Example")
        room = guild.text("help")
        server.forbid(guild, Permission.CREATE_PUBLIC_THREADS, Permission.ATTACH_FILES)
        found = await looked(server, room.id)
    (wrong,) = [each for each in found if isinstance(each, WrongSettings)]
    assert "lacks: Create Public Threads, Attach Files" in wrong.problem


async def test_what_it_can_do_without_is_only_remarked():
    async with await DiscordServer.start() as server:
        guild = server.guild("Example")
        room = guild.text("help")
        server.forbid(guild, Permission.MANAGE_WEBHOOKS, Permission.CREATE_PRIVATE_THREADS)
        found = await looked(server, room.id)
    assert not [each for each in found if isinstance(each, WrongSettings)]
    assert (
        found[-1]
        == "agents' answers in #help come in the desk's name: the bot lacks Manage Webhooks"
    )


async def test_private_threads_need_their_right_and_a_text_channel():
    async with await DiscordServer.start() as server:
        guild = server.guild("Example")
        rooms = [guild.text("staff"), guild.forum("ideas")]
        server.forbid(guild, Permission.CREATE_PRIVATE_THREADS)
        found = await looked(server, *(each.id for each in rooms), threads="private")
    wrong = [each for each in found if isinstance(each, WrongSettings)]
    assert "#staff the bot lacks: Create Private Threads" in wrong[0].problem
    assert "#ideas is a forum" in wrong[1].problem
    assert 'threads = "private"' in wrong[1].mend


@pytest.mark.parametrize("name", ["desk", "help"])
def test_commands_that_discord_knows_otherwise_are_told(name):
    declared = [{"type": 1, "name": "desk", "description": "Say it"}]
    line = commands_line(declared, [{**declared[0], "name": name, "id": "7", "version": "8"}])
    assert ("other commands" in line) is (name != "desk")


async def test_a_room_that_it_does_not_see_is_told_with_the_way_in():
    async with await DiscordServer.start() as server:
        desk = server.guild("Example").text("desk", private=True)
        found = await looked(server, agents=(desk.id,))
    (wrong,) = [each for each in found if isinstance(each, WrongSettings)]
    assert f"doesn't see the agents' room {desk.id}" in wrong.problem
    assert "/oauth2/authorize?client_id=" in wrong.mend


@pytest.mark.parametrize("wanted", [True, False])
async def test_an_intent_that_is_not_granted_is_told_where_it_is_wanted(wanted):
    async with await DiscordServer.start(Application(message_content=False)) as server:
        found = await looked(server, message_content=wanted)
    wrong = [each for each in found if isinstance(each, WrongSettings)]
    assert bool(wrong) is wanted
    assert not wanted or "Message Content Intent" in wrong[0].mend


async def test_a_token_that_is_refused_is_told_first():
    async with await DiscordServer.start() as server:
        server.revoke()
        (wrong,) = await looked(server)
    assert isinstance(wrong, WrongSettings)
    assert "Reset Token" in wrong.mend


def test_an_invitation_asks_for_what_is_needed_and_no_more():
    parts = urlsplit(invitation("https://discord.com/api/v10", "123"))
    asked = {key: value[0] for key, value in parse_qs(parts.query).items()}
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://discord.com/oauth2/authorize"
    assert asked["client_id"] == "123"
    assert asked["scope"] == "bot applications.commands"
    wanted = discord.Permissions(**dict.fromkeys({**NEEDED, **WISHED}, True))
    assert int(asked["permissions"]) == wanted.value
