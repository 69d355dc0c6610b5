"""What the desk promises is kept in sight, told in time, and owned up to when it breaks."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from chat_stage import Member, rooms, said, set_chat
from promised_desk import CHOSEN, HOUR, NEVER_ASLEEP, OPEN, TARGETS, letters, promises
from stage import Somebody, Stage, set_stage, settings

from bot.jobs.promises import reckon_anew
from bot.model.entry import What
from bot.model.holiday import holidays_of
from bot.model.settings import Team
from bot.model.target import Clock, Target, Targets
from storage.files import Files


@pytest.fixture
async def stage(store, tmp_path: Path, clock) -> AsyncIterator[Stage]:
    async with set_stage(store, Files(tmp_path / "files"), clock, CHOSEN) as scene:
        yield scene


@pytest.fixture
def lea(stage: Stage) -> Somebody:
    return stage.person("lea@desk.example", "Lea Mora")


async def clocks(stage: Stage, number: int = 1) -> dict[str, str]:
    known = {True: "kept", False: "broken", None: "going"}
    return {each.clock.value: known[each.kept] for each in await promises(stage, number)}


async def test_a_report_is_promised_what_its_target_says(stage, ada):
    await ada.says("The printer on my floor jams again")
    assert await clocks(stage) == {"first_answer": "going", "solution": "going"}
    first, solution = await promises(stage)
    assert first.due_at == stage.clock() + 4 * HOUR
    assert solution.due_at == stage.clock() + 33 * HOUR  # nine hours a day


async def test_whoever_has_it_is_reminded_at_half_time_and_the_team_later_each_once(
    stage, ada, leo, eva
):
    await ada.says("The printer on my floor jams again")
    await leo.says("/claim IT-1")
    await stage.passes(hours=1, minutes=59)
    assert letters(leo, "Half of the time") == []
    await stage.passes(minutes=1)
    await stage.passes(minutes=10)
    assert len(letters(leo, "Half of the time")) == 1
    assert letters(eva, "mitad") == []
    await stage.passes(minutes=50)
    await stage.passes(minutes=20)
    assert len(letters(leo, "Little time is left")) == 1
    (told,) = letters(eva, "Queda poco tiempo")
    assert "IT-1 · primera respuesta" in told
    assert letters(ada, "fault") == []


async def test_what_is_broken_is_owned_up_to_once_and_who_leads_is_told(stage, ada, leo, lea):
    await ada.says("The printer on my floor jams again")
    await stage.passes(hours=4)
    await stage.passes(hours=1)
    (told,) = letters(ada, "fault")
    assert "We owed you an answer by" in told
    assert "13:00" in told
    assert len(letters(lea, "didn't keep")) == 1
    assert letters(leo, "didn't keep") == []
    (late,) = [each for each in await stage.entries() if each.what is What.LATE]
    assert late.old == "first_answer"
    await leo.says("/reply IT-1 I am on my way")
    assert (await clocks(stage))["first_answer"] == "broken"


async def test_only_a_persons_answer_keeps_the_promise_of_one(stage, ada, leo):
    await ada.says("The printer on my floor jams again")  # acknowledged at once
    await ada.says("It is the one beside the lift", answers=ada.last)
    assert (await clocks(stage))["first_answer"] == "going"
    await leo.says("/note IT-1 the roller again")
    assert (await clocks(stage))["first_answer"] == "going"
    await leo.says("/reply IT-1 I am on my way")
    assert (await clocks(stage))["first_answer"] == "kept"


async def test_what_the_requester_asks_since_is_promised_an_answer_too(stage, ada, leo):
    await ada.says("The printer on my floor jams again")
    await leo.says("/reply IT-1 I am on my way")
    assert "next_answer" not in await clocks(stage)
    await ada.says("Thanks. How long does it take?", answers=ada.last)
    assert (await clocks(stage))["next_answer"] == "going"
    await stage.passes(hours=2)
    assert len(letters(ada, "We owed you an answer")) == 1
    await leo.says("/reply IT-1 An hour")
    assert (await clocks(stage))["next_answer"] == "broken"


async def test_nothing_counts_while_the_requester_is_awaited(stage, ada, leo):
    await ada.says("The printer on my floor jams again")
    await leo.says("/ask IT-1 Which one is it?")
    await stage.passes(days=10)
    assert (await clocks(stage))["solution"] == "going"
    assert letters(ada, "fault") == []
    await leo.says("/why IT-1")
    assert "Solution: at rest" in leo.last.text


async def test_one_digest_tells_of_all_that_is_due_at_once(stage, ada, leo):
    for words in ("The printer jams", "My chair is broken", "The lamp flickers"):
        await stage.person(f"{words[-5:]}@example.org").says(words)
    for number in (1, 2, 3):
        await leo.says(f"/claim IT-{number}")
    await stage.passes(hours=3)
    (told,) = letters(leo, "Little time is left")
    assert [f"IT-{n}" in told for n in (1, 2, 3)] == [True] * 3
    assert letters(leo, "Half of the time") == []


async def test_nobody_is_woken_at_night_but_for_what_is_urgent(store, tmp_path, clock):
    chosen = replace(
        CHOSEN,
        hours=NEVER_ASLEEP,
        teams=(Team("support", "Support", hours=OPEN), *CHOSEN.teams[1:]),
    )
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        leo, lea = stage.person("leo@desk.example"), stage.person("lea@desk.example")
        ada = stage.person("ada@example.org", "Ada Lin", language="en")
        clock.move(hours=8, minutes=30)  # 17:30
        await ada.says("The printer on my floor jams again")
        await leo.says("/claim IT-1")
        await stage.passes(hours=3)
        await stage.passes(hours=3)
        assert letters(leo, "what we promised") == []
        assert len(letters(ada, "We owed you an answer")) == 1, "she is told when it breaks"
        assert letters(lea, "didn't keep") == []
        await stage.passes(hours=10)  # 9:30
        assert len(letters(lea, "didn't keep")) == 1
        assert letters(leo, "Half of the time") == []
        await stage.person("bo@example.org", "Bo", language="en").says(
            "URGENT: nobody can work, the whole office is down"
        )
        clock.move(hours=20)
        await stage.passes(minutes=1)
        assert len(letters(lea, "didn't keep")) == 2


async def test_another_priority_counts_what_was_counted_before(stage, ada, leo):
    await ada.says("The printer on my floor jams again")
    await stage.passes(minutes=30)
    await leo.says("/priority IT-1 urgent")
    first = (await promises(stage))[0]
    assert first.due_at == stage.clock() + 0.5 * HOUR
    assert [lap.target for lap in first.laps] == ["Usual", "Grave"]
    gone = [each for each in await promises(stage) if each.clock is Clock.SOLUTION]
    assert [(each.kept, each.ended_at is None) for each in gone] == [(None, False)]


async def test_why_shows_each_interval_with_its_rule_and_holidays(store, tmp_path, clock):
    hours = replace(OPEN, holidays=holidays_of("ES"), closed=frozenset([date(2026, 12, 7)]))
    chosen = replace(CHOSEN, hours=hours)
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        leo = stage.person("leo@desk.example")
        ada = stage.person("ada@example.org", "Ada Lin", language="en")
        clock.move(days=11, hours=8)  # Friday 17:00
        await ada.says("The printer on my floor jams again")
        await stage.passes(days=5, hours=-7)  # Wednesday 10:00
        await leo.says("/why IT-1")
        told = leo.last.text
        assert "First answer: counting" in told
        assert "4 h, by the target “Usual” and the hours of the desk" in told
        assert "Immaculate Conception" in told
        assert "a day off" in told
        assert "Counted: 2 h of 4 h" in told
        await ada.says("/why IT-1")
        assert "target" not in ada.last.text


async def test_other_targets_hold_from_the_next_start_for_what_is_open(store, tmp_path, clock):
    async with set_stage(store, Files(tmp_path / "files"), clock, CHOSEN) as stage:
        for n in range(3):
            await stage.person(f"a{n}@example.org").says("My chair is broken")
    shorter = Targets((Target(name="Quick", first_answer=2 * HOUR),))
    chosen = replace(CHOSEN, targets=shorter)
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        await stage.passes(hours=1)
        for number in (1, 2, 3):
            first, solution = await promises(stage, number)
            assert first.due_at == clock() + HOUR
            assert [each.target for each in first.laps] == ["Usual", "Quick"]
            assert solution.ended_at is not None
        assert await store.write(lambda work: reckon_anew.run(work, stage.desk, clock())) == 0


async def test_a_ticket_that_is_merged_owes_nothing_any_more(stage, ada, leo):
    await ada.says("The printer on my floor jams again")
    await stage.person("bo@example.org", "Bo").says("The printer on our floor is jammed")
    await leo.says("/merge IT-1 IT-2")
    assert [each.kept for each in await promises(stage, 2)] == [None, None]
    assert all(each.ended_at for each in await promises(stage, 2))
    assert await clocks(stage, 1) == {"first_answer": "going", "solution": "going"}


async def test_rooms_of_agents_are_reminded_in_place_of_letters(store, tmp_path, clock):
    chosen = settings(**rooms("support"), targets=TARGETS)
    async with set_chat(store, tmp_path, clock, chosen=chosen) as chat:
        await Member(chat, "UANA", "Ana Ruiz").posts("The printer on my floor jams again")
        await chat.stage.passes(hours=2)
        (told,) = [said(each) for each in chat.below if "Half of the time" in said(each)]
        assert "IT-1 · first answer" in told
        await chat.stage.passes(hours=2)
        await chat.rests()
        assert any("was promised an answer" in said(each) for each in chat.below)


async def test_what_was_kept_is_counted(stage, ada, leo):
    await leo.says("/figures what we promised")
    assert "Nothing that was promised has ended." in leo.last.text
    for number in (1, 2, 3):
        await stage.person(f"p{number}@example.org").says(f"The lamp in room {number} flickers")
    await leo.says("/reply IT-1 I come and look")
    await leo.says("/resolve IT-1")
    await stage.passes(hours=5)
    await leo.says("/reply IT-2 I come and look")
    await leo.says("/figures what we promised")
    assert "First answer: 1 of 2, which is 50 %." in leo.last.text
    assert "Solution: 1 of 1, which is 100 %." in leo.last.text


async def test_a_desk_may_remind_at_other_times(store, tmp_path: Path, clock):
    chosen = replace(CHOSEN, targets=replace(TARGETS, remind_at=(0.25, 0.9)))
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        ada = stage.person("ada@example.org", "Ada Lin")
        leo = stage.person("leo@desk.example", "Leo Prats")
        await ada.says("The printer on my floor jams again")
        await leo.says("/claim IT-1")
        await stage.passes(hours=1)
        assert len(letters(leo, "25 % of the time is over")) == 1
        await stage.passes(hours=2, minutes=35)
        assert letters(leo, "Little time is left") == []
        await stage.passes(minutes=2)
        assert len(letters(leo, "Little time is left")) == 1


async def test_where_everybody_is_away_the_whole_team_is_reminded_all_the_same(
    stage, ada, leo, eva, lea
):
    await ada.says("The printer on my floor jams again")
    for each in (leo, eva, lea):
        await each.says("/away 3 days")
    await stage.passes(hours=2)
    assert len(letters(leo, "Half of the time")) == len(letters(eva, "mitad")) == 1
