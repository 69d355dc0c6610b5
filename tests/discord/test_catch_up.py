"""What was said while nobody listened is taken in afterwards, once, and nothing older."""

import asyncio
from contextlib import asynccontextmanager

import discord
import pytest

from adapters.discord import catch_up
from adapters.discord.bookmarks import Bookmarks
from adapters.discord.catch_up import CatchUp
from adapters.discord.client import Client
from adapters.discord.known_talks import KnownTalks
from bot.model.message import Address


class Counted(CatchUp):
    """Counts the rounds that came to their end."""

    rounds = 0

    async def round(self):
        whole = await super().round()
        self.rounds += 1
        return whole


class Desk:
    """Takes in what comes live or is read afterwards, and says where tickets are spoken of."""

    def __init__(self, office):
        self.office = office
        self.open = ()
        self.taken = []
        self.before = None

    async def look(self, post): ...

    @property
    def words(self):
        return [each.content for each in self.taken]

    async def threads(self):
        return self.open

    @asynccontextmanager
    async def listening(self):
        office = self.office
        bookmarks = Bookmarks(office.notes, "discord")
        talks = KnownTalks(office.notes, "discord")

        async def take(message):
            if isinstance(message.channel, discord.DMChannel):
                await talks.heard(str(message.channel.id))
            own = message.author.id == office.discord.bot.id
            if own or message.type not in (discord.MessageType.default, discord.MessageType.reply):
                return
            parent = getattr(message.channel, "parent_id", None) or message.channel.id
            with bookmarks.taking(str(parent), str(message.id)):
                if self.before:
                    await self.before(message)
                if message.id not in {each.id for each in self.taken}:
                    self.taken.append(message)

        hears = {"message": take}
        async with office.connected(hears) as client:
            rooms = [str(each.id) for each in (office.help, office.ideas, office.agents)]
            catching = Counted(client, self, take, bookmarks, talks, look=self.look, rooms=rooms)
            hears |= catching.hears()
            keeping = asyncio.create_task(catching.keep())
            catching.want()
            await office.discord.until(lambda: catching.rounds or keeping.done())
            try:
                yield catching
                await office.discord.settled()
                await bookmarks.save()
            finally:
                keeping.cancel()
                await asyncio.gather(keeping, return_exceptions=True)


@pytest.fixture
def desk(office, monkeypatch):
    monkeypatch.setattr(catch_up, "_AGAIN", 0.05)
    return Desk(office)


async def test_the_first_start_takes_in_nothing_older(office, desk):
    await office.ana.says("An old story", channel=office.help)
    await office.ana.says("Another")
    async with desk.listening():
        await office.ana.says("Now", channel=office.help)
    assert desk.words == ["Now"]


async def test_what_was_said_meanwhile_comes_in_order_and_once(office, desk):
    async with desk.listening():
        await office.ana.says("first", channel=office.help)
    post = await office.ana.says("One", channel=office.help)
    await office.leo.opens_thread("VPN", post)
    await office.leo.says("Two", thread=post)
    await office.ana.says("Three", channel=office.help)
    await office.leo.says("Four", thread=post)
    async with desk.listening():
        pass
    async with desk.listening():
        pass
    assert desk.words == ["first", "One", "Two", "Three", "Four"]


async def test_posts_in_a_forum_come_whole(office, desk):
    async with desk.listening():
        pass
    post = await office.ana.opens_post(office.ideas, "VPN", "It should be faster")
    await office.leo.says("Indeed", thread=office.guild.threads[post.id])
    async with desk.listening():
        pass
    assert desk.words == ["It should be faster", "Indeed"]


async def test_what_was_said_in_a_thread_that_was_closed_meanwhile_is_found(office, desk):
    async with desk.listening():
        post = await office.ana.says("My VPN is down", channel=office.help)
        thread = await office.ana.opens_thread("VPN", post)
    await office.ana.says("still", thread=thread)
    office.discord.archive(thread)
    async with desk.listening():
        pass
    assert desk.words == ["My VPN is down", "still"]


async def test_direct_talks_that_were_begun_before_are_read(office, desk):
    async with desk.listening():
        await office.ana.says("And my mail")
    await office.ana.says("that as well")
    async with desk.listening():
        pass
    assert desk.words == ["And my mail", "that as well"]


async def test_a_direct_talk_in_which_a_ticket_is_spoken_of_is_read(office, desk):
    async with desk.listening():
        pass
    desk.open = (
        Address("discord", str(office.ana.direct.id)),
        Address("discord", str(office.agents.id)),
        Address("discord", "home"),
    )
    await office.ana.says("That was it")
    async with desk.listening():
        pass
    assert desk.words == ["That was it"]


async def test_a_channel_where_nothing_is_new_is_not_read(office, desk):
    async with desk.listening():
        await office.ana.says("first", channel=office.help)
    office.discord.calls.clear()
    await office.leo.says("news", channel=office.lounge)
    async with desk.listening():
        pass
    read = [each.path for each in office.discord.calls if each.route.endswith("}/messages")]
    assert read == [f"/channels/{office.lounge.id}/messages"]


