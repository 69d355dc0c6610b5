"""Forms: derived from each command, and filled in they give what the typed command gives."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from chat_stage import AGENTS, Chat, Member, rooms, said, set_chat
from declared_notices import plan
from stage import EVA, LEO, MAX, settings

from bot.command import Type
from bot.commands import COMMANDS
from bot.model.article import Article, State
from bot.model.canned import ReadyAnswer
from bot.model.form import Field, Input
from bot.model.person import Role
from bot.model.settings import Agent
from bot.model.ticket import Status

WORDS = "My VPN is down since this morning"
LONG = Agent("María del Carmen Pérez de la Fuente", {"parlour": "UMARIA"}, ("support",))
PRINTER = ReadyAnswer("printer", {"en": "Restart it, {name}."}, "support")
SAME = (
    Agent("Ana Gil", {"parlour": "UGIL1"}, ("support",)),
    Agent("Ana Gil", {"parlour": "UGIL2"}, ("support",)),
    Agent("Ana Gil Soto", {"parlour": "UGIL3"}, ("support",)),
)


def articles(now: datetime) -> list[Article]:
    """A draft, and two that are published."""
    said = {"text": "Wait for the stripes.", "language": "en", "at": now}
    states = (("Draft", State.DRAFT), ("Zebra", State.PUBLISHED), ("Okapi", State.PUBLISHED))
    return [Article(title=title, state=state, **said) for title, state in states]


@pytest.fixture
async def chat(store, tmp_path, clock):
    agents = (LEO, EVA, MAX, LONG, *SAME)
    chosen = settings(**rooms("support"), agents=agents)
    await store.write(lambda work: work.canned.save(PRINTER, clock()))
    await store.write(lambda work: [work.articles.add(each) for each in articles(clock())])
    await plan(store, clock())
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        yield scene


def cast(chat: Chat) -> tuple[Member, Member, Member]:
    ana, eva = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "eva@desk.example", "Eva Sanz")
    return ana, Member(chat, "leo@desk.example", "Leo Prats"), eva


async def form(chat: Chat, member: Member, text: str, **differs: object):
    return await chat.stage.counter.form(replace(member.asks(text), **differs))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
@pytest.mark.parametrize("role", [Role.REQUESTER, Role.AGENT])
@pytest.mark.parametrize("known", [True, False])
async def test_every_command_has_the_form_it_needs(chat, command, role, known):
    ana, leo, _ = cast(chat)
    await ana.posts(WORDS)
    words = f"/{command.name} IT-1" if known and command.wants_ticket else f"/{command.name}"
    given = await form(chat, leo if role is Role.AGENT else ana, words)
    open_ = {each.name for each in command.parameters if each.required}
    alone = all(each.required for each in command.parameters[:-1])
    if command.takes_words and role is Role.AGENT and command.drafts is None and alone:
        open_.add(command.parameters[-1].name)
    if known or role is Role.REQUESTER:
        open_.discard("ticket")
    if command.role > role or not (open_ or (known and command.drafts)):
        assert given is None
        return
    if given is None:  # a requester's optional words aren't asked for
        assert role is Role.REQUESTER or not command.wants_ticket
        needed = {each.name for each in command.parameters if each.required} - {"ticket"}
        assert not needed or (command.wants_ticket and not known)
        return
    assert {each.name for each in given.fields} >= open_
    assert all(each.label for each in given.fields)
    assert given.title
    assert given.submit
    assert given.cancel
    for field in given.fields:
        if field.input is Input.CHOICE:
            assert field.choices


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
async def test_a_form_filled_in_gives_what_the_typed_command_gives(chat, command):
    ana, leo, _ = cast(chat)
    root = await ana.posts(WORDS)
    await ana.joins(root, "And I need a second screen")
    await Member(chat, "UBOB", "Bob Hill").posts("The printer is jammed on floor two")
    if command.name in ("reopen", "rate"):
        await leo.commands("/resolve IT-1")
    who = ana if command.name in ("rate", "helped", "unhelped") else leo
    given = await form(
        chat, who, f"/{command.name} IT-1" if command.wants_ticket else f"/{command.name}"
    )
    if given is None:
        return
    values = {
        Type.TEXT: "We look into it",
        Type.TAGS: "vpn, madrid",
        Type.ASSETS: "PC-0231",
        Type.PERSON: "Bob Hill",
        Type.TICKET: "IT-2",
        Type.MOMENT: "2026-11-25T09:30:00+00:00",
        Type.BEGIN: "2026-11-25T09:30:00+00:00",
        Type.END: "2026-12-25T09:30:00+00:00",
        Type.AFFECTED: "everybody",
        Type.ZONE: "Mexico City",
        Type.NAME: "printer",
        Type.ARTICLE: "KB-1" if command.name == "kb_publish" else "KB-2",
    }
    types = {each.name: each.type for each in command.parameters}
    own = {
        "link": "new@example.org",
        "each": "vpn: priority low",
        "person": "Mexico City",
        "add_address": "new@example.org",
        **dict.fromkeys(("kb_new", "kb_from", "kb_edit"), "Zebra: Look left."),
    }
    values[Type.TEXT] = own.get(command.name, values[Type.TEXT])
    filled = tuple((each.name, _chosen(each) or values[types[each.name]]) for each in given.fields)
    said = {"same": "Ana Ruiz", "other_article": "KB-3"}
    filled = tuple((name, said.get(name, value)) for name, value in filled)
    inside = {"room": AGENTS, "internal": True} if who is leo else {}
    answer = await who.commands(given.command, **inside, filled=filled)
    assert not answer.refused, answer.text
    ticket = await chat.stage.ticket()
    match command.name:
        case "hold":
            assert (ticket.status, ticket.held_until.hour) == (Status.HELD, 9)
        case "reply" | "ask":
            assert any("We look into it" in each for each in chat.public)
        case "merge":
            assert (await chat.stage.ticket(2)).merged_into == 1


def _chosen(field: Field) -> str:
    """The last that can be chosen, of articles the one that the command is about."""
    return "" if field.name in ("article", "other_article") else _last_of(field)


@pytest.mark.parametrize("agent", [*SAME, LONG, LEO], ids=lambda each: str(each.addresses))
async def test_every_agent_can_be_picked(chat, agent):
    ana, leo, _ = cast(chat)
    await ana.posts(WORDS)
    given = await form(chat, leo, "/assign IT-1")
    choices = {each.value: each.label for each in given.fields[0].choices}
    assert len(choices) == 7
    person = await chat.stage.store.read(
        lambda work: work.people.find("parlour", agent.addresses["parlour"])
    )
    value = next(
        value
        for value, label in choices.items()
        if label == agent.name and value in (agent.name, agent.addresses["parlour"])
    )
    answer = await leo.commands(given.command, filled=(("agent", value),))
    assert not answer.refused, answer.text
    assert (await chat.stage.ticket()).assignee == person[0].id


@pytest.mark.parametrize(
    ("command", "filled", "field"),
    [
        ("/hold IT-1", {"until": "2020-01-01T00:00:00+00:00", "text": ""}, "until"),
        ("/hold IT-1", {"until": "some day", "text": "x"}, "until"),
        ("/hold IT-1", {"until": "", "text": "x"}, "until"),
        ("/assign IT-1", {"agent": "Nobody Known"}, "agent"),
        ("/priority IT-1", {"priority": "very"}, "priority"),
        ("/merge IT-1", {"other": "IT-99"}, "other"),
        ("/merge IT-1", {"other": "#999999999999"}, "other"),
        ("/merge IT-1", {"other": ""}, "other"),
        ("/reply", {"ticket": "IT-1 and more", "text": "x"}, "ticket"),
        ("/reply IT-1", {"text": "   "}, "text"),
        ("/log", {"person": "nobody@", "text": "x"}, "person"),
        ("/log", {"person": "", "text": "x"}, "person"),
    ],
)
async def test_wrong_values_name_their_field(chat, command, filled, field):
    ana, leo, _ = cast(chat)
    await ana.posts(WORDS)
    answer = await leo.commands(command, filled=tuple(filled.items()))
    assert answer.refused
    assert answer.field == field
    assert (await chat.stage.ticket()).status is Status.NEW


@pytest.mark.parametrize(
    "text", ["/reply #999999999999", "/reply IT-999999999999", "/reply IT-7", ""]
)
async def test_odd_wishes_have_no_form_and_break_nothing(chat, text):
    _, leo, _ = cast(chat)
    assert await form(chat, leo, text, asked=bool(text)) is None


async def test_a_requester_gets_no_form_for_what_is_not_theirs(chat):
    ana, _, _ = cast(chat)
    await ana.posts(WORDS)
    bob = Member(chat, "UBOB", "Bob Hill")
    for text in ("/reply IT-1", "/note IT-1", "/resolve IT-1", "/assign IT-1"):
        assert await form(chat, bob, text) is None
    eve = Member(chat, "leo@desk.example", "Leo Prats", verified=False)
    assert await form(chat, eve, "/reply IT-1") is None


@pytest.mark.parametrize("end", ["sent", "closed", "later"])
async def test_who_writes_is_shown_until_they_end(chat, end):
    ana, leo, eva = cast(chat)
    await ana.posts(WORDS)
    given = await form(chat, leo, "/reply IT-1")
    await chat.rests()
    assert "Leo Prats is writing" in said(chat.cards[-1])
    second = await form(chat, eva, "/reply IT-1")
    assert "Leo Prats" in second.notice
    assert given.notice == ""
    await chat.stage.counter.let_go(eva.asks("/reply IT-1"))
    await chat.rests()
    if end == "sent":
        await leo.commands(given.command, filled=(("text", "We are at it"),))
    elif end == "closed":
        await chat.stage.counter.let_go(leo.asks(given.command))
    else:
        await chat.stage.passes(minutes=16)
    await chat.rests()
    assert "writing" not in said(chat.cards[-1])
    assert (await form(chat, eva, "/reply IT-1")).notice == ""


async def test_a_second_claim_is_refused_with_the_name(chat):
    ana, leo, eva = cast(chat)
    await ana.posts(WORDS)
    await leo.commands("/claim IT-1")
    answer = await eva.commands("/claim IT-1")
    assert answer.refused
    assert "Leo Prats" in answer.text


async def test_a_form_of_a_merged_ticket_refuses_and_loses_no_draft(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(WORDS)
    await Member(chat, "UBOB", "Bob Hill").posts("The VPN does not connect")
    given = await form(chat, leo, "/ask IT-1")
    await leo.commands("/merge IT-2 IT-1")
    answer = await leo.commands(given.command, filled=(("text", "Which one?"),))
    assert answer.refused
    assert "IT-2" in answer.text


async def test_forms_opened_at_once_make_one_card(store, tmp_path, clock):
    async with set_chat(store, tmp_path, clock, teams=()) as before:
        await Member(before, "UANA", "Ana Ruiz").posts(WORDS)
    async with set_chat(store, tmp_path, clock) as chat:
        _, leo, eva = cast(chat)
        await asyncio.gather(*(form(chat, each, "/reply IT-1") for each in (leo, eva)))
        assert len(await store.read(lambda work: work.outbox.panels(ticket=1))) == 1


def _last_of(field: Field) -> str:
    """The last that can be chosen, and means something."""
    return next((each.value for each in field.choices[::-1] if each.value != "none"), "")
