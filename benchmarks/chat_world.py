"""What the worlds around a desk at a chat share: people report in a room, and answers are taken."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import count, cycle
from random import Random
from typing import Any, Generic, TypeVar

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

Person = TypeVar("Person")


class Answers:
    """When each report was put in, and in how many seconds its first answer was taken."""

    def __init__(self) -> None:
        self._asked: dict[str, float] = {}
        self._answered: dict[str, asyncio.Future[float]] = {}

    def asked(self, report: str) -> None:
        """A report is put in, before anybody hears of it."""
        self._asked[report] = time.perf_counter()
        self._answered[report] = asyncio.get_running_loop().create_future()

    def answered(self, report: str) -> None:
        """Something is taken that answers it; only the first counts."""
        if not self._answered[report].done():
            self._answered[report].set_result(time.perf_counter() - self._asked[report])

    def __contains__(self, report: str) -> bool:
        return report in self._asked

    async def taken(self, report: str) -> float:
        """Wait for the answer: seconds from the report to it."""
        return await self._answered[report]


class ChatWorld(ABC, Generic[Person]):
    """A support room in which people report in turn."""

    def __init__(self) -> None:
        self.answers = Answers()
        self._people: list[Person] = []
        self._numbers = count(1)
        self._chance = Random(1)  # noqa: S311 - the same reports at each run

    @abstractmethod
    async def says(self, person: Person, words: str) -> str:
        """Let somebody report in the room; which report it is in `answers`."""

    @abstractmethod
    def comes(self, number: int) -> Person:
        """Let somebody new come into the room."""

    async def people(self, *, number: int) -> dict[str, Any]:
        """Let others come into the room: from now on only they report."""
        self._people = [self.comes(each) for each in range(number)]
        return {}

    async def first(self) -> dict[str, Any]:
        """One report, also while nobody listens; when its answer was taken, by the system."""
        await self._report(self._people[0])
        return {"at": time.monotonic()}

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
            return await self.answers.taken(await self.says(person, words))

    def _reporters(self, number: int) -> Iterator[Person]:
        return iter([person for person, _ in zip(cycle(self._people), range(number), strict=False)])
