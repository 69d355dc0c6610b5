"""The Events API over HTTP: signed requests to the app's own URLs instead of a socket."""

import asyncio
import hashlib
import hmac
import json
import time
from secrets import token_hex
from urllib.parse import urlencode

import aiohttp

from sandbox.slack.app import App
from sandbox.slack.deliveries import Parcel, Unanswered
from sandbox.slack.refusal import Wire

_OK = range(200, 300)


class RequestUrls:
    """Posts each payload to the URL that the manifest names for its kind."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._session: aiohttp.ClientSession | None = None

    async def carry(self, parcel: Parcel, limit: float) -> Wire:
        """Post a payload, signed; see `deliveries.Line`."""
        form = parcel.kind != "events_api"
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        headers = {"Content-Type": kind}
        if parcel.attempt:
            headers |= {
                "X-Slack-Retry-Num": str(parcel.attempt),
                "X-Slack-Retry-Reason": parcel.reason,
            }
        return await self._post(self._url(parcel), _body(parcel), headers, limit)

    async def verify(self, url: str, limit: float) -> bool:
        """Ask a URL to echo a challenge, as Slack does before it takes it."""
        challenge = token_hex(24)
        question = {
            "token": self._app.verification_token,
            "challenge": challenge,
            "type": "url_verification",
        }
        headers = {"Content-Type": "application/json"}
        try:
            answer = await self._post(url, json.dumps(question).encode(), headers, limit)
        except Unanswered:
            return False
        return challenge in (answer.get("challenge"), answer.get("text"))

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()
            self._session = None

    async def _post(self, url: str, body: bytes, headers: dict[str, str], limit: float) -> Wire:
        if not url:
            raise Unanswered("connection_failed")
        self._session = self._session or aiohttp.ClientSession()
        try:
            async with (
                asyncio.timeout(limit),
                self._session.post(url, data=body, headers=headers | self._signed(body)) as reply,
            ):
                text = await reply.text()
        except TimeoutError as late:
            raise Unanswered("http_timeout") from late
        except aiohttp.ClientError as cut:
            raise Unanswered("connection_failed") from cut
        if reply.status not in _OK:
            no_more = reply.headers.get("X-Slack-No-Retry") == "1"
            raise Unanswered("http_error", final=no_more)
        return _answer(text)

    def _url(self, parcel: Parcel) -> str:
        if parcel.kind == "events_api":
            return self._app.request_url
        if parcel.kind == "slash_commands":
            return str(self._app.commands[parcel.payload["command"]].get("url", ""))
        if parcel.payload["type"] == "block_suggestion":
            return self._app.options_url or self._app.interactivity_url
        return self._app.interactivity_url

    def _signed(self, body: bytes) -> dict[str, str]:
        # On the real clock whatever the workspace's says: the receiver compares it with its own.
        moment = str(int(time.time()))
        text = f"v0:{moment}:".encode() + body
        digest = hmac.new(self._app.signing_secret.encode(), text, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


def _body(parcel: Parcel) -> bytes:
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload).encode()
    if parcel.kind == "slash_commands":
        return urlencode(parcel.payload).encode()
    return urlencode({"payload": json.dumps(parcel.payload)}).encode()


def _answer(text: str) -> Wire:
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text} if text else {}
    return answer if isinstance(answer, dict) else {}
