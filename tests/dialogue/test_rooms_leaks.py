"""What agents say among themselves in a chat reaches no requester, wherever they all sit."""

import pytest
from chat_stage import AGENTS, HELP, Chat, Member, said, set_chat

from bot.model.entry import Message, Note, What
from bot.model.ticket import Status


@pytest.fixture
async def bare(store, tmp_path, clock):
    """A chat whose teams have no room: agents hear by letters."""
    async with set_chat(store, tmp_path, clock, teams=()) as scene:
        yield scene


def cast(chat: Chat) -> tuple[Member, Member, Member]:
    ana = Member(chat, "UANA", "Ana Ruiz")
    return ana, Member(chat, "leo@desk.example", "Leo Prats"), Member(chat, "UBOB", "Bob Hill")


@pytest.mark.parametrize("text", [" /history IT-1", "/status", "/queue", "/mine", "/nonsense"])
async def test_what_an_agent_asks_in_a_requesters_thread_is_answered_elsewhere(chat, text):
    ana, leo, _ = cast(chat)
    root = await ana.posts("My VPN is down since this morning")
    await leo.writes_below("She is a pain in the neck")
    before = len(chat.public)
    await leo.joins(root, text)
    assert len(chat.public) == before
    assert leo.letters


async def test_a_letter_to_an_agent_never_lands_in_a_requesters_thread(bare):
    ana, leo, _ = cast(bare)
    eva = Member(bare, "eva@desk.example", "Eva Sanz")
    root = await ana.posts("My VPN is down since this morning")
    await leo.joins(root, "Which client do you use?")
    await eva.commands("/note IT-1 Do not tell her about the audit", room="dm-eva", internal=True)
    assert any("audit" in each.text for each in leo.letters)
    assert not any("audit" in each for each in bare.public)


async def test_a_refusal_to_an_agent_stays_out_of_the_requesters_thread(chat):
    ana, leo, _ = cast(chat)
    root = await ana.posts("My VPN is down since this morning")
    before = len(chat.public)
    await leo.joins(root, "/resolve IT-77 done")
    assert len(chat.public) == before


@pytest.mark.parametrize(
    "text", ["close", "solved", "help", "status", "thanks", "Hello", "my tickets"]
)
async def test_a_colleague_in_the_thread_is_not_answered_by_the_desk(chat, text):
    ana, _, bob = cast(chat)
    root = await ana.posts("My VPN is down since this morning")
    before = len(chat.public)
    await bob.joins(root, text)
    assert len(chat.public) == before
    assert not bob.letters
    assert (await chat.stage.ticket()).status is Status.NEW
    last = (await chat.stage.entries())[-1]
    assert isinstance(last, Message)
    assert (last.text, last.remarks) == (text, ())


@pytest.mark.parametrize("text", ["my tickets", "status", "mis casos"])
async def test_what_a_requester_asks_for_in_the_open_is_answered_in_private(chat, text):
    ana, _, _ = cast(chat)
    await ana.posts("The payroll file shows my salary to everybody")
    second = await ana.posts("The printer is jammed on floor two")
    before = len(chat.parlour.places)
    await ana.joins(second, text)
    (answer,) = chat.parlour.places[before:]
    assert answer[0] not in (HELP, AGENTS)
    assert "IT-" in said(answer[2])


async def test_a_secret_in_a_thread_that_all_have_read_is_kept_hidden(chat):
    ana, leo, _ = cast(chat)
    root = await ana.posts("My VPN is down since this morning")
    await leo.joins(root, "Your password is: Hunter2!Long")
    last = (await chat.stage.entries())[-1]
    assert last.what is What.REPLIED
    assert "Hunter2" not in last.text


async def test_an_agents_plain_words_below_the_card_are_a_note(chat):
    ana, leo, _ = cast(chat)
    await ana.posts("My VPN is down since this morning")
    heard, public, below = len(ana.letters), len(chat.public), len(chat.below)
    await leo.writes_below("I think she pulled the plug")
    assert isinstance((await chat.stage.entries())[-1], Note)
    assert (len(ana.letters), len(chat.public), len(chat.below)) == (heard, public, below)


@pytest.mark.parametrize("text", ["reply: It works again", "responder: It works again"])
async def test_a_prefix_below_the_card_speaks_to_the_requester(chat, text):
    ana, leo, _ = cast(chat)
    root = await ana.posts("My VPN is down since this morning")
    await leo.writes_below(text)
    answers = [
        (room, thread)
        for room, thread, each in chat.parlour.places
        if "It works again" in each.text and each.recipient
    ]
    assert answers == [("help", root.address.thread)]


async def test_an_agents_answer_in_the_requesters_thread_is_not_posted_again(chat):
    ana, leo, _ = cast(chat)
    root = await ana.posts("My VPN is down since this morning")
    before = len(chat.public)
    await leo.joins(root, "Restart it, please")
    assert (await chat.stage.entries())[-1].what is What.REPLIED
    assert len(chat.public) == before
    assert any("Restart it" in each.text for each in chat.below)


async def test_who_reads_along_gets_their_copy_in_private(chat):
    ana, leo, bob = cast(chat)
    root = await ana.posts("My VPN is down since this morning")
    await bob.joins(root, "Mine too")
    await leo.writes_below("/watch IT-1 Bob Hill")
    before = len(chat.public)
    await leo.joins(root, "Restart it, please")
    assert len(chat.public) == before


async def test_a_reporting_agents_words_below_the_card_are_not_told_again(chat):
    _, leo, _ = cast(chat)
    await leo.posts("My own VPN is down since this morning", asked=True)
    below = len(chat.below)
    await leo.writes_below("It is back by itself, strange")
    assert len(chat.below) == below


async def test_no_stranger_in_the_agents_room_gives_orders(chat):
    ana, _, bob = cast(chat)
    await ana.posts("My VPN is down since this morning")
    for words in ("reply: hi", "/resolve", "note: x", "/claim"):
        await bob.writes_below(words)
    assert (await chat.stage.ticket()).status is Status.NEW
    assert not any(each == "hi" for each in chat.public)
