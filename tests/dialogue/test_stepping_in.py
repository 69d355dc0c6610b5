"""Who may take over what a colleague has: quality any ticket, a lead those of their own team."""

from dataclasses import replace
from datetime import timedelta

import pytest
from chat_stage import AGENTS, Member, set_chat
from stage import EVA, IDA, LEO, MAX, PARLOUR, UMA, set_stage, settings

from bot.model.entry import What
from bot.model.person import Role
from bot.model.settings import Agent, Assignment, Team
from bot.model.ticket import Status
from storage.files import Files

TEAMS = (Team("support", "Support"), Team("network", "Network"))
LIA = Agent("Lia Sol", {PARLOUR: "lia@desk.example"}, ("support",), Role.LEAD, "es")
BOTH = (("support", Role.AGENT), ("network", Role.LEAD))
ROY = Agent("Roy Hill", {PARLOUR: "roy@desk.example"}, ("support", "network"), Role.LEAD, "en")
ROY = replace(ROY, posts=BOTH)
CREW = (LEO, EVA, MAX, IDA, UMA, LIA, ROY)


@pytest.fixture
async def stage(store, tmp_path, clock):
    chosen = settings(teams=TEAMS, agents=CREW)
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


def of(stage, agent):
    return stage.person(agent.addresses[PARLOUR], agent.name)


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (UMA, "steps in as quality, in: “Support”"),
        (LIA, "steps in as lead of: “Support”"),
        (IDA, "steps in as admin, in: “Support”"),
    ],
    ids=["quality of another team", "the team's lead", "an admin"],
)
async def test_they_take_it_over_and_the_colleague_and_the_team_hear_of_it(
    stage, ada, leo, eva, who, reason
):
    await ada.says("My VPN is down")
    await leo.says("/claim IT-1")
    letters = len(ada.letters)
    boss = of(stage, who)
    await boss.says("/tomar IT-1" if who is LIA else "/claim IT-1")
    assert "Leo Prats" in boss.heard
    ticket = await stage.ticket()
    assert ticket.status is Status.OPEN
    assert (await stage.entries())[-1].what is What.STEPPED_IN
    assert f"{who.name} stepped in and has taken it over; until now Leo Prats had it" in leo.heard
    assert f"- {reason}" in leo.heard
    assert (
        f"{who.name} ha entrado y lo lleva desde ahora; hasta ahora lo tenía Leo Prats" in eva.heard
    )
    assert len(ada.letters) == letters
    await leo.says("/history IT-1")
    assert f"{who.name} took it over from Leo Prats; {reason}" in leo.heard
    await boss.says("/claim IT-1")
    holder = await stage.store.read(lambda work: work.people.get(ticket.assignee))
    assert holder.name == who.name
    assert (await stage.entries())[-1].what is What.STEPPED_IN


@pytest.mark.parametrize("who", [EVA, MAX, ROY], ids=["agent", "another lead", "agent here"])
async def test_others_are_refused_as_kindly_as_before(stage, ada, leo, who):
    await ada.says("My VPN is down")
    await leo.says("/claim IT-1")
    colleague = of(stage, who)
    await colleague.says("/claim IT-1")
    assert ("Ya lo tiene Leo Prats" if who is EVA else "Leo Prats has it already") in (
        colleague.heard
    )
    assert (await stage.entries())[-1].what is What.CLAIMED


async def test_a_lead_of_one_team_steps_in_there(stage, ada):
    await ada.says("My VPN is down")
    await of(stage, LEO).says("/transfer IT-1 network")
    await of(stage, MAX).says("/claim IT-1")
    roy = of(stage, ROY)
    await roy.says("/claim IT-1")
    assert "Max Roth had it and has been told" in roy.heard


async def test_who_has_it_hears_of_it_though_it_isn_t_their_team_s(stage, ada, leo):
    await ada.says("My VPN is down")
    await of(stage, MAX).says("/claim IT-1")
    await of(stage, UMA).says("/claim IT-1")
    assert "Uma Rey stepped in" in of(stage, MAX).heard
    assert "Uma Rey stepped in" in leo.heard


