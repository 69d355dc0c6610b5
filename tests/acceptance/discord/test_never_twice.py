"""Whatever Discord answers, or doesn't: each letter arrives once, and none holds up another."""

import pytest

from bot.model.mailroom import Delivery

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
POSTING = "POST /channels/{channel}/messages"


async def outcome(stage) -> dict[str, int]:
    """How many letters stand where."""
    states = await stage.app.store.read(lambda work: work.outbox.states())
    return {name: count for name, count in states.items() if count}


@pytest.mark.parametrize("pause", [{"seconds": 30}, {"hours": 1}], ids=["soon", "late"])
async def test_a_lost_answer_leads_to_no_second_post(stage, tom, sara, pause):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await sara.presses("Take it", on=stage.card())
    await stage.rests()
    stage.discord.lose_answer(POSTING, times=4)
    await sara.uses_command("desk", {"words": "reply IT-1 Restart it"}, channel=stage.agents)
    for _ in range(6):
        await stage.rests(**pause)
    assert ["Restart it" in each.words for each in stage.answers(post)] == [False, True]
    assert len([each for each in stage.below() if "Restart it" in each]) == 1
    assert await outcome(stage) == {Delivery.SENT: 5}


async def test_each_letter_bears_a_number_that_discord_takes_once(stage, tom):
    await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    posted = [each.body for each in stage.discord.calls if each.route == POSTING]
    assert all(each["enforce_nonce"] for each in posted)
    assert {each["nonce"] for each in posted} == {"desk-1", "desk-2"}


async def test_a_lost_answer_to_words_of_several_posts_leads_to_no_second_one(stage, tom, sara):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    stage.discord.lose_answer(POSTING, times=3)
    long = "\n\n".join(f"Step {number}. {'Turn it. ' * 60}" for number in range(12))
    await sara.uses_command("desk", {"words": f"reply IT-1 {long}"}, channel=stage.agents)
    for _ in range(5):
        await stage.rests(hours=1)
    said = "\n".join(each.words for each in stage.answers(post))
    assert [said.count(f"Step {number}.") for number in range(12)] == [1] * 12


async def test_a_channel_that_must_wait_holds_up_no_other(stage, tom):
    stage.discord.rate_limit(POSTING, seconds=90, channel=stage.agents)
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.discord.until(lambda: stage.answers(post))
    await stage.rests(seconds=20)
    assert not list(stage.agents)
    await stage.rests(seconds=100)
    await stage.discord.until(lambda: list(stage.agents))
    there = f"/channels/{stage.agents.id}/messages"
    tried = [each.status for each in stage.discord.calls if each.path == there]
    assert [each for each in tried if each == 429] == [429]
    assert stage.card()


async def test_a_server_error_is_tried_again_later(stage, tom):
    stage.discord.fail(POSTING, 503, times=3)
    post = await tom.says(SAID["tom"], channel=stage.help)
    for _ in range(5):
        await stage.rests(minutes=5)
    assert len(stage.answers(post)) == 1
    assert stage.card()


@pytest.mark.parametrize("gone", ["the message", "the channel"])
async def test_where_the_conversation_is_gone_it_goes_on(stage, tom, sara, gone):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    if gone == "the channel":
        stage.guild.close(stage.help)
    else:
        await tom.deletes(post)
    await sara.uses_command("desk", {"words": "reply IT-1 Restart it"}, channel=stage.agents)
    await stage.rests()
    await stage.rests(minutes=1)
    read = stage.talk(tom) if gone == "the channel" else stage.answers(post)
    assert ["Restart it" in each.words for each in read][-1:] == [True]
    assert Delivery.WAITING not in await outcome(stage)


async def test_who_takes_no_direct_messages_holds_nobody_up(stage, ana, tom, sara):
    await tom.says(SAID["tom"])
    await stage.rests()
    stage.discord.close_direct(tom)
    await sara.uses_command("desk", {"words": "reply IT-1 Restart it"}, channel=stage.agents)
    await ana.says(SAID["ana"])
    await stage.rests()
    assert "IT-2" in stage.talk(ana)[-1].words
    assert any("Restart it" in each and "Tom Baker" in each for each in stage.below())
    assert any("Cannot send messages to this user" in each for each in stage.below())
