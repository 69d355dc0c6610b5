"""The courier: the only one who sends, and the only one who tries again."""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.channel import Channel, DeliveryFailed
from bot.delivery import Delivered, Delivery
from bot.desk import Desk
from bot.model.mailroom import Letter
from bot.store import Files, Store, StoreError, Work

LEASE = timedelta(seconds=20)  # a dead courier's letters are due then; a living one renews it
GRACE = 10.0  # seconds for what is under way when the desk is stopped
POLL = timedelta(seconds=5)  # should a wake-up be missed; and how often leases are renewed
PARALLEL = 16  # lanes of one channel under way at once
RUN = 16  # letters of one lane claimed at once
BUSY = 4  # lanes under way from which on what comes back is gathered
GATHER = 0.008  # seconds
NEVER = datetime.min.replace(tzinfo=UTC)
SHORTEST = 0.05  # seconds: a letter that is due but not free yet must not make us spin

T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Bag:
    """One channel's letters in our hands: those claimed, until the book knows their end."""

    channel: Channel
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    lanes: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)
    delivered: list[Delivered] = field(default_factory=list)
    spared: list[int] = field(default_factory=list)  # behind one that must wait
    renewed: datetime = NEVER
    closing: bool = False

    @property
    def free(self) -> int:
        """How many lanes more may be under way."""
        return PARALLEL - len(self.lanes)

    def take(self, letters: Sequence[Letter]) -> dict[str, list[Letter]]:
        """Put claimed letters in, lane by lane; those of lanes too many are spared."""
        runs: dict[str, list[Letter]] = {}
        free = 0 if self.closing else self.free
        for letter in letters:
            if letter.lane in runs or len(runs) < free:
                runs.setdefault(letter.lane, []).append(letter)
                self.held.add(letter.id)
            else:
                self.spared.append(letter.id)
        return runs