async def test_nobody_steps_into_what_is_done_or_in_somebody_else_s_name(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/claim IT-1")
    forger = stage.person("uma@desk.example", "Uma Rey", verified=False)
    await forger.says("/claim IT-1")
    assert (await stage.entries())[-1].what is not What.STEPPED_IN
    await leo.says("/resolve IT-1")
    uma = of(stage, UMA)
    await uma.says("/claim IT-1")
    assert "It is solved already" in uma.heard


async def test_nobody_steps_into_what_goes_on_elsewhere_but_there(stage, ada, leo):
    for words in ("My VPN is down", "My VPN is down again"):
        await ada.says(words, subject=words)
    await leo.says("/claim IT-1")
    await leo.says("/claim IT-2")
    await leo.says("/merge IT-1 IT-2")
    uma = of(stage, UMA)
    await uma.says("/claim IT-2")
    assert "IT-1 is yours" in uma.heard


async def test_in_their_room_the_one_who_had_it_is_called(store, tmp_path, clock):
    teams = (Team("support", "Support", rooms={PARLOUR: AGENTS}), TEAMS[1])
    chosen = settings(teams=teams, agents=CREW)
    async with set_chat(store, tmp_path, clock, chosen=chosen) as chat:
        ana, leo, uma = (Member(chat, each) for each in ("UANA", LEO.addresses[PARLOUR],
                                                         UMA.addresses[PARLOUR]))  # fmt: skip
        await ana.posts("My VPN is down since this morning")
        await leo.commands("/claim IT-1")
        await uma.commands("/claim IT-1")
        last = chat.below[-1]
        assert last.text == (
            "Uma Rey stepped in and has taken it over; until now Leo Prats had it: "
            "steps in as quality, in: “Support”."
        )
        assert last.mentions == (LEO.addresses[PARLOUR],)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/assign IT-1 max", "Max Roth has it now, by Eva Sanz; until now it was yours: Ada Lin"),
        ("/asignar IT-1 yo", "Eva Sanz has it now; until now it was yours: Ada Lin"),
    ],
)
async def test_who_had_it_hears_that_it_is_somebody_else_s(stage, ada, leo, line, told):
    await ada.says("My VPN is down")
    await leo.says("/claim IT-1")
    await of(stage, EVA).says(line)
    assert told in leo.heard
    count = len(leo.letters)
    await of(stage, EVA).says("/asignar IT-1 Leo")
    await leo.says("/assign IT-1 max")
    assert "until now it was yours" not in leo.heard
    assert len(leo.letters) == count + 2, "it was given to him, and what he does he is answered"


async def test_in_their_room_both_who_has_it_and_who_had_it_are_called(store, tmp_path, clock):
    teams = (Team("support", "Support", rooms={PARLOUR: AGENTS}), TEAMS[1])
    async with set_chat(store, tmp_path, clock, chosen=settings(teams=teams)) as chat:
        ana, leo, eva = (Member(chat, each) for each in ("UANA", LEO.addresses[PARLOUR],
                                                         EVA.addresses[PARLOUR]))  # fmt: skip
        await ana.posts("My VPN is down since this morning")
        await leo.commands("/claim IT-1")
        await eva.commands("/asignar IT-1 yo")
        assert chat.below[-1].text.startswith("Eva Sanz took it.")
        assert chat.below[-1].mentions == (LEO.addresses[PARLOUR],)
        await Member(chat, MAX.addresses[PARLOUR]).commands("/assign IT-1 Leo")
        assert chat.below[-1].mentions == (LEO.addresses[PARLOUR], EVA.addresses[PARLOUR])


async def test_what_was_escalated_is_given_to_who_works_at_its_level(store, tmp_path, clock):
    patient = Team(
        "support", "Support", assignment=Assignment.MANUAL, offer_after=timedelta(minutes=30)
    )
    crew = (LEO, replace(EVA, level=2), replace(UMA, teams=("support",)))
    chosen = settings(teams=(patient, TEAMS[1]), agents=crew)
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        ada = stage.person("ada@example.org", "Ada Lin")
        for words in ("No sound", "No screen", "No mouse"):
            await ada.says(words, subject=words)
        await of(stage, LEO).says("/escalate IT-2 2: Ask who knows")
        await of(stage, LEO).says("/escalate IT-3 3: Ask quality")
        await stage.passes(minutes=31)

        def look(work):
            had = (work.tickets.get(each).assignee for each in (1, 2, 3))
            return [work.people.get(each).name for each in had]

        assert await stage.store.read(look) == ["Leo Prats", "Eva Sanz", "Uma Rey"]
        assert "atiende el nivel: «2»" in "\n".join(each.text for each in of(stage, EVA).letters)
