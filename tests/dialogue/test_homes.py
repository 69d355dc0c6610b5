"""People's own pages: what needs them, redrawn when that changes and not otherwise."""

import asyncio

import pytest
from chat_stage import AGENTS, Chat, Member, labels, rooms, said, set_chat
from stage import EVA, LEO, MAX, settings

from bot.model.message import Address
from bot.model.settings import Agent

WORDS = "My VPN is down since this morning"
ALL = Agent("Zoe All", {"parlour": "UZOE"})  # of no team: of each


@pytest.fixture
async def chat(store, tmp_path, clock):
    chosen = settings(**rooms("support"), agents=(LEO, EVA, MAX, ALL))
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        yield scene


def cast(chat: Chat) -> tuple[Member, Member, Member]:
    ana, bob = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "UBOB", "Bob Hill")
    return ana, Member(chat, "leo@desk.example", "Leo Prats"), bob


async def opens(member: Member) -> str:
    await member.chat.stage.counter.home(member.speaker)
    await member.chat.rests()
    return said(pages(member)[-1])


def pages(member: Member) -> list:
    return [each for each in member.chat.homes if each.recipient == member.id]


async def test_a_requester_sees_what_they_reported(chat):
    ana, leo, bob = cast(chat)
    await ana.posts(WORDS)
    await bob.posts("The printer is jammed on floor two")
    assert "VPN" in await opens(ana)
    assert "printer" not in said(pages(ana)[-1])
    assert "/resolve IT-1" in labels(pages(ana)[-1])
    await leo.commands("/note IT-1 She is a pain")
    await leo.commands("/resolve IT-1")
    assert "pain" not in said(pages(ana)[-1])
    assert "/reopen IT-1" in labels(pages(ana)[-1])


async def test_an_agent_sees_what_needs_them(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(WORDS)
    await opens(leo)
    assert "/claim IT-1" in labels(pages(leo)[-1])
    await leo.commands("/claim IT-1")
    assert "/reply IT-1" in labels(pages(leo)[-1])


async def test_a_page_is_redrawn_when_its_tickets_change_and_not_otherwise(chat):
    ana, leo, bob = cast(chat)
    root = await ana.posts(WORDS)
    await bob.posts("The printer is jammed on floor two")
    await opens(ana)
    await opens(bob)
    drawn = len(pages(ana))
    await leo.commands("/claim IT-2")
    assert len(pages(ana)) == drawn
    await leo.commands("/claim IT-1")
    assert len(pages(ana)) == drawn + 1
    changed = len(pages(bob))
    await ana.joins(root, "It is worse now")
    assert len(pages(bob)) == changed


async def test_a_page_is_one_row(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(WORDS)
    for _ in range(3):
        await opens(ana)
    await leo.commands("/claim IT-1")
    person = await chat.stage.store.read(lambda work: work.people.find("parlour", "UANA"))
    rows = await chat.stage.store.read(lambda work: work.outbox.homes([person[0].id]))
    assert len(rows) == 1
    assert len({each.row for each in pages(ana)}) == 1


async def test_an_agent_of_every_team_is_kept_in_step(chat):
    ana, leo, _ = cast(chat)
    zoe = Member(chat, "UZOE", "Zoe All")
    assert "VPN" not in await opens(zoe)
    await ana.posts(WORDS)
    assert "/claim IT-1" in labels(pages(zoe)[-1])
    await leo.commands("/claim IT-1")
    assert "/claim IT-1" not in labels(pages(zoe)[-1])


async def test_who_had_a_ticket_before_is_kept_in_step(chat):
    ana, leo, _ = cast(chat)
    lead = Member(chat, "max@desk.example", "Max Roth")
    await ana.posts(WORDS)
    await leo.commands("/assign IT-1 Max Roth")
    assert "VPN" in await opens(lead)
    await leo.commands("/assign IT-1 Leo Prats")
    assert "VPN" not in said(pages(lead)[-1])


async def test_whose_ticket_goes_on_in_another_is_kept_in_step(chat):
    ana, leo, bob = cast(chat)
    await ana.posts(WORDS)
    await bob.posts("The VPN does not connect")
    await leo.commands("/merge IT-2 IT-1")
    assert "IT-2" in await opens(ana)
    await leo.commands("/resolve IT-2")
    assert "/reopen IT-2" in labels(pages(ana)[-1])


async def test_nobody_unproven_opens_an_agents_page(chat):
    ana, _, _ = cast(chat)
    await ana.posts(WORDS)
    forged = Member(chat, "leo@desk.example", "Leo Prats", verified=False)
    await chat.stage.counter.home(forged.speaker)
    await chat.rests()
    assert pages(forged) == []


async def test_threads_are_where_tickets_go_on_the_latest_first(chat):
    ana, leo, bob = cast(chat)
    first = await ana.posts(WORDS)
    second = await bob.posts("The printer is jammed on floor two")
    threads = await chat.stage.counter.threads()
    assert [each for each in threads if each.room != AGENTS] == [second.address, first.address]
    cards = {await chat.card_id(1), await chat.card_id(2)}
    assert {each.thread for each in threads if each.room == AGENTS} == cards
    await leo.commands("/resolve IT-1")
    await chat.stage.passes(days=4, minutes=1)
    await chat.stage.passes(days=2)
    await chat.stage.passes(days=20)
    threads = await chat.stage.counter.threads()
    assert first.address not in threads
    assert second.address in threads
    assert Address("parlour", "other") not in threads


async def test_a_page_opened_many_times_at_once_is_one_row(chat):
    ana, _, _ = cast(chat)
    await ana.posts(WORDS)
    await asyncio.gather(*(chat.stage.counter.home(ana.speaker) for _ in range(6)))
    await chat.rests()
    person = await chat.stage.store.read(lambda work: work.people.find("parlour", "UANA"))
    rows = await chat.stage.store.read(lambda work: work.outbox.homes([person[0].id]))
    assert len(rows) == 1
