"""The connection tells what it hears, holds through trouble, and ends where it can't help."""

import asyncio
import gc
import logging

import discord
import pytest

from adapters.discord import client as module
from adapters.discord.client import Client
from bot.channel import WrongSettings


class Heard(list):
    """What was heard, by name."""

    def of(self, *names):
        return {name: self._heard(name) for name in names}

    def _heard(self, name):
        async def hear(*args):
            self.append((name, *args))

        return hear

    def times(self, name):
        return sum(each[0] == name for each in self)


@pytest.fixture
def heard():
    return Heard()


async def test_what_is_said_is_heard(office, heard):
    async with office.connected(heard.of("ready", "message")):
        await office.ana.says("My VPN is down", channel=office.help)
        await office.ana.says("Hello")
        await office.discord.until(lambda: heard.times("message") == 2)
    assert heard.times("ready") == 1
    assert [each[1].content for each in heard[1:]] == ["My VPN is down", "Hello"]


async def test_a_short_cut_is_resumed_and_brings_what_was_said_meanwhile(office, heard):
    async with office.connected(heard.of("ready", "resumed", "disconnect", "message")):
        office.discord.cut()
        await office.ana.says("Into the gap", channel=office.help)
        await office.discord.until(lambda: heard.times("resumed"))
        await office.discord.until(lambda: heard.times("message"))
    assert heard.times("ready") == 1
    assert heard.times("disconnect") >= 1


async def test_a_new_session_is_told(office, heard, monkeypatch):
    async def at_once(self, shard, *, initial=False):
        pass

    monkeypatch.setattr(discord.Client, "before_identify_hook", at_once)
    async with office.connected(heard.of("ready")):
        office.discord.invalidate()
        await office.discord.until(lambda: heard.times("ready") == 2)


async def test_other_clients_of_the_program_are_left_alone(office):
    before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    async with office.connected() as client:
        assert client.get_channel(office.help.id).name == "help"
        after = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    assert before == after


async def test_no_people_and_no_messages_are_kept(office):
    async with office.connected() as client:
        await office.ana.says("My VPN is down", channel=office.help)
        await office.discord.settled()
        assert list(client.cached_messages) == []
        assert [each.id for each in client.get_guild(office.guild.id).members] == [client.user.id]


async def test_a_token_that_discord_does_not_know_is_told_with_its_mend(office):
    office.discord.revoke()
    with pytest.raises(WrongSettings, match="Reset Token"):
        await Client(office.settings(), {}).hold()


async def test_a_token_that_is_taken_back_later_ends_it(office):
    ended = None
    async with office.connected() as client:
        ended = next(each for each in asyncio.all_tasks() if _holds(each, client))
        office.discord.revoke()
        async with asyncio.timeout(5):
            await asyncio.wait([ended])
    with pytest.raises(WrongSettings, match="Reset Token"):
        ended.result()


async def test_without_the_grant_to_read_it_says_where_to_switch_it_on(office):
    office.discord.without_content()
    with pytest.raises(WrongSettings, match="Message Content Intent"):
        await Client(office.settings(), {}).hold()


async def test_it_goes_without_that_grant_where_none_is_asked_for(office, heard):
    office.discord.without_content()
    client = Client(office.settings(message_content=False), heard.of("ready"), wait=0.02)
    holding = asyncio.create_task(client.hold())
    await office.discord.until(lambda: heard.times("ready"))
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await holding


async def test_it_waits_for_a_discord_that_is_down(office, heard, monkeypatch, caplog):
    monkeypatch.setattr(module, "_FIRST_PAUSE", 0.01)
    await office.discord.go_down()
    client = Client(office.settings(), heard.of("ready"), wait=0.02)
    holding = asyncio.create_task(client.hold())
    await office.discord.until(lambda: "no connection" in caplog.text)
    await office.discord.come_up()
    await office.discord.until(lambda: heard.times("ready"))
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await holding


async def test_an_event_that_fails_is_told_and_keeps_nothing_else_out(office, heard, caplog):
    async def failing(_):
        raise OSError("the disk is full")

    caplog.set_level(logging.WARNING)
    hears = heard.of("typing") | {"message": failing}
    async with office.connected(hears):
        await office.ana.says("One", channel=office.help)
        await office.discord.until(lambda: "isn't taken in: message: OSError" in caplog.text)
    assert "Traceback" not in caplog.text


def _holds(task, client):
    frame = task.get_coro().cr_frame
    return frame is not None and frame.f_locals.get("self") is client


async def test_what_the_library_finds_out_after_the_end_is_told_to_nobody(office, heard, caplog):
    client = Client(office.settings(), heard.of("ready"), wait=0.1)
    holding = asyncio.create_task(client.hold())
    await office.discord.connected()
    await office.discord.settled()
    holding.cancel()
    await asyncio.gather(holding, return_exceptions=True)
    await asyncio.sleep(0.2)
    gc.collect()
    assert not heard
    assert "Traceback" not in caplog.text
