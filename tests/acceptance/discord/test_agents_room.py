"""The agents' room on Discord: a card for each ticket, and what is said in its thread."""

import pytest

from bot.model.ticket import Status

SAID = "My screen is black"


@pytest.fixture
async def post(stage, tom):
    """What Tom said in the support room; an agent has claimed it, and its card has a thread."""
    said = await tom.says(SAID, channel=stage.help)
    await stage.rests()
    return said


async def take(stage, agent):
    await agent.presses("Take it", on=stage.card())
    await stage.rests()
    return stage.card()


@pytest.mark.promise("D1", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words"), [("sara", "reply: Is the cable in?"), ("hugo", "responder: Is the cable in?")]
)
async def test_plain_words_in_a_cards_thread_are_a_note_and_a_prefix_speaks(
    stage, tom, post, key, words
):
    agent = stage.person(key)
    card = await take(stage, agent)
    await agent.says("He kicked it again", thread=card)
    await stage.rests()
    assert len(stage.answers(post)) == 1
    assert "kicked" not in stage.seen_by(tom)
    await agent.says(words, thread=card)
    await stage.rests()
    assert "Is the cable in?" in stage.read(post)
    assert agent.name in f"{stage.answers(post)[-1].author.shown_name} {stage.read(post)}"
    (note,) = [each for each in await stage.entries() if each.what == "noted"]
    assert note.text == "He kicked it again"


async def test_a_reply_to_the_card_itself_is_a_note_and_a_prefix_speaks(stage, tom, sara, post):
    await sara.says("He kicked it again", reply_to=stage.card())
    await stage.rests()
    assert len(stage.answers(post)) == 1
    await sara.says("reply: Is the cable in?", reply_to=stage.card())
    await stage.rests()
    assert "Is the cable in?" in stage.read(post)
    assert "kicked" not in stage.seen_by(tom)


@pytest.mark.promise("D5", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("first", "second", "line", "told"),
    [
        ("sara", "hugo", "tomar IT-1", "Ya lo tiene Sara Stone."),
        ("hugo", "sara", "claim IT-1", "Hugo Sanz has it already."),
    ],
)
async def test_a_second_claim_is_refused_politely(stage, post, first, second, line, told):
    early, late = stage.person(first), stage.person(second)
    card = await take(stage, early)
    await late.uses_command("desk", {"words": line}, channel=stage.agents)
    assert told in await stage.told(late)
    await late.reacts("👀", on=post)
    await stage.rests()
    assert early.name in card.words
    assert late.name not in card.words


@pytest.mark.promise("D5", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("first", "second", "notice"),
    [
        ("sara", "hugo", "Sara Stone también está escribiendo una respuesta."),
        ("hugo", "sara", "Hugo Sanz is writing an answer to this, too."),
    ],
)
async def test_who_writes_an_answer_is_shown_to_the_others(stage, post, first, second, notice):
    early, late = stage.person(first), stage.person(second)
    await early.presses("Reply", on=stage.card())
    await stage.rests()
    assert f"{early.name} is writing an answer." in stage.card().words
    await late.presses("Reply", on=stage.card())
    assert notice in late.form.words
    await late.closes_form()
    await early.fills({early.form.labels[0]: "Is the cable in?"})
    await early.submits()
    await stage.rests()
    assert f"{early.name} is writing" not in stage.card().words
    await stage.passes(hours=1)  # Discord tells nobody that a form was closed
    assert "is writing" not in stage.card().words
    assert "Is the cable in?" in stage.read(post)


@pytest.mark.promise("D5", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("sara", "hugo", "Sara Stone ya ha respondido mientras tanto"),
        ("hugo", "sara", "Hugo Sanz has answered meanwhile"),
    ],
)
async def test_who_answered_meanwhile_is_told_before_a_second_answer_goes_out(
    stage, post, first, second, told
):
    early, late = stage.person(first), stage.person(second)
    card = await take(stage, early)
    await late.presses("Reply", on=card)
    await stage.rests()
    await early.says("reply: Is the cable in?", thread=card)
    await stage.rests()
    await late.fills({late.form.labels[0]: "Have you tried the other port?"})
    await late.submits()
    await stage.rests()
    shown = [each.words for each in late.ephemerals] + [late.form.words if late.form else ""]
    assert told in "\n".join(shown)
    assert "Is the cable in?" in stage.read(post)


@pytest.mark.promise("D1", channels=("discord",), languages=("en", "es"))
async def test_signs_claim_and_resolve(stage, tom, sara, post):
    await sara.reacts("👀", on=post)
    await stage.rests()
    assert (await stage.ticket()).status is Status.OPEN
    assert "Sara Stone" in stage.card().words
    await sara.reacts("🚨", on=post)
    await stage.rests()
    assert "**Priority** Urgent" in stage.card().words
    await sara.reacts("✅", on=post)
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED
    assert "Sara Stone marked this as solved" in stage.read(post)


async def test_all_that_happens_is_told_below_the_card(stage, tom, bob, sara, post):
    await take(stage, sara)
    for person, words in ((tom, "It flickers"), (bob, "Mine as well")):
        await person.says(words, thread=post)
        await stage.rests()
    for line in ("reply IT-1 Wait a minute", "priority IT-1 high", "hold IT-1 2h"):
        await sara.uses_command("desk", {"words": line}, channel=stage.agents)
        await stage.rests()
    below = "\n".join(stage.below())
    order = ("took it", "It flickers", "Mine as well", "Wait a minute", "to high", "laid it aside")
    assert [each for each in order if each not in below] == []
    assert sorted(order, key=below.index) == list(order)
    await stage.passes(hours=3)
    assert "The hold is over" in stage.below()[-1]
