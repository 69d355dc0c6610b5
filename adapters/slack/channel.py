"""The Slack door: what is said in a workspace comes in, what the desk says goes there."""

import asyncio
import contextlib
import logging
from collections.abc import Collection, Sequence
from typing import NoReturn

from adapters.chat.together import together
from adapters.slack import decode
from adapters.slack.bookmarks import Bookmarks
from adapters.slack.catch_up import CatchUp
from adapters.slack.check import look_over
from adapters.slack.check_agents import find_agents
from adapters.slack.events import Events
from adapters.slack.front import front
from adapters.slack.http import serve
from adapters.slack.insist import insist
from adapters.slack.interactions import Interactions
from adapters.slack.reception import Reception
from adapters.slack.send import Sending
from adapters.slack.settings import SlackSettings
from adapters.slack.showing import Showing
from adapters.slack.socket import Sockets, new_address
from adapters.slack.taking import Taking
from adapters.slack.tools import Tools
from adapters.slack.web_api import SlackSaysNo, SlackUnreached
from adapters.slack.workspace import Workspace
from bot.channel import Counter, Cursor, Door, Receive, Sought, WrongSettings
from bot.model.message import ExternalId, Inbound, Outbound
from bot.model.stamp import Stamps

log = logging.getLogger(__name__)

_WATCH = 60.0  # seconds between two questions whether Slack still takes the token
_SAVE = 2.0  # seconds between two savings of how far each room was read


class SlackChannel:
    """A workspace's app, as a `bot.channel.Channel` at which people also press and fill in.

    `name` is the channel's in addresses and keys, `cursor` keeps how far each room was read.
    """

    def __init__(self, settings: SlackSettings, *, name: str, cursor: Cursor) -> None:
        self._settings = settings
        self._workspace = Workspace(settings, name)
        self._sending = Sending(self._workspace)
        self._bookmarks = Bookmarks(cursor, name)
        self._counter: Counter | None = None

    def work_in(self, rooms: Collection[str]) -> None:
        """What agents say in these rooms stays among them."""
        self._workspace.agents_rooms = frozenset(rooms)

    def use(self, counter: Counter) -> None:
        """Take forms and choices from this counter."""
        self._counter = counter

    async def listen(self, receive: Receive) -> None:
        """Hand over what is said until cancelled; acknowledged when it was received.

        Raises WrongSettings when Slack refuses a token, at the start or later. While Slack can't
        be reached it is waited for, and broken connections are made anew.
        """
        assert self._counter is not None, "whoever opens an interactive channel calls `use` first"
        await insist(self._be_known)
        taking = Taking()
        showing = Showing(self._workspace)
        tools = Tools(self._workspace, self._counter, receive, taking, showing)
        events = Events(
            tools,
            self._bookmarks,
            lambda: catch_up.want(),  # noqa: PLW0108 - it isn't there yet
        )
        catch_up = CatchUp(self._workspace, self._counter, events, self._bookmarks)
        interactions = Interactions(tools, events)
        reception = Reception(events, interactions)
        await self._open(reception, catch_up, taking)

    async def send(self, message: Outbound) -> ExternalId:
        """Post a message, draw a card or a page anew; the id that Slack gave it."""
        return await self._sending.send(message)

    def read(self, raw: bytes, room: str) -> Inbound | None:  # noqa: ARG002 - the bytes say where
        """Decode what came from Slack again, with its people as they were known then."""
        return decode.read(raw, self._workspace.bare_scene())

    async def check(self) -> list[str | WrongSettings]:
        """Try the tokens, what the app may do, a connection, and its rooms; a line for each."""
        return await look_over(self._workspace, sorted(self._workspace.agents_rooms))

    async def find_agents(self, agents: Sequence[Sought]) -> list[str | WrongSettings]:
        """Whether they are people of this workspace, and in their rooms; asked after `check`."""
        return await find_agents(self._workspace, agents)

    async def close(self) -> None:
        """Let go of every connection."""
        await self._workspace.close()

    async def _be_known(self) -> None:
        """See that Slack takes the tokens; WrongSettings when it doesn't."""
        await self._workspace.me.ask()
        if self._settings.mode == "socket":
            await new_address(self._settings, self._workspace.api)

    async def _open(self, reception: Reception, catch_up: CatchUp, taking: Taking) -> None:
        """Let everything in that this door needs to stay open; the first that fails ends all."""
        secret = "" if self._settings.mode == "socket" else await self._settings.signing.read()
        token = await self._workspace.api.bot_token()
        app = front(reception.take, token=token, signing_secret=secret)
        if self._settings.mode == "socket":
            door = Sockets(self._workspace, app, catch_up.want).hold()
        else:
            catch_up.want()
            door = serve(self._settings, app)
        try:
            await together((door, catch_up.keep(), self._watch(), self._keep_bookmarks()))
        finally:
            await taking.close()
            await self._save_bookmarks()

    async def _watch(self) -> NoReturn:
        """See that Slack still takes the token; WrongSettings once it doesn't."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_WATCH):
                    await self._workspace.doubt.wait()
            self._workspace.doubt.clear()
            # What can't be reached for a while is no reason to close: the connections tell.
            with contextlib.suppress(SlackSaysNo, SlackUnreached):
                await self._workspace.me.ask()

    async def _keep_bookmarks(self) -> NoReturn:
        while True:
            await asyncio.sleep(_SAVE)
            await self._save_bookmarks()

    async def _save_bookmarks(self) -> None:
        try:
            await self._bookmarks.save()
        except Exception as error:  # noqa: BLE001 - an older one costs a few look-ups, no message
            log.warning("slack: how far it was read isn't kept yet: %s", error)


def open_slack(settings: SlackSettings, name: str, _secret: bytes, cursor: Cursor) -> SlackChannel:
    """The channel that these settings describe."""
    return SlackChannel(settings, name=name, cursor=cursor)


DOOR = Door(
    SlackSettings,
    open_slack,
    alone=False,
    slash=lambda settings: settings.command,
    stamps=Stamps.SHARED,
)
