"""A local Discord with a bot that is driven by the unmodified discord.py."""

import asyncio
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from sandbox.discord import (
    Application,
    Channel,
    DiscordServer,
    Guild,
    GuildChannel,
    Message,
    Person,
    User,
)
from sandbox.discord.message import Draft

with warnings.catch_warnings():  # discord.py imports audioop, which Python gives up
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord

Rest = Callable[..., Awaitable[tuple[int, Any]]]


class Listening(discord.Client):
    """A client that keeps what it heard."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.heard: list[tuple[str, tuple[Any, ...]]] = []
        self.running: asyncio.Task[None] | None = None

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        self.heard.append((event, args))
        super().dispatch(event, *args, **kwargs)

    def times(self, event: str) -> int:
        """How often an event was heard."""
        return sum(name == event for name, _ in self.heard)

    def latest(self, event: str) -> Any:
        """The first value of the latest event of a name."""
        return next(args for name, args in reversed(self.heard) if name == event)[0]

    def all_of(self, event: str) -> list[Any]:
        """The first values of all events of a name."""
        return [args[0] for name, args in self.heard if name == event]


@pytest.fixture
def application() -> Application:
    """An application that a test may change before the server starts."""
    return Application()


@pytest.fixture
async def server(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[DiscordServer]:
    """The local Discord; discord.py looks for Discord there."""
    async with await DiscordServer.start(application) as running:
        monkeypatch.setattr(discord.http.Route, "BASE", running.api_url)
        gateway = discord.gateway.yarl.URL(running.gateway_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        yield running


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    return server.guild("Example")


@pytest.fixture
def help_(guild: Guild) -> GuildChannel:
    """A text channel that everybody sees."""
    return guild.text("help")


@pytest.fixture
def ideas(guild: Guild) -> GuildChannel:
    """A forum with tags, one of them for those who manage threads."""
    return guild.forum("ideas", tags=["vpn", "mail"], moderated=["solved"])


@pytest.fixture
def account(server: DiscordServer, guild: Guild) -> Callable[[str], User]:
    """Gives somebody an account and lets them into the guild."""

    def named(name: str) -> User:
        user = server.world.add_user(name)
        guild.join(user)
        return user

    return named


@pytest.fixture
def somebody(account: Callable[[str], User]) -> User:
    return account("Ana Ruiz")


@pytest.fixture
def ana(server: DiscordServer, guild: Guild) -> Person:
    """Ana, a member of the guild with a Spanish client."""
    return server.person("Ana Ruiz", locale="es-ES", guilds=[guild])


@pytest.fixture
def posts(server: DiscordServer) -> Callable[..., Message]:
    """Posts in somebody's name: (user, words, channel), or directly to the bot."""

    def say(user: User, words: str, channel: Channel | None = None, **more: Any) -> Message:
        place = channel or server.world.direct(user)
        return server.posting.publish(place, user, Draft(words, **more))

    return say


@pytest.fixture
async def connect(server: DiscordServer) -> AsyncIterator[Callable[..., Awaitable[Listening]]]:
    """Connects a client; without `wait` it isn't ready yet."""
    running: list[tuple[Listening, asyncio.Task[None]]] = []

    async def now(
        *, intents: discord.Intents | None = None, wait: bool = True, **options: Any
    ) -> Listening:
        client = Listening(
            intents=intents or granted(),
            guild_ready_timeout=0.02,
            **options,
        )
        task = client.running = asyncio.create_task(client.start(server.token))
        running.append((client, task))
        if wait:
            async with asyncio.timeout(5):
                while not client.is_ready():
                    assert not task.done(), task.exception()
                    await asyncio.sleep(0.002)
        return client

    yield now
    for client, task in running:
        await client.close()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def client(
    connect: Callable[..., Awaitable[Listening]], help_: GuildChannel, ideas: GuildChannel
) -> Listening:
    """A client that is ready."""
    return await connect()


def granted() -> discord.Intents:
    """All intents that the application is granted."""
    intents = discord.Intents.all()
    intents.presences = False
    return intents


@pytest.fixture
async def rest(server: DiscordServer) -> AsyncIterator[Rest]:
    """Makes a bare call and returns the status and the body: (method, path, json)."""
    async with aiohttp.ClientSession() as session:

        async def call(
            method: str, path: str, body: Any = None, *, token: str | None = None, **more: Any
        ) -> tuple[int, Any]:
            headers = {"Authorization": f"Bot {server.token if token is None else token}"}
            url = server.api_url + path
            async with session.request(method, url, json=body, headers=headers, **more) as answer:
                raw = await answer.read()
                call.headers = answer.headers
                is_json = answer.headers.get("Content-Type") == "application/json"
                return answer.status, await answer.json() if is_json else raw

        yield call


@pytest.fixture
def refused() -> Callable[[Awaitable[Any]], Awaitable[tuple[int, int]]]:
    """Makes a call of discord.py's that is refused, and returns the status and the code."""

    async def error(call: Awaitable[Any]) -> tuple[int, int]:
        with pytest.raises(discord.HTTPException) as no:
            await call
        return no.value.status, no.value.code

    return error
