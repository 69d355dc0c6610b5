"""What the desk sends stands where the conversation is, once, under the right name."""

from datetime import timedelta

import pytest

from bot.channel import DeliveryFailed
from bot.model.message import Address, Button, Section, Shows, Tone, Upload

PNG = Upload("shot.png", "image/png", b"\x89PNG" + bytes(100))


@pytest.fixture
async def channel(office):
    channel = office.channel()
    yield channel
    await channel.close()


@pytest.fixture
def to_thread(office, outbound):
    """A message into the thread of a post."""

    def make(post, **more):
        return outbound(to=Address("slack", office.help.id, post.ts), **more)

    return make


@pytest.fixture
async def post(office):
    """A request in the support room, said before the door was open."""
    return await office.ana.says("My VPN is down", channel=office.help)


async def test_a_letter_goes_into_the_direct_messages_of_its_reader(office, channel, outbound):
    to = Address("slack", "")
    first = await channel.send(outbound(to=to, recipient=office.ana.id, greeting="Hi Ana,"))
    await channel.send(outbound(row=2, to=to, recipient=office.ana.id, replies_to=(first,)))
    root, reply = office.slack.conversation(office.ana)
    assert root.words.startswith("Hi Ana,\nIt works again")
    assert reply.thread_ts == root.ts
    assert len([e for e in office.slack.calls if e.method == "conversations.open"]) == 1


async def test_what_is_for_everybody_stands_in_the_room(office, channel, outbound):
    await channel.send(outbound(to=Address("slack", office.help.id)))
    assert office.slack.posts(office.help)[-1].thread_ts is None


async def test_a_letter_to_a_room_finds_the_thread_it_answers(office, channel, outbound, post):
    there = f"{office.help.id}:{post.ts}"
    to = Address("slack", office.help.id)
    await channel.send(outbound(to=to, replies_to=("D1:1.000001", there)))
    assert office.slack.thread(post)[-1].words == "It works again"


async def test_no_letter_goes_into_the_thread_of_another_matter(office, channel, outbound, post):
    aside = await office.ana.says("My badge is broken", channel=office.help, thread=post)
    names = (f"{office.help.id}:{aside.ts}",)
    letter = {"to": Address("slack", office.help.id), "recipient": office.ana.id}
    first = await channel.send(outbound(**letter, replies_to=names))
    await channel.send(outbound(row=2, **letter, replies_to=(*names, first)))
    root, reply = office.slack.conversation(office.ana)
    assert reply.thread_ts == root.ts
    assert office.slack.thread(post)[1:] == [aside]
    looked = [each for each in office.slack.calls if each.method == "conversations.replies"]
    assert len(looked) == 1


async def test_an_agents_words_bear_their_name_and_picture(office, channel, to_thread, post):
    message = to_thread(post, tone=Tone.PERSONAL, sender_name="Leo Prats", sender=office.leo.id)
    await channel.send(message)
    said = office.slack.thread(post)[-1]
    assert said.username == "Leo Prats"
    assert said.icon_url
    assert "Leo Prats" not in said.words


@pytest.mark.parametrize("lacking", [frozenset({"chat:write.customize"})])
async def test_where_it_may_not_look_like_an_agent_it_says_who_speaks(
    office, channel, to_thread, post
):
    await channel.send(to_thread(post, tone=Tone.PERSONAL, sender_name="Leo Prats"))
    said = office.slack.thread(post)[-1]
    assert said.username == ""
    assert "Leo Prats" in said.words


async def test_long_words_stay_together_and_are_found_by_their_first_part(
    office, channel, outbound
):
    text = "\n\n".join(f"Paragraph {at} " + "word " * 120 for at in range(60))
    message = outbound(recipient=office.ana.id, text=text, reference="IT-1")
    sent = await channel.send(message)
    root, *rest = office.slack.conversation(office.ana)
    assert sent.endswith(root.ts)
    assert rest
    assert all(each.thread_ts == root.ts for each in rest)
    assert await channel.send(outbound(recipient=office.ana.id, text=text, again=True)) == sent
    assert len(office.slack.conversation(office.ana)) == 1 + len(rest)


async def test_files_follow_their_words_into_the_thread(office, channel, to_thread, post):
    await channel.send(to_thread(post, uploads=(PNG,)))
    await office.until(lambda: len(office.slack.thread(post)) == 3)
    _, words, files = office.slack.thread(post)
    assert words.words == "It works again"
    assert [each["name"] for each in files.files] == ["shot.png"]


async def test_a_file_without_a_word_is_sent_as_well(office, channel, outbound):
    await channel.send(outbound(recipient=office.ana.id, text="", uploads=(PNG,)))
    await office.until(lambda: len(office.slack.conversation(office.ana)) == 2)
    assert office.slack.conversation(office.ana)[0].words == "shot.png"


async def test_files_that_failed_are_sent_later_and_nothing_twice(office, channel, to_thread, post):
    office.slack.fail("files.completeUploadExternal", status=503)
    message = to_thread(post, uploads=(PNG, Upload("a.txt", "text/plain", b"a")))
    with pytest.raises(DeliveryFailed) as failure:
        await channel.send(message)
    assert failure.value.ambiguous
    again = to_thread(post, uploads=message.uploads, again=True)
    sent = await channel.send(again)
    await office.until(lambda: len(office.slack.thread(post)) == 3)
    assert await channel.send(again) == sent
    assert [each["name"] for each in office.slack.thread(post)[-1].files] == ["shot.png", "a.txt"]
    assert len(office.slack.thread(post)) == 3


