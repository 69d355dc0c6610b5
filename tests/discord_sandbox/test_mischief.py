"""Trouble on demand: answers that are lost, calls that fail or wait, guilds that are left."""

import asyncio
import time

import aiohttp
import discord
import pytest

POST = "POST /channels/{channel}/messages"


@pytest.fixture
def channel(client, help_):
    """The channel as discord.py knows it."""
    return client.get_channel(help_.id)


async def test_a_lost_answer_leaves_the_message_and_the_same_nonce_finds_it(server, channel, help_):
    server.lose_answer(POST)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await channel.send("x", nonce="1")
    assert len(help_.messages) == 1
    again = await channel.send("x", nonce="1")
    assert list(help_.messages) == [again.id]


async def test_nonces_are_forgotten_as_told(server, channel, help_):
    await channel.send("x", nonce="1")
    server.forget_nonces()
    await channel.send("x", nonce="1")
    assert len(help_.messages) == 2


async def test_a_call_fails_as_told(server, channel, help_, refused):
    server.fail(POST, 403, 50013, times=2, message="Missing Permissions")
    assert await refused(channel.send("x")) == (403, 50013)
    server.fail("*", 503)
    assert await refused(channel.send("x")) == (403, 50013)
    with pytest.raises(discord.DiscordServerError):
        await channel.send("x")
    await channel.send("x")
    assert len(help_.messages) == 1


async def test_a_server_error_is_tried_again(server, channel, help_, monkeypatch):
    real = asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda seconds, *more: real(min(seconds, 0.01), *more))
    server.fail(POST, 502)
    await channel.send("x")
    assert [each.status for each in server.calls if each.route == POST] == [502, 200]


async def test_a_slow_route_waits(server, channel):
    server.slow(POST, 0.05)
    begun = time.monotonic()
    await channel.send("x")
    assert time.monotonic() - begun >= 0.05
    server.slow(POST, 0)


async def test_out_of_reach_nothing_connects(server, rest):
    await server.go_down()
    with pytest.raises(aiohttp.ClientError):
        await rest("GET", "/users/@me")
    await server.come_up()
    assert (await rest("GET", "/users/@me"))[0] == 200


async def test_put_out_of_a_guild_the_bot_sees_nothing_of_it(
    server, client, guild, help_, refused, somebody, posts
):
    channel = client.get_channel(help_.id)
    server.kick(guild)
    assert await refused(channel.send("x")) == (403, 50001)
    assert await refused(client.fetch_guild(guild.id)) == (404, 10004)
    posts(somebody, "x", help_)
    await server.settled()
    assert client.times("message") == 0


async def test_who_closed_their_direct_messages_may_open_them(server, client, ana, refused):
    user = await client.fetch_user(ana.id)
    server.close_direct(ana)
    assert await refused(user.send("x")) == (403, 50007)
    server.close_direct(ana, on=False)
    await user.send("x")


async def test_settled_waits_for_calls_under_way(server, client, channel, help_):
    server.slow(POST, 0.05)
    sending = asyncio.create_task(channel.send("x"))
    await asyncio.sleep(0.01)
    await server.settled()
    assert len(help_.messages) == 1
    await sending
