"""Rate limits as published: headers, the 429, and how discord.py waits them out."""

import discord
import pytest

from sandbox.discord.limits import Limits

POST = "POST /channels/{channel}/messages"


@pytest.fixture
def channel(client, help_):
    """The channel as discord.py knows it."""
    return client.get_channel(help_.id)


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_a_channel_takes_five_messages_in_five_seconds():
    clock = Clock()
    limits = Limits(clock)
    limits.paced = True
    for left in (4, 3, 2, 1, 0):
        limited, headers = limits.take(POST, {"channel": "1"})
        assert (limited, headers["X-RateLimit-Remaining"]) == (None, str(left))
    clock.now += 2
    limited, headers = limits.take(POST, {"channel": "1"})
    assert (limited.seconds, limited.scope) == (3.0, "user")
    assert (headers["X-RateLimit-Limit"], headers["X-RateLimit-Reset-After"]) == ("5", "3.000")
    assert limits.take(POST, {"channel": "2"})[0] is None
    clock.now += 3
    assert limits.take(POST, {"channel": "1"})[0] is None


def test_fifty_calls_a_second_are_taken_in_all():
    limits = Limits(Clock())
    limits.paced = True
    taken = [limits.take("GET /x", {})[0] for _ in range(51)]
    assert taken[:50] == [None] * 50
    assert taken[50].body["global"] is True
    assert taken[50].headers["X-RateLimit-Global"] == "true"


def test_unpaced_there_is_plenty():
    limits = Limits(Clock())
    assert all(limits.take(POST, {"channel": "1"})[0] is None for _ in range(200))


async def test_a_limit_is_told_as_published(server, rest, help_):
    server.rate_limit(POST, 1.5)
    status, body = await rest("POST", f"/channels/{help_.id}/messages", {"content": "x"})
    assert (status, body) == (
        429,
        {"message": "You are being rate limited.", "retry_after": 1.5, "global": False},
    )
    assert (rest.headers["Retry-After"], rest.headers["X-RateLimit-Scope"]) == ("2", "user")
    assert "Via" in rest.headers
    assert help_.messages == {}


async def test_discord_py_waits_and_posts_once(server, channel, help_):
    server.rate_limit(POST, 0.02, times=2)
    await channel.send("x")
    assert [each.status for each in server.calls if each.route == POST] == [429, 429, 200]
    assert len(help_.messages) == 1


async def test_a_limit_may_be_of_one_channel(server, guild, rest, help_):
    other = guild.text("other")
    server.rate_limit(POST, 1, channel=other)
    assert (await rest("POST", f"/channels/{help_.id}/messages", {"content": "x"}))[0] == 200
    assert (await rest("POST", f"/channels/{other.id}/messages", {"content": "x"}))[0] == 429


async def test_a_global_limit_holds_everything(server, rest):
    server.rate_limit("*", 0.5, is_global=True)
    status, body = await rest("GET", "/users/@me")
    assert (status, body["global"], rest.headers["X-RateLimit-Scope"]) == (429, True, "global")


async def test_a_long_limit_comes_back_to_who_will_not_wait(server, connect, help_):
    client = await connect(max_ratelimit_timeout=30.0)
    server.rate_limit(POST, 60)
    with pytest.raises(discord.RateLimited) as limited:
        await client.get_channel(help_.id).send("x")
    assert limited.value.retry_after == 60


async def test_paced_the_sixth_message_waits(server, rest, help_):
    server.pace()
    path = f"/channels/{help_.id}/messages"
    statuses = [(await rest("POST", path, {"content": "x"}))[0] for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    server.pace(on=False)
    assert (await rest("POST", path, {"content": "x"}))[0] == 200
