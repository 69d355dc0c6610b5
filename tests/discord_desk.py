"""A whole desk at work on a Discord server, for the acceptance tests."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from clock import Clock
from mail_people import until
from mail_stage import at_work

from adapters.discord.room import Room
from adapters.discord.settings import DiscordSettings
from bot.app import App
from bot.config import Config
from bot.config.tables import LogSettings, StoreSettings
from bot.model.mailroom import Delivery
from bot.model.settings import Agent, Desk, Team
from bot.model.ticket import Ticket
from sandbox.discord import DiscordServer, Guild, GuildChannel, Message, Person

MADRID = ZoneInfo("Europe/Madrid")
WHO = {"ana": ("Ana Ruiz", "es-ES"), "tom": ("Tom Baker", "en-GB"), "bob": ("Bob Hill", "en-GB")}
AGENTS = {"sara": ("Sara Stone", "en-GB"), "hugo": ("Hugo Sanz", "es-ES")}
_LOOKS, _GLANCE = 4, 0.02  # and seconds between them
_A_MOMENT = 1.0  # seconds for which a card waits before it is drawn anew


@dataclass(repr=False)
class DiscordStage:
    """The desk, the server it is on, and its people."""

    app: App
    discord: DiscordServer
    people: Mapping[str, Person]
    guild: Guild
    help: GuildChannel
    lounge: GuildChannel
    agents: GuildChannel
    clock: Clock

    def person(self, key: str) -> Person:
        """Somebody at their Discord."""
        return self.people[key]

    async def rests(self, **passes: float) -> None:
        """Wait until all is taken in, sent, and drawn anew."""
        await until(self._is_quiet)
        self.clock.move(**(passes or {"seconds": _A_MOMENT}))
        self.app.courier.wake()
        await until(self._is_quiet)

    async def ticket(self, number: int = 1) -> Ticket | None:
        """A ticket as it stands."""
        return await self.app.store.read(lambda work: work.tickets.get(number))

    def below(self, post: Message) -> list[Message]:
        """What stands in the thread of a message."""
        thread = self.guild.threads.get(post.id)
        own = thread.messages.values() if thread else ()
        return [each for each in own if each.author.id == self.discord.bot.id and each.words]

    def card(self) -> Message:
        """The only ticket's card in the agents' room."""
        (card,) = self.agents.messages.values()
        return card

    def told(self, person: Person) -> list[str]:
        """What the desk says to somebody directly, oldest first."""
        own = person.direct.messages.values()
        return [each.words for each in own if each.author.id == self.discord.bot.id]

    async def declared(self) -> None:
        """Wait until Discord knows the desk's commands."""

        def known() -> bool:
            calls = self.discord.calls
            return any(each.method == "PUT" and "commands" in each.path for each in calls)

        await self.discord.until(known)

    async def _is_quiet(self) -> bool:
        """Whether for a while nothing is on its way, comes in, or is due."""
        seen = None
        for _ in range(_LOOKS):
            await self.discord.settled()
            if not await self._nothing_is_due():
                return False
            arrived = await self.app.store.read(lambda work: work.inbox.accounts())
            now = (len(self.discord.calls), str(arrived))
            if seen not in (None, now):
                return False
            seen = now
            await asyncio.sleep(_GLANCE)
        return True

    async def _nothing_is_due(self) -> bool:
        def due(work) -> bool:
            sending = work.outbox.states()[Delivery.SENDING]
            at = work.outbox.next_due("discord")
            return bool(sending) or (at is not None and at <= self.clock())

        return not await self.app.store.read(due)


@asynccontextmanager
async def set_discord_stage(
    url: str, folder: Path, clock: Clock, **differs: Any
) -> AsyncIterator[DiscordStage]:
    """A server with a support room and a private room of the agents; the desk `differs` in that."""
    began = time.monotonic()

    def now() -> float:
        return clock().timestamp() + time.monotonic() - began

    async with await DiscordServer.start(now=now) as server:
        guild = server.guild("Example")
        everybody = {**WHO, **AGENTS}
        people = {
            key: server.person(name, locale=locale, guilds=[guild])
            for key, (name, locale) in everybody.items()
        }
        staff = [people[key].user for key in AGENTS]
        help_, lounge = guild.text("help"), guild.text("lounge")
        agents = guild.text("desk", private=True, members=[*staff, server.bot])
        settings = DiscordSettings(
            token=server.token,
            api_url=server.api_url,
            gateway_url=server.gateway_url,
            rooms=(Room(channel=str(help_.id)),),
        )
        desk = Desk(
            name="Help desk",
            zone=MADRID,
            teams=(Team("support", "Support", {"discord": str(agents.id)}),),
            agents=tuple(
                Agent(name, {"discord": str(people[key].id)}) for key, (name, _) in AGENTS.items()
            ),
        )
        store = StoreSettings(database=url, files=folder / "files", secret_file=folder / "secret")
        desk = replace(desk, **differs)
        config = Config(desk, store, None, False, LogSettings(), {"discord": settings})
        async with at_work(config, clock) as app:
            await server.connected()
            yield DiscordStage(app, server, people, guild, help_, lounge, agents, clock)
