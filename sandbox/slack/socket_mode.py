"""Socket Mode: up to ten WebSockets, each payload to one of them, until it is acknowledged."""

import asyncio
import contextlib
import json
from secrets import token_hex
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox.slack.deliveries import Parcel, Unanswered
from sandbox.slack.refusal import Wire

MOST_SOCKETS = 10
_HOUR = 3600


class Socket:
    """One open WebSocket of the app's; `retiring` once it was told to go."""

    def __init__(
        self, wire: web.WebSocketResponse, transport: asyncio.BaseTransport | None
    ) -> None:
        self.wire = wire
        self.transport = transport
        self.retiring = False
        self.waiting: dict[str, asyncio.Future[Wire]] = {}

    def cut(self) -> None:
        """Break the connection without a word."""
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()

    def acknowledge(self, text: str) -> None:
        """Take what the app sent; what is no answer to an envelope is ignored."""
        try:
            answer: Any = json.loads(text)
        except ValueError:
            return
        if not isinstance(answer, dict):
            return
        future = self.waiting.pop(str(answer.get("envelope_id")), None)
        if future and not future.done():
            future.set_result(answer.get("payload") or {})

    def gone(self) -> None:
        """Tell all who wait for this socket that nothing comes any more."""
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(Unanswered("connection_failed"))
        self.waiting.clear()


class SocketMode:
    """The open sockets of one app."""

    def __init__(self, app_id: str) -> None:
        self.sockets: list[Socket] = []
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._turn = 0
        self._more = asyncio.Condition()

    def ticket(self) -> str:
        """Return a ticket that opens one socket."""
        ticket = token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Hold one WebSocket until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid ticket")
        self._tickets.discard(ticket)
        wire = web.WebSocketResponse()
        await wire.prepare(request)
        if len(self.sockets) >= MOST_SOCKETS:
            await wire.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await wire.close()
            return wire
        socket = Socket(wire, request.transport)
        self.sockets.append(socket)
        try:
            await wire.send_json(self._hello())
            async with self._more:
                self._more.notify_all()
            async for frame in wire:
                if frame.type is WSMsgType.TEXT:
                    socket.acknowledge(frame.data)
        except ConnectionError:
            pass  # the app went away in the middle of a word
        finally:
            self.sockets.remove(socket)
            socket.gone()
        return wire

    async def carry(self, parcel: Parcel, limit: float) -> Wire:
        """Send a payload over one of the sockets, in turn; see `deliveries.Line`."""
        socket = self._next()
        envelope_id = token_hex(16)
        envelope: Wire = {
            "envelope_id": envelope_id,
            "payload": parcel.payload,
            "type": parcel.kind,
            "accepts_response_payload": parcel.kind != "events_api",
        }
        if parcel.kind == "events_api":
            envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
        answer: asyncio.Future[Wire] = asyncio.get_running_loop().create_future()
        socket.waiting[envelope_id] = answer
        try:
            async with asyncio.timeout(limit):
                await socket.wire.send_str(json.dumps(envelope))
                return await answer
        except TimeoutError as late:
            raise Unanswered("timeout") from late
        except ConnectionError as cut:
            raise Unanswered("connection_failed") from cut
        finally:
            socket.waiting.pop(envelope_id, None)

    async def held(self, number: int) -> None:
        """Wait until so many sockets are open."""
        async with self._more:
            await self._more.wait_for(lambda: len(self.sockets) >= number)

    async def dismiss(self, reason: str) -> None:
        """Tell every socket to go: warning, refresh_requested or link_disabled.

        They get nothing more while another is open; after link_disabled they are closed at once.
        """
        for socket in list(self.sockets):
            socket.retiring = True
            message = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
            with contextlib.suppress(ConnectionResetError):  # it is going already
                await socket.wire.send_json(message)
            if reason == "link_disabled":
                await socket.wire.close(code=WSCloseCode.GOING_AWAY)

    def cut(self) -> None:
        """Break every socket without a word."""
        for socket in self.sockets:
            socket.cut()

    def _next(self) -> Socket:
        stay = [each for each in self.sockets if not each.retiring and not each.wire.closed]
        usable = stay or [each for each in self.sockets if not each.wire.closed]
        if not usable:
            raise Unanswered("connection_failed")
        self._turn += 1
        return usable[self._turn % len(usable)]

    def _hello(self) -> Wire:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {
                "host": "applink-sandbox",
                "build_number": 1,
                "approximate_connection_time": 5 * _HOUR,
            },
            "connection_info": {"app_id": self._app_id},
        }
