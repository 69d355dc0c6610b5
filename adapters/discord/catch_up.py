"""Asks Discord for what was said while nobody listened.

A session that can be resumed brings what was said in between by itself. A new one brings nothing
of it: the histories of channels and threads are what can be relied on.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

import aiohttp
import discord

from adapters.discord import ids
from adapters.discord.bookmarks import Bookmarks
from adapters.discord.client import Hear
from adapters.discord.known_talks import KnownTalks
from bot.channel import Counter

log = logging.getLogger(__name__)

Take = Callable[[discord.Message], Awaitable[None]]
"""Takes in a message that was missed; it may have been taken in before."""

Look = Callable[[discord.Thread], Awaitable[None]]
"""Takes in what was changed of a forum's post itself."""

T = TypeVar("T")

_OVERLAP = timedelta(seconds=10)  # before a bookmark that is read again: not all comes in order
_SOON = 10.0  # seconds until what came and wasn't taken in is read
_AGAIN = 60.0  # seconds until what failed is tried again
_ROUND = 600.0  # seconds between two rounds, whatever happens
_REFUSED = (discord.Forbidden, discord.NotFound)
_TROUBLE = (discord.DiscordException, aiohttp.ClientError, OSError)

_Room = discord.TextChannel | discord.ForumChannel
_Read = discord.TextChannel | discord.Thread | discord.DMChannel


class CatchUp:
    """Reads what the cursor says is missing, in the background, room by room.

    It reads every text channel and forum that the bot sees, with their threads, the direct talks
    that are known, and those in which tickets are spoken of. A channel whose latest message is
    known is left alone.
    Of a room that was never read nothing older than that moment is taken in, and at the very first
    start nothing older at all. Archived threads are looked for in the rooms of the desk alone.
    Edits, deletions and reactions leave no trace in a history; the tags of a post do.
    """

    def __init__(
        self,
        client: discord.Client,
        counter: Counter,
        take: Take,
        bookmarks: Bookmarks,
        talks: KnownTalks,
        *,
        look: Look,
        rooms: Collection[str] = (),
    ) -> None:
        """`rooms`: the channels of the desk, for requests and for agents."""
        self._client = client
        self._counter = counter
        self._take_in = take
        self._look_at = look
        self._bookmarks = bookmarks
        self._talks = talks
        self._rooms = rooms
        self._wanted = asyncio.Event()
        self._complete = False  # whether every server of the session was told of
        self._told: set[str] = set()

    def hears(self) -> dict[str, Hear]:
        """What of the client's events concerns it.

        That a session is new is told before anything of it, then its servers come one by one: what
        is said in between must move no bookmark beyond what was missed. "ready" the library tells
        only when no more of them came for seconds.
        """

        async def connect() -> None:
            self._complete = False
            self._bookmarks.missed()

        async def known(_: discord.Guild) -> None:
            if not any(each.unavailable for each in self._client.guilds):
                self._complete = True
                self.want()

        async def ready() -> None:
            if not self._complete:
                self.want()

        return {"connect": connect, "guild_available": known, "guild_join": known, "ready": ready}

    def want(self) -> None:
        """Something may have been missed: begin a round, after the one under way."""
        self._bookmarks.missed()
        self._wanted.set()

    def heeding(self, hears: Mapping[str, Hear]) -> dict[str, Hear]:
        """The same, for what lasts: where it wasn't taken in, it is found and read soon."""

        def heeded(hear: Hear) -> Hear:
            async def heard(*told: Any) -> None:
                try:
                    await hear(*told)
                except Exception:
                    asyncio.get_running_loop().call_later(_SOON, self.want)
                    raise

            return heard

        return {event: heeded(hear) for event, hear in hears.items()}

    async def keep(self) -> None:
        """Catch up whenever that is wanted, until cancelled."""
        await self._wanted.wait()
        while True:
            self._wanted.clear()
            try:
                whole = await self.round()
            except _TROUBLE as error:
                log.warning("discord: what was missed isn't read yet: %s", error)
                whole = False
            try:
                async with asyncio.timeout(_ROUND if whole else _AGAIN):
                    await self._wanted.wait()
            except TimeoutError:
                self._bookmarks.missed()

    async def round(self) -> bool:
        """Read everything that is missing; whether nothing was left out."""
        began = await self._bookmarks.began()
        addresses = await self._counter.threads()
        kept = {*self._rooms, *(each.room for each in addresses)}
        whole = True
        for guild in self._client.guilds:
            whole &= await _unless_troubled(self._server(guild, began, kept))
        talks = (*(each.room for each in addresses if not each.thread), *await self._talks.all())
        for name in dict.fromkeys(talks):
            whole &= await _unless_troubled(self._direct(name, began))
        return whole

    async def _server(self, guild: discord.Guild, began: str, kept: Collection[str]) -> bool:
        whole = True
        # Asked for anew: what the library knows of them may be what was missed.
        threads = await guild.active_threads()
        for room in await guild.fetch_channels():
            if isinstance(room, _Room) and _sees(room):
                own = [each for each in threads if each.parent_id == room.id]
                reading = self._room(room, began, own, archived=str(room.id) in kept)
                whole &= await _unless_troubled(reading)
        return whole

    async def _room(
        self, room: _Room, began: str, threads: Collection[discord.Thread], *, archived: bool
    ) -> bool:
        name = str(room.id)
        read = await self._bookmarks.read(name)
        oldest = _before(read, began) if read else self._bookmarks.now()
        closed = await self._archived(room, oldest) if archived and read else []
        places: list[_Read] = [*(each for each in threads if _has_more(each, read)), *closed]
        if isinstance(room, discord.TextChannel) and _has_more(room, read):
            places.append(room)
        missed: list[discord.Message] = []
        for place in places:
            try:
                missed += [each async for each in _said(place, oldest)]
            except _REFUSED as error:
                self._tell(str(place.id), error)
                if place is room:
                    return True
        whole = await self._taken(name, read or oldest, missed)
        posts = (*threads, *closed) if isinstance(room, discord.ForumChannel) else ()
        return await _each(self._look_at, posts) and whole

    async def _archived(self, room: _Room, mark: str) -> list[discord.Thread]:
        """The threads of a room that were archived since, and so may hold what wasn't read."""
        since = discord.utils.snowflake_time(int(mark))
        listed = [room.archived_threads(limit=None)]  # the latest archived first
        if isinstance(room, discord.TextChannel):
            listed.append(room.archived_threads(limit=None, private=True))
        found = []
        for threads in listed:
            try:
                async for thread in threads:
                    if thread.archive_timestamp < since:
                        break
                    found.append(thread)
            except _REFUSED as error:
                self._tell(str(room.id), error)
        return found

    async def _direct(self, name: str, began: str) -> bool:
        known = self._client.get_channel(int(name)) if ids.is_id(name) else None
        if not ids.is_id(name) or isinstance(known, discord.abc.GuildChannel):
            return True
        read = await self._bookmarks.read(name) or began
        try:
            talk = await self._client.fetch_channel(int(name))
            if not isinstance(talk, discord.DMChannel):
                return True
            missed = [each async for each in _said(talk, _before(read, began))]
        except _REFUSED as error:
            self._tell(name, error)
            return True
        return await self._taken(name, read, missed)

    async def _taken(self, name: str, read: str, missed: list[discord.Message]) -> bool:
        """Take these in, oldest first; whether each was."""
        missed.sort(key=lambda each: each.id)
        if whole := await _each(self._take_in, missed):
            # By Discord's clock: this machine's may be ahead of what is said meanwhile.
            latest = max([int(read), *(each.id for each in missed)])
            self._bookmarks.caught_up(name, str(latest))
        return whole

    def _tell(self, place: str, error: discord.HTTPException) -> None:
        """Tell the operator once; a room that the bot isn't let into can't be read."""
        if f"{place} {error}" not in self._told:
            self._told.add(f"{place} {error}")
            log.warning("discord: %s can't be read: %s", place, error)


