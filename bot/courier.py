"""The courier: the only one who sends, and the only one who tries again."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.channel import Channel, DeliveryFailed
from bot.desk import Desk
from bot.model.attachment import Attachment
from bot.model.mailroom import Letter
from bot.model.message import ExternalId, Outbound, Upload
from bot.store import Files, Store, StoreError, Work

PAUSES = tuple(timedelta(seconds=each) for each in (5, 30, 120, 600, 1800, 3600))
PATIENCE = timedelta(days=2)  # a letter that can't be delivered this long has failed
LEASE = timedelta(seconds=90)  # longer than any attempt; a dead courier's letters are due then
GRACE = 10.0  # seconds for what is under way when the desk is stopped
POLL = timedelta(seconds=5)  # should a wake-up be missed
PARALLEL = 16  # letters of one channel under way at once
GATHER = 0.008  # seconds
SHORTEST = 0.05  # seconds: a letter that is due but not free yet must not make us spin

T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Delivered:
    number: int  # of the letter
    external_id: ExternalId
    at: datetime


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
        self._files = files
        self._desk = desk
        self._channels = channels
        self._clock = clock
        self._worker = worker
        self._bells = {name: asyncio.Event() for name in channels}

    def wake(self) -> None:
        """Letters were queued: look at once."""
        for bell in self._bells.values():
            bell.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is under way then is finished first."""
        async with asyncio.TaskGroup() as rounds:
            for name, channel in self._channels.items():
                rounds.create_task(self._rounds(name, channel))

    async def _rounds(self, name: str, channel: Channel) -> None:
        """One channel's letters, for as long as the desk runs."""
        bell, under_way = self._bells[name], dict[int, asyncio.Task[None]]()
        delivered: list[_Delivered] = []
        try:
            while True:
                bell.clear()
                free = PARALLEL - len(under_way)
                letters = await self._turn(name, delivered, free)
                for letter in letters:
                    if letter.id in under_way:
                        continue  # the network takes its time: only the lease is a new one
                    task = asyncio.create_task(self._deliver(channel, letter, delivered))
                    under_way[letter.id] = task
                    task.add_done_callback(partial(_ended, under_way, letter.id, bell))
                if len(letters) < free or not free:  # else there may be more
                    await self._rest(name, bell, busy=bool(under_way))
                if len(letters) == free:  # all hands are full: let several come back for one turn
                    await asyncio.sleep(GATHER)
        finally:
            await _finished(tuple(under_way.values()))
            with contextlib.suppress(StoreError):  # then they go out again, under the same id
                await self._store.write(lambda work: _note(work, delivered))

    async def _turn(self, name: str, delivered: list[_Delivered], free: int) -> list[Letter]:
        """Note what was delivered and take what is next, in one transaction."""
        noted, now = tuple(delivered), self._clock()
        if not noted and free <= 0:
            return []

        def turn(work: Work) -> list[Letter]:
            _note(work, noted)
            return work.outbox.claim(name, self._worker, now, LEASE, free) if free > 0 else []

        # A claim that the power takes away is no loss: the letter is due then, as after a lease.
        letters = await self._kept(turn, durable=bool(noted))
        del delivered[: len(noted)]
        return letters

    async def _rest(self, name: str, bell: asyncio.Event, *, busy: bool) -> None:
        """Sleep until something is queued, something is due, or a wake-up may have been missed.

        While letters are under way, the first that comes back ends it.
        """
        due = None if busy else await self._next_due(name)
        wait = POLL if due is None else min(POLL, max(due - self._clock(), timedelta(0)))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(wait.total_seconds(), SHORTEST)):
                await bell.wait()  # not wait_for, which may swallow a cancellation

    async def _next_due(self, name: str) -> datetime | None:
        """When a letter is due; None where none is, or the book can't tell now."""
        try:
            return await self._store.read(lambda work: work.outbox.next_due(name))
        except StoreError as error:
            log.error("courier can't look into the store", problem=error.problem, mend=error.mend)
            return None

    async def _deliver(self, channel: Channel, letter: Letter, delivered: list[_Delivered]) -> None:
        """One attempt, and what follows from it; a delivery is noted with the next turn."""
        try:
            external_id = await channel.send(await self._outbound(letter))
        except DeliveryFailed as failure:
            await self._failed(letter, failure)
        except Exception as error:  # our own mistake: the letter must not be lost for it
            log.exception("sending failed", channel=letter.to.channel, letter=letter.id)
            await self._failed(letter, DeliveryFailed(f"{type(error).__name__}: {error}"))
        else:
            delivered.append(_Delivered(letter.id, external_id, self._clock()))

    async def _failed(self, letter: Letter, failure: DeliveryFailed) -> None:
        now = self._clock()
        if failure.permanent or now - letter.created_at > PATIENCE:
            log.warning("letter failed", letter=letter.id, reason=failure.reason)
            await self._kept(lambda work: self._give_up(work, letter, failure.reason, now))
            return
        pause = max(_pause(letter.attempts), failure.after or timedelta(0))
        log.info("letter postponed", letter=letter.id, reason=failure.reason, pause=str(pause))
        await self._kept(lambda work: work.outbox.postpone(letter.id, now + pause, failure.reason))

    async def _kept(self, fn: Callable[[Work], T], *, durable: bool = True) -> T:
        """Write it down; a book that can't be written now is tried until it can."""
        while True:
            try:
                return await self._store.write(fn, durable=durable)
            except StoreError as error:
                log.error("courier waits for the store", problem=error.problem, mend=error.mend)
                await asyncio.sleep(POLL.total_seconds())

    def _give_up(self, work: Work, letter: Letter, reason: str, now: datetime) -> None:
        failed = work.outbox.give_up(letter.id, reason, now)
        if letter.person and (person := work.people.get(letter.person)):
            work.people.save(replace(person, reachable=False))
        self._desk.undelivered(work, failed, reason, now)

    async def _outbound(self, letter: Letter) -> Outbound:
        uploads = tuple([await self._upload(each) for each in letter.attachments if each.kept])
        return Outbound(
            row=letter.id,
            to=letter.to,
            recipient=letter.recipient,
            recipient_name=letter.recipient_name,
            text=letter.text,
            created_at=letter.created_at,
            subject=letter.subject,
            greeting=letter.greeting,
            closing=letter.closing,
            reference=letter.reference,
            ticket=letter.ticket,
            sender_name=letter.sender_name,
            language=letter.language,
            buttons=letter.buttons,
            uploads=uploads,
            replies_to=letter.replies_to,
            tone=letter.tone,
        )

    async def _upload(self, attachment: Attachment) -> Upload:
        content = await asyncio.to_thread(self._files.read, attachment.digest)
        return Upload(
            name=attachment.name,
            content_type=attachment.content_type,
            content=content,
            inline=attachment.inline,
            content_id=attachment.content_id,
        )


def _note(work: Work, delivered: Sequence[_Delivered]) -> None:
    for each in delivered:
        work.outbox.sent(each.number, each.external_id, each.at)


def _ended(
    under_way: dict[int, asyncio.Task[None]], number: int, bell: asyncio.Event, _: object
) -> None:
    del under_way[number]
    bell.set()


async def _finished(under_way: Sequence[asyncio.Task[None]]) -> None:
    """Give what is under way a moment; what takes longer is due again when its lease ends."""
    if under_way:
        _, late = await asyncio.wait(under_way, timeout=GRACE)
        for task in late:
            task.cancel()


def _pause(attempts: int) -> timedelta:
    """Growing with the attempts, and never the same for two letters that failed together."""
    pause = PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, guards nothing
