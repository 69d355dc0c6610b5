"""A Discord server with people and rooms, in which a desk is about to open."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clock import Clock
from mail_stage import CAST, KNOWLEDGE, MADRID

from adapters.discord.room import Room
from adapters.discord.settings import DiscordSettings
from bot.config import Config, LogSettings, StoreSettings
from bot.model.settings import Agent, Desk, Team
from sandbox.discord import DiscordServer, Guild, GuildChannel, Person

MENU = "Make a ticket of this"
WHO: Mapping[str, tuple[str, str]] = {
    "ana": ("Ana Ruiz", "es-ES"),
    "tom": ("Tom Baker", "en-GB"),
    "bob": ("Bob Hill", "en-US"),
    "sara": ("Sara Stone", "en-GB"),
    "hugo": ("Hugo Sanz", "es-ES"),
}
"""Name and locale."""
AT_THE_DESK = {"sara": "en", "hugo": "es"}


@dataclass(repr=False)
class Office:
    """A server with people and rooms, before the desk opens."""

    discord: DiscordServer
    guild: Guild
    people: Mapping[str, Person]
    help: GuildChannel  # each message is a request
    corner: GuildChannel  # people also just talk, so they are asked first
    forum: GuildChannel  # each post is a request
    staff: GuildChannel  # each message is a request, which has a private thread
    lounge: GuildChannel  # no room of the desk's, but it is there
    agents: GuildChannel  # where the agents work

    def config(self, url: str, folder: Path, desk: Desk | None = None, **discord: Any) -> Config:
        """The config of a desk that has its book at `url` and works here."""
        rooms = (
            Room(channel=str(self.help.id)),
            Room(channel=str(self.corner.id), ask_first=True),
            Room(channel=str(self.forum.id)),
            Room(channel=str(self.staff.id), threads="private"),
        )
        settings = DiscordSettings(
            **{
                "token": self.discord.token,
                "api_url": self.discord.api_url,
                "gateway_url": self.discord.gateway_url,
                "rooms": rooms,
            }
            | discord
        )
        store = StoreSettings(database=url, files=folder / "files", secret_file=folder / "secret")
        chosen = desk or self.desk()
        return Config(chosen, store, None, False, LogSettings(), {"discord": settings})

    def desk(self, **differs: Any) -> Desk:
        """One team with its room, two agents, known by their accounts."""
        agents = (
            Agent(
                self.people[key].name,
                {"discord": str(self.people[key].id), "email": CAST[key][0]},
                ("support",),
                language=language,
            )
            for key, language in AT_THE_DESK.items()
        )
        ordinary = Desk(
            name="Help desk",
            zone=MADRID,
            knowledge=KNOWLEDGE,
            teams=(
                Team("support", "Support", {"discord": str(self.agents.id)}),
                Team("network", "Network"),
            ),
            agents=tuple(agents),
        )
        return replace(ordinary, **differs)


@asynccontextmanager
async def open_office(clock: Clock) -> AsyncIterator[Office]:
    """A server whose clock goes on from the desk's."""
    began = time.monotonic()

    def now() -> float:
        return clock().timestamp() + time.monotonic() - began

    async with await DiscordServer.start(now=now) as discord:
        guild = discord.guild("Example")
        people = {
            key: discord.person(name, locale=locale, guilds=[guild])
            for key, (name, locale) in WHO.items()
        }
        staff = [*(people[key] for key in AT_THE_DESK), discord.bot]
        yield Office(
            discord,
            guild,
            people,
            help=guild.text("help"),
            corner=guild.text("corner"),
            forum=guild.forum("questions"),
            staff=guild.text("staff"),
            lounge=guild.text("lounge"),
            agents=guild.text("desk", private=True, members=staff),
        )
