"""The bell door: who rings at the counter is heard, and a display there shows what the desk says.

The bell takes one connection and speaks in lines: "ring 7 ada My screen is black" is answered with
"taken 7" once it is on disk, and "show 12 Hi Ada" by the bell with "shown 12".
"""

import asyncio
from dataclasses import dataclass

from bot.channel import Cursor, DeliveryFailed, Door, Receive, WrongSettings
from bot.model.message import Address, ExternalId, Inbound, Outbound, Speaker

COUNTER = "counter"  # the one room there is
_PATIENCE = 10.0  # seconds until the display must have shown something


@dataclass(frozen=True, slots=True, kw_only=True)
class BellSettings:
    """What the operator says of the bell, in the config's table [bell]."""

    #: Where it is in the network.
    host: str
    #: At which port it takes the desk's connection.
    port: int = 7325


class Bell:
    """The counter, as a `bot.channel.Channel`; `name` is the channel's in addresses."""

    def __init__(self, settings: BellSettings, name: str) -> None:
        self._settings = settings
        self._name = name
        self._writer: asyncio.StreamWriter | None = None
        self._awaited: dict[int, asyncio.Future[None]] = {}

    async def listen(self, receive: Receive) -> None:
        """Hand over each ring; one that isn't acknowledged the bell brings again."""
        reader, self._writer = await asyncio.open_connection(
            self._settings.host, self._settings.port
        )
        try:
            async for line in reader:
                await self._heard(line, receive)
        finally:
            writer, self._writer = self._writer, None
            writer.close()
            for shown in self._awaited.values():
                shown.cancel()
        raise ConnectionError("the bell has hung up")

    async def send(self, message: Outbound) -> ExternalId:
        """Show it; the same number shown twice is one line of the display."""
        shown = asyncio.get_running_loop().create_future()
        self._awaited[message.row] = shown
        try:
            await self._say(f"show {message.row} {_line(message)}")
            await asyncio.wait((shown,), timeout=_PATIENCE)
        except OSError as error:
            raise DeliveryFailed(f"the bell can't be reached ({error})") from error
        finally:
            del self._awaited[message.row]
        if not shown.done() or shown.cancelled():
            raise DeliveryFailed("the bell doesn't say that it is shown", ambiguous=True)
        return ExternalId(f"shown-{message.row}")

    def read(self, raw: bytes, room: str) -> Inbound | None:
        """The ring that these bytes are; None for what is none."""
        match raw.decode("utf-8", "replace").split(maxsplit=3):
            case ["ring", number, badge, words]:
                return Inbound(
                    ExternalId(f"ring-{number}"),
                    Address(self._name, room),
                    Speaker(badge, verified=True),  # the bell reads the badge by itself
                    words.strip(),
                    raw=raw,
                )
        return None

    async def check(self) -> list[str | WrongSettings]:
        """Whether there is a bell that takes a connection."""
        where = f"{self._settings.host}:{self._settings.port}"
        try:
            _, writer = await asyncio.open_connection(self._settings.host, self._settings.port)
        except OSError as error:
            mend = "see that the bell is on, or correct host and port"
            return [WrongSettings(f"no bell at {where} ({error.strerror})", mend)]
        writer.close()
        return [f"a bell at {where}"]

    async def close(self) -> None:
        """Let go of the connection, if one is there."""
        if self._writer is not None:
            self._writer.close()

    async def _heard(self, line: bytes, receive: Receive) -> None:
        """Take in what the bell says: a ring, or that something is shown."""
        word, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
        awaited = self._awaited.get(int(rest)) if word == "shown" and rest.isdecimal() else None
        if awaited is not None and not awaited.done():
            awaited.set_result(None)
        inbound = self.read(line, COUNTER)
        if inbound is not None:
            await receive(inbound)  # raises if it isn't on disk: then it isn't acknowledged
            await self._say(f"taken {inbound.external_id.removeprefix('ring-')}")

    async def _say(self, line: str) -> None:
        if self._writer is None:
            raise ConnectionError("no connection")
        self._writer.write(f"{line}\n".encode())
        await self._writer.drain()


def _line(message: Outbound) -> str:
    """All that its reader must see, in one line; a button is the sentence that says the same."""
    whom = f"{message.recipient}: " if message.recipient else ""
    ways = (each.instead for each in message.buttons)
    parts = (message.greeting, message.text, *ways, message.reference)
    return whom + " ".join(" ".join(parts).split())


def open_bell(settings: BellSettings, name: str, _secret: bytes, _cursor: Cursor) -> Bell:
    """The channel that these settings describe."""
    return Bell(settings, name)


DOOR = Door(BellSettings, open_bell)
