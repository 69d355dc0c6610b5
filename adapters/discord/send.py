"""Delivers one message to Discord, once however often it is tried."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adapters.discord import ids, layout
from adapters.discord.known_tags import KnownTags
from adapters.discord.send_failure import (
    TOO_OLD_TO_EDIT,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    failed,
)
from adapters.discord.send_files import FilesStay, share
from adapters.discord.send_labels import label
from adapters.discord.send_lacks import Lack, lack
from adapters.discord.send_lookup import own_since
from adapters.discord.send_mark import marked, part_of
from adapters.discord.send_place import Place, Places
from adapters.discord.send_thread import begin
from adapters.discord.send_unsaid import take_back
from adapters.discord.send_webhook import Mask, Unmasked, Webhooks
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, Json, WebApi
from bot.channel import DeliveryFailed, FilesRefused, WrongSettings
from bot.model.message import UNNAMED, ExternalId, Outbound, Shows, Upload

_TROUBLE = (DiscordSaysNo, DiscordUnreached, WrongSettings)


@dataclass(frozen=True, slots=True)
class _Way:
    """Where it is said, and by whom: the bot, or an agent whose mask it wears."""

    place: Place
    mask: Mask | None = None


@dataclass(frozen=True, slots=True)
class _Standing:
    """A part of it that is there."""

    name: ExternalId
    named: bool  # it appears under the speaker's own name


class Sending:
    """The way out; several messages may be on it at the same time."""

    def __init__(self, api: WebApi, tags: KnownTags, private: Collection[str] = ()) -> None:
        """`private`: the rooms in which each request has a private thread."""
        self._api = api
        self._tags = tags
        self._places = Places(api, private)
        self._webhooks = Webhooks(api)

    async def send(self, message: Outbound) -> ExternalId:
        """Deliver it and return its name; DeliveryFailed if Discord doesn't take it, FilesRefused
        if it has the words.

        Words that are more than one post holds become several, and their files come behind them:
        the first post gives the name. The first of a private thread bears the name of that. What
        was taken back is replaced there.
        """
        try:
            if message.shows is Shows.LABELS:
                return await label(self._api, self._tags, message)
            if message.shows is Shows.CARD:
                return await self._drawn(message, layout.card(message))
            if message.shows is Shows.UNSAID:
                return await take_back(self._api, self._places, message)
            return await self._spoken(message)
        except _TROUBLE as error:
            wanting = await lack(self._api, error, message.to.room) if message.to.room else Lack()
            raise failed(error, lacks=wanting.rights, where=wanting.where) from error

    async def _drawn(self, message: Outbound, post: Json) -> ExternalId:
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
        way = _Way(await self._places.of(message))
        there = await self._posted(message, way)
        return there[0].name if 0 in there else await self._post(message, way, drawn)

    async def _spoken(self, message: Outbound) -> ExternalId:
        """Say it where its reader finds it, or where else they do."""
        place = await self._places.of(message)
        try:
            return await self._under_a_name(message, place)
        except DiscordSaysNo as error:
            other = await self._places.instead(message, place, error)
            if other is None:
                raise
        return await self._under_a_name(message, other)

    async def _under_a_name(self, message: Outbound, place: Place) -> ExternalId:
        """Let the agent who speaks say it, or the bot where they can't."""
        mask = None if place.direct else await self._webhooks.mask(message, place.room)
        begins = place.private and place.name not in message.replies_to
        try:
            try:
                name = await self._words(message, _Way(place, mask))
            except Unmasked:  # and what is there already is found
                name = await self._words(replace(message, again=True), _Way(place))
        except FilesRefused as refusal:
            if not begins:
                raise
            raise FilesRefused(refusal.reason, place.name, refusal.names) from refusal
        return place.name if begins else name

    async def _words(self, message: Outbound, way: _Way) -> ExternalId:
        """Raises what a call raises as long as nothing of it is there, DeliveryFailed later."""
        there: dict[int, _Standing] = {}
        try:
            there = await self._posted(message, way)
            if _are_first(message, way.place):
                await begin(self._api, message, way.place.room, way.place.thread)
            named = there[0].named if 0 in there else way.mask is not None
            for part, post in enumerate(layout.words(message, named=named)):
                if part not in there:
                    dressed = marked(post, message.row, part)
                    answers = way.place.answers if part == 0 else ""
                    name = await self._post(message, way, _below(dressed, answers))
                    there[part] = _Standing(name, named)
            shared = await self._shared(message, way, there) if message.uploads else UNNAMED
        except FilesStay as stay:
            if not there:
                raise DeliveryFailed(str(stay), permanent=True) from stay
            raise FilesRefused(str(stay), there[0].name, stay.names) from stay
        except _TROUBLE as error:
            if not there:
                raise
            raise failed(error, posted=True) from error
        return there[0].name if there else shared

    async def _post(self, message: Outbound, way: _Way, post: Json) -> ExternalId:
        """Post it, in a thread that is begun if need be; its name."""
        place = way.place
        try:
            return _named(await self._put(way, place.thread, post))
        except DiscordSaysNo as error:
            if error.code != UNKNOWN_CHANNEL or not place.thread or place.private:
                raise
        try:
            if await begin(self._api, message, place.room, place.thread):
                return _named(await self._put(way, place.thread, post))
        except DiscordSaysNo as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
        # What it would have stood beneath was taken away; it must be read all the same.
        return _named(await self._put(way, "", _below(post, place.thread)))

    async def _put(self, way: _Way, thread: str, post: Json, files: Sequence[Upload] = ()) -> Json:
        """Post it in this thread or, "", in the room itself; what Discord tells of it."""
        if way.mask is not None:
            return await self._webhooks.post(way.mask, thread, post, files)
        said: dict[str, Any] = await self._api.call(
            "POST",
            "/channels/{channel_id}/messages",
            post,
            files=files,
            channel_id=thread or way.place.room,
        )
        return said

    async def _shared(
        self, message: Outbound, way: _Way, there: Mapping[int, _Standing]
    ) -> ExternalId:
        """Bring its files behind its words; the name of the first message with some of them."""
        place = way.place
        if there:
            channel = ids.parted(there[0].name)[0]
        else:
            begun = place.private or await begin(self._api, message, place.room, place.thread)
            channel = place.thread if begun else place.room
        thread = "" if channel == place.room else channel

        async def put(body: Json, files: Sequence[Upload]) -> Json:
            return await self._put(way, thread, body, files)

        shared = await share(self._own(message, way, channel), message, put)
        return ids.name(channel, shared)

    async def _posted(self, message: Outbound, way: _Way) -> dict[int, _Standing]:
        """Which parts of it an earlier attempt has posted already."""
        found: dict[int, _Standing] = {}
        if not message.again:
            return found
        place = way.place
        # It may stand in the room where there was no thread to be had.
        for channel in dict.fromkeys(
            (place.channel, place.channel if place.private else place.room)
        ):
            async for item in self._own(message, way, channel):
                part = part_of(item, message.row)
                if part is not None:
                    standing = _Standing(ids.name(channel, str(item["id"])), "webhook_id" in item)
                    found.setdefault(part, standing)
            if found:
                break
        return found

    def _own(self, message: Outbound, way: _Way, channel: str) -> AsyncIterator[Json]:
        """What the desk said in a channel since the message was written."""
        return own_since(self._api, message, channel, way.mask.webhook if way.mask else "")


def _named(said: Json) -> ExternalId:
    return ids.name(str(said["channel_id"]), str(said["id"]))


def _below(post: Json, answers: str) -> dict[str, Any]:
    """The post as a reply to a message of its channel, as long as that stands."""
    if not answers:
        return dict(post)
    return {**post, "message_reference": {"message_id": answers, "fail_if_not_exists": False}}


def _are_first(message: Outbound, place: Place) -> bool:
    """Whether these are the first words below a message: its thread is begun without asking."""
    threaded = bool(message.to.thread) and not place.private
    return threaded and message.replies_to == (place.name,) and not message.again
