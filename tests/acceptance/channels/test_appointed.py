"""Who is appointed in a chat or a mail is an agent in every respect, on every channel."""

from dataclasses import replace
from datetime import time

import pytest
from channel_face import Cast

from bot.model.entry import What
from bot.model.person import Role
from bot.model.route import Rule, When
from bot.model.settings import Agent, Assignment, Desk, Team

APPOINT = {"en": "appoint {} agent Support", "es": "nombrar {} agente Support"}
SKILL = {"en": "person {} skills router", "es": "persona {} especialidades router"}
TOLD = {"en": "has these skills: router", "es": "tiene estas especialidades: router"}
ROUTERS = Rule(name="Routers", when=When(words=("router",)), team="network", skill="router")


@pytest.fixture
def shape(cast: Cast):
    """The other agent is an admin, the only one besides who is appointed; all get a digest."""

    def agents(desk: Desk) -> tuple[Agent, ...]:
        return tuple(
            replace(each, role=Role.ADMIN, language=cast.language, teams=("support", "network"))
            for each in desk.agents
            if each.name == cast.colleague
        )

    network = Team("network", "Network", assignment=Assignment.ROUND_ROBIN)
    routers = {"routes": (ROUTERS,), "skills": ("router",)}
    return lambda desk: replace(
        desk, agents=agents(desk), digest=time(12), teams=(desk.teams[0], network), **routers
    )


async def test_what_they_know_best_is_noted_and_finds_them(face, cast, say):
    await face.reports(cast.asker, say.report)
    await face.heard(cast.asker)
    called = face.called(cast.asker)
    await face.gives(cast.other_agent, APPOINT[cast.language].format(called) + ", Network")
    await face.heard(cast.asker)
    noted = await face.gives(cast.other_agent, SKILL[cast.language].format(called))
    assert TOLD[cast.language] in noted

    await face.reports("bob", f"{say.other} (router)")
    told = "\n".join(await face.heard("bob"))
    assert cast.name in told
    assert "Network" in told
    entries = await face.app.store.read(lambda work: work.entries.of(2))
    assert [x.reasons for x in entries if x.what is What.ASSIGNED] == [
        ("turn:Network", "skill:router")
    ]


async def test_the_requester_reads_their_name_before_and_after_they_answer(face, cast, say):
    await face.reports(cast.asker, say.report)
    await face.heard(cast.asker)
    line = APPOINT[cast.language].format(face.called(cast.asker))
    assert "/" in await face.gives(cast.other_agent, line)
    await face.heard(cast.asker)

    await face.reports("bob", say.other)
    told = "\n".join(await face.heard("bob"))
    assert cast.name in told

    claim = {"en": "claim IT-2", "es": "tomar IT-2"}[cast.language]
    assert "IT-2" in await face.gives(cast.asker, claim)
    reply = {"en": "reply IT-2 Try another cable.", "es": "responder IT-2 Prueba otro cable."}
    await face.gives(cast.asker, reply[cast.language])
    told = "\n".join(await face.heard("bob"))
    assert "cable" in told
    assert cast.first in told
