"""Each command by each role: agents of any team may give most, and nobody else touches a ticket.

What it should do is declared in tests/each_command.py.
"""

from dataclasses import dataclass, replace

import pytest
from declared import Declared
from declared_articles import shelve
from declared_notices import plan
from each_command import DECLARED, UNDO
from stage import EVA, IDA, LEO, MAX, PARLOUR, UMA, Somebody, Stage, set_stage, settings

from bot.model.person import Role
from bot.model.settings import Agent
from storage.files import Files

LIA = Agent("Lia Sol", {PARLOUR: "lia@desk.example"}, ("support",), Role.LEAD, language="en")
NORA = Agent("Nora Vidal", {PARLOUR: "nora@desk.example"}, ("network",), language="en")
AGENTS = {
    "the team's agent": LEO,
    "another team's agent": NORA,
    "another team's lead": MAX,
    "the team's lead": LIA,
    "quality": UMA,
    "an admin": IDA,
}
REPORT = "My VPN does not connect"


@pytest.fixture
async def desk(store, tmp_path, clock):
    chosen = settings(agents=(LEO, EVA, MAX, NORA, LIA, UMA, IDA), undo=UNDO)
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


@pytest.mark.parametrize("agent", AGENTS.values(), ids=AGENTS)
async def test_each_command_by_an_agent_does_what_is_declared(desk, agent):
    giver = desk.person(agent.addresses[PARLOUR], agent.name)
    for name, declared in DECLARED.items():
        scene = await Scene.begin(desk, declared, agent.name, by=giver)
        before = await desk.ticket(scene.it)
        answer = await giver.says(f"/{scene.line}", interactive=True)
        if declared.by > agent.role:
            assert "is for the role: admin" in answer.text, name
            assert (await desk.ticket(scene.it), len(scene.asker.letters)) == (
                before,
                scene.letters,
            )
            continue
        theirs = name != "queue" or "support" in agent.teams  # others wait for other teams
        assert not theirs or scene.put(declared.told["en"]) in answer.text, name
        assert await scene.stands() == declared.after, name
        await desk.passes(seconds=30)  # what may be taken back leaves
        heard = "\n".join(each.text for each in scene.asker.letters[scene.letters :])
        assert scene.put(declared.hears.get("en", "")) in heard, name
        assert bool(heard) is bool(declared.hears), name


async def test_plain_words_to_the_answer_of_a_command_stay_inside_unless_it_is_said_otherwise(desk):
    words = "Eva, mind this one, he lies."
    for name, declared in DECLARED.items():
        agent = LEO if declared.by <= LEO.role else IDA
        giver = desk.person(agent.addresses[PARLOUR], agent.name)
        scene = await Scene.begin(desk, declared, agent.name, by=giver)
        read = (each for each in giver.letters if each.reference == f"IT-{scene.it}")
        about = next(read, None)  # Ida works elsewhere
        await giver.says(f"/{scene.line}", answers=about)
        told = scene.put(declared.told["en"])
        answer = next(each for each in reversed(giver.letters) if told in each.text)
        await giver.says(words, answers=answer)
        await desk.passes(seconds=30)
        heard = "\n".join(each.text for each in scene.asker.letters[scene.letters :])
        assert (words in heard) is declared.outward, name


@pytest.mark.parametrize("way", ["written", "pressed"])
async def test_each_command_by_a_stranger_leaves_the_ticket_as_it_is_and_shows_nothing(desk, way):
    stranger = desk.person("bob@elsewhere.example", "Bob Hill", language="en")
    opener = desk.person(EVA.addresses[PARLOUR], EVA.name)
    for name, declared in DECLARED.items():
        scene = await Scene.begin(desk, declared, EVA.name, by=opener)
        before = await desk.ticket(scene.it), await desk.entries(scene.it)
        answer = await stranger.says(f"/{scene.line}", interactive=way == "pressed")
        assert (await desk.ticket(scene.it), await desk.entries(scene.it)) == before, name
        told = answer.text if answer else stranger.heard
        assert REPORT not in told, name
        assert len(scene.asker.letters) == scene.letters, name


@dataclass(frozen=True)
class Scene:
    """A fresh ticket, brought to where a command begins."""

    desk: Stage
    asker: Somebody
    declared: Declared
    it: int
    agent: str
    articles: tuple[str, ...] = ()
    notice: str = ""
    letters: int = 0  # that the asker had got by then

    @classmethod
    async def begin(cls, desk: Stage, declared: Declared, agent: str, by: Somebody) -> "Scene":
        desk.clock.move(minutes=30)
        address = f"ada{next(desk.numbers)}@example.org"
        asker = desk.person(address, "Ada Lin", language="en")
        await asker.says(f"{REPORT} again", subject="The other one")
        await asker.says(REPORT, subject="VPN")
        if declared.more:
            await asker.says(declared.more["en"], answers=asker.last)
        (newest,) = await desk.store.read(lambda work: work.tickets.newest(1))
        articles = await shelve(desk.store, desk.clock()) if declared.about_article else ()
        notice = await plan(desk.store, desk.clock()) if declared.about_notice else ""
        scene = cls(desk, asker, declared, newest.id, agent, articles, notice)
        for line in declared.before:
            await by.says(f"/{scene.put(line)}")
        if declared.before and not declared.at_once:
            await desk.passes(seconds=30)
        return replace(scene, letters=len(asker.letters))

    @property
    def line(self) -> str:
        return self.put(self.declared.lines["en"])

    def put(self, words: str) -> str:
        """The words for this ticket."""
        return words.format(
            it=f"IT-{self.it}",
            other=f"IT-{self.it - 1}",
            agent=self.agent,
            colleague="Eva",
            asker=self.asker.address,
            asker_name=self.asker.name,
            giver="agent",
            notice=self.notice,
            **dict(zip(("article", "spare"), self.articles, strict=False)),
        )

    async def stands(self) -> str:
        ticket = await self.desk.ticket(self.it)
        work = self.desk.store.read
        holder = await work(lambda w: w.people.get(ticket.assignee) if ticket.assignee else None)
        called = {self.agent: "agent", EVA.name: "colleague"}
        return f"{ticket.status}, {called[holder.name] if holder else 'nobody'}"


@pytest.mark.parametrize("agent", AGENTS.values(), ids=AGENTS)
async def test_what_a_colleague_has_only_quality_the_team_s_lead_and_an_admin_take_over(
    desk, agent
):
    ada, eva = desk.person("ada@example.org", "Ada Lin"), desk.person("eva@desk.example")
    await ada.says(REPORT)
    await eva.says("/tomar IT-1")
    giver = desk.person(agent.addresses[PARLOUR], agent.name)
    answer = await giver.says("/claim IT-1", interactive=True)
    took = agent in (LIA, UMA, IDA)
    assert (
        "Eva Sanz had it and has been told" if took else "Eva Sanz has it already"
    ) in answer.text
    assert answer.refused is not took
