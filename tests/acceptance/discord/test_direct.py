"""Direct talks, which have no threads: what belongs together, and what begins something new."""

import pytest

from bot.model.ticket import Status

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
MORE = {"ana": "Tampoco desde casa, por cierto", "tom": "Nor does it from home, by the way"}
ADDED = {"ana": "Lo hemos añadido a lo que ya nos habías contado", "tom": "We added this to"}
FORM = {"ana": "Contar un problema", "tom": "Report a problem"}
OTHER = {"ana": "El ratón se ha roto", "tom": "The mouse is broken"}
both = pytest.mark.parametrize("key", ["ana", "tom"])


@both
async def test_later_words_go_on_with_what_was_told_before(stage, key):
    person = stage.person(key)
    await person.says(SAID[key])
    await stage.rests(hours=3)
    await person.says(MORE[key])
    await stage.rests()
    assert await stage.ticket(2) is None
    entries = await stage.app.store.read(lambda work: work.entries.of(1))
    assert entries[-1].text == MORE[key]
    assert ADDED[key] in stage.talk(person)[-1].words
    # And if they meant something else, one press is enough.
    await person.presses(FORM[key], on=stage.talk(person)[-1])
    await person.fills({person.form.labels[0]: OTHER[key]})
    await person.submits()
    await stage.rests()
    assert (await stage.ticket(2)).summary == OTHER[key]


@both
async def test_soon_after_they_are_told_once_where_their_words_go(stage, key):
    person = stage.person(key)
    await person.says(SAID[key])
    await stage.rests(minutes=10)
    for words in (OTHER[key], MORE[key]):
        await person.says(words)
        await stage.rests(minutes=5)
    told = [each.words for each in stage.talk(person) if ADDED[key] in each.words]
    assert len(told) == 1
    assert "IT-1" in told[0]


async def test_while_they_talk_nobody_is_told_where_their_words_go(stage, tom, sara):
    await tom.says(SAID["tom"])
    await stage.rests()
    await sara.presses("Reply", on=stage.card())
    await sara.fills({sara.form.labels[0]: "Since when?"})
    await sara.submits()
    await stage.rests()
    heard = len(stage.talk(tom))
    await tom.says("Since this morning")
    await stage.rests()
    assert len(stage.talk(tom)) == heard
    assert await stage.ticket(2) is None
    assert (await stage.ticket()).status is not Status.RESOLVED


async def test_what_is_solved_takes_no_more_words(stage, tom, sara):
    await tom.says(SAID["tom"])
    await stage.rests()
    await tom.presses("Mark as solved", on=stage.talk(tom)[-1])
    await stage.rests(hours=2)
    await tom.says(OTHER["tom"])
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED
    assert (await stage.ticket(2)).summary == OTHER["tom"]


async def test_of_several_that_are_open_one_is_asked_for_before_it_is_settled(stage, tom):
    await tom.says(SAID["tom"])
    await stage.rests(hours=2)
    await stage.declared()
    await tom.uses_command("ticket new", {"text": OTHER["tom"]})
    await stage.rests(hours=1)
    await tom.says("solved")
    await stage.rests()
    assert not (await stage.ticket()).status.is_done
    assert not (await stage.ticket(2)).status.is_done
    said = stage.talk(tom)[-1].words
    assert "IT-1" in said
    assert "IT-2" in said
