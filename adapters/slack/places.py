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


class Places:
    """The places of all rooms, kept by the desk's cursor as "<channel>/<room>".

    A place never moves beyond a message that isn't taken in, and not at all until what was missed
    before is caught up with.
    """

    def __init__(self, cursor: Cursor, channel: str) -> None:
        self._cursor = cursor
        self._channel = channel
        self._rooms: dict[str, _Room] = {}

    @contextmanager
    def taking(self, room: str, ts: str) -> Iterator[None]:
        """While a message is being taken in; what raises stays missing."""
        place = self._rooms.setdefault(room, _Room())
        place.open.add(ts)
        yield
        place.open.discard(ts)
        place.latest = max(place.latest, ts)
        _move(place)

    async def began(self) -> str:
        """The ts of the very first start: nothing older is ever taken in."""
        began = await self._load(_BEGAN)
        if not began:
            began = now()
            await self._cursor.save(self._key(_BEGAN), began)
        return began

    async def read(self, room: str) -> str:
        """The ts up to which a room was read; "" for one that never was."""
        place = self._rooms.setdefault(room, _Room())
        if not place.saved:
            place.saved = await self._load(room)
            place.read = max(place.read, place.saved)
        return place.read

    async def is_missing(self, room: str, ts: str) -> bool:
        """Whether a message may be one of those that still have to be caught up with."""
        place = self._rooms.setdefault(room, _Room())
        if place.caught_up:
            return False
        return ts > (await self.read(room) or await self.began())

    def caught_up(self, room: str, ts: str) -> None:
        """Nothing up to this moment is missing any more."""
        place = self._rooms.setdefault(room, _Room())
        place.open = {each for each in place.open if each > ts}
        place.latest = max(place.latest, ts)
        place.caught_up = True
        _move(place)

    def missed(self) -> None:
        """Something may be missing from now on: hold every place until it is caught up with."""
        for place in self._rooms.values():
            place.caught_up = False

    async def save(self) -> None:
        """Keep every place that moved."""
        for room, place in list(self._rooms.items()):
            if place.read > place.saved:
                read = place.read
                await self._cursor.save(self._key(room), read)
                place.saved = read

    async def _load(self, name: str) -> str:
        saved = await self._cursor.load(self._key(name))
        return saved if is_ts(saved) else ""

    def _key(self, name: str) -> str:
        return f"{self._channel}/{name}"


def now() -> str:
    """This moment as a ts."""
    return f"{time.time():.6f}"


def _move(place: _Room) -> None:
    if place.caught_up and not place.open:
        place.read = max(place.read, place.latest)
