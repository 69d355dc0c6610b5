"""An answer that is changed while it waits leaves in its last words; one that has left stands."""

from datetime import timedelta

import pytest
from chat_stage import AGENTS, Chat, Member, rooms, said, set_chat
from stage import EVA, LEO, PARLOUR, settings

from bot.model.entry import Note, What
from bot.model.message import Inbound

SECONDS = 20
NOTE = "the invoice of March was never paid by them"


@pytest.fixture
async def chat(store, tmp_path, clock):
    window = {"undo": timedelta(seconds=SECONDS), "undo_sent": timedelta(0)}
    chosen = settings(**rooms("support"), **window)
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        await Member(scene, "UANA", "Ana Ruiz").posts("My VPN is down since this morning")
        yield scene


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, LEO.addresses[PARLOUR], LEO.name)


@pytest.fixture
def eva(chat: Chat) -> Member:
    return Member(chat, EVA.addresses[PARLOUR], EVA.name)


async def below(chat: Chat, by: Member, text: str) -> Inbound:
    """Something said below the card of the first ticket."""
    thread = (await chat.card_id()).split(":")[1]
    inbound = by.inbound(text, AGENTS, thread, internal=True, overheard=True, interactive=True)
    await chat.takes(inbound)
    return inbound


def public(chat: Chat) -> str:
    return "\n".join(chat.public)


async def leaves(chat: Chat) -> str:
    """What is read once the window is over."""
    await chat.rests(seconds=SECONDS)
    return public(chat)


async def test_the_last_words_leave_and_the_first_never_do(chat, leo):
    answer = await below(chat, leo, "reply: try saef mode")
    await leo.edits(answer, "reply: try safer mode")
    await leo.edits(answer, "*reply:* try safe mode")
    read = await leaves(chat)
    assert "try safe mode" in read
    assert "saef" not in read
    assert "safer" not in read
    assert leo.letters == []
    entries = await chat.stage.entries()
    assert [each.text for each in entries if each.what is What.EDITED] == [
        "try safer mode",
        "try safe mode",
    ]


async def test_a_command_with_the_ticket_is_changed_as_a_line_with_the_word(chat, leo):
    answer = leo.inbound("reply IT-1 try saef mode", AGENTS, internal=True, asked=True)
    await chat.takes(answer)
    await leo.edits(answer, "reply IT-1 try safe mode")
    read = await leaves(chat)
    assert "try safe mode" in read
    assert "reply" not in read
    (told,) = leo.letters
    assert "gets your answer to IT-1 in 20 seconds" in told.text


async def test_those_who_watch_read_them_too(chat, leo):
    await Member(chat, "UBOB", "Bob Hill").posts("My chair is broken")
    await leo.commands("watch IT-1 Bob")
    answer = await below(chat, leo, "reply: try saef mode")
    await leo.edits(answer, "reply: try safe mode")
    await leaves(chat)
    copies = [said(each) for room, _, each in chat.parlour.places if room == "dm-UBOB"]
    assert any("try safe mode" in each for each in copies)
    assert not any("saef" in each for each in copies)


async def test_once_it_has_left_it_stands_and_the_writer_hears_so_once(chat, leo):
    answer = await below(chat, leo, "reply: try saef mode")
    await leo.edits(answer, "reply: try safe mode")
    await leaves(chat)
    await leo.edits(answer, "reply: try safe mode, please")
    await leo.edits(answer, "reply: try safe mode, please, now")
    await leo.takes_back(answer)
    (told,) = leo.letters
    assert "Ana Ruiz has your answer as it was when it went out" in told.text
    assert "please" not in await leaves(chat)


async def test_new_words_that_quote_a_note_dont_leave(chat, leo):
    await below(chat, leo, NOTE)
    answer = await below(chat, leo, "reply: one moment")
    await leo.edits(answer, f"reply: {NOTE}")
    (told,) = leo.letters
    assert "is in a note that only we read" in told.text
    assert "Ana Ruiz gets your answer as it was before" in told.text
    assert told.text.endswith("To take it back: /desk undo IT-1")
    read = await leaves(chat)
    assert "one moment" in read
    assert "invoice" not in read


async def test_who_says_them_again_means_it(chat, leo):
    await below(chat, leo, NOTE)
    answer = await below(chat, leo, "reply: one moment")
    await leo.edits(answer, f"reply: {NOTE}")
    await below(chat, leo, f"reply: {NOTE}")
    assert "invoice" in await leaves(chat)


async def test_new_words_that_hold_a_secret_dont_leave(chat, eva):
    answer = await below(chat, eva, "responder: un momento")
    await eva.edits(answer, "responder: la contraseña es hunter2zz!")
    (told,) = eva.letters
    assert "Tu cambio lleva una contraseña u otro secreto" in told.text
    read = await leaves(chat)
    assert "un momento" in read
    assert "contraseña" not in read


@pytest.mark.parametrize("change", ["he is careless", "note: he is careless"])
async def test_without_the_word_that_sends_it_it_is_a_note_now(chat, leo, change):
    answer = await below(chat, leo, "reply: he is careless")
    await leo.edits(answer, change)
    assert "careless" not in await leaves(chat)
    entries = await chat.stage.entries()
    assert [each.what for each in entries[-2:]] == [What.UNSAID, What.NOTED]
    assert [each.text for each in entries if isinstance(each, Note)] == ["he is careless"]
    assert (await chat.stage.ticket()).first_answer_at is None


async def test_without_any_words_it_is_taken_back(chat, leo):
    answer = await below(chat, leo, "reply: nonsense")
    await leo.edits(answer, "reply:")
    assert "nonsense" not in await leaves(chat)
    assert (await chat.stage.entries())[-1].what is What.UNSAID


@pytest.mark.parametrize(
    "change", ["/resolve IT-1", "resolve IT-1", "resolve: it was old", "reply: IT-2 it was old"]
)
async def test_a_change_into_a_command_is_not_followed(chat, leo, change):
    answer = await below(chat, leo, "reply: one moment")
    await leo.edits(answer, change)
    assert "Your change is a command" in leo.letters[-1].text
    read = await leaves(chat)
    assert "one moment" in read
    assert "it was old" not in read
    assert not (await chat.stage.ticket()).status.is_done


async def test_what_was_taken_back_isnt_sent_by_a_change(chat, leo):
    answer = await below(chat, leo, "reply: nonsense")
    await leo.commands("undo IT-1")
    await leo.edits(answer, "reply: try safe mode")
    assert "doesn't send it" in leo.letters[-1].text
    assert "safe mode" not in await leaves(chat)


async def test_changed_words_are_taken_back_as_well(chat, leo):
    answer = await below(chat, leo, "reply: nonsense")
    await leo.edits(answer, "reply: more nonsense")
    undone = await leo.commands("undo IT-1")
    assert "more nonsense" in undone.text
    assert "nonsense" not in await leaves(chat)


@pytest.mark.parametrize("deletes", [True, False])
async def test_on_a_ticket_that_goes_on_elsewhere_too(chat, leo, deletes):
    await Member(chat, "UBOB", "Bob Hill").posts("VPN fails")
    answer = await below(chat, leo, "reply: try saef mode")
    await leo.commands("merge IT-2 IT-1")
    await (leo.takes_back(answer) if deletes else leo.edits(answer, "reply: try safe mode"))
    read = await leaves(chat)
    assert "saef" not in read
    assert ("try safe mode" in read) is not deletes
