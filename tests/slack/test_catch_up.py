"""What was said while nobody listened is taken in afterwards, once, and nothing older."""

import pytest

from adapters.slack import catch_up, channel
from bot.model.message import Address


@pytest.fixture(autouse=True)
def bookmarks_are_kept_at_once(monkeypatch):
    monkeypatch.setattr(channel, "_SAVE", 0.01)


async def looked_everywhere(office, *more):
    """Until the door has been in each room, so that it knows where to begin the next time."""
    rooms = {f"slack/{each.id}" for each in (office.help, office.agents, office.lounge, *more)}
    await office.until(lambda: rooms <= set(office.notes.kept))


async def test_the_first_start_takes_in_nothing_older(office):
    await office.ana.says("An old story", channel=office.help)
    await office.ana.says("Another")
    async with office.open():
        await looked_everywhere(office, office.ana.direct)
        await office.ana.says("Now", channel=office.help)
    assert office.desk.texts == ["Now"]


async def test_what_was_said_meanwhile_comes_in_order_and_once(office):
    async with office.open():
        await looked_everywhere(office)
        await office.ana.says("first", channel=office.help)
    await office.ana.says("One", channel=office.help)
    await office.ana.says("Two", channel=office.help, files=[("a.txt", b"a", "text/plain")])
    await office.ana.says("Three")
    await office.leo.says(f"{office.slack.bot.mention} four", channel=office.lounge)
    await office.leo.says("not for us", channel=office.lounge)
    async with office.open():
        await office.heard(5)
    assert office.desk.texts[:3] == ["first", "One", "Two"]
    assert set(office.desk.texts[3:]) == {"Three", "four"}
    assert office.desk.heard[2].uploads


async def test_answers_in_threads_of_tickets_are_found(office):
    async with office.open():
        await looked_everywhere(office)
        post = await office.ana.says("My VPN is down", channel=office.help)
        direct = await office.ana.says("And my mail")
    office.desk.open_threads = (
        Address("slack", office.help.id, post.ts),
        Address("slack", office.ana.direct.id, direct.ts),
    )
    await office.ana.says("still", thread=post)
    await office.ana.says("that as well", thread=direct)
    async with office.open():
        await office.heard(4)
    texts = [each.text for each in office.desk.heard if each.replies_to]
    assert set(texts) >= {"still", "that as well"}


async def test_what_agents_say_below_a_card_is_found(office, monkeypatch):
    monkeypatch.setattr(catch_up, "_OVERLAP", 0.0)  # the card itself is long past
    async with office.open():
        await looked_everywhere(office)
        card = await office.leo.says("a card", channel=office.agents)
        await office.until(lambda: office.notes.kept[f"slack/{office.agents.id}"] >= card.ts)
    name = f"{office.agents.id}:{card.ts}"  # cards are known by the names of their messages
    office.desk.open_threads = (Address("slack", office.agents.id, name),)
    await office.leo.says("ask for the serial number", thread=card)
    async with office.open():
        await office.heard(2)
    assert office.desk.texts == ["a card", "ask for the serial number"]


async def test_an_answer_does_not_come_in_before_what_it_answers(office):
    async with office.open():
        await looked_everywhere(office)
    post = await office.ana.says("My VPN is down", channel=office.help)
    office.slack.slow("conversations.history", 0.3)
    async with office.open():
        await office.ana.says("since nine", thread=post)
        assert office.desk.texts == ["My VPN is down", "since nine"]


async def test_an_answer_to_something_older_than_the_first_start_comes_alone(office):
    post = await office.ana.says("An old story", channel=office.help)
    office.slack.slow("conversations.history", 0.3)
    async with office.open():
        await office.ana.says("and now?", thread=post)
    assert office.desk.texts == ["and now?"]


async def test_a_thread_that_began_meanwhile_comes_whole(office):
    async with office.open():
        await looked_everywhere(office)
    post = await office.ana.says("My VPN is down", channel=office.help)
    await office.ana.says("since nine", thread=post)
    async with office.open():
        await office.heard(2)
    assert office.desk.texts == ["My VPN is down", "since nine"]


async def test_many_pages_are_read_and_a_pause_is_obeyed(office, monkeypatch):
    monkeypatch.setattr("adapters.slack.web_api._PAGE", 3)
    async with office.open():
        await looked_everywhere(office)
    for at in range(8):
        await office.ana.says(f"{at}", channel=office.help)
    office.slack.rate_limit("conversations.history", seconds=1)
    async with office.open():
        await office.heard(8)
    assert office.desk.texts == [f"{at}" for at in range(8)]


async def test_a_place_does_not_move_beyond_what_is_not_kept(office):
    office.slack.redelivery, office.slack.deliveries.limit = (), 0.2

    async def before(inbound):
        if inbound.text == "One" and len(tries) < 1:
            tries.append(inbound)
            raise OSError("the disk is full")

    tries = []
    async with office.open():
        await looked_everywhere(office)
        office.desk.before = before
        await office.ana.says("One", channel=office.help)
        await office.ana.says("Two", channel=office.help)
    assert office.desk.texts == ["Two"]
    async with office.open():
        await office.until(lambda: "One" in office.desk.texts)
    assert office.desk.texts[1] == "One"


async def test_what_fails_in_a_round_is_tried_again(office, monkeypatch, caplog):
    monkeypatch.setattr(catch_up, "_AGAIN", 0.05)
    async with office.open():
        await looked_everywhere(office)
    await office.ana.says("One", channel=office.help)
    await office.ana.says("Two", channel=office.help)
    tries = []

    async def before(inbound):
        tries.append(inbound.text)
        if tries == ["One"]:
            raise OSError("the disk is full")

    office.desk.before = before
    async with office.open():
        await office.heard(2)
    assert office.desk.texts == ["Two", "One"]
    assert "a missed message isn't taken in yet" in caplog.text


async def test_a_broken_connection_leads_to_another_look(office):
    async with office.open():
        await looked_everywhere(office)
        office.slack.deliveries.limit, office.slack.redelivery = 0.05, ()
        office.slack.cut()
        await office.until(lambda: not office.slack.sockets.sockets)
        await office.ana.says("Into the gap", channel=office.help)
        await office.heard()
    assert office.desk.texts == ["Into the gap"]


async def test_a_room_that_cannot_be_read_is_told_once_and_holds_up_no_other(office, caplog):
    office.desk.agents_rooms = ("C0NOWHERE",)
    async with office.open():
        await looked_everywhere(office)
    await office.ana.says("One", channel=office.help)
    async with office.open():
        await office.heard()
    assert "C0NOWHERE can't be read" in caplog.text


async def test_those_in_the_agents_room_are_made_known(office):
    async with office.open():
        await office.until(lambda: office.leo.id in office.desk.met)
    assert list(office.desk.met) == [office.leo.id]


async def test_the_door_is_open_while_it_catches_up(office):
    async with office.open():
        await looked_everywhere(office)
    office.slack.slow("conversations.history", 0.3)
    async with office.open():
        await office.ana.says("Live", channel=office.help)
        assert office.desk.texts == ["Live"]
