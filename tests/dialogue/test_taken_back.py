"""An answer that a chat shows already is taken back where it stands; a mail never is."""

from datetime import timedelta

import pytest
from chat_stage import Chat, Member, rooms, said, set_chat
from stage import EVA, LEO, PARLOUR, settings

from bot.channel import DeliveryFailed
from bot.model.entry import UNSAID_KEPT, UNSAID_SHOWN, What
from bot.model.mailroom import Delivery
from bot.model.message import Address, ExternalId, Inbound, Shows, Speaker
from bot.model.ticket import Status

WORDS = "My VPN is down since this morning"
POST = "post"  # a channel that is no chat
LONG = timedelta(minutes=1)


@pytest.fixture
async def chat(store, tmp_path, clock):
    async with set_chat(store, tmp_path, clock, chosen=settings(**rooms("support"))) as scene:
        yield scene


@pytest.fixture
async def ana(chat: Chat) -> Member:
    return Member(chat, "UANA", "Ana Ruiz")


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, LEO.addresses[PARLOUR], LEO.name)


@pytest.fixture
def eva(chat: Chat) -> Member:
    return Member(chat, EVA.addresses[PARLOUR], EVA.name)


def public(chat: Chat) -> str:
    return "\n".join(chat.public)


async def writes(chat: Chat, name: str, text: str) -> None:
    """Somebody writes where nothing is ever replaced."""
    speaker = Speaker(f"{name}@example.org", name.title(), verified=True)
    place, own = Address(POST, "help"), ExternalId(f"<{name}.{chat.next_id(POST)}>")
    await chat.takes(Inbound(own, place, speaker, text, raw=text.encode()))


async def is_brought(chat: Chat) -> None:
    """What waits for them there arrives."""

    def bring(work):
        now = chat.stage.clock()
        for each in work.outbox.claim(POST, "post", now, LONG, lanes=9, run=9):
            work.outbox.sent(each.id, ExternalId(f"<{each.id}>"), now)

    await chat.stage.store.write(bring)


@pytest.mark.parametrize("command", ["reply", "ask"])
async def test_what_a_chat_shows_is_replaced_where_it_stands(chat, ana, leo, command):
    await ana.posts(WORDS)
    before = await chat.stage.ticket()
    answer = await leo.commands(f"{command} IT-1 Complete nonsense")
    assert [each.command for each in answer.buttons] == ["/undo IT-1"]
    assert "Complete nonsense" in public(chat)
    posts = len(chat.public)
    undone = await leo.commands("undo IT-1")
    assert "Where Ana Ruiz read it" in undone.text
    assert "Complete nonsense" in undone.text
    assert "nonsense" not in public(chat)
    assert "Leo Prats took this message back" in public(chat)
    assert len(chat.public) == posts
    now = await chat.stage.ticket()
    assert (now.waits_since, now.first_answer_at) == (before.waits_since, None)
    assert now.status is not Status.WAITING
    assert (await leo.commands("undo IT-1")).refused


async def test_it_says_so_in_the_language_of_each_reader(chat, ana, leo):
    root = await ana.posts("No me funciona la VPN desde esta mañana, no puedo trabajar")
    await Member(chat, "UBOB", "Bob Hill").joins(root, "The same here, since this morning")
    await leo.commands("reply IT-1 Complete nonsense")
    await leo.commands("undo IT-1")
    assert "Leo Prats ha retirado este mensaje" in public(chat)
    assert "nonsense" not in public(chat)


async def test_what_agents_read_of_it_is_marked(chat, ana, leo, eva):
    await ana.posts(WORDS)
    await leo.commands("reply IT-1 Complete nonsense")
    assert "Complete nonsense" in said(chat.below[-1])
    await leo.commands("undo IT-1")
    below = "\n".join(map(said, chat.below))
    assert "nonsense" not in below
    assert "Leo Prats took back the answer that was here" in below
    assert "Leo Prats took back the answer." in below
    history = (await eva.commands("history IT-1")).text
    assert "Complete nonsense" in history
    assert "retiró una respuesta" in history


async def test_it_can_be_taken_back_for_so_long_and_no_longer(chat, ana, leo):
    await ana.posts(WORDS)
    await leo.commands("reply IT-1 Is the cable in?")
    await chat.rests(minutes=5, seconds=1)
    late = await leo.commands("undo IT-1")
    assert late.refused
    assert "Ana Ruiz has it already, for longer than 5 minutes" in late.text
    assert "Is the cable in?" in public(chat)


async def test_an_answer_that_others_followed_is_taken_back_alone(chat, ana, leo, eva):
    await ana.posts(WORDS)
    await eva.commands("reply IT-1 We look into it")
    first = (await chat.stage.ticket()).first_answer_at
    await leo.commands("reply IT-1 Complete nonsense")
    await leo.commands("undo IT-1")
    assert "We look into it" in public(chat)
    assert (await chat.stage.ticket()).first_answer_at == first


