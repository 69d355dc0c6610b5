"""Who was helped is asked how it was on every channel, and who is unhappy is talked with."""

from dataclasses import replace

import pytest
from channel_face import Cast
from face_chat import ChatFace

from bot.model.person import Role
from bot.model.settings import Agent, Desk

LINES = {
    "en": {
        "rate": "rate IT-1 2 It took a week",
        "other": "rate IT-1 4 How good we are",
        "wrong": "rate IT-1 9",
        "reply": "reply IT-1 I am sorry. Shall I ring you?",
        "claim": "claim IT-3",
        "figures": "figures how the help was",
        "history": "history IT-1",
    },
    "es": {
        "rate": "valorar IT-1 2 Tardó una semana",
        "other": "valorar IT-1 4 Qué buenos somos",
        "wrong": "puntuar IT-1 9",
        "reply": "responder IT-1 Lo siento. ¿Te llamo?",
        "claim": "tomar IT-3",
        "figures": "cifras qué tal la ayuda",
        "history": "historial IT-1",
    },
}
SAID = {
    "en": {
        "asks": "How was our help?",
        "button": "Give 2, poor",
        "low": "Thank you for saying so: 2 of 5.",
        "person": "so a person looks at what went wrong",
        "told": "{} gave 2 of 5 for how this was solved",
        "not_yours": "Only whoever reported it can say how the help was",
        "wrong": "“9” doesn't fit. What goes here: mark, 1 to 5",
        "brief": "2 of 5: “It took a week”",
        "figures": "- Asked: 1, of whom 1 answered.\n- Marks: 1: 1 × 2.",
        "history": "{} gave 2 of 5, 2 before: It took a week",
    },
    "es": {
        "asks": "¿Qué tal la ayuda?",
        "button": "Poner un 2, floja",
        "low": "Gracias por decirlo: un 2 de 5.",
        "person": "así que una persona mira qué falló",
        "told": "{} ha puesto un 2 de 5 a cómo se resolvió esto",
        "not_yours": "Solo quien nos lo contó puede decir qué tal fue la ayuda",
        "wrong": "«9» no encaja. Aquí va: nota, 1 a 5",
        "brief": "un 2 de 5: «Tardó una semana»",
        "figures": "- Preguntados: 1, de ellos 1 respondieron.\n- Notas: 1: 1 × 2.",
        "history": "{} puso un 2 de 5, antes un 2: Tardó una semana",
    },
}


@pytest.fixture
def shape(cast: Cast):
    """The other agent sees to quality, and reads the language of the scene."""

    def agents(desk: Desk) -> tuple[Agent, ...]:
        quality = {"role": Role.QUALITY, "language": cast.language}
        return tuple(
            replace(each, **quality) if each.name == cast.colleague else each
            for each in desk.agents
        )

    return lambda desk: replace(desk, agents=agents(desk))


@pytest.mark.promise("T7", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_who_was_helped_is_asked_once_and_who_is_unhappy_is_talked_with(
    face, cast, say, line, language
):
    lines, said = LINES[language], SAID[language]
    await face.reports(cast.asker, say.report)
    await face.heard(cast.asker)
    await face.gives(cast.agent, line["resolve"])
    (letter,) = await face.heard(cast.asker)
    assert said["asks"] in letter
    await face.heard(cast.other_agent)
    told = await face.presses(cast.asker, said["button"], "2")
    assert [each for each in (said["low"], said["person"], "IT-1") if each not in told] == [], told
    assert said["told"].format(cast.name) in "\n".join(await face.heard(cast.other_agent))
    assert said["wrong"] in await face.gives(cast.asker, lines["wrong"])
    assert said["low"] in await face.gives(cast.asker, lines["rate"])
    (again,) = await face.heard(cast.other_agent)
    assert lines["rate"].partition(" 2 ")[2] in again

    await face.heard(cast.asker)
    await face.gives(cast.other_agent, lines["reply"])
    (talk,) = await face.heard(cast.asker)
    assert lines["reply"].partition("IT-1 ")[2] in talk
    assert cast.colleague in talk

    for number in (2, 3):
        await face.passes(minutes=15)
        await face.reports(cast.asker, say.other)
        await face.heard(cast.asker)
        if number == 2:
            await face.gives(cast.agent, line["resolve"].replace("IT-1", "IT-2"))
            (letter,) = await face.heard(cast.asker)
            assert said["asks"] not in letter
    assert said["brief"] in await face.gives(cast.agent, lines["claim"])
    assert said["figures"] in await face.gives(cast.agent, lines["figures"])
    assert said["history"].format(cast.name) in await face.gives(cast.agent, lines["history"])


async def test_nobody_else_says_how_it_was(face, cast, say, line, language):
    lines, said = LINES[language], SAID[language]
    await face.reports(cast.asker, say.report)
    await face.gives(cast.agent, line["resolve"])
    assert said["not_yours"] in await face.gives(cast.agent, lines["other"])
    unseen = say.unseen.replace("IT-77", "IT-1")
    assert unseen in await face.gives("bob", lines["other"])
    assert await face.app.store.read(lambda work: work.ratings.by(1, 3)) == []


FORM = {
    "en": ("rate IT-1", "Your mark, from 1 to 5", "5 · great"),
    "es": ("valorar IT-1", "Tu nota, del 1 al 5", "5 · excelente"),
}
MORE = {"en": ("Add words", "In your own words"), "es": ("Añadir palabras", "Con tus palabras")}
NEEDS = {"en": "That needs: mark, 1 to 5.", "es": "Para eso nos falta: nota, 1 a 5."}


async def test_what_is_left_open_is_asked_for(face, cast, say, line, language):
    command, mark, great = FORM[language]
    await face.reports(cast.asker, say.report)
    await face.gives(cast.agent, line["resolve"])
    if isinstance(face, ChatFace):
        person, stage = face.talk.stage.person(cast.asker), face.talk.stage
        await face.talk.types(person, command, stage.help)
        await fills_in(person, {mark: great}, stage)
        more, words = MORE[language]
        await person.presses(more, on=person.ephemerals[-1])
        await fills_in(person, {words: say.thanks}, stage)
    else:  # a mail has no forms
        assert NEEDS[language] in await face.gives(cast.asker, command)
        await face.gives(cast.asker, f"{command} 5 {say.thanks}")
    rating = await face.app.store.read(lambda work: work.ratings.of(1))
    assert (rating.mark, rating.words) == (5, say.thanks)


async def fills_in(person, values, stage) -> None:
    await person.fills(values)
    await person.submits()
    await stage.rests()
