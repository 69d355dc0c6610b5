"""The private threads in which requests are spoken of with their requesters: found, or begun."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from adapters.discord import ids
from adapters.discord.rights import sees
from adapters.discord.send_failure import UNKNOWN_CHANNEL, is_refusal
from adapters.discord.send_thread import LONGEST_NAME
from adapters.discord.web_api import DiscordSaysNo, Json, WebApi
from bot.model.message import Outbound

log = logging.getLogger(__name__)

_TEXT, _PRIVATE = 0, 12  # kinds of channels
_EARLIER = timedelta(seconds=60)  # by which Discord's clock may be behind
_MOST = 5000


class PrivateThreads:
    """Each is named by its ticket's reference, and known by its room and its own id.

    That is the name under which `Sending.send` gives the first post in it, and under which
    `decode_message.root_of` names it to the desk for everything that is said there.
    """

    def __init__(self, api: WebApi) -> None:
        self._api = api
        self._rooms: dict[str, str] = {}  # of threads; "" for what is none of ours
        self._begun: dict[tuple[str, str, str], str] = {}  # by room, name and reader

    async def standing(self, message: Outbound) -> str:
        """The thread where its conversation goes on, in the letter's room if it names one.

        "" where there is none.
        """
        room = message.to.room
        for each in dict.fromkeys(_candidates(message)):
            if (stands_in := await self._room_of(each)) and room in ("", stands_in):
                return each
        # What left a moment ago isn't among what it answers yet.
        begun = self._begun.get(_key(message), "")
        return begun if begun and await self._room_of(begun) == room else ""

    async def begin(self, message: Outbound) -> str:
        """A thread in the letter's room with its reader; "" where Discord lets us have none.

        One that an earlier attempt began is found again. Raises what a call raises while Discord
        can't tell.
        """
        room = message.to.room
        try:
            found = await self._begun_in(message, room)
        except DiscordSaysNo as error:
            if not is_refusal(error):
                raise
            log.warning("discord: no private thread can be begun in %s: %s", room, error)
            return ""
        if found:
            _keep(self._rooms, found, room)
            if len(self._begun) >= _MOST:
                self._begun.clear()
            self._begun[_key(message)] = found
        return found

    def room_of(self, thread: str) -> str:
        """The room of a thread that was found or begun; "" of any other."""
        return self._rooms.get(thread, "")

    def forget(self, thread: str) -> None:
        """It may be gone: look again before anything else is said there."""
        self._rooms.pop(thread, None)

    async def _begun_in(self, message: Outbound, room: str) -> str:
        channel = await self._api.call("GET", "/channels/{channel_id}", channel_id=room)
        if channel["type"] != _TEXT or not await self._reads(message.recipient, channel):
            return ""
        thread = await self._begun_before(message, channel)
        if not thread:
            body = {"name": _name(message), "type": _PRIVATE}
            made = await self._api.call(
                "POST", "/channels/{channel_id}/threads", body, channel_id=room
            )
            thread = str(made["id"])
        await self._api.call(
            "PUT",
            "/channels/{channel_id}/thread-members/{user_id}",
            channel_id=thread,
            user_id=message.recipient,
        )
        return thread

    async def _reads(self, person: str, channel: Json) -> bool:
        """Whether they are on the channel's server, and may see it."""
        server = str(channel.get("guild_id", ""))
        guild = await self._api.call("GET", "/guilds/{guild_id}", guild_id=server)
        member = await self._api.call(
            "GET", "/guilds/{guild_id}/members/{user_id}", guild_id=server, user_id=person
        )
        return sees(guild, member, channel)

    async def _begun_before(self, message: Outbound, channel: Json) -> str:
        """The thread of this ticket that stands already; "" for none.

        Without a ticket nothing but its members tells whose it is.
        """
        me, oldest = await self._api.me(), ids.since(message.created_at - _EARLIER)
        active = await self._api.call(
            "GET", "/guilds/{guild_id}/threads/active", guild_id=str(channel["guild_id"])
        )
        for each in active["threads"]:
            made = _is_ours(each, me) and each["parent_id"] == channel["id"]
            if made and each["name"] == _name(message) and int(each["id"]) >= int(oldest):
                found = str(each["id"])
                if message.reference or await self._is_in(found, message.recipient):
                    return found
        return ""

    async def _is_in(self, thread: str, person: str) -> bool:
        try:
            await self._api.call(
                "GET",
                "/channels/{channel_id}/thread-members/{user_id}",
                channel_id=thread,
                user_id=person,
            )
        except DiscordSaysNo as error:
            if not is_refusal(error):
                raise
            return False
        return True

    async def _room_of(self, channel: str) -> str:
        """The room in which a thread of ours stands; "" of whatever else."""
        if channel not in self._rooms:
            try:
                told = await self._api.call("GET", "/channels/{channel_id}", channel_id=channel)
            except DiscordSaysNo as error:
                if not is_refusal(error):
                    raise
                if error.code == UNKNOWN_CHANNEL:  # a message, mostly
                    _keep(self._rooms, channel, "")
                return ""
            ours = _is_ours(told, await self._api.me())
            _keep(self._rooms, channel, str(told["parent_id"]) if ours else "")
        return self._rooms[channel]


def _candidates(message: Outbound) -> Iterator[str]:
    """What may be the thread, of all that was said before: the latest first."""
    for each in reversed(message.replies_to):
        channel, own = ids.parted(each)
        if channel and channel != message.to.room:
            yield channel
        if channel and message.to.room in ("", channel):
            yield own


def _is_ours(channel: Json, me: str) -> bool:
    return channel["type"] == _PRIVATE and channel.get("owner_id") == me


def _name(message: Outbound) -> str:
    name = message.reference or message.recipient_name or message.subject or "…"
    return name[:LONGEST_NAME].strip() or "…"


def _key(message: Outbound) -> tuple[str, str, str]:
    return message.to.room, _name(message), message.recipient


def _keep(kept: dict[str, str], key: str, value: str) -> None:
    if len(kept) >= _MOST:
        kept.clear()
    kept[key] = value
