"""What a lost connection means for the bot: resumed with what it missed, or a new session."""

import asyncio
import json
import zlib

import aiohttp
import discord
import pytest

from sandbox.discord.gateway import Close
from sandbox.discord.news import Intent

ALL = int(Intent.GUILDS | Intent.GUILD_MESSAGES | Intent.DIRECT_MESSAGES | Intent.MESSAGE_CONTENT)


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def socket(server, http):
    """Opens a bare socket; `query` is that of its address."""

    async def open_(query="?v=10&encoding=json"):
        return await http.ws_connect(server.gateway_url + query)

    return open_


@pytest.fixture
def identify(server):
    """Greets the gateway on a bare socket and returns READY's data."""

    async def said(wire, **more):
        assert (await wire.receive_json())["op"] == 10
        await wire.send_json({"op": 2, "d": {"token": server.token, "intents": ALL} | more})
        ready = await wire.receive_json()
        assert ready["t"] == "READY"
        return ready["d"]

    return said


async def closed_with(wire):
    while not wire.closed:
        await wire.receive()
    return wire.close_code


async def test_a_cut_connection_is_resumed_with_what_was_missed(
    server, client, somebody, posts, help_
):
    posts(somebody, "before", help_)
    await server.until(lambda: client.times("message") == 1)
    server.cut()
    posts(somebody, "meanwhile", help_)
    await server.until(lambda: client.times("message") == 2)
    await server.until(lambda: client.times("resumed"))
    posts(somebody, "after", help_)
    await server.until(lambda: client.times("message") == 3)
    said = [each.content for each in client.all_of("message")]
    assert said == ["before", "meanwhile", "after"]
    assert (client.times("ready"), len(server.gateway.sessions)) == (1, 1)


async def test_asked_to_reconnect_the_bot_resumes(server, client, somebody, posts, help_):
    server.reconnect()
    await server.until(lambda: client.times("resumed"))
    posts(somebody, "here?", help_)
    await server.until(lambda: client.times("message") == 1)


async def test_an_invalid_session_that_may_be_resumed_is(server, client):
    server.invalidate(resumable=True)
    await server.until(lambda: client.times("resumed"))
    assert client.times("connect") == 1


async def test_after_a_refused_resume_the_bot_identifies_anew_and_missed_things(
    server, client, somebody, posts, help_, monkeypatch
):
    real = asyncio.sleep  # discord.py waits five seconds before it identifies anew
    monkeypatch.setattr(asyncio, "sleep", lambda seconds, *more: real(min(seconds, 0.01), *more))
    monkeypatch.setattr(discord.client.ExponentialBackoff, "delay", lambda _: 0.0)
    server.refuse_resume()
    server.cut()
    posts(somebody, "lost", help_)
    await server.until(lambda: client.times("ready") == 2, within=10)
    await server.settled()
    assert client.times("message") == 0
    found = [each.content async for each in client.get_channel(help_.id).history()]
    assert found == ["lost"]


async def test_out_of_reach_and_back_again(server, client, somebody, posts, help_, monkeypatch):
    monkeypatch.setattr(discord.client.ExponentialBackoff, "delay", lambda _: 0.05)
    await server.go_down()
    posts(somebody, "while down", help_)
    await asyncio.sleep(0.1)
    await server.come_up()
    await server.until(lambda: client.times("message") == 1)
    assert client.latest("message").content == "while down"


async def test_a_revoked_token_closes_with_4004_and_is_refused(server, client, refused, connect):
    server.revoke()
    with pytest.raises(discord.ConnectionClosed) as end:
        await client.running
    assert end.value.code == Close.AUTHENTICATION_FAILED
    other = await connect(wait=False)
    with pytest.raises(discord.LoginFailure):
        await other.running
    server.restore()
    again = await connect()
    assert again.user.id == server.bot.id


@pytest.mark.parametrize(("code", "kept"), [(1000, 0), (1001, 0), (4000, 1)])
async def test_a_session_ends_with_a_proper_close_alone(server, socket, identify, code, kept):
    wire = await socket()
    await identify(wire)
    await wire.close(code=code)
    await server.until(lambda: not server.gateway.connections)
    assert len(server.gateway.sessions) == kept


async def test_the_greeting_says_when_to_beat_and_a_beat_is_acknowledged(server, socket):
    wire = await socket()
    hello = await wire.receive_json()
    assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
    await wire.send_json({"op": 1, "d": None})
    assert (await wire.receive_json())["op"] == 11


async def test_silence_ends_a_connection(server, socket):
    server.gateway.heartbeat = 0.02
    assert await closed_with(await socket()) == Close.TIMED_OUT


