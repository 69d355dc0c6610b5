"""A ticket's card in the agents' room, and the thread below it that tells all."""

from datetime import timedelta

import pytest
from chat_stage import AGENTS, Chat, Member, labels, rooms, said, set_chat
from stage import EVA, LEO, MAX, PARLOUR, settings

from bot.channel import DeliveryFailed
from bot.model.mailroom import Delivery
from bot.model.message import Shows, Upload
from bot.model.settings import Team

WORDS = "My VPN is down since this morning"


def cast(chat: Chat) -> tuple[Member, Member, Member]:
    ana, eva = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "eva@desk.example", "Eva Sanz")
    return ana, Member(chat, "leo@desk.example", "Leo Prats"), eva


async def test_a_card_is_posted_once_and_then_redrawn_in_place(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(WORDS)
    await leo.commands("/claim IT-1")
    await leo.commands("/resolve IT-1 Done")
    first, *later = chat.cards
    assert first.replaces == ""
    assert later
    assert {each.replaces for each in later} == {await chat.card_id()}
    assert {each.to.room for each in chat.cards} == {AGENTS}


async def test_several_changes_at_once_are_one_redrawing(chat):
    ana, leo, _ = cast(chat)
    root = await ana.posts(WORDS)
    before = len(chat.cards)
    for number in range(4):
        await chat.stage.conversation.receive(
            ana.inbound(f"And {number}", "help", root.address.thread, public=True, overheard=True)
        )
        chat.stage.clock.now += timedelta(milliseconds=20)
    await chat.stage.settles()
    assert len(chat.cards) == before
    await chat.rests()
    assert len(chat.cards) == before + 1
    assert leo


async def test_the_card_leaves_before_what_stands_below_it(chat):
    ana, _, _ = cast(chat)
    await ana.posts("My VPN is down. " * 120)
    room = [each for place, _, each in chat.parlour.places if place == AGENTS]
    assert [each.shows for each in room][:2] == [Shows.CARD, Shows.WORDS]
    assert room[1].replies_to == (await chat.card_id(),)


async def test_a_card_that_comes_late_still_goes_first(chat):
    ana, leo, _ = cast(chat)
    chat.parlour.trouble = [DeliveryFailed("busy", after=timedelta(minutes=1))] * 2
    root = ana.inbound("My VPN is down. " * 120, "help", public=True)
    await chat.takes(root)
    await chat.rests(minutes=5)
    room = [each for place, _, each in chat.parlour.places if place == AGENTS]
    assert [each.shows for each in room][:2] == [Shows.CARD, Shows.WORDS]
    assert len([each for each in chat.cards if not each.replaces]) == 1
    assert leo


async def test_a_pause_that_the_network_asks_for_holds_for_redrawings_too(chat):
    ana, _, _ = cast(chat)
    root = await ana.posts(WORDS)
    chat.parlour.trouble = [DeliveryFailed("busy", after=timedelta(minutes=1))]
    inbound = ana.inbound("More", "help", root.address.thread, public=True, overheard=True)
    await chat.takes(inbound)
    card = (await chat.stage.store.read(lambda work: work.outbox.panels(ticket=1)))[0]
    tried = chat.parlour.attempts.count(card.id)
    await ana.joins(root, "And more")
    assert chat.parlour.attempts.count(card.id) == tried
    await chat.rests(minutes=2)
    assert chat.parlour.attempts.count(card.id) == tried + 1


async def test_what_a_card_shows_in_each_state(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(WORDS)
    new = chat.cards[-1]
    assert WORDS in said(new)
    assert "Ana Ruiz" in said(new)
    assert labels(new)[:4] == ["/claim IT-1", "/reply IT-1", "/note IT-1", "/resolve IT-1"]
    assert {"/brief IT-1", "/canned IT-1"} <= {*labels(new)}
    await leo.commands("/claim IT-1")
    assert "Leo Prats" in said(chat.cards[-1])
    assert labels(chat.cards[-1])[0] == "/reply IT-1"
    await leo.commands("/resolve IT-1 It was the cable")
    known = ["/brief IT-1", "/history IT-1", "/tag IT-1"]
    lesson = "/kb_from IT-1"
    assert labels(chat.cards[-1]) == ["/reopen IT-1", "/note IT-1", lesson, *known]
    await leo.commands(lesson)
    assert labels(chat.cards[-1]) == ["/reopen IT-1", "/note IT-1", *known]
    await Member(chat, "UBOB", "Bob").posts("The VPN again")
    await leo.commands("/reopen IT-1")
    await leo.commands("/merge IT-2 IT-1")
    merged = [each for each in chat.cards if each.reference == "IT-1"][-1]
    assert labels(merged) == ["/history IT-1"]
    assert "IT-2" in said(merged)


async def test_the_thread_tells_all_and_calls_the_holder_where_they_must_look(chat):
    ana, leo, eva = cast(chat)
    root = await ana.posts(WORDS)
    await leo.commands("/claim IT-1")
    await ana.joins(root, "It is worse now")
    await eva.commands("/note IT-1 Known fault")
    await leo.commands("/reply IT-1 We are at it")
    await leo.commands("/hold IT-1 2h")
    await chat.stage.passes(hours=3)
    await chat.rests()
    told = [(each.text.partition("\n")[0], each.mentions) for each in chat.below]
    holder = ("leo@desk.example",)
    assert told == [
        ("Leo Prats took it.", ()),
        ("Ana Ruiz wrote:", holder),
        ("Eva Sanz noted, for us alone:", ()),
        ("Leo Prats answered Ana Ruiz:", ()),
        (told[4][0], ()),
        ("The hold is over: it is our turn again, and Ana Ruiz is waiting.", holder),
    ]


async def test_nobody_who_left_the_desk_is_called(chat):
    ana, leo, eva = cast(chat)
    root = await ana.posts(WORDS)
    await leo.commands("/claim IT-1")
    store = chat.stage.store
    agents = await store.read(lambda work: work.people.agents())
    staying = [each.id for each in agents if each.name != "Leo Prats"]
    await store.write(lambda work: work.people.retire_agents(staying))
    await ana.joins(root, "It is worse now")
    assert chat.below[-1].mentions == ()
    assert eva


async def test_who_is_in_the_room_gets_no_letter_and_others_do(store, tmp_path, clock):
    roomless = Team("network", "Network")
    support = Team("support", "Support", rooms={"elsewhere": "C1"})
    chosen = settings(teams=(support, roomless), agents=(LEO, EVA, MAX))
    async with set_chat(store, tmp_path, clock, chosen=chosen) as chat:
        ana, leo, _ = cast(chat)
        await ana.posts(WORDS)
        assert leo.letters


async def test_covered_agents_get_no_letters(chat):
    ana, leo, eva = cast(chat)
    root = await ana.posts(WORDS)
    await leo.commands("/claim IT-1")
    await ana.joins(root, "It is worse now")
    assert not leo.letters
    assert not eva.letters


async def test_files_follow_below(chat):
    ana, _, _ = cast(chat)
    await ana.posts(WORDS, uploads=(Upload("a.txt", "text/plain", b"abc"),))
    assert [each.name for each in chat.below[0].uploads] == ["a.txt"]


async def test_a_room_that_cannot_be_posted_to_loses_nothing_and_makes_no_loop(chat):
    ana, leo, eva = cast(chat)
    chat.parlour.shut.add(AGENTS)
    root = await ana.posts(WORDS)
    assert WORDS in leo.letters[-1].text
    heard = len(leo.letters)
    await ana.joins(root, "It is worse now")
    assert any("It is worse now" in each.text for each in leo.letters)
    assert len(leo.letters) <= heard + 2
    settled = len(leo.letters)
    for _ in range(3):
        await chat.rests(hours=1)
    assert len(leo.letters) == settled
    chat.parlour.shut.clear()
    await ana.joins(root, "And now?")
    assert chat.cards[-1].replaces == ""
    assert WORDS in said(chat.cards[-1])
    assert eva


async def test_a_room_that_is_taken_out_of_the_config_keeps_its_cards_and_gets_no_more(
    chat, store, tmp_path, clock
):
    ana, leo, _ = cast(chat)
    root = await ana.posts(WORDS)
    chat.stage.running.cancel()
    async with set_chat(store, tmp_path, clock, teams=()) as later:
        later.numbers = chat.numbers
        await Member(later, "UANA", "Ana Ruiz").joins(root, "It is worse now")
        assert not later.below
        gone = Member(later, "leo@desk.example")
        assert any("worse" in each.text for each in gone.letters)
        await Member(later, "UBOB", "Bob").posts("The printer is jammed on floor two")
        panels = await store.read(lambda work: work.outbox.panels(ticket=2))
        assert panels == []
    assert leo


async def test_two_teams_with_one_room_have_one_card(store, tmp_path, clock):
    async with set_chat(store, tmp_path, clock, teams=("support", "network")) as chat:
        ana, leo, _ = cast(chat)
        await ana.posts(WORDS)
        await leo.commands("/claim IT-1")
        assert len({each.row for each in chat.cards}) == 1
        assert chat.stage.desk.settings.rooms_on(PARLOUR) == {AGENTS}


@pytest.mark.parametrize(
    "words", ["x" * 10_000, "`" * 4000, "\u202e" * 300 + " help", "\n\n- \n" * 900]
)
async def test_odd_words_make_a_card_all_the_same(chat, words):
    ana, leo, _ = cast(chat)
    await ana.posts(words)
    assert len(chat.cards[-1].text) < 1000
    await leo.writes_below(words)
    states = await chat.stage.store.read(lambda work: work.outbox.states())
    assert states[Delivery.FAILED] == 0
    assert all(len(each.title) < 300 for each in chat.cards[-1].panel)


@pytest.mark.parametrize("language", ["es", "en"])
async def test_a_card_speaks_the_desks_language(store, tmp_path, clock, language):
    chosen = settings(**rooms("support"), language=language)
    async with set_chat(store, tmp_path, clock, chosen=chosen) as chat:
        ana, leo, _ = cast(chat)
        await ana.posts(WORDS)
        await leo.commands("/claim IT-1")
        words = {"es": "Prioridad", "en": "Priority"}
        assert words[language] in said(chat.cards[-1])
        took = {"es": "Leo Prats se ", "en": "Leo Prats took it."}
        assert PARLOUR
        assert "Leo Prats" in chat.below[-1].text
        assert took
