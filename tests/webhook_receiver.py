"""A program that hears what happens: a server that checks each signature by itself."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

KEY = b"the same on both sides, 32 bytes"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
PATIENCE = 20.0  # seconds


@dataclass(frozen=True)
class Heard:
    """One request, as it came."""

    headers: Mapping[str, str]
    body: bytes
    signed: bool
    at: float

    @property
    def name(self) -> str:
        return self.headers["webhook-id"]

    @property
    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Receiver:
    """Answers 204, unless `answers` holds something else for the next: a status, and headers."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    always: int = 204
    key: bytes = KEY
    speaks: asyncio.Event = field(default_factory=asyncio.Event)  # else it takes, and never answers
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        signed = self.is_signed(request.headers, body)
        self.heard.append(Heard(dict(request.headers), body, signed, time.monotonic()))
        async with self.changed:
            self.changed.notify_all()
        await self.speaks.wait()
        status, headers = self.answers.pop(0) if self.answers else (self.always, {})
        return web.Response(status=status, headers=headers)

    def is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        made = base64.b64encode(hmac.new(self.key, told, hashlib.sha256).digest()).decode()
        fresh = abs(time.time() - int(headers["webhook-timestamp"])) < 60
        return fresh and headers["webhook-signature"] == f"v1,{made}"

    def events(self, reference: str = "") -> list[str]:
        """What it heard of, in order; of one ticket."""
        told = [each.facts for each in self.heard]
        mine = [each for each in told if reference in ("", each["ticket"]["reference"])]
        return [each["event"] for each in mine]

    async def hears(self, count: int) -> None:
        """Wait until it has heard so much."""
        async with asyncio.timeout(PATIENCE):
            async with self.changed:
                await self.changed.wait_for(lambda: len(self.heard) >= count)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver on a port of its own."""
    receiver = Receiver()
    receiver.speaks.set()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    receiver.url = f"http://127.0.0.1:{port}/hook"
    try:
        yield receiver
    finally:
        receiver.speaks.set()
        await runner.cleanup()
