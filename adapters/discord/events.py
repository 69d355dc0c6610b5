"""Events: messages, edits, deletions and reactions, handed over as the desk takes them in."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import discord

from adapters.discord import decode, ids, seen
from adapters.discord.bookmarks import Bookmarks
from adapters.discord.client import Hear
from adapters.discord.known_talks import KnownTalks
from adapters.discord.panels import Panels
from adapters.discord.post import Attached, Ground, Post
from adapters.discord.room import ELSEWHERE
from adapters.discord.tools import Tools
from bot.model.message import Answer, ExternalId, Inbound

log = logging.getLogger(__name__)

_THREAD = 200  # messages of a thread that join a ticket made of one of them


class Events:
    """What the gateway brings, each taken in once whichever way it comes."""

    def __init__(
        self, tools: Tools, bookmarks: Bookmarks, talks: KnownTalks, panels: Panels
    ) -> None:
        self._tools = tools
        self._panels = panels
        self._bookmarks = bookmarks
        self._talks = talks

    def hears(self) -> Mapping[str, Hear]:
        """Who hears of which of the library's events."""
        return {
            "message": self.message,
            "raw_message_edit": self.edited,
            "raw_message_delete": self.deleted,
            "raw_bulk_message_delete": self.deleted,
            "raw_reaction_add": self.reaction,
        }

    async def message(self, message: discord.Message) -> None:
        """Take in a message, said now or found in a history; on disk when this returns."""
        post = await self.post_of(message)
        key = ids.name(post.spot.channel, post.id)
        with self._bookmarks.taking(post.spot.room, post.id):
            if post.spot.ground is Ground.DIRECT:
                await self._talks.heard(post.spot.channel)
            await self._tools.taking.once(key, lambda: self._in_turn(post))

    async def edited(self, event: discord.RawMessageUpdateEvent) -> None:
        """Take in what a message reads now."""
        post = await self.post_of(event.message)
        inbound = decode.edit(post, self._tools.scene())
        if inbound is None:
            return
        work = partial(self._taken, inbound, decode.files_in(post))
        await self._tools.taking.once(inbound.external_id, work)

    async def deleted(self, event: seen.Deleted) -> None:
        """Take in that messages were deleted."""
        for gone in seen.gone(event, self._tools.client, datetime.now(UTC)):
            await self._tools.taking.over(ids.name(gone.spot.channel, gone.id))  # its files, say
            await self._tools.receive(decode.gone(gone, self._tools.scene()))

    async def reaction(self, event: discord.RawReactionActionEvent) -> None:
        """Take in an emoji that stands for words."""
        client, at = self._tools.client, datetime.now(UTC)
        told = seen.reaction(event, client, at)
        if decode.wanted(told, self._tools.scene()) is None:
            return
        place = await self._place(event.channel_id)
        message = await _fetched(place, event.message_id)
        told = seen.reaction(event, client, at, message=message, place=place)
        inbound = decode.reaction(told, self._tools.scene())
        if inbound is None:
            return
        if not decode.makes_ticket(told) or told.post is None:
            await self._show(await self._tools.receive(inbound), inbound)
            return
        answer = await self._tools.receive(await self.with_files(inbound, told.post.files))
        if not (answer and answer.refused):
            await self.join(inbound, but=told.message)
        await self._show(answer, inbound)

    async def post_of(self, message: discord.Message) -> Post:
        """A message in a shape of our own, its channel fetched where it isn't known."""
        known = seen.is_known(message.channel)
        place = None if known else await self._place(message.channel.id)
        post = seen.post(message, self._tools.client, place=place)
        answers = tuple(each for each in post.answers if not self._panels.holds(each))
        return replace(post, answers=answers)

    async def found(self, channel: str, message: str) -> Post | None:
        """A message by its ids; None where it is gone, or can't be read."""
        try:
            place = await self._place(int(channel))
        except (discord.NotFound, discord.Forbidden):
            return None
        told = await _fetched(place, int(message))
        return seen.post(told, self._tools.client, place=place) if told else None

    async def with_files(self, inbound: Inbound, files: tuple[Attached, ...]) -> Inbound:
        """The same with the files that came with it."""
        if not files:
            return inbound
        uploads, remarks = await self._tools.downloads.fetched(files)
        return replace(inbound, uploads=uploads, remarks=(*inbound.remarks, *remarks))

    async def join(self, inbound: Inbound, *, but: str) -> None:
        """Hand over what else stands in a thread, oldest first, for the ticket made of it."""
        thread = inbound.address.thread
        try:
            place = await self._place(int(thread)) if ids.is_id(thread) else None
        except (discord.NotFound, discord.Forbidden):  # nobody began one
            return
        if not isinstance(place, discord.Thread):
            return
        scene = self._tools.scene()
        # In this room nothing is passed over now: somebody said that it is the desk's.
        heard = replace(scene, rooms={**scene.rooms, inbound.address.room: ELSEWHERE})
        async for message in place.history(limit=_THREAD, oldest_first=True):
            post = seen.post(message, self._tools.client)
            said = decode.message(post, heard)
            if said is None or post.id == but:
                continue
            joined = replace(
                said,
                external_id=ExternalId(f"{said.external_id}:joined"),  # it may have been
                known_as=said.external_id,  # overheard before, when it was nobody's
                overheard=True,
                asked=False,
                interactive=False,
                offer=False,
            )
            await self._tools.receive(await self.with_files(joined, post.files))

    async def _in_turn(self, post: Post) -> None:
        # What one person says in one room keeps its order, however long a file takes.
        async with self._tools.taking.turn(f"{post.spot.room} {post.author.id}"):
            inbound = decode.message(post, self._tools.scene())
            if inbound is not None:
                await self._taken(inbound, decode.files_in(post))

    async def _taken(self, inbound: Inbound, files: tuple[Attached, ...]) -> None:
        whole = await self.with_files(inbound, files)
        await self._show(await self._tools.receive(whole), whole)

    async def _show(self, answer: Answer | None, inbound: Inbound) -> None:
        if answer is None:
            return
        # Uncalled, nothing but that question comes with buttons; agents are asked it in any room.
        if answer.buttons and (inbound.offer or not inbound.interactive):
            self._tools.taking.aside(self._tools.showing.offer(answer, inbound))
        elif inbound.interactive:
            among_agents = inbound.address.room in self._tools.scene().agents_rooms
            shown = self._tools.showing.there(answer, inbound, among_agents=among_agents)
            self._tools.taking.aside(shown)

    async def _place(self, channel: int) -> seen.Place:
        known = self._tools.client.get_channel(channel)
        return known or await self._tools.client.fetch_channel(channel)


async def _fetched(place: seen.Place, message: int) -> discord.Message | None:
    """A message of a channel; None where it is gone, or can't be read."""
    if not isinstance(place, discord.abc.Messageable):
        return None
    try:
        return await place.fetch_message(message)
    except (discord.NotFound, discord.Forbidden) as error:
        log.info("discord: a message isn't read: %s", error)
        return None
