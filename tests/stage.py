"""A stage for dialogues: people who speak through a channel made for tests, and what they heard.

`await ada.says("My VPN is down")`, then `ada.heard` holds what reached her. The desk, its book,
its courier and its clerk are the real ones; only the network is an object in memory.
"""

import asyncio
import contextlib
import functools
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from bot.channel import Chat, DeliveryFailed, Receive, WrongSettings
from bot.commands import COMMANDS
from bot.conversation import Conversation
from bot.counter import Counter
from bot.courier import Courier
from bot.desk import Desk
from bot.dialogue import Dialogue
from bot.ear import load_ear
from bot.jobs import JOBS
from bot.model.asset import Asset, Inventory
from bot.model.mailroom import Delivery
from bot.model.message import Address, Answer, ExternalId, Inbound, Outbound, Speaker, Upload
from bot.model.person import Role
from bot.model.settings import Agent, Knowledge, Team
from bot.model.settings import Desk as Settings
from bot.model.stamp import Stamps
from bot.reports import REPORTS
from bot.scheduler import Scheduler
from bot.store import Files, Store
from bot.text import load_texts
from bot.voice.critic import critic

PARLOUR = "parlour"
texts = functools.cache(load_texts)  # reading them takes longer than most scenes
ear = functools.cache(load_ear)
judge = functools.cache(critic)
PATIENCE = 20.0  # seconds for letters that are due to leave


class Clock(Protocol):
    """The test's clock."""

    def __call__(self): ...
    def move(self, **by: float): ...


class Parlour:
    """A channel in memory: every letter arrives, unless `trouble` says otherwise."""

    def __init__(self) -> None:
        self.delivered: list[Outbound] = []
        self.trouble: list[DeliveryFailed] = []
        self.attempts: list[int] = []

    async def listen(self, receive: Receive) -> None:  # noqa: ARG002 - people speak directly
        await asyncio.Event().wait()

    async def send(self, message: Outbound) -> ExternalId:
        self.attempts.append(message.row)
        if self.trouble:
            raise self.trouble.pop(0)
        self.delivered.append(message)
        return ExternalId(f"<out.{message.row}>")

    def read(self, raw: bytes, room: str) -> Inbound | None:
        author, _, text = raw.decode().partition(":")
        return Inbound(
            ExternalId(f"raw.{author}"), Address(PARLOUR, room), Speaker(author), text, raw=raw
        )

    async def check(self) -> list[str | WrongSettings]:
        return []

    async def close(self) -> None: ...


@dataclass
class Somebody:
    """A person on the stage."""

    stage: "Stage"
    address: str
    name: str = ""
    verified: bool = True
    language: str = ""
    names: list[ExternalId] = field(default_factory=list)

    async def says(
        self,
        text: str,
        *,
        subject: str = "",
        answers: Outbound | ExternalId | None = None,
        uploads: Sequence[Upload] = (),
        **differs: object,
    ) -> Answer | None:
        """Say something; everything that follows from it has been carried out afterwards."""
        name = ExternalId(f"<in.{next(self.stage.numbers)}@{self.address}>")
        replies_to: tuple[ExternalId, ...] = ()
        if isinstance(answers, Outbound):
            replies_to = (ExternalId(f"<out.{answers.row}>"),)
        elif answers:
            replies_to = (answers,)
        inbound = Inbound(
            external_id=name,
            address=Address(PARLOUR, "help"),
            speaker=Speaker(self.address, self.name, self.verified, self.language),
            text=text,
            full_text=text,
            subject=subject,
            uploads=tuple(uploads),
            replies_to=replies_to,
            raw=f"{self.address}:{text}".encode(),
        )
        self.names.append(name)
        answer = await self.stage.conversation.receive(replace(inbound, **differs))
        await self.stage.settles()
        return answer

    @property
    def letters(self) -> list[Outbound]:
        """What reached them, oldest first."""
        return [each for each in self.stage.parlour.delivered if each.recipient == self.address]

    @property
    def last(self) -> Outbound:
        """What reached them last."""
        return self.letters[-1]

    @property
    def heard(self) -> str:
        """The words of what reached them last, as they read them."""
        last = self.last
        words = [last.subject, last.greeting, last.text, last.closing]
        return "\n".join([*words, *(button.instead for button in last.buttons)])


