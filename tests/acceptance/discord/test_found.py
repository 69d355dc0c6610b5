"""What goes wrong on Discord by bad luck: nobody reads what isn't theirs, nothing is lost."""

import pytest
from discord_desk import desk_of
from discord_office import open_office

from bot.model.entry import What
from bot.model.ticket import Status

HISTORY = "GET /channels/{channel}/messages"


async def test_what_an_agent_asks_in_a_private_thread_is_told_there_to_nobody(stage, ana, sara):
    await ana.says("No me conecta la VPN", channel=stage.staff)
    await stage.rests()
    thread = stage.between_us("IT-1")
    await stage.declared()
    await sara.uses_command("desk", {"words": "note IT-1 He kicked it"}, channel=stage.agents)
    await stage.rests()
    stage.discord.close_direct(sara)
    thread.members[sara.id] = 0.0
    await sara.says("Voy ahora mismo", thread=thread)
    await stage.rests()
    await sara.says("/history", thread=thread)
    await stage.rests()
    assert "He kicked it" not in "\n".join(each.words for each in thread)


async def test_a_room_that_discord_keeps_waiting_holds_up_no_other(sqlite_url, tmp_path, clock):
    async with open_office(clock) as office:
        config = office.config(sqlite_url, tmp_path)
        tom, bob = office.people["tom"], office.people["bob"]
        async with desk_of(office, config, clock) as stage:
            await tom.says("The printer jams", channel=office.help)
            await tom.says("My mouse is broken", channel=office.staff)
            await bob.says("Good morning")
            await stage.caught_up()
        clock.move(minutes=10)
        await tom.says("The door is stuck", channel=office.help)
        await tom.says("It fell down the stairs", channel=office.staff)
        await bob.says("The phone is dead")
        office.discord.rate_limit(HISTORY, 3600, times=100, channel=office.help)
        async with desk_of(office, config, clock) as stage:
            await stage.caught_up()
            said = {each.summary for each in await stage.tickets()}
            assert {"It fell down the stairs", "The phone is dead"} <= said
            assert "The door is stuck" not in said


async def test_nobody_but_agents_is_offered_what_only_agents_may_give(stage, tom, sara):
    await stage.declared()
    assert not await tom.completes("agent assign", "agent", "")
    assert await sara.completes("agent assign", "agent", "") == ["Hugo Sanz", "Sara Stone"]


async def test_a_form_that_is_sent_again_for_want_of_an_answer_counts_once(stage, tom):
    await stage.declared()
    await tom.uses_command("ticket new", channel=stage.help)
    await tom.fills({tom.form.labels[0]: "The printer jams"})
    stage.discord.fail("POST /interactions/{interaction}/{token}/callback", 500)
    await tom.submits()
    assert tom.form is not None
    await tom.submits()
    await stage.rests()
    assert [each.summary for each in await stage.tickets()] == ["The printer jams"]
    # Of the same form other words are others.
    await tom.uses_command("ticket new", channel=stage.help)
    await tom.fills({tom.form.labels[0]: "The phone is dead"})
    stage.discord.fail("POST /interactions/{interaction}/{token}/callback", 500)
    await tom.submits()
    await tom.fills({tom.form.labels[0]: "The phone is dead since Friday"})
    await tom.submits()
    await stage.rests()
    assert len(await stage.tickets()) == 3


async def test_whoever_greets_the_desk_directly_is_greeted_whatever_is_open(stage, tom):
    await tom.says("My VPN does not connect")
    await stage.rests(days=2)
    heard = len(stage.talk(tom))
    await tom.says("Hello?")
    await stage.rests()
    assert len(stage.talk(tom)) == heard + 1
    await tom.says("It does from home")
    await stage.rests()
    assert await stage.ticket(2) is None
    assert "It does from home" in await stage.said()


@pytest.mark.parametrize("words", ["Ok, thanks", "👍"])
async def test_the_shortest_answer_to_a_question_is_one_in_a_direct_talk_too(
    stage, tom, sara, words
):
    await tom.says("My VPN does not connect")
    await stage.rests()
    await stage.declared()
    asked = "ask IT-1 May I restart your computer?"
    await sara.uses_command("desk", {"words": asked}, channel=stage.agents)
    await stage.rests(hours=3)
    assert (await stage.ticket()).status is Status.WAITING
    await tom.says(words)
    await stage.rests()
    assert (await stage.ticket()).status is Status.OPEN
    assert sara.user.mention in stage.below()[-1]


async def test_what_an_agent_says_in_one_private_thread_reaches_who_is_in_another(
    stage, tom, bob, sara
):
    await tom.says("My VPN does not connect", channel=stage.staff)
    await stage.rests(minutes=10)
    await bob.says("VPN is down for me", channel=stage.staff)
    await stage.rests()
    await stage.declared()
    await sara.uses_command("desk", {"words": "merge IT-1 IT-2"}, channel=stage.agents)
    await stage.rests()
    (joined,) = [each.id for each in await stage.tickets() if each.merged_into]
    thread = stage.between_us(f"IT-{joined}")
    thread.members[sara.id] = 0.0
    await sara.says("We restart it at noon", thread=thread)
    await stage.rests()
    assert "We restart it at noon" in stage.seen_by(tom)
    assert "We restart it at noon" in stage.seen_by(bob)


async def test_what_is_deleted_while_its_file_is_fetched_is_taken_back(stage, tom):
    log = ("log.txt", b"x" * 3_000_000, "text/plain")
    post = await tom.says("My VPN does not connect", channel=stage.help, files=[log])
    await tom.deletes(post)
    await stage.rests()
    assert What.TAKEN_BACK in [each.what for each in await stage.entries()]
