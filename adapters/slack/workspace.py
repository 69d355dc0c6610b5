"""The workspace as the door sees it: who the desk is there, its rooms, and the people."""

import asyncio
from collections.abc import Mapping
from typing import Any

from adapters.slack.decode import Scene, people_in
from adapters.slack.downloads import Downloads
from adapters.slack.identity import Identity, Ourselves
from adapters.slack.profiles import Profiles
from adapters.slack.settings import SlackSettings
from adapters.slack.talks import Talks
from adapters.slack.web_api import SlackSaysNo, WebApi
from bot.model.message import Speaker

Event = Mapping[str, Any]

_UNKNOWN = Identity("", "", "", "", "", "", frozenset())


class Workspace:
    """One workspace, with all that is looked up there and kept."""

    def __init__(self, settings: SlackSettings, name: str) -> None:
        self.settings = settings
        self.name = name
        self.api = WebApi(settings)
        self.me = Ourselves(self.api)
        self.profiles = Profiles(self.api)
        self.talks = Talks(self.api)
        self.downloads = Downloads(self.api)
        self.agents_rooms: frozenset[str] = frozenset()
        self.doubt = asyncio.Event()  # set when Slack may have let go of the app
        self._rooms = {room.channel: room for room in settings.rooms}

    @property
    def support_rooms(self) -> tuple[str, ...]:
        """The rooms in which every message is a request."""
        return tuple(self._rooms)

    async def scene(self, *spoken: Event) -> Scene:
        """What must be known to read these payloads; the people they name are looked up."""
        people: set[str] = set()
        for each in spoken:
            people |= people_in(each)
        me = await self.me.identity()
        await self.profiles.load(people, me.team_id)
        return self._scene(me)

    def knows(self, spoken: Event) -> bool:
        """Whether nobody must be looked up to read this."""
        return self.profiles.knows(people_in(spoken))

    def bare_scene(self) -> Scene:
        """The same without asking anybody: with what is known already."""
        return self._scene(self.me.known or _UNKNOWN)

    async def speakers(self, people: list[str]) -> list[Speaker]:
        """These people, looked up; programs are left out."""
        me = await self.me.identity()
        await self.profiles.load(people, me.team_id)
        return [self.profiles.speaker(each) for each in people if not self.profiles.is_bot(each)]

    async def message(self, room: str, ts: str) -> Event | None:
        """One message, by itself or in a thread; None where Slack doesn't show it.

        Raises SlackUnreached when Slack is silent.
        """
        try:
            # Of a thread's first message and of its answers alike this gives the one it names;
            # a room's history leaves answers out.
            said = await self.api.look(
                "conversations.replies",
                channel=room,
                ts=ts,
                oldest=ts,
                latest=ts,
                inclusive=True,
                limit=1,
            )
        except SlackSaysNo:
            return None
        found = (each for each in said.get("messages") or () if isinstance(each, dict))
        return next((each for each in found if each.get("ts") == ts), None)

    async def close(self) -> None:
        """Let go of every connection."""
        await self.profiles.close()
        await self.api.close()

    def _scene(self, me: Identity) -> Scene:
        return Scene(
            channel=self.name,
            team_id=me.team_id,
            bot_user=me.bot_user,
            bot_id=me.bot_id,
            app_id=me.app_id,
            rooms=self._rooms,
            agents_rooms=self.agents_rooms,
            speaker=self.profiles.speaker,
        )
