"""The traps of the libraries between Slack and the desk, each with what it would cost."""

import asyncio
import logging

import pytest

from adapters.slack import interactions, web_api
from bot.channel import DeliveryFailed
from bot.model.message import Address
from bot.store import StoreError

SILENT = "what somebody pressed or gave isn't answered"


async def test_no_request_depends_on_asking_who_we_are(office):
    # Bolt asks at each request otherwise, and acknowledges what nobody took in when that fails.
    async with office.open():
        office.slack.fail("auth.test", error="internal_error", times=99)
        await office.ana.says("My VPN is down", channel=office.help)
        await office.leo.uses_command("/desk", "list", channel=office.help)
    assert office.desk.texts == ["My VPN is down", "list"]


async def test_whatever_else_slack_sends_is_acknowledged(office):
    # Unacknowledged, Slack would send it three times and in the end switch the app's events off.
    async with office.open():
        await office.leo.joins(office.slack.channel("square"))
        await office.leo.opens_home("messages")
        for body in (
            {"type": "event_callback", "event": {"type": "from_tomorrow"}},
            {},
            {"type": 3},
        ):
            channel = office.slack.deliveries
            assert await channel.ask("interactive", body) == {}
        await office.slack.settled()
    assert office.slack.deliveries.given_up == []


@pytest.mark.parametrize(
    "body",
    [
        {"type": "block_actions"},
        {"type": "block_actions", "user": None, "actions": ["x"]},
        {"type": "view_submission", "user": {"id": "U1"}, "view": {"private_metadata": "x"}},
        {"type": "view_closed", "view": []},
        {"type": "message_action", "callback_id": "make_ticket"},
        {"type": "event_callback"},
        {"type": "event_callback", "event": {"type": "message"}},
        {"type": "event_callback", "event": {"type": "reaction_added", "item": 1}},
        {"type": "event_callback", "event": {"type": "app_home_opened", "tab": "home"}},
        {"command": "/desk"},
    ],
)
async def test_what_makes_no_sense_is_acknowledged_as_well(office, body):
    async with office.open():
        assert await office.slack.deliveries.ask("interactive", body) == {}
    assert not office.desk.heard


@pytest.mark.parametrize(
    ("error", "traced"),
    [
        (KeyError("form.field_weight"), True),
        (StoreError("the disk is full", "make room"), False),
        (ConnectionError("the network is down"), False),
    ],
)
async def test_a_form_that_fails_is_told_as_such_and_a_mistake_of_ours_with_its_place(
    office, caplog, error, traced
):
    async def broken(_):
        raise error

    office.desk.form = broken
    async with office.open():
        await office.ana.uses_command("/desk", "", channel=office.help)
    (told,) = [each for each in caplog.records if SILENT in each.getMessage()]
    assert f"{type(error).__name__}: {error}" in told.getMessage()
    assert bool(told.exc_info) is traced
    assert "an event isn't taken in" not in caplog.text
    assert not office.desk.heard


async def test_a_press_that_fails_too_late_for_slack_leaves_its_traceback(
    office, caplog, monkeypatch
):
    monkeypatch.setattr(interactions, "_SOON", 0.01)

    async def broken(_):
        await asyncio.sleep(0.1)
        raise ValueError("oops")

    office.desk.form = broken
    async with office.open():
        await office.ana.uses_command("/desk", "", channel=office.help)
        await office.until(lambda: "left undone" in caplog.text)
    (told,) = [each for each in caplog.records if "left undone" in each.getMessage()]
    assert told.exc_info


async def test_an_event_that_our_mistake_keeps_out_leaves_its_traceback(office, caplog):
    def broken(_):
        raise ValueError("oops")

    office.desk.answer = broken
    async with office.open():
        await office.ana.says("My VPN is down", channel=office.help)
        await office.until(lambda: "an event isn't taken in" in caplog.text)
    told = [each for each in caplog.records if "an event isn't taken in" in each.getMessage()]
    assert all(each.exc_info for each in told)


async def test_a_slack_that_does_not_answer_is_given_up(office, outbound, monkeypatch):
    # In a session that isn't its own the library heeds no timeout.
    monkeypatch.setattr(web_api, "PATIENCE", 0.1)
    office.slack.slow("chat.postMessage", 1.0)
    door = office.channel()
    with pytest.raises(DeliveryFailed) as failure:
        await door.send(outbound(to=Address("slack", office.help.id)))
    await door.close()
    assert failure.value.ambiguous


async def test_no_log_shows_what_was_said_or_a_token(office, outbound, caplog):
    # At DEBUG, or with a logger that has no level of its own, the library writes whole messages.
    caplog.set_level(logging.DEBUG)
    async with office.open() as door:
        await office.ana.says("My password is hunter2", channel=office.help)
        await door.send(outbound(to=Address("slack", office.help.id), text="Use hunter3"))
    for secret in ("hunter", office.slack.bot_token, office.slack.app_token):
        assert secret not in caplog.text


async def test_calls_share_their_connections(office, outbound):
    door = office.channel()
    for row in range(5):
        await door.send(outbound(row=row, to=Address("slack", office.help.id)))
    session = await door._workspace.api.session()
    kept = sum(map(len, session.connector._conns.values()))
    await door.close()
    assert kept == 1


async def test_a_door_that_closes_leaves_nothing_behind(office):
    before = asyncio.all_tasks()
    async with office.open(sockets=2):
        await office.ana.says("Hello", channel=office.help)
    await office.until(lambda: not office.slack.sockets.sockets)
    ours = {each for each in asyncio.all_tasks() - before if "adapters" in repr(each.get_coro())}
    assert not ours
