"""One acknowledgement: whoever asked reads it right there, or is told in a line where it is."""

import itertools
from dataclasses import replace

import pytest
from chat_stage import AGENTS, HELP, Member, said
from stage import PARLOUR

from bot.model.message import Address, ExternalId
from bot.model.reach import MOST

WORDS = "My VPN is down since this morning"
NUMBERS = itertools.count(1)
ELSEWHERE = "We wrote to you about it in private"


def typed(room: str, *, alone: bool = False) -> dict[str, object]:
    """How a slash command comes: from a room, in no thread of it, and no message there."""
    name = ExternalId(f"trigger:{next(NUMBERS)}")
    return {"external_id": name, "address": Address(PARLOUR, room), "internal": alone}


def direct(member: Member) -> dict[str, object]:
    return typed(f"dm-{member.id}", alone=True)


@pytest.mark.parametrize("words", [WORDS, f"new {WORDS}"])
async def test_a_command_in_a_room_is_answered_in_a_line_that_says_where_the_rest_is(
    chat, ana, words
):
    answer = await ana.commands(words, **typed(HELP))
    assert "IT-1" in answer.text
    assert ELSEWHERE in answer.text
    assert answer.told
    assert "\n" not in answer.text
    ((room, _, letter),) = [each for each in chat.parlour.places if each[2].recipient == ana.id]
    assert room == f"dm-{ana.id}"
    assert WORDS in said(letter)


@pytest.mark.parametrize("words", [WORDS, f"new {WORDS}"])
async def test_where_the_acknowledgement_appears_nothing_more_is_said(chat, ana, words):
    assert await ana.commands(words, **direct(ana)) is None
    assert len(ana.letters) == 1
    assert "IT-1" in ana.letters[0].reference


async def test_a_form_of_ones_own_page_is_answered_by_the_acknowledgement_alone(chat, ana):
    home = {"address": Address(PARLOUR, ""), "internal": True, "asked": False}
    assert await ana.commands("/new", filled=(("text", WORDS),), **home) is None
    assert len(ana.letters) == 1
    assert await chat.stage.ticket() is not None


@pytest.mark.parametrize("agent", [False, True])
async def test_a_ticket_of_ones_own_message_is_acknowledged_below_it_and_nowhere_else(
    chat, ana, agent
):
    person = Member(chat, "leo@desk.example", "Leo Prats") if agent else ana
    post = person.inbound(WORDS, HELP, public=True)
    pressed = replace(
        post, external_id=ExternalId("trigger:1"), known_as=post.external_id, interactive=True
    )
    assert await chat.takes(pressed) is None
    (place,) = [each for each in chat.parlour.places if each[2].recipient == person.id]
    assert place[:2] == (HELP, post.address.thread)


async def test_an_agents_own_report_is_told_once_as_well(chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    answer = await leo.commands("new The proxy is down", **typed(AGENTS, alone=True))
    assert "IT-1" in answer.text
    assert ELSEWHERE in answer.text
    assert await leo.commands("new The phone is dead", **direct(leo)) is None
    assert len(leo.letters) == 2


async def test_a_press_that_reopens_is_answered_by_what_stands_below_it(chat, ana):
    post = await ana.posts(WORDS)
    await ana.commands("/resolve IT-1", **typed(HELP))
    root = post.external_id
    press = ana.inbound("/reopen IT-1", HELP, post.address.thread, interactive=True, public=True)
    assert await chat.takes(replace(press, replies_to=(root,))) is None
    assert "open again" in ana.letters[-1].text
    await ana.commands("/resolve IT-1", **typed(HELP))
    answer = await ana.commands("/reopen IT-1", **typed(HELP))
    assert "open again" in answer.text, "the thread is out of sight of who types a command"


async def test_who_gets_no_letter_any_more_is_answered_all_the_same(chat, ana):
    for number in range(MOST):
        await ana.commands(f"new Screen {number} is black", **direct(ana))
    answer = await ana.commands(f"new {WORDS}", **direct(ana))
    assert f"IT-{MOST + 1}" in answer.text
    assert ELSEWHERE not in answer.text
    assert len(ana.letters) == MOST


async def test_what_joins_a_ticket_is_still_answered(chat, ana):
    await ana.commands(WORDS, **direct(ana))
    assert "A person reads it" in (await ana.commands("thanks", **direct(ana))).text


async def test_a_refusal_of_several_lines_is_one_for_the_door(chat, ana):
    await ana.posts(WORDS)
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    answer = await leo.commands("/claim IT-1\n/claim IT-1")
    assert answer.refused
    assert answer.inward
    assert "Nothing else in your message was done" in answer.text


async def test_an_agent_who_watches_what_their_team_has_hears_each_word_once(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/watch IT-1")
    heard = len(leo.letters)
    await ada.says("It is the left one", answers=ada.last)
    assert len(leo.letters) == heard + 1


async def test_who_takes_what_they_watched_hears_each_word_once(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/watch IT-1\n/claim IT-1")
    heard = len(leo.letters)
    await ada.says("It is the left one", answers=ada.last)
    assert len(leo.letters) == heard + 1


async def test_an_agent_who_holds_their_own_report_hears_once_that_it_is_solved(stage, leo, eva):
    await leo.says("My own screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    heard = len(leo.letters)
    await eva.says("/resolve IT-1 It was the cable")
    assert len(leo.letters) == heard + 1
