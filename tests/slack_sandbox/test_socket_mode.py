"""Socket Mode as published: one socket a payload, acks in three seconds, three more attempts."""

import asyncio
import json

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from sandbox.slack.socket_mode import MOST_SOCKETS


@pytest.fixture
async def http(slack):
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def open_socket(slack, http):
    """Opens a bare socket and returns it, once it was greeted."""
    sockets = []

    async def open_() -> aiohttp.ClientWebSocketResponse:
        headers = {"Authorization": f"Bearer {slack.app_token}"}
        async with http.post(slack.api_url + "apps.connections.open", headers=headers) as answer:
            url = (await answer.json())["url"]
        socket = await http.ws_connect(url)
        sockets.append(socket)
        return socket

    yield open_
    for socket in sockets:
        await socket.close()


async def acknowledge(socket, envelope, payload=None):
    answer = {"envelope_id": envelope["envelope_id"]}
    await socket.send_str(json.dumps(answer | ({"payload": payload} if payload else {})))


async def test_a_socket_is_greeted_and_its_ticket_is_used_up(slack, http, open_socket):
    socket = await open_socket()
    hello = await socket.receive_json()
    assert hello["type"] == "hello"
    assert hello["num_connections"] == 1
    assert hello["connection_info"] == {"app_id": slack.app.id}
    assert hello["debug_info"]["approximate_connection_time"] > 0
    for ticket in ("stolen", slack.sockets.ticket()):
        url = slack.url.replace("http", "ws") + f"/link/?ticket={ticket}"
        if ticket != "stolen":
            await (await http.ws_connect(url)).close()
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(url)


async def test_an_envelope_says_what_it_holds(slack, open_socket, ana):
    socket = await open_socket()
    await socket.receive_json()
    saying = asyncio.create_task(ana.says("x"))
    envelope = await socket.receive_json()
    assert envelope["type"] == "events_api"
    assert envelope["accepts_response_payload"] is False
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    assert not saying.done()
    await acknowledge(socket, envelope)
    await saying
    commanding = asyncio.create_task(ana.uses_command("/desk", "help"))
    envelope = await socket.receive_json()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert "retry_attempt" not in envelope
    await acknowledge(socket, envelope, {"text": "Here I am"})
    await commanding
    assert ana.notices == ["Here I am"]


async def test_each_payload_goes_to_one_socket_and_all_get_some(slack, open_socket, ana):
    first, second = await open_socket(), await open_socket()
    greetings = [await socket.receive_json() for socket in (first, second)]
    assert [hello["num_connections"] for hello in greetings] == [1, 2]
    saying = [asyncio.create_task(ana.says(str(number))) for number in range(4)]
    texts = []
    for socket in (first, second):
        for _ in range(2):
            envelope = await socket.receive_json()
            texts.append(envelope["payload"]["event"]["text"])
            await acknowledge(socket, envelope)
    await asyncio.gather(*saying)
    assert sorted(texts) == ["0", "1", "2", "3"]


async def test_an_event_that_isnt_acknowledged_comes_again(slack, open_socket, ana):
    slack.deliveries.limit, slack.redelivery = 0.03, (0.0, 0.03, 0.03)
    socket = await open_socket()
    await socket.receive_json()
    await ana.says("x")
    envelopes = [await socket.receive_json() for _ in range(4)]
    assert [each["retry_attempt"] for each in envelopes] == [0, 1, 2, 3]
    assert [each["retry_reason"] for each in envelopes[1:]] == ["timeout"] * 3
    assert len({each["payload"]["event_id"] for each in envelopes}) == 1
    assert len({each["envelope_id"] for each in envelopes}) == 4
    await slack.until(lambda: slack.deliveries.given_up)


async def test_an_ack_ends_the_redelivery(slack, open_socket, ana):
    slack.deliveries.limit, slack.redelivery = 0.05, (0.01, 0.01)
    socket = await open_socket()
    await socket.receive_json()
    await ana.says("x")
    slack.deliveries.limit = 3.0
    await socket.receive_json()
    again = await socket.receive_json()
    await acknowledge(socket, again)
    await slack.settled()
    assert slack.deliveries.given_up == []


