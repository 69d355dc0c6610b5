"""discord.py's connections, led to the Discord that the settings name, for this client alone."""

from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route

from adapters.discord.settings import DiscordSettings

_PATIENCE = aiohttp.ClientTimeout(total=30, sock_connect=10)  # seconds for an answer
_LONGEST_WAIT = 30.0  # seconds; the least that the library takes
_BROKEN = 500  # HTTP's own number for what is Discord's to mend


class Rest(HTTPClient):
    """The library's REST interface with its rate limits.

    It leaves the addresses that all clients of this program share alone, waits for no answer
    without end, and tells of Discord's own failures at once: left to itself the library tries
    those five times and keeps whoever sends waiting for half a minute.
    """

    def __init__(self, settings: DiscordSettings, **given: Any) -> None:
        proxy = _proxy(settings.api_url)
        super().__init__(max_ratelimit_timeout=_LONGEST_WAIT, proxy=proxy, **given)
        self._api_url = settings.api_url.rstrip("/")
        self._gateway_url = settings.gateway_url

    async def request(self, route: Route, **more: Any) -> Any:
        """Make one call, as the library does, at the address of the settings."""
        if route.url.startswith(Route.BASE):
            route.url = self._api_url + route.url.removeprefix(Route.BASE)
        more.setdefault("timeout", _PATIENCE)
        return await super().request(route, raise_for_status=_told_at_once, **more)

    async def ws_connect(self, url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        """Connect to the gateway of the settings; where to resume says the gateway itself."""
        default = str(DiscordWebSocket.DEFAULT_GATEWAY).rstrip("/")
        if self._gateway_url and url.startswith(default):
            url = self._gateway_url.rstrip("/") + url.removeprefix(default).removeprefix("/")
        return await super().ws_connect(url, compress=compress)

    def clear(self) -> None:
        """Forget a connection that was closed, so that another login can open one."""
        super().clear()
        self.connector = discord.utils.MISSING


def _proxy(address: str) -> str | None:
    """The proxy that the environment names for an address."""
    parts = urlsplit(address)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


async def _told_at_once(response: aiohttp.ClientResponse) -> None:
    if response.status >= _BROKEN:
        raise discord.DiscordServerError(response, await response.text())
