"""The connections: renewed without a gap, mended when they break, and given up with a reason."""

import asyncio
import contextlib

import pytest
from slack_bolt.async_app import AsyncApp

from adapters.slack import channel as door
from adapters.slack import socket, web_api
from bot.channel import WrongSettings


async def listened(office):
    """What the door says when it doesn't stay open."""
    channel = office.channel()
    try:
        async with asyncio.timeout(5):
            await channel.listen(office.desk.receive)
    finally:
        await channel.close()


async def test_two_connections_are_kept(office):
    async with office.open(sockets=2):
        assert len(office.slack.sockets.sockets) == 2


async def test_a_connection_is_renewed_before_the_old_one_is_let_go(office):
    least = 9

    def look():
        nonlocal least
        least = min(least, len([e for e in office.slack.sockets.sockets if not e.wire.closed]))

    async with office.open():
        (old,) = office.slack.sockets.sockets
        await office.slack.disconnect("refresh_requested")
        async with asyncio.timeout(5):
            while old in office.slack.sockets.sockets:
                look()
                await asyncio.sleep(0)
        assert least == 1
        await office.ana.says("Hello", channel=office.help)
    assert office.desk.texts == ["Hello"]


async def test_what_is_under_way_is_acknowledged_before_its_connection_goes(office):
    go_on = asyncio.Event()

    async def before(_):
        await go_on.wait()

    office.desk.before = before
    async with office.open():
        saying = asyncio.create_task(office.ana.says("Hello", channel=office.help))
        await asyncio.sleep(0.02)
        await office.slack.disconnect("warning")
        await asyncio.sleep(0.05)
        go_on.set()
        await saying
    assert len(office.desk.heard) == 1


async def test_a_connection_that_breaks_is_made_anew(office):
    async with office.open():
        office.slack.cut()
        await office.until(lambda: not office.slack.sockets.sockets)
        await office.slack.connected(1)
        await office.ana.says("Hello", channel=office.help)
    assert office.desk.texts == ["Hello"]


async def test_while_slack_is_away_the_door_waits_and_says_so_once_for_all(office, caplog):
    caplog.set_level("INFO", logger="adapters.slack")
    async with office.open(sockets=2):
        assert caplog.text.count("slack: connected") == 1
        await office.slack.go_down()
        await office.until(lambda: "no connection" in caplog.text)
        assert caplog.text.count("no connection") == 1
        assert "ssl:" not in caplog.text
        await office.slack.come_up()
        await office.slack.connected(2)
        await office.until(lambda: caplog.text.count("slack: connected") == 2)
        await office.ana.says("Hello", channel=office.help)
    assert "Hello" in office.desk.texts


async def test_a_connection_that_never_stands_is_told_without_its_ticket(office, monkeypatch):
    monkeypatch.setattr(socket, "_PATIENCE", 0.1)
    app = AsyncApp(token="xoxb-1", signing_secret="s", logger=web_api.quiet())
    nowhere = socket.Socket(app, "ws://127.0.0.1:1/link/?ticket=hush", None)
    with pytest.raises(ConnectionError, match=r"127\.0\.0\.1:1 didn't greet us") as failure:
        await nowhere.open()
    await nowhere.close()
    assert "hush" not in str(failure.value)


async def test_a_wrong_bot_token_is_said_at_once(office):
    office.more["bot_token"] = "xoxb-wrong"
    with pytest.raises(WrongSettings, match="bot_token isn't one that Slack knows"):
        await listened(office)


async def test_a_wrong_app_token_is_said_at_once(office):
    office.more["app_token"] = "xapp-wrong"
    with pytest.raises(WrongSettings, match="app_token isn't one that Slack knows"):
        await listened(office)


async def test_a_slack_that_is_away_at_the_start_is_waited_for_in_one_line(office, caplog):
    await office.slack.go_down()
    listening = asyncio.create_task(listened(office))
    await office.until(lambda: "no connection" in caplog.text)
    ((name, _, line),) = caplog.record_tuples
    assert name == "adapters.slack.insist"
    assert line.startswith("slack: no connection (Slack's auth.test gave no answer")
    assert line.endswith("trying again in 1 s")
    await office.slack.come_up()
    await office.slack.connected(2)
    await office.ana.says("Hello", channel=office.help)
    assert office.desk.texts == ["Hello"]
    listening.cancel()
    await asyncio.wait([listening])


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
async def test_a_slack_with_trouble_of_its_own_at_the_start_is_waited_for(office, caplog, method):
    office.slack.fail(method, error="internal_error")
    async with office.open():
        await office.ana.says("Hello", channel=office.help)
    assert office.desk.texts == ["Hello"]
    assert f"Slack's {method} says internal_error" in caplog.text


async def test_an_app_that_is_removed_ends_the_door_with_the_mend(office):
    listening = asyncio.create_task(listened(office))
    await office.slack.connected(2)
    with contextlib.suppress(ConnectionError):  # the door leaves while Slack still speaks
        await office.slack.revoke()
    with pytest.raises(WrongSettings, match="no longer installed"):
        await listening


async def test_socket_mode_that_is_turned_off_is_told(office):
    listening = asyncio.create_task(listened(office))
    await office.slack.connected(2)
    with contextlib.suppress(ConnectionError):  # as above
        await office.slack.revoke_app_token()
    with pytest.raises(WrongSettings, match="app_token"):
        await listening


async def test_a_token_that_dies_quietly_is_noticed(office, monkeypatch):
    monkeypatch.setattr(door, "_WATCH", 0.05)
    listening = asyncio.create_task(listened(office))
    await office.slack.connected(2)
    office.slack.app.refusing = "token_revoked"
    with pytest.raises(WrongSettings, match="was revoked"):
        await listening


async def test_other_apps_variables_change_nothing(office, monkeypatch):
    for name in ("BOT_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "APP_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "of-another-app")
    async with office.open():
        await office.ana.says("Hello", channel=office.help)
    assert office.desk.texts == ["Hello"]


async def test_news_that_ask_for_nothing_are_acknowledged(office):
    async with office.open():
        await office.leo.opens_home("messages")
        eva = office.slack.person("Eva", "eva@example.org")
        await eva.joins(office.help)
        await office.slack.settled()
    assert not office.desk.heard


async def test_a_colleague_who_comes_into_the_agents_room_is_met(office):
    async with office.open():
        eva = office.slack.person("Eva", "eva@example.org")
        await office.leo.invites(eva, to=office.agents)
        await office.until(lambda: eva.id in office.desk.met)
    assert office.desk.met[eva.id].also == (("email", "eva@example.org"),)
