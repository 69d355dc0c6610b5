"""Choosing: what is offered while somebody types, and that whatever is offered is understood."""

import pytest
from chat_stage import Chat, Member, rooms, set_chat
from declared_notices import plan
from stage import EVA, IDA, LEO, MAX, settings

from bot.command import Type
from bot.commands import COMMANDS
from bot.model.article import Article
from bot.model.canned import ReadyAnswer
from bot.model.person import Role
from bot.offers import LOOKED_UP

AGENTS = (LEO, EVA, MAX, IDA)
PRINTER = ReadyAnswer("printer", {"en": "Switch it on, {name}."}, "support")
TYPED = {
    Type.ZONE: "lima",
    Type.MOMENT: "tomorrow at 14:00",
    Type.PERSON: "hill",
    Type.AGENT: "eva",
    Type.FILTER: "vpn ur",
    Type.DURATION: "hora y media",
    Type.REPORT: "came in",
    Type.BEGIN: "tomorrow at 14:00",
    Type.END: "tomorrow at 15:00",
    Type.AFFECTED: "netw",
    Type.NOTICE: "zebra",
    Type.ARTICLE: "zebra",
}
GOOD = {
    "ticket": "IT-1",
    "text": "Zebra: We look into it",
    "article": "KB-2",
    "other_article": "KB-3",
    "person": "UANA",
    "same": "leo@desk.example",
    "new_address": "new@example.org",
    "role": "agent",
    "agent": "Eva Sanz",
    "team": "Network",
    "tags": "vpn, madrid",
    "assets": "PC-0231",
    "until": "tomorrow at 14:00",
    "starts": "tomorrow at 14:00",
    "ends": "tomorrow at 15:00",
    "whom": "everybody",
    "notice": "N-1",
    "spent": "25 min",
    "priority": "high",
    "kind": "question",
    "other": "IT-2",
    "how": "child",
    "message": "smells of oil",
    "zone": "Lima",
    "answer": "printer",
    "name": "printer",
}
BEFORE = {"reopen": "resolve", "release": "claim"}
WANTED = [
    (command, parameter)
    for command in COMMANDS
    for parameter in command.parameters
    if parameter.type in LOOKED_UP
    # which fit what they said, or follow, or isn't published
    and command.name not in ("undo", "rate", "unwatch", "helped", "unhelped", "kb_publish")
]


@pytest.fixture
async def chat(store, tmp_path, clock):
    chosen = settings(**rooms("support"), agents=AGENTS)
    said = {"text": "Wait for it.", "language": "en", "at": clock()}
    known = [Article(title=title, **said) for title in ("Zebra", "Okapi", "Lion")]
    await store.write(lambda work: work.canned.save(PRINTER, clock()))
    await store.write(lambda work: [work.articles.add(each) for each in known])
    await plan(store, clock())
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        yield scene


@pytest.fixture
async def ana(chat) -> Member:
    member = Member(chat, "UANA", "Ana Ruiz")
    await member.posts("My VPN is down since this morning")
    await member.posts("The coffee machine is leaking")
    bob = Member(chat, "UBOB", "Bob Hill")
    root = await bob.posts("The printer is jammed on floor two")
    await bob.joins(root, "It smells of oil, too")
    return member


@pytest.fixture
def leo(chat, ana) -> Member:
    return Member(chat, "leo@desk.example", "Leo Prats")


async def offered(chat: Chat, member: Member, words: str, *wanted: str) -> list[str]:
    return [each.value for each in await chat.stage.counter.choices(member.asks(words), *wanted)]


async def lines(chat: Chat, member: Member, words: str) -> list[str]:
    return [each.value for each in await chat.stage.counter.lines(member.asks(words))]


async def test_agents_are_offered_all_tickets_and_requesters_their_own(chat, ana, leo):
    assert await offered(chat, leo, "") == ["IT-3", "IT-2", "IT-1"]
    assert await offered(chat, leo, "PRÍNTER") == ["IT-3"]
    assert await offered(chat, leo, "2") == ["IT-2"]
    assert await offered(chat, ana, "") == ["IT-2", "IT-1"]
    assert await offered(chat, ana, "coffee") == ["IT-2"]
    assert await offered(chat, ana, "printer") == []
    assert await offered(chat, ana, "3") == []
    assert await offered(chat, ana, "IT-3") == []
    assert await offered(chat, leo, "999999999999") == []
    assert await offered(chat, leo, "9" * 40) == []
    assert await offered(chat, Member(chat, "UEVE", "Eve"), "") == []
    forged = Member(chat, "leo@desk.example", verified=False)
    assert await offered(chat, forged, "") == []


@pytest.mark.parametrize(
    ("command", "parameter"), WANTED, ids=lambda each: getattr(each, "name", "")
)
async def test_whatever_is_offered_is_understood(chat, leo, command, parameter):
    typed = TYPED.get(parameter.type, "printer")
    ida = Member(chat, "ida@desk.example", "Ida Berg")
    who = ida if command.role is Role.ADMIN else leo
    found = await chat.stage.counter.choices(who.asks(typed), command.name, parameter.name)
    assert found, typed
    for choice in found:
        given = GOOD | {parameter.name: choice.value}
        named = {each.name for each in command.parameters}
        filled = tuple((name, value) for name, value in given.items() if name in named)
        if command.name in BEFORE:
            await who.commands(f"/{BEFORE[command.name]} {given['ticket']}")
        answer = await who.commands(f"/{command.name}", filled=filled)
        assert not answer.refused, answer.text


async def test_people_are_offered_to_agents_alone(chat, ana, leo):
    assert await offered(chat, leo, "hill", "log", "person") == ["UBOB"]
    assert await offered(chat, leo, "", "log", "person") == []
    assert await offered(chat, ana, "hill", "log", "person") == []
    assert await offered(chat, leo, "hill", "appoint", "person") == []


async def test_a_moment_is_offered_as_it_is_understood(chat, leo):
    (moment,) = await chat.stage.counter.choices(leo.asks("friday at 9"), "hold", "until")
    assert "Friday at 09:00" in moment.label
    usual = await chat.stage.counter.choices(leo.asks(""), "hold", "until")
    assert [each.label.partition(" ·")[0] for each in usual] == [
        "tomorrow",
        "the day after tomorrow",
        "next week",
    ]


async def test_a_line_goes_on_with_its_word_then_with_what_belongs_behind_it(chat, ana, leo):
    assert await lines(chat, leo, "cl") == ["claim", "close"]
    assert await lines(chat, leo, "/claim") == ["claim"]
    assert await lines(chat, leo, "claim prin") == ["claim IT-3"]
    assert await lines(chat, leo, "tomar prin") == ["tomar IT-3"]
    assert await lines(chat, leo, "assign IT-3 ev") == ["assign IT-3 eva@desk.example"]
    assert await lines(chat, leo, "priority IT-3 urg") == ["priority IT-3 urgent"]
    assert await lines(chat, leo, "my printer jams") == []
    assert await lines(chat, ana, "claim prin") == []
    assert "claim" not in await lines(chat, ana, "")
    assert "status" in await lines(chat, ana, "")
