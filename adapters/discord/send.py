"""Delivers one message to Discord, once however often it is tried."""

from dataclasses import dataclass
from typing import Any

from adapters.discord import ids, layout
from adapters.discord.send_failure import (
    HAS_THREAD,
    TOO_OLD_TO_EDIT,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    WRONG_CHANNEL,
    failed,
)
from adapters.discord.send_files import FilesStay, share
from adapters.discord.send_lookup import own_since
from adapters.discord.send_mark import marked, part_of
from adapters.discord.talks import Talks
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, Json, WebApi
from bot.channel import DeliveryFailed, FilesRefused, WrongSettings
from bot.model.message import ExternalId, Outbound, Shows

_LONGEST_NAME = 100  # characters of a thread's name
_TROUBLE = (DiscordSaysNo, DiscordUnreached, WrongSettings)


@dataclass(frozen=True, slots=True)
class _Place:
    room: str
    thread: str = ""  # "" for the room itself
    answers: str = ""  # the message in the room that is answered, where there are no threads

    @property
    def channel(self) -> str:
        """The channel in which it is posted: to Discord, a thread is one."""
        return self.thread or self.room


class Sending:
    """The way out; several messages may be on it at the same time."""

    def __init__(self, api: WebApi) -> None:
        self._api = api
        self._talks = Talks(api)

    async def send(self, message: Outbound) -> ExternalId:
        """Deliver it and return its name; DeliveryFailed if Discord doesn't take it, FilesRefused
        if it has the words.

        Words that are more than one post holds become several, and their files come behind them:
        the first post gives the name.
        """
        try:
            place = await self._place(message)
            if message.shows is Shows.CARD:
                return await self._drawn(message, place, layout.card(message))
            if message.shows is Shows.HOME:
                return await self._drawn(message, place, layout.home(message)[0])
        except _TROUBLE as error:
            raise failed(error) from error
        return await self._words(message, place)

    async def _drawn(self, message: Outbound, place: _Place, post: Json) -> ExternalId:
        """Draw it in place of what it replaces, or anew where that is gone."""
        channel, standing = ids.parted(message.replaces)
        drawn = marked(post, message.row, 0)
        if standing:
            state = {key: drawn[key] for key in ("flags", "components", "allowed_mentions")}
            try:
                await self._api.call(
                    "PATCH",
                    "/channels/{channel_id}/messages/{message_id}",
                    state,
                    channel_id=channel,
                    message_id=standing,
                )
            except DiscordSaysNo as error:
                if error.code not in (UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, TOO_OLD_TO_EDIT):
                    raise
            else:
                return ids.name(channel, standing)
        there = await self._posted(message, place)
        return there.get(0) or await self._post(message, place, drawn)

    async def _words(self, message: Outbound, place: _Place) -> ExternalId:
        there: dict[int, ExternalId] = {}
        try:
            there = await self._posted(message, place)
            root = ids.name(message.to.room, message.to.thread)
            if message.replies_to == (root,) and not message.again:
                await self._begin(message, place)  # these are the first words below that message
            for part, post in enumerate(layout.words(message)):
                if part not in there:
                    dressed = marked(post, message.row, part)
                    answers = place.answers if part == 0 else ""
                    there[part] = await self._post(message, place, _below(dressed, answers))
            channel = ids.parted(there[0])[0] if there else await self._ready(message, place)
            shared = await share(self._api, message, channel) if message.uploads else ""
        except FilesStay as stay:
            if not there:
                raise DeliveryFailed(str(stay), permanent=True) from stay
            raise FilesRefused(str(stay), there[0], stay.names) from stay
        except _TROUBLE as error:
            raise failed(error, posted=bool(there)) from error
        return there[0] if there else ids.name(channel, shared)

    async def _place(self, message: Outbound) -> _Place:
        """Where a reader finds it: where the conversation is."""
        to = message.to
        if to.thread:
            return _Place(to.room, to.thread)
        if not message.recipient:
            return _Place(to.room, ids.in_channel(message.replies_to, to.room) or "")
        direct = await self._talks.with_(message.recipient)
        if to.room and to.room != direct:
            root = ids.in_channel(message.replies_to, to.room)
            if root:
                return _Place(to.room, root)
        # A direct talk has no threads: there it is a reply to what was said last.
        return _Place(direct, answers=ids.in_channel(reversed(message.replies_to), direct) or "")

    async def _post(self, message: Outbound, place: _Place, post: Json) -> ExternalId:
        """Post it, in a thread that is begun if need be; its name."""
        try:
            return await self._said(place.channel, post)
        except DiscordSaysNo as error:
            if error.code != UNKNOWN_CHANNEL or not place.thread:
                raise
        try:
            if await self._begin(message, place):
                return await self._said(place.thread, post)
        except DiscordSaysNo as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
        # What it would have stood beneath was taken away; it must be read all the same.
        return await self._said(place.room, _below(post, place.thread))

    async def _ready(self, message: Outbound, place: _Place) -> str:
        """The channel for files that come without a word."""
        if not place.thread:
            return place.room
        begun = await self._begin(message, place)
        return place.thread if begun else place.room

    async def _begin(self, message: Outbound, place: _Place) -> bool:
        """Begin the thread of the message that bears its id; whether there is one now."""
        name = message.reference or message.subject or message.sender_name or "…"
        try:
            await self._api.call(
                "POST",
                "/channels/{channel_id}/messages/{message_id}/threads",
                {"name": name[:_LONGEST_NAME]},
                channel_id=place.room,
                message_id=place.thread,
            )
        except DiscordSaysNo as error:
            if error.code == HAS_THREAD:
                return True
            if error.code in (UNKNOWN_MESSAGE, WRONG_CHANNEL):
                return False
            raise
        return True

    async def _said(self, channel: str, post: Json) -> ExternalId:
        said = await self._api.call(
            "POST", "/channels/{channel_id}/messages", post, channel_id=channel
        )
        return ids.name(str(said["channel_id"]), str(said["id"]))

    async def _posted(self, message: Outbound, place: _Place) -> dict[int, ExternalId]:
        """Which parts of it an earlier attempt has posted already, and their names."""
        found: dict[int, ExternalId] = {}
        if not message.again:
            return found
        # It may stand in the room where there was no thread to be had.
        for channel in dict.fromkeys((place.channel, place.room)):
            async for item in own_since(self._api, message, channel):
                part = part_of(item, message.row)
                if part is not None:
                    found.setdefault(part, ids.name(channel, str(item["id"])))
            if found:
                break
        return found


def _below(post: Json, answers: str) -> dict[str, Any]:
    """The post as a reply to a message of its channel, as long as that stands."""
    if not answers:
        return dict(post)
    return {**post, "message_reference": {"message_id": answers, "fail_if_not_exists": False}}
