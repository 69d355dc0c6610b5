"""Panels: messages that stay in a room, with a button for whoever needs something."""

import logging
from collections.abc import Iterable

from adapters.discord.ids import PAGE, SAY
from adapters.discord.layout import Post, shown
from adapters.discord.layout_parts import Component, button, container, row, text
from adapters.discord.markdown import escape, heading
from adapters.discord.room import Room
from adapters.discord.send_failure import ANOTHERS_MESSAGE, UNKNOWN_MESSAGE
from adapters.discord.web_api import DiscordSaysNo, DiscordUnreached, WebApi
from bot.channel import Cursor, Listing, WrongSettings

log = logging.getLogger(__name__)

_MESSAGES = "/channels/{channel_id}/messages"
_NEW, _HOME = f"{SAY}/new", f"{PAGE}1:home"
_LOOKED = 50  # latest messages of a room among which one of an earlier start is looked for


class Panels:
    """One in each room that wants one: posted once, and kept as the texts have it."""

    def __init__(self, api: WebApi, cursor: Cursor, channel: str, rooms: Iterable[Room]) -> None:
        self._api = api
        self._cursor = cursor
        self._channel = channel
        self._rooms = [each for each in rooms if each.panel]
        self._standing: set[str] = set()

    def holds(self, message: str) -> bool:
        """Whether a message is a panel: what answers it begins something of its own."""
        return message in self._standing

    async def keep(self, listing: Listing) -> None:
        """Post those that aren't there, and draw the others anew."""
        for room in self._rooms:
            try:
                await self._drawn(room.channel, panel(listing, room.language))
            except (DiscordSaysNo, DiscordUnreached, WrongSettings) as error:
                log.warning("discord: no panel stands in %s: %s", room.channel, error)

    async def _drawn(self, room: str, post: Post) -> None:
        key = f"{self._channel}/panel/{room}"
        standing = await self._cursor.load(key) or await self._found(room)
        if standing:
            try:
                state = {"flags": post["flags"], "components": post["components"]}
                path = f"{_MESSAGES}/{{message_id}}"
                await self._api.call("PATCH", path, state, channel_id=room, message_id=standing)
            except DiscordSaysNo as error:
                if error.code not in (UNKNOWN_MESSAGE, ANOTHERS_MESSAGE):
                    raise
                standing = ""
        if not standing:
            posted = await self._api.call("POST", _MESSAGES, post, channel_id=room)
            standing = str(posted["id"])
        self._standing.add(standing)
        await self._cursor.save(key, standing)

    async def _found(self, room: str) -> str:
        """One that was posted, but not written down: the desk ended in between."""
        me = await self._api.me()
        query = {"limit": str(_LOOKED)}
        for each in await self._api.call("GET", _MESSAGES, query=query, channel_id=room):
            if each["author"]["id"] == me and _is_panel(each.get("components", ())):
                return str(each["id"])
        return ""


def panel(listing: Listing, language: str) -> Post:
    """What it shows, in this language or else the desk's."""

    def say(key: str) -> str:
        said = listing.listed(key)
        return said.get(language) or next(iter(said.values()))

    words = "\n".join((heading(say("description")), escape(say("panel_text"))))
    buttons = [
        button(say("panel_report"), _NEW, main=True),
        button(say("panel_home"), _HOME),
    ]
    return shown([container([text(words), row(buttons)])], alone=False)


def _is_panel(components: Iterable[Component]) -> bool:
    return any(
        each.get("custom_id") == _HOME or _is_panel(each.get("components", ()))
        for each in components
    )
