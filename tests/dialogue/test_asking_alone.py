"""What somebody asks in a talk of two is answered there, wherever the ticket is spoken of."""

from dataclasses import replace

from chat_stage import Chat, Member

WORDS = "My VPN is down since this morning"


async def test_how_a_ticket_of_an_open_thread_stands_is_told_to_whoever_asks_alone(chat: Chat):
    ana = Member(chat, "UANA", "Ana Ruiz")
    await ana.posts(WORDS)
    before = len(chat.public)
    asked = ana.inbound("/status IT-1", "dm-UANA")
    await chat.takes(replace(asked, address=chat.place("dm-UANA")))
    assert len(chat.public) == before
    room, _, letter = chat.parlour.places[-1]
    assert room == "dm-UANA"
    assert "IT-1" in letter.text or letter.reference == "IT-1"


async def test_in_the_open_thread_itself_it_is_answered_there_to_them_alone(chat: Chat):
    ana = Member(chat, "UANA", "Ana Ruiz")
    root = await ana.posts(WORDS)
    before = len(chat.public)
    await ana.joins(root, "/status IT-1")
    assert len(chat.public) == before
