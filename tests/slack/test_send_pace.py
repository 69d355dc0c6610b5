"""In a room that Slack slows down each message gets its turn, and asks once."""

import asyncio
from datetime import timedelta

import pytest

from adapters.slack import send_pace
from adapters.slack.send_pace import Pace
from adapters.slack.web_api import SlackSaysNo
from bot.channel import DeliveryFailed


def slowed(pace, room, row, seconds):
    """When the message is to come again that Slack asked to pause for so long."""
    failure = DeliveryFailed("ratelimited", after=timedelta(seconds=seconds))
    failure.__cause__ = SlackSaysNo("chat.postMessage", "ratelimited", after=failure.after)
    with pytest.raises(DeliveryFailed) as raised:
        pace.slow(room, row, failure)
    return round(raised.value.after.total_seconds(), 1)


def left(pace, room, row):
    try:
        pace.heed(room, row)
    except DeliveryFailed as failure:
        return round(failure.after.total_seconds(), 1)
    return 0.0


async def test_turns_are_given_out_one_behind_the_other():
    pace = Pace()
    assert left(pace, "C1", 1) == 0
    assert slowed(pace, "C1", 1, 2) == 2
    assert [left(pace, "C1", row) for row in (2, 3)] == [3, 4]
    assert left(pace, "C1", 2) == 3  # who comes before their turn keeps it
    assert left(pace, "C2", 4) == 0  # other rooms aren't slowed


async def test_whose_turn_it_is_may_go_though_others_wait(monkeypatch):
    monkeypatch.setattr(send_pace, "_BETWEEN", 0.2)
    pace = Pace()
    slowed(pace, "C1", 1, 0.1)
    assert left(pace, "C1", 2) > 0
    await asyncio.sleep(0.1)
    assert left(pace, "C1", 1) == 0
    assert left(pace, "C1", 3) > 0
    await asyncio.sleep(0.7)
    assert [left(pace, "C1", row) for row in (2, 3, 4)] == [0, 0, 0]


async def test_other_failures_slow_nobody_down():
    pace = Pace()
    failure = DeliveryFailed("invalid_auth", after=timedelta(seconds=60))
    pace.slow("C1", 1, failure)
    assert left(pace, "C1", 2) == 0


async def test_only_so_much_is_remembered(monkeypatch):
    monkeypatch.setattr(send_pace, "_MOST", 3)
    pace = Pace()
    slowed(pace, "C1", 1, 2)
    for row in range(2, 9):
        left(pace, "C1", row)
    assert len(pace._turns) == 3


async def test_many_messages_to_one_room_ask_slack_once_each(office, outbound, monkeypatch):
    monkeypatch.setattr(send_pace, "_BETWEEN", 0.05)
    door = office.channel()
    await door.send(outbound(row=99, recipient=office.ana.id))
    office.slack.rate_limit("chat.postMessage", seconds=1, times=1)

    async def deliver(row):
        pauses = 0
        while True:
            try:
                message = outbound(row=row, recipient=office.ana.id, again=pauses > 0)
                return await door.send(message)
            except DeliveryFailed as failure:
                pauses += 1
                assert pauses == 1
                await asyncio.sleep(failure.after.total_seconds())

    with pytest.raises(DeliveryFailed):
        await door.send(outbound(row=1, recipient=office.ana.id))
    await asyncio.gather(*(deliver(row) for row in range(2, 12)))
    await door.close()
    asked = [e for e in office.slack.calls if e.method == "chat.postMessage"]
    assert len(asked) == 12
    assert len(office.slack.conversation(office.ana)) == 11
