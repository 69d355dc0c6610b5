"""Where a room says so, or direct messages are closed, a request has a private thread."""

from dataclasses import replace

import pytest

from adapters.discord import ids
from adapters.discord.send import Sending
from bot.channel import DeliveryFailed, FilesRefused
from bot.model.message import Address, Upload
from sandbox.discord.permission import Permission

BEGIN = "POST /channels/{channel}/threads"
ADD = "PUT /channels/{channel}/thread-members/{user}"
POST = "POST /channels/{channel}/messages"


@pytest.fixture
async def asked(office):
    """A message of Ana's in the support room."""
    return await office.ana.says("My VPN is down", channel=office.help)


@pytest.fixture
def answer(office, outbound, asked):
    """An answer to it."""
    return outbound(
        to=Address("discord", str(office.help.id)),
        recipient=str(office.ana.id),
        recipient_name="Ana",
        reference="IT-1",
        replies_to=(ids.name(str(office.help.id), str(asked.id)),),
    )


@pytest.fixture
def sending(office):
    """The way out, where the support room's threads are private."""
    return Sending(office.api, office.tags, {str(office.help.id)})


def private(office):
    return [each for each in office.guild.threads.values() if each.private]


def words_in(channel):
    return [each.words for each in channel if each.components]


async def test_a_request_gets_a_private_thread_with_its_requester(office, sending, answer):
    name = await sending.send(answer)
    (thread,) = private(office)
    assert (thread.name, thread.parent) == ("IT-1", office.help)
    assert set(thread.members) == {office.discord.bot.id, office.ana.id}
    assert words_in(thread) == ["It works again\n-# IT-1"]
    assert office.said_in(office.help) == []
    assert name == ids.name(str(office.help.id), str(thread.id))


@pytest.mark.parametrize("anew", [False, True])
async def test_what_follows_goes_on_there(office, sending, answer, anew):
    name = await sending.send(answer)
    if anew:
        sending = Sending(office.api, office.tags, {str(office.help.id)})
    (thread,) = private(office)
    said = await office.ana.says("Not yet", thread=thread)
    before = (*answer.replies_to, name, ids.name(str(thread.id), str(said.id)))
    second = await sending.send(replace(answer, row=2, text="Try now", replies_to=before))
    assert office.standing(second).channel_id == thread.id
    assert len(words_in(thread)) == 2


async def test_what_left_at_once_finds_it_by_its_reference(office, sending, answer):
    await sending.send(answer)
    await sending.send(replace(answer, row=2))
    await Sending(office.api, office.tags, {str(office.help.id)}).send(replace(answer, row=3))
    (thread,) = private(office)
    assert len(words_in(thread)) == 3


async def test_another_request_gets_another(office, sending, answer):
    await sending.send(answer)
    await sending.send(replace(answer, row=2, reference="IT-2"))
    assert [each.name for each in private(office)] == ["IT-1", "IT-2"]


@pytest.mark.parametrize("lost", [BEGIN, ADD, POST])
async def test_a_lost_answer_begins_no_second_one(office, answer, lost):
    if lost == ADD:  # which is asked twice by itself, as that does no harm
        office.discord.fail(ADD, 503)
    else:
        office.discord.lose_answer(lost)
    with pytest.raises(DeliveryFailed) as failure:
        await Sending(office.api, office.tags, {str(office.help.id)}).send(answer)
    assert not failure.value.permanent
    again = Sending(office.api, office.tags, {str(office.help.id)})
    name = await again.send(replace(answer, again=True))
    (thread,) = private(office)
    assert name == ids.name(str(office.help.id), str(thread.id))
    assert len(words_in(thread)) == 1
    assert office.ana.id in thread.members


async def test_without_a_ticket_two_people_of_one_name_have_one_each(office, answer):
    other = office.discord.person("Ana", guilds=[office.guild])
    hello = replace(answer, reference="", replies_to=())
    for row, who in enumerate((office.ana, other, office.ana), start=1):
        sending = Sending(office.api, office.tags, {str(office.help.id)})
        await sending.send(replace(hello, row=row, recipient=str(who.id)))
    assert [office.ana.id in each.members for each in private(office)] == [True, False]


async def test_a_deleted_one_is_begun_anew(office, sending, answer):
    name = await sending.send(answer)
    (thread,) = private(office)
    office.discord.posting.threads.close(thread)
    anew = await sending.send(replace(answer, row=2, replies_to=(*answer.replies_to, name)))
    (thread,) = private(office)
    assert anew == ids.name(str(office.help.id), str(thread.id))


async def test_files_alone_stay_between_us(office, sending, answer):
    await sending.send(replace(answer, text="", reference="IT-1"))
    alone = replace(answer, row=2, text="", uploads=(Upload("a.txt", "text/plain", b"a"),))
    await sending.send(alone)
    (thread,) = private(office)
    assert [each for each in office.help if each.attachments] == []
    assert len([each for each in thread if each.attachments]) == 1


