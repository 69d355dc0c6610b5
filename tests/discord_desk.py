"""A stage for people at their Discord, in front of the whole desk as operators start it.

`post = await ana.says("No me va la VPN", channel=stage.help)`, `await stage.rests()`, then
`assert "IT-1" in stage.read(post)`. What people see is the local Discord's; the desk talks to it
through its own libraries, over sockets.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from channel_face import Shape, same
from clock import Clock
from discord_office import AT_THE_DESK, Office, open_office
from mail_people import Somebody, until
from mail_stage import CAST, at_work
from slack_desk import start_mail, with_mail

from bot.app import App
from bot.config import Config
from bot.jobs import JOBS
from bot.model.entry import Entry, Note
from bot.model.mailroom import Account, Delivery
from bot.model.ticket import Ticket
from sandbox.discord import Message, Person, Thread
from sandbox.mail import MailServer

_A_BREATH = 0.1  # seconds: by then the next history is asked for
_A_MOMENT = 4  # seconds: what is drawn with a pause is drawn then


@dataclass(repr=False)
class DiscordStage:
    """A whole desk at work on a server; `mail` is its mail server, if it has one."""

    app: App
    office: Office
    clock: Clock
    mail: MailServer | None = None
    correspondents: dict[str, Somebody] = field(default_factory=dict)
    begun: int = 0  # how many calls Discord had taken before

    def __getattr__(self, name: str) -> Any:
        return getattr(self.office, name)  # discord, guild, help, corner, forum, lounge, agents

    def person(self, key: str) -> Person:
        """Somebody at their Discord."""
        return self.office.people[key]

    def by_mail(self, key: str) -> Somebody:
        """The same person at their mailbox."""
        assert self.mail, "a stage without mail"
        if key not in self.correspondents:
            found = Somebody(self.mail, self.clock, self.rests, *CAST[key])
            self.correspondents[key] = found
        return self.correspondents[key]

    async def rests(self, **time: float) -> None:
        """Wait until all is taken in, sent, and drawn anew; `time` passes meanwhile."""
        await until(self._is_quiet)
        self.clock.move(**(time or {"seconds": _A_MOMENT}))
        self.app.courier.wake()
        await until(self._is_quiet)

    async def passes(self, **time: float) -> None:
        """Let time pass and call every job, as the scheduler would."""
        self.clock.move(**time)
        for job in JOBS:
            await self.app.scheduler.call(job)
        self.app.courier.wake()
        await self.rests()

    async def told(self, person: Person, piece: str = "") -> str:
        """What only they are shown, once it has come; it must hold `piece`."""
        found: list[str] = []
        try:
            await self.discord.until(
                lambda: (
                    found.extend(e.words for e in person.ephemerals if piece in e.words) or found
                )
            )
        except TimeoutError:
            seen = [each.words for each in person.ephemerals]
            raise AssertionError(f"{piece!r} isn't in {seen}, {person.errors}") from None
        person.ephemerals.clear()
        return found[-1]

    def thread(self, post: Message) -> Thread:
        """The thread that a message is in, or began."""
        began = self.guild.threads.get(post.id)
        return began or self.guild.threads[post.channel_id]  # type: ignore[no-any-return]  # rooms come through __getattr__

    def answers(self, post: Message) -> list[Message]:
        """What the desk and, under their own names, its agents said below a post, oldest first."""
        thread = self.guild.threads.get(post.id)
        return [each for each in thread or () if each.author.bot and each.components]

    def between_us(self, reference: str) -> Thread:
        """The private thread of a ticket."""
        found = [each for each in self.guild.threads.values() if each.name == reference]
        (thread,) = [each for each in found if each.private]
        return thread  # type: ignore[no-any-return]  # rooms come through __getattr__

    def read(self, post: Message) -> str:
        """The last that the desk said below a post."""
        return self.answers(post)[-1].words

    def talk(self, person: Person) -> list[Message]:
        """What the desk says to somebody directly, oldest first."""
        return [each for each in person.direct if each.author is self.discord.bot]

    def card(self, number: int = 1) -> Message:
        """A ticket's card in the agents' room, the only one."""
        (card,) = [each for each in self.agents if f"IT-{number} · " in each.words.split("\n")[0]]
        return card  # type: ignore[no-any-return]  # rooms come through __getattr__

    def below(self, number: int = 1) -> list[str]:
        """What stands below a ticket's card."""
        return [each.words for each in self.thread(self.card(number)) if each.words]

    async def caught_up(self) -> None:
        """Wait until this desk has read what it missed: two seconds after it connected."""

        def asked() -> bool:
            since = list(self.discord.calls)[self.begun :]
            return any(each.path.endswith("/threads/active") for each in since)

        await self.discord.until(asked)
        calls = -1
        while calls != len(self.discord.calls):
            calls = len(self.discord.calls)
            await asyncio.sleep(_A_BREATH)
        await self.rests()

    async def declared(self) -> None:
        """Wait until Discord knows the desk's commands."""
        calls = self.discord.calls
        await self.discord.until(
            lambda: any("commands" in e.path for e in calls if e.method == "PUT")
        )

    async def ticket(self, number: int = 1) -> Ticket | None:
        """A ticket as it stands."""
        return await self.app.store.read(lambda work: work.tickets.get(number))

    async def tickets(self) -> list[Ticket]:
        """All of them, the first one first."""
        newest = await self.app.store.read(lambda work: work.tickets.newest(200))
        return sorted(newest, key=lambda each: each.id)

    async def entries(self, number: int = 1) -> Sequence[Entry]:
        """A ticket's history."""
        return await self.app.store.read(lambda work: work.entries.of(number))

    async def said(self, number: int = 1) -> list[str]:
        """The words in a ticket's history."""
        return [each.text for each in await self.entries(number) if hasattr(each, "text")]

    async def hears(self, words: str, number: int = 1, within: float = 8.0) -> None:
        """Wait until somebody's words stand in a ticket's history."""

        async def holds() -> bool:
            return any(words in each for each in await self.said(number))

        await until(holds, within)

    async def account(self) -> Account:
        """What came in by Discord and how it ended."""
        accounts = await self.app.store.read(lambda work: work.inbox.accounts())
        return next(each for each in accounts if each.channel == "discord")

    def seen_by(self, person: Person) -> str:
        """All that somebody can read here, whoever wrote it."""
        places = [*self.guild.channels.values(), *self.guild.threads.values()]
        posts = [each for place in places if self.guild.sees(person.id, place) for each in place]
        own = [*person.direct, *person.ephemerals]
        return "\n".join(each.words for each in [*posts, *own])

    async def keeps_its_counsel(self) -> None:
        """Nothing that was noted among agents is to be seen by anybody else."""
        entries = [
            each for ticket in await self.tickets() for each in await self.entries(ticket.id)
        ]
        notes = [each.text for each in entries if isinstance(each, Note) and each.text]
        for key, person in self.office.people.items():
            if key not in AT_THE_DESK:
                leaked = [each for each in notes if each in self.seen_by(person)]
                assert not leaked, f"{key} can read {leaked}"

    async def _is_quiet(self) -> bool:
        """Whether nothing is on its way, comes in, or is due, twice in a row."""
        calls = None
        while calls != len(self.discord.calls):
            calls = len(self.discord.calls)
            await self.discord.settled()
            if _is_told() or not await self._nothing_is_due():
                return False
        return True

    async def _nothing_is_due(self) -> bool:
        def due(work: Any) -> bool:
            at = [work.outbox.next_due(channel) for channel in self.app.channels]
            waits = any(each is not None and each <= self.clock() for each in at)
            return waits or bool(work.outbox.states()[Delivery.SENDING])

        return not await self.app.store.read(due)


