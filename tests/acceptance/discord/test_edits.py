"""What people on Discord change, delete, send along, and whom their words might call."""

import pytest

from bot.model.entry import What
from sandbox.discord import Permission

FILE = ("log.txt", b"line 1\n", "text/plain")
GUIDE = ("guide.pdf", b"%PDF-1.7 a guide", "application/pdf")
POSTING = "POST /channels/{channel}/messages"
pytestmark = pytest.mark.parametrize("language", ["es", "en"])


@pytest.fixture
async def post(stage, person, agent, words):
    """What somebody said in the support room; an agent took it, so that its card has a thread."""
    said = await person.says(words.report, channel=stage.help)
    await stage.rests()
    await agent.presses(words.take, on=stage.card())
    await stage.rests()
    return said


async def test_an_edit_is_a_new_version_and_renews_the_card(stage, person, post, words, language):
    changed = {"es": "Ana Ruiz cambió lo que", "en": "Tom Baker changed what they wrote"}
    after = f"{words.report}: error 42"
    await person.edits(post, after)
    await stage.rests()
    assert changed[language] in stage.below()[-1]
    assert after in stage.below()[-1]
    assert after in stage.card().words
    assert len(stage.answers(post)) == 1
    assert await stage.said() == [words.report, after]


async def test_a_deletion_is_marked_and_what_was_said_is_kept(
    stage, person, agent, post, words, language
):
    deleted = {"es": "Ana Ruiz borró un mensaje", "en": "Tom Baker deleted a message"}
    history = {"es": "historial IT-1", "en": "history IT-1"}
    more = await person.says(words.more, thread=post)
    await stage.rests()
    await person.deletes(more)
    await stage.rests()
    assert deleted[language] in stage.below()[-1]
    await agent.uses_command("desk", {"words": history[language]}, channel=stage.agents)
    assert words.more in await stage.told(agent)


async def test_who_changes_an_answer_that_went_out_hears_that_the_first_stands(
    stage, agent, post, words, language
):
    typo, mended, stands = {
        "es": ("prueba el mdo seguro", "prueba el modo seguro", "Ana Ruiz tiene tu respuesta como"),
        "en": ("try saef mode", "try safe mode", "Tom Baker has your answer as you first wrote it"),
    }[language]
    answer = await agent.says(f"{words.prefix}: {typo}", thread=stage.card())
    await stage.rests()
    await agent.edits(answer, f"{words.prefix}: {mended}")
    await stage.rests()
    assert typo in stage.read(post)
    assert stands in stage.talk(agent)[-1].words


async def test_new_words_behind_the_name_of_the_desk_are_kept_without_the_command(
    stage, agent, post, language
):
    word = {"es": "nota", "en": "note"}[language]
    order = f"@Deskmate {word} IT-1"
    said = await agent.says(f"{order} the ruoter is dead", channel=stage.agents)
    await stage.rests()
    await agent.edits(said, f"{order} the router is dead")
    await stage.rests()
    last = (await stage.entries())[-1]
    assert (last.what, last.text) == (What.REWORDED, "the router is dead")


async def test_files_travel_both_ways_and_unharmed(stage, person, agent, post, words, language):
    listed = {"es": "Archivos: log.txt", "en": "Files: log.txt"}
    await person.says(words.more, thread=post, files=[FILE])
    await stage.rests()
    (below,) = [each for each in stage.below() if words.more in each]
    assert listed[language] in below
    kept = (await stage.entries())[-1].attachments
    assert [(each.name, each.size) for each in kept] == [("log.txt", 7)]
    await agent.says(f"{words.prefix}: {words.reply}", thread=stage.card(), files=[GUIDE])
    await stage.rests()
    files = [each for said in stage.thread(post) for each in said.attachments]
    assert [(each.name, each.content) for each in files] == [FILE[:2], GUIDE[:2]]


async def test_a_reply_in_the_room_itself_joins_the_ticket(stage, person, post, words, language):
    wrote = {"es": "Ana Ruiz escribió:", "en": "Tom Baker wrote:"}
    await person.says(words.more, reply_to=post)
    await stage.rests()
    assert words.more in await stage.said()
    assert wrote[language] in stage.below()[-1]
    assert len(await stage.tickets()) == 1


async def test_long_words_are_cut_between_paragraphs_and_never_in_code(
    stage, agent, post, words, language
):
    line, step, goes_out = {
        "es": ("línea {} del guion", "Paso {}. ¡Apágala!", "Ana Ruiz recibe tu respuesta"),
        "en": ("line {} of the script", "Step {}. Turn it off.", "Tom Baker gets your answer"),
    }[language]
    code = "```\n" + "\n".join(line.format(number) for number in range(60)) + "\n```"
    paragraphs = [" ".join([step.format(number)] * 15) for number in range(12)]
    whole = "\n\n".join([*paragraphs, code])
    ordered = {"words": f"{words.prefix} IT-1 {whole}"}
    await agent.uses_command("desk", ordered, channel=stage.agents)
    assert goes_out in await stage.told(agent)
    await stage.rests()
    posts = [each.words for each in stage.answers(post)][1:]
    assert len(posts) > 1
    assert [each for each in paragraphs if not any(each in post for post in posts)] == []
    assert max(map(len, posts)) <= 4000
    assert all(each.count("```") % 2 == 0 for each in posts)
    said = "\n".join(posts)
    assert [said.count(line.format(number)) for number in range(60)] == [1] * 60


@pytest.mark.parametrize("loud", ["@everyone", "@here", "@Night watch", "@Bob Hill"])
async def test_nobody_is_called_by_words_that_the_desk_passes_on(
    stage, person, agent, post, words, language, loud
):
    wrote = {"es": "Ana Ruiz escribió:", "en": "Tom Baker wrote:"}
    _lets_the_desk_call_everybody(stage)
    await stage.rests()
    await person.says(f"{loud} {words.more}", thread=post)
    await stage.rests()
    assert wrote[language] in stage.below()[-1]
    await agent.says(f"{words.prefix}: {loud} {words.reply}", thread=stage.card())
    await stage.rests()
    own = [*stage.agents, *stage.thread(stage.card()), *stage.answers(post), *stage.talk(person)]
    desk = [each for each in own if each.author.id not in (person.id, agent.id)]
    assert any(words.more in each.words for each in desk)
    assert any(words.reply in each.words for each in desk)
    calls = [each for each in desk if each.mention_everyone or each.mention_roles]
    assert calls == []
    named = {user.id for each in desk for user in each.mentions}
    assert named <= {agent.id}
    posted = [each.body for each in stage.discord.calls if each.route == POSTING]
    assert all("everyone" not in each["allowed_mentions"]["parse"] for each in posted)


def _lets_the_desk_call_everybody(stage):
    stage.guild.role("Night watch", members=[stage.person("bob")])
    bot = next(each for each in stage.guild.roles.values() if each.bot_id == stage.discord.bot.id)
    stage.guild.change_role(bot, bot.permissions | Permission.MENTION_EVERYONE)
