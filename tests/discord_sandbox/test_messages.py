"""Messages as discord.py posts, reads, edits and deletes them, and what is refused of them."""

import discord
import pytest

from sandbox.discord.message import Reference, Sort
from sandbox.discord.permission import Permission


@pytest.fixture
def channel(client, help_):
    """The channel as discord.py knows it."""
    return client.get_channel(help_.id)


async def test_a_message_is_posted_and_heard(server, client, channel, help_):
    sent = await channel.send("Your ticket is T-1")
    kept = help_.messages[sent.id]
    assert (kept.content, kept.author, sent.author.id) == (
        "Your ticket is T-1",
        server.bot,
        server.bot.id,
    )
    await server.until(lambda: client.times("message"))
    assert client.latest("message").id == sent.id


async def test_the_same_nonce_posts_once(server, channel, help_):
    first = await channel.send("Once", nonce="outbox-1")
    second = await channel.send("Once", nonce="outbox-1")
    third = await channel.send("Once", nonce="outbox-2")
    assert first.id == second.id != third.id
    assert len(help_.messages) == 2


async def test_what_was_deleted_is_not_posted_again_with_its_nonce(channel, help_, refused):
    sent = await channel.send("Once", nonce="outbox-1")
    await sent.delete()
    assert await refused(channel.send("Once", nonce="outbox-1")) == (404, 10008)
    assert help_.messages == {}


async def test_a_nonce_is_forgotten_after_some_minutes(server, rest, help_):
    body = {"content": "x", "nonce": "n", "enforce_nonce": True}
    _, first = await rest("POST", f"/channels/{help_.id}/messages", body)
    now = server.world.mint.now
    server.world.mint.now = lambda: now() + 600
    _, second = await rest("POST", f"/channels/{help_.id}/messages", body)
    assert (first["id"] != second["id"], second["nonce"]) == (True, "n")


async def test_without_being_enforced_a_nonce_is_only_told(rest, help_):
    for _ in range(2):
        await rest("POST", f"/channels/{help_.id}/messages", {"content": "x", "nonce": "n"})
    assert len(help_.messages) == 2


async def test_history_goes_each_way(channel, help_, somebody, posts):
    ids = [posts(somebody, str(number), help_).id for number in range(6)]

    async def read(**where):
        return [each.content async for each in channel.history(**where)]

    assert await read() == ["5", "4", "3", "2", "1", "0"]
    assert await read(limit=2) == ["5", "4"]
    assert await read(before=discord.Object(ids[2])) == ["1", "0"]
    assert await read(after=discord.Object(ids[2]), oldest_first=True) == ["3", "4", "5"]
    assert await read(after=discord.Object(ids[0]), limit=2) == ["1", "2"]
    assert await read(around=discord.Object(ids[3]), limit=3) == ["4", "3", "2"]


async def test_a_long_history_is_read_in_pages(server, channel, help_, somebody, posts):
    for number in range(230):
        posts(somebody, str(number), help_)
    found = [each.content async for each in channel.history(limit=None, oldest_first=True)]
    assert found == [str(number) for number in range(230)]
    pages = [each for each in server.calls if each.route == "GET /channels/{channel}/messages"]
    assert len(pages) == 3


async def test_an_answer_refers_to_its_message_and_mentions_its_author(
    channel, help_, somebody, posts
):
    asked = posts(somebody, "Why?", help_)
    found = await channel.fetch_message(asked.id)
    answer = await found.reply("Because")
    assert help_.messages[answer.id].draft.sort == Sort.REPLY
    assert answer.reference.resolved.content == "Why?"
    assert [each.id for each in answer.mentions] == [somebody.id]
    quiet = await found.reply("Because", mention_author=False)
    assert quiet.mentions == []


async def test_an_answer_to_what_is_gone_is_refused_unless_it_may(channel, refused):
    gone = discord.MessageReference(message_id=5, channel_id=channel.id)
    assert await refused(channel.send("x", reference=gone)) == (400, 50035)
    loose = discord.MessageReference(message_id=5, channel_id=channel.id, fail_if_not_exists=False)
    sent = await channel.send("x", reference=loose)
    assert sent.type is discord.MessageType.default


async def test_mentions_count_as_allowed(server, guild, channel, help_, somebody, account):
    bea = account("Bea")
    agents = guild.role("Agents", members=[bea])
    words = f"{somebody.mention} {bea.mention} {agents.mention} @everyone"
    guild.change_role(guild.everyone, guild.everyone.permissions & ~Permission.MENTION_EVERYONE)
    loud = await channel.send(words)
    assert {each.id for each in loud.mentions} == {somebody.id, bea.id}
    assert [each.id for each in loud.role_mentions] == [agents.id]
    assert not loud.mention_everyone
    none = await channel.send(words, allowed_mentions=discord.AllowedMentions.none())
    assert (none.mentions, none.role_mentions) == ([], [])
    some = await channel.send(words, allowed_mentions=discord.AllowedMentions(users=[somebody]))
    assert [each.id for each in some.mentions] == [somebody.id]


