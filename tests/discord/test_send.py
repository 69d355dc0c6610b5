"""What the desk says stands where its reader finds it, once, however often it is tried."""

from dataclasses import replace

import pytest

from adapters.discord import ids
from bot.channel import DeliveryFailed
from bot.model.message import Address, Button, Section, Shows
from sandbox.discord.permission import Permission

POST = "POST /channels/{channel}/messages"
BEGIN = "POST /channels/{channel}/messages/{message}/threads"


@pytest.fixture
async def asked(office):
    """A message of Ana's in the support room."""
    return await office.ana.says("My VPN is down", channel=office.help)


@pytest.fixture
def answer(office, outbound, asked):
    """An answer to it, in the thread that bears its id."""
    there = Address("discord", str(office.help.id), str(asked.id))
    return outbound(to=there, recipient=str(office.ana.id), reference="IT-1")


async def test_the_first_answer_begins_the_thread_and_the_next_goes_into_it(office, asked, answer):
    first = await office.sending.send(answer)
    second = await office.sending.send(replace(answer, row=2, text="Try now"))
    thread = office.thread(asked)
    assert (thread.name, first.partition(":")[0]) == ("IT-1", str(thread.id))
    words = office.said_in(thread)
    assert len(words) == 2
    assert "It works again" in words[0]
    assert "Try now" in words[1]
    assert office.standing(second).channel_id == thread.id
    assert office.said_in(office.help) == []


async def test_no_call_is_made_in_vain_for_the_first_words_below_a_message(office, asked, answer):
    root = ids.name(str(office.help.id), str(asked.id))
    first = await office.sending.send(replace(answer, replies_to=(root,)))
    await office.sending.send(replace(answer, row=2, replies_to=(root, first)))
    calls = [(each.route, each.status) for each in office.discord.calls if each.method == "POST"]
    assert calls == [(BEGIN, 201), (POST, 200), (POST, 200)]
    assert len(office.said_in(office.thread(asked))) == 2


async def test_two_that_begin_the_same_thread_both_arrive(office, asked, answer):
    office.discord.fail(POST, 404, code=10003)
    await office.ana.opens_thread("mine", asked)
    await office.sending.send(answer)
    assert len(office.said_in(office.thread(asked))) == 1


async def test_beneath_words_that_were_taken_away_it_is_said_in_the_room(office, asked, answer):
    await office.ana.deletes(asked)
    name = await office.sending.send(answer)
    assert office.standing(name).channel_id == office.help.id


async def test_an_archived_thread_opens_again(office, asked, answer):
    await office.sending.send(answer)
    office.discord.archive(office.thread(asked))
    await office.sending.send(replace(answer, row=2))
    assert not office.thread(asked).archived


async def test_a_locked_thread_is_told_for_good(office, asked, answer):
    await office.sending.send(answer)
    office.discord.archive(office.thread(asked), locked=True)
    office.discord.forbid(office.guild, Permission.MANAGE_THREADS)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(replace(answer, row=2))
    assert not failure.value.ambiguous


async def test_a_post_in_a_forum_is_answered_in_its_thread(office, outbound):
    post = await office.ana.opens_post(office.ideas, "VPN", "It should be faster", tags=["vpn"])
    there = Address("discord", str(office.ideas.id), str(post.id))
    name = await office.sending.send(outbound(to=there, recipient=str(office.ana.id)))
    assert office.standing(name).channel_id == post.id


async def test_what_may_stand_in_a_post_already_is_said_there_when_it_does_not(office, outbound):
    post = await office.ana.opens_post(office.ideas, "VPN", "It should be faster")
    there = Address("discord", str(office.ideas.id), str(post.id))
    message = outbound(to=there, recipient=str(office.ana.id), again=True)
    name = await office.sending.send(message)
    assert office.standing(name).channel_id == post.id
    assert await office.sending.send(message) == name


async def test_a_person_is_written_to_directly_as_a_reply_to_what_was_said_last(office, outbound):
    said = await office.ana.says("Hello")
    name = ids.name(str(office.ana.direct.id), str(said.id))
    to = Address("discord", str(office.ana.direct.id))
    message = outbound(to=to, recipient=str(office.ana.id), replies_to=(name,))
    sent = office.standing(await office.sending.send(message))
    assert sent.channel_id == office.ana.direct.id
    assert sent.draft.reference.message_id == said.id


async def test_what_belongs_to_something_in_a_direct_talk_is_a_reply_to_it(office, outbound):
    said = await office.ana.says("Hello")
    room = str(office.ana.direct.id)
    message = outbound(to=Address("discord", room), replies_to=(ids.name(room, str(said.id)),))
    sent = office.standing(await office.sending.send(message))
    assert sent.draft.reference.message_id == said.id


async def test_a_direct_talk_is_opened_once(office, outbound):
    for row in (1, 2):
        await office.sending.send(outbound(row=row, recipient=str(office.ana.id)))
    opened = [each for each in office.discord.calls if each.route == "POST /users/@me/channels"]
    assert (len(opened), len(office.said_in(office.ana.direct))) == (1, 2)


async def test_what_belongs_to_a_card_stands_in_a_thread_beneath_it(office, outbound):
    room = Address("discord", str(office.agents.id))
    shown = outbound(to=room, shows=Shows.CARD, panel=(Section(title="IT-1"),), reference="IT-1")
    card = await office.sending.send(shown)
    note = outbound(row=2, to=room, replies_to=(card,), text="Ana wrote", reference="IT-1")
    await office.sending.send(note)
    await office.sending.send(replace(note, row=3))
    assert "Ana wrote" in office.said_in(office.thread(office.standing(card)))[0]
    assert [each.route for each in office.discord.calls].count(BEGIN) == 1


