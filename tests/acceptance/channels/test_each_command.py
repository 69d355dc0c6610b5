"""Each command on each channel, in each language and by each role: what it does, and who hears it.

What it should do is declared in tests/each_command.py. One desk takes them all, one after the
other, each on a ticket of its own, and somebody else asked for something too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa
from channel_face import Cast, Face
from clock import Clock
from declared import Declared
from declared_articles import shelve
from declared_notices import plan
from each_command import DECLARED, THINGS, UNDO

from bot.commands import COMMANDS
from bot.model.person import Role
from bot.model.settings import Agent
from bot.model.ticket import Ticket
from bot.store import Work
from storage.tables import outbox


def test_each_command_is_declared():
    assert DECLARED.keys() == {each.name for each in COMMANDS}
    assert all(
        (DECLARED[each.name].asker_told is None) is (each.role > Role.REQUESTER)
        for each in COMMANDS
    )


AGENTS: Mapping[str, Mapping[str, object]] = {
    "an agent": {"teams": ("support",)},
    "another team's agent": {"teams": ("network",)},
    "a lead": {"role": Role.LEAD},
}
"""Who gives them besides who asked: what is different of the agent."""
OTHERS = {"en": "another team's agent", "es": "a lead"}
"""Who else does, by language; each role in every respect is tests/dialogue/test_each_role.py's."""


@pytest.fixture
def by() -> str:
    """As what the agent gives them."""
    return "an agent"


@pytest.fixture
def shape(cast, by, language):
    """A desk whose answers may be taken back; the agent is who they should be, another an admin."""

    def who(agent: Agent) -> Agent:
        if agent.name == cast.by:
            return replace(agent, **AGENTS[OTHERS[language] if by == "another" else by])
        return replace(agent, role=Role.ADMIN, language=cast.language)

    own = {"undo": UNDO, "assets": THINGS}
    return lambda desk: replace(desk, **own, agents=tuple(map(who, desk.agents)))


async def test_each_command_by_a_requester_does_what_is_declared(scene):
    for name, declared in DECLARED.items():
        scene.command = name
        await scene.asker_gives(declared)


@pytest.mark.parametrize("by", ["an agent", "another"])
async def test_each_command_by_an_agent_does_what_is_declared(scene, by, language):
    away = by == "another" and OTHERS[language] == "another team's agent"
    for name, declared in DECLARED.items():
        scene.command = name
        await scene.agent_gives(declared, waits=name == "queue" and away)


@pytest.fixture
async def scene(face, cast, language, say, clock) -> "Scene":
    await face.reports("bob", say.report)
    await face.heard("bob")
    return Scene(face, cast, language, say.report, clock)


@dataclass
class Scene:
    """A desk on which commands are tried one by one."""

    face: Face
    cast: Cast
    language: str
    report: str
    clock: Clock
    command: str = ""

    async def agent_gives(self, declared: Declared, *, waits: bool = False) -> None:
        """An agent gives it: the ticket, what they are told, and who hears what.

        `waits`: the ticket waits for others, so that they needn't be told of it.
        """
        names = await self._begin(declared, "agent")
        before = await self._letters()
        giver = self.cast.agent if declared.by is Role.AGENT else self.cast.other_agent
        told = await self.face.gives(giver, declared.lines[self.language].format(**names))
        if not waits:
            self._says(told, declared.told, names)
        assert await self._stands(names["number"]) == declared.after, self.command
        await self.face.passes(seconds=30)  # what may be taken back leaves
        heard = "\n".join(await self.face.heard(self.cast.asker))
        if declared.hears:
            self._says(heard, declared.hears, names)
        else:
            assert heard == "", self.command
        await self._only_heard(self.cast.name if declared.hears else "", after=before)

    async def asker_gives(self, declared: Declared) -> None:
        """Who asked gives it: theirs is done, and an agent's changes nothing."""
        names = await self._begin(declared, "asker")
        before = await self._ticket(names["number"])
        told = await self.face.gives(self.cast.asker, declared.lines[self.language].format(**names))
        if declared.at_once:
            await self.face.passes(seconds=30)  # it waits behind what may be taken back
        told = "\n".join([told, *await self.face.heard(self.cast.asker)])
        if declared.asker_told is not None:
            self._says(told, declared.asker_told, names)
        else:
            assert await self._ticket(names["number"]) == before, self.command
            assert told.strip(), self.command
        assert await self.face.heard("bob") == [], self.command

    async def _begin(self, declared: Declared, giver: str) -> Mapping[str, str]:
        """A fresh ticket, brought to where the command begins; what lines and words name."""
        it = await self._reported(declared.more.get(self.language, ""))
        # Of two that become one, the asker hears where they wrote last.
        other = await self._reported() if "{other}" in declared.lines[self.language] else it
        names = {
            "number": str(it),
            "it": f"IT-{it}",
            "other": f"IT-{other}",
            "agent": self.cast.by,
            "colleague": self.cast.colleague.split()[0],
            "asker": self.face.called(self.cast.asker),
            "asker_name": self.cast.name,
            "giver": giver,
        }
        if declared.about_article:
            known = await shelve(self.face.app.store, self.clock())
            names |= {"article": known[0], "spare": known[1]}
        if declared.about_notice:
            names["notice"] = await plan(self.face.app.store, self.clock())
        for line in declared.before:
            await self.face.gives(self.cast.agent, line.format(**names))
        if declared.before and not declared.at_once:
            await self.face.passes(seconds=30)
        await self.face.heard(self.cast.asker)
        return names

    async def _reported(self, more: str = "") -> int:
        await self.face.passes(minutes=15)  # it is no part of what was said before…
        await self.face.reports(self.cast.asker, self.report)
        if more:
            await self.face.says(self.cast.asker, more)
        await self.face.passes(minutes=15)  # …and what comes later is none of it
        (newest,) = await self.face.app.store.read(lambda work: work.tickets.newest(1))
        return newest.id

    async def _ticket(self, number: str) -> Ticket:
        found = await self.face.app.store.read(lambda work: work.tickets.get(int(number)))
        assert found is not None
        return found

    async def _stands(self, number: str) -> str:
        ticket = await self._ticket(number)
        holder = await self.face.app.store.read(
            lambda work: work.people.get(ticket.assignee) if ticket.assignee else None
        )
        called = {self.cast.by: "agent", self.cast.colleague: "colleague"}
        return f"{ticket.status}, {called[holder.name] if holder else 'nobody'}"

    async def _letters(self) -> int:
        """The number of the last letter that was written."""
        newest = sa.select(sa.func.max(outbox.c.id))
        return await self.face.app.store.read(lambda work: work.outbox.pen.run(newest).scalar_one())

    async def _only_heard(self, requester: str, *, after: int) -> None:
        """Of what was written since, requesters got nothing, but for the one who should have."""
        written = sa.select(outbox.c.person).where(outbox.c.id > after, outbox.c.shows.is_(None))

        def readers(work: Work) -> set[str]:
            people = {
                work.people.get(each) for each in work.outbox.pen.run(written).scalars() if each
            }
            asker = self.cast.name  # who may have become an agent by it
            return {x.name for x in people if x and (x.name == asker or not x.is_agent)}

        found = await self.face.app.store.read(readers)
        assert found == ({requester} if requester else set()), self.command
        assert await self.face.heard("bob") == [], self.command

    def _says(self, text: str, words: Mapping[str, str], names: Mapping[str, str]) -> None:
        expected = words[self.language].format(**names)
        assert expected in text, f"{self.command}: {expected!r} is not in {text!r}"
        assert text.strip(), self.command
