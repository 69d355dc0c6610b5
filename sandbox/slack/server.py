"""A local Slack for the demo, the tests and the benchmarks, to Slack's published wire format."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Self

from sandbox.slack.app import App
from sandbox.slack.deliveries import Deliveries, Known, Line
from sandbox.slack.doors import Doors
from sandbox.slack.interactions import Interactions
from sandbox.slack.life import Life
from sandbox.slack.manifest import install
from sandbox.slack.mischief import Mischief
from sandbox.slack.news import News
from sandbox.slack.posting import Posting
from sandbox.slack.request_url import RequestUrls
from sandbox.slack.response_url import ResponseUrls
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.trouble import Troubles
from sandbox.slack.web_api import Called, WebApi
from sandbox.slack.workspace import Workspace

_GLANCE = 0.002  # seconds between two looks


class SlackServer(Life, Mischief):
    """One workspace with one app installed; to be used with `async with`.

    Where it is: `url`, `api_url` (for `AsyncWebClient(base_url=…)`). The app's credentials:
    `bot_token`, `app_token`, `signing_secret`. `bot` is the app's user.
    """

    def __init__(self, app: App, now: Callable[[], float], *, pace: bool) -> None:
        workspace = Workspace(app, now)
        bot = workspace.bot
        sockets = SocketMode(app.id)
        self._request_urls = RequestUrls(app)
        known = Known(workspace.team_id, app.id, bot.id, app.verification_token)
        self._deliveries = Deliveries(self._line, known, now)
        posting = Posting(workspace, News(workspace, self._deliveries))
        urls = ResponseUrls(workspace, posting)
        troubles = Troubles(time.monotonic)
        troubles.paced = pace
        self._api = WebApi(workspace, posting, troubles)
        workspace.ticket = sockets.ticket
        Life.__init__(self, workspace, posting, Interactions(workspace, self._deliveries, urls))
        Mischief.__init__(self, app, sockets, troubles, Doors(workspace, self._api, sockets, urls))

    @classmethod
    async def start(
        cls,
        manifest: Mapping[str, Any],
        *,
        scopes: Iterable[str] | None = None,
        pace: bool = False,
        now: Callable[[], float] = time.time,
    ) -> Self:
        """Start with the app of a manifest, as Slack publishes its schema.

        `scopes`: installed with these bot scopes only. `pace`: about one post a second and channel,
        as in the real one. `now` is the workspace's clock, in seconds since 1970.
        Raises ValueError when Slack would refuse the manifest.
        """
        server = cls(install(manifest, scopes), now, pace=pace)
        await server._doors.open()
        return server

    async def stop(self) -> None:
        """Close the port and every connection."""
        await self._deliveries.close()
        await self._request_urls.close()
        await self._doors.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """Where it listens."""
        return self.workspace.url

    @property
    def api_url(self) -> str:
        """The base of the Web API's addresses."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token."""
        return self.app.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token, for Socket Mode."""
        return self.app.app_token

    @property
    def signing_secret(self) -> str:
        """The secret that HTTP requests are signed with."""
        return self.app.signing_secret

    @property
    def calls(self) -> deque[Called]:
        """The latest calls of the Web API, oldest first."""
        return self._api.calls

    @property
    def deliveries(self) -> Deliveries:
        """What the app is told; holds `limit` and `given_up`."""
        return self._deliveries

    @property
    def redelivery(self) -> tuple[float, ...]:
        """The pauses in seconds before an event that wasn't acknowledged comes again."""
        return self._deliveries.redelivery

    @redelivery.setter
    def redelivery(self, pauses: tuple[float, ...]) -> None:
        self._deliveries.redelivery = pauses

    async def settled(self) -> None:
        """Wait until nothing waits for an acknowledgement."""
        await self._deliveries.settled()

    async def until(self, true: Callable[[], object], within: float = 3.0) -> None:
        """Wait until something is true of what people see, for what follows an early ack.

        Raises TimeoutError when it isn't within so many seconds.
        """
        async with asyncio.timeout(within):
            while not true():  # noqa: ASYNC110 - what is waited for may be anything
                await asyncio.sleep(_GLANCE)

    async def revoke(self, error: str = "account_inactive") -> None:
        """Uninstall the app: it hears so, its bot token answers `error`, its sockets are closed."""
        self.app.refusing = error
        await self._posting.news.of_app("tokens_revoked", {"tokens": {"bot": [self.bot.id]}})
        await self._posting.news.of_app("app_uninstalled", {})
        await self.sockets.dismiss("link_disabled")

    async def use_request_url(self, url: str) -> bool:
        """Send everything to a URL from now on, once it echoed the challenge."""
        if not await self._request_urls.verify(url, self._deliveries.limit):
            return False
        self.app.socket_mode = False
        self.app.request_url = self.app.interactivity_url = url
        self.app.commands = {name: {**each, "url": url} for name, each in self.app.commands.items()}
        return True

    async def connected(self, sockets: int = 1, within: float = 5.0) -> None:
        """Wait until the app holds so many sockets; TimeoutError when it doesn't in time."""
        async with asyncio.timeout(within):
            await self.sockets.held(sockets)

    def _line(self) -> Line:
        return self.sockets if self.app.socket_mode else self._request_urls