async def test_a_lost_answer_does_not_make_it_come_twice(office, channel, to_thread, post):
    office.slack.lose_answer("chat.postMessage")
    with pytest.raises(DeliveryFailed) as failure:
        await channel.send(to_thread(post))
    assert failure.value.ambiguous
    assert not failure.value.permanent
    sent = await channel.send(to_thread(post, again=True))
    said = office.slack.thread(post)
    assert len(said) == 2
    assert sent == f"{office.help.id}:{said[-1].ts}"


async def test_what_never_arrived_is_sent_when_it_is_tried_again(office, channel, to_thread, post):
    await channel.send(to_thread(post, row=7, text="something else"))
    await channel.send(to_thread(post, again=True))
    assert len(office.slack.thread(post)) == 3


async def test_a_pause_holds_for_its_room_alone_and_asks_nobody_again(
    office, channel, to_thread, outbound, post
):
    office.slack.rate_limit("chat.postMessage", seconds=2, channel=office.help)
    with pytest.raises(DeliveryFailed) as failure:
        await channel.send(to_thread(post))
    assert failure.value.after == timedelta(seconds=2)
    asked = len(office.slack.calls)
    with pytest.raises(DeliveryFailed) as failure:
        await channel.send(to_thread(post, row=2))
    assert timedelta(seconds=2) < failure.value.after <= timedelta(seconds=3)  # its turn comes next
    assert len(office.slack.calls) == asked
    await channel.send(outbound(row=3, recipient=office.ana.id))


@pytest.mark.parametrize(
    ("error", "permanent", "waits"),
    [
        ("channel_not_found", True, False),
        ("is_archived", True, False),
        ("msg_too_long", True, False),
        ("invalid_blocks", True, False),
        ("invalid_auth", False, True),
        ("account_inactive", False, True),
        ("missing_scope", False, True),
        ("internal_error", False, False),
        ("an_error_of_tomorrow", False, False),
    ],
)
async def test_a_refusal_says_whether_trying_again_can_help(
    office, channel, to_thread, post, error, permanent, waits
):
    office.slack.fail("chat.postMessage", error=error)
    with pytest.raises(DeliveryFailed, match=error) as failure:
        await channel.send(to_thread(post))
    assert failure.value.permanent is permanent
    assert failure.value.after == (timedelta(seconds=60) if waits else None)
    assert not failure.value.ambiguous


async def test_a_broken_slack_is_tried_again(office, channel, to_thread, post):
    office.slack.fail("chat.postMessage", status=503)
    with pytest.raises(DeliveryFailed, match="503") as failure:
        await channel.send(to_thread(post))
    assert not failure.value.permanent


async def test_a_slack_that_is_not_there_took_nothing(office, channel, to_thread, post):
    await office.slack.go_down()
    with pytest.raises(DeliveryFailed) as failure:
        await channel.send(to_thread(post))
    assert not failure.value.ambiguous
    await office.slack.come_up()
    await channel.send(to_thread(post))


async def test_somebody_who_cannot_be_written_to_is_a_failure_for_good(office, channel, outbound):
    with pytest.raises(DeliveryFailed) as failure:
        await channel.send(outbound(recipient="U0NOBODY"))
    assert failure.value.permanent


async def test_a_thread_that_was_taken_away_does_not_hold_words_back(office, channel, outbound):
    to = Address("slack", office.help.id, "1600000000.000100")
    await channel.send(outbound(to=to))
    assert office.slack.posts(office.help)[-1].words == "It works again"


async def test_a_card_is_drawn_once_and_then_kept_in_step(office, channel, outbound):
    to = Address("slack", office.agents.id)

    def card(text, **more):
        section = Section(title="IT-1", text=text, buttons=(Button("Claim", "/claim IT-1"),))
        return outbound(to=to, shows=Shows.CARD, panel=(section,), **more)

    drawn = await channel.send(card("Nobody has it"))
    assert await channel.send(card("Leo has it", row=2, replaces=drawn)) == drawn
    (shown,) = office.slack.posts(office.agents)
    assert "Leo has it" in shown.words
    assert shown.buttons == ["Claim"]
    anew = await channel.send(card("Leo has it", row=3, replaces=f"{office.agents.id}:1.000001"))
    assert anew != drawn
    assert await channel.send(card("Leo has it", row=3, again=True)) == anew
    assert len(office.slack.posts(office.agents)) == 2


async def test_a_home_page_is_shown_to_its_person(office, channel, outbound):
    message = outbound(shows=Shows.HOME, recipient=office.ana.id, panel=(Section(title="Yours"),))
    assert await channel.send(message) == f"home:{office.ana.id}"
    assert "Yours" in office.ana.home_text


async def test_a_scope_that_was_taken_away_is_named(office, channel, to_thread, post):
    office.slack.app.scopes = office.slack.app.scopes - {"chat:write"}
    with pytest.raises(DeliveryFailed) as failure:
        await channel.send(to_thread(post))
    assert failure.value.lacks == ("chat:write",)
