"""A command that is changed where it was given: only the words that it kept are renewed."""

import pytest
from chat_stage import AGENTS, Member

from bot.model.entry import Event, Note
from bot.model.ticket import Status


@pytest.fixture
async def ana(chat) -> Member:
    ana = Member(chat, "UANA", "Ana Ruiz")
    await ana.posts("My VPN is down since this morning")
    return ana


@pytest.fixture
def leo(chat) -> Member:
    return Member(chat, "leo@desk.example", "Leo Prats")


async def notes(chat) -> list[str]:
    return [each.text for each in await chat.stage.entries() if isinstance(each, Note)]


@pytest.mark.parametrize(
    "order",
    ["note IT-1 {}", "nota IT-1 {}", "time IT-1 30m {}", "transfer IT-1 Network {}"],
    ids=lambda each: each.split()[0],
)
async def test_of_a_command_behind_the_desks_name_the_words_are_renewed(chat, ana, leo, order):
    given = leo.inbound(order.format("the router is ded"), AGENTS, internal=True, asked=True)
    await chat.takes(given)
    assert await notes(chat) == ["the router is ded"]
    before = len(chat.below)
    await leo.edits(given, order.format("the router is dead"), asked=True)
    assert await notes(chat) == ["the router is ded", "the router is dead"]
    told = any("the router is dead" in each.text for each in chat.below[before:])
    ticket = await chat.stage.ticket()
    assert told is (ticket.team == "support"), "who has it now reads it where the first words stand"
    assert ticket.minutes == (30 if order.startswith("time") else 0)


async def test_the_words_of_one_below_the_card_need_no_reference(chat, ana, leo):
    thread = (await chat.card_id()).split(":")[1]
    where = {"internal": True, "asked": True}
    given = leo.inbound("note the router is ded", AGENTS, thread, **where)
    await chat.takes(given)
    assert await notes(chat) == ["the router is ded"]
    before = len(chat.below)
    await leo.edits(given, "note the router is dead", asked=True)
    assert await notes(chat) == ["the router is ded", "the router is dead"]
    assert len(chat.below) == before, "they read it there"


async def test_words_that_name_another_ticket_stay_whole(chat, ana, leo):
    thread = (await chat.card_id()).split(":")[1]
    where = {"internal": True, "overheard": True, "interactive": True}
    note = leo.inbound("note: IT-2 has the same", AGENTS, thread, **where)
    await chat.takes(note)
    await leo.edits(note, "note: IT-2 has it, too")
    assert await notes(chat) == ["IT-2 has the same", "IT-2 has it, too"]


async def test_a_ticket_that_goes_on_in_it_is_named_as_well(chat, ana, leo):
    await ana.posts("My printer is jammed")
    await leo.commands("merge IT-1 IT-2")
    given = leo.inbound("note IT-2 the router is ded", AGENTS, internal=True, asked=True)
    await chat.takes(given)
    await leo.edits(given, "note IT-2 the router is dead")
    assert await notes(chat) == ["the router is ded", "the router is dead"]


@pytest.mark.parametrize("again", ["resolve IT-1 it was the plug", "resolve IT-1", "solved"])
async def test_what_settled_a_ticket_and_still_settles_it_opens_nothing(chat, ana, again):
    given = ana.inbound("resolve IT-1 it was the plugg", "dm-UANA", internal=True, asked=True)
    await chat.takes(given)
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    await ana.edits(given, again, asked=True)
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    assert sum(isinstance(each, Event) for each in await chat.stage.entries()) == 2
