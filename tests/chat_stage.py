"""A chat in memory: a help room, the agents' room, and a direct talk with each person.

Messages are named "room:number"; a letter goes to where a door that follows `Outbound` puts it.
"""

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from stage import PARLOUR, Clock, Parlour, Stage, set_stage, settings

from bot.channel import DeliveryFailed
from bot.model.message import (
    Address,
    Answer,
    ExternalId,
    Inbound,
    Nature,
    Outbound,
    Shows,
    Speaker,
)
from bot.model.settings import Desk as Settings
from bot.model.settings import Team
from bot.model.stamp import Stamps
from storage import Database
from storage.files import Files

HELP, AGENTS = "help", "agents"


class ChatParlour(Parlour):
    """Puts each letter where the contract of a chat says, and names it by that place."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[tuple[str, str, Outbound]] = []
        self.shut: set[str] = set()
        self.refuses: dict[str, list[DeliveryFailed]] = {}

    async def send(self, message: Outbound) -> ExternalId:
        room, thread = self.place(message)
        if self.refuses.get(room):
            raise self.refuses[room].pop(0)
        if room in self.shut:
            raise DeliveryFailed("channel_not_found", permanent=True)
        await super().send(message)
        if message.shows is Shows.UNSAID:
            self.places = [
                (*there, message if each.row == message.row else each)
                for *there, each in self.places
            ]
            return message.replaces
        self.places.append((room, thread, message))
        if message.shows is Shows.HOME:
            return ExternalId(f"home:{message.recipient}")
        return message.replaces or ExternalId(f"{room}:out{message.row}")

    def place(self, message: Outbound) -> tuple[str, str]:
        """The room and the thread in which readers find it."""
        if message.to.thread:
            return message.to.room, message.to.thread
        there = [each.split(":") for each in message.replies_to]
        for room, thread in there:
            if message.to.room and room == message.to.room:
                return room, thread
        if not message.recipient:
            return message.to.room, ""
        direct = f"dm-{message.recipient}"
        return direct, next((thread for room, thread in there if room == direct), "")


@dataclass
class Chat:
    """A stage with rooms."""

    stage: Stage
    parlour: ChatParlour
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def next_id(self, room: str) -> ExternalId:
        return ExternalId(f"{room}:{next(self.numbers)}")

    def place(self, room: str, thread: str = "") -> Address:
        return Address(PARLOUR, room, thread)

    async def takes(self, inbound: Inbound) -> Answer | None:
        """Take it in, and carry out what follows, cards and pages too."""
        answer = await self.stage.conversation.receive(inbound)
        await self.rests()
        return answer

    async def rests(self, **time: float) -> None:
        """Let a moment pass: what is drawn is drawn now."""
        await self.stage.settles()
        self.stage.clock.move(**(time or {"seconds": 5}))
        self.stage.courier.wake()
        await self.stage.settles()

    @property
    def public(self) -> list[str]:
        """Whatever was posted where requesters read along."""
        return [said(each) for room, _, each in self.parlour.places if room == HELP]

    @property
    def cards(self) -> list[Outbound]:
        return [each for each in self.parlour.delivered if each.shows is Shows.CARD]

    @property
    def homes(self) -> list[Outbound]:
        return [each for each in self.parlour.delivered if each.shows is Shows.HOME]

    @property
    def below(self) -> list[Outbound]:
        """What was posted below a card."""
        there = (each for room, _, each in self.parlour.places if room == AGENTS)
        return [each for each in there if each.shows in (Shows.WORDS, Shows.UNSAID)]

    async def card_id(self, ticket: int = 1) -> ExternalId:
        panels = await self.stage.store.read(lambda work: work.outbox.panels(ticket=ticket))
        assert panels[0].external_id, "it was posted"
        return panels[0].external_id


@dataclass
class Member:
    """Somebody in the chat."""

    chat: Chat
    id: str
    name: str = ""
    also: tuple[tuple[str, str], ...] = ()
    verified: bool = True

    @property
    def speaker(self) -> Speaker:
        return Speaker(self.id, self.name, self.verified, also=self.also)

    def inbound(self, text: str, room: str, thread: str = "", **differs: object) -> Inbound:
        """A message of theirs; a root message is a thread of its own."""
        name = self.chat.next_id(room)
        replies = (ExternalId(f"{room}:{thread}"),) if thread else ()
        place = self.chat.place(room, thread or name.split(":")[1])
        inbound = Inbound(
            name, place, self.speaker, text, replies_to=replies, raw=f"{self.id}:{text}".encode()
        )
        return replace(inbound, **differs)

    async def posts(self, text: str, **differs: object) -> Inbound:
        """Begin a thread in the help room."""
        inbound = self.inbound(text, HELP, public=True, **differs)
        await self.chat.takes(inbound)
        return inbound

    async def joins(self, root: Inbound, text: str, **differs: object) -> Inbound:
        """Say something in a thread of the help room, to nobody in particular."""
        known = {"public": True, "overheard": True} | differs
        inbound = self.inbound(text, HELP, root.address.thread, **known)
        await self.chat.takes(inbound)
        return inbound

    async def writes_below(self, text: str, ticket: int = 1, **differs: object) -> Answer | None:
        """Say something in the thread of a ticket's card."""
        thread = (await self.chat.card_id(ticket)).split(":")[1]
        known = {"internal": True, "overheard": True, "interactive": True} | differs
        return await self.chat.takes(self.inbound(text, AGENTS, thread, **known))

    async def signs(self, words: str, on: Inbound | ExternalId) -> Answer | None:
        """Put an emoji on a message, which stands for these words."""
        about = on if isinstance(on, str) else on.external_id
        room, number = about.split(":")
        thread = number if isinstance(on, str) else on.address.thread
        inbound = self.inbound(words, room, thread, sign=True, interactive=True, public=True)
        return await self.chat.takes(replace(inbound, replies_to=(ExternalId(about),)))

    async def edits(self, before: Inbound, text: str, **differs: object) -> None:
        """Change what they said."""
        now = self.inbound(text, before.address.room, before.address.thread, nature=Nature.EDIT)
        where = {"replies_to": (before.external_id,), "internal": before.internal}
        await self.chat.takes(replace(now, **where, public=before.public, **differs))

    async def takes_back(self, before: Inbound) -> None:
        """Delete what they said."""
        room, thread = before.address.room, before.address.thread
        now = self.inbound("", room, thread, nature=Nature.DELETION)
        await self.chat.takes(replace(now, replies_to=(before.external_id,)))

    async def commands(self, text: str, room: str = HELP, **differs: object) -> Answer | None:
        """Give a slash command, press a button or send a form."""
        known = {"interactive": True, "asked": True} | differs
        return await self.chat.takes(self.inbound(text, room, **known))

    def asks(self, text: str, room: str = AGENTS, **differs: object) -> Inbound:
        """What a door asks the counter with, for these words."""
        return self.inbound(text, room, interactive=True, asked=True, **differs)

    @property
    def letters(self) -> list[Outbound]:
        delivered = self.chat.parlour.delivered
        return [x for x in delivered if x.recipient == self.id and x.shows is Shows.WORDS]


