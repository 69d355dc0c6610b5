"""The Discord around the desk, in a process of its own: people report, messages are taken."""

import asyncio
import gc
import time
from typing import Any

from benchmarks.aside import obey
from benchmarks.chat_world import PATIENCE, ChatWorld
from sandbox.discord import DiscordServer, Message, Person
from sandbox.discord.message import Sort

_LOCALES = ("en-GB", "es-ES")


class World(ChatWorld[Person]):
    """One server with a support room and a room of the agents."""

    def __init__(self, server: DiscordServer) -> None:
        super().__init__()
        self._server = server
        self._guild = server.guild("Example")
        self.room = self._guild.text("help")
        self.agents = self._guild.text("desk", private=True, members=[server.bot])
        server.posting.watch = self._watch

    async def connected(self) -> dict[str, Any]:
        """Wait until the program is connected; when it was, by the system's clock."""
        await self._server.connected(within=PATIENCE)
        return {"at": time.monotonic()}

    async def says(self, person: Person, words: str) -> str:
        """Let somebody report in the room."""
        return str((await person.says(words, channel=self.room)).id)

    def comes(self, number: int) -> Person:
        """Let somebody new come onto the server."""
        name = f"Person {chr(97 + number % 26)}{number}"
        locale = _LOCALES[number % len(_LOCALES)]
        return self._server.person(name, locale=locale, guilds=[self._guild])

    def _watch(self, message: Message) -> None:
        """An answer stands in the thread of its report, or names it as what it replies to."""
        if message.author is not self._server.bot:
            self.answers.asked(str(message.id))
        elif message.draft.sort in (Sort.DEFAULT, Sort.REPLY):
            reference = message.draft.reference
            report = str(reference.message_id if reference else message.channel_id)
            if report in self.answers:
                self.answers.answered(report)


async def main() -> None:
    """Serve until standard input ends."""
    async with await DiscordServer.start() as server:
        world = World(server)
        ready = {
            "token": server.token,
            "api_url": server.api_url,
            "gateway_url": server.gateway_url,
            "room": str(world.room.id),
            "agents": str(world.agents.id),
        }
        await obey(world, ready)


if __name__ == "__main__":
    gc.disable()  # a pause of the measuring side would be read as one of the desk's
    asyncio.run(main())
