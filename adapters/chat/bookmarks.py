"""How far each room was read: everything up to there is on disk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.channel import Cursor

_BEGAN = "began"  # the cursor's key for the moment of the very first start


@dataclass(frozen=True, slots=True)
class Scale:
    """How a network marks the moments of its messages: digits, a later one being the greater."""

    now: Callable[[], str]  # this moment's mark
    holds: Callable[[str], bool]  # whether a text is a mark


@dataclass(slots=True)
class _Room:
    read: str = ""  # the mark up to which nothing is missing
    saved: str = ""
    latest: str = ""  # the latest mark that was taken in
    open: set[str] = field(default_factory=set)  # what came, and isn't taken in (yet)
    caught_up: bool = False  # until then what comes live says nothing of what was missed


class Bookmarks:
    """One for each room, kept by the desk's cursor as "<channel>/<room>".

    None ever moves beyond a message that isn't taken in, and not at all until what was missed
    before is caught up with.
    """

    def __init__(self, cursor: Cursor, channel: str, scale: Scale) -> None:
        self._scale = scale
        self._cursor = cursor
        self._channel = channel
        self._rooms: dict[str, _Room] = {}

    @contextmanager
    def taking(self, room: str, mark: str) -> Iterator[None]:
        """While a message is being taken in; what raises stays missing."""
        place = self._rooms.setdefault(room, _Room())
        place.open.add(mark)
        yield
        place.open.discard(mark)
        place.latest = later(place.latest, mark)
        _move(place)

    async def began(self) -> str:
        """The mark of the very first start: nothing older is ever taken in."""
        began = await self._load(_BEGAN)
        if not began:
            began = self._scale.now()
            await self._cursor.save(self._key(_BEGAN), began)
        return began

    def now(self) -> str:
        """The mark of this moment, by the desk's clock."""
        return self._scale.now()

    async def read(self, room: str) -> str:
        """The mark up to which a room was read; "" for one that never was."""
        place = self._rooms.setdefault(room, _Room())
        if not place.saved:
            place.saved = await self._load(room)
            place.read = later(place.read, place.saved)
        return place.read

    async def is_missing(self, room: str, mark: str) -> bool:
        """Whether a message may be one of those that still have to be caught up with."""
        place = self._rooms.setdefault(room, _Room())
        if place.caught_up:
            return False
        return is_later(mark, await self.read(room) or await self.began())

    def caught_up(self, room: str, mark: str) -> None:
        """Nothing up to this moment is missing any more."""
        place = self._rooms.setdefault(room, _Room())
        place.open = {each for each in place.open if is_later(each, mark)}
        place.latest = later(place.latest, mark)
        place.caught_up = True
        _move(place)

    def missed(self) -> None:
        """Something may be missing from now on: hold every one until it is caught up with."""
        for place in self._rooms.values():
            place.caught_up = False

    async def save(self) -> None:
        """Keep those that moved."""
        for room, place in list(self._rooms.items()):
            if is_later(place.read, place.saved):
                read = place.read
                await self._cursor.save(self._key(room), read)
                place.saved = read

    async def _load(self, name: str) -> str:
        saved = await self._cursor.load(self._key(name))
        return saved if self._scale.holds(saved) else ""

    def _key(self, name: str) -> str:
        return f"{self._channel}/{name}"


def is_later(mark: str, other: str) -> bool:
    """Whether a mark is the later one: of two numbers, the longer is the greater; "" is neither."""
    return (len(mark), mark) > (len(other), other)


def later(mark: str, other: str) -> str:
    """The later of two marks."""
    return mark if is_later(mark, other) else other


def _move(place: _Room) -> None:
    if place.caught_up and not place.open:
        place.read = later(place.read, place.latest)