async def test_a_mail_stays_and_the_refusal_says_whose(chat, leo):
    await writes(chat, "tom", WORDS)
    answer = await leo.commands("reply IT-1 Complete nonsense")
    assert not answer.buttons
    await is_brought(chat)
    refused = await leo.commands("undo IT-1")
    assert refused.refused
    assert "Tom got it by mail, and a mail can't be called back." in refused.text
    assert (await chat.stage.ticket()).first_answer_at is not None


async def test_of_several_readers_those_by_mail_keep_it(chat, ana, leo):
    await ana.posts(WORDS)
    await writes(chat, "bob", "My chair is broken")
    await leo.commands("watch IT-1 Bob")
    await leo.commands("reply IT-1 Complete nonsense")
    await is_brought(chat)
    undone = await leo.commands("undo IT-1")
    assert "Bob got it by mail and keeps it" in undone.text
    assert "nonsense" not in public(chat)
    assert (await chat.stage.ticket()).first_answer_at is None
    assert (await chat.stage.entries())[-1].new == UNSAID_SHOWN


async def test_what_its_requester_keeps_was_said(chat, ana, leo):
    await writes(chat, "tom", WORDS)
    await ana.posts("My chair is broken")
    await leo.commands("watch IT-1 Ana")
    await leo.commands("reply IT-1 Complete nonsense")
    await is_brought(chat)
    before = await chat.stage.ticket()
    undone = await leo.commands("undo IT-1")
    assert "Tom got it by mail and keeps it" in undone.text
    assert all("nonsense" not in said(each) for _, _, each in chat.parlour.places if each.recipient)
    now = await chat.stage.ticket()
    assert (now.first_answer_at, now.waits_since) == (before.first_answer_at, None)
    assert (await chat.stage.entries())[-1].new == UNSAID_KEPT
    assert "Tom still has it" in (await leo.commands("history IT-1")).text
    assert (await leo.commands("undo IT-1")).refused


async def test_what_is_on_its_way_is_replaced_when_it_is_there(chat, ana, leo):
    await ana.posts(WORDS)
    chat.parlour.refuses["help"] = [DeliveryFailed("slow down", after=timedelta(seconds=30))]
    await leo.commands("reply IT-1 Complete nonsense")
    undone = await leo.commands("undo IT-1")
    assert not undone.refused
    await chat.rests(minutes=2)
    assert "nonsense" not in public(chat)
    states = await chat.stage.store.read(lambda work: work.outbox.states())
    assert not states[Delivery.WAITING]


async def test_a_letter_under_way_leaves_as_it_was_and_then_as_it_is(store, chat, ana, leo):
    await ana.posts(WORDS)
    await leo.commands("reply IT-1 Complete nonsense")
    number = next(x.row for x in chat.parlour.delivered if "nonsense" in x.text)

    def under_way(work):
        letter = work.outbox.again(number, chat.stage.clock())
        claimed = work.outbox.claim(PARLOUR, "slow", chat.stage.clock(), LONG, lanes=9, run=9)
        assert [each.id for each in claimed] == [letter.id]

    await store.write(under_way)
    await chat.stage.conversation.receive(leo.asks("undo IT-1"))
    named = ExternalId("help:late")
    await store.write(lambda work: work.outbox.sent(number, named, chat.stage.clock()))
    await chat.rests()
    last = [each for each in chat.parlour.delivered if each.row == number][-1]
    assert (last.shows, last.replaces) == (Shows.UNSAID, named)


async def test_what_the_chat_refuses_to_replace_is_told_to_who_has_the_ticket(chat, ana, leo):
    await ana.posts(WORDS)
    await leo.commands("claim IT-1")
    await leo.commands("reply IT-1 Complete nonsense")
    chat.parlour.refuses["help"] = [DeliveryFailed("locked", permanent=True)]
    await leo.commands("undo IT-1")
    lost = (await chat.stage.entries())[-1]
    assert lost.what is What.UNDELIVERED
    assert "still has the answer that was taken back" in said(chat.below[-1])
    direct = [said(each) for room, _, each in chat.parlour.places if room == "dm-UANA"]
    assert direct == []


async def test_an_answer_on_a_done_ticket_is_taken_back_too(chat, ana, leo):
    await ana.posts(WORDS)
    await leo.commands("resolve IT-1")
    await leo.commands("reply IT-1 Complete nonsense")
    await leo.commands("undo IT-1")
    assert "nonsense" not in public(chat)
    assert (await chat.stage.ticket()).status is Status.RESOLVED
