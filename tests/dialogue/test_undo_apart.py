"""What waits because it may still be taken back holds up nothing but its own ticket."""

from datetime import timedelta

import pytest
from chat_stage import Chat, Member, rooms, said, set_chat
from stage import LEO, PARLOUR, settings

SECONDS = 20


@pytest.fixture
async def chat(store, tmp_path, clock):
    window = {"undo": timedelta(seconds=SECONDS), "undo_sent": timedelta(0)}
    chosen = settings(**rooms("support"), **window)
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        await Member(scene, "UANA", "Ana Ruiz").posts("My VPN is down since this morning")
        yield scene


@pytest.fixture
def ana(chat: Chat) -> Member:
    return Member(chat, "UANA", "Ana Ruiz")


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, LEO.addresses[PARLOUR], LEO.name)


def public(chat: Chat) -> str:
    return "\n".join(chat.public)


async def test_a_second_report_is_acknowledged_while_the_first_ones_answer_waits(chat, ana, leo):
    await leo.commands("reply IT-1 Is the cable in?")
    await ana.posts("My chair is broken")
    assert "cable" not in public(chat)
    assert "chair" in public(chat)
    await chat.rests(seconds=SECONDS)
    assert "Is the cable in?" in public(chat)


async def test_what_follows_in_the_ticket_follows_the_answer(chat, leo):
    await leo.commands("reply IT-1 Is the cable in?")
    await leo.commands("resolve IT-1")
    before = len(chat.public)
    assert before == 1
    await chat.rests(seconds=SECONDS)
    answer, solved = chat.public[before:]
    assert "Is the cable in?" in answer
    assert "marked this as solved" in solved


async def test_what_was_asked_of_no_ticket_is_answered_meanwhile(chat, ana, leo):
    await leo.commands("reply IT-1 Is the cable in?")
    await chat.takes(ana.inbound("my tickets", "dm-UANA", asked=True, internal=True))
    (told,) = (said(each) for room, _, each in chat.parlour.places if room == "dm-UANA")
    assert "IT-1" in told
    assert "cable" not in public(chat)


async def test_what_goes_on_in_another_ticket_follows_the_answer_there(chat, ana, leo):
    await ana.posts("VPN fails")
    await leo.commands("reply IT-2 Is the cable in?")
    await leo.commands("merge IT-1 IT-2")
    told = len(chat.public)
    await leo.commands("resolve IT-1")
    assert len(chat.public) == told
    await chat.rests(seconds=SECONDS)
    left = chat.public[told:]
    assert "Is the cable in?" in left[0]
    assert any("IT-1" in each for each in left[1:])
