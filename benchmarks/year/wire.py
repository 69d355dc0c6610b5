"""The networks of the year, which count what they are handed, and the clock that all go by."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.year.world import BEGIN, MAIL
from bot.channel import DeliveryFailed, Receive, WrongSettings
from bot.model.message import ExternalId, Inbound, Outbound

# A network takes nothing: after so many days, which, for so many hours.
REFUSED = ((8, "slack", 3), (60, "slack", 6), (180, MAIL, 30), (300, "discord", 3))


@dataclass
class Clock:
    """The desk's clock."""

    now: datetime = BEGIN

    def __call__(self) -> datetime:
        """This moment."""
        return self.now


@dataclass
class Wire:
    """A network: it counts what it is handed, and refuses while it is in trouble."""

    name: str
    clock: Clock
    handed: Counter[int] = field(default_factory=Counter)
    refused: int = 0

    async def listen(self, receive: Receive) -> None:  # noqa: ARG002 - people speak directly
        """Nobody speaks but through the play."""
        await asyncio.Event().wait()

    async def send(self, message: Outbound) -> ExternalId:
        """Take a message, or refuse it for now."""
        for day, name, hours in REFUSED:
            begin = BEGIN + timedelta(days=day)
            if name == self.name and begin <= self.clock.now < begin + timedelta(hours=hours):
                self.refused += 1
                raise DeliveryFailed("busy")
        self.handed[message.row] += 1
        return message.replaces or ExternalId(f"{message.to.room}:out{message.row}")

    def read(self, raw: bytes, room: str) -> Inbound | None:  # noqa: ARG002 - nothing is read anew
        """Nothing is in quarantine."""
        return None

    async def check(self) -> list[str | WrongSettings]:
        """Nothing is wrong."""
        return []

    async def close(self) -> None:
        """There is nothing to close."""
