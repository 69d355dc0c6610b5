"""Roles on every channel: who is appointed works at the desk, and quality steps into a conflict."""

import re
from dataclasses import replace

import pytest
from channel_face import Cast

from bot.model.entry import What
from bot.model.person import Role
from bot.model.settings import Agent, Desk

LINES = {
    "en": {
        "appoint": "appoint {} quality Support",
        "again": "appoint {} requester",
        "self": "appoint {} requester",
        "claim": "claim IT-1",
        "wrong": "appoint {} boss",
    },
    "es": {
        "appoint": "nombrar {} calidad Support",
        "again": "nombrar {} solicitante",
        "self": "nombrar {} solicitante",
        "claim": "tomar IT-1",
        "wrong": "nombrar {} jefe",
    },
}
SAID = {
    "en": {
        "no_words": "is a word for the people who work at the desk",
        "no_admin": "“appoint” is for the role: admin",
        "now": "now has the role “quality”, in Support, at level 3, and has been told",
        "told": "Hugo Sanz gave you the role “quality”, in Support, at level 3.",
        "misread": "“boss” doesn't fit. What goes here: requester, agent, quality, lead or admin",
        "self": "Your own role is up to another admin",
        "taken": "Sara Stone had it and has been told",
        "stepped": "Tom Baker stepped in and has taken it over; until now Sara Stone had it",
        "gone": "Hugo Sanz noted that you no longer work at the desk",
    },
    "es": {
        "no_words": "es una palabra para quienes trabajan en la mesa",
        "no_admin": "«nombrar» es una palabra para: administración",
        "now": "tiene ahora el papel «calidad», en Support, en el nivel 3, y ya lo sabe",
        "told": "Sara Stone te ha dado el papel «calidad», en Support, en el nivel 3.",
        "misread": "«jefe» no encaja. Aquí va: solicitante, agente, calidad",
        "self": "lo decide otra persona de administración",
        "taken": "Lo tenía Hugo Sanz, y ya lo sabe",
        "stepped": "Ana Ruiz (ha entrado|stepped in) .* Hugo Sanz",  # or as their room has it
        "gone": "Sara Stone ha anotado que ya no trabajas en la mesa",
    },
}


@pytest.fixture
def shape(cast: Cast):
    """The other agent is an admin, and reads the language of the scene."""

    def agents(desk: Desk) -> tuple[Agent, ...]:
        admin = {"role": Role.ADMIN, "language": cast.language}
        return tuple(
            replace(each, **admin) if each.name == cast.colleague else each for each in desk.agents
        )

    return lambda desk: replace(desk, agents=agents(desk))


async def test_an_admin_appoints_somebody_who_steps_into_a_conflict_until_they_are_let_go(
    face, cast, say, language
):
    line, said = LINES[language], SAID[language]
    admin, asker = cast.other_agent, face.called(cast.asker)
    await face.reports("bob", say.other)
    await face.claims(cast.agent)
    await face.passes(minutes=15)
    await face.reports(cast.asker, say.report)
    await face.heard(cast.asker)

    assert said["no_words"] in await face.gives(cast.asker, line["claim"])
    assert said["no_admin"] in await face.gives(cast.agent, line["appoint"].format(asker))
    assert said["misread"] in await face.gives(admin, line["wrong"].format(asker))
    assert said["self"] in await face.gives(admin, line["self"].format(face.called(admin)))

    assert said["now"] in await face.gives(admin, line["appoint"].format(asker))
    assert said["told"] in "\n".join(await face.heard(cast.asker))
    assert said["taken"] in await face.gives(cast.asker, line["claim"])
    shown = face.shown(cast.agent) + "\n".join(await face.heard(cast.agent))
    assert re.search(said["stepped"], shown)
    entries = await face.app.store.read(lambda work: work.entries.of(1))
    assert entries[-1].what is What.STEPPED_IN

    assert "/" in await face.gives(admin, line["again"].format(asker))
    assert said["gone"] in "\n".join(await face.heard(cast.asker))
    ticket = await face.app.store.read(lambda work: work.tickets.get(1))
    assert ticket.assignee is None
    assert said["no_words"] in await face.gives(cast.asker, line["claim"])
