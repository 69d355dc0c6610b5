"""The line to an IMAP server: signing in, and calls that end with an answer or with the line."""

import asyncio
import re
import ssl
from collections.abc import Coroutine
from typing import Any

import aioimaplib  # type: ignore[import-untyped]  # it ships no types

from adapters.email.connect import Trust, is_certificate, unreached, where
from adapters.email.imap_text import quoted
from adapters.email.imap_wire import Wire
from adapters.email.oauth import Tokens, password
from adapters.email.settings import Mailbox
from bot.channel import WrongSettings

_PASSING = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", re.IGNORECASE)
_LONGEST = 600.0  # seconds for one message, however steadily it trickles in


class ConnectionLost(ConnectionError):  # noqa: N818 - it reads as what happened
    """The connection is gone: cut, silent for too long, or given up; only a new one helps."""


class ServerSaysNo(Exception):  # noqa: N818 - it reads as what happened
    """The server understood, and refuses (NO), or didn't understand (BAD)."""

    @property
    def passing(self) -> bool:
        """Whether the server says that it is its own trouble, and will pass."""
        return bool(_PASSING.search(str(self)))


class Line:
    """A connection to one mailbox's server; use it from one task at a time.

    Whatever is cancelled or takes longer than `patience` seconds takes the connection with it,
    since an answer that comes late would be taken for another one's.
    """

    def __init__(self, mailbox: Mailbox, patience: float) -> None:
        self.mailbox = mailbox
        self.patience = patience
        self.wire: Any = None

    def can(self, capability: str) -> bool:
        """Whether the server says that it knows an extension."""
        return capability in self.wire.capabilities

    async def connect(self, trust: Trust) -> None:
        """Connect, and encrypt as the settings say.

        Raises WrongSettings for a certificate that isn't valid and for a server without STARTTLS,
        any other OSError when it can't be reached.
        """
        box = self.mailbox
        loop = asyncio.get_running_loop()
        context = None if box.imap_security == "none" else await trust.context()
        at_once = context if box.imap_security == "tls" else None
        try:
            async with asyncio.timeout(self.patience):
                _, self.wire = await loop.create_connection(
                    Wire, box.imap_host, box.imap_port, ssl=at_once, happy_eyeballs_delay=0.25
                )
            await self.outcome(self.wire.wait("AUTH|NONAUTH"))
            if context is not None and at_once is None:
                await self._encrypt(loop, context)
        except OSError as error:
            if is_certificate(error):
                raise unreached(box, "imap", error) from error
            raise

    async def sign_in(self, tokens: Tokens | None, *, last_try: bool) -> bool:
        """Whether the server takes us; False for a token that may only have been too old.

        Raises WrongSettings when it is the last try.
        """
        wire, login = self.wire, self.mailbox.imap_sign_in
        token = await tokens.current() if tokens else ""
        try:
            if wire.state == aioimaplib.NONAUTH and tokens:
                await self.ask(wire.xoauth2(login.user, token))
            elif wire.state == aioimaplib.NONAUTH:
                # The library quotes the password, not the user.
                await self.ask(wire.login(quoted(login.user), await password(login)))
        except ServerSaysNo as error:
            if error.passing:
                raise ConnectionLost(str(error)) from error
            if tokens:
                await tokens.refused(token)
            if last_try:
                raise self._not_let_in(str(error)) from error
            return False
        await self.outcome(wire.capability())  # what came with the sign-in is garbled
        return True

    async def ask(self, command: Coroutine[Any, Any, Any], *, patient: bool = False) -> list[Any]:
        """Return the lines of a command's answer; ServerSaysNo unless it is OK."""
        response = await self.outcome(command, patient=patient)
        if response.result != "OK":
            raise ServerSaysNo(bytes(response.lines[-1]).decode("utf-8", "replace"))
        lines: list[Any] = response.lines
        return lines

    async def outcome(self, asking: Coroutine[Any, Any, Any], *, patient: bool = False) -> Any:
        """Return what `asking` returns, or raise ConnectionLost when it can't any more.

        `patient`: bytes that come in prolong the wait.
        """
        task = asyncio.ensure_future(asking)
        try:
            trouble = await self._trouble(task, patient=patient)
            if not trouble:
                return task.result()
        except aioimaplib.AioImapException as error:
            self.hang_up()
            raise ConnectionLost(str(error)) from error
        except BaseException:
            await self._give_up(task)
            raise
        await self._give_up(task)
        raise ConnectionLost(trouble)

    async def goodbye(self) -> None:
        """Log out if the server still listens, and hang up."""
        try:
            async with asyncio.timeout(1):
                await self.ask(self.wire.logout())
        except (ServerSaysNo, ConnectionLost, TimeoutError):
            pass  # it doesn't matter any more
        finally:
            self.hang_up()

    def hang_up(self) -> None:
        """Cut the connection without a word."""
        if self.wire is not None:
            self.wire.transport.abort()

    async def _trouble(self, task: asyncio.Future[Any], *, patient: bool) -> str:
        """Wait for the task; what kept it from ending, "" when it has ended."""
        wire, loop = self.wire, asyncio.get_running_loop()
        began = loop.time()
        end = began + self.patience
        while not task.done():
            if wire.lost.done():
                return wire.farewell or "the server hung up"
            if loop.time() >= end:
                return f"no answer within {self.patience:g} s"
            either = {task, wire.lost}
            await asyncio.wait(either, timeout=end - loop.time(), return_when="FIRST_COMPLETED")
            if patient:
                end = min(max(wire.heard_at, began) + self.patience, began + _LONGEST)
        return ""

    async def _give_up(self, task: asyncio.Future[Any]) -> None:
        self.hang_up()
        task.cancel()
        await asyncio.wait({task})

    async def _encrypt(self, loop: asyncio.AbstractEventLoop, context: ssl.SSLContext) -> None:
        wire, box = self.wire, self.mailbox
        try:
            await self.ask(wire.starttls())
        except ServerSaysNo as error:
            raise WrongSettings(
                f"{box.name}: {where(box, 'imap')} has no STARTTLS ({error})",
                "set imap_security = 'tls' and its port, 993",
            ) from error
        wire.transport = await loop.start_tls(
            wire.transport,
            wire,
            context,
            server_hostname=box.imap_host,
            ssl_handshake_timeout=self.patience,
        )
        await self.outcome(wire.capability())  # what was said outside TLS doesn't count

    def _not_let_in(self, said: str) -> WrongSettings:
        box = self.mailbox
        mend = "correct user and the password"
        if box.oauth:
            mend = "correct user and oauth, and see that the token may read this mailbox"
        elif self.can("LOGINDISABLED"):
            mend = "set imap_security = 'starttls' or 'tls': the server wants no password in clear"
        return WrongSettings(f"{box.name}: {where(box, 'imap')} refuses {box.user} ({said})", mend)