async def test_many_pages_are_read(office, desk):
    async with desk.listening():
        pass
    for number in range(230):
        await office.ana.says(f"{number}", channel=office.help)
    async with desk.listening():
        pass
    assert desk.words == [f"{number}" for number in range(230)]


async def test_what_fails_in_a_round_is_tried_again_and_no_place_moves_beyond_it(
    office, desk, caplog
):
    async with desk.listening():
        pass
    await office.ana.says("One", channel=office.help)
    await office.ana.says("Two", channel=office.help)
    tries = []

    async def before(message):
        tries.append(message.content)
        if tries == ["One"]:
            raise OSError("the disk is full")

    desk.before = before
    async with desk.listening():
        await office.discord.until(lambda: len(desk.words) == 2)
    assert desk.words == ["Two", "One"]
    assert "what was missed isn't taken in yet" in caplog.text


async def test_a_discord_in_trouble_is_asked_again(office, desk, caplog):
    async with desk.listening():
        pass
    await office.ana.says("One", channel=office.help)
    office.discord.fail("GET /guilds/{guild}/channels", 500)
    async with desk.listening():
        await office.discord.until(lambda: desk.words == ["One"])
    assert "isn't read yet" in caplog.text


async def test_a_room_that_cannot_be_read_is_told_once_and_holds_up_no_other(office, desk, caplog):
    async with desk.listening():
        pass
    await office.ana.says("One", channel=office.help)
    await office.ana.says("Two", channel=office.lounge)
    route = "GET /channels/{channel}/messages"
    office.discord.fail(route, 403, code=50001)
    async with desk.listening() as catching:
        assert desk.words == ["Two"]
        office.discord.fail(route, 403, code=50001)
        await catching.round()
        await catching.round()
    assert desk.words == ["Two", "One"]
    assert caplog.text.count(f"{office.help.id} can't be read") == 1


async def test_a_thread_that_cannot_be_read_does_not_keep_its_room_from_being_read(
    office, desk, caplog
):
    async with desk.listening():
        post = await office.ana.says("first", channel=office.help)
        thread = await office.ana.opens_thread("VPN", post)
    await office.ana.says("hidden", thread=thread)
    await office.ana.says("One", channel=office.help)
    office.discord.fail("GET /channels/{channel}/messages", 403, code=50001)
    async with desk.listening():
        pass
    assert desk.words == ["first", "One"]
    assert f"{thread.id} can't be read" in caplog.text


async def test_a_room_that_the_bot_does_not_see_is_passed_over(office, desk, caplog):
    hidden = office.guild.text("hidden", private=True, members=[office.leo])
    async with desk.listening():
        pass
    await office.leo.says("secret", channel=hidden)
    async with desk.listening():
        pass
    assert desk.words == []
    assert caplog.text == ""


async def test_a_new_session_leads_to_another_look_before_anything_live_moves_a_bookmark(
    office, desk, monkeypatch
):
    waiting, go_on = asyncio.Event(), asyncio.Event()

    async def before_identify(self, shard, *, initial=False):
        if not initial:
            waiting.set()
            await go_on.wait()

    monkeypatch.setattr(discord.Client, "before_identify_hook", before_identify)
    async with desk.listening():
        await office.ana.says("first", channel=office.help)
        await office.discord.settled()
        office.discord.refuse_resume()
        office.discord.cut()
        async with asyncio.timeout(5):
            await waiting.wait()  # by now there is no session that could hear of anything
        await office.ana.says("Into the gap", channel=office.help)
        go_on.set()
        await office.discord.connected()
        await office.ana.says("Live", channel=office.help)
        await office.discord.until(lambda: len(desk.words) == 3)
    assert sorted(desk.words) == ["Into the gap", "Live", "first"]


async def test_before_its_rooms_are_known_a_new_session_moves_no_bookmark(office):
    bookmarks = Bookmarks(office.notes, "discord")
    room = str(office.help.id)
    bookmarks.caught_up(room, "100")
    async with office.connected() as client:
        hears = CatchUp(client, Desk(office), None, bookmarks, None, look=None).hears()
        await hears["connect"]()
        with bookmarks.taking(room, "300"):
            pass
    assert await bookmarks.read(room) == "100"


async def test_a_round_begins_as_soon_as_every_server_is_known(office):
    office.discord.guild("Another")
    bookmarks, talks = Bookmarks(office.notes, "discord"), KnownTalks(office.notes, "discord")
    hears = {}
    client = Client(office.settings(), hears, wait=60)  # so long the library would wait for more
    catching = Counted(client, Desk(office), None, bookmarks, talks, look=None)
    hears |= catching.hears()
    working = [asyncio.create_task(each) for each in (client.hold(), catching.keep())]
    await office.discord.until(lambda: catching.rounds)
    assert len(client.guilds) == 2
    assert not client.is_ready()
    for each in working:
        each.cancel()
    await asyncio.gather(*working, return_exceptions=True)