async def test_a_card_is_drawn_in_place_or_anew_where_it_is_gone(office, outbound):
    room = Address("discord", str(office.agents.id))
    shown = outbound(to=room, shows=Shows.CARD, panel=(Section(title="open"),))
    card = await office.sending.send(shown)
    solved = replace(shown, row=2, panel=(Section(title="solved"),), replaces=card)
    assert await office.sending.send(solved) == card
    assert "solved" in office.standing(card).words
    office.discord.posting.delete(office.standing(card))
    anew = await office.sending.send(replace(solved, row=3))
    assert anew != card
    assert "solved" in office.standing(anew).words


async def test_a_lost_answer_is_not_posted_again(office, answer, asked):
    office.discord.lose_answer(POST)
    await office.ana.opens_thread("mine", asked)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(answer)
    assert failure.value.ambiguous
    await office.sending.send(answer)
    assert len(office.said_in(office.thread(asked))) == 1


async def test_long_after_a_lost_answer_the_history_tells(office, asked, answer):
    office.discord.lose_answer(POST)
    await office.ana.opens_thread("mine", asked)
    with pytest.raises(DeliveryFailed):
        await office.sending.send(answer)
    forget_nonces(office)
    name = await office.sending.send(replace(answer, again=True))
    assert len(office.said_in(office.thread(asked))) == 1
    assert office.standing(name).author is office.discord.bot


async def test_of_a_long_message_only_the_missing_parts_are_sent_again(office, outbound):
    room = Address("discord", str(office.lounge.id))
    words = "\n\n".join(f"{number} " + "word " * 300 for number in range(8))
    message = outbound(to=room, text=words, buttons=(Button("Done", "/done"),))
    await office.sending.send(message)
    posted = office.said_in(office.lounge)
    assert len(posted) > 2
    forget_nonces(office)
    office.discord.posting.delete(list(office.lounge)[1])
    await office.sending.send(replace(message, again=True))
    assert sorted(office.said_in(office.lounge)) == sorted(posted)


async def test_another_row_is_never_taken_for_it(office, outbound):
    room = Address("discord", str(office.lounge.id))
    for row in (1, 2, 128, 1 << 23):
        await office.sending.send(outbound(row=row, to=room, again=True))
    assert len(office.said_in(office.lounge)) == 4


async def test_what_others_say_with_the_same_mark_counts_for_nothing(office, outbound):
    room = Address("discord", str(office.lounge.id))
    name = await office.sending.send(outbound(to=room))
    own = office.standing(name)
    own.author = office.leo.user
    forget_nonces(office)
    assert await office.sending.send(outbound(to=room, again=True)) != name


@pytest.mark.parametrize(
    ("status", "code", "permanent", "ambiguous"),
    [
        (403, 50001, True, False),
        (403, 50007, True, False),
        (403, 50013, True, False),
        (403, 50278, True, False),
        (404, 10003, True, False),
        (404, 10008, True, False),
        (403, 0, False, False),
        (500, 0, False, True),
        (503, 0, False, True),
    ],
)
async def test_a_refusal_says_whether_to_try_again(
    office, outbound, status, code, permanent, ambiguous
):
    office.discord.fail(POST, status, code=code)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(outbound(to=Address("discord", str(office.lounge.id))))
    assert (failure.value.permanent, failure.value.ambiguous) == (permanent, ambiguous)


async def test_who_takes_no_direct_messages_is_told_for_good(office, outbound):
    office.discord.close_direct(office.ana)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(outbound(recipient=str(office.ana.id)))
    assert failure.value.permanent


async def test_a_long_pause_is_given_back_and_a_short_one_waited_for(office, outbound):
    room = Address("discord", str(office.lounge.id))
    office.discord.rate_limit(POST, seconds=90)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(outbound(to=room))
    assert failure.value.after.total_seconds() == 90
    office.discord.rate_limit(POST, seconds=0.05)
    await office.sending.send(outbound(to=room))
    assert len(office.said_in(office.lounge)) == 1


async def test_out_of_reach_nothing_arrived(office, outbound):
    await office.discord.go_down()
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(outbound(to=Address("discord", str(office.lounge.id))))
    assert (failure.value.permanent, failure.value.ambiguous) == (False, False)


async def test_a_token_that_was_replaced_is_read_anew(office, outbound):
    room = Address("discord", str(office.lounge.id))
    await office.sending.send(outbound(to=room))
    office.discord.revoke()
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(outbound(row=2, to=room))
    assert not failure.value.permanent
    assert failure.value.after
    office.discord.restore()
    await office.sending.send(outbound(row=2, to=room))
    assert len(office.said_in(office.lounge)) == 2


async def test_only_who_is_called_is_notified(office, outbound):
    room = Address("discord", str(office.agents.id))
    words = f"{office.ana.mention} @everyone"
    message = outbound(to=room, text=words, mentions=(str(office.leo.id),))
    sent = office.standing(await office.sending.send(message))
    assert [each.id for each in sent.mentions] == [office.leo.id]
    assert not sent.mention_everyone


def forget_nonces(office):
    """Let some minutes pass at Discord."""
    now = office.discord.world.mint.now
    office.discord.world.mint.now = lambda: now() + 600
