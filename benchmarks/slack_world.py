"""The workspace around the desk, in a process of its own: people report, posts are taken."""

import asyncio
import gc
from dataclasses import fields
from typing import Any

from adapters.slack.manifest import WORDS, manifest
from adapters.slack.settings import SlackSettings
from benchmarks.aside import obey
from benchmarks.chat_world import PATIENCE, Answers, ChatWorld
from sandbox.slack import Channel, Person, Post, SlackServer
from sandbox.slack.app import APP_TOKEN, BOT_TOKEN

_PLACES = (("en-GB", "Europe/London"), ("es-ES", "Europe/Madrid"))


class Room(Channel):
    """A support room that notes when a report is put in, and when its first answer is taken."""

    def __init__(self, channel: Channel, answers: Answers) -> None:
        super().__init__(**{each.name: getattr(channel, each.name) for each in fields(Channel)})
        self._answers = answers

    def keep(self, post: Post) -> None:
        """Take a post in, as the server does before anybody hears of it."""
        super().keep(post)
        if not post.is_reply:
            self._answers.asked(post.ts)
        elif post.thread_ts:
            self._answers.answered(post.thread_ts)


class World(ChatWorld[Person]):
    """One workspace with a support room and a room of the agents."""

    def __init__(self, server: SlackServer) -> None:
        super().__init__()
        self._server = server
        bot = server.bot
        self.agents = server.channel("desk", members=[bot], private=True)
        self.room = Room(server.channel("help", members=[bot]), self.answers)
        server.workspace.channels[self.room.id] = self.room

    async def connected(self, *, sockets: int) -> dict[str, Any]:
        """Wait until the program has opened so many sockets."""
        await self._server.connected(sockets, within=PATIENCE)
        return {}

    async def says(self, person: Person, words: str) -> str:
        """Let somebody report in the room."""
        return (await person.says(words, channel=self.room)).ts

    def comes(self, number: int) -> Person:
        """Let somebody new come into the room."""
        locale, zone = _PLACES[number % len(_PLACES)]
        name = f"Person {chr(97 + number % 26)}{number}"
        mark = f"{len(self._server.workspace.users)}"
        person = self._server.person(name, f"p{mark}@customer.example", locale=locale, tz=zone)
        self.room.members[person.id] = None
        return person


async def main() -> None:
    """Serve until standard input ends."""
    words = dict.fromkeys(WORDS, "Desk")
    declared = manifest(SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN), words)
    async with await SlackServer.start(declared) as server:
        world = World(server)
        ready = {
            "bot_token": server.bot_token,
            "app_token": server.app_token,
            "api_url": server.api_url,
            "room": world.room.id,
            "agents": world.agents.id,
        }
        await obey(world, ready)


if __name__ == "__main__":
    gc.disable()  # a pause of the measuring side would be read as one of the desk's
    asyncio.run(main())
