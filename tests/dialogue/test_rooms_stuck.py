"""A room that can't be told for a while: its agents hear in another way, once."""

from datetime import timedelta

from chat_stage import AGENTS, Chat, Member

from bot.channel import DeliveryFailed

VPN = "My VPN is down since this morning"


async def test_what_the_room_cannot_be_shown_for_long_its_agents_hear_by_letters_once(chat: Chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    away = [DeliveryFailed("token refused", after=timedelta(hours=1)) for _ in range(9)]
    chat.parlour.refuses = {AGENTS: away}
    await Member(chat, "UANA", "Ana Ruiz").posts(VPN)
    await chat.stage.passes(minutes=5)
    assert leo.letters == []
    await chat.stage.passes(minutes=15)
    assert [VPN in each.text for each in leo.letters] == [True]
    await chat.stage.passes(minutes=30)
    assert len(leo.letters) == 1
    chat.parlour.refuses = {}
    await chat.stage.passes(hours=2)
    assert chat.cards, "the card comes when the room is there again"
    assert len(leo.letters) == 1


async def test_a_room_that_is_gone_is_told_of_once_a_ticket(chat: Chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    chat.parlour.shut = {AGENTS}
    ana = Member(chat, "UANA", "Ana Ruiz")
    root = await ana.posts(VPN)
    first = len(leo.letters)
    await ana.joins(root, "It says error 809")
    assert first == 1
    assert len(leo.letters) == first + 1
    assert "809" in leo.letters[-1].text


async def test_what_the_desk_would_need_in_the_room_is_told_with_it_once(chat: Chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    lacking = {"permanent": True, "lacks": ("Send Messages", "Embed Links"), "where": "#desk"}
    chat.parlour.refuses = {AGENTS: [DeliveryFailed("50013", **lacking) for _ in range(9)]}
    ana = Member(chat, "UANA", "Ana Ruiz")
    root = await ana.posts(VPN)
    (letter,) = leo.letters
    assert "needs this permission in #desk: Send Messages, Embed Links" in letter.text
    await ana.joins(root, "Still down")
    assert len([each for each in leo.letters if VPN in each.text]) == 1


async def test_agents_whose_room_is_never_shown_a_report_read_it_as_it_was_mended(chat: Chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    away = [DeliveryFailed("token refused", after=timedelta(hours=1)) for _ in range(9)]
    chat.parlour.refuses = {AGENTS: away}
    ana = Member(chat, "UANA", "Ana Ruiz")
    root = await ana.posts(VPN)
    await ana.edits(root, "My VPN is down since yesterday")
    await chat.stage.passes(minutes=20)
    assert "since yesterday" in leo.letters[-1].text
    assert "this morning" not in leo.letters[-1].text
