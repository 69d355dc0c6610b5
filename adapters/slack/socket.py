"""Socket Mode: connections over which Slack brings events, renewed before they are let go."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.chat.together import together
from adapters.slack.insist import insist
from adapters.slack.settings import SlackSettings, check_token
from adapters.slack.web_api import (
    LOCKED_OUT,
    SlackSaysNo,
    SlackUnreached,
    WebApi,
    locked_out,
    quiet,
)
from adapters.slack.workspace import Workspace
from bot.channel import WrongSettings

log = logging.getLogger(__name__)

_PATIENCE = 20.0  # seconds for a connection to stand
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds before one is opened anew
_STEADY = 60.0  # seconds after which a connection counts as having been a good one
_LOOK = 0.5  # seconds between two looks whether a connection still stands
_PING = 10.0  # seconds between two signs of life
_GOODBYE = 1.0  # seconds for Slack to agree that a connection ends
_LAST_WORDS = 5.0  # seconds for what a renewed connection still has to acknowledge
_OFF = "link_disabled"  # Slack's word for: Socket Mode was turned off, or the app removed
_BROKEN = 500  # HTTP's own number for what is Slack's to mend
_PASSING = frozenset({"", "internal_error", "fatal_error", "service_unavailable", "ratelimited"})


class Socket(SocketModeClient):
    """One connection, opened once.

    Left to itself the library closes a connection before it opens the next, notices one that
    broke ten seconds late, and tries for ever to open one that Slack refuses.
    """

    def __init__(self, app: AsyncApp, address: str, proxy: str | None) -> None:
        super().__init__(
            app_token="",  # the address was asked for already
            logger=quiet(),
            web_client=app.client,
            proxy=proxy,
            auto_reconnect_enabled=False,
            ping_interval=_PING,
        )
        self._app = app
        self._busy: set[asyncio.Task[Any]] = set()
        self._greeted = asyncio.Event()
        self._told_to_go = asyncio.Event()
        self.reason = ""
        self.wss_uri = address
        self.socket_mode_request_listeners.append(self._answer)

    async def open(self) -> None:
        """Connect; ConnectionError when Slack doesn't greet us."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self.connect()  # type: ignore[no-untyped-call]  # the library's
                await self._greeted.wait()
        except TimeoutError as error:
            host = urlsplit(self.wss_uri or "").netloc  # the rest of it is a ticket
            raise ConnectionError(f"{host} didn't greet us in {_PATIENCE:.0f} s") from error

    async def until_over(self) -> bool:
        """Wait until it breaks, or Slack wants it renewed: then True, and it still stands."""
        while await self.is_connected():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._told_to_go.wait()
                    return True
        return False

    async def leave(self) -> None:
        """Say what is still to be acknowledged, and close."""
        try:
            if self._busy:
                await asyncio.wait(self._busy, timeout=_LAST_WORDS)
        finally:
            await self.close()

    async def close(self) -> None:
        """Close without another word."""
        self.closed = True
        own = (self.message_processor, self.current_session_monitor, self.message_receiver)
        try:
            if self.current_session is not None:
                async with asyncio.timeout(_GOODBYE):
                    await self.current_session.close()
        except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError
            log.debug("slack: a connection was broken already: %s", error)
        finally:
            for task in filter(None, own):
                task.cancel()
            try:
                await asyncio.gather(*filter(None, own), return_exceptions=True)
            finally:
                await self.aiohttp_client_session.close()

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """Hear what Slack says of the connection itself; all else is the library's."""
        match message.get("type"):
            case "hello":
                self._greeted.set()
            case "disconnect":
                self.reason = str(message.get("reason") or "")
                self._told_to_go.set()
            case _:
                await super().run_message_listeners(message, raw_message)

    async def _answer(self, _: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        task = asyncio.current_task()
        assert task is not None, "the library runs it in a task"
        self._busy.add(task)
        try:
            response = await run_async_bolt_app(self._app, request)
            # Where the connection broke meanwhile, Slack sends again, and it is known.
            with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                await send_async_response(self, request, response, time.time())
        finally:
            self._busy.discard(task)


class Sockets:
    """As many connections as the settings say.

    `began` is called when the first one stands, and after each that broke: something may have been
    missed then. Of those that are renewed nothing is.
    """

    def __init__(self, workspace: Workspace, app: AsyncApp, began: Callable[[], None]) -> None:
        self._workspace = workspace
        self._settings = workspace.settings
        self._api = workspace.api
        self._app = app
        self._began = began
        self._gap = True
        self._opening = asyncio.Lock()  # one after another: their trouble is the same, told once

    async def hold(self) -> None:
        """Keep them until cancelled; raises WrongSettings when Slack refuses to open any more."""
        await together(self._keep_one() for _ in range(self._settings.sockets))

    async def _keep_one(self) -> None:
        """Keep one connection: the next one stands before the last one is let go."""
        clock, pause = asyncio.get_running_loop().time, 0.0
        socket: Socket | None = None
        try:
            while True:
                async with self._opening:
                    last, socket = socket, await insist(self._open)
                if last is not None:
                    await last.leave()
                if self._gap:
                    self._gap = False
                    log.info("slack: connected")
                    self._began()
                began = clock()
                stands = await socket.until_over()
                if stands and socket.reason != _OFF:
                    pause = 0.0
                    continue
                self._gap = True
                pause = 0.0 if clock() - began > _STEADY else pause
                log.info("slack: a connection broke; the next is opened in %.0f s", pause)
                await asyncio.sleep(pause)
                pause = min(max(pause * 2, _FIRST_PAUSE), _LONGEST_PAUSE)
                with contextlib.suppress(SlackSaysNo, SlackUnreached):
                    await self._workspace.me.ask()  # the app may have been removed
        finally:
            if socket is not None:
                await socket.close()

    async def _open(self) -> Socket:
        """A connection that stands."""
        address = await new_address(self._settings, self._api)
        socket = Socket(self._app, address, await self._api.proxy())
        try:
            await socket.open()
        except BaseException:
            await socket.close()
            raise
        return socket


async def new_address(settings: SlackSettings, api: WebApi) -> str:
    """Ask Slack where to connect; WrongSettings when it won't have us there."""
    token = await settings.app.read()
    check_token("app_token", token)
    try:
        return str((await api.call_as(token, "apps.connections.open"))["url"])
    except SlackSaysNo as error:
        if error.error in LOCKED_OUT:
            raise locked_out(error, "app_token") from error
        if error.error in ("missing_scope", "no_permission"):
            mend = "make another one with it under Basic Information, App-Level Tokens"
            raise WrongSettings("app_token lacks connections:write", mend) from error
        if error.error in _PASSING or error.after is not None or error.status >= _BROKEN:
            raise
        raise _turned_off(error.error) from error


def _turned_off(why: str) -> WrongSettings:
    return WrongSettings(
        f"Slack opens no connection for the app ({why})",
        "turn on Socket Mode in the app's settings, or set mode = 'http'",
    )
