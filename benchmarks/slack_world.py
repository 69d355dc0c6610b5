"""The workspace around the desk, in a process of its own: people report, posts are taken."""

import asyncio
import gc
import time
from collections.abc import Iterator
from dataclasses import fields
from itertools import count, cycle
from random import Random
from typing import Any

from adapters.slack.manifest import WORDS, manifest
from adapters.slack.settings import SlackSettings
from benchmarks.aside import obey
from sandbox.slack import Channel, Person, Post, SlackServer
from sandbox.slack.app import APP_TOKEN, BOT_TOKEN

PATIENCE = 60.0  # seconds in which a program must have answered
_REST = 0.005  # seconds between two reports that come one at a time
_TROUBLES = (
    "Since this morning the VPN drops every few minutes.",
    "The printer on floor {} jams on each double-sided page.",
    "The payroll portal says my account is locked, and it is the {}th today.",
    "Outlook asks for my password again and again.",
    "I need a licence for the drawing program on PC-{}.",
    "Desde esta mañana la VPN se corta cada pocos minutos.",
    "La impresora de la planta {} no imprime y parpadea en rojo.",
    "Mi contraseña ha caducado y la página no me deja cambiarla.",
    "Me falta el permiso para la carpeta de nóminas del {}.",
)
_DETAILS = (
    "I have restarted twice and changed the cable, and it made no difference at all.",
    "Two people beside me see the same, the rest of the floor seems to be fine.",
    "Ayer por la tarde funcionaba, cuando cerré la tapa y me fui a casa como siempre.",
    "",
)
_PLACES = (("en-GB", "Europe/London"), ("es-ES", "Europe/Madrid"))


class Room(Channel):
    """A support room that notes when a report is put in, and when its first answer is taken."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(**{each.name: getattr(channel, each.name) for each in fields(Channel)})
        self.answered: dict[str, asyncio.Future[float]] = {}  # in how many seconds, by the ts
        self._asked: dict[str, float] = {}

    def keep(self, post: Post) -> None:
        """Take a post in, as the server does before anybody hears of it."""
        super().keep(post)
        now = time.perf_counter()
        if not post.is_reply:
            self._asked[post.ts] = now
            self.answered[post.ts] = asyncio.get_running_loop().create_future()
        elif (root := post.thread_ts) and not self.answered[root].done():
            self.answered[root].set_result(now - self._asked[root])


class World:
    """One workspace with a support room and a room of the agents."""

    def __init__(self, server: SlackServer) -> None:
        self._server = server
        self._people: list[Person] = []
        self._numbers = count(1)
        self._chance = Random(1)  # noqa: S311 - the same reports at each run
        bot = server.bot
        self.agents = server.channel("desk", members=[bot], private=True)
        self.room = Room(server.channel("help", members=[bot]))
        server.workspace.channels[self.room.id] = self.room

    async def people(self, *, number: int) -> dict[str, Any]:
        """Let others come into the room: from now on only they report."""
        self._people = [self._comes(each) for each in range(number)]
        return {}

    async def connected(self, *, sockets: int) -> dict[str, Any]:
        """Wait until the program has opened so many sockets."""
        await self._server.connected(sockets, within=PATIENCE)
        return {}

    async def flow(self, *, number: int, at_once: int) -> dict[str, Any]:
        """So many reports, each as soon as one of the `at_once` before it is answered."""
        reporters, taken = self._reporters(number), []

        async def report_on() -> None:
            for each in reporters:
                taken.append(await self._report(each))
                if at_once == 1:
                    await asyncio.sleep(_REST)

        began = time.perf_counter()
        await asyncio.gather(*(report_on() for _ in range(at_once)))
        return {"seconds": time.perf_counter() - began, "taken": taken}

    async def stream(self, *, number: int, rate: float) -> dict[str, Any]:
        """So many reports at a steady rate, whether answered or not."""
        loop, began, reports = asyncio.get_running_loop(), asyncio.get_running_loop().time(), []
        for place, each in enumerate(self._reporters(number)):
            await asyncio.sleep(max(0.0, began + place / rate - loop.time()))
            reports.append(asyncio.create_task(self._report(each)))
        return {"taken": await asyncio.gather(*reports)}

    async def _report(self, person: Person) -> float:
        number = next(self._numbers)
        trouble = self._chance.choice(_TROUBLES).format(number)
        words = f"{trouble} {self._chance.choice(_DETAILS)}".strip()
        async with asyncio.timeout(PATIENCE):
            post = await person.says(words, channel=self.room)
            return await self.room.answered[post.ts]

    def _reporters(self, number: int) -> Iterator[Person]:
        return iter([person for person, _ in zip(cycle(self._people), range(number), strict=False)])

    def _comes(self, number: int) -> Person:
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
