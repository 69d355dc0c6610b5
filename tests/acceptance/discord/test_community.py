"""A community helps itself: where everybody reads along, colleagues answer, and are thanked."""

import pytest

from bot.model.ticket import Status

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
THANKED = {
    "ana": "Gracias a Bob Hill: lo que escribió fue la solución.",
    "tom": "Thanks to Bob Hill: what they wrote solved it.",
}
BOTH = pytest.mark.parametrize("key", ["ana", "tom"])


async def ask(stage, key, where):
    """A request in a forum or in a public thread."""
    person = stage.person(key)
    if where == "forum":
        return await person.opens_post(stage.forum, SAID[key], "Error 42")
    return await person.says(SAID[key], channel=stage.help)


@pytest.mark.promise("R10", channels=("discord",), languages=("en", "es"))
@BOTH
@pytest.mark.parametrize("where", ["forum", "thread"])
async def test_a_colleague_answers_and_is_thanked_by_name_when_it_is_marked(stage, bob, key, where):
    person = stage.person(key)
    post = await ask(stage, key, where)
    await stage.rests()
    answer = await bob.says("Restart the router", thread=post)
    await stage.rests()
    assert "Restart the router" in stage.below()[-1]
    await person.reacts("✅", on=answer)
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED
    assert THANKED[key] in stage.read(post)
    kept = (await stage.entries())[-1]
    helper = await stage.app.store.read(lambda work: work.people.get(int(kept.new)))
    assert (kept.words, helper.name) == ("Restart the router", "Bob Hill")
    assert "kb from IT-1" in stage.below()[-1]  # their answer is proposed as an article


@pytest.mark.promise("R10", channels=("discord",), languages=("en", "es"))
@BOTH
@pytest.mark.parametrize("where", ["forum", "thread"])
async def test_an_agent_may_say_too_that_it_is_solved(stage, bob, key, where):
    post = await ask(stage, key, where)
    await stage.rests()
    answer = await bob.says("Restart the router", thread=post)
    await stage.rests()
    agent = stage.person({"tom": "sara", "ana": "hugo"}[key])
    await agent.reacts("✅", on=answer)
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED
    assert THANKED[key] in stage.read(post)
    kept = (await stage.entries())[-1]
    assert kept.words == "Restart the router"


@pytest.mark.parametrize(
    ("key", "neighbour", "taken"),
    [("ana", "tom", "Tenemos tu mensaje"), ("tom", "ana", "We have your message")],
)
async def test_nobody_else_ends_what_others_asked(stage, bob, key, neighbour, taken):
    post = await ask(stage, key, "thread")
    await stage.rests()
    answer = await bob.says("Restart the router", thread=post)
    await stage.rests()
    await stage.person(neighbour).reacts("✅", on=answer)
    await bob.reacts("✅", on=answer)
    await stage.rests()
    assert (await stage.ticket()).status is Status.NEW
    (answer,) = stage.answers(post)
    assert taken in answer.words
