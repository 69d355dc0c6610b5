"""One mailbox being read: what is new is fetched, handed to the desk, marked, and not forgotten."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from adapters.email.connect import Trust
from adapters.email.cursor import Place
from adapters.email.imap import CHUNK, Folder, ServerSaysNo, Session, Stored
from adapters.email.intake import Intake, Reception
from adapters.email.oauth import Tokens
from adapters.email.settings import EmailSettings
from bot.channel import Cursor

log = logging.getLogger(__name__)

PART = 256 * 1024  # bytes that are read of a message over the mailbox's max_bytes

_BATCH_BYTES = 32 * 1024 * 1024  # held in memory at the same time, one larger message aside
_MOUTHFUL, _MOUTHFUL_BYTES = 16, 128 * 1024  # messages, and their bytes, of one command
_RECENT = timedelta(days=1)  # how far back the very first start looks
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 300.0  # seconds before a mail that failed is tried again


@dataclass(frozen=True, slots=True)
class _Failed:
    times: int
    again_at: float  # the loop's time


class Watch:
    """Reads one mailbox, again and again, and remembers between connections what is still open.

    `key` names its cursor. A mail that the desk doesn't take is tried again after growing pauses;
    those behind it go on, and the cursor waits before it, so that no restart loses it.
    """

    def __init__(
        self,
        reception: Reception,
        settings: EmailSettings,
        trust: Trust,
        tokens: Tokens | None,
        cursor: Cursor,
    ) -> None:
        self._reception = reception
        self.mailbox = reception.mailbox
        self._settings = settings
        self._trust = trust
        self._tokens = tokens
        self._cursor = cursor
        self.key = f"{reception.channel}/{self.mailbox.name}/{self.mailbox.folder}"
        self.opened = False  # whether the server has ever let us in
        self._place = Place(0, 0)
        self._failed: dict[int, _Failed] = {}
        self._received: set[int] = set()  # above the cursor, which waits for a failed one

    async def read(self) -> NoReturn:
        """Connect and read until the connection breaks.

        Raises WrongSettings when only the operator can help, ServerSaysNo or OSError when
        another try may.
        """
        patience = self._settings.timeout_seconds
        session = await Session.open(self.mailbox, self._trust, self._tokens, patience=patience)
        try:
            folder = await session.select(self.mailbox.folder)
            self.opened = True
            await self._find_place(session, folder)
            while True:
                await self._take(session, await session.after(self._place.uid))
                await session.wait_for_news(self._pause())
        finally:
            await session.close()

    async def _find_place(self, session: Session, folder: Folder) -> None:
        """Go on where we were; take what may have been missed when the server numbers anew."""
        kept = Place.parse(await self._cursor.load(self.key))
        if kept is not None and kept.validity == folder.validity:
            if self._place.validity != folder.validity:
                self._begin(kept)
            return
        newest = await session.newest()
        missed: list[int] = []
        if kept is not None:
            # The core knows again what it has; a day more, as servers disagree on midnight.
            missed = await self._since(session, kept)
            log.warning("%s: numbered anew, %s messages are looked at", self.key, len(missed))
        elif self.mailbox.first_start == "recent":
            missed = await session.since((datetime.now(UTC) - _RECENT).date())
        elif self.mailbox.first_start == "all":
            missed = await session.after(0)
        self._begin(Place(folder.validity, 0, kept.day if kept else None))
        await self._take(session, missed)
        await self._advance(newest, await session.stored([newest]) if newest else [])

    async def _since(self, session: Session, kept: Place) -> list[int]:
        if kept.day is None:
            return await session.after(0)
        return await session.since(kept.day - timedelta(days=1))

    def _begin(self, place: Place) -> None:
        self._place = place
        self._failed.clear()
        self._received.clear()

    async def _take(self, session: Session, uids: Sequence[int]) -> None:
        """Fetch and hand over what is due of `uids`, which are all above the cursor."""
        there = set(uids)
        self._failed = {uid: f for uid, f in self._failed.items() if uid in there}
        now = asyncio.get_running_loop().time()
        due = [u for u in uids if u not in self._received and not self._waits(u, now)]
        for chunk in _chunks(due):
            found = await session.stored(chunk)
            for batch in _batches(found):
                await self._take_batch(session, batch)
            await self._advance(chunk[-1], found)
        if reached := max([*uids, *self._received], default=0):
            await self._advance(reached, [])

    def _waits(self, uid: int, now: float) -> bool:
        return uid in self._failed and self._failed[uid].again_at > now

    async def _take_batch(self, session: Session, batch: Sequence[Stored]) -> None:
        intake = Intake(self._reception)
        try:
            for several in _mouthfuls(batch, self.mailbox.max_bytes):
                whole = several[0].size <= self.mailbox.max_bytes
                for uid, raw in (await _fetched(session, several, whole=whole)).items():
                    await intake.put(uid, raw, truncated=not whole)
            failed = await intake.done()
        except (OSError, ServerSaysNo):
            await intake.done()  # what is on its way arrives, and comes again unmarked: no harm
            raise
        except BaseException:
            await intake.abandon()
            raise
        self._note_failed(failed)
        taken = [message.uid for message in batch if message.uid not in failed]
        await self._mark(session, taken)
        self._received.update(taken)
        for uid in taken:
            self._failed.pop(uid, None)

    def _note_failed(self, uids: Iterable[int]) -> None:
        now = asyncio.get_running_loop().time()
        for uid in uids:
            times = self._failed[uid].times + 1 if uid in self._failed else 1
            pause = min(_FIRST_PAUSE * 2 ** (times - 1), _LONGEST_PAUSE)
            self._failed[uid] = _Failed(times, now + pause)

    async def _mark(self, session: Session, uids: Sequence[int]) -> None:
        """Show in the mailbox what has been received; if that is refused, nothing is lost."""
        if not uids or self.mailbox.after == "leave":
            return
        try:
            if self.mailbox.after == "move":
                await session.put_away(uids, self.mailbox.move_to)
            else:
                await session.mark_seen(uids)
        except ServerSaysNo as error:
            log.warning("%s: read mail can't be marked or moved: %s", self.key, error)

    async def _advance(self, uid: int, found: Iterable[Stored]) -> None:
        """Put the cursor at `uid`, or before the first that failed, and keep it."""
        uid = max(self._place.uid, min([uid, *(failed - 1 for failed in self._failed)]))
        days = [message.day for message in found]
        if self._place.day is not None:
            days.append(self._place.day)
        place = Place(self._place.validity, uid, max(days, default=None))
        self._received = {received for received in self._received if received > uid}
        if place != self._place or not uid:
            await self._cursor.save(self.key, str(place))
        self._place = place

    def _pause(self) -> float:
        """Seconds until the next look, whatever is announced."""
        now = asyncio.get_running_loop().time()
        retries = [failed.again_at - now for failed in self._failed.values()]
        renewal = self._settings.idle_minutes * 60
        return max(0.0, min([self._settings.poll_seconds, renewal, *retries]))


async def _fetched(
    session: Session, several: Sequence[Stored], *, whole: bool
) -> Mapping[int, bytes]:
    """The bytes of messages by UID, in their order; only the first ones unless `whole`."""
    if len(several) > 1:
        found = await session.fetch_all([message.uid for message in several])
        return {message.uid: found[message.uid] for message in several if message.uid in found}
    uid = several[0].uid
    raw = await session.fetch(uid, first=0 if whole else PART)
    return {} if raw is None else {uid: raw}


def _chunks(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), CHUNK):
        yield uids[start : start + CHUNK]


def _batches(found: Sequence[Stored]) -> Iterator[list[Stored]]:
    """Part messages so that each batch fits in memory."""
    return _parted(found, len(found), _BATCH_BYTES)


def _mouthfuls(batch: Sequence[Stored], max_bytes: int) -> Iterator[list[Stored]]:
    """Part a batch into what one command fetches: several small messages, or a larger one."""
    return _parted(batch, _MOUTHFUL, min(_MOUTHFUL_BYTES, max_bytes))


def _parted(found: Sequence[Stored], most: int, most_bytes: int) -> Iterator[list[Stored]]:
    part: list[Stored] = []
    size = 0
    for message in found:
        if part and (len(part) == most or size + message.size > most_bytes):
            yield part
            part, size = [], 0
        part.append(message)
        size += message.size
    if part:
        yield part
