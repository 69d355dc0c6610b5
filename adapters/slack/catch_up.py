"""Asks Slack for what was said while nobody listened.

Slack sends an event that wasn't acknowledged three times within six minutes, and after trouble of
its own not at all; the histories of rooms and threads are what can be relied on.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

from adapters.slack import ids
from adapters.slack.bookmarks import Bookmarks, now
from adapters.slack.decode_fields import stamp, word
from adapters.slack.decode_scene import is_direct
from adapters.slack.events import Events
from adapters.slack.web_api import LOCKED_OUT, SlackSaysNo, SlackUnreached
from adapters.slack.workspace import Event, Workspace
from bot.channel import Counter

log = logging.getLogger(__name__)

_OVERLAP = (
    60.0  # seconds before a bookmark that are read again: not all comes in the order it was said
)
_AGAIN = 60.0  # seconds until what failed is tried again
_ROUND = 3600.0  # seconds between two rounds, whatever happens
_KINDS = "public_channel,private_channel,mpim,im"


class CatchUp:
    """Reads what the cursor says is missing, in the background, room by room.

    It reads the support rooms, the agents' rooms, every other conversation that the app is in,
    direct messages too, and the threads in which tickets are spoken of. Of a room that was never
    read, and at the very first start of all of them, nothing older than that moment is taken in;
    of a direct message nothing older than the very first start. Edits, deletions and reactions
    leave no trace in a history: of those that were missed, a message's new words are seen where
    the message itself was missed, too.
    """

    def __init__(
        self, workspace: Workspace, counter: Counter, events: Events, bookmarks: Bookmarks
    ) -> None:
        self._workspace = workspace
        self._counter = counter
        self._events = events
        self._bookmarks = bookmarks
        self._wanted = asyncio.Event()
        self._told: set[str] = set()

    def want(self) -> None:
        """Something may have been missed: begin a round, after the one under way."""
        self._bookmarks.missed()
        self._wanted.set()

    async def keep(self) -> None:
        """Catch up whenever that is wanted, until cancelled."""
        await self._wanted.wait()
        while True:
            self._wanted.clear()
            try:
                whole = await self.round()
            except (SlackSaysNo, SlackUnreached) as error:
                log.warning("slack: what was missed isn't read yet: %s", error)
                whole = False
            try:
                async with asyncio.timeout(_ROUND if whole else _AGAIN):
                    await self._wanted.wait()
            except TimeoutError:
                self._bookmarks.missed()

    async def round(self) -> bool:
        """Read everything that is missing; whether nothing was left out."""
        began = await self._bookmarks.began()
        for room in self._workspace.agents_rooms:
            await self._meet(room)
        threads = await self._threads()
        known = (*self._workspace.support_rooms, *self._workspace.agents_rooms, *threads)
        whole = True
        for room in dict.fromkeys((*known, *await self._own_rooms())):
            try:
                whole &= await self._room(room, began, threads.get(room, ()))
            except SlackSaysNo as error:
                self._tell(room, error)
        return whole

    async def _threads(self) -> dict[str, tuple[str, ...]]:
        """The threads in which tickets are spoken of, by their rooms; the latest first."""
        found: dict[str, tuple[str, ...]] = {}
        for address in await self._counter.threads():
            # Of a card, the desk knows the name of its message.
            root = ids.parted(address.thread)[1] or address.thread
            if address.room and root:
                found[address.room] = (*found.get(address.room, ()), root)
        return found

    async def _own_rooms(self) -> list[str]:
        pages = self._workspace.api.pages(
            "users.conversations", "channels", types=_KINDS, exclude_archived=True
        )
        try:
            return [word(each, "id") async for each in pages]
        except SlackSaysNo as error:
            self._tell("the list of rooms", error)
            return []

    async def _room(self, room: str, began: str, threads: tuple[str, ...]) -> bool:
        read = await self._bookmarks.read(room) or (began if is_direct(room) else now())
        oldest = f"{max(float(read) - _OVERLAP, float(began)):.6f}"
        whole, roots = True, list(threads)
        missed = [each async for each in self._said("history", room, oldest=oldest)]
        for item in reversed(missed):  # a history begins with the latest
            whole &= await self._take(item, room)
            if stamp(item, "latest_reply") > oldest:
                roots.append(stamp(item, "ts"))
        for root in dict.fromkeys(roots):
            try:
                replies = self._said("replies", room, ts=root, oldest=oldest)
                for item in [each async for each in replies if stamp(each, "ts") > oldest]:
                    whole &= await self._take(item, room)
            except SlackSaysNo as error:
                self._tell(f"{room}:{root}", error)
        if whole:
            # By Slack's clock: this machine's may be ahead of what is said meanwhile.
            self._bookmarks.caught_up(room, max([read, *(stamp(each, "ts") for each in missed)]))
        return whole

    def _said(self, method: str, room: str, **span: str) -> AsyncIterator[Mapping[str, Any]]:
        return self._workspace.api.pages(
            f"conversations.{method}", "messages", channel=room, **span
        )

    async def _take(self, item: Event, room: str) -> bool:
        try:
            await self._events.message(item, room)
        except Exception as error:  # noqa: BLE001 - one that can't be taken in holds up no other
            log.warning(
                "slack: a missed message isn't taken in yet: %s: %s", type(error).__name__, error
            )
            return False
        return True

    async def _meet(self, room: str) -> None:
        """Tell the desk who is in an agents' room: there its agents may be known by their mail."""
        try:
            pages = self._workspace.api.pages("conversations.members", "members", channel=room)
            await self._events.meet([str(each) async for each in pages])
        except SlackSaysNo as error:
            self._tell(room, error)

    def _tell(self, place: str, error: SlackSaysNo) -> None:
        """Tell the operator once; a room that the app isn't in can't be read, and never was."""
        if error.error in LOCKED_OUT:
            self._workspace.doubt.set()
            raise error
        if f"{place} {error}" not in self._told:
            self._told.add(f"{place} {error}")
            log.warning("slack: %s can't be read: %s", place, error)
