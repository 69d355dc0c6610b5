"""An admin says in a chat or a mail who works at the desk; it holds beside what the config says."""

from dataclasses import replace

import pytest
from chat_stage import Member, set_chat
from stage import EVA, IDA, LEO, MAX, set_stage, settings

from bot.model.entry import What
from bot.model.person import Role
from bot.model.settings import Agent, Team
from bot.roster import declare
from storage.files import Files

CREW = (LEO, EVA, MAX, IDA)


@pytest.fixture
async def stage(store, tmp_path, clock):
    async with set_stage(store, Files(tmp_path / "files"), clock, settings(agents=CREW)) as scene:
        yield scene


@pytest.fixture
def ida(stage):
    return stage.person("ida@desk.example", "Ida Berg")


@pytest.fixture
def bob(stage):
    return stage.person("bob@example.org", "Bob Hill", language="es")


async def known(stage, address):
    (person, _) = await stage.store.read(lambda work: work.people.find("parlour", address))
    return person


async def roles(stage):
    people = await stage.store.read(lambda work: work.people.search(""))
    return {each.name: each.role for each in people}


async def starts_again(stage):
    await stage.store.write(lambda work: declare(work, stage.desk, stage.clock()))
    await stage.settles()


async def test_who_is_appointed_works_at_the_desk_and_is_told_in_their_language(
    stage, ada, bob, ida
):
    await bob.says("No me funciona la VPN")
    await ida.says("/appoint Bob Hill agent 2 Network")
    assert (
        "Bob Hill now has the role “agent”, in Network, at level 2, and has been told." in ida.heard
    )
    assert "Ida Berg te ha dado el papel «agente», en Network, en el nivel 2." in bob.heard
    person = await known(stage, bob.address)
    assert (person.role, person.teams, person.level) == (Role.AGENT, ("network",), 2)
    await ada.says("My printer is dead")
    await bob.says("/tomar IT-2")
    assert "IT-2 es tuyo" in bob.heard
    kept = await stage.store.read(lambda work: work.appointments.of(person.id))
    by = await known(stage, ida.address)
    assert (kept.by, kept.at, kept.channel) == (by.id, stage.clock(), "parlour")


async def test_it_survives_a_start_and_the_config_decides_of_whom_it_names(stage, bob, ida, clock):
    await bob.says("My VPN is down")
    await ida.says("/appoint bob@example.org lead")
    before = await known(stage, bob.address)
    assert (before.role, before.teams) == (Role.LEAD, ("support", "network"))
    await starts_again(stage)
    assert await known(stage, bob.address) == before
    named = Agent("Bob Hill", {"parlour": bob.address}, ("network",), language="es")
    chosen = settings(agents=(*CREW, named))
    async with set_stage(stage.store, stage.files, clock, chosen, stage.parlour) as renamed:
        await starts_again(renamed)
        assert (await known(renamed, bob.address)).role is Role.AGENT
    await starts_again(stage)  # taken out of the config again: nothing of the chat is left
    assert (await known(stage, bob.address)).role is Role.REQUESTER


async def test_roles_differ_by_team_and_are_taken_away_one_by_one(stage, bob, ida):
    await bob.says("My VPN is down")
    for line, role, posts in (
        ("agent", Role.AGENT, {"support": Role.AGENT, "network": Role.AGENT}),
        ("lead of Network", Role.LEAD, {"support": Role.AGENT, "network": Role.LEAD}),
        ("quality in support and network", Role.QUALITY,
         {"support": Role.QUALITY, "network": Role.QUALITY}),
        ("requester network", Role.QUALITY, {"support": Role.QUALITY}),
        ("requester support", Role.REQUESTER, {}),
    ):  # fmt: skip
        await ida.says(f"/appoint Bob Hill {line}")
        for _ in range(2):
            person = await known(stage, bob.address)
            assert (person.role, {each: person.role_in(each) for each in person.teams}) == (
                role, posts,
            )  # fmt: skip
            await starts_again(stage)


async def test_a_requester_again_gives_back_what_they_held_and_hears_of_it(stage, ada, bob, ida):
    await bob.says("No me funciona la VPN")
    await ida.says("/appoint Bob Hill agent")
    await ada.says("My printer is dead")
    await bob.says("/tomar IT-2")
    await ida.says("/appoint Bob Hill requester")
    assert (await stage.ticket(2)).assignee is None
    released = (await stage.entries(2))[-1]
    assert (released.what, released.by) == (What.RELEASED, (await known(stage, ida.address)).id)
    assert "ya no trabajas en la mesa" in bob.heard
    await bob.says("/tomar IT-2")
    assert (await stage.ticket(2)).assignee is None
    await ida.says("/appoint Bob Hill requester")
    assert "Bob Hill has that role already" in ida.heard


