"""Reactions as the bot adds, reads and removes them."""

import pytest

from sandbox.discord.permission import Permission


@pytest.fixture
async def message(client, help_, somebody, posts):
    """A message of somebody's as discord.py knows it."""
    return await client.get_channel(help_.id).fetch_message(posts(somebody, "x", help_).id)


async def test_a_reaction_comes_and_goes(server, client, help_, message):
    await message.add_reaction("✅")
    kept = help_.messages[message.id]
    assert kept.reactions == {"✅": [server.bot.id]}
    again = await message.fetch()
    assert [(str(each.emoji), each.count, each.me) for each in again.reactions] == [("✅", 1, True)]
    await message.remove_reaction("✅", client.user)
    assert kept.reactions == {}


async def test_who_reacted_is_read_and_cleared(server, help_, message, somebody):
    kept = help_.messages[message.id]
    server.posting.react(kept, somebody.id, "👀")
    await message.add_reaction("👀")
    found = (await message.fetch()).reactions[0]
    assert {each.id async for each in found.users()} == {somebody.id, server.bot.id}
    await message.remove_reaction("👀", somebody)
    assert kept.reactions == {"👀": [server.bot.id]}
    await message.clear_reaction("👀")
    await message.clear_reactions()
    assert kept.reactions == {}


async def test_what_is_no_emoji_is_unknown(message, refused):
    assert await refused(message.add_reaction("word")) == (404, 10014)


async def test_without_the_right_only_what_is_there_is_joined(
    server, guild, help_, message, somebody, refused
):
    server.forbid(guild, Permission.ADD_REACTIONS)
    assert await refused(message.add_reaction("✅")) == (403, 50013)
    server.posting.react(help_.messages[message.id], somebody.id, "✅")
    await message.add_reaction("✅")


async def test_a_message_takes_twenty_emoji(server, help_, message, somebody, refused):
    for number in range(20):
        server.posting.react(help_.messages[message.id], somebody.id, chr(0x1F600 + number))
    assert await refused(message.add_reaction("✅")) == (400, 30010)
