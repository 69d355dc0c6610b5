"""The gateway: greets the bot, lets it identify or resume, and tells it what happens."""

import asyncio
import contextlib
import hmac
import json
import time
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.discord import greetings
from sandbox.discord.chunks import chunks
from sandbox.discord.connection import Connection
from sandbox.discord.news import Event, Intent
from sandbox.discord.refusal import Wire
from sandbox.discord.session import Session
from sandbox.discord.world import World

_HEARTBEAT, _IDENTIFY, _PRESENCE, _VOICE, _RESUME = 1, 2, 3, 4, 6
_RECONNECT, _MEMBERS, _INVALID, _HELLO, _ACK, _SOUNDS = 7, 8, 9, 10, 11, 31
_LARGEST = 4096  # bytes of a frame from a client
_KNOWN_INTENTS = (1 << 26) - 1
_LATE = 2.0  # heartbeats until silence ends a connection


class Close:
    """The codes that the gateway closes with."""

    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    RATE_LIMITED = 4008
    TIMED_OUT = 4009
    INVALID_SHARD = 4010
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Ended(Exception):  # noqa: N818 - it reads as what happened
    """The gateway closes a connection, with one of the codes above."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Gateway:
    """The sessions of the bot, and the connections that hold them."""

    def __init__(self, world: World) -> None:
        self.heartbeat = 41.25  # seconds
        self.refusing_resume = False
        self.sessions: dict[str, Session] = {}
        self.connections: dict[Connection, Session | None] = {}
        self._world = world
        self._more = asyncio.Condition()

    @property
    def idle(self) -> bool:
        """Whether everybody was sent everything."""
        return all(each.idle for each in self.connections)

    def carry(self, event: Event) -> None:
        """Tell every session of an event; see `news.Line`."""
        for each in self.sessions.values():
            each.tell(event)

    async def held(self, number: int) -> None:
        """Wait until so many sessions are connected."""
        async with self._more:
            await self._more.wait_for(lambda: self._connected() >= number)

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Hold one WebSocket until it ends."""
        wire = web.WebSocketResponse(timeout=1.0, max_msg_size=0)
        await wire.prepare(request)
        zipped = request.query.get("compress") == "zlib-stream"
        transport = request.transport
        held = Connection(
            wire, transport if isinstance(transport, asyncio.Transport) else None, zipped=zipped
        )
        self.connections[held] = None
        writing = asyncio.create_task(held.write())
        try:
            if request.query.get("v", "10") not in ("9", "10"):
                held.end(Close.INVALID_VERSION)
            else:
                held.say(_HELLO, {"heartbeat_interval": int(self.heartbeat * 1000), "_trace": []})
            await self._listen(held)
        except ConnectionError:
            pass  # the bot went away in the middle of a word
        finally:
            self._gone(held)
            if not held.ending:
                writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writing
        return wire

    def reconnect(self) -> None:
        """Ask every connection to come again and resume."""
        for each in self.connections:
            each.say(_RECONNECT)

    def invalidate(self, *, resumable: bool) -> None:
        """Tell every connection that its session counts no more, or only after a resume."""
        for held, session in self.connections.items():
            held.say(_INVALID, resumable)
            if not resumable and session:
                self.sessions.pop(session.id, None)

    def dismiss(self, code: int) -> None:
        """Close every connection with a code; no session outlives that."""
        for each in self.connections:
            each.end(code)
        self.sessions.clear()

    def cut(self) -> None:
        """Break every connection without a word; sessions can be resumed."""
        for each in self.connections:
            each.cut()

    async def _listen(self, held: Connection) -> None:
        """Take frames until the bot goes, or sends what doesn't fit."""
        try:
            while not held.wire.closed:
                async with asyncio.timeout(self.heartbeat * _LATE):
                    frame = await held.wire.receive()
                if frame.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                    return
                self._take(held, frame.data)
                await self._notify()
        except TimeoutError:
            held.end(Close.TIMED_OUT)
        except Ended as end:
            held.end(end.code)

    def _take(self, held: Connection, raw: str | bytes) -> None:
        if held.hurries(time.monotonic()):
            raise Ended(Close.RATE_LIMITED)
        op, data = _read(raw)
        if op == _HEARTBEAT:
            held.say(_ACK)
        elif op in (_IDENTIFY, _RESUME):
            if held.identified:
                raise Ended(Close.ALREADY_AUTHENTICATED)
            if not isinstance(data, dict):
                raise Ended(Close.DECODE_ERROR)
            if not self._token_holds(data):
                raise Ended(Close.AUTHENTICATION_FAILED)
            take = self._identify if op == _IDENTIFY else self._resume
            take(held, data)
        elif op not in (_PRESENCE, _VOICE, _MEMBERS, _SOUNDS):
            raise Ended(Close.UNKNOWN_OPCODE)
        elif not held.identified:
            raise Ended(Close.NOT_AUTHENTICATED)
        elif op == _MEMBERS:  # nobody sees the bot's presence, and there are no voices
            self._tell_members(held, data)

    def _identify(self, held: Connection, data: Wire) -> None:
        intents, shard = data.get("intents"), data.get("shard", [0, 1])
        if not isinstance(intents, int) or not 0 <= intents <= _KNOWN_INTENTS:
            raise Ended(Close.INVALID_INTENTS)
        if not _is_shard(shard):
            raise Ended(Close.INVALID_SHARD)
        asked = Intent(intents)
        if asked & self._refused_intents():
            raise Ended(Close.DISALLOWED_INTENTS)
        session = Session(asked, shard)
        self.sessions[session.id] = session
        self._hold(held, session)
        session.tell(Event("READY", greetings.ready(self._world, session.id, shard)))
        for guild in greetings.joined(self._world):
            session.tell(Event("GUILD_CREATE", greetings.guild(self._world, guild), Intent.GUILDS))

    def _resume(self, held: Connection, data: Wire) -> None:
        session = self.sessions.get(str(data.get("session_id")))
        after = data.get("seq")
        if session and isinstance(after, int) and after > session.sequence:
            raise Ended(Close.INVALID_SEQUENCE)
        missed = session.again(after) if session and isinstance(after, int) else None
        if session is None or missed is None or self.refusing_resume:
            if session:
                del self.sessions[session.id]
            held.say(_INVALID, data=False)
            return
        self._hold(held, session)
        for frame in missed:
            held.send(frame)
        session.tell(Event("RESUMED", {"_trace": []}))

    def _hold(self, held: Connection, session: Session) -> None:
        for other, kept in self.connections.items():
            if kept is session:
                other.cut()
                self.connections[other] = None
        held.identified = True
        self.connections[held] = session
        session.send = held.send

    def _tell_members(self, held: Connection, asked: Any) -> None:
        session = self.connections[held]
        if not isinstance(asked, dict):
            raise Ended(Close.DECODE_ERROR)
        if session:
            for each in chunks(self._world, session.intents, asked):
                session.tell(each)

    def _gone(self, held: Connection) -> None:
        """Forget a connection; a session that the bot itself ended properly ends with it."""
        session = self.connections.pop(held, None)
        if session is None:
            return
        session.send = None
        if held.wire.close_code in (1000, 1001):
            self.sessions.pop(session.id, None)

    def _token_holds(self, data: Wire) -> bool:
        application = self._world.application
        token = str(data.get("token")).removeprefix("Bot ")
        same = hmac.compare_digest(token.encode(), application.token.encode())
        return same and not application.revoked

    def _refused_intents(self) -> Intent:
        application = self._world.application
        refused = Intent(0)
        if not application.message_content:
            refused |= Intent.MESSAGE_CONTENT
        if not application.members:
            refused |= Intent.GUILD_MEMBERS
        return refused if application.presences else refused | Intent.GUILD_PRESENCES

    def _connected(self) -> int:
        return sum(session is not None for session in self.connections.values())

    async def _notify(self) -> None:
        async with self._more:
            self._more.notify_all()


def _is_shard(shard: Any) -> bool:
    fits = isinstance(shard, list) and len(shard) == 2  # noqa: PLR2004 - its id, and how many
    return fits and all(isinstance(each, int) for each in shard) and 0 <= shard[0] < shard[1]


def _read(raw: str | bytes) -> tuple[Any, Any]:
    """Return the opcode and the data of a frame."""
    try:
        frame = json.loads(raw) if len(raw) <= _LARGEST else None
    except ValueError:
        frame = None
    if not isinstance(frame, dict):
        raise Ended(Close.DECODE_ERROR)
    return frame.get("op"), frame.get("d")
