"""How the desk gives new tickets to agents by itself: in turn, by load, by skill, by name."""

from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from chat_stage import AGENTS, Member, rooms, set_chat
from stage import EVA, IDA, LEO, MAX, set_stage, settings

from bot.model.calendar import Hours
from bot.model.entry import What
from bot.model.message import Shows
from bot.model.route import Rule, When
from bot.model.settings import Assignment, Team
from bot.model.ticket import Status
from bot.roster import declare
from storage.files import Files

UTC, LIMA = ZoneInfo("UTC"), ZoneInfo("America/Lima")
ROUND, LEAST = Assignment.ROUND_ROBIN, Assignment.LEAST_LOADED
KNOWS_VPN = replace(EVA, skills=("vpn",))
TO_MAX = Rule(name="Lines", when=When(words=("line",)), team="network", agent=MAX.name)
BY_SKILL = Rule(name="VPN", when=When(words=("vpn",)), skill="vpn")


def teams(how=ROUND, **differs):
    return (Team("support", "Support", assignment=how, **differs), Team("network", "Network"))


@pytest.fixture
def opened(store, tmp_path, clock):
    """Raise the curtain on a desk with these settings."""

    @asynccontextmanager
    async def open_with(**chosen):
        known = {"teams": teams(), "agents": (LEO, KNOWS_VPN, MAX)} | chosen
        async with set_stage(store, Files(tmp_path / "files"), clock, settings(**known)) as scene:
            yield scene

    return open_with


async def reports(stage, *reported):
    """Several people report something; who has each, by their name."""
    had = []
    for words in reported:
        number = next(stage.numbers)
        await stage.person(f"p{number}@example.org", f"Pia{number}").says(words)
        had.append(await holder(stage, len(await everything(stage))))
    return had


async def everything(stage):
    return await stage.store.read(lambda work: work.tickets.newest(500))


async def holder(stage, number=1):
    ticket = await stage.ticket(number)
    if ticket.assignee is None:
        return None
    return (await stage.store.read(lambda work: work.people.get(ticket.assignee))).name


async def test_new_tickets_go_round_and_each_agent_reads_the_words_and_why(opened):
    async with opened() as stage:
        leo, eva = stage.person("leo@desk.example"), stage.person("eva@desk.example")
        assert await reports(stage, "My screen is black", "My mouse is gone", "No sound") == [
            "Leo Prats",
            "Eva Sanz",
            "Leo Prats",
        ]
        assert [len(leo.letters), len(eva.letters)] == [2, 1]
        assert "> My mouse is gone" in eva.last.text
        assert "- whose turn it was in: “Support”" in leo.last.text
        assert "- por turno, en el equipo: «Support»" in eva.last.text
        await leo.says("Is it the one with a cable?", answers=leo.last)
        assert (await stage.ticket(3)).first_answer_at is not None


async def test_the_requester_reads_who_sees_to_it(opened, clock):
    async with opened() as stage:
        ada = stage.person("ada@example.org", "Ada Lin")
        await ada.says("My screen is black")
        assert "Leo Prats from Support sees it next" in ada.last.text


async def test_the_history_says_whom_the_desk_gave_it_to_and_why(opened):
    async with opened() as stage:
        await reports(stage, "My screen is black")
        leo = stage.person("leo@desk.example")
        await leo.says("/history IT-1")
        assert (
            "Help desk assigned it to Leo Prats; whose turn it was in: “Support”" in leo.last.text
        )
        assert [each.what for each in await stage.entries()] == [
            What.OPENED,
            What.SAID,
            What.ASSIGNED,
        ]


async def test_who_has_fewest_gets_the_next_one(opened):
    async with opened(teams=teams(LEAST)) as stage:
        await reports(stage, "My screen is black", "My mouse is gone", "No sound")
        for number in (1, 3):
            await stage.person("leo@desk.example").says(f"/resolve IT-{number} Done.")
        assert await reports(stage, "No light", "No network") == ["Leo Prats", "Eva Sanz"]


async def test_by_hand_nobody_is_given_anything(opened):
    async with opened(teams=teams(Assignment.MANUAL)) as stage:
        assert await reports(stage, "My screen is black") == [None]


async def test_who_was_appointed_has_the_skills_that_are_noted_for_them(opened):
    crew = (IDA, LEO, replace(EVA, skills=("es",)))
    async with opened(agents=crew, routes=(BY_SKILL,), skills=("vpn", "Wi-Fi")) as stage:
        ida, leo = stage.person(IDA.addresses["parlour"]), stage.person(LEO.addresses["parlour"])
        bob = stage.person("bob@example.org", "Bob Hill")
        await bob.says("My screen is black")
        for said, told in (
            ("Bob Hill skills vpn", "Bob Hill doesn't work at the desk yet"),
            ("Eva skills vpn", "comes from the desk's settings"),
            ("Leo skills vpn", "comes from the desk's settings"),
        ):
            await ida.says(f"/person {said}")
            assert told in ida.last.text
        await ida.says("/appoint Bob Hill agent support")
        await leo.says("/person Bob Hill skills vpn")
        assert "Bob Hill works at the desk, so only they or a lead" in leo.last.text
        await ida.says("/person Bob Hill skills vnp")
        assert "There is no skill “vnp”" in ida.last.text
        assert "vpn, Wi-Fi or es" in ida.last.text
        await bob.says("/person me skills VPN, wi-fi")
        assert "Bob Hill has these skills: vpn and Wi-Fi" in bob.last.text
        await stage.store.write(lambda work: declare(work, stage.desk, stage.clock()))
        assert await reports(stage, "VPN one", "VPN two") == ["Bob Hill", "Bob Hill"]
        assert (await stage.entries(3))[-1].reasons == ("turn:Support", "skill:vpn")
        await ida.says("/person Bob Hill")
        assert "agent in Support · skills: vpn, Wi-Fi" in ida.last.text
        await ida.says("/person Bob Hill skills -vpn, -wi-fi")
        assert "Bob Hill has no skills any more" in ida.last.text
        assert "Bob Hill" not in await reports(stage, "VPN three", "VPN four")


