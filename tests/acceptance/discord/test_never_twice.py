"""Whatever Discord answers, or doesn't: each letter arrives once, and none holds up another."""

import pytest

from bot.model.mailroom import Delivery

POSTING = "POST /channels/{channel}/messages"
MEND = {"es": "Reiníciala ya", "en": "Restart it"}
ANSWERED = {"es": "Hugo Sanz respondió a Ana Ruiz", "en": "Sara Stone answered Tom Baker"}
pytestmark = pytest.mark.parametrize("language", ["es", "en"])


@pytest.fixture
def answer(words, language) -> dict[str, str]:
    """The agent's answer, as a command."""
    return {"words": f"{words.prefix} IT-1 {MEND[language]}"}


async def outcome(stage) -> dict[str, int]:
    """How many letters stand where."""
    states = await stage.app.store.read(lambda work: work.outbox.states())
    return {name: count for name, count in states.items() if count}


@pytest.mark.parametrize("pause", [{"seconds": 30}, {"hours": 1}], ids=["soon", "late"])
async def test_a_lost_answer_leads_to_no_second_post(
    stage, person, agent, words, answer, language, pause
):
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    await agent.presses(words.take, on=stage.card())
    await stage.rests()
    stage.discord.lose_answer(POSTING, times=4)
    await agent.uses_command("desk", answer, channel=stage.agents)
    for _ in range(6):
        await stage.rests(**pause)
    assert [MEND[language] in each.words for each in stage.answers(post)] == [False, True]
    (below,) = [each for each in stage.below() if MEND[language] in each]
    assert ANSWERED[language] in below
    assert await outcome(stage) == {Delivery.SENT: 5}


async def test_each_letter_bears_a_number_that_discord_takes_once(stage, person, words):
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    assert words.we_have in stage.read(post)
    posted = [each.body for each in stage.discord.calls if each.route == POSTING]
    assert all(each["enforce_nonce"] for each in posted)
    assert {each["nonce"] for each in posted} == {"desk-1", "desk-2"}


async def test_a_lost_answer_to_words_of_several_posts_leads_to_no_second_one(
    stage, person, agent, words, language
):
    step, turn = {"es": ("Paso {}.", "Gírala. "), "en": ("Step {}.", "Turn it. ")}[language]
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    stage.discord.lose_answer(POSTING, times=3)
    long = "\n\n".join(f"{step.format(number)} {turn * 60}" for number in range(12))
    line = {"words": f"{words.prefix} IT-1 {long}"}
    await agent.uses_command("desk", line, channel=stage.agents)
    for _ in range(5):
        await stage.rests(hours=1)
    said = "\n".join(each.words for each in stage.answers(post))
    assert [said.count(step.format(number)) for number in range(12)] == [1] * 12
    assert said.count(words.we_have) == 1


async def test_a_channel_that_must_wait_holds_up_no_other(stage, person, words):
    stage.discord.rate_limit(POSTING, seconds=90, channel=stage.agents)
    post = await person.says(words.report, channel=stage.help)
    await stage.discord.until(lambda: stage.answers(post))
    assert words.we_have in stage.read(post)
    await stage.rests(seconds=20)
    assert not list(stage.agents)
    await stage.rests(seconds=100)
    await stage.discord.until(lambda: list(stage.agents))
    there = f"/channels/{stage.agents.id}/messages"
    tried = [each.status for each in stage.discord.calls if each.path == there]
    assert [each for each in tried if each == 429] == [429]
    assert words.report in stage.card().words


async def test_a_server_error_is_tried_again_later(stage, person, words):
    stage.discord.fail(POSTING, 503, times=3)
    post = await person.says(words.report, channel=stage.help)
    for _ in range(5):
        await stage.rests(minutes=5)
    (told,) = stage.answers(post)
    assert words.we_have in told.words
    assert words.report in stage.card().words


GONE = {
    "the message": {"es": "Ana Ruiz borró un mensaje", "en": "Tom Baker deleted a message"},
    "the channel": {
        "es": "Donde estaba IT-1 ya no se puede escribir",
        "en": "The desk can no longer write where IT-1 was",
    },
}


@pytest.mark.parametrize("gone", GONE)
async def test_where_the_conversation_is_gone_it_goes_on(
    stage, person, agent, words, answer, language, gone
):
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    if gone == "the channel":
        stage.guild.close(stage.help)
    else:
        await person.deletes(post)
    await agent.uses_command("desk", answer, channel=stage.agents)
    await stage.rests()
    await stage.rests(minutes=1)
    read = stage.talk(person) if gone == "the channel" else stage.answers(post)
    assert [MEND[language] in each.words for each in read][-1:] == [True]
    assert any(GONE[gone][language] in each for each in stage.below())
    assert Delivery.WAITING not in await outcome(stage)


async def test_who_takes_no_direct_messages_holds_nobody_up(
    stage, bob, person, agent, words, answer, language
):
    lost = {"es": "Esto no llegó a Ana Ruiz", "en": "This didn't reach Tom Baker"}
    await person.says(words.report)
    await stage.rests()
    stage.discord.close_direct(person)
    await agent.uses_command("desk", answer, channel=stage.agents)
    await bob.says(words.report)
    await stage.rests()
    assert "IT-2" in stage.talk(bob)[-1].words
    assert any(MEND[language] in each and lost[language] in each for each in stage.below())
    assert any("Cannot send messages to this user" in each for each in stage.below())
