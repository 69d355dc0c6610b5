"""An answer may be taken back until it leaves: then nothing of it went out.

Here chats never replace what they show; what they do replace stands in test_taken_back.py.
"""

from datetime import timedelta

import pytest
from chat_stage import AGENTS, Chat, Member, rooms, said, set_chat
from stage import LEO, PARLOUR, settings

from bot.model.mailroom import Delivery
from bot.model.ticket import Status

WORDS = "My VPN is down since this morning"
SECONDS = 20


@pytest.fixture
async def chat(store, tmp_path, clock):
    window = {"undo": timedelta(seconds=SECONDS), "undo_sent": timedelta(0)}
    chosen = settings(**rooms("support"), **window)
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        await Member(scene, "UANA", "Ana Ruiz").posts(WORDS)
        yield scene


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, LEO.addresses[PARLOUR], LEO.name)


def public(chat: Chat) -> str:
    return "\n".join(chat.public)


async def test_an_answer_leaves_when_its_time_is_over(chat, leo):
    answer = await leo.commands("reply IT-1 Is the cable in?")
    assert "in 20 seconds" in answer.text
    assert [each.command for each in answer.buttons] == ["/undo IT-1"]
    assert "cable" not in public(chat)
    await chat.rests(seconds=SECONDS)
    assert "Is the cable in?" in public(chat)
    late = await leo.commands("undo IT-1")
    assert late.refused
    assert "Ana Ruiz has it already" in late.text


@pytest.mark.parametrize("command", ["reply", "ask"])
async def test_what_is_taken_back_never_went_out_and_changed_nothing(chat, leo, command):
    before = await chat.stage.ticket()
    await leo.commands(f"{command} IT-1 Complete nonsense")
    answer = await leo.commands("undo IT-1")
    assert "Complete nonsense" in answer.text
    await chat.rests(minutes=5)
    assert "nonsense" not in public(chat)
    now = await chat.stage.ticket()
    assert (now.waits_since, now.first_answer_at) == (before.waits_since, None)
    assert now.status is Status.OPEN if command == "reply" else not now.status.is_done
    assert "took back the answer" in said(chat.below[-1])
    states = await chat.stage.store.read(lambda work: work.outbox.states())
    assert states[Delivery.WITHDRAWN] == 1
    assert (await leo.commands("undo IT-1")).refused


async def test_what_comes_behind_it_leaves_all_the_same(chat, leo):
    await leo.commands("reply IT-1 Complete nonsense")
    await leo.commands("undo IT-1")
    await leo.commands("reply IT-1 Is the cable in?")
    await chat.rests(seconds=SECONDS)
    assert "Is the cable in?" in public(chat)
    assert (await chat.stage.ticket()).first_answer_at is not None
    history = (await leo.commands("history IT-1")).text
    assert "took back an answer" in history


async def test_an_earlier_answer_still_counts(chat, leo):
    await leo.commands("reply IT-1 We look into it")
    first = (await chat.stage.ticket()).first_answer_at
    await chat.rests(seconds=SECONDS)
    await leo.commands("reply IT-1 Complete nonsense")
    await leo.commands("undo IT-1")
    ticket = await chat.stage.ticket()
    assert (ticket.first_answer_at, ticket.waits_since) == (first, None)


async def test_nobody_takes_back_what_another_said(chat, leo):
    await leo.commands("reply IT-1 Is the cable in?")
    eva = Member(chat, "eva@desk.example", "Eva Sanz")
    assert (await eva.commands("undo IT-1")).refused
    await chat.rests(seconds=SECONDS)
    assert "Is the cable in?" in public(chat)


async def test_requesters_take_nothing_back(chat):
    assert (await Member(chat, "UANA", "Ana Ruiz").commands("/undo")).refused


async def test_without_a_window_answers_leave_at_once(store, tmp_path, clock):
    chosen = settings(**rooms("support"), undo_sent=timedelta(0))
    async with set_chat(store, tmp_path, clock, chosen=chosen) as chat:
        await Member(chat, "UANA", "Ana Ruiz").posts(WORDS)
        leo = Member(chat, LEO.addresses[PARLOUR], LEO.name)
        answer = await leo.commands("reply IT-1 Is the cable in?")
        assert not answer.buttons
        assert "Is the cable in?" in public(chat)
        late = await leo.commands("undo IT-1")
        assert "Ana Ruiz has it already." in late.text


async def test_the_question_before_one_that_is_taken_back_still_waits_for_its_answer(chat, leo):
    await leo.commands("ask IT-1 Which building?")
    await chat.stage.passes(seconds=SECONDS + 1)
    await leo.commands("ask IT-1 nonsense")
    await leo.commands("undo IT-1")
    assert (await chat.stage.ticket()).status is Status.WAITING
    await leo.commands("undo IT-1")  # it has left long ago
    assert (await chat.stage.ticket()).status is Status.WAITING


async def test_what_rested_before_a_question_rests_again_once_that_is_taken_back(chat, leo):
    await leo.commands("hold IT-1 Friday, we wait for a part")
    before = await chat.stage.ticket()
    await leo.commands("ask IT-1 nonsense")
    await leo.commands("undo IT-1")
    after = await chat.stage.ticket()
    assert (after.status, after.held_until) == (Status.HELD, before.held_until)


async def test_after_a_question_that_was_taken_back_it_is_the_desks_turn(chat, leo):
    await leo.commands("ask IT-1 nonsense")
    await leo.commands("undo IT-1")
    assert "turn" not in (await leo.commands("brief IT-1")).text


@pytest.mark.parametrize("named", ["IT-1", "IT-2"])
async def test_an_answer_on_what_was_joined_meanwhile_is_taken_back_too(chat, leo, named):
    await Member(chat, "UBOB", "Bob Hill").posts("VPN fails")
    await leo.commands("reply IT-2 Nonsense")
    await leo.commands("merge IT-1 IT-2")
    assert "Taken back" in (await leo.commands(f"undo {named}")).text
    await chat.stage.passes(seconds=SECONDS + 1)
    assert "Nonsense" not in public(chat)


async def test_whoever_deletes_an_answer_in_time_has_taken_it_back(chat, leo):
    thread = (await chat.card_id()).split(":")[1]
    below = {"internal": True, "overheard": True, "interactive": True}
    answer = leo.inbound("reply: Nonsense", AGENTS, thread, **below)
    await chat.takes(answer)
    await leo.takes_back(answer)
    await chat.stage.passes(seconds=SECONDS + 1)
    assert "Nonsense" not in public(chat)
    assert not any("has your answer" in said(each) for each in leo.letters)
    assert (await chat.stage.ticket()).first_answer_at is None
