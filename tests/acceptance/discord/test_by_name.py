"""An agent's answer bears their name and picture, or names them where only the bot can speak."""

import pytest

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
TAKEN = {"ana": "Tenemos tu mensaje", "tom": "We have your message"}
REPLY = {
    "ana": ("hugo", "responder: ¿Está enchufado?", "¿Está enchufado?"),
    "tom": ("sara", "reply: Is it plugged in?", "Is it plugged in?"),
}
SOLVED = {"ana": "Marcar como resuelto", "tom": "Mark as solved"}
both = pytest.mark.parametrize("key", ["ana", "tom"])


async def answered(stage, key, post_in=None):
    """What the desk says of a request, then what an agent says, whose picture is known."""
    person, (agent, line, words) = stage.person(key), REPLY[key]
    stage.person(agent).user.avatar = "abc"
    if post_in:
        post = await person.opens_post(post_in, SAID[key], "error 42")
    else:
        post = await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    await stage.person(agent).says(line, reply_to=stage.card())
    await stage.rests()
    taken, answer = stage.answers(post)
    assert TAKEN[key] in taken.words
    assert words in answer.words
    return taken, answer, stage.person(agent)


@both
@pytest.mark.parametrize("where", ["room", "forum"])
async def test_in_a_thread_it_bears_their_name_and_picture(stage, key, where):
    post_in = stage.forum if where == "forum" else None
    taken, answer, agent = await answered(stage, key, post_in)
    picture = f"https://cdn.discordapp.com/avatars/{agent.id}/abc.png"
    assert answer.author.shown_name == agent.name
    assert answer.author.avatar == stage.discord.world.picture(picture)
    assert taken.author.id == stage.discord.bot.id
    assert SOLVED[key] in answer.words
    assert agent.name not in answer.words


@both
async def test_directly_the_bot_names_them(stage, key):
    person, (agent, line, words) = stage.person(key), REPLY[key]
    await person.says(SAID[key])
    await stage.rests()
    await stage.person(agent).says(line, reply_to=stage.card())
    await stage.rests()
    answer = stage.talk(person)[-1]
    assert answer.author is stage.discord.bot
    assert stage.person(agent).name in answer.words
    assert words in answer.words
    assert SOLVED[key] in answer.words