async def _each(take: Callable[[T], Awaitable[None]], missed: Iterable[T]) -> bool:
    """Take these in; whether each was."""
    whole = True
    for one in missed:
        try:
            await take(one)
        except Exception as error:  # noqa: BLE001 - one that can't be taken in holds up no other
            log.warning(
                "discord: what was missed isn't taken in yet: %s: %s", type(error).__name__, error
            )
            whole = False
    return whole


async def _unless_troubled(reading: Awaitable[bool]) -> bool:
    """Whether it was read; a place of which Discord tells nothing just now holds up no other."""
    try:
        return await reading
    except _TROUBLE as error:
        log.warning("discord: what was missed isn't read yet: %s", error)
        return False


def _sees(room: _Room) -> bool:
    may = room.permissions_for(room.guild.me)
    return may.view_channel and may.read_message_history


def _has_more(place: discord.TextChannel | discord.Thread, read: str) -> bool:
    """Whether something may have been said there beyond a mark."""
    return bool(read) and (place.last_message_id or 0) > int(read)


async def _said(place: _Read, mark: str) -> AsyncIterator[discord.Message]:
    """What stands there beyond a mark, oldest first."""
    after = discord.Object(int(mark))
    async for message in place.history(after=after, oldest_first=True, limit=None):
        yield message


def _before(mark: str, began: str) -> str:
    """A mark a little earlier, but not before the very first start."""
    moment = ids.made_at(mark)
    return max(ids.since(moment - _OVERLAP) if moment else mark, began, key=int)
