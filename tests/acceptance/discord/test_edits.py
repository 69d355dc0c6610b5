"""What people on Discord change, delete, send along, and whom their words might call."""

import pytest

from sandbox.discord import Permission

FILE = ("log.txt", b"line 1\n", "text/plain")
GUIDE = ("guide.pdf", b"%PDF-1.7 a guide", "application/pdf")
POSTING = "POST /channels/{channel}/messages"


@pytest.fixture
async def post(stage, tom, sara):
    """What Tom said in the support room; Sara has claimed it, so that its card has a thread."""
    said = await tom.says("My VPN does not connect", channel=stage.help)
    await stage.rests()
    await sara.presses("Take it", on=stage.card())
    await stage.rests()
    return said


async def test_an_edit_is_a_new_version_and_renews_the_card(stage, tom, post):
    after = "My VPN does not connect: error 42"
    await tom.edits(post, after)
    await stage.rests()
    assert after in stage.below()[-1]
    assert after in stage.card().words
    assert len(stage.answers(post)) == 1
    assert await stage.said() == ["My VPN does not connect", after]


async def test_a_deletion_is_marked_and_what_was_said_is_kept(stage, tom, sara, post):
    more = await tom.says("Never mind the noise", thread=post)
    await stage.rests()
    await tom.deletes(more)
    await stage.rests()
    assert "Tom Baker deleted a message" in stage.below()[-1]
    await sara.uses_command("desk", {"words": "history IT-1"}, channel=stage.agents)
    assert "Never mind the noise" in await stage.told(sara)


async def test_who_changes_an_answer_that_went_out_hears_that_the_first_stands(stage, sara, post):
    answer = await sara.says("reply: try saef mode", thread=stage.card())
    await stage.rests()
    await sara.edits(answer, "reply: try safe mode")
    await stage.rests()
    assert "saef" in stage.read(post)
    assert "Tom Baker has your answer as you first wrote it" in stage.talk(sara)[-1].words


async def test_files_travel_both_ways_and_unharmed(stage, tom, sara, post):
    await tom.says("Here", thread=post, files=[FILE])
    await stage.rests()
    (below,) = [each for each in stage.thread(stage.card()) if "Here" in each.words]
    assert "log.txt" in below.words
    kept = (await stage.entries())[-1].attachments
    assert [(each.name, each.size) for each in kept] == [("log.txt", 7)]
    await sara.says("reply: Read this", thread=stage.card(), files=[GUIDE])
    await stage.rests()
    files = [each for said in stage.thread(post) for each in said.attachments]
    assert [(each.name, each.content) for each in files] == [FILE[:2], GUIDE[:2]]


async def test_a_reply_in_the_room_itself_joins_the_ticket(stage, tom, post):
    await tom.says("It says error 42", reply_to=post)
    await stage.rests()
    assert "It says error 42" in await stage.said()
    assert len(await stage.tickets()) == 1


async def test_long_words_are_cut_between_paragraphs_and_never_in_code(stage, sara, post):
    code = "```\n" + "\n".join(f"line {number} of the script" for number in range(60)) + "\n```"
    steps = "\n\n".join(f"Step {number}. {'Turn it off. ' * 20}".strip() for number in range(12))
    await sara.uses_command(
        "desk", {"words": f"reply IT-1 {steps}\n\n{code}"}, channel=stage.agents
    )
    await stage.rests()
    posts = [each.words for each in stage.answers(post)][1:]
    assert len(posts) > 1
    paragraphs = steps.split("\n\n")
    assert [each for each in paragraphs if not any(each in post for post in posts)] == []
    assert max(map(len, posts)) <= 4000
    assert all(each.count("```") % 2 == 0 for each in posts)
    whole = "\n".join(posts)
    assert [whole.count(f"line {number} of") for number in range(60)] == [1] * 60


@pytest.mark.parametrize("loud", ["@everyone", "@here", "@Night watch", "@Bob Hill"])
async def test_nobody_is_called_by_words_that_the_desk_passes_on(stage, tom, sara, post, loud):
    stage.guild.role("Night watch", members=[stage.person("bob")])
    bot = next(each for each in stage.guild.roles.values() if each.bot_id == stage.discord.bot.id)
    stage.guild.change_role(bot, bot.permissions | Permission.MENTION_EVERYONE)
    await stage.rests()
    await tom.says(f"{loud} it is broken", thread=post)
    await stage.rests()
    await sara.says(f"reply: {loud} look here", thread=stage.card())
    await stage.rests()
    own = [*stage.agents, *stage.thread(stage.card()), *stage.answers(post), *stage.talk(tom)]
    desk = [each for each in own if each.author.id not in (tom.id, sara.id)]
    assert any("it is broken" in each.words for each in desk)
    assert any("look here" in each.words for each in desk)
    calls = [each for each in desk if each.mention_everyone or each.mention_roles]
    assert calls == []
    named = {user.id for each in desk for user in each.mentions}
    assert named <= {sara.id}
    posted = [each.body for each in stage.discord.calls if each.route == POSTING]
    assert all("everyone" not in each["allowed_mentions"]["parse"] for each in posted)
