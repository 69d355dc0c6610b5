"""The agents' room on Discord: a card for each ticket, and what is said in its thread."""

import pytest
from channel_words import WORDS

from bot.model.ticket import Status

both = pytest.mark.parametrize("language", ["es", "en"])


@pytest.fixture
async def post(stage, person, words):
    """What somebody said in the support room."""
    said = await person.says(words.report, channel=stage.help)
    await stage.rests()
    return said


async def take(stage, agent):
    await agent.presses(WORDS[stage.app.config.desk.language].take, on=stage.card())
    await stage.rests()
    return stage.card()


@pytest.mark.promise("D1", channels=("discord",), languages=("en", "es"))
@both
async def test_plain_words_in_a_cards_thread_are_a_note_and_a_prefix_speaks(
    stage, person, agent, post, words
):
    card = await take(stage, agent)
    await agent.says(words.note, thread=card)
    await stage.rests()
    assert len(stage.answers(post)) == 1
    assert words.note not in stage.seen_by(person)
    await agent.says(f"{words.prefix}: {words.reply}", thread=card)
    await stage.rests()
    assert words.reply in stage.read(post)
    assert agent.name in f"{stage.answers(post)[-1].author.shown_name} {stage.read(post)}"
    (note,) = [each for each in await stage.entries() if each.what == "noted"]
    assert note.text == words.note


@both
async def test_a_reply_to_the_card_itself_is_a_note_and_a_prefix_speaks(
    stage, person, agent, post, words, language
):
    await agent.says(words.note, reply_to=stage.card())
    await stage.rests()
    assert len(stage.answers(post)) == 1
    await agent.says(f"{words.prefix}: {words.reply}", reply_to=stage.card())
    await stage.rests()
    assert words.reply in stage.read(post)
    assert words.note not in stage.seen_by(person)
    goes_out = {"es": "Ana Ruiz recibe tu respuesta", "en": "Tom Baker gets your answer"}
    assert goes_out[language] in [*stage.agents][-1].words


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
@both
async def test_signs_claim_and_resolve(stage, agent, post, language):
    urgent = {"es": "**Prioridad** Urgente", "en": "**Priority** Urgent"}
    solved = {"es": "lo ha dado por resuelto", "en": "marked this as solved"}
    await agent.reacts("👀", on=post)
    await stage.rests()
    assert (await stage.ticket()).status is Status.OPEN
    assert agent.name in stage.card().words
    await agent.reacts("🚨", on=post)
    await stage.rests()
    assert urgent[language] in stage.card().words
    await agent.reacts("✅", on=post)
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED
    assert f"{agent.name} {solved[language]}" in stage.read(post)


LINES = {
    "es": ("responder IT-1 Un momento", "prioridad IT-1 alta", "pausar IT-1 2h"),
    "en": ("reply IT-1 Wait a minute", "priority IT-1 high", "hold IT-1 2h"),
}
BELOW = {
    "es": ("se ocupa", "Parpadea", "Y la mía", "Un momento", "a alta", "lo puso en pausa"),
    "en": ("took it", "It flickers", "And mine", "Wait a minute", "to high", "put it on hold"),
}
HOLD_OVER = {"es": "La pausa terminó", "en": "The hold is over"}


@both
async def test_all_that_happens_is_told_below_the_card(stage, bob, person, agent, post, language):
    order = BELOW[language]
    await take(stage, agent)
    for writer, words in ((person, order[1]), (bob, order[2])):
        await writer.says(words, thread=post)
        await stage.rests()
    for line in LINES[language]:
        await agent.uses_command("desk", {"words": line}, channel=stage.agents)
        await stage.rests()
    below = "\n".join(stage.below())
    assert [each for each in order if each not in below] == []
    assert sorted(order, key=below.index) == list(order)
    await stage.passes(hours=3)
    assert HOLD_OVER[language] in stage.below()[-1]
