"""What the desk knows of the tags of a forum's posts: whatever differs, people changed."""

import asyncio
import json
from collections.abc import Collection
from dataclasses import dataclass

from bot.channel import Cursor

_MOST = 4  # arrangements that are remembered of a post


@dataclass(frozen=True, slots=True)
class Change:
    """The tags that people put on a post, and those that they took off, by their ids."""

    put_on: frozenset[str]
    taken_off: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.put_on or self.taken_off)


@dataclass(frozen=True, slots=True)
class Known:
    """The tags that a post had by what was told last, then those that the desk set since.

    Discord tells of what the desk sets, too, and later: until it does, people's changes may have
    been made before or after that. `unheard` are those that people put on of which nothing was
    told yet: the desk has seen them, and lets them be.
    """

    arrangements: tuple[frozenset[str], ...]
    unheard: frozenset[str] = frozenset()

    def setting(self, before: Collection[str], now: Collection[str]) -> "Known":
        """The desk is about to set these in place of those that were there."""
        if set(now) == set(before):
            return self
        known = self.arrangements
        if known[-1] != frozenset(now) or len(known) == 1:  # else it tries once more
            known = *known, frozenset(now)
        if len(known) > _MOST:
            known = (known[0] | known[1], *known[2:])
        return Known(known, self.unheard | self.unseen(before))

    def unseen(self, there: Collection[str]) -> frozenset[str]:
        """Those among the tags of a post that people put there, and that weren't heard."""
        return frozenset(there) - (self._ever - self.unheard)

    def change(self, now: Collection[str], *, listed: bool = False) -> Change:
        """What people changed where Discord tells that a post has these.

        `listed`: they are the post's by now, and not by one change among others still to be told.
        """
        there = frozenset(now)
        if there in self._expected(listed=listed):
            return Change(there & self.unheard, frozenset())
        always = frozenset.intersection(*self.arrangements)
        return Change(self.unseen(there), always - there)

    def heard(self, now: Collection[str], *, listed: bool = False) -> "Known":
        """That is told and taken in."""
        there, (first, *rest) = frozenset(now), self.arrangements
        if listed or not rest:
            rest = [there]
        elif there != rest[0]:
            change = self.change(now)
            rest = [(first | change.put_on) - change.taken_off, *rest]
        return Known(tuple(rest), (self.unheard - there) & frozenset.union(*rest))

    def _expected(self, *, listed: bool) -> tuple[frozenset[str], ...]:
        """What a post has if people changed nothing: Discord tells of one after the other."""
        return self.arrangements if listed else self.arrangements[:2]

    @property
    def _ever(self) -> frozenset[str]:
        return frozenset.union(*self.arrangements)


class KnownTags:
    """They are kept by the desk's cursor: what is changed while nobody listens is heard later."""

    def __init__(self, cursor: Cursor, channel: str) -> None:
        self._cursor = cursor
        self._channel = channel
        self._turn = asyncio.Lock()  # one after the other reads and writes a line

    async def of(self, post: str) -> Known | None:
        """What is known of a post; None for one whose tags the desk doesn't keep."""
        line = await self._cursor.load(self._key(post))
        if not line:
            return None
        kept = json.loads(line)
        return Known(tuple(map(frozenset, kept["known"])), frozenset(kept["unheard"]))

    async def unseen(self, post: str, there: Collection[str]) -> frozenset[str]:
        """Those among a post's tags that people put there, and that weren't heard."""
        known = await self.of(post)
        return known.unseen(there) if known is not None else frozenset()

    async def setting(self, post: str, before: Collection[str], now: Collection[str]) -> None:
        """The desk is about to set a post's tags, which are kept from the first time on."""
        async with self._turn:
            known = await self.of(post) or Known((frozenset(before),))
            await self._save(post, known.setting(before, now))

    async def heard(self, post: str, now: Collection[str], *, listed: bool = False) -> None:
        """What was told of a post is taken in."""
        async with self._turn:
            known = await self.of(post)
            if known is not None and (later := known.heard(now, listed=listed)) != known:
                await self._save(post, later)

    async def _save(self, post: str, known: Known) -> None:
        kept = {"known": [sorted(each) for each in known.arrangements]}
        line = json.dumps({**kept, "unheard": sorted(known.unheard)}, separators=(",", ":"))
        await self._cursor.save(self._key(post), line)

    def _key(self, post: str) -> str:
        return f"{self._channel}/tags/{post}"
