"""Agents answer under their own names and pictures where everybody reads it, by a webhook."""

import asyncio
from dataclasses import replace

import pytest

from adapters.discord.send import Sending
from adapters.discord.send_webhook import Webhooks, fitting
from adapters.discord.web_api import WebApi
from bot.channel import DeliveryFailed, FilesRefused
from bot.model.message import Address, Button, Upload
from sandbox.discord.permission import Permission
from sandbox.discord.world import Webhook

EXECUTE = "POST /webhooks/{webhook}/{token}"
POST = "POST /channels/{channel}/messages"
MAKE = "POST /channels/{channel}/webhooks"
LIST = "GET /channels/{channel}/webhooks"


@pytest.fixture
async def asked(office):
    """A message of Ana's in the support room, and the thread below it."""
    said = await office.ana.says("My VPN is down", channel=office.help)
    await office.ana.opens_thread("mine", said)
    return said


@pytest.fixture
def answer(office, outbound, asked):
    """Leo's answer to it."""
    return outbound(
        to=Address("discord", str(office.help.id), str(asked.id)),
        recipient=str(office.ana.id),
        reference="IT-1",
        sender_name="Leo Lang",
        sender=str(office.leo.id),
        buttons=(Button("Solved", "/resolve IT-1"),),
    )


def calls(office, route):
    return [each for each in office.discord.calls if each.route == route]


def words_in(channel):
    return [each.words for each in channel if each.components]


async def test_an_agent_speaks_with_their_name_and_picture(office, asked, answer):
    office.leo.user.avatar = "abc"
    sent = office.standing(await office.sending.send(answer))
    assert sent.channel_id == office.thread(asked).id
    assert sent.author.shown_name == "Leo Lang"
    picture = f"https://cdn.discordapp.com/avatars/{office.leo.id}/abc.png"
    assert sent.author.avatar == office.discord.world.picture(picture)
    assert "Leo Lang" not in sent.words
    assert "Solved" in sent.words


async def test_the_first_answer_begins_the_thread_all_the_same(office, answer, outbound):
    said = await office.ana.says("My printer", channel=office.help)
    to = Address("discord", str(office.help.id), str(said.id))
    sent = office.standing(await office.sending.send(replace(answer, to=to)))
    assert (sent.channel_id, sent.author.shown_name) == (said.id, "Leo Lang")
    assert office.thread(said).name == "IT-1"


async def test_a_post_in_a_forum_is_answered_so_too(office, answer):
    post = await office.ana.opens_post(office.ideas, "VPN", "Faster", tags=["vpn"])
    to = Address("discord", str(office.ideas.id), str(post.id))
    sent = office.standing(await office.sending.send(replace(answer, to=to)))
    assert (sent.channel_id, sent.author.shown_name) == (post.id, "Leo Lang")


async def test_a_room_has_one_webhook_which_is_found_again(office, answer):
    for row in (1, 2):
        await office.sending.send(replace(answer, row=row))
    assert [len(calls(office, each)) for each in (LIST, MAKE)] == [1, 1]
    await Sending(office.api, office.tags).send(replace(answer, row=3))
    assert [len(calls(office, each)) for each in (LIST, MAKE)] == [2, 1]
    assert len(office.discord.world.webhooks) == 1


async def test_others_webhooks_are_left_alone(office, asked, answer):
    world = office.discord.world
    theirs = Webhook(5, office.help.id, office.guild.id, "News", "t" * 68, office.ana.user, None)
    world.webhooks[5] = theirs
    sent = office.standing(await office.sending.send(answer))
    assert sent.draft.webhook_id != 5


async def test_what_the_desk_itself_says_comes_from_the_bot(office, asked, answer):
    sent = office.standing(await office.sending.send(replace(answer, sender="", sender_name="")))
    assert sent.author is office.discord.bot
    assert not calls(office, LIST)


@pytest.mark.parametrize("lost", ["right", "person", "name", "webhook", "refused name"])
async def test_where_they_cannot_the_bot_speaks_and_names_them(office, answer, lost):
    if lost == "right":
        office.discord.forbid(office.guild, Permission.MANAGE_WEBHOOKS)
    if lost == "person":
        answer = replace(answer, sender="1" * 18)
    if lost == "name":
        answer = replace(answer, sender_name="Clyde Lang")
    if lost == "webhook":
        await office.sending.send(replace(answer, row=9))
        office.discord.world.webhooks.clear()
    if lost == "refused name":
        office.discord.fail(EXECUTE, 400, code=50035)
    sent = office.standing(await office.sending.send(answer))
    assert sent.author is office.discord.bot
    assert f"**{answer.sender_name}:** It works again" in sent.words


async def test_a_deleted_webhook_is_made_anew_for_the_next(office, answer):
    await office.sending.send(answer)
    office.discord.world.webhooks.clear()
    await office.sending.send(replace(answer, row=2))
    sent = office.standing(await office.sending.send(replace(answer, row=3)))
    assert sent.author.shown_name == "Leo Lang"


