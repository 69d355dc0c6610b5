"""How far each room was read: everything up to there is on disk."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from adapters.slack.ids import is_ts
from bot.channel import Cursor

_BEGAN = "began"  # the cursor's key for the moment of the very first start


@dataclass(slots=True)
class _Room:
    read: str = ""  # the ts up to which nothing is missing
    saved: str = ""
    latest: str = ""  # the latest ts that was taken in
    open: set[str] = field(default_factory=set)  # what came, and isn't taken in (yet)
    caught_up: bool = False  # until then what comes live says nothing of what was missed


class Bookmarks:
    """One for each room, kept by the desk's cursor as "<channel>/<room>".

    None ever moves beyond a message that isn't taken in, and not at all until what was missed
    before is caught up with.
    """

    def __init__(self, cursor: Cursor, channel: str) -> None:
        self._cursor = cursor
        self._channel = channel
        self._rooms: dict[str, _Room] = {}

    @contextmanager
    def taking(self, room: str, ts: str) -> Iterator[None]:
        """While a message is being taken in; what raises stays missing."""
        mark = self._rooms.setdefault(room, _Room())
        mark.open.add(ts)
        yield
        mark.open.discard(ts)
        mark.latest = max(mark.latest, ts)
        _move(mark)

    async def began(self) -> str:
        """The ts of the very first start: nothing older is ever taken in."""
        began = await self._load(_BEGAN)
        if not began:
            began = now()
            await self._cursor.save(self._key(_BEGAN), began)
        return began

    async def read(self, room: str) -> str:
        """The ts up to which a room was read; "" for one that never was."""
        mark = self._rooms.setdefault(room, _Room())
        if not mark.saved:
            mark.saved = await self._load(room)
            mark.read = max(mark.read, mark.saved)
        return mark.read

    async def is_missing(self, room: str, ts: str) -> bool:
        """Whether a message may be one of those that still have to be caught up with."""
        mark = self._rooms.setdefault(room, _Room())
        if mark.caught_up:
            return False
        return ts > (await self.read(room) or await self.began())

    def caught_up(self, room: str, ts: str) -> None:
        """Nothing up to this moment is missing any more."""
        mark = self._rooms.setdefault(room, _Room())
        mark.open = {each for each in mark.open if each > ts}
        mark.latest = max(mark.latest, ts)
        mark.caught_up = True
        _move(mark)

    def missed(self) -> None:
        """Something may be missing from now on: hold every one until it is caught up with."""
        for mark in self._rooms.values():
            mark.caught_up = False

    async def save(self) -> None:
        """Keep those that moved."""
        for room, mark in list(self._rooms.items()):
            if mark.read > mark.saved:
                read = mark.read
                await self._cursor.save(self._key(room), read)
                mark.saved = read

    async def _load(self, name: str) -> str:
        saved = await self._cursor.load(self._key(name))
        return saved if is_ts(saved) else ""

    def _key(self, name: str) -> str:
        return f"{self._channel}/{name}"


def now() -> str:
    """This moment as a ts."""
    return f"{time.time():.6f}"


def _move(mark: _Room) -> None:
    if mark.caught_up and not mark.open:
        mark.read = max(mark.read, mark.latest)