class Courier:
    """Carries letters to their channels: in order per reader, no channel waiting for another."""

    def __init__(
        self,
        store: Store,
        files: Files,
        desk: Desk,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
        worker: str,
    ) -> None:
        self._store = store
        self._delivery = Delivery(self._kept, store.read, files, desk, clock)
        self._clock = clock
        self._worker = worker
        self._bags = {name: _Bag(channel) for name, channel in channels.items()}
        self._under_way: frozenset[str] = frozenset()  # channels whose rounds have begun

    def claim(self, work: Work, channels: Collection[str]) -> list[Letter]:
        """Claim what was just queued, so that it leaves as soon as it is kept.

        Called in the book's writer thread, in the transaction that queued it and before its commit.
        The event loop runs meanwhile, so nothing of the courier's may be changed here; how many
        lanes are free is a guess.
        """
        under_way = self._under_way.intersection(channels)
        return [letter for name in under_way for letter in self._claimed(work, name)]

    def wake(
        self, letters: Collection[Letter] = (), channels: Collection[str] | None = None
    ) -> None:
        """Letters were queued: carry those that were claimed, or look at once."""
        for name, bag in self._bags.items():
            if channels is not None and name not in channels:
                continue
            mine = [each for each in letters if each.to.channel == name]
            self._begin(bag, mine)
            if not mine or bag.spared:
                bag.bell.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is under way then is finished first."""
        async with asyncio.TaskGroup() as rounds:
            for name, bag in self._bags.items():
                rounds.create_task(self._rounds(name, bag))

    async def _rounds(self, name: str, bag: _Bag) -> None:
        """One channel's letters, for as long as the desk runs."""
        self._under_way |= {name}
        turn: asyncio.Task[list[Letter]] | None = None
        try:
            while True:
                bag.bell.clear()
                free = bag.free
                turn = asyncio.create_task(self._turn(name, bag, free))
                begun = self._begin(bag, await asyncio.shield(turn))
                turn = None
                if begun < free or free <= 0:  # else there may be more
                    await self._rest(name, bag)
                if len(bag.lanes) >= BUSY:  # let several come back for one turn
                    await asyncio.sleep(GATHER)
        finally:
            self._under_way -= {name}
            await self._end(bag, turn)

    def _begin(self, bag: _Bag, claimed: Sequence[Letter]) -> int:
        """Set out with these letters; returns how many lanes that are."""
        runs = bag.take(claimed)
        for lane, letters in runs.items():
            bag.lanes[lane] = asyncio.create_task(self._carry(letters, bag))
            bag.lanes[lane].add_done_callback(partial(_ended, bag, lane))
        return len(runs)

    async def _end(self, bag: _Bag, turn: asyncio.Task[list[Letter]] | None) -> None:
        """Finish what is under way, note it, and give back what was claimed and isn't begun."""
        await _finished(bag)
        if turn is not None:
            await asyncio.wait((turn,), timeout=GRACE)
            self._begin(bag, _claims(turn))
        with contextlib.suppress(StoreError):  # then they go out again, under the same id
            await self._store.write(lambda _: None, durable=False)  # behind it no claim is unheard
            await self._store.write(lambda work: self._settle(work, bag.delivered, bag.spared))

    async def _turn(self, name: str, bag: _Bag, free: int) -> list[Letter]:
        """Note what was delivered and claim what is next, in one transaction."""
        delivered, spared, now = tuple(bag.delivered), tuple(bag.spared), self._clock()
        ended = {each.number for each in delivered}.union(spared)
        renewing = self._is_stale(bag)
        if free <= 0 and not ended and not renewing:
            return []

        def turn(work: Work) -> list[Letter]:
            self._settle(work, delivered, spared)
            return self._claimed(work, name, ended)

        # A claim that the power takes away is no loss: the letter is due then, as after a lease.
        letters = await self._kept(turn, durable=bool(delivered))
        del bag.delivered[: len(delivered)], bag.spared[: len(spared)]
        bag.held -= ended
        if renewing or not bag.held:
            bag.renewed = now
        return letters

    def _is_stale(self, bag: _Bag) -> bool:
        """Whether leases of letters in our hands weren't renewed for a while."""
        return bool(bag.held) and abs(self._clock() - bag.renewed) >= POLL

    def _claimed(self, work: Work, name: str, ended: Collection[int] = ()) -> list[Letter]:
        """Claim what is due in lanes that aren't under way; called in the book's own threads.

        A lane is under way a moment longer than its last letter: what is due behind it is given
        back, and its end rings for it.
        """
        bag, now = self._bags[name], self._clock()
        if self._is_stale(bag):  # first, or who slept would claim their own letters once more
            work.outbox.renew(self._worker, frozenset(bag.held).difference(ended), now + LEASE)
        if (free := bag.free) <= 0:
            return []
        letters = work.outbox.claim(name, self._worker, now, LEASE, lanes=free, run=RUN)
        if busy := [each.id for each in letters if each.lane in bag.lanes]:
            work.outbox.give_back(self._worker, busy)
        return [each for each in letters if each.id not in busy]

    def _settle(self, work: Work, delivered: Iterable[Delivered], spared: Collection[int]) -> None:
        for each in delivered:
            work.outbox.sent(each.number, each.external_id, each.at)
        if spared:
            work.outbox.give_back(self._worker, spared)

    async def _carry(self, letters: Sequence[Letter], bag: _Bag) -> None:
        """Deliver letters of one lane in their order; one that must wait lets all behind wait."""
        for place, letter in enumerate(letters):
            end = await self._attempt(bag.channel, letter)
            if isinstance(end, Delivered):
                bag.delivered.append(end)
            else:
                bag.held.discard(letter.id)
            behind = letters[place + 1 :]
            if bag.closing or (isinstance(end, DeliveryFailed) and not end.permanent):
                bag.spared += [each.id for each in behind]
                return
            if behind:  # the last one rings when its lane is free
                bag.bell.set()

    async def _attempt(self, channel: Channel, letter: Letter) -> Delivered | DeliveryFailed:
        """Try to deliver one; what fails in an unforeseen way is due again when its lease ends."""
        try:
            return await self._delivery.attempt(channel, letter)
        except Exception as error:  # our own mistake must not keep those behind it for ever
            log.exception("a letter's failure isn't noted", letter=letter.id)
            return DeliveryFailed(f"{type(error).__name__}: {error}")

    async def _rest(self, name: str, bag: _Bag) -> None:
        """Sleep until something is queued, something is due, or a wake-up may have been missed.

        While letters are under way, the first that comes back ends it.
        """
        due = None if bag.lanes else await self._next_due(name)
        wait = POLL if due is None else min(POLL, max(due - self._clock(), timedelta(0)))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(wait.total_seconds(), SHORTEST)):
                await bag.bell.wait()  # not wait_for, which may swallow a cancellation

    async def _next_due(self, name: str) -> datetime | None:
        """When a letter is due; None where none is, or the book can't tell now."""
        try:
            return await self._store.read(lambda work: work.outbox.next_due(name))
        except StoreError as error:
            log.error("courier can't look into the store", problem=error.problem, mend=error.mend)
            return None

    async def _kept(self, fn: Callable[[Work], T], *, durable: bool = True) -> T:
        """Write it down; a book that can't be written now is tried until it can."""
        while True:
            try:
                return await self._store.write(fn, durable=durable)
            except StoreError as error:
                log.error("courier waits for the store", problem=error.problem, mend=error.mend)
                await asyncio.sleep(POLL.total_seconds())


def _ended(bag: _Bag, lane: str, _: object) -> None:
    del bag.lanes[lane]
    bag.bell.set()


def _claims(turn: asyncio.Task[list[Letter]]) -> list[Letter]:
    """What a turn has claimed, if it came to an end."""
    if not turn.done():
        turn.cancel()
        return []
    return [] if turn.cancelled() or turn.exception() else turn.result()


async def _finished(bag: _Bag) -> None:
    """Give what is under way a moment; what takes longer is due again when its lease ends."""
    bag.closing = True
    if bag.lanes:
        _, late = await asyncio.wait(tuple(bag.lanes.values()), timeout=GRACE)
        for task in late:
            task.cancel()
