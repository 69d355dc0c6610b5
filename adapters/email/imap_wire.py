"""aioimaplib's protocol without its traps: it reads in a loop, and says when the line is lost."""

import asyncio
import re
from base64 import b64encode
from typing import Any

import aioimaplib  # type: ignore[import-untyped]  # it ships no types

_LITERAL = re.compile(rb"\{(\d+)\}$")
_EXISTS = re.compile(rb"\* \d+ EXISTS\b")
_CRLF = b"\r\n"


class Wire(aioimaplib.IMAP4ClientProtocol):  # type: ignore[misc]  # its base is untyped
    """One IMAP connection, as a protocol for `loop.create_connection`.

    `lost` is done when the connection is gone; the library itself would let every waiting
    command wait for ever. `news` is set by each EXISTS, also by one that comes with the answer to
    another command, which the library drops. `heard_at` is the loop's time of the last bytes.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        super().__init__(loop)
        self.lost: asyncio.Future[None] = loop.create_future()
        self.news = asyncio.Event()
        self.heard_at = loop.time()
        self.farewell = ""  # what the server said when it wouldn't talk to us
        self._rest = b""  # an unfinished line
        self._command: Any = None  # whose answer goes on after a literal
        self._literal: bytearray | None = None
        self._missing = 0  # bytes of the literal still to come
        self._sasl: list[str] = []  # what to say when the server asks on

    def data_received(self, data: bytes) -> None:
        """Take what came; a line the library can't make sense of ends the connection."""
        self.heard_at = self.loop.time()
        try:
            self._read(data)
        except (aioimaplib.AioImapException, ValueError, LookupError) as error:
            self.farewell = f"an answer that makes no sense ({error})"
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell everybody who waits."""
        super().connection_lost(exc)
        for taking_greeting in tuple(self.tasks):  # it holds the lock of the state, for ever
            taking_greeting.cancel()
        if not self.lost.done():
            self.lost.set_result(None)

    async def welcome(self, command: bytes) -> None:
        """Take the greeting; a server that shows us the door loses the connection."""
        try:
            await super().welcome(command)
        except aioimaplib.AioImapException:
            self.farewell = command.decode("utf-8", "replace")
            self.transport.abort()

    async def xoauth2(self, user: str, token: str) -> Any:
        """Sign in with a bearer token.

        Unlike the library's own, it works without SASL-IR too, and answers the server's reason
        for a refusal with the blank line it waits for, so that NO comes and not a hang.
        """
        words = b64encode(f"user={user}\1auth=Bearer {token}\1\1".encode()).decode()
        at_once = "SASL-IR" in self.capabilities
        self._sasl = [] if at_once else [words]
        arguments = ("XOAUTH2", words) if at_once else ("XOAUTH2",)
        command = aioimaplib.Command("AUTHENTICATE", self.new_tag(), *arguments, loop=self.loop)
        response = await self.execute(command, scrub=words)
        if response.result == "OK":
            self.state = aioimaplib.AUTH
        return response

    async def starttls(self) -> Any:
        """Ask for TLS; what came after the answer, outside TLS, is thrown away."""
        command = aioimaplib.Command("STARTTLS", self.new_tag(), loop=self.loop)
        response = await self.execute(command)
        self._rest = b""
        return response

    async def uid_fetch(self, uids: str, parts: str) -> Any:
        """UID FETCH; the answer's literals stand as bytearrays among its lines."""
        command = aioimaplib.Command(
            "FETCH", self.new_tag(), uids, parts, prefix="UID", loop=self.loop
        )
        return await self.execute(command)

    def _read(self, data: bytes) -> None:
        at = self._read_literal(data, 0) if self._missing else 0
        if self._rest:
            data, at = self._rest + data[at:], 0
            self._rest = b""
        while (end := data.find(_CRLF, at)) >= 0:
            line, at = data[at:end], end + len(_CRLF)
            command = self._handle_line(line, self._command)
            self._command = None
            if size := _LITERAL.search(line):
                self._command, self._missing = command, int(size[1])
                self._literal = bytearray()
                at = self._read_literal(data, at)
        self._rest = data[at:]

    def _read_literal(self, data: bytes, at: int) -> int:
        """Move the literal's bytes from `data` to it; the place behind them."""
        assert self._literal is not None
        part = memoryview(data)[at : at + self._missing]
        self._literal += part
        self._missing -= len(part)
        if not self._missing and self._command is not None:
            self._command.append_to_resp(self._literal)
        return at + len(part)

    def _untagged_response(self, line: bytes) -> Any:
        if _EXISTS.match(line):
            self.news.set()
        return super()._untagged_response(line)

    def _continuation(self, line: bytes) -> None:
        pending = self.pending_sync_command
        if pending is not None and pending.name == "AUTHENTICATE":
            words = self._sasl.pop(0) if self._sasl else ""
            self.send(words, scrub=words)
        else:
            super()._continuation(line)
