"""Threads as discord.py begins, joins, archives, lists and deletes them."""

import datetime as dt

import discord
import pytest

from sandbox.discord.message import Flag, Sort
from sandbox.discord.permission import Permission


@pytest.fixture
def channel(client, help_):
    """The channel as discord.py knows it."""
    return client.get_channel(help_.id)


@pytest.fixture
def begun(server, client, help_, somebody):
    """Begins a thread in somebody's name and returns it as discord.py knows it."""

    async def begin(name="Printer", *, private=False, **more):
        thread = server.posting.threads.begin(help_, somebody, name, private=private, **more)
        if private:
            server.posting.threads.let_in(thread, [server.bot.id])
        await server.until(lambda: client.get_channel(thread.id))
        return thread, client.get_channel(thread.id)

    return begin


async def test_a_thread_begins_at_a_message(server, client, channel, help_, somebody, posts):
    said = posts(somebody, "VPN?", help_)
    made = await (await channel.fetch_message(said.id)).create_thread(name="VPN")
    assert (made.id, made.name, made.owner_id) == (said.id, "VPN", server.bot.id)
    assert said.flags & Flag.HAS_THREAD
    await made.send("Looking")
    thread = server.world.channel(made.id)
    assert [each.draft.sort for each in thread] == [Sort.THREAD_STARTER, Sort.DEFAULT]
    assert (thread.message_count, thread.total_sent) == (1, 1)
    await server.until(lambda: client.times("message") == 3)
    heard = client.all_of("message")
    assert [each.channel.id for each in heard] == [help_.id, made.id, made.id]
    starter = await anext(made.history(oldest_first=True))
    assert starter.reference.resolved.content == "VPN?"
    again = await channel.fetch_message(said.id)
    assert again.thread.id == made.id


async def test_one_message_begins_one_thread(channel, refused):
    sent = await channel.send("x")
    await sent.create_thread(name="one")
    assert await refused(sent.create_thread(name="two")) == (400, 160004)


async def test_a_public_thread_leaves_a_line_in_its_channel(channel, help_):
    made = await channel.create_thread(name="Open", type=discord.ChannelType.public_thread)
    assert [(each.draft.sort, each.content) for each in help_] == [(Sort.THREAD_CREATED, "Open")]
    assert made.type is discord.ChannelType.public_thread


async def test_a_private_thread_of_its_own_is_heard_without_managing_threads(
    server, guild, client, channel
):
    server.forbid(guild, Permission.MANAGE_THREADS)
    made = await channel.create_thread(name="Case")
    await server.until(lambda: client.times("thread_create"))
    assert client.latest("thread_create").id == made.id


async def test_a_thread_is_archived_by_time_and_opens_with_a_message(
    server, client, begun, posts, somebody
):
    thread, _ = await begun()
    server.archive(thread)
    await server.until(lambda: client.get_channel(thread.id) is None)
    posts(somebody, "still here", thread)
    await server.until(lambda: client.times("message") == 2)
    assert client.latest("message").channel.id == thread.id
    assert isinstance(client.latest("message").channel, discord.Thread)


async def test_a_private_thread_is_for_its_members(server, client, channel, help_, account):
    bea = account("Bea")
    made = await channel.create_thread(name="Case", invitable=False)
    thread = server.world.channel(made.id)
    assert (made.is_private(), help_.messages, thread.invitable) == (True, {}, False)
    guild = server.world.guild_of(thread)
    assert not guild.sees(bea.id, thread)
    await made.add_user(discord.Object(bea.id))
    assert guild.sees(bea.id, thread)
    assert {each.id for each in await made.fetch_members()} == {server.bot.id, bea.id}
    await made.remove_user(discord.Object(bea.id))
    assert list(thread.members) == [server.bot.id]


async def test_who_writes_or_is_mentioned_comes_into_the_thread(
    server, client, begun, posts, account
):
    bea = account("Bea")
    thread, known = await begun()
    posts(bea, "me too", thread)
    carl = account("Carl")
    await known.send(f"{carl.mention} look")
    assert set(thread.members) >= {bea.id, carl.id, server.bot.id}


async def test_an_archived_thread_opens_when_somebody_writes(server, client, begun, posts, account):
    thread, known = await begun()
    await known.edit(archived=True)
    assert thread.archived
    posts(account("Bea"), "again", thread)
    assert not thread.archived
    await known.edit(archived=True)
    await known.send("from the bot")
    assert not thread.archived


async def test_an_archived_thread_is_left_as_it_is(begun, posts, somebody, refused):
    thread, known = await begun()
    own = await known.send("x")
    await known.edit(archived=True, locked=True)
    other = posts(somebody, "y", thread)
    await known.edit(archived=True)
    assert await refused(own.edit(content="z")) == (400, 50083)
    assert await refused(own.add_reaction("✅")) == (400, 50083)
    assert await refused(known.get_partial_message(other.id).delete()) == (400, 50083)
    assert await refused(known.edit(locked=False)) == (400, 50083)
    await known.edit(archived=False, locked=False)
    await own.edit(content="z")


async def test_a_locked_thread_is_closed_to_who_does_not_manage_it(server, guild, begun, refused):
    _, known = await begun()
    await known.edit(archived=True, locked=True)
    server.forbid(guild, Permission.MANAGE_THREADS)
    assert await refused(known.send("x")) == (400, 50083)
    assert await refused(known.edit(archived=False)) == (403, 50013)


