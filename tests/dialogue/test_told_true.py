"""What people of a chat are told holds where they read it, and what help says can be done."""

import pytest
from chat_stage import AGENTS, Chat, Member, said, set_chat

from bot.model.ticket import Status


@pytest.fixture
async def chat(store, tmp_path, clock):
    async with set_chat(store, tmp_path, clock) as scene:
        yield scene


@pytest.fixture
def ana(chat: Chat) -> Member:
    return Member(chat, "UANA", "Ana Ruiz")


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, "leo@desk.example", "Leo Prats")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("resolve IT-1 it was the cable", Status.RESOLVED),
        ("solved IT-1: it was the cable", Status.RESOLVED),
        ("resuelve IT-1", Status.RESOLVED),
        ("resolver IT-1 era el cable", Status.RESOLVED),
    ],
)
async def test_a_command_of_a_requester_may_bear_words(chat, ana, words, status):
    await ana.posts("mail is down")
    await ana.commands(words)
    assert (await chat.stage.ticket()).status is status
    assert await chat.stage.ticket(2) is None


@pytest.mark.parametrize("words", ["reopen IT-1 it is back", "reabrir IT-1 ha vuelto"])
async def test_so_may_the_one_that_opens_again(chat, ana, words):
    await ana.posts("mail is down")
    await ana.commands("resolve IT-1")
    await ana.commands(words)
    assert not (await chat.stage.ticket()).status.is_done
    assert await chat.stage.ticket(2) is None


async def test_words_behind_a_reference_in_a_command_join_that_ticket(chat, ana):
    await ana.posts("mail is down")
    answer = await ana.commands("IT-1 it is for Monday")
    assert await chat.stage.ticket(2) is None
    assert answer is not None
    assert "A person reads it" in answer.text
    assert "it is for Monday" in chat.below[-1].text


@pytest.mark.parametrize("word", ["stauts", "ayda"])
async def test_a_lone_word_that_is_nearly_one_makes_no_ticket(chat, ana, word):
    answer = await ana.commands(word)
    assert answer is not None
    assert answer.refused
    assert await chat.stage.ticket() is None


@pytest.mark.parametrize("word", ["printer", "teclado", "password"])
async def test_any_other_word_is_a_report(chat, ana, word):
    await ana.commands(word)
    assert await chat.stage.ticket() is not None


async def test_the_help_of_agents_in_a_chat_says_what_holds_there(chat, leo):
    answer = await leo.commands("help", AGENTS, internal=True)
    assert answer is not None
    assert "“reply:”" in answer.text
    assert "goes to them" not in answer.text
    assert "alone on a line" not in answer.text


async def test_a_secret_in_a_later_message_is_told_to_its_writer_alone(chat, ana):
    root = await ana.posts("mail is down")
    shown = len(chat.public)
    await ana.joins(root, "my password is Hunter2!xyz and it is refused")
    assert "We hid a password" in ana.letters[-1].text
    assert len(chat.public) == shown


async def test_a_secret_that_is_edited_in_is_told_as_well(chat, ana):
    root = await ana.posts("mail is down")
    await ana.edits(root, "mail is down, my password is Hunter2!xyz")
    assert "We hid a password" in ana.letters[-1].text


async def test_a_long_history_shows_its_latest_part_and_says_where_the_rest_is(chat, ana, leo):
    root = await ana.posts("mail is down")
    for number in range(45):
        await ana.joins(root, f"more of it, number {number}, " + "and so on " * 60)
    await ana.joins(root, "LAST WORDS")
    answer = await leo.commands("history IT-1", AGENTS, internal=True)
    assert answer is not None
    assert "LAST WORDS" in answer.text
    assert "earlier: /desk history IT-1 2" in answer.text
    assert len(answer.text) < 11_000
    answer = await leo.commands("history IT-1 3", AGENTS, internal=True)
    assert answer is not None
    assert "mail is down" in answer.text
    assert "earlier:" not in answer.text


async def test_the_words_that_solved_it_are_those_that_stand(chat, ana):
    root = await ana.posts("mail is down")
    bob = Member(chat, "UBOB", "Bob Hill")
    hint = await bob.joins(root, "kick it")
    await bob.edits(hint, "restart the spooler")
    await ana.signs("/resolve", on=hint)
    assert "restart the spooler" in chat.below[-1].text
    assert "kick it" not in chat.below[-1].text


async def test_words_that_are_edited_away_are_told_as_that(chat, ana):
    root = await ana.posts("mail is down")
    more = await ana.joins(root, "and the phone")
    await ana.edits(more, "")
    assert "took back the words" in chat.below[-1].text


async def test_what_an_agent_has_themselves_nobody_else_writes_about(chat, leo):
    await leo.posts("my laptop is broken", asked=True)
    for words in ("claim IT-1", "resolve IT-1", "reopen IT-1"):
        await leo.commands(f"/{words}", AGENTS, internal=True)
    assert "knows the story" not in leo.letters[-1].text


@pytest.mark.parametrize("words", ["Solved, thanks", "Solucionado, gracias", "It works now"])
async def test_that_it_works_now_ends_what_nobody_is_at(chat, ana, leo, words):
    root = await ana.posts("mail is down")
    await ana.joins(root, words)
    assert (await chat.stage.ticket()).status is Status.RESOLVED


async def test_who_is_at_it_judges_whether_it_is_solved(chat, ana, leo):
    root = await ana.posts("mail is down")
    await leo.commands("/claim IT-1", AGENTS, internal=True)
    await ana.joins(root, "It works now")
    assert (await chat.stage.ticket()).status is Status.OPEN
    assert "It works now" in said(chat.below[-1])


async def test_a_card_gives_no_reason_for_what_an_agent_decided(chat, ana, leo):
    await ana.posts("my screen is broken")
    assert "something failed" in said(chat.cards[-1])
    await leo.commands("kind IT-1 question", AGENTS, internal=True)
    await chat.rests()
    assert "something failed" not in said(chat.cards[-1])
    assert "Question" in said(chat.cards[-1])
