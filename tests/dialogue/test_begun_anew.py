"""A thread whose matter was over long ago begins anew: what is said there is for the new ticket."""

import pytest
from chat_stage import Chat, Member

from bot.model.entry import What
from bot.model.message import Inbound

MORE = "And the second floor, too"


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, "leo@desk.example", "Leo Prats")


@pytest.fixture
def bob(chat: Chat) -> Member:
    return Member(chat, "UBOB", "Bob Hill")


@pytest.fixture
async def root(chat: Chat, ana, leo) -> Inbound:
    """The message of IT-1, solved a month ago, in whose thread IT-2 goes on."""
    began = await ana.posts("My VPN is down since this morning")
    await leo.commands("resolve IT-1 Fixed")
    await chat.stage.passes(days=30)
    await ana.joins(began, "It is down again, please look", overheard=False)
    assert (await chat.stage.ticket(2)).follows == 1
    return began


async def words_of(chat: Chat, number: int) -> list[str]:
    return [getattr(each, "text", "") for each in await chat.stage.entries(number)]


@pytest.mark.parametrize("overheard", [False, True])
async def test_more_of_it_joins_the_new_one(chat, ana, root, overheard):
    await ana.joins(root, MORE, overheard=overheard)
    assert MORE in await words_of(chat, 2)


@pytest.mark.parametrize("overheard", [False, True])
async def test_a_colleagues_words_join_it_too(chat, bob, root, overheard):
    await bob.joins(root, MORE, overheard=overheard)
    assert MORE in await words_of(chat, 2)
    assert MORE not in await words_of(chat, 1)


async def test_an_agents_words_answer_it_and_are_not_posted_again(chat, leo, root):
    await leo.joins(root, "I am on it")
    answered = await chat.stage.ticket(2)
    assert (answered.assignee is not None, answered.first_answer_at is not None) == (True, True)
    assert not any("I am on it" in each for each in chat.public)


async def test_once_both_are_done_words_bring_the_later_one_back(chat, ana, leo, root):
    await leo.commands("resolve IT-2 Fixed")
    await ana.joins(root, "It fails once more, please look", overheard=False)
    assert not (await chat.stage.ticket(2)).status.is_done
    assert await chat.stage.ticket(3) is None


async def test_an_edit_of_the_first_words_stays_with_them(chat, ana, root):
    await ana.edits(root, "My VPN is down since yesterday")
    assert (await chat.stage.entries(1))[-1].what is What.EDITED
    assert "My VPN is down since yesterday" not in await words_of(chat, 2)


async def test_what_was_split_off_and_solved_comes_back_by_an_answer_to_it(chat, ana, leo):
    root = await ana.posts("My VPN is down since this morning")
    badge = await ana.joins(root, "By the way, my badge is broken")
    await leo.commands("split IT-1 badge")
    await leo.commands("resolve IT-2 Here is a new one")
    to_it = (badge.external_id, root.external_id)
    await ana.joins(root, "The new badge is broken as well", overheard=False, replies_to=to_it)
    assert not (await chat.stage.ticket(2)).status.is_done


@pytest.mark.parametrize("who", ["ana", "leo"])
async def test_the_old_one_is_not_opened_beside_it_by_a_command(chat, request, root, who):
    answer = await request.getfixturevalue(who).commands("reopen IT-1")
    assert answer.refused
    assert answer.text.startswith("It goes on in IT-2.")
    assert (await chat.stage.ticket(1)).status.is_done


async def test_words_that_bring_the_old_one_back_go_on_directly(chat, ana, bob, leo, root):
    await leo.commands("resolve IT-2 Fixed")
    await leo.commands("reopen IT-1")
    await bob.posts("The printer jams")
    await leo.commands("watch IT-1 Bob Hill")
    await leo.commands("resolve IT-1 Fixed")
    await ana.joins(root, "It fails once more, please look", overheard=False)
    await bob.posts("It fails in the cellar as well", ticket=1)
    old, new = await chat.stage.ticket(1), await chat.stage.ticket(2)
    assert [old.status.is_done, new.status.is_done] == [False, False]
    assert (old.conversation.room, new.conversation) == ("", root.address)
