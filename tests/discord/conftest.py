"""A local Discord with a server, its rooms and its people, and the desk's way to it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.discord.client import Client, Hear
from adapters.discord.known_tags import KnownTags
from adapters.discord.send import Sending
from adapters.discord.settings import DiscordSettings
from adapters.discord.web_api import WebApi
from bot.model.message import Address, ExternalId, Outbound
from sandbox.discord import DiscordServer, Message, Thread


@dataclass
class Notes:
    """What a cursor keeps."""

    kept: dict[str, str] = field(default_factory=dict)

    async def load(self, key: str) -> str:
        return self.kept.get(key, "")

    async def save(self, key: str, value: str) -> None:
        self.kept[key] = value

    def now(self) -> datetime:
        return datetime.now(UTC)


class Office:
    """A server with rooms for requests, for talk and for agents, and the people in it."""

    def __init__(self, discord: DiscordServer) -> None:
        self.discord = discord
        self.notes = Notes()
        self.guild = discord.guild("Example")
        self.help = self.guild.text("help")
        self.lounge = self.guild.text("lounge")
        self.ideas = self.guild.forum("ideas", tags=["vpn"])
        self.ana = discord.person("Ana Ruiz", locale="es-ES", guilds=[self.guild])
        self.leo = discord.person("Leo Lang", guilds=[self.guild])
        members = [self.leo, discord.bot]
        self.agents = self.guild.text("agents", private=True, members=members)
        self.api = WebApi(self.settings())
        self.tags = KnownTags(self.notes, "discord")
        self.sending = Sending(self.api, self.tags)

    def settings(self, **more: Any) -> DiscordSettings:
        given = {
            "token": self.discord.token,
            "api_url": self.discord.api_url,
            "gateway_url": self.discord.gateway_url,
        }
        return DiscordSettings(**(given | more))

    @asynccontextmanager
    async def connected(self, hears: Mapping[str, Hear] | None = None) -> AsyncIterator[Client]:
        """A client that holds a session."""
        client = Client(self.settings(), hears or {}, wait=0.02)
        holding = asyncio.create_task(client.hold())
        try:
            async with asyncio.timeout(5):
                while not client.is_ready():
                    assert not holding.done(), holding.exception()
                    await asyncio.sleep(0.002)
            yield client
        finally:
            holding.cancel()
            await asyncio.gather(holding, return_exceptions=True)

    def standing(self, name: ExternalId) -> Message:
        """The message of this name."""
        channel, _, own = name.partition(":")
        return self.discord.world.channel(int(channel)).messages[int(own)]

    def thread(self, of: Message) -> Thread:
        """The thread that was begun at a message."""
        return self.guild.threads[of.id]

    def said_in(self, channel: Any) -> list[str]:
        """The words of the desk in a channel, oldest first."""
        own = [each for each in channel if each.author is self.discord.bot]
        return [each.words for each in own if each.components or each.content]


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with await DiscordServer.start() as server:
        office = Office(server)
        yield office
        await office.api.close()


@pytest.fixture
def outbound() -> Callable[..., Outbound]:
    """Makes a message to deliver."""

    def made(**more: Any) -> Outbound:
        given: dict[str, Any] = {
            "row": 1,
            "to": Address("discord", ""),
            "recipient": "",
            "text": "It works again",
            "created_at": datetime.now(UTC),
            **more,
        }
        return Outbound(**given)

    return made