def said(message: Outbound) -> str:
    """All the words of a letter."""
    panel = [f"{each.title} {each.text} {each.quote} {each.small}" for each in message.panel]
    facts = [" ".join(fact) for each in message.panel for fact in each.facts]
    return "\n".join([message.greeting, message.text, *panel, *facts])


def labels(message: Outbound) -> list[str]:
    """What can be pressed on a panel, its buttons first."""
    buttons = [each.command for part in message.panel for each in part.buttons]
    return buttons + [each.command for part in message.panel for each in part.more]


def rooms(*teams: str) -> dict[str, object]:
    """Settings by which these teams work in the agents' room."""
    known = {"support": "Support", "network": "Network"}
    made = (
        Team(name, label, rooms={PARLOUR: AGENTS} if name in teams else {})
        for name, label in known.items()
    )
    return {"teams": tuple(made)}


@asynccontextmanager
async def set_chat(
    store: Database,
    folder: Path,
    clock: Clock,
    *,
    teams: Sequence[str] = ("support",),
    chosen: Settings | None = None,
    stamps: Stamps = Stamps.NOWHERE,
) -> AsyncIterator[Chat]:
    """Raise the curtain on a chat."""
    parlour = ChatParlour()
    chosen = chosen or settings(**rooms(*teams))
    files = Files(folder / "files")
    async with set_stage(store, files, clock, chosen, parlour, chat=True, stamps=stamps) as stage:
        yield Chat(stage, parlour)