async def test_the_name_is_the_same_where_files_are_refused(office, sending, answer):
    too_large = Upload("big.bin", "", b"x" * (11 * 1024 * 1024))
    with pytest.raises(FilesRefused) as refusal:
        await sending.send(replace(answer, uploads=(too_large,)))
    (thread,) = private(office)
    assert refusal.value.external_id == ids.name(str(office.help.id), str(thread.id))


async def test_an_agent_speaks_there_under_their_own_name(office, sending, answer):
    message = replace(answer, sender=str(office.leo.id), sender_name="Leo Lang")
    await sending.send(message)
    (thread,) = private(office)
    assert [each.author.shown_name for each in thread if each.components] == ["Leo Lang"]


@pytest.mark.parametrize("why", ["right", "left", "forum"])
async def test_where_there_can_be_none_it_is_said_directly(office, answer, caplog, why):
    room = office.ideas if why == "forum" else office.help
    if why == "right":
        office.discord.forbid(office.guild, Permission.CREATE_PRIVATE_THREADS)
    if why == "left":
        office.discord.guild("Other").join(office.ana.user)
        await office.ana.leaves(office.guild)
    sending = Sending(office.api, office.tags, {str(room.id)})
    await sending.send(replace(answer, to=Address("discord", str(room.id))))
    assert len(office.said_in(office.ana.direct)) == 1
    assert not private(office)
    assert ("no private thread" in caplog.text) is (why != "forum")


async def test_while_discord_cannot_tell_the_letter_waits(office, sending, answer):
    office.discord.fail(BEGIN, 503)
    with pytest.raises(DeliveryFailed) as failure:
        await sending.send(answer)
    assert not failure.value.permanent
    assert office.said_in(office.ana.direct) == []


async def test_closed_direct_messages_lead_into_a_thread_of_the_room(office, answer):
    office.discord.close_direct(office.ana)
    form = replace(answer, replies_to=())
    name = await office.sending.send(form)
    (thread,) = private(office)
    assert name == ids.name(str(office.help.id), str(thread.id))
    await office.sending.send(replace(form, row=2, replies_to=(name,)))
    assert len(words_in(thread)) == 2


async def test_so_does_a_direct_talk_that_cannot_even_be_opened(office, answer):
    office.discord.fail("POST /users/@me/channels", 403, code=50278)
    await office.sending.send(replace(answer, replies_to=()))
    assert [each.name for each in private(office)] == ["IT-1"]


async def test_what_is_for_them_alone_finds_them_in_it_then(office, sending, answer):
    name = await sending.send(answer)
    office.discord.close_direct(office.ana)
    aside = replace(answer, row=2, to=Address("discord", ""), replies_to=(name,))
    for sent_by in (sending, Sending(office.api, office.tags)):
        await sent_by.send(replace(aside, row=aside.row + 1))
        aside = replace(aside, row=aside.row + 1)
    (thread,) = private(office)
    assert len(words_in(thread)) == 3


async def test_but_not_in_one_of_others_where_they_only_spoke(office, sending, answer):
    name = await sending.send(answer)
    office.discord.close_direct(office.leo)
    aside = replace(answer, row=2, to=Address("discord", ""), replies_to=(name,), alone=True)
    with pytest.raises(DeliveryFailed) as failure:
        await sending.send(replace(aside, recipient=str(office.leo.id)))
    assert failure.value.permanent
    (thread,) = private(office)
    assert len(words_in(thread)) == 1


async def test_nothing_private_is_ever_said_in_the_open(office, sending, answer):
    name = await sending.send(answer)
    (thread,) = private(office)
    there = replace(answer, row=2, to=replace(answer.to, thread=str(thread.id)))
    office.discord.posting.threads.close(thread)
    await sending.send(replace(there, replies_to=(*answer.replies_to, name)))
    (anew,) = private(office)
    assert len(words_in(anew)) == 1
    assert not words_in(office.help)


@pytest.mark.parametrize("why", ["no room", "unseen", "right"])
async def test_where_that_cannot_be_either_it_is_told_for_good(office, answer, why):
    office.discord.close_direct(office.ana)
    message = replace(answer, replies_to=())
    if why == "no room":
        message = replace(message, to=Address("discord", str(office.ana.direct.id)))
    if why == "unseen":
        message = replace(message, to=Address("discord", str(office.agents.id)))
    if why == "right":
        office.discord.forbid(office.guild, Permission.CREATE_PRIVATE_THREADS)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(message)
    assert failure.value.permanent
    assert "50007" in failure.value.reason
    assert not private(office)
