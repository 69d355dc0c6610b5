"""Without Socket Mode the app gets signed requests at its own URL."""

import asyncio
from urllib.parse import parse_qs

import pytest
from aiohttp import web as aioweb
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier


class Endpoint:
    """The app's URL: remembers each request, and lets `answer` answer."""

    def __init__(self, answer):
        self.requests = []
        self.answer = answer
        self.url = ""

    async def serve(self, request):
        body = await request.text()
        self.requests.append((dict(request.headers), body))
        return await self.answer(request, body)


@pytest.fixture
async def endpoint():
    """A URL that answers whatever its `answer` returns."""

    async def fine(request, body):
        return aioweb.Response()

    here = Endpoint(fine)
    runner = aioweb.ServerRunner(aioweb.Server(here.serve), shutdown_timeout=0.1)
    await runner.setup()
    await aioweb.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    here.url = f"http://{host}:{port}/slack/events"
    yield here
    await runner.cleanup()


@pytest.fixture
async def bolt(slack, web, endpoint):
    """A bolt app behind the URL, which the workspace has taken for good."""
    app = AsyncApp(client=web, signing_secret=slack.signing_secret, process_before_response=True)

    async def dispatch(request, body):
        headers = {key: [value] for key, value in request.headers.items()}
        answer = await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
        kind = answer.first_headers_without_set_cookie().get("content-type", "text/plain")
        return aioweb.Response(
            status=answer.status, body=answer.body, headers={"Content-Type": kind}
        )

    endpoint.answer = dispatch
    assert await slack.use_request_url(endpoint.url)
    endpoint.requests.clear()
    return app


async def test_a_url_that_doesnt_echo_the_challenge_isnt_taken(slack, endpoint):
    assert not await slack.use_request_url(endpoint.url)
    assert slack.app.socket_mode


async def test_events_and_answers_go_over_http(slack, bolt, endpoint):
    texts = []

    @bolt.event("message")
    async def heard(event):
        texts.append(event["text"])

    @bolt.command("/desk")
    async def desk(ack, command):
        await ack(f"You said {command['text']}")

    ana = slack.person("Ana Ruiz")
    await ana.says("The VPN is down")
    await ana.uses_command("/desk", "a & b")
    assert texts == ["The VPN is down"]
    assert ana.notices == ["You said a & b"]
    headers, body = endpoint.requests[0]
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    assert headers["Content-Type"] == "application/json"
    assert parse_qs(endpoint.requests[1][1])["command"] == ["/desk"]


async def test_interactions_come_as_a_form_with_one_payload(slack, web, bolt, endpoint):
    @bolt.action("claim")
    async def claim(ack, respond):
        await ack()
        await respond("done")

    ana = slack.person("Ana Ruiz")
    button = {
        "type": "button",
        "action_id": "claim",
        "text": {"type": "plain_text", "text": "Claim"},
    }
    blocks = [{"type": "actions", "elements": [button]}]
    bolt.event("message")(_nothing)
    await web.chat_postMessage(channel=ana.id, text="x", blocks=blocks)
    await ana.presses("Claim", on=slack.conversation(ana)[0])
    assert [post.words for post in ana.ephemerals] == ["done"]
    assert ana.errors == []
    assert endpoint.requests[-1][1].startswith("payload=%7B")


async def _nothing():
    pass


async def test_a_request_that_fails_comes_again_with_number_and_reason(slack, endpoint):
    slack.app.socket_mode, slack.app.request_url = False, endpoint.url
    slack.redelivery = (0.0, 0.0)
    limits = [0.05, 3.0, 3.0]  # seconds, for the attempt after this one

    async def answer(request, body):
        slow = slack.deliveries.limit == 0.05
        slack.deliveries.limit = limits.pop(0)
        if slow:
            await asyncio.sleep(0.2)
        return aioweb.Response(status=500 if len(limits) == 2 else 200)

    endpoint.answer = answer
    await slack.person("Ana Ruiz").says("x")
    await slack.settled()
    retries = [
        (headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason"))
        for headers, _ in endpoint.requests
    ]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_timeout")]
    assert slack.deliveries.given_up == []


async def test_an_app_can_ask_for_no_retry(slack, endpoint):
    slack.app.socket_mode, slack.app.request_url = False, endpoint.url
    slack.redelivery = (0.0,)

    async def answer(request, body):
        return aioweb.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    endpoint.answer = answer
    await slack.person("Ana Ruiz").says("x")
    await slack.settled()
    assert len(endpoint.requests) == 1
    assert len(slack.deliveries.given_up) == 1


async def test_nobody_at_the_url_is_a_failed_connection(slack):
    slack.app.socket_mode = False
    slack.app.interactivity_url = "http://127.0.0.1:9/"
    ana = slack.person("Ana Ruiz")
    await ana.uses_shortcut("New ticket")
    assert ana.errors == ["New ticket: the app did not respond (connection_failed)"]