async def test_who_has_the_skill_comes_first_and_where_nobody_has_it_anybody_does(opened):
    async with opened(routes=(BY_SKILL,)) as stage:
        assert await reports(stage, "VPN one", "VPN two") == ["Eva Sanz", "Eva Sanz"]
        reasons = (await stage.entries(2))[-1].reasons
        assert reasons == ("turn:Support", "skill:vpn")
        await stage.person("eva@desk.example").says("/away 3h")
        assert await reports(stage, "VPN three") == ["Leo Prats"]
        assert (await stage.entries(3))[-1].reasons == ("turn:Support",)


async def test_whom_a_rule_names_gets_it_or_who_stands_in_for_them(opened):
    async with opened(routes=(TO_MAX,)) as stage:
        assert await reports(stage, "The line is dead") == ["Max Roth"]
        max_ = stage.person("max@desk.example")
        for why in ("routed by the rule: “Lines: line”", "named by the rule: “Lines”"):
            assert f"- {why}" in max_.last.text
        assert "Problem, priority " in max_.last.text
        await max_.says("/away 3h, Leo Prats")
        assert "Leo Prats stands in for you" in max_.last.text
        assert await reports(stage, "The line is slow") == ["Leo Prats"]
        assert "- standing in for: “Max Roth”" in stage.person("leo@desk.example").last.text
        await max_.says("/back")
        assert await reports(stage, "The line is noisy") == ["Max Roth"]


async def test_where_nobody_stands_in_for_them_it_waits(opened):
    async with opened(routes=(TO_MAX,)) as stage:
        max_ = stage.person("max@desk.example")
        await max_.says("/away 3h")
        assert await reports(stage, "The line is dead") == [None]
        assert "The line is dead" in max_.last.text
        stage.clock.move(hours=3)
        assert await reports(stage, "The line is slow") == ["Max Roth"]


async def test_only_who_is_on_duty_by_their_own_clock_is_given_anything(opened):
    mornings = Hours(UTC, dict.fromkeys(range(7), ((time(8), time(10)),)))
    agents = (LEO, replace(EVA, zone="America/Lima"))
    async with opened(hours=mornings, agents=agents) as stage:
        assert stage.clock().hour == 9
        assert await reports(stage, "One thing", "Another thing") == ["Leo Prats", "Leo Prats"]
        stage.clock.move(hours=5)  # nine in Lima
        assert await reports(stage, "A third thing") == ["Eva Sanz"]
        stage.clock.move(hours=5)
        assert await reports(stage, "A fourth thing") == [None]


async def test_a_team_may_have_hours_of_its_own(opened):
    nights = Hours(UTC, dict.fromkeys(range(7), ((time(22), time(6)),)))
    async with opened(teams=teams(hours=nights)) as stage:
        assert await reports(stage, "One thing") == [None]
        stage.clock.move(hours=14)
        assert await reports(stage, "Another thing") == ["Leo Prats"]


async def test_nobody_is_given_what_they_report_themselves(opened):
    async with opened() as stage:
        leo = stage.person("leo@desk.example", "Leo Prats")
        await leo.says("/new My keyboard doesn't work")
        assert await holder(stage) == "Eva Sanz"


async def test_a_few_lines_in_a_row_are_one_ticket_though_it_was_given_to_somebody(
    opened,
):
    async with opened(burst=timedelta(seconds=120)) as stage:
        ada = stage.person("ada@example.org", "Ada Lin")
        await ada.says("My screen is black")
        await ada.says("The left one")
        assert len(await everything(stage)) == 1
        await stage.person("leo@desk.example").says("/note IT-1 I go")
        await ada.says("My badge is lost")
        assert len(await everything(stage)) == 2


async def test_in_a_room_the_card_says_who_has_it_and_calls_them(store, tmp_path, clock):
    made = rooms("support")["teams"]
    chosen = settings(teams=tuple(replace(each, assignment=ROUND) for each in made))
    async with set_chat(store, tmp_path, clock, chosen=chosen) as chat:
        await Member(chat, "UANA", "Ana Ruiz").posts("My screen is black")
        assert (await chat.stage.ticket()).status is Status.OPEN
        card = chat.cards[-1]
        assert ("With", "Leo Prats") in [fact for part in card.panel for fact in part.facts]
        (below,) = chat.below
        handed, whose = below.text.split("\n\n")
        assert handed == "Help desk handed it to Leo Prats: whose turn it was in: “Support”."
        assert "first time with us" in whose
        assert below.mentions == ("leo@desk.example",)
        assert not [
            each
            for each in chat.parlour.delivered
            if each.recipient in ("eva@desk.example", "leo@desk.example")
            and each.shows is Shows.WORDS
        ]
        assert AGENTS in {room for room, _, _ in chat.parlour.places}


async def test_with_everybody_there_shares_differ_by_one_at_most(opened):
    async with opened(agents=(LEO, EVA, replace(MAX, teams=("support",)))) as stage:
        had = Counter(await reports(stage, *(f"Thing number {n} is broken" for n in range(8))))
        assert sorted(had.values()) == [2, 3, 3], "though the clock stood still"