def _is_told() -> bool:
    """Whether the desk is hearing of something: the library does that in tasks of this name."""
    return any(each.get_name().startswith("discord.py: on_") for each in asyncio.all_tasks())


@asynccontextmanager
async def set_discord_stage(
    url: str,
    folder: Path,
    clock: Clock,
    *,
    mail: bool = False,
    shape: Shape = same,
    **differs: Any,
) -> AsyncIterator[DiscordStage]:
    """Raise the curtain: the desk listens and sends until the end of the scene.

    `differs` are settings of the desk's own, which `shape` may change.
    """
    async with AsyncExitStack() as scene:
        office = await scene.enter_async_context(open_office(clock))
        config = office.config(url, folder, shape(office.desk(**differs)))
        server = await scene.enter_async_context(await start_mail()) if mail else None
        if server:
            config = with_mail(config, server)
        stage = await scene.enter_async_context(desk_of(office, config, clock, server))
        yield stage
        for each in stage.correspondents.values():
            await each.inbox.close()


@asynccontextmanager
async def desk_of(
    office: Office, config: Config, clock: Clock, mail: MailServer | None = None
) -> AsyncIterator[DiscordStage]:
    """The desk at work in an office that was there before."""
    async with at_work(config, clock) as app:
        await office.discord.connected()
        stage = DiscordStage(app, office, clock, mail, begun=len(office.discord.calls))
        yield stage
        await stage.keeps_its_counsel()