@dataclass
class Stage:
    """A desk with a channel made for tests."""

    store: Store
    files: Files
    desk: Desk
    conversation: Conversation
    counter: Counter
    courier: Courier
    scheduler: Scheduler
    parlour: Parlour
    clock: Clock
    running: "asyncio.Task[None]"
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def person(self, address: str, name: str = "", **differs: object) -> Somebody:
        """Somebody who may speak."""
        return Somebody(self, address, name, **differs)

    async def settles(self) -> None:
        """Wait until every letter that is due has left."""
        async with asyncio.timeout(PATIENCE):
            await self._settle()

    async def _settle(self) -> None:
        while True:
            due, states = await self.store.read(
                lambda work: (work.outbox.next_due(PARLOUR), work.outbox.states())
            )
            if (due is None or due > self.clock()) and not states[Delivery.SENDING]:
                return
            await asyncio.sleep(0.005)

    async def passes(self, **time: float) -> None:
        """Let time pass, call every job, and wait for what follows."""
        self.clock.move(**time)
        for job in JOBS:
            await self.scheduler.call(job)
        self.courier.wake()
        await self.settles()

    async def ticket(self, number: int = 1):
        """A ticket as it stands."""
        return await self.store.read(lambda work: work.tickets.get(number))

    async def entries(self, number: int = 1):
        """A ticket's history."""
        return await self.store.read(lambda work: work.entries.of(number))


LEO = Agent("Leo Prats", {PARLOUR: "leo@desk.example"}, ("support",), language="en")
EVA = Agent("Eva Sanz", {PARLOUR: "eva@desk.example"}, ("support",), language="es")
IDA = Agent("Ida Berg", {PARLOUR: "ida@desk.example"}, ("network",), Role.ADMIN, "en")
UMA = Agent("Uma Rey", {PARLOUR: "uma@desk.example"}, ("network",), Role.QUALITY, "en")
MAX = Agent("Max Roth", {PARLOUR: "max@desk.example"}, ("network",), Role.LEAD, "en")
THINGS = Inventory((Asset(name="PC-0231", kind="laptop"), Asset(name="PR-2", kind="printer")))


KNOWLEDGE = Knowledge(patience=timedelta(seconds=10))  # the machine may be busy with other tests


def settings(**differs: object) -> Settings:
    """A small desk: two teams, three agents."""
    ordinary = Settings(
        name="Help desk",
        teams=(Team("support", "Support"), Team("network", "Network")),
        agents=(LEO, EVA, MAX),
        assets=THINGS,
        burst=timedelta(0),
        knowledge=KNOWLEDGE,
    )
    return replace(ordinary, **differs)


@asynccontextmanager
async def set_stage(
    store: Store,
    files: Files,
    clock: Clock,
    chosen: Settings | None = None,
    parlour: Parlour | None = None,
    own: Path | None = None,
    chat: bool = False,
    stamps: Stamps = Stamps.NOWHERE,
    **beside: object,
) -> AsyncIterator[Stage]:
    """Raise the curtain: the courier runs until the end of the scene.

    `own` is a folder of the desk's own texts; in a `chat` people have pages, and agents rooms,
    and it shows `stamps`. What else a `Desk` may be told of stands `beside`.
    """
    chosen = chosen or settings()
    chats = {PARLOUR: Chat("/desk", stamps)} if chat else {}
    spoken = texts(chosen.language, own=own)
    beside = {"critic": judge(own), **beside}
    desk = Desk(chosen, spoken, ear(own), chats=chats, mail=PARLOUR, **beside)
    desk.shelve(REPORTS)
    parlour = parlour or Parlour()
    courier = Courier(store, files, desk, {PARLOUR: parlour}, clock, "stage")
    dialogue = Dialogue(desk, COMMANDS, REPORTS)
    conversation = Conversation(store, files, dialogue, clock, b"key")
    counter = Counter(store, dialogue, clock, PARLOUR)
    scheduler = Scheduler(store, desk, JOBS, clock)
    await store.write(
        lambda work: [
            work.people.declare_agent(each.person, dict(each.addresses), clock())
            for each in chosen.agents
        ]
    )
    store.on_letters(courier)
    running = asyncio.create_task(courier.run())
    try:
        yield Stage(
            store, files, desk, conversation, counter, courier, scheduler, parlour, clock, running
        )
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
