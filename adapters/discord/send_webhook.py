"""Lets agents speak under their own names and pictures: by a webhook of the application.

A webhook belongs to a text channel or a forum and speaks in its threads, too. It can't begin a
thread below a message, and knows no nonce.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.discord.send_failure import UNKNOWN_CHANNEL, is_refusal
from adapters.discord.web_api import DiscordSaysNo, Json, WebApi
from bot.model.message import Outbound, Upload

PICTURES = "https://cdn.discordapp.com"  # where everybody's picture is
_CALLED = "Desk"  # the webhook's own name, which nobody reads
_LONGEST_NAME = 80
_FORBIDDEN = re.compile(r"clyde|discord", re.IGNORECASE)
_NOBODY = frozenset({"everyone", "here"})
_REPLACED = 50027  # Discord's code for another token than the webhook's
_UNFIT = re.compile(r"[@#:]|```")
_WITHOUT = 600.0  # seconds for which a room that refuses a webhook isn't asked for one again
_LOOKS = 3600.0  # seconds for which a picture is taken for the same
_MOST = 5000
_OF_BOTS = frozenset({"nonce", "enforce_nonce", "message_reference"})  # webhooks know none of these
_USUAL = 6  # pictures of those who have none of their own


class Unmasked(Exception):  # noqa: N818 - it reads as what happened
    """Discord takes nothing under this name just now; the bot can say it all the same."""


@dataclass(frozen=True, slots=True)
class Mask:
    """A webhook of ours, and who speaks by it."""

    webhook: str
    token: str = field(repr=False)
    room: str
    name: str
    picture: str


class Webhooks:
    """One for each room in which an agent ever spoke, found or made when it is first needed."""

    def __init__(self, api: WebApi) -> None:
        self._api = api
        self._looking: dict[str, asyncio.Lock] = {}  # by room: a slow one holds up no other
        self._known: dict[str, tuple[str, str]] = {}  # ids and tokens, by room
        self._without: dict[str, float] = {}  # rooms that refuse one, until when
        self._pictures: dict[str, tuple[str, float]] = {}  # by person, until when

    async def mask(self, message: Outbound, room: str) -> Mask | None:
        """How its speaker appears there; None where the bot must speak for them.

        Raises what a call raises while Discord can't tell.
        """
        name = fitting(message.sender_name)
        if not message.sender or not name:
            return None
        webhook = await self._of(room)
        if webhook is None:
            return None
        picture = await self._picture(message.sender)
        return Mask(*webhook, room, name, picture) if picture else None

    async def post(self, mask: Mask, thread: str, post: Json, files: Sequence[Upload] = ()) -> Json:
        """Say it, in a thread of the room or, "", in the room; `Unmasked` where that can't be."""
        said = {key: each for key, each in post.items() if key not in _OF_BOTS}
        query = {"wait": "true", "with_components": "true"}
        try:
            told: dict[str, Any] = await self._api.call(
                "POST",
                "/webhooks/{webhook_id}/{webhook_token}",
                {**said, "username": mask.name, "avatar_url": mask.picture},
                query=query | ({"thread_id": thread} if thread else {}),
                files=files,
                webhook_id=mask.webhook,
                webhook_token=mask.token,
            )
        except DiscordSaysNo as error:
            ours = error.code == _REPLACED or is_refusal(error)
            if error.code == UNKNOWN_CHANNEL or not ours:
                raise
            # It was deleted, say, or Discord dislikes the name; the bot is told what else it is.
            self._known.pop(mask.room, None)
            raise Unmasked(str(error)) from error
        return told

    async def _of(self, room: str) -> tuple[str, str] | None:
        """The id and token of the room's own webhook; None where we may have none."""
        async with self._looking.setdefault(room, asyncio.Lock()):
            if room in self._known:
                return self._known[room]
            if self._without.get(room, 0.0) > _now():
                return None
            try:
                found = await self._found(room) or await self._made(room)
            except DiscordSaysNo as error:
                if not is_refusal(error):
                    raise
                _keep(self._without, room, _now() + _WITHOUT)
                return None
            _keep(self._known, room, found)
            return found

    async def _found(self, room: str) -> tuple[str, str] | None:
        me = await self._api.me()
        listed = await self._api.call("GET", "/channels/{channel_id}/webhooks", channel_id=room)
        own = (each for each in listed if (each.get("user") or {}).get("id") == me)
        return next(((each["id"], each["token"]) for each in own if each.get("token")), None)

    async def _made(self, room: str) -> tuple[str, str]:
        made = await self._api.call(
            "POST", "/channels/{channel_id}/webhooks", {"name": _CALLED}, channel_id=room
        )
        return made["id"], made["token"]

    async def _picture(self, person: str) -> str:
        """The address of somebody's picture on Discord; "" of whom Discord doesn't know."""
        picture, until = self._pictures.get(person, ("", 0.0))
        if until <= _now():
            picture = await self._looked_up(person)
            _keep(self._pictures, person, (picture, _now() + _LOOKS))
        return picture

    async def _looked_up(self, person: str) -> str:
        try:
            told = await self._api.call("GET", "/users/{user_id}", user_id=person)
        except DiscordSaysNo as error:
            if not is_refusal(error):
                raise
            return ""
        if told.get("avatar"):
            return f"{PICTURES}/avatars/{person}/{told['avatar']}.png"
        return f"{PICTURES}/embed/avatars/{(int(person) >> 22) % _USUAL}.png"


def fitting(name: str) -> str:
    """The name as Discord takes it of a webhook; "" where it takes none like it."""
    plain = " ".join(_UNFIT.sub("", name).split())[:_LONGEST_NAME].rstrip()
    return "" if _FORBIDDEN.search(plain) or plain.casefold() in _NOBODY else plain


def _keep(kept: dict[str, Any], key: str, value: object) -> None:
    if len(kept) >= _MOST:
        kept.clear()
    kept[key] = value


def _now() -> float:
    return asyncio.get_running_loop().time()