async def test_what_its_owner_may_change_without_managing(server, guild, channel, begun, refused):
    server.forbid(guild, Permission.MANAGE_THREADS)
    own = await channel.create_thread(name="x", type=discord.ChannelType.public_thread)
    assert (await own.edit(name="y", auto_archive_duration=60)).name == "y"
    assert await refused(own.edit(locked=True)) == (403, 50013)
    _, other = await begun()
    assert await refused(other.edit(name="z")) == (403, 50013)


async def test_a_new_name_is_told_in_the_thread(server, client, begun):
    thread, known = await begun()
    await known.edit(name="Scanner")
    assert [(each.draft.sort, each.content) for each in thread][-1] == (
        Sort.CHANNEL_NAME_CHANGE,
        "Scanner",
    )
    await server.until(lambda: client.times("thread_update"))
    assert client.get_channel(thread.id).name == "Scanner"


async def test_active_threads_are_those_that_are_seen_and_open(
    server, guild, client, begun, channel, help_, somebody
):
    open_, _ = await begun("open")
    _, done = await begun("done")
    await done.edit(archived=True)
    hidden = guild.text("hidden", private=True, members=[somebody])
    server.posting.threads.begin(hidden, somebody, "unseen", private=False)
    found = await client.get_guild(guild.id).active_threads()
    assert [each.id for each in found] == [open_.id]


async def test_threads_of_a_channel_that_opens_to_the_bot_are_told(
    server, guild, client, somebody, posts
):
    hidden = guild.text("hidden", private=True, members=[somebody])
    thread = server.posting.threads.begin(hidden, somebody, "within", private=False)
    await server.settled()
    assert client.get_channel(thread.id) is None
    guild.allow(hidden, server.bot, Permission.VIEW_CHANNEL)
    await server.until(lambda: client.get_channel(thread.id))
    posts(somebody, "hello", thread)
    await server.until(lambda: client.times("message"))
    assert client.latest("message").channel.name == "within"


async def test_archived_threads_are_listed_by_kind(server, begun, channel, help_, somebody):
    for name, private in (("a", False), ("b", True), ("c", False)):
        _, known = await begun(name, private=private)
        await known.edit(archived=True)
    apart = server.posting.threads.begin(help_, somebody, "d", private=True, archived=True)
    names = [each.name async for each in channel.archived_threads()]
    assert names == ["c", "a"]
    private = [each.name async for each in channel.archived_threads(private=True)]
    assert set(private) == {"b", apart.name}
    joined = [each.name async for each in channel.archived_threads(private=True, joined=True)]
    assert joined == ["b"]


async def test_archived_threads_come_in_pages_by_when_they_were(
    server, rest, help_, somebody, client
):
    threads = [
        server.posting.threads.begin(help_, somebody, str(number), private=False)
        for number in range(3)
    ]
    for number, each in enumerate(threads):
        each.archived, each.changed = True, 1_800_000_000.0 + number
    path = f"/channels/{help_.id}/threads/archived/public"
    _, first = await rest("GET", f"{path}?limit=2")
    assert ([each["name"] for each in first["threads"]], first["has_more"]) == (["2", "1"], True)
    before = dt.datetime.fromtimestamp(threads[1].changed, dt.UTC).isoformat()
    _, rest_ = await rest("GET", path, params={"before": before})
    assert ([each["name"] for each in rest_["threads"]], rest_["has_more"]) == (["0"], False)
    status, body = await rest("GET", path, params={"before": "yesterday"})
    assert (status, body["code"]) == (400, 50035)


async def test_a_thread_is_deleted(server, client, begun):
    thread, known = await begun()
    await known.delete()
    await server.until(lambda: client.times("thread_delete"))
    assert thread.id not in server.world.guild_of(thread.parent).threads


async def test_the_bot_joins_and_leaves(server, client, begun):
    thread, known = await begun()
    await known.join()
    assert server.bot.id in thread.members
    assert (await known.fetch_member(client.user.id)).id == client.user.id
    await known.leave()
    assert server.bot.id not in thread.members


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"type": 11}, "name"),
        ({"name": "", "type": 11}, "name"),
        ({"name": "x" * 101, "type": 11}, "name"),
        ({"name": "x", "type": 11, "auto_archive_duration": 5}, "auto_archive_duration"),
        ({"name": "x", "type": 11, "rate_limit_per_user": 99999}, "rate_limit_per_user"),
        ({"name": "x", "type": 3}, "type"),
    ],
)
async def test_what_is_no_thread_is_refused(rest, help_, body, path):
    status, answer = await rest("POST", f"/channels/{help_.id}/threads", body)
    assert (status, answer["code"], list(answer["errors"])) == (400, 50035, [path])


@pytest.mark.parametrize(
    ("gone", "private"),
    [(Permission.CREATE_PUBLIC_THREADS, False), (Permission.CREATE_PRIVATE_THREADS, True)],
)
async def test_to_begin_a_thread_needs_its_right(server, guild, channel, refused, gone, private):
    server.forbid(guild, gone)
    kind = discord.ChannelType.private_thread if private else discord.ChannelType.public_thread
    assert await refused(channel.create_thread(name="x", type=kind)) == (403, 50013)
