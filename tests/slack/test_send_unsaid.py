"""What is taken back is replaced where it stands, and its further posts and its files go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channel import DeliveryFailed
from bot.model.message import UNNAMED, Address, Button, Shows, Tone, Upload

PNG = Upload("shot.png", "image/png", b"\x89PNG" + bytes(100))
LONG = "\n\n".join(f"Paragraph {at} " + "word " * 120 for at in range(60))
TOOK = "Leo Prats took this message back."


@pytest.fixture
async def channel(office):
    channel = office.channel()
    yield channel
    await channel.close()


@pytest.fixture
async def post(office):
    return await office.ana.says("My VPN is down", channel=office.help)


@pytest.fixture
def answer(office, outbound, post):
    """Leo's answer in the thread of Ana's post."""
    return outbound(
        to=Address("slack", office.help.id, post.ts),
        text="Complete nonsense",
        tone=Tone.PERSONAL,
        sender_name="Leo Prats",
        sender=office.leo.id,
        buttons=(Button("Solved", "/resolve IT-1"),),
    )


def unsaid(said, name):
    """The same, once it was taken back."""
    bare = replace(said, text=TOOK, buttons=(), sender_name="", sender="", again=True)
    return replace(bare, shows=Shows.UNSAID, replaces=name)


async def test_other_words_stand_in_its_place_under_the_same_name(office, channel, answer, post):
    name = await channel.send(answer)
    assert await channel.send(unsaid(answer, name)) == name
    (_, said) = office.slack.thread(post)
    assert said.words == TOOK
    assert said.username == "Leo Prats"
    assert said.buttons == []


async def test_the_further_posts_of_a_long_one_go(office, channel, answer, post):
    name = await channel.send(replace(answer, text=LONG))
    assert len(office.slack.thread(post)) > 2
    await channel.send(unsaid(answer, name))
    assert [each.words for each in office.slack.thread(post)[1:]] == [TOOK]


async def test_so_do_those_below_one_that_began_a_thread(office, channel, outbound):
    said = outbound(to=Address("slack", ""), recipient=office.ana.id, text=LONG)
    name = await channel.send(said)
    assert len(office.slack.conversation(office.ana)) > 1
    await channel.send(unsaid(said, name))
    assert [each.words for each in office.slack.conversation(office.ana)] == [TOOK]


async def test_its_files_go_and_those_of_others_stay(office, channel, answer, post):
    name = await channel.send(replace(answer, uploads=(PNG,)))
    await office.until(lambda: len(office.slack.thread(post)) == 3)
    await channel.send(replace(answer, row=2, text="See here", uploads=(PNG,)))
    await office.until(lambda: len(office.slack.thread(post)) == 5)
    await channel.send(unsaid(replace(answer, uploads=(PNG,)), name))
    _, first, second, files = office.slack.thread(post)
    assert [first.words, second.words.split("\n")[0]] == [TOOK, "See here"]
    assert [each["name"] for each in files.files] == ["shot.png"]
    assert len(office.slack.workspace.files) == 1


async def test_what_broke_off_goes_on_at_the_next_attempt(office, channel, answer, post):
    name = await channel.send(replace(answer, text=LONG))
    office.slack.fail("chat.delete", status=503)
    with pytest.raises(DeliveryFailed) as failure:
        await channel.send(unsaid(answer, name))
    assert not failure.value.permanent
    assert office.slack.thread(post)[1].words == TOOK
    for _ in range(2):
        assert await channel.send(unsaid(answer, name)) == name
    assert [each.words for each in office.slack.thread(post)[1:]] == [TOOK]


async def test_one_whose_name_is_not_known_is_found_by_its_mark(office, channel, answer, post):
    office.slack.lose_answer("chat.postMessage")
    with pytest.raises(DeliveryFailed):
        await channel.send(answer)
    name = await channel.send(unsaid(answer, UNNAMED))
    (_, said) = office.slack.thread(post)
    assert (said.words, name) == (TOOK, f"{office.help.id}:{said.ts}")


async def test_where_nothing_was_said_nothing_is(office, channel, answer, post):
    assert await channel.send(unsaid(answer, UNNAMED)) == UNNAMED
    assert len(office.slack.thread(post)) == 1


async def test_one_that_somebody_deleted_is_gone_as_it_should_be(office, channel, answer, post):
    name = await channel.send(answer)
    office.slack.fail("chat.update", error="message_not_found")
    assert await channel.send(unsaid(answer, name)) == name


async def test_where_nothing_may_be_changed_it_is_deleted(office, channel, answer, post):
    name = await channel.send(answer)
    office.slack.fail("chat.update", error="edit_window_closed")
    await channel.send(unsaid(answer, name))
    assert len(office.slack.thread(post)) == 1


async def test_a_pause_that_slack_asks_for_is_heeded(office, channel, answer):
    name = await channel.send(answer)
    office.slack.rate_limit("chat.update", seconds=2, channel=office.help)
    with pytest.raises(DeliveryFailed) as failure:
        await channel.send(unsaid(answer, name))
    assert failure.value.after >= timedelta(seconds=1)
