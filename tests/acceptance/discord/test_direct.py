"""Direct talks, which have no threads: what belongs together, and what begins something new."""

import pytest

from bot.model.ticket import Status

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
MORE = {"ana": "Tampoco desde casa, por cierto", "tom": "Nor does it from home, by the way"}
ADDED = {"ana": "Lo hemos añadido a lo que ya nos habías contado", "tom": "We added this to"}
LOG = ("log.txt", b"line 1\n", "text/plain")
GUIDE = ("guide.pdf", b"%PDF-1.7 a guide", "application/pdf")
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


@pytest.mark.parametrize(
    ("key", "agent", "answered", "question", "since"),
    [
        (
            "ana",
            "hugo",
            "Ana Ruiz recibe tu respuesta a IT-1.",
            "¿Desde cuándo?",
            "Desde esta mañana",
        ),
        ("tom", "sara", "Tom Baker gets your answer to IT-1.", "Since when?", "Since this morning"),
    ],
)
async def test_while_they_talk_nobody_is_told_where_their_words_go(
    stage, key, agent, answered, question, since
):
    person, writer = stage.person(key), stage.person(agent)
    await person.says(SAID[key])
    await stage.rests()
    await writer.presses("Reply", on=stage.card())
    await writer.fills({writer.form.labels[0]: question})
    await writer.submits()
    await stage.rests()
    assert answered in await stage.told(writer)
    heard = len(stage.talk(person))
    await person.says(since)
    await stage.rests()
    assert len(stage.talk(person)) == heard
    assert await stage.ticket(2) is None
    assert (await stage.ticket()).status is not Status.RESOLVED


@pytest.mark.parametrize(
    ("key", "solved", "glad", "taken"),
    [
        ("ana", "Marcar como resuelto", "Qué bien que esté resuelto", "Tenemos tu mensaje"),
        ("tom", "Mark as solved", "Good that it is solved", "We have your message"),
    ],
)
async def test_what_is_solved_takes_no_more_words(stage, key, solved, glad, taken):
    person = stage.person(key)
    await person.says(SAID[key])
    await stage.rests()
    await person.presses(solved, on=stage.talk(person)[-1])
    await stage.rests(hours=2)
    assert glad in await stage.told(person)
    await person.says(OTHER[key])
    await stage.rests()
    assert taken in stage.talk(person)[-1].words
    assert (await stage.ticket()).status is Status.RESOLVED
    assert (await stage.ticket(2)).summary == OTHER[key]


@pytest.mark.parametrize(
    ("key", "solved", "asked"),
    [
        ("ana", "resuelto", "¿De cuál se trata? Tienes estos abiertos con nosotros:"),
        ("tom", "solved", "Which one do you mean? You have these open with us:"),
    ],
)
async def test_of_several_that_are_open_one_is_asked_for_before_it_is_settled(
    stage, key, solved, asked
):
    person = stage.person(key)
    await person.says(SAID[key])
    await stage.rests(hours=2)
    await stage.declared()
    await person.uses_command("ticket new", {"text": OTHER[key]})
    await stage.rests(hours=1)
    await person.says(solved)
    await stage.rests()
    assert not (await stage.ticket()).status.is_done
    assert not (await stage.ticket(2)).status.is_done
    said = stage.talk(person)[-1].words
    assert asked in said
    assert "IT-1" in said
    assert "IT-2" in said


@pytest.mark.parametrize(
    ("key", "agent", "here", "line"),
    [
        ("ana", "hugo", "Aquí está", "responder: Mira esto"),
        ("tom", "sara", "Here it is", "reply: Read this"),
    ],
)
async def test_files_travel_both_ways(stage, key, agent, here, line):
    person = stage.person(key)
    await person.says(SAID[key])
    await stage.rests()
    await person.says(here, files=[LOG])
    await stage.rests()
    assert [each.name for each in (await stage.entries())[-1].attachments] == ["log.txt"]
    await stage.person(agent).says(line, reply_to=stage.card(), files=[GUIDE])
    await stage.rests()
    (said,) = [each for each in stage.talk(person) if line.partition(": ")[2] in each.words]
    sent = [each for post in stage.talk(person) for each in post.attachments]
    assert [(each.name, each.content) for each in sent] == [GUIDE[:2]]
    assert {"ana": "Marcar como resuelto", "tom": "Mark as solved"}[key] in said.words


@both
async def test_what_is_changed_or_deleted_is_so_for_the_agents_too(stage, key):
    person = stage.person(key)
    first = await person.says(SAID[key])
    await stage.rests()
    await person.edits(first, MORE[key])
    await stage.rests()
    assert MORE[key] in stage.card().words
    more = await person.says(OTHER[key])
    await stage.rests()
    await person.deletes(more)
    await stage.rests()
    assert f"{person.name} deleted a message" in stage.below()[-1]
    assert {"ana": "Tenemos", "tom": "We have"}[key] in stage.talk(person)[0].words
    assert await stage.said() == [SAID[key], MORE[key], OTHER[key]]
