"""The year itself: the real rooms of a desk, with a clock that is moved from tick to tick."""

import asyncio
import contextlib
import heapq
import itertools
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from benchmarks.year.book import AtOnce
from benchmarks.year.wire import Clock, Wire
from benchmarks.year.world import (
    AT,
    BEGIN,
    CHATS,
    END,
    MAIL,
    Deed,
    Story,
    reports,
    settings,
    story,
)
from bot.channel import Chat
from bot.commands import COMMANDS
from bot.conversation import Conversation
from bot.courier import Courier
from bot.desk import Desk
from bot.dialogue import Dialogue
from bot.ear import load_ear
from bot.jobs import JOBS
from bot.model.mailroom import Delivery
from bot.model.message import Address, ExternalId, Inbound, Speaker
from bot.reports import REPORTS
from bot.roster import declare
from bot.scheduler import Scheduler
from bot.text import load_texts
from storage.files import Files
from storage.tables import UNSENT, outbox
from storage.work import Work

TICK = timedelta(minutes=10)
_STEPS = 20  # of the event loop
_MOMENT = 0.001  # seconds
_TWICE = 0.05  # of the ticks, two replicas call the jobs at the same moment
# The desk is down: after so many days, for so many hours.
DOWN = ((6, 3), (40, 4), (120, 40), (250, 12))
PLANNED = tuple(BEGIN + timedelta(days=each, hours=10) for each in (12, 68, 159, 222, 299))
FINISHED = timedelta(hours=37)  # after each of these


_SENDING = sa.select(outbox.c.id).where(UNSENT, outbox.c.state == Delivery.SENDING.value).limit(1)


@dataclass
class Done:
    """What was done to a ticket, when it really was: while the desk is down, later."""

    story: Story
    number: int = 0
    deeds: list[Deed] = field(default_factory=list)
    said: list[ExternalId] = field(default_factory=list)

    @property
    def thread(self) -> str:
        """The thread of its first message."""
        return self.said[0].rpartition(":")[2]


