"""Messages, changes and reactions as a real client brings them, in the door's own shapes."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from adapters.discord import decode, seen
from adapters.discord.post import Ground, Person, Post
from adapters.discord.room import Room
from bot.model.message import Address
from sandbox.discord.message import Draft, Sort
from sandbox.discord.user import Mask

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
EVENTS = (
    "message",
    "raw_message_edit",
    "raw_message_delete",
    "raw_bulk_message_delete",
    "raw_reaction_add",
)


class Watch:
    """A client, and what it heard of each kind of event."""

    def __init__(self, office: Any) -> None:
        self.office = office
        self.heard: dict[str, list[Any]] = {each: [] for each in EVENTS}
        self.client: Any = None

    def hears(self) -> dict[str, Any]:
        def hear(event: str) -> Any:
            async def kept(told: Any) -> None:
                self.heard[event].append(told)

            return kept

        return {each: hear(each) for each in EVENTS}

    async def latest(self, event: str) -> Any:
        """What was heard last."""
        await self.office.discord.settled()
        return self.heard[event][-1]

    async def post(self) -> Post:
        """The message that was heard last."""
        return seen.post(await self.latest("message"), self.client)

    def scene(self) -> decode.Scene:
        own = str(self.office.help.id)
        rooms = {own: Room(channel=own)}
        return seen.scene(self.client, "discord", rooms, {str(self.office.agents.id)})


@pytest.fixture
async def watch(office: Any) -> AsyncIterator[Watch]:
    watching = Watch(office)
    async with office.connected(watching.hears()) as client:
        watching.client = client
        yield watching


async def test_a_message_in_a_room_is_seen(watch, office):
    office.guild.rename(office.ana, "Ana R.")
    said = await office.ana.says(
        "My VPN is down", office.help, files=[("a.txt", b"abc", "text/plain")]
    )
    post = await watch.post()
    assert (post.id, post.text) == (str(said.id), "My VPN is down")
    assert post.author == Person(str(office.ana.id), "Ana R.")
    assert (post.spot.channel, post.spot.ground) == (str(office.help.id), Ground.ROOM)
    assert (post.spot.server, post.spot.name) == (str(office.guild.id), "help")
    (file,) = post.files
    assert (file.name, file.size) == ("a.txt", 3)
    assert file.url.startswith("http")
    assert (post.said, post.threaded, post.unreadable, post.edited) == (True, False, False, "")
    inbound = decode.message(post, watch.scene())
    assert inbound.address == Address("discord", str(office.help.id), str(said.id))


async def test_the_bot_is_known_by_its_name_and_its_role(watch, office):
    scene = watch.scene()
    assert scene.bot_user == str(office.discord.bot.id)
    (role,) = scene.bot_roles
    for call in (f"<@{scene.bot_user}>", f"<@&{role}>"):
        await office.ana.says(f"{call} help", office.lounge)
        inbound = decode.message(await watch.post(), scene)
        assert (inbound.asked, inbound.text) == (True, "help")


async def test_whoever_is_named_is_known(watch, office):
    await office.ana.says("Ask @Leo Lang in #lounge", office.help)
    inbound = decode.message(await watch.post(), watch.scene())
    assert inbound.text == "Ask @Leo Lang in #lounge"
    assert [each.external_id for each in inbound.mentioned] == [str(office.leo.id)]


async def test_what_is_said_in_a_thread_names_its_root(watch, office):
    root = await office.ana.says("My VPN is down", office.help)
    thread = await office.leo.opens_thread("VPN", root)
    first = await office.ana.says("Since nine", thread=thread)
    await office.leo.says("Try again", reply_to=first)
    post = await watch.post()
    assert post.spot.ground is Ground.THREAD
    assert (post.spot.parent, post.spot.channel) == (str(office.help.id), str(root.id))
    assert post.answers == (str(first.id),)
    inbound = decode.message(post, watch.scene())
    assert inbound.replies_to == (f"{root.id}:{first.id}", f"{office.help.id}:{root.id}")
    assert inbound.address == Address("discord", str(office.help.id), str(root.id))


async def test_an_answer_to_an_answer_tells_of_both(watch, office):
    root = await office.ana.says("My VPN is down", office.help)
    first = await office.leo.says("Since when?", reply_to=root)
    await office.ana.says("Since nine", reply_to=first)
    assert (await watch.post()).answers == (str(first.id), str(root.id))


async def test_a_post_in_a_forum_is_seen_with_its_title(watch, office):
    said = await office.ana.opens_post(office.ideas, "VPN", "It stops at nine")
    post = await watch.post()
    assert post.spot.ground is Ground.POST
    assert (post.id, post.spot.channel) == (str(said.id), str(said.id))
    assert (post.title, post.spot.parent) == ("VPN", str(office.ideas.id))
    await office.leo.says("Since when?", thread=said)
    reply = await watch.post()
    assert (reply.title, reply.spot.ground) == ("", Ground.POST)


async def test_a_direct_talk_is_seen(watch, office):
    await office.ana.says("My VPN is down")
    post = await watch.post()
    assert post.spot == seen.Spot(str(office.ana.direct.id), Ground.DIRECT)
    assert decode.message(post, watch.scene()).internal


async def test_what_discord_says_was_said_by_nobody(watch, office):
    office.discord.posting.publish(office.help, office.ana.user, Draft(sort=Sort.PINNED))
    assert not (await watch.post()).said


async def test_an_edit_is_seen_with_when_it_was_made(watch, office):
    said = await office.ana.says("My VPN is down", office.help)
    await office.ana.edits(said, "My VPN is up")
    event = await watch.latest("raw_message_edit")
    post = seen.post(event.message, watch.client)
    assert post.text == "My VPN is up"
    assert datetime.fromisoformat(post.edited).tzinfo
    inbound = decode.edit(post, watch.scene())
    assert inbound.replies_to == (f"{office.help.id}:{said.id}",)


async def test_what_was_deleted_is_seen_by_its_place(watch, office):
    root = await office.ana.says("My VPN is down", office.help)
    thread = await office.leo.opens_thread("VPN", root)
    await office.ana.deletes(await office.ana.says("Since nine", thread=thread))
    event = await watch.latest("raw_message_delete")
    (gone,) = seen.gone(event, watch.client, NOW)
    assert (gone.spot.ground, gone.spot.parent) == (Ground.THREAD, str(office.help.id))
    assert gone.at == NOW.isoformat()
    said = await office.ana.says("Oh")
    await office.ana.deletes(said)
    (alone,) = seen.gone(await watch.latest("raw_message_delete"), watch.client, NOW)
    assert (alone.id, alone.spot.ground) == (str(said.id), Ground.DIRECT)


async def test_many_that_were_deleted_at_once_are_each_seen(watch, office):
    said = [await office.ana.says(each, office.help) for each in "ab"]
    office.discord.posting.delete_many(office.help, said)
    event = await watch.latest("raw_bulk_message_delete")
    ids = [each.id for each in seen.gone(event, watch.client, NOW)]
    assert ids == [str(each.id) for each in said]


async def test_a_reaction_is_seen_with_the_message_it_stands_at(watch, office):
    said = await office.ana.says("My VPN is down", office.help)
    await office.leo.reacts("🎫", said)
    event = await watch.latest("raw_reaction_add")
    bare = seen.reaction(event, watch.client, NOW)
    assert (bare.emoji, bare.message, bare.post) == ("🎫", str(said.id), None)
    assert bare.person == Person(str(office.leo.id), "Leo Lang")
    (heard,) = watch.heard["message"]
    whole = seen.reaction(event, watch.client, NOW, message=heard)
    inbound = decode.reaction(whole, watch.scene())
    assert (inbound.text, inbound.forwarded.name) == ("My VPN is down", "Ana Ruiz")


async def test_whoever_reacts_in_a_direct_talk_is_known_by_their_message(watch, office):
    said = await office.ana.says("My VPN is down")
    await office.ana.reacts("✅", said)
    event = await watch.latest("raw_reaction_add")
    (heard,) = watch.heard["message"]
    told = seen.reaction(event, watch.client, NOW, message=heard)
    assert (told.person.name, told.spot.ground) == ("Ana Ruiz", Ground.DIRECT)


async def test_a_servers_own_emoji_says_nothing(watch, office):
    said = await office.ana.says("My VPN is down", office.help)
    office.discord.posting.react(said, office.leo.id, "ticket:123456789012345678")
    event = await watch.latest("raw_reaction_add")
    assert seen.reaction(event, watch.client, NOW).emoji == ""


async def test_a_channel_that_is_not_known_is_told_from_one_that_is(watch, office):
    await office.ana.says("My VPN is down", office.help)
    known = (await watch.latest("message")).channel
    unknown = watch.client.get_partial_messageable(office.help.id)
    assert seen.is_known(known)
    assert not seen.is_known(unknown)
    assert not seen.is_known(None)
    assert seen.spot(unknown).ground is Ground.ROOM
    assert seen.spot_of(watch.client, 5, 7) == seen.Spot("5", Ground.ROOM, server="7")


@pytest.mark.parametrize("content", [False, True])
async def test_words_that_are_kept_from_the_bot_are_told_of(office, content):
    office.discord.world.application.message_content = content
    watching = Watch(office)
    settings = office.settings(message_content=content)
    office.settings = lambda **_: settings
    async with office.connected(watching.hears()) as client:
        watching.client = client
        await office.ana.says("My VPN is down", office.help)
        assert (await watching.post()).unreadable is not content
        await office.ana.says(f"<@{client.user.id}> help", office.help)
        called = await watching.post()
        assert (called.unreadable, called.text) == (False, f"<@{client.user.id}> help")
        await office.ana.says("My VPN is down")
        assert not (await watching.post()).unreadable


async def test_what_a_webhook_posts_is_a_programs(watch, office):
    office.discord.posting.publish(office.help, Mask(5, "Backups"), Draft("Backup failed"))
    post = await watch.post()
    assert (post.author.name, post.author.bot) == ("Backups", True)
    assert decode.message(post, watch.scene()) is None


async def test_what_is_handed_on_is_seen(watch, office):
    await office.ana.says("Look", office.help)
    message = await watch.latest("message")
    snapshot = {
        "type": 0,
        "content": "The printer smokes",
        "embeds": [],
        "attachments": [{"id": "1", "filename": "a.png", "size": 3, "url": "u", "proxy_url": "u"}],
        "timestamp": "2026-01-02T03:04:05+00:00",
        "edited_timestamp": None,
    }
    data = {
        "id": "1442806870123450001",
        "type": 0,
        "content": "",
        "channel_id": str(office.help.id),
        "author": {"id": "3", "username": "ana", "discriminator": "0", "avatar": None},
        "mentions": [],
        "mention_roles": [],
        "message_reference": {"type": 1, "channel_id": "7", "message_id": "8"},
        "message_snapshots": [{"message": snapshot}],
        "sticker_items": [{"id": "9", "name": "Wave", "format_type": 1}],
    }
    told = discord.Message(state=message._state, channel=message.channel, data=data)
    post = seen.post(told, watch.client)
    assert post.answers == ()
    assert [each.text for each in post.forwarded] == ["The printer smokes"]
    assert [each.name for each in decode.files_in(post)] == ["a.png"]
    assert post.stickers == ("Wave",)
    assert not post.unreadable


async def test_talks_of_others_are_foreign(watch):
    group = discord.GroupChannel(
        me=watch.client.user,
        state=watch.client._connection,
        data={"id": "7", "type": 3, "recipients": [], "owner_id": "8", "icon": None, "name": ""},
    )
    assert seen.spot(group).ground is Ground.FOREIGN


async def test_who_reacts_is_nameless_where_nobody_tells(watch, office):
    said = await office.ana.says("My VPN is down")
    await office.ana.reacts("✅", said)
    event = await watch.latest("raw_reaction_add")
    watch.client._connection.clear()
    assert seen.reaction(event, watch.client, NOW).person == Person(str(office.ana.id))
