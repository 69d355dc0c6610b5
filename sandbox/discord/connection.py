"""One WebSocket of the gateway: frames in the order they were told, compressed if asked for."""

import asyncio
import contextlib
import json
import zlib
from collections import deque
from typing import Any

from aiohttp import web

_RATE = (120, 60.0)  # frames that a client may send, in so many seconds


class Connection:
    """An open connection; `identified` once it identified or resumed."""

    def __init__(
        self, wire: web.WebSocketResponse, transport: asyncio.Transport | None, *, zipped: bool
    ) -> None:
        self.wire = wire
        self.identified = False
        self._transport = transport
        self._zip = zlib.compressobj() if zipped else None
        self._waiting: deque[str] = deque()
        self._more = asyncio.Event()
        self._received: deque[float] = deque()
        self._closing: int | None = None

    @property
    def idle(self) -> bool:
        """Whether all was sent."""
        return not self._waiting

    @property
    def ending(self) -> bool:
        """Whether it closes with a code."""
        return self._closing is not None

    def send(self, frame: str) -> None:
        """Send a frame after all those before."""
        self._waiting.append(frame)
        self._more.set()

    def say(self, op: int, data: Any = None) -> None:
        """Send a frame that is no event."""
        self.send(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def end(self, code: int) -> None:
        """Close after all that waits is sent."""
        self._closing = code
        self._more.set()

    def cut(self) -> None:
        """Break the connection without a word."""
        if self._transport:
            self._transport.abort()

    def hurries(self, now: float) -> bool:
        """Count a frame of the client's; return whether they come too fast."""
        most, window = _RATE
        self._received.append(now)
        while self._received and self._received[0] < now - window:
            self._received.popleft()
        return len(self._received) > most

    async def write(self) -> None:
        """Write frames until the connection ends."""
        with contextlib.suppress(ConnectionError):  # it is going already
            while not self.wire.closed:
                while self._waiting:
                    await self._put(self._waiting[0])
                    self._waiting.popleft()
                if self._closing is not None:
                    await self.wire.close(code=self._closing)
                    return
                self._more.clear()
                await self._more.wait()

    async def _put(self, frame: str) -> None:
        if self._zip is None:
            await self.wire.send_str(frame)
            return
        packed = self._zip.compress(frame.encode()) + self._zip.flush(zlib.Z_SYNC_FLUSH)
        await self.wire.send_bytes(packed)
