"""A ticket goes on to others by itself, when a promise of it is at risk."""

from dataclasses import replace

from promised_desk import CHOSEN, HOUR, NEVER_ASLEEP, TARGETS, letters, promises
from stage import MAX, PARLOUR, set_stage

from bot.model.entry import What
from bot.model.target import After, Calendar, Clock, Escalation, Target, Targets
from storage.files import Files


async def test_a_ticket_goes_to_those_who_know_more_by_itself_with_a_summary(
    store, tmp_path, clock
):
    rules = (
        Escalation(name="Late", after=After.BROKEN, agent="Max Roth", team="network"),
        Escalation(name="Soon", after=After.THREE_QUARTERS, clock=Clock.FIRST, level=2),
    )
    chosen = replace(
        CHOSEN, agents=(*CHOSEN.agents, MAX), targets=replace(TARGETS, escalations=rules)
    )
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        leo, max_ = stage.person("leo@desk.example"), stage.person("max@desk.example")
        ada = stage.person("ada@example.org", "Ada Lin", language="en")
        await ada.says("The printer on my floor jams again")
        await leo.says("/claim IT-1")
        await stage.passes(hours=2)
        assert (await stage.ticket()).level == 1
        await stage.passes(hours=1)
        raised = await stage.ticket()
        assert (raised.team, raised.level, raised.assignee) == ("support", 2, None)
        assert "It needs people who know more about it" in letters(ada, "passed this on")[0]
        (told,) = letters(leo, "level 2")
        assert "Three quarters of its time are over: first answer" in told
        assert "The printer on my floor jams again" in told
        await stage.passes(hours=1)
        moved = await stage.ticket()
        assert moved.team == "network"
        assert (
            moved.assignee
            == (await stage.store.read(lambda w: w.people.find(PARLOUR, max_.address)))[0].id
        )
        await stage.passes(hours=8)
        assert len([x for x in await stage.entries() if x.what is What.ESCALATED]) == 2
        assert len(letters(ada, "passed this on")) == 2


async def test_what_goes_to_another_team_counts_by_its_hours_whatever_else_was_due(
    store, tmp_path, clock
):
    targets = Targets(
        (Target(name="Same", first_answer=4 * HOUR, solution=4 * HOUR),),
        (Calendar("always", NEVER_ASLEEP, teams=("network",)),),
        (Escalation(name="Soon", after=After.THREE_QUARTERS, team="network"),),
    )
    async with set_stage(
        store, Files(tmp_path / "files"), clock, replace(CHOSEN, targets=targets)
    ) as stage:
        ada = stage.person("ada@example.org", "Ada Lin", language="en")
        await ada.says("The printer on my floor jams again")
        await stage.passes(hours=3)
        raised = await stage.ticket()
        assert (raised.team, raised.level) == ("network", 2)
        for each in await promises(stage):
            assert [lap.calendar for lap in each.laps] == ["", "always"]
            assert each.due_at == clock() + HOUR
        await stage.passes(hours=1)
        assert len(letters(ada, "We owed you")) == 1