async def test_who_may_mention_everyone_does(server, guild, channel, help_):
    sent = await channel.send("@here")
    assert help_.messages[sent.id].mention_everyone


async def test_an_edit_changes_what_it_names(server, client, channel, help_):
    sent = await channel.send("one", embed=discord.Embed(title="T"))
    edited = await sent.edit(content="two")
    assert (edited.content, edited.embeds[0].title) == ("two", "T")
    assert edited.edited_at is not None
    await sent.edit(embed=None)
    assert help_.messages[sent.id].embeds == []


async def test_blanks_around_a_text_are_not_kept(channel):
    sent = await channel.send("\n one\n two \n")
    assert sent.content == "one\n two"
    assert (await sent.edit(content=" three ")).content == "three"


async def test_only_its_own_messages_are_edited(channel, help_, somebody, posts, refused):
    said = await channel.fetch_message(posts(somebody, "mine", help_).id)
    assert await refused(said.edit(content="yours")) == (403, 50005)


async def test_embeds_of_others_can_be_hidden(channel, help_, somebody, posts):
    said = posts(somebody, "mine", help_)
    await (await channel.fetch_message(said.id)).edit(suppress=True)
    assert said.flags == 4
    assert said.edited is None


async def test_messages_are_deleted(guild, server, channel, help_, somebody, posts, refused):
    own = await channel.send("x")
    await own.delete()
    assert help_.messages == {}
    assert await refused(channel.fetch_message(own.id)) == (404, 10008)
    other = await channel.fetch_message(posts(somebody, "theirs", help_).id)
    server.forbid(guild, Permission.MANAGE_MESSAGES)
    assert await refused(other.delete()) == (403, 50013)


async def test_many_messages_are_deleted_at_once(server, client, channel, help_, somebody, posts):
    said = [discord.Object(posts(somebody, str(number), help_).id) for number in range(3)]
    await channel.delete_messages(said[:2])
    assert list(help_.messages) == [said[2].id]
    await server.until(lambda: client.times("raw_bulk_message_delete"))
    assert client.latest("raw_bulk_message_delete").message_ids == {each.id for each in said[:2]}


async def test_pins(server, channel, help_):
    sent = await channel.send("Read this")
    await sent.pin()
    assert [each.id async for each in channel.pins()] == [sent.id]
    assert [each.draft.sort for each in help_] == [Sort.DEFAULT, Sort.PINNED]
    await sent.unpin()
    assert [each async for each in channel.pins()] == []


@pytest.mark.parametrize(
    ("gone", "how", "code"),
    [
        (Permission.VIEW_CHANNEL, "send", 50001),
        (Permission.SEND_MESSAGES, "send", 50013),
        (Permission.VIEW_CHANNEL, "read", 50001),
        (Permission.ATTACH_FILES, "file", 50013),
        (Permission.EMBED_LINKS, "embed", 50013),
    ],
)
async def test_what_the_bot_may_not_is_refused(
    server, guild, channel, help_, refused, gone, how, code
):
    guild.deny(help_, guild.everyone, gone)
    calls = {
        "send": lambda: channel.send("x"),
        "read": lambda: channel.fetch_message(1),
        "file": lambda: channel.send(file=discord.File(__file__)),
        "embed": lambda: channel.send(embed=discord.Embed(title="x")),
    }
    assert await refused(calls[how]()) == (403, code)
    assert help_.messages == {}


async def test_without_the_right_to_read_the_history_is_empty(
    guild, channel, help_, somebody, posts
):
    posts(somebody, "x", help_)
    guild.deny(help_, guild.everyone, Permission.READ_MESSAGE_HISTORY)
    assert [each async for each in channel.history()] == []


async def test_a_bot_without_the_content_grant_reads_only_what_concerns_it(
    server, rest, help_, somebody, posts
):
    server.without_content()
    posts(somebody, "secret", help_)
    said = posts(somebody, f"{server.bot.mention} hi", help_)
    posts(somebody, "about it", help_, reference=Reference(help_.id, said.id, help_.guild_id))
    _, found = await rest("GET", f"/channels/{help_.id}/messages")
    assert [each["content"] for each in found] == ["", f"{server.bot.mention} hi", ""]
    assert found[0]["referenced_message"]["content"] == f"{server.bot.mention} hi"


async def test_direct_messages_go_to_whom_takes_them(server, client, somebody, refused):
    user = await client.fetch_user(somebody.id)
    sent = await user.send("Hello")
    direct = server.world.direct(somebody)
    assert list(direct.messages) == [sent.id]
    server.close_direct(somebody)
    assert await refused(user.send("Hello?")) == (403, 50007)


async def test_who_shares_no_guild_gets_no_direct_message(server, client, refused):
    stranger = server.world.add_user("Stranger")
    user = await client.fetch_user(stranger.id)
    assert await refused(user.send("Hello")) == (403, 50007)
