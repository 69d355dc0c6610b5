"""Where a letter is to be found by its reader: in a room, in a thread, or between the two of us."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from adapters.discord import ids
from adapters.discord.send_failure import CLOSED, NO_ACCESS, UNKNOWN_CHANNEL
from adapters.discord.send_private import PrivateThreads
from adapters.discord.talks import Talks
from adapters.discord.web_api import DiscordSaysNo, WebApi
from bot.model.message import ExternalId, Outbound


@dataclass(frozen=True, slots=True)
class Place:
    """A place; `private` for a private thread, `direct` for the talk of two."""

    room: str
    thread: str = ""  # "" for the room itself
    answers: str = ""  # the message in the room that is answered, where there are no threads
    private: bool = False
    direct: bool = False

    @property
    def channel(self) -> str:
        """The channel in which it is posted: to Discord, a thread is one."""
        return self.thread or self.room

    @property
    def name(self) -> ExternalId:
        """The name of what its thread is about."""
        return ids.name(self.room, self.thread)


class Places:
    """Finds the place where the conversation is; `private` are rooms with a thread for each."""

    def __init__(self, api: WebApi, private: Collection[str]) -> None:
        self._talks = Talks(api)
        self._threads = PrivateThreads(api)
        self._private = private

    async def of(self, message: Outbound) -> Place:
        """The place of a letter; a private thread is begun if need be."""
        to = message.to
        if to.thread:
            return Place(to.room, to.thread, private=bool(self._threads.room_of(to.thread)))
        if not message.recipient:
            return Place(to.room, ids.in_channel(message.replies_to, to.room) or "")
        if to.room in self._private:
            return await self._between_us(message) or await self._directly(message)
        try:
            talk = await self._directly(message)
        except DiscordSaysNo as error:
            place = await self._between_us(message) if error.code in CLOSED else None
            if place is None:
                raise
            return place
        return talk if to.room in ("", talk.room) else await self._in_room(message) or talk

    async def may_hold(self, message: Outbound) -> list[str]:
        """The channels in which a letter may stand that an earlier attempt brought, or didn't."""
        to = message.to
        direct = await self._talks.with_(message.recipient) if message.recipient else ""
        private = await self._threads.standing(message) if message.recipient else ""
        root = ids.in_channel(message.replies_to, to.room) or ""
        return list(dict.fromkeys((to.thread, private, root, to.room, direct)))

    async def instead(self, message: Outbound, place: Place, error: DiscordSaysNo) -> Place | None:
        """Another one where Discord refuses this; None where there is none."""
        if place.private and error.code in (UNKNOWN_CHANNEL, NO_ACCESS):
            self._threads.forget(place.thread)
            return await self.of(replace(message, to=replace(message.to, thread="")))
        if place.direct and error.code in CLOSED and message.to.room != place.room:
            return await self._between_us(message)
        return None

    async def _between_us(self, message: Outbound) -> Place | None:
        """A private thread with the reader: where it goes on, else a new one in its room.

        None of a conversation of others, though its reader spoke there, for what they mustn't read.
        """
        if message.alone and not message.to.room:
            return None
        thread = await self._threads.standing(message)
        if not thread and message.to.room:
            thread = await self._threads.begin(message)
        return Place(self._threads.room_of(thread), thread, private=True) if thread else None

    async def _in_room(self, message: Outbound) -> Place | None:
        """The thread of a room where its conversation is by now."""
        room = message.to.room
        if thread := await self._threads.standing(message):
            return Place(room, thread, private=True)
        root = ids.in_channel(message.replies_to, room)
        return Place(room, root) if root else None

    async def _directly(self, message: Outbound) -> Place:
        """Between the two of us; as there are no threads, as a reply to what was said last."""
        direct = await self._talks.with_(message.recipient)
        answers = ids.in_channel(reversed(message.replies_to), direct) or ""
        return Place(direct, answers=answers, direct=True)
