"""A local Discord for the demo, the tests and the benchmarks, to the published wire format."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Self

from sandbox.discord import greetings
from sandbox.discord.application import Application
from sandbox.discord.doors import Doors
from sandbox.discord.gateway import Gateway
from sandbox.discord.guild import Guild
from sandbox.discord.limits import Limits
from sandbox.discord.mischief import Mischief
from sandbox.discord.news import Event, Intent, News
from sandbox.discord.people import ACTS, People
from sandbox.discord.posting import Posting
from sandbox.discord.rest import Called, Rest
from sandbox.discord.routes import WORLD
from sandbox.discord.trouble import Troubles
from sandbox.discord.user import User
from sandbox.discord.world import World

_GLANCE = 0.002  # seconds between two looks
_QUIET = 5  # looks in a row that see nothing going on


class DiscordServer(People, Mischief):
    """All of Discord with one application; to be used with `async with`.

    Where it is: `url`, `api_url`, `gateway_url`. The bot's: `token`, `application_id`, `bot`.
    """

    def __init__(self, application: Application, now: Callable[[], float], *, pace: bool) -> None:
        world = World(application, now)
        gateway = Gateway(world)
        news = News(world, gateway)
        limits, troubles = Limits(), Troubles()
        limits.paced = pace
        self.posting = Posting(world, news)
        self._rest = Rest(world, self.posting, limits, troubles)
        self._rest.serve([*WORLD, *ACTS])
        doors = Doors(world, self._rest, gateway)
        People.__init__(self, world, self.posting)
        Mischief.__init__(self, world, self.posting, gateway, limits, troubles, doors)

    @classmethod
    async def start(
        cls,
        application: Application | None = None,
        *,
        pace: bool = False,
        now: Callable[[], float] = time.time,
    ) -> Self:
        """Start with an application, else one that was granted all it may need.

        `pace`: the limits of the real one. `now` is the clock, in seconds since 1970.
        """
        server = cls(application or Application(), now, pace=pace)
        await server._doors.open()
        return server

    async def stop(self) -> None:
        """Close the port and every connection."""
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
        return self.world.url

    @property
    def api_url(self) -> str:
        """The base of the REST interface's addresses."""
        return f"{self.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """Where the gateway is."""
        return self.url.replace("http", "ws", 1) + "/gateway"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.application.token

    @property
    def application_id(self) -> int:
        """The application's id."""
        return self.world.application_id

    @property
    def bot(self) -> User:
        """The bot's account."""
        return self.world.bot

    @property
    def calls(self) -> deque[Called]:
        """The latest calls of the REST interface, oldest first."""
        return self._rest.calls

    def guild(self, name: str) -> Guild:
        """Found a guild that the bot is in, with a role of its own."""
        guild = self.world.add_guild(name)
        data = greetings.guild(self.world, guild, newly=True)
        self.gateway.carry(Event("GUILD_CREATE", data, Intent.GUILDS))
        return guild

    async def settled(self) -> None:
        """Wait until the bot was told everything and, for a moment, asked nothing more."""
        quiet = 0
        while quiet < _QUIET:
            await asyncio.sleep(_GLANCE)
            quiet = quiet + 1 if self.gateway.idle and not self._rest.busy else 0

    async def until(self, true: Callable[[], object], within: float = 3.0) -> None:
        """Wait until something is true; TimeoutError when it isn't within so many seconds."""
        async with asyncio.timeout(within):
            while not true():  # noqa: ASYNC110 - what is waited for may be anything
                await asyncio.sleep(_GLANCE)

    async def connected(self, sessions: int = 1, within: float = 5.0) -> None:
        """Wait until the bot holds so many sessions; TimeoutError when it doesn't in time."""
        async with asyncio.timeout(within):
            await self.gateway.held(sessions)
