"""The gateway as published: hello, identify, ready, what is told, and by which intents."""

import asyncio

import discord
import pytest

from sandbox.discord.permission import Permission


async def test_a_client_gets_ready_and_knows_its_guild(
    server, guild, help_, ideas, somebody, connect
):
    thread = server.posting.threads.begin(help_, somebody, "Printer", private=False)
    client = await connect(intents=discord.Intents.default())
    assert client.user.id == server.bot.id
    assert client.application_id == server.application_id
    here = client.get_guild(guild.id)
    assert (here.name, here.member_count) == ("Example", 3)
    assert {each.name for each in here.channels} == {"help", "ideas"}
    assert [each.name for each in here.get_channel(ideas.id).available_tags] == [
        "vpn",
        "mail",
        "solved",
    ]
    assert [each.id for each in here.threads] == [thread.id]
    assert here.me.guild_permissions.manage_threads
    assert not here.me.guild_permissions.ban_members
    assert here.self_role.is_bot_managed()


async def test_with_the_members_intent_all_members_are_known(server, guild, account, client):
    account("Bea")
    await server.until(lambda: client.times("member_join"))
    assert {each.name for each in client.get_guild(guild.id).members} == {
        "exampleowner",
        "Deskmate",
        "bea",
    }


async def test_members_are_found_over_the_gateway_by_their_names(server, guild, account, client):
    account("Bea Gil")
    account("Berta Sanz")
    here = client.get_guild(guild.id)
    found = await here.query_members("be", limit=5)
    assert {each.display_name for each in found} == {"Bea Gil", "Berta Sanz"}
    one = await here.query_members(user_ids=[found[0].id], limit=5)
    assert [each.id for each in one] == [found[0].id]


async def test_a_message_is_heard(server, client, somebody, posts, help_):
    said = posts(somebody, "No me conecta la VPN", help_)
    await server.until(lambda: client.times("message"))
    heard = client.latest("message")
    assert (heard.id, heard.content) == (said.id, "No me conecta la VPN")
    assert (heard.author.display_name, heard.channel.name) == ("Ana Ruiz", "help")
    assert isinstance(heard.author, discord.Member)
    assert heard.created_at.timestamp() == pytest.approx(server.world.now, abs=2)


async def test_a_direct_message_is_heard_without_a_guild(server, client, somebody, posts):
    posts(somebody, "hola")
    await server.until(lambda: client.times("message"))
    heard = client.latest("message")
    assert isinstance(heard.channel, discord.DMChannel)
    assert (heard.guild, heard.author.name) == (None, "anaruiz")


async def test_edits_deletions_and_reactions_are_heard(server, client, somebody, posts, help_):
    said = posts(somebody, "one", help_)
    server.posting.change(said, content="two")
    server.posting.react(said, somebody.id, "🎫")
    server.posting.unreact(said, somebody.id, "🎫")
    server.posting.delete(said)
    await server.until(lambda: client.times("raw_message_delete"))
    assert client.latest("raw_message_edit").message.content == "two"
    added = client.latest("raw_reaction_add")
    assert (str(added.emoji), added.member.id, added.message_author_id) == (
        "🎫",
        somebody.id,
        somebody.id,
    )
    assert client.latest("raw_reaction_remove").user_id == somebody.id
    assert client.latest("raw_message_delete").message_id == said.id


async def test_what_no_intent_asked_for_is_not_told(server, guild, help_, somebody, posts, connect):
    client = await connect(intents=discord.Intents(guilds=True, dm_messages=True))
    posts(somebody, "in the channel", help_)
    posts(somebody, "direct")
    await server.until(lambda: client.times("message"))
    await server.settled()
    assert [each.content for each in client.all_of("message")] == ["direct"]


async def test_content_is_told_only_of_what_concerns_the_bot(
    server, guild, help_, somebody, posts, connect
):
    client = await connect(intents=discord.Intents.default())
    posts(somebody, "a secret", help_)
    posts(somebody, f"{server.bot.mention} please", help_)
    posts(somebody, "direct")
    await client.get_channel(help_.id).send("own")
    await server.until(lambda: client.times("message") == 4)
    said = [each.content for each in client.all_of("message")]
    assert said == ["", f"{server.bot.mention} please", "direct", "own"]


async def test_what_the_bot_does_not_see_is_not_told(server, guild, somebody, posts, client):
    hidden = guild.text("hidden", private=True, members=[somebody])
    shown = guild.text("desk", private=True, members=[somebody, server.bot])
    posts(somebody, "psst", hidden)
    posts(somebody, "hear", shown)
    await server.until(lambda: client.times("message"))
    await server.settled()
    assert [each.content for each in client.all_of("message")] == ["hear"]


async def test_a_guild_that_the_bot_comes_into_or_is_put_out_of(server, client, guild):
    server.guild("Second")
    await server.until(lambda: client.times("guild_join"))
    assert client.latest("guild_join").name == "Second"
    server.kick(guild)
    await server.until(lambda: client.times("guild_remove"))
    assert [each.name for each in client.guilds] == ["Second"]


async def test_changes_of_members_roles_and_channels_are_told(server, client, guild, somebody):
    agents = guild.role("Agents", members=[somebody])
    channel = guild.text("new")
    guild.deny(channel, guild.everyone, Permission.VIEW_CHANNEL)
    guild.close(channel)
    guild.rename(somebody, "Anita")
    guild.leave(somebody)
    await server.until(lambda: client.times("member_remove"))
    here = client.get_guild(guild.id)
    assert here.get_role(agents.id).name == "Agents"
    names = [name for name, _ in client.heard]
    assert names.index("guild_channel_create") < names.index("guild_channel_update")
    assert names.index("guild_channel_update") < names.index("guild_channel_delete")
    after = [args[1] for name, args in client.heard if name == "member_update"]
    assert [each.id for each in after[0].roles][1:] == [agents.id]
    assert after[-1].nick == "Anita"


@pytest.mark.parametrize("intent", ["message_content", "members", "presences"])
async def test_an_ungranted_intent_ends_the_connection(application, server, connect, intent):
    setattr(application, intent, False)
    client = await connect(intents=discord.Intents(guilds=True, **{intent: True}), wait=False)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await client.running
    assert not server.gateway.sessions


async def test_two_sessions_of_one_token_both_hear_everything(
    server, help_, somebody, posts, connect
):
    first, second = await connect(), await connect()
    posts(somebody, "x", help_)
    await server.until(lambda: first.times("message") and second.times("message"))
    assert len(server.gateway.sessions) == 2


async def test_a_sharded_client_connects_by_the_address_it_asks_for(
    server, guild, help_, monkeypatch
):
    nowhere = discord.gateway.yarl.URL("ws://127.0.0.1:9/")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", nowhere)
    client = discord.AutoShardedClient(intents=discord.Intents.default(), guild_ready_timeout=0.02)
    running = asyncio.create_task(client.start(server.token))
    await server.until(client.is_ready)
    assert client.get_guild(guild.id).shard_id == 0
    await client.close()
    await running