async def test_what_somebody_did_is_never_sent_twice(slack, open_socket, ana):
    slack.deliveries.limit = 0.02
    socket = await open_socket()
    await socket.receive_json()
    await ana.uses_shortcut("New ticket")
    assert (await socket.receive_json())["payload"]["type"] == "shortcut"
    assert ana.errors == ["New ticket: the app did not respond (timeout)"]
    with pytest.raises(TimeoutError):
        await socket.receive(timeout=0.05)


async def test_a_cut_socket_hands_its_events_to_another(slack, open_socket, ana):
    first, second = await open_socket(), await open_socket()
    for socket in (first, second):
        await socket.receive_json()
    saying = asyncio.create_task(ana.says("x"))
    receivers = {asyncio.create_task(each.receive_json()): each for each in (first, second)}
    done, waiting = await asyncio.wait(receivers, return_when=asyncio.FIRST_COMPLETED)
    await receivers[done.pop()].close()
    (other,) = waiting
    envelope = await other
    assert envelope["retry_attempt"] == 1
    await acknowledge(receivers[other], envelope)
    await saying
    await slack.settled()


async def test_sockets_that_are_sent_away_get_nothing_while_another_is_open(
    slack, open_socket, ana
):
    old = await open_socket()
    await old.receive_json()
    await slack.disconnect("refresh_requested")
    told = await old.receive_json()
    assert (told["type"], told["reason"]) == ("disconnect", "refresh_requested")
    new = await open_socket()
    await new.receive_json()
    for _ in range(2):
        saying = asyncio.create_task(ana.says("x"))
        envelope = await new.receive_json()
        assert envelope["retry_attempt"] == 0
        await acknowledge(new, envelope)
        await saying


async def test_a_disabled_link_is_closed_at_once(slack, open_socket):
    socket = await open_socket()
    await socket.receive_json()
    await slack.disconnect("link_disabled")
    assert (await socket.receive_json())["reason"] == "link_disabled"
    assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_an_eleventh_socket_is_turned_away(open_socket):
    for _ in range(MOST_SOCKETS):
        await open_socket()
    late = await open_socket()
    assert (await late.receive_json())["reason"] == "too_many_websockets"


async def test_stray_answers_are_ignored(slack, open_socket, ana):
    socket = await open_socket()
    await socket.receive_json()
    for stray in ("x", "[]", '{"envelope_id":"unknown"}'):
        await socket.send_str(stray)
    saying = asyncio.create_task(ana.says("x"))
    await acknowledge(socket, await socket.receive_json())
    await saying


async def test_the_sdk_reconnects_when_it_is_told_to_and_when_it_is_cut(slack, web, ana):
    heard = []
    client = SocketModeClient(app_token=slack.app_token, web_client=web, ping_interval=0.05)

    async def listen(client, request):
        heard.append(request.payload["event"]["text"])
        await client.send_socket_mode_response({"envelope_id": request.envelope_id})

    client.socket_mode_request_listeners.append(listen)
    await client.connect()
    await slack.connected()
    await ana.says("one")
    before = slack.sockets.sockets[0]
    await slack.disconnect("warning")
    await slack.until(lambda: slack.sockets.sockets and before not in slack.sockets.sockets)
    await ana.says("two")
    slack.cut()
    await slack.until(lambda: not slack.sockets.sockets)
    await slack.connected()
    await ana.says("three")
    await client.close()
    assert heard == ["one", "two", "three"]


async def test_a_server_that_is_down_is_back_on_the_same_port(slack, web, ana):
    url = slack.url
    await slack.go_down()
    with pytest.raises(aiohttp.ClientConnectionError):
        await web.auth_test()
    await slack.come_up()
    assert slack.url == url
    assert (await web.auth_test())["ok"]
