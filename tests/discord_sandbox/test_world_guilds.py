"""Guilds as discord.py fetches them: members, roles, channels, and what is found by a name."""

import discord
import pytest

from sandbox.discord.permission import Permission


@pytest.fixture
async def here(client, guild):
    """The guild as discord.py fetches it."""
    return await client.fetch_guild(guild.id)


async def test_a_guild_is_fetched(guild, here, account):
    account("Bea")
    assert (here.id, here.name, here.owner_id) == (guild.id, "Example", guild.owner_id)
    assert here.approximate_member_count == 2
    assert [each.name for each in here.roles] == ["@everyone", "Deskmate"]


async def test_a_member_is_fetched_or_unknown(server, guild, here, account, refused):
    bea = account("Bea Gil")
    guild.rename(bea, "Bea of IT")
    member = await here.fetch_member(bea.id)
    assert (member.nick, member.global_name, member.name) == ("Bea of IT", "Bea Gil", "beagil")
    stranger = server.world.add_user("Stranger")
    assert await refused(here.fetch_member(stranger.id)) == (404, 10007)
    assert await refused(here.fetch_member(5)) == (404, 10013)


async def test_members_are_found_by_the_beginning_of_a_name(rest, guild, account):
    bea = account("Bea Gil")
    path = f"/guilds/{guild.id}/members/search"
    _, found = await rest("GET", path, params={"query": "bEA", "limit": "10"})
    assert [each["user"]["id"] for each in found] == [str(bea.id)]
    assert (await rest("GET", path))[0] == 400


async def test_all_members_are_listed_with_the_grant_alone(server, here, account, rest, guild):
    bea = account("Bea")
    names = {each.id async for each in here.fetch_members()}
    assert names == {guild.owner_id, server.bot.id, bea.id}
    server.world.application.members = False
    status, body = await rest("GET", f"/guilds/{guild.id}/members")
    assert (status, body["code"]) == (403, 50001)


async def test_roles_and_channels_are_listed(guild, here, help_, ideas):
    agents = guild.role("Agents")
    assert agents.id in {each.id for each in await here.fetch_roles()}
    assert (await here.fetch_role(agents.id)).mentionable
    assert {each.name for each in await here.fetch_channels()} == {"help", "ideas"}


async def test_a_channel_is_fetched_with_its_overwrites(client, guild, somebody, server):
    agents = guild.role("Agents")
    desk = guild.text("desk", private=True, members=[agents, server.bot], topic="Tickets")
    found = await client.fetch_channel(desk.id)
    assert (found.topic, found.overwrites_for(found.guild.default_role).view_channel) == (
        "Tickets",
        False,
    )
    assert found.overwrites_for(discord.Object(agents.id)).view_channel in (True, None)
    assert len(found.overwrites) == 3


async def test_a_channel_may_stand_in_a_category(server, guild, client):
    inside = guild.text("inside", parent=guild.category("Support"))
    await server.until(lambda: client.get_channel(inside.id))
    assert client.get_channel(inside.id).category.name == "Support"
    assert (await client.fetch_channel(inside.id)).category.name == "Support"


async def test_a_hidden_channel_is_listed_and_not_fetched(guild, here, client, refused, somebody):
    hidden = guild.text("hidden", private=True, members=[somebody])
    assert "hidden" in {each.name for each in await here.fetch_channels()}
    assert await refused(client.fetch_channel(hidden.id)) == (403, 50001)


async def test_a_channel_is_changed_and_deleted_with_the_right_alone(
    server, guild, client, help_, refused
):
    channel = client.get_channel(help_.id)
    assert await refused(channel.edit(name="x")) == (403, 50013)
    role = next(each for each in guild.roles.values() if each.bot_id)
    guild.change_role(role, role.permissions | Permission.MANAGE_CHANNELS)
    await channel.edit(name="Help Desk", topic="Ask")
    assert (help_.name, help_.topic) == ("help-desk", "Ask")
    await channel.delete()
    await server.until(lambda: client.times("guild_channel_delete"))
    assert help_.id not in guild.channels


async def test_guilds_are_listed_and_left(server, client, guild):
    server.guild("Second")
    names = [each.name async for each in client.fetch_guilds()]
    assert names == ["Example", "Second"]
    await client.get_guild(guild.id).leave()
    await server.until(lambda: client.times("guild_remove"))
    assert [each.name async for each in client.fetch_guilds()] == ["Second"]


async def test_typing_is_shown_and_heard(server, client, help_, somebody):
    await client.get_channel(help_.id).typing()
    server.posting.typing(help_, somebody)
    await server.until(lambda: client.times("typing") == 2)
    assert client.all_of("typing")[0].id == help_.id


async def test_a_user_is_fetched(client, somebody):
    found = await client.fetch_user(somebody.id)
    assert (found.name, found.global_name, found.bot) == ("anaruiz", "Ana Ruiz", False)


async def test_direct_messages_are_opened_once(server, rest, somebody):
    body = {"recipient_id": str(somebody.id)}
    _, first = await rest("POST", "/users/@me/channels", body)
    _, second = await rest("POST", "/users/@me/channels", body)
    assert (first["id"], first["type"]) == (second["id"], 1)
    assert first["recipients"][0]["id"] == str(somebody.id)
    for wrong, code in (({"recipient_id": "5"}, 50033), ({}, 50035)):
        status, answer = await rest("POST", "/users/@me/channels", wrong)
        assert (status, answer["code"]) == (400, code)
    status, answer = await rest("POST", "/users/@me/channels", {"recipient_id": str(server.bot.id)})
    assert (status, answer["code"]) == (400, 50033)
