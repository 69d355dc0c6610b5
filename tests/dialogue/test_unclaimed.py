"""What nobody took is given to somebody on duty, once."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from stage import EVA, LEO, MAX, set_stage, settings

from bot.jobs.duty import offer_unclaimed
from bot.model.calendar import Hours
from bot.model.entry import What
from bot.model.route import Rule, When
from bot.model.settings import Assignment, Team
from storage import Database
from storage.files import Files

HALF_AN_HOUR = timedelta(minutes=30)
UTC = ZoneInfo("UTC")
NINE_TO_FIVE = Hours(UTC, dict.fromkeys(range(5), ((time(9), time(17)),)))
PATIENT = Team("support", "Support", offer_after=HALF_AN_HOUR)
VPN = Rule(name="VPN", when=When(words=("vpn",)), skill="vpn")


@pytest.fixture
def chosen():
    knows = replace(EVA, skills=("vpn",))
    return settings(teams=(PATIENT, Team("network")), agents=(LEO, knows), routes=(VPN,))


@pytest.fixture
async def stage(store, tmp_path, clock, chosen):
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


async def names(stage, *numbers):
    def look(work):
        had = (work.tickets.get(each).assignee for each in numbers)
        return [work.people.get(each).name if each else None for each in had]

    return await stage.store.read(look)


async def test_what_nobody_took_is_given_in_turn_when_its_time_has_passed(stage, ada, leo, eva):
    for words in ("My screen is black", "My mouse is gone", "No sound"):
        await ada.says(words, subject=words)
    await stage.passes(minutes=29, seconds=59)
    assert await names(stage, 1, 2, 3) == [None, None, None]
    await stage.passes(seconds=1)
    assert await names(stage, 1, 2, 3) == ["Leo Prats", "Eva Sanz", "Leo Prats"]
    assert "- nobody had taken it in: “Support”" in leo.last.text
    assert "- sin tomar, en el equipo: «Support»" in eva.last.text
    heard = len(leo.letters)
    await stage.passes(hours=5)
    assert len(leo.letters) == heard


async def test_what_somebody_took_is_left_to_them(stage, ada, eva):
    await ada.says("My screen is black")
    await eva.says("/tomar IT-1")
    await stage.passes(hours=2)
    assert await names(stage, 1) == ["Eva Sanz"]
    assert What.ASSIGNED not in [each.what for each in await stage.entries()]


async def test_who_has_the_skill_of_its_rule_comes_first(stage, ada):
    await ada.says("My VPN is down", subject="VPN")
    await stage.passes(minutes=31)
    assert await names(stage, 1) == ["Eva Sanz"]


async def test_what_was_given_back_is_asked_of_nobody_twice(stage, ada, leo):
    await ada.says("My screen is black")
    await leo.says("/claim IT-1")
    await stage.passes(hours=1)
    await leo.says("/release IT-1")
    await stage.passes(minutes=29)
    assert await names(stage, 1) == [None]
    await stage.passes(minutes=2)
    assert await names(stage, 1) == ["Eva Sanz"], "and not who gave it back"
    await stage.person("eva@desk.example").says("/soltar IT-1")
    await stage.passes(hours=3)
    assert await names(stage, 1) == [None], "it was given to somebody for it once"


@pytest.fixture
async def both(store, tmp_path, clock, chosen):
    """A desk whose two teams are patient alike."""
    network = replace(PATIENT, name="network", label="Network")
    chosen = replace(chosen, teams=(PATIENT, network), agents=(LEO, MAX), routes=())
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


@pytest.mark.parametrize("line", ["/transfer IT-1 Network", "/escalate IT-1 Network: it is theirs"])
async def test_another_team_has_as_much_time_as_the_first(both, line):
    ada, leo = both.person("ada@example.org"), both.person("leo@desk.example")
    await ada.says("My screen is black")
    await both.passes(minutes=31)
    assert await names(both, 1) == ["Leo Prats"]
    await leo.says(line)
    await both.passes(minutes=29)
    assert await names(both, 1) == [None]
    await both.passes(minutes=2)
    assert await names(both, 1) == ["Max Roth"], "though it was offered in the first team before"
    assert "nobody had taken it in: “Network”" in both.person("max@desk.example").last.text


async def test_what_was_opened_again_waits_from_then_on(stage, ada):
    await ada.says("My screen is black")
    await ada.says("/resolve", answers=ada.last)
    await stage.passes(days=1)
    await ada.says("It is black again", answers=ada.letters[0])
    await stage.passes(minutes=29)
    assert await names(stage, 1) == [None]
    await stage.passes(minutes=2)
    assert await names(stage, 1) == ["Leo Prats"]


async def test_where_nobody_is_on_duty_it_waits_for_whoever_comes_first(stage, ada, leo, eva):
    await ada.says("My screen is black")
    await leo.says("/away 3h")
    await eva.says("/ausente 2h")
    await stage.passes(minutes=90)
    assert await names(stage, 1) == [None]
    await stage.passes(minutes=31)
    assert await names(stage, 1) == ["Eva Sanz"]


async def test_only_open_hours_count(store, tmp_path, clock, chosen):
    chosen = replace(chosen, hours=NINE_TO_FIVE)
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        stage.clock.move(hours=7, minutes=50)  # ten to five on Monday
        await stage.person("ada@example.org").says("My screen is black")
        await stage.passes(hours=16, minutes=29)
        assert stage.clock().time() == time(9, 19)
        assert await names(stage, 1) == [None]
        await stage.passes(minutes=1)
        assert await names(stage, 1) == ["Leo Prats"]


async def test_a_team_that_shares_by_load_does_so_here_too(store, tmp_path, clock, chosen):
    by_load = replace(PATIENT, assignment=Assignment.LEAST_LOADED, hours=NINE_TO_FIVE)
    chosen = replace(chosen, teams=(by_load,))
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        await stage.person("bob@example.org").says("No sound")
        assert await names(stage, 1) == ["Leo Prats"]
        stage.clock.move(hours=9)
        await stage.person("ada@example.org").says("My screen is black")
        assert await names(stage, 2) == [None]
        await stage.passes(hours=16)
        assert await names(stage, 2) == ["Eva Sanz"]


async def test_what_nobody_there_may_get_keeps_no_other_waiting(stage, ada, leo, eva, a_ticket):
    await eva.says("/ausente 8h")
    await leo.says("/new My own keyboard")  # more of it than is looked at in one go
    own = await stage.ticket(1)

    def more(work):
        for _ in range(60):
            work.tickets.add(replace(own, id=0, conversation=a_ticket().conversation))

    await stage.store.write(more)
    await ada.says("My screen is black")
    await stage.passes(minutes=31)
    assert await names(stage, 1, 61, 62) == [None, None, "Leo Prats"]


async def test_two_desks_that_look_at_once_give_it_to_one(stage, ada, leo, eva):
    await ada.says("My screen is black")
    stage.clock.move(minutes=31)
    before = [len(leo.letters), len(eva.letters)]

    def call(work):
        return offer_unclaimed.run(work, stage.desk, stage.clock())

    assert [await stage.store.write(call) for _ in range(2)] == [1, 0]
    await stage.settles()
    assert [len(leo.letters), len(eva.letters)] == [before[0] + 1, before[1]]


async def test_two_replicas_at_the_same_moment_give_it_to_one(stage, ada, book_url):
    await ada.says("My screen is black")
    await ada.says("My mouse is gone", subject="Mouse")
    stage.clock.move(minutes=31)
    other = await Database.open(book_url)

    def call(work):
        return offer_unclaimed.run(work, stage.desk, stage.clock())

    try:
        counts = await asyncio.gather(stage.store.write(call), other.write(call))
    finally:
        await other.close()
    await stage.settles()
    assert sum(counts) == 2
    given = [each.what for n in (1, 2) for each in await stage.entries(n)]
    assert given.count(What.ASSIGNED) == 2
    assert await names(stage, 1, 2) == ["Leo Prats", "Eva Sanz"]


async def test_what_is_laid_aside_is_offered_when_its_moment_has_come(both):
    ada, leo = both.person("ada@example.org"), both.person("leo@desk.example")
    await ada.says("My screen is black")
    for each in ("/hold IT-1 2 hours: the part comes then", "/transfer IT-1 Network"):
        await leo.says(each)
    await both.passes(hours=1, minutes=50)
    assert await names(both, 1) == [None], "nobody is woken before it is"
    await both.passes(minutes=10)
    await both.passes(minutes=1)
    assert await names(both, 1) == ["Max Roth"]


async def test_what_waits_for_the_requester_is_offered_when_they_wrote(stage, ada, leo):
    await ada.says("My screen is black")
    for each in ("/ask IT-1 Which one?", "/release IT-1"):
        await leo.says(each)
    await stage.passes(hours=2)
    assert await names(stage, 1) == [None]
    await ada.says("The left one", answers=ada.last)
    await stage.passes(minutes=1)
    assert await names(stage, 1) == ["Eva Sanz"]