async def test_all_that_somebody_was_appointed_to_is_shown_with_them(stage, bob, ida):
    await bob.says("My VPN is down")
    for line in ("agent 2", "lead of Network", "requester network", "requester"):
        await stage.passes(minutes=1)
        await ida.says(f"/appoint Bob Hill {line}")
    await ida.says("/person Bob Hill")
    _, shown = ida.heard.split("Appointments:")
    rows = [each for each in shown.splitlines() if each.startswith("- ")]
    assert [each.partition(": ")[2] for each in rows] == [
        "requester",
        "agent in Support, at level 2",
        "agent in Support, lead in Network, at level 2",
        "agent, at level 2",
    ]
    assert all("Ida Berg by parlour" in each for each in rows)
    await ida.says("/person Ida Berg")
    assert "Appointments" not in ida.letters[-1].text


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Leo agent", "The role of Leo Prats comes from the desk's settings"),
        ("Leo requester", "The role of Leo Prats comes from the desk's settings"),
        ("me requester", "Your own role is up to another admin"),
        ("ida@desk.example agent", "Your own role is up to another admin"),
        ("Bob Hill requester", "Bob Hill has that role already"),
        ("nobody@example.org requester", "nobody@example.org has that role already"),
        ("Bob Hill boss", "“boss” doesn't fit. What goes here: requester, agent, quality"),
        ("Bob Hill", "That needs: requester, agent, quality"),
        ("", "That needs: person"),
        ("Bob Hill agent 3", "Level 3 can't be given"),
        ("Bob Hill agent 0", "Level 0 can't be given"),
        ("Bob Hill agent netwrk", "There is no team “netwrk”. You can choose: Network"),
        ("Bob Hill admin Network", "An admin is there for the whole desk"),
        ("nobody agent", "We can't find anybody called “nobody”"),
        ("new@example.org agent", "Nothing shows yet that new@example.org is who wrote"),
        ("Carl Moor agent", "Nothing shows yet that Carl Moor is who wrote"),
    ],
)
async def test_what_can_t_be_is_refused_with_what_can(stage, bob, ida, line, told):
    await bob.says("My VPN is down")
    await stage.person("carl@example.org", "Carl Moor", verified=False).says("My VPN is down, too")
    before = await roles(stage)
    await ida.says(f"/appoint {line}")
    assert told in ida.heard
    assert await roles(stage) == before
    assert await stage.store.read(lambda work: work.appointments.every()) == []


@pytest.mark.parametrize("who", [LEO, MAX], ids=["agent", "lead"])
async def test_only_an_admin_appoints(stage, bob, ida, who):
    await bob.says("My VPN is down")
    agent = stage.person(who.addresses["parlour"], who.name)
    await agent.says("/appoint Bob Hill agent")
    assert "“appoint” is for the role: admin" in agent.heard
    forger = stage.person("ida@desk.example", "Ida Berg", verified=False)
    await forger.says("/appoint Bob Hill agent")
    await bob.says("/nombrar Bob Hill admin")
    assert (await known(stage, bob.address)).role is Role.REQUESTER


async def test_an_admin_who_was_appointed_appoints_and_can_be_let_go(stage, ada, bob, ida):
    await bob.says("No me funciona la VPN")
    await ada.says("My VPN is down")
    await ida.says("/appoint Bob Hill admin")
    await bob.says("/nombrar Ada Lin agente")
    assert "Ada Lin tiene ahora el papel «agente», y ya lo sabe" in bob.heard
    assert "Bob Hill gave you the role “agent”" in ada.heard
    await bob.says("/nombrar Ida requester")
    assert "La configuración de la mesa dice qué es Ida Berg" in bob.heard
    await ida.says("/appoint Bob Hill agent network")
    assert (await known(stage, bob.address)).teams == ("network",)


async def test_who_was_appointed_to_a_team_that_is_no_more_waits_for_it(
    stage, ada, bob, ida, clock
):
    await bob.says("My VPN is down")
    await ida.says("/appoint Bob Hill agent network")
    await ada.says("My printer is dead")
    await bob.says("/claim IT-2")
    alone = tuple(replace(each, teams=("support",)) for each in CREW)
    chosen = settings(teams=(Team("support", "Support"),), agents=alone)
    async with set_stage(stage.store, stage.files, clock, chosen, stage.parlour) as smaller:
        await starts_again(smaller)
        assert (await known(smaller, bob.address)).role is Role.REQUESTER
        assert (await smaller.ticket(2)).assignee is None
    await starts_again(stage)
    assert (await known(stage, bob.address)).teams == ("network",)


async def test_the_form_asks_for_what_is_open_and_tells_what_is_wrong_at_its_field(
    store, tmp_path, clock
):
    async with set_chat(store, tmp_path, clock, chosen=settings(agents=CREW)) as chat:
        ana, ida = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "ida@desk.example", "Ida Berg")
        await ana.posts("My VPN is down since this morning")
        form = await chat.stage.counter.form(ida.asks("/appoint"))
        assert [each.name for each in form.fields] == ["person", "role", "level", "teams"]
        filled = {"person": "UANA", "role": "agent", "level": "", "teams": ""}
        for field, value in (("level", "9"), ("teams", "Sales"), ("role", "boss")):
            wrong = await ida.commands(
                form.command, filled=tuple((filled | {field: value}).items())
            )
            assert (wrong.refused, wrong.field) == (True, field)
        answer = await ida.commands(form.command, filled=tuple(filled.items()))
        assert "Ana Ruiz now has the role “agent”, and has been told." in answer.text
        assert (await known(chat.stage, "UANA")).is_agent