async def test_a_room_that_refuses_is_not_asked_each_time(office, answer):
    office.discord.forbid(office.guild, Permission.MANAGE_WEBHOOKS)
    for row in (1, 2, 3):
        await office.sending.send(replace(answer, row=row))
    assert len(calls(office, LIST)) == 1


async def test_directly_the_bot_names_them(office, answer):
    sent = office.standing(await office.sending.send(replace(answer, to=Address("discord", ""))))
    assert sent.author is office.discord.bot
    assert "**Leo Lang:**" in sent.words


async def test_a_lost_answer_is_found_by_its_mark(office, asked, answer):
    office.discord.lose_answer(EXECUTE)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(answer)
    assert failure.value.ambiguous
    name = await Sending(office.api, office.tags).send(replace(answer, again=True))
    assert words_in(office.thread(asked)) == [office.standing(name).words]


@pytest.mark.parametrize("lost", ["right", "webhook"])
async def test_it_is_found_too_when_the_webhook_is_lost_meanwhile(office, asked, answer, lost):
    office.discord.lose_answer(EXECUTE)
    with pytest.raises(DeliveryFailed):
        await office.sending.send(answer)
    if lost == "right":
        office.discord.forbid(office.guild, Permission.MANAGE_WEBHOOKS)
    else:
        office.discord.world.webhooks.clear()
    await Sending(office.api, office.tags).send(replace(answer, again=True))
    assert len(words_in(office.thread(asked))) == 1


async def test_what_others_say_by_a_webhook_counts_for_nothing(office, asked, answer):
    name = await office.sending.send(answer)
    own = office.standing(name)
    own.author = replace(own.author, id=77)
    own.draft.application_id = None
    assert await office.sending.send(replace(answer, again=True)) != name


async def test_of_a_long_answer_the_rest_goes_on_where_it_broke_off(office, asked, answer):
    words = "\n\n".join(f"{number} " + "word " * 300 for number in range(8))
    message = replace(answer, text=words)
    thread = office.thread(asked)
    await office.sending.send(message)
    whole = words_in(thread)
    assert len(whole) > 2
    for each in [each for each in thread if each.components][1:]:
        office.discord.posting.delete(each)
    office.discord.forbid(office.guild, Permission.MANAGE_WEBHOOKS)
    await Sending(office.api, office.tags).send(replace(message, again=True))
    assert words_in(thread) == whole


async def test_files_come_from_them_as_well_and_once(office, asked, answer):
    message = replace(answer, uploads=(Upload("log.txt", "text/plain", b"line"),))
    office.discord.lose_answer(EXECUTE, times=1)
    with pytest.raises(DeliveryFailed):
        await office.sending.send(message)
    await office.sending.send(replace(message, again=True))
    await office.sending.send(replace(message, again=True))
    (shared,) = [each for each in office.thread(asked) if each.attachments]
    assert (shared.attachments[0].filename, shared.author.shown_name) == ("log.txt", "Leo Lang")


async def test_files_that_are_refused_are_told_with_the_words(office, answer):
    message = replace(answer, uploads=(Upload("big.bin", "", b"x" * (11 * 1024 * 1024)),))
    with pytest.raises(FilesRefused) as refusal:
        await office.sending.send(message)
    assert refusal.value.names == ("big.bin",)


@pytest.mark.parametrize("trouble", ["busy", "broken"])
async def test_while_discord_cannot_tell_the_letter_waits(office, asked, answer, trouble):
    if trouble == "busy":
        office.discord.rate_limit(LIST, seconds=90)
    else:
        office.discord.fail(LIST, 503)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(answer)
    assert not failure.value.permanent
    assert not words_in(office.thread(asked))


class Held(WebApi):
    """Calls about one room wait until it is let go."""

    def __init__(self, settings, room):
        super().__init__(settings)
        self.room, self.free = room, asyncio.Event()

    async def call(self, method, path, *given, channel_id="", **more):
        if channel_id == self.room:
            await self.free.wait()
        ids = {"channel_id": channel_id} if channel_id else {}
        return await super().call(method, path, *given, **ids, **more)


async def test_a_room_that_is_slow_holds_up_no_other(office, answer):
    api = Held(office.settings(), str(office.help.id))
    webhooks = Webhooks(api)
    try:
        slow = asyncio.create_task(webhooks.mask(answer, str(office.help.id)))
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            assert await webhooks.mask(answer, str(office.lounge.id))
        assert not slow.done()
        api.free.set()
        assert await slow
    finally:
        await api.close()


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("Leo Lang", "Leo Lang"),
        ("Leo @ Help: #1", "Leo Help 1"),
        ("```Leo```", "Leo"),
        ("Leo  " + "Lang" * 30, ("Leo " + "Lang" * 30)[:80]),
        ("Discordia Lang", ""),
        ("clyde", ""),
        ("Everyone", ""),
        ("here", ""),
        ("@", ""),
        ("", ""),
    ],
)
def test_a_name_is_made_to_fit(name, fit):
    assert fitting(name) == fit
