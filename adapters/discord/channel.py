"""The Discord door: what is said on servers and directly comes in, what the desk says goes out."""

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NoReturn

import discord

from adapters.chat.taking import Taking
from adapters.chat.together import together
from adapters.discord import decode, seen
from adapters.discord.bookmarks import Bookmarks
from adapters.discord.catch_up import CatchUp
from adapters.discord.check import commands_line, look_over
from adapters.discord.check_agents import find_agents
from adapters.discord.client import Client, Hear
from adapters.discord.declaration import commands, differ
from adapters.discord.decode import Scene
from adapters.discord.downloads import Downloads
from adapters.discord.events import Events
from adapters.discord.interactions import Interactions
from adapters.discord.known_tags import KnownTags
from adapters.discord.known_talks import KnownTalks
from adapters.discord.panels import Panels
from adapters.discord.retagging import Retagging
from adapters.discord.room import Room
from adapters.discord.send import Sending
from adapters.discord.settings import DiscordSettings
from adapters.discord.showing import Showing
from adapters.discord.tools import Tools
from adapters.discord.trouble import is_ours, told
from adapters.discord.web_api import WebApi
from bot.channel import Counter, Cursor, Door, Listing, Receive, Sought, WrongSettings
from bot.model.message import ExternalId, Inbound, Outbound
from bot.model.stamp import Stamps

log = logging.getLogger(__name__)

_COMMANDS = "/applications/{application_id}/commands"
_SAVE = 2.0  # seconds between two savings of how far each room was read


class DiscordChannel:
    """A bot's account, as a `bot.channel.Channel` at which people also press and fill in.

    `name` is the channel's in addresses and keys, `cursor` keeps how far each room was read.
    """

    def __init__(self, settings: DiscordSettings, *, name: str, cursor: Cursor) -> None:
        self._settings = settings
        self._name = name
        self._api = WebApi(settings)
        private = {each.channel for each in settings.rooms if each.threads == "private"}
        self._tags = KnownTags(cursor, name)
        self._sending = Sending(self._api, self._tags, private)
        self._bookmarks = Bookmarks(cursor, name)
        self._known = KnownTalks(cursor, name)
        self._panels = Panels(self._api, cursor, name, settings.rooms)
        self._agents_rooms: frozenset[str] = frozenset()
        self._rooms: Mapping[str, Room] = {each.channel: each for each in settings.rooms}
        self._counter: Counter | None = None
        self._listing: Listing | None = None

    def work_in(self, rooms: Collection[str]) -> None:
        """What agents say in these rooms stays among them."""
        self._agents_rooms = frozenset(rooms)

    def use(self, counter: Counter) -> None:
        """Take forms and choices from this counter."""
        self._counter = counter

    def list_by(self, listing: Listing) -> None:
        """Tell Discord of the commands that this offers."""
        self._listing = listing

    async def listen(self, receive: Receive) -> None:
        """Hand over what is said until cancelled; what isn't taken in is read again later.

        Raises WrongSettings when Discord refuses the token, at the start or later. While Discord
        can't be reached it is waited for, and a broken connection is made anew.
        """
        taking, downloads, hears = Taking(_undone), Downloads(), dict[str, Hear]()
        client = Client(self._settings, hears)
        tools = Tools(
            client,
            lambda: self._scene(client),
            self._at_counter,
            receive,
            taking,
            downloads,
            Showing(self._api, self._sending),
            self._listed_by,
        )
        events = Events(tools, self._bookmarks, self._known, self._panels)
        retagging = Retagging(tools, self._tags)
        rooms = {*self._rooms, *self._agents_rooms}
        catch_up = CatchUp(
            client,
            self._at_counter,
            events.message,
            self._bookmarks,
            self._known,
            look=retagging.look,
            rooms=rooms,
        )

        own = catch_up.hears()

        async def connect() -> None:
            await own["connect"]()
            taking.aside(self._declare())
            taking.aside(self._panels.keep(self._listed_by))

        lasting = {"message": events.message, **retagging.hears()}
        hears.update({**events.hears(), **catch_up.heeding(lasting)})
        hears.update({**own, "interaction": Interactions(tools, events).take, "connect": connect})
        try:
            await together((client.hold(), catch_up.keep(), self._keep_bookmarks()))
        finally:
            await taking.close()
            await downloads.close()
            await self._save_bookmarks()

    async def send(self, message: Outbound) -> ExternalId:
        """Post a message, draw a card or a page anew; the id that Discord gave it."""
        return await self._sending.send(message)

    def read(self, raw: bytes, room: str) -> Inbound | None:  # noqa: ARG002 - the bytes say where
        """Decode what came from Discord again, with its people as they were known then."""
        nobody = Scene(self._name, "", frozenset(), self._rooms, self._agents_rooms)
        return decode.read(raw, nobody)

    async def check(self) -> list[str | WrongSettings]:
        """Try the token, the intents, the bot's rights in its channels, and its commands."""
        found = await look_over(self._settings, self._api, sorted(self._agents_rooms))
        if isinstance(found[0], str):  # the token is good
            found.append(commands_line(self._declared(), await self._known_commands()))
        return found

    async def find_agents(self, agents: Sequence[Sought]) -> list[str | WrongSettings]:
        """Whether they are on Discord, and see their rooms; asked after `check`."""
        return await find_agents(self._api, self._name, agents)

    async def close(self) -> None:
        """Let go of every connection."""
        await self._api.close()

    @property
    def _at_counter(self) -> Counter:
        assert self._counter is not None, "whoever opens an interactive channel calls `use` first"
        return self._counter

    @property
    def _listed_by(self) -> Listing:
        assert self._listing is not None, "whoever opens a listed channel calls `list_by` first"
        return self._listing

    def _declared(self) -> list[dict[str, Any]]:
        return commands(self._settings.slashes, self._listed_by)

    async def _declare(self) -> None:
        """Tell Discord of the desk's commands, if it knows other ones."""
        declared = self._declared()
        if differ(declared, await self._known_commands()):
            own = await self._api.me()
            await self._api.call("PUT", _COMMANDS, declared, application_id=own)

    async def _known_commands(self) -> list[dict[str, Any]]:
        query, own = {"with_localizations": "true"}, await self._api.me()
        known: list[dict[str, Any]] = await self._api.call(
            "GET", _COMMANDS, query=query, application_id=own
        )
        return known

    def _scene(self, client: discord.Client) -> Scene:
        return seen.scene(client, self._name, self._rooms, self._agents_rooms)

    async def _keep_bookmarks(self) -> NoReturn:
        while True:
            await asyncio.sleep(_SAVE)
            await self._save_bookmarks()

    async def _save_bookmarks(self) -> None:
        try:
            await self._bookmarks.save()
        except Exception as error:  # noqa: BLE001 - an older one costs a few look-ups, no message
            log.warning("discord: how far it was read isn't kept yet: %s", error)


def open_discord(
    settings: DiscordSettings, name: str, _secret: bytes, cursor: Cursor
) -> DiscordChannel:
    """The channel that these settings describe."""
    return DiscordChannel(settings, name=name, cursor=cursor)


def _undone(error: Exception) -> None:
    log.warning("discord: left undone: %s", told(error), exc_info=is_ours(error))


DOOR = Door(
    DiscordSettings,
    open_discord,
    slash=lambda settings: f"/{settings.command}",
    stamps=Stamps.EVERYWHERE,
)
"""The Discord door: the gateway in, the REST interface out."""
