"""Shows an answer to the one who asked; nothing that may not be lost.

What answers a press, a command or a form only they see. Discord shows nobody a message of a room
alone: there it comes in the agents' room for all of them, else in their direct talk with the desk.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import discord

from adapters.discord import ids, layout
from adapters.discord.send import Sending
from adapters.discord.send_failure import CLOSED
from adapters.discord.talks import Talks
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, Json, WebApi
from bot.channel import DeliveryFailed, FilesRefused, WrongSettings
from bot.model.message import Address, Answer, Inbound, Outbound

log = logging.getLogger(__name__)

_MESSAGE, _LATER, _NOTHING, _INSTEAD, _CHOICES, _FORM = 4, 5, 6, 7, 8, 9  # kinds of callbacks
_BESIDE_ROWS = 22  # of a snowflake: what is left tells a moment, and is no row of the outbox yet
_ALONE = {"flags": layout.EPHEMERAL}
_TROUBLE = (DiscordSaysNo, DiscordUnreached, WrongSettings)


class Showing:
    """Answers at once: at the press, among agents, or between us two."""

    def __init__(self, api: WebApi, sending: Sending) -> None:
        self._api = api
        self._sending = sending
        self._talks = Talks(api)

    async def at(self, event: discord.Interaction, answer: Answer | None) -> None:
        """Answer what somebody pressed, typed or filled in, for their eyes alone."""
        if answer is None:
            await self._callback(event, _NOTHING if event.message else _LATER, _ALONE)
            if not event.message:  # a command leaves a line that tells of waiting
                await self._hook(event, "DELETE", "/messages/@original")
            return
        first, *more = layout.answer(answer)
        if await self._callback(event, _MESSAGE, first):
            for each in more:
                await self._hook(event, "POST", "", each)

    async def wait(self, event: discord.Interaction) -> None:
        """Say that the answer comes later; `late` brings it."""
        await self._callback(event, _LATER, _ALONE)

    async def late(self, event: discord.Interaction, answer: Answer | None) -> None:
        """Answer what `wait` was said to."""
        if answer is None:
            await self._hook(event, "DELETE", "/messages/@original")
            return
        first, *more = layout.answer(answer)
        await self._hook(event, "PATCH", "/messages/@original", first)
        for each in more:
            await self._hook(event, "POST", "", each)

    async def gone(self, event: discord.Interaction, answer: Answer | None) -> None:
        """Take away what they pressed, which offers what is done, and show what came of it."""
        await self._callback(event, _NOTHING, {})
        await self._hook(event, "DELETE", "/messages/@original")
        if answer is not None:
            for each in layout.answer(answer):
                await self._hook(event, "POST", "", each)

    async def page(self, event: discord.Interaction, page: Json, *, instead: bool) -> None:
        """Show them their own page; `instead` of the one on which they pressed."""
        await self._callback(event, _INSTEAD if instead else _MESSAGE, page)

    async def form(self, event: discord.Interaction, modal: Json) -> bool:
        """Open a form; whether Discord did."""
        return await self._callback(event, _FORM, modal)

    async def choices(self, event: discord.Interaction, choices: Sequence[Json]) -> None:
        """Offer choices for what they are typing."""
        await self._callback(event, _CHOICES, {"choices": list(choices)})

    async def there(self, answer: Answer, inbound: Inbound, *, among_agents: bool) -> None:
        """Answer a message: below it where only agents read, else in their direct talk.

        What a letter says as well isn't said between us two once more.
        """
        if among_agents:
            await self._say(inbound.address, layout.answer(answer, alone=False), inbound.name)
        elif not answer.told and not await self._directly(
            inbound, layout.answer(answer, alone=False)
        ):
            await self._aside(inbound, answer)

    async def offer(self, answer: Answer, inbound: Inbound) -> None:
        """Ask the writer of a message, in private, whether it is meant for the desk."""
        await self._directly(inbound, [layout.offer(answer, inbound.name, alone=False)])

    async def _directly(self, inbound: Inbound, posts: Sequence[Json]) -> bool:
        """False where they take no direct messages."""
        try:
            room = await self._talks.with_(inbound.speaker.external_id)
        except _TROUBLE as error:
            log.info("discord: an answer isn't shown: %s", error)
            return not _is_closed(error)
        return await self._say(Address("", room), posts, inbound.name)

    async def _aside(self, inbound: Inbound, answer: Answer) -> None:
        """Answer in a private thread of the room where they asked."""
        asked = ids.parted(inbound.external_id)[1]
        message = Outbound(
            row=int(asked or 0) >> _BESIDE_ROWS,
            to=replace(inbound.address, thread=""),
            recipient=inbound.speaker.external_id,
            recipient_name=inbound.speaker.name,
            text=answer.text,
            created_at=datetime.now(UTC),
            reference=answer.reference,
            buttons=answer.buttons,
        )
        try:
            await self._sending.send(message)
        except (DeliveryFailed, FilesRefused) as error:
            log.info("discord: an answer isn't shown: %s", error)

    async def _say(self, place: Address, posts: Sequence[Json], about: str) -> bool:
        """Say it in a place, as a reply where what it answers stands there; False if it is closed
        to us.
        """
        answered = ids.parted(about)
        channel = answered[0] if answered[0] in (place.room, place.thread) else place.room
        for number, post in enumerate(posts):
            below = {"message_reference": {"message_id": answered[1], "fail_if_not_exists": False}}
            said = {**post, **below} if number == 0 and channel == answered[0] else post
            try:
                await self._api.call(
                    "POST", "/channels/{channel_id}/messages", said, channel_id=channel
                )
            except _TROUBLE as error:
                log.info("discord: an answer isn't shown: %s", error)
                return not _is_closed(error)
        return True

    async def _callback(self, event: discord.Interaction, kind: int, data: Json) -> bool:
        """Answer an interaction for the first time; whether Discord took it."""
        try:
            await self._api.call(
                "POST",
                "/interactions/{webhook_id}/{webhook_token}/callback",
                {"type": kind, "data": data},
                webhook_id=str(event.id),
                webhook_token=event.token,
            )
        except _TROUBLE as error:
            log.info("discord: an answer isn't shown: %s", error)
            return False
        return True

    async def _hook(
        self, event: discord.Interaction, method: str, path: str, post: Json | None = None
    ) -> None:
        try:
            await self._api.call(
                method,
                f"/webhooks/{{webhook_id}}/{{webhook_token}}{path}",
                post,
                webhook_id=str(event.application_id),
                webhook_token=event.token,
            )
        except _TROUBLE as error:
            log.info("discord: an answer isn't shown: %s", error)


def _is_closed(error: Exception) -> bool:
    return isinstance(error, DiscordSaysNo) and error.code in CLOSED
