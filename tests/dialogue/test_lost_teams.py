"""Tickets whose team the config no longer names: nobody loses sight of them, or of their people."""

from dataclasses import replace

import pytest
from stage import EVA, LEO, MAX, set_stage, settings
from structlog.testing import capture_logs

from bot.model.entry import What
from bot.model.message import ExternalId
from bot.model.settings import Team
from bot.model.ticket import Status
from bot.roster import declare

NETWORK = Team("network", "Network")


async def test_tickets_of_a_team_that_was_renamed_are_seen_and_heard_by_the_first_one(
    stage, ada, leo, clock
):
    for text in ("My chair is broken", "My desk is broken", "My lamp is broken", "My VPN is down"):
        await ada.says(text, team="network" if "VPN" in text else "")
    chair = ada.letters[0]
    await leo.says("/claim IT-2")
    await leo.says("/resolve IT-3 It is mended.")
    before = len(stage.parlour.delivered)
    agents = (replace(LEO, teams=("it",)), replace(EVA, teams=("it",)), MAX)
    chosen = settings(teams=(Team("it", "IT"), NETWORK), agents=agents)
    async with set_stage(stage.store, stage.files, clock, chosen, stage.parlour) as renamed:
        with capture_logs() as lines:
            for _ in range(2):  # a second start finds nothing to do
                await renamed.store.write(lambda work: declare(work, renamed.desk, clock()))
            await renamed.settles()
        assert lines == [
            {
                "event": "a team is no more",
                "log_level": "warning",
                "team": "support",
                "tickets": 3,
                "now": "it",
            }
        ]
        assert len(stage.parlour.delivered) == before, "each was told of when it came"
        teams = [(await renamed.ticket(number)).team for number in (1, 2, 3, 4)]
        assert teams == ["it", "it", "it", "network"]
        assert (await renamed.ticket(2)).assignee
        assert (await renamed.ticket(3)).status is Status.RESOLVED
        told = [(await renamed.entries(number))[-1].what for number in (1, 2, 3)]
        assert told == [What.RELEASED, What.ASSIGNED, What.RELEASED]
        again = renamed.person("leo@desk.example", "Leo Prats")
        await again.says("/queue")
        assert "IT-1" in again.heard
        writer, name = renamed.person("ada@example.org", "Ada Lin"), ExternalId("<a.leg>")
        await writer.says("And a leg is off", answers=chair, external_id=name)
        assert "And a leg is off" in again.heard


async def test_what_a_team_and_an_agent_who_left_had_together_is_in_the_queue_again(
    stage, ada, clock
):
    await ada.says("My VPN is down", team="network")
    await stage.person("max@desk.example", "Max Roth").says("/claim IT-1")
    chosen = settings(teams=(Team("support", "Support"),), agents=(LEO, EVA))
    async with set_stage(stage.store, stage.files, clock, chosen, stage.parlour) as smaller:
        await smaller.store.write(lambda work: declare(work, smaller.desk, clock()))
        await smaller.settles()
        ticket = await smaller.ticket(1)
        assert (ticket.team, ticket.assignee) == ("support", None)
        assert "who takes it?" in smaller.person("leo@desk.example").heard


@pytest.mark.parametrize("gone_by", ["/resolve IT-1 A new cable", "/resolve IT-1\n/close IT-1"])
@pytest.mark.parametrize("again_by", ["ada", "leo"])
async def test_what_opens_again_is_no_more_with_a_team_and_an_agent_who_left(
    stage, ada, clock, gone_by, again_by
):
    await ada.says("My VPN is down", team="network")
    await stage.person("max@desk.example", "Max Roth").says(f"/claim IT-1\n{gone_by}")
    told = ada.letters[-1]
    chosen = settings(teams=(Team("support", "Support"),), agents=(LEO, EVA))
    async with set_stage(stage.store, stage.files, clock, chosen, stage.parlour) as smaller:
        await smaller.store.write(lambda work: declare(work, smaller.desk, clock()))
        leo = smaller.person("leo@desk.example", "Leo Prats")
        if again_by == "leo":
            await leo.says("/reopen IT-1")
        else:
            writer = smaller.person("ada@example.org", "Ada Lin")
            name = ExternalId("<a.later>")
            await writer.says("It is down again", answers=told, external_id=name)
            assert "It is down again" in leo.heard
        ticket = await smaller.ticket(1)
        assert (ticket.status, ticket.team, ticket.assignee) == (Status.NEW, "support", None)
        assert "Max Roth" not in smaller.person("ada@example.org").heard
        await leo.says("/claim IT-1", external_id=ExternalId("<a.claim>"))
        assert "IT-1 is yours" in leo.heard
