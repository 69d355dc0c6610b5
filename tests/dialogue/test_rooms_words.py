"""Whatever is typed in the agents' room without a command's sign reaches no requester."""

import asyncio
import re
import tempfile
from pathlib import Path

import pytest
from chat_stage import Chat, Member, said, set_chat
from clock import Clock
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.entry import Note, What
from bot.model.message import Outbound, Shows
from bot.model.ticket import Status
from storage import Database

WORDS = "My VPN is down since this morning"
TOLD = [
    "reply",
    "Responder",
    "ask",
    "close",
    "resolve",
    "solved",
    "IT-1",
    "#1",
    "thanks",
    "gracias",
]
JOINTS = [" ", "\n", "\n\n", " /", ":", ": ", "@Ana ", "> ", "*", "-", "\u200b", ""]
_COMMAND = re.compile(r"^\s*/", re.MULTILINE)
_PREFIX = re.compile(r"\s*/?[^\W\d_][\w-]*\s*:\s")

typed = st.one_of(
    st.text(max_size=60),
    st.lists(st.tuples(st.sampled_from(TOLD), st.sampled_from(JOINTS)), max_size=6).map(
        lambda parts: "".join("".join(part) for part in parts)
    ),
).filter(lambda text: not _COMMAND.search(text) and not _PREFIX.match(text))


@settings(max_examples=20, derandomize=True, deadline=None)
@given(st.lists(typed, min_size=8, max_size=8))
def test_plain_words_in_the_agents_room_never_reach_a_requester(texts):
    async def scene() -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = await Database.open(f"sqlite:///{folder}/desk.db")
            async with set_chat(store, Path(folder), Clock()) as chat:
                await says_it_all(chat, texts)
            await store.close()

    asyncio.run(scene())


async def says_it_all(chat: Chat, texts: list[str]) -> None:
    ana = Member(chat, "UANA", "Ana Ruiz")
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(WORDS)
    heard, public = len(ana.letters), len(chat.public)
    for text in texts:
        await leo.writes_below(text)
        assert (len(ana.letters), len(chat.public)) == (heard, public), text
        assert (await chat.stage.ticket()).status is Status.NEW, text


async def test_empty_words_below_the_card_do_nothing(chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(WORDS)
    count = len(await chat.stage.entries())
    await leo.writes_below("")
    await leo.writes_below("  \n ")
    assert len(await chat.stage.entries()) == count


async def test_words_below_the_card_of_a_merged_ticket_go_on_in_the_other(chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(WORDS)
    await Member(chat, "UBOB", "Bob Hill").posts("The VPN does not connect")
    await leo.commands("/merge IT-2 IT-1")
    await leo.writes_below("It is the same gateway", ticket=1)
    last = (await chat.stage.entries(2))[-1]
    assert isinstance(last, Note)
    assert last.text == "It is the same gateway"


@pytest.mark.parametrize("line", ["note IT-2 It is the gateway", "reply IT-2 It is the gateway"])
async def test_what_is_said_below_one_card_about_another_ticket_is_read_below_its_own(chat, line):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(WORDS)
    await Member(chat, "UBOB", "Bob Hill").posts("The VPN does not connect")
    await leo.writes_below(line, ticket=1, asked=True, overheard=False)
    assert ["gateway" in said(each) for each in posts_below(chat, await chat.card_id(2))] == [True]
    assert posts_below(chat, await chat.card_id(1)) == []


async def test_what_is_said_below_the_card_of_a_merged_ticket_is_read_where_it_goes_on(chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(WORDS)
    await Member(chat, "UBOB", "Bob Hill").posts("The VPN does not connect")
    await leo.commands("/merge IT-2 IT-1")
    await leo.writes_below("It is the same gateway", ticket=1)
    assert "the same gateway" in said(posts_below(chat, await chat.card_id(2))[-1])


def posts_below(chat: Chat, card: str) -> list[Outbound]:
    """What the desk posted in the thread of a card."""
    room, thread = card.split(":")
    places = chat.parlour.places
    there = [letter for *place, letter in places if place == [room, thread]]
    return [each for each in there if each.shows is Shows.WORDS]


async def test_an_agent_who_left_the_desk_speaks_there_as_anybody(chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(WORDS)
    store = chat.stage.store
    await store.write(lambda work: work.people.retire_agents([]))
    heard = len(ana.letters)
    await leo.writes_below("reply: I am still here")
    assert len(ana.letters) == heard
    assert not any(each.what is What.REPLIED for each in await chat.stage.entries())


@pytest.mark.parametrize(
    ("language", "words"), [("es", "queda entre nosotros"), ("en", "stays between us")]
)
async def test_a_direct_letter_to_an_agent_says_that_answers_stay_inside(
    store, tmp_path, clock, language, words
):
    async with set_chat(store, tmp_path, clock, teams=()) as chat:
        ana = Member(chat, "UANA", "Ana Ruiz")
        name = {"es": "eva@desk.example", "en": "leo@desk.example"}[language]
        agent = Member(chat, name)
        await ana.posts(WORDS)
        text = agent.letters[-1].text
        assert words in text, text
        room, _, letter = next(each for each in chat.parlour.places if each[2].recipient == name)
        thread = f"out{letter.row}"
        heard = len(ana.letters)
        inbound = agent.inbound("She is right", room, thread, internal=True)
        await chat.takes(inbound)
        assert isinstance((await chat.stage.entries())[-1], Note)
        assert len(ana.letters) == heard


@pytest.mark.parametrize(
    "text", ["Question: who has the key?", "Pregunta: ¿quién la llama?", "fixed: the gateway"]
)
async def test_a_label_among_colleagues_is_no_word_to_the_requester(chat, text):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(WORDS)
    heard = len(ana.letters)
    await leo.writes_below(text)
    assert len(ana.letters) == heard
    assert isinstance((await chat.stage.entries())[-1], Note)