async def test_events_are_numbered_and_come_again_from_any_number(
    server, guild, help_, somebody, posts, socket, identify
):
    wire = await socket()
    ready = await identify(wire)
    assert ready["guilds"] == [{"id": str(guild.id), "unavailable": True}]
    assert ready["resume_gateway_url"] == server.gateway_url
    assert (await wire.receive_json())["t"] == "GUILD_CREATE"
    for words in ("one", "two"):
        posts(somebody, words, help_)
    heard = [await wire.receive_json() for _ in range(2)]
    assert [(each["s"], each["d"]["content"]) for each in heard] == [(3, "one"), (4, "two")]
    other = await socket()
    await other.receive_json()
    resume = {"token": server.token, "session_id": ready["session_id"], "seq": 3}
    await other.send_json({"op": 6, "d": resume})
    again = [await other.receive_json() for _ in range(2)]
    assert [(each["s"], each["t"]) for each in again] == [(4, "MESSAGE_CREATE"), (5, "RESUMED")]


@pytest.mark.parametrize("seq", [99, -1])
async def test_a_number_that_never_was_cannot_be_resumed_from(server, socket, identify, seq):
    ready = await identify(await socket())
    wire = await socket()
    await wire.receive_json()
    resume = {"token": server.token, "session_id": ready["session_id"], "seq": seq}
    await wire.send_json({"op": 6, "d": resume})
    if seq > 0:
        assert await closed_with(wire) == Close.INVALID_SEQUENCE
    else:
        assert await wire.receive_json() == {"op": 9, "d": False, "s": None, "t": None}


async def test_an_unknown_session_is_told_so_and_may_identify(server, socket, identify):
    wire = await socket()
    await wire.receive_json()
    resume = {"token": server.token, "session_id": "none", "seq": 1}
    await wire.send_json({"op": 6, "d": resume})
    assert (await wire.receive_json())["op"] == 9
    await wire.send_json({"op": 2, "d": {"token": server.token, "intents": ALL}})
    assert (await wire.receive_json())["t"] == "READY"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("no json", Close.DECODE_ERROR),
        ("[]", Close.DECODE_ERROR),
        ("x" * 5000, Close.DECODE_ERROR),
        ('{"op": 2, "d": 1}', Close.DECODE_ERROR),
        ('{"op": 99, "d": {}}', Close.UNKNOWN_OPCODE),
        ('{"op": 8, "d": {}}', Close.NOT_AUTHENTICATED),
        ('{"op": 3, "d": {}}', Close.NOT_AUTHENTICATED),
        ('{"op": 2, "d": {"token": "wrong", "intents": 1}}', Close.AUTHENTICATION_FAILED),
        ('{"op": 2, "d": {"token": "TOKEN"}}', Close.INVALID_INTENTS),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 134217728}}', Close.INVALID_INTENTS),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 1, "shard": [1, 1]}}', Close.INVALID_SHARD),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 256}}', Close.DISALLOWED_INTENTS),
    ],
)
async def test_what_does_not_fit_closes_with_its_code(server, socket, frame, code):
    wire = await socket()
    await wire.receive_json()
    await wire.send_str(frame.replace("TOKEN", server.token))
    assert await closed_with(wire) == code


async def test_to_identify_twice_closes(server, socket, identify):
    wire = await socket()
    await identify(wire)
    await wire.send_json({"op": 2, "d": {"token": server.token, "intents": ALL}})
    assert await closed_with(wire) == Close.ALREADY_AUTHENTICATED


async def test_another_version_is_refused(socket):
    assert await closed_with(await socket("?v=4&encoding=json")) == Close.INVALID_VERSION


async def test_too_many_frames_close(server, socket, identify):
    wire = await socket()
    await identify(wire)
    for _ in range(121):
        await wire.send_json({"op": 1, "d": None})
    assert await closed_with(wire) == Close.RATE_LIMITED


async def test_without_a_compression_it_knows_frames_are_plain(socket):
    wire = await socket("?v=10&encoding=json&compress=zstd-stream")
    assert (await wire.receive_json())["op"] == 10


async def test_frames_are_one_zlib_stream_when_asked_for(server, guild, socket):
    wire = await socket("?v=10&encoding=json&compress=zlib-stream")
    unzip = zlib.decompressobj()
    first = await wire.receive_bytes()
    assert first.endswith(b"\x00\x00\xff\xff")
    assert json.loads(unzip.decompress(first))["op"] == 10
    await wire.send_json({"op": 2, "d": {"token": server.token, "intents": ALL}})
    told = [json.loads(unzip.decompress(await wire.receive_bytes()))["t"] for _ in range(2)]
    assert told == ["READY", "GUILD_CREATE"]