@dataclass
class Year:
    """A desk, and all that people do to it in a year."""

    store: AtOnce
    conversation: Conversation
    courier: Courier
    schedulers: Sequence[Scheduler]
    wires: dict[str, Wire]
    clock: Clock
    random: Random
    done: list[Done] = field(default_factory=list)
    ticks: list[datetime] = field(default_factory=list)
    names: Iterator[int] = field(default_factory=itertools.count)

    async def play(
        self, count: int, told: Callable[[datetime, int], None], until: datetime = END
    ) -> None:
        """Let so many tickets come until then; `told` hears of each day that is over."""
        begins = reports(self.random, count, (until - BEGIN).days - 1)
        lives = [Done(story(self.random, n, at)) for n, at in enumerate(begins)]
        queue = [(_up(x.story.deeds[0].at), n, 0) for n, x in enumerate(lives)]
        heapq.heapify(queue)
        tick, opened, busy = BEGIN + TICK, 0, False
        while tick < until:
            while queue and queue[0][0] <= tick:
                at, number, step = heapq.heappop(queue)
                busy = True
                life = lives[number]
                await self._moves(at)
                opened += step == 0
                await self._does(life, life.story.deeds[step], at)
                if step + 1 < len(life.story.deeds):
                    planned = life.story.deeds[step + 1].at
                    gap = timedelta(minutes=1)
                    heapq.heappush(queue, (_up(max(planned, at + gap)), number, step + 1))
            await self._plans(tick)
            if _is_up(tick) and (busy or tick.minute == 0 or await self._is_due(tick)):
                await self._knock(tick)
                busy = False
            if tick.time() == BEGIN.time():
                told(tick, opened)
            tick += TICK
        self.done = [x for x in lives if x.number]

    async def _is_due(self, tick: datetime) -> bool:
        """Whether a tick would find anything; each full hour all jobs are called anyway."""

        def look(work: Work) -> bool:
            letters = (work.outbox.next_due(each) for each in self.wires)
            waits = any(each is not None and each <= tick for each in letters)
            due = work.promises.due(tick, 1), work.tickets.to_wake(tick, 1), work.notices.due(tick)
            return waits or any(due)

        return await self.store.read(look)

    async def _plans(self, tick: datetime) -> None:
        """Works are announced on some mornings for the next evening, and finished after it."""
        for number, morning in enumerate(PLANNED, 1):
            if tick in (morning, morning + FINISHED):
                await self._moves(tick)
            if tick == morning:
                words = f"tomorrow 20:00, 2 h, everybody: We serve the lift {number}"
                await self._order(f"/maintenance {words}", "support")
            elif tick == morning + FINISHED:
                await self._order(f"/notice_finish N-{number}", "support")

    async def _knock(self, tick: datetime) -> None:
        """Every job is called; now and then by two replicas at once."""
        await self._moves(tick)
        self.ticks.append(tick)
        both = self.schedulers if self.random.random() < _TWICE else self.schedulers[:1]
        for job in JOBS:
            await asyncio.gather(*(each.call(job) for each in both))
        self.courier.wake()
        await self._settle()

    async def _moves(self, at: datetime) -> None:
        """Put the clock on, once every letter has left: a sleep would end the leases of some."""
        await self._settle()
        self.clock.now = at

    async def _settle(self) -> None:
        """Wait until every letter that is due has left, or was refused."""
        while True:
            for _ in range(_STEPS):  # most leave meanwhile, and asking the book is dear
                await asyncio.sleep(0)
            if not await self.store.read(self._is_under_way):
                return
            self.courier.wake()  # its own rest is by another clock
            await asyncio.sleep(_MOMENT)

    def _is_under_way(self, work: Work) -> bool:
        if work.outbox.pen.run(_SENDING).first():
            return True
        due = (work.outbox.next_due(each) for each in self.wires)
        return any(each is not None and each <= self.clock.now for each in due)

    async def _does(self, life: Done, deed: Deed, at: datetime) -> None:
        if deed.what in ("open", "answer", "reopen"):
            await self._says(life, deed, at)
        else:
            await self._orders(life, deed)
        life.deeds.append(Deed(at, deed.what, deed.words))

    async def _says(self, life: Done, deed: Deed, at: datetime) -> None:
        """The requester writes, where they began."""
        person = life.story.requester
        room = "help" if person.channel == MAIL else f"dm-{person.address}"
        name = ExternalId(f"{room}:{next(self.names)}")
        thread = "" if person.channel == MAIL else life.thread if life.said else name.split(":")[1]
        inbound = Inbound(
            external_id=name,
            address=Address(person.channel, room, thread),
            speaker=Speaker(person.address, f"Pat {_NAMES[person.number % len(_NAMES)]}", True),
            text=deed.words,
            full_text=deed.words,
            subject=deed.words if person.channel == MAIL else "",
            came_at=at,
            replies_to=tuple(life.said[-1:]),
            team=life.story.team,
            raw=deed.words.encode(),
        )
        await self.conversation.receive(inbound)
        if not life.said:
            life.number = await self.store.read(
                lambda work: work.tickets.of_messages(person.channel, [name]) or 0
            )
        life.said.append(name)

    async def _orders(self, life: Done, deed: Deed) -> None:
        """An agent of the team gives a command."""
        reference = f"IT-{life.number}"
        line = {
            "urgent": f"/priority {reference} urgent",
            "claim": f"/claim {reference}",
            "reply": f"/reply {reference} {deed.words}",
            "ask": f"/ask {reference} {deed.words}",
            "hold": f"/hold {reference} 1 day, we wait for a part",
            "resolve": f"/resolve {reference} {deed.words}",
        }[deed.what]
        await self._order(line, life.story.team, _HAND[life.number % 2])

    async def _order(self, line: str, team: str, hand: str = "ann") -> None:
        channel, agent = AT[team], f"{hand}.{team}@desk.example"
        chat = channel in CHATS
        room = "agents" if chat else "help"
        name = ExternalId(f"{room}:{next(self.names)}")
        inbound = Inbound(
            external_id=name,
            address=Address(channel, room),
            speaker=Speaker(agent, "", True),
            text=line,
            full_text=line,
            interactive=chat,
            asked=chat,
            internal=chat,
            raw=line.encode(),
        )
        answer = await self.conversation.receive(inbound)
        assert answer is None or not answer.refused, f"{line}: {answer.text}"


_HAND = ("ann", "ben")
_NAMES = ("Ada", "Bea", "Cora", "Dora", "Ella", "Fay", "Gina", "Hope", "Iris", "Jane", "Kim")


def _is_up(at: datetime) -> bool:
    return _up(at) == at


def _up(at: datetime) -> datetime:
    """This moment, or when the desk is back if it is down by then."""
    for day, hours in DOWN:
        begin = BEGIN + timedelta(days=day)
        end = begin + timedelta(hours=hours)
        if begin <= at < end:
            return end
    return at


@asynccontextmanager
async def open_year(folder: Path, seed: int = 7) -> AsyncIterator[Year]:
    """A desk of the year, its book in a folder."""
    clock, chosen = Clock(), settings()
    texts = load_texts(chosen.language)
    channels = (*CHATS, MAIL)
    chats = {name: Chat("/desk") for name in CHATS}
    desk = Desk(chosen, texts, load_ear(), chats=chats, mail=MAIL, channels=channels)
    desk.shelve(REPORTS)
    store = AtOnce(folder / "book.db")
    files = Files(folder / "files")
    wires = {name: Wire(name, clock) for name in channels}
    try:
        await store.write(lambda work: declare(work, desk, clock()))
        courier = Courier(store, files, desk, wires, clock, "year")
        dialogue = Dialogue(desk, COMMANDS, REPORTS)
        conversation = Conversation(store, files, dialogue, clock, b"key")
        schedulers = [Scheduler(store, desk, JOBS, clock) for _ in range(2)]
        store.on_letters(courier)
        running = asyncio.create_task(courier.run())
        try:
            yield Year(store, conversation, courier, schedulers, wires, clock, Random(seed))  # noqa: S311 - guards nothing
        finally:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running
    finally:
        await store.close()
