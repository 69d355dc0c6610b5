"""While an answer may be taken back: what else leaves, and what a change makes of it."""

from datetime import timedelta

import pytest
from channel_words import WORDS
from slack_desk import set_slack_stage

SECONDS = 60  # more than moments of rest take
PEOPLE = {"en": ("tom", "sara"), "es": ("ana", "hugo")}
TYPO = {"en": ("try saef mode", "try safe mode"), "es": ("el mdo seguro", "el modo seguro")}
SECRET = {
    "en": ("my password is hunter2zz!", "Your change holds a password"),
    "es": ("mi contraseña es hunter2zz!", "Tu cambio lleva una contraseña"),
}
pytestmark = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture
async def stage(book_url, tmp_path, clock, language):
    window = {"undo": timedelta(seconds=SECONDS), "language": language}
    async with set_slack_stage(book_url, tmp_path, clock, **window) as scene:
        yield scene


@pytest.fixture
def words(language):
    return WORDS[language]


@pytest.fixture
def person(stage, language):
    return stage.person(PEOPLE[language][0])


@pytest.fixture
def agent(stage, language):
    return stage.person(PEOPLE[language][1])


@pytest.fixture
async def post(stage, person, words):
    said = await person.says(words.report, channel=stage.help)
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
    assert told in stage.slack.conversation(agent)[-1].words
    assert len(stage.answers(post)) == 1
    await stage.rests(seconds=SECONDS)
    _, said = stage.answers(post)
    assert mended in said.words
