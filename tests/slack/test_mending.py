"""What the operator mends while the desk runs takes hold, and what is quiet isn't broken."""

import asyncio

import pytest

from adapters.slack import socket
from bot.channel import DeliveryFailed, WrongSettings
from bot.model.message import Address, Answer, Button, Section, Shows


async def test_a_quiet_connection_is_left_alone(office, monkeypatch):
    monkeypatch.setattr(socket, "_PING", 0.05)
    async with office.open():
        (before,) = office.slack.sockets.sockets
        await asyncio.sleep(0.4)
        assert office.slack.sockets.sockets == [before]


async def test_a_token_that_was_replaced_is_read_anew(office, outbound, tmp_path):
    file = tmp_path / "token"
    file.write_text(office.slack.bot_token)
    office.more |= {"bot_token": "", "bot_token_file": str(file)}
    to = Address("slack", office.help.id)
    async with office.open() as channel:
        office.slack.app.bot_token = "xoxb-the-next-one"
        with pytest.raises(DeliveryFailed) as failure:
            await channel.send(outbound(to=to))
        assert not failure.value.permanent
        file.write_text("xoxb-the-next-one")
        await channel.send(outbound(to=to))
    assert len(office.slack.posts(office.help)) == 1


async def test_a_door_that_was_refused_can_be_opened_again(office):
    office.slack.app.refusing = "account_inactive"
    channel = office.channel()
    with pytest.raises(WrongSettings):
        await channel.listen(office.desk.receive)
    office.slack.restore()
    listening = asyncio.create_task(channel.listen(office.desk.receive))
    await office.slack.connected(2)
    await office.ana.says("Hello", channel=office.help)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await channel.close()
    assert office.desk.texts == ["Hello"]


async def test_two_replicas_share_what_comes(office):
    async with office.open():
        other = office.channel()
        listening = asyncio.create_task(other.listen(office.desk.receive))
        await office.slack.connected(2)
        for at in range(6):
            await office.ana.says(f"{at}", channel=office.help)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await other.close()
    assert office.desk.texts == [f"{at}" for at in range(6)]


async def test_a_press_on_ones_own_page_is_answered_between_us_two(office, outbound):
    office.desk.answer = lambda _: Answer("It is closed")
    section = Section(title="IT-1", buttons=(Button("Close", "/close IT-1"),))
    async with office.open() as channel:
        await office.ana.opens_home()
        page = outbound(shows=Shows.HOME, recipient=office.ana.id, panel=(section,))
        await channel.send(page)
        await office.ana.presses("Close", on=office.ana.home)
        await office.until(lambda: office.slack.conversation(office.ana))
    (heard,) = office.desk.heard
    assert (heard.text, heard.address.room, heard.internal) == ("/close IT-1", "", True)
    assert "It is closed" in office.slack.conversation(office.ana)[0].words


async def test_what_came_can_be_read_again_by_a_program_that_is_not_connected(office):
    async with office.open():
        await office.ana.says(f"{office.slack.bot.mention} help", channel=office.lounge)
        post = await office.leo.says("IT-1 looks bad", channel=office.agents)
        await office.leo.says("Ask Ana again", thread=post)
        await office.leo.reacts("eyes", on=post)
        await office.leo.uses_command("/desk", "list", channel=office.agents)
        heard = await office.heard(5)
    reader = office.channel()
    assert [reader.read(each.raw, each.address.room) for each in heard] == heard
    assert [each.internal for each in heard] == [False, True, True, True, True]
    await reader.close()
