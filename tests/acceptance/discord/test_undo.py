"""While an answer may be taken back: what else leaves, and what a change makes of it."""

from datetime import timedelta

import pytest
from discord_desk import set_discord_stage

SECONDS = 60  # more than moments of rest take
TYPO = {"en": ("try saef mode", "try safe mode"), "es": ("el mdo seguro", "el modo seguro")}
SECRET = {
    "en": ("my password is hunter2zz!", "Your change holds a password"),
    "es": ("mi contraseña es hunter2zz!", "Tu cambio lleva una contraseña"),
}
pytestmark = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture
async def stage(book_url, tmp_path, clock, language):
    window = {"undo": timedelta(seconds=SECONDS), "language": language}
    async with set_discord_stage(book_url, tmp_path, clock, **window) as scene:
        yield scene


@pytest.fixture
async def post(stage, person, agent, words):
    """What somebody said in the support room; an agent took it, so that its card has a thread."""
    said = await person.says(words.report, channel=stage.help)
    await stage.rests()
    await agent.presses(words.take, on=stage.card())
    await stage.rests()
    return said


async def test_another_report_is_acknowledged_meanwhile(stage, person, agent, post, words):
    await agent.says(f"{words.prefix}: {words.reply}", thread=stage.card())
    await stage.rests()
    other = await person.says(words.other, channel=stage.help)
    await stage.rests()
    assert words.other in stage.read(other)
    assert len(stage.answers(post)) == 1
    await stage.rests(seconds=SECONDS)
    assert words.reply in stage.read(post)


async def test_what_is_changed_meanwhile_leaves_in_its_last_words(
    stage, agent, post, words, language
):
    typo, mended = TYPO[language]
    secret, told = SECRET[language]
    answer = await agent.says(f"{words.prefix}: {typo}", thread=stage.card())
    await stage.rests()
    await agent.edits(answer, f"{words.prefix}: {mended}")
    await stage.rests()
    await agent.edits(answer, f"{words.prefix}: {secret}")
    await stage.rests()
    assert told in stage.talk(agent)[-1].words
    assert len(stage.answers(post)) == 1
    await stage.rests(seconds=SECONDS)
    _, said = stage.answers(post)
    assert mended in said.words
