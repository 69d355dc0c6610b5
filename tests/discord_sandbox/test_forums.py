"""Forums: posts with tags, opened by people and by the bot."""

import pytest

from sandbox.discord.permission import Permission


@pytest.fixture
def forum(client, ideas):
    """The forum as discord.py knows it."""
    return client.get_channel(ideas.id)


async def test_a_post_of_somebodys_is_heard_as_a_thread_and_its_message(server, client, ideas, ana):
    first = await ana.opens_post(ideas, "VPN from home", "It does not connect", tags=["vpn"])
    await server.until(lambda: client.times("message"))
    thread, heard = client.latest("thread_create"), client.latest("message")
    assert (thread.name, [each.name for each in thread.applied_tags]) == ("VPN from home", ["vpn"])
    assert (heard.id, heard.channel.id, heard.content) == (
        first.id,
        first.id,
        "It does not connect",
    )
    assert thread.starter_message.id == thread.id


async def test_the_bot_posts_with_tags(server, ideas, forum):
    tags = [each for each in forum.available_tags if each.name in ("mail", "solved")]
    thread, message = await forum.create_thread(
        name="Mail", content="Later today", applied_tags=tags
    )
    kept = server.world.channel(thread.id)
    assert kept.tags == [ideas.tag("mail").id, ideas.tag("solved").id]
    assert (message.id, kept.message_count, kept.in_forum) == (thread.id, 0, True)
    await thread.edit(applied_tags=tags[:1], pinned=True)
    assert (kept.tags, kept.pinned) == ([ideas.tag("mail").id], True)


async def test_nothing_is_posted_in_a_forum_itself(rest, ideas, refused, forum):
    status, body = await rest("POST", f"/channels/{ideas.id}/messages", {"content": "x"})
    assert (status, body["code"]) == (400, 40058)
    status, body = await rest("GET", f"/channels/{ideas.id}/messages")
    assert (status, body["code"]) == (400, 50024)


async def test_tags_are_checked(rest, ideas, guild, server):
    path = f"/channels/{ideas.id}/threads"
    post = {"name": "x", "message": {"content": "y"}}
    status, body = await rest("POST", path, post | {"applied_tags": ["5"]})
    assert (status, list(body["errors"]["applied_tags"])) == (400, ["0"])
    ideas.requires_tag = True
    status, body = await rest("POST", path, post)
    assert (status, body["code"]) == (400, 40067)
    server.forbid(guild, Permission.MANAGE_THREADS)
    guarded = {"applied_tags": [str(ideas.tag("solved").id)]}
    status, body = await rest("POST", path, post | guarded)
    assert (status, body["code"]) == (403, 50013)
    status, _ = await rest("POST", path, post | {"applied_tags": [str(ideas.tag("vpn").id)]})
    assert status == 201


async def test_a_post_needs_a_message_that_may_be_sent(server, rest, ideas):
    path = f"/channels/{ideas.id}/threads"
    status, body = await rest("POST", path, {"name": "x"})
    assert list(body["errors"]) == ["message"]
    status, body = await rest("POST", path, {"name": "x", "message": {"content": "y" * 2001}})
    error = body["errors"]["message"]["content"]["_errors"][0]
    assert (status, error["code"]) == (400, "BASE_TYPE_MAX_LENGTH")
    assert server.world.guild_of(ideas).threads == {}
