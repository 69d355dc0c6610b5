"""HTTP mode: Slack calls an address, and nobody else is heard there."""

import asyncio
import hashlib
import hmac
import json
import socket
import time
from contextlib import asynccontextmanager

import aiohttp
import pytest

from adapters.slack.manifest import manifest
from adapters.slack.settings import SlackSettings
from bot.channel import WrongSettings
from bot.model.form import Field, Form, Input
from bot.model.message import Answer


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def url(port):
    return f"http://127.0.0.1:{port}/slack/events"


@pytest.fixture
def app_manifest(url, words):
    settings = SlackSettings(bot_token="xoxb-1", signing_secret="secret", mode="http")
    return manifest(settings, words, url=url)


@pytest.fixture
async def answering(office, port, url):
    @asynccontextmanager
    async def opened():
        office.more |= {"mode": "http", "listen": f"127.0.0.1:{port}"}
        door = office.channel()
        listening = asyncio.create_task(door.listen(office.desk.receive))
        try:
            async with asyncio.timeout(5):
                while not await office.slack.use_request_url(url):  # noqa: ASYNC110 - as in until
                    await asyncio.sleep(0.01)
            yield door
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await door.close()

    return opened


async def post(url, body, *, secret, at=None):
    at = str(int(at or time.time()))
    text = json.dumps(body)
    signed = hmac.new(secret.encode(), f"v0:{at}:{text}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "X-Slack-Signature": f"v0={signed}",
        "X-Slack-Request-Timestamp": at,
        "Content-Type": "application/json",
    }
    async with aiohttp.ClientSession() as web, web.post(url, data=text, headers=headers) as said:
        return said.status


async def test_messages_commands_and_buttons_come_over_http(office, answering):
    office.desk.answer = lambda inbound: Answer("Here you are") if inbound.interactive else None
    async with answering():
        await office.ana.says("My VPN is down", channel=office.help)
        await office.ana.uses_command("/desk", "list", channel=office.help)
    assert office.desk.texts == ["My VPN is down", "list"]
    assert "Here you are" in office.ana.ephemerals[-1].words


async def test_a_form_is_opened_and_sent_over_http(office, answering):
    office.desk.forms[""] = Form(
        "/report", "New request", "Send", "Not now", (Field("text", "What?", Input.WORDS),)
    )
    office.desk.answer = lambda _: Answer("Say more", refused=True, field="text")
    async with answering():
        await office.ana.uses_command("/desk", "", channel=office.help)
        await office.ana.fills({"What?": "x"})
        await office.ana.submits()
        assert "Say more" in str(office.ana.form.errors)
        await office.ana.closes_form()
    assert office.desk.heard[0].filled == (("text", "x"),)
    assert len(office.desk.let_go_of) == 1


async def test_what_is_not_kept_comes_again(office, answering):
    office.slack.redelivery = (0.0,)
    tries = []

    async def before(_):
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the disk is full")

    office.desk.before = before
    async with answering():
        await office.ana.says("My VPN is down", channel=office.help)
        await office.heard()
    assert office.desk.texts == ["My VPN is down"]


@pytest.mark.parametrize(("secret", "age", "status"), [("wrong", 0, 401), ("", 600, 401)])
async def test_nobody_else_is_heard(office, answering, url, secret, age, status):
    body = {"type": "event_callback", "event": {"type": "message"}, "event_id": "Ev1"}
    async with answering():
        at = time.time() - age
        secret = secret or office.slack.signing_secret
        assert await post(url, body, secret=secret, at=at) == status
    assert not office.desk.heard


async def test_an_address_that_is_taken_is_told_with_its_mend(office, port):
    office.more |= {"mode": "http", "listen": f"127.0.0.1:{port}"}
    door = office.channel()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(WrongSettings, match=f"listen = 127.0.0.1:{port}: .*in use") as told:
            await door.listen(office.desk.receive)
    await door.close()
    assert "name another place in listen" in told.value.mend


async def test_a_missing_secret_is_a_wrong_setting(office, port):
    office.more |= {
        "mode": "http",
        "listen": f"127.0.0.1:{port}",
        "signing_secret": "",
        "signing_secret_env": "NOT_SET_ANYWHERE",
    }
    door = office.channel()
    with pytest.raises(WrongSettings, match="NOT_SET_ANYWHERE"):
        await door.listen(office.desk.receive)
    await door.close()
