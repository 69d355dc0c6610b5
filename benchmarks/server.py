"""The world around the desk, in a process of its own: a mailbox, and a sink that takes letters.

It is told what to do in lines of JSON on its standard input, and answers each with one.
"""

import asyncio
import gc
import time
from typing import Any

from benchmarks.aside import obey
from benchmarks.mails import DESK, mails, sender
from sandbox.mail import MailServer
from sandbox.mail_letter import Letter

PASSWORD = "benchmark"  # noqa: S105 - of a server that only exists while it runs
PATIENCE = 120.0  # seconds in which a program must have answered everything
_REST = 0.02  # seconds between two mails that come one at a time


class World(MailServer):
    """The sandbox's mail server; notes when a letter's DATA is accepted, and to whom it goes."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._accepted: dict[str, float] = {}
        self._letters = 0
        self._news = asyncio.Event()

    async def post(self, letter: Letter) -> None:
        """Take a letter; the mailbox is filled by `burst` and `singly`, never by SMTP."""
        self._letters += 1
        self._accepted[letter.recipient] = time.monotonic()
        self._news.set()

    async def burst(self, *, count: int, seed: int, letters: int) -> dict[str, Any]:
        """Put mails into the mailbox all at once and wait for that many letters; in seconds."""
        waiting = list(mails(count, seed=seed))
        self._letters = 0
        for raw in waiting:
            await self.deliver(raw, DESK)
        began = time.monotonic()  # no letter has come so far: filling leaves nobody else a turn
        async with asyncio.timeout(PATIENCE):
            while self._letters < letters:
                self._news.clear()
                await self._news.wait()
        answered = sum(sender(raw) in self._accepted for raw in waiting)
        return {"seconds": time.monotonic() - began, "answered": answered}

    async def singly(self, *, count: int, seed: int) -> dict[str, Any]:
        """One mail at a time: seconds from EXISTS to the letter for its writer, each.

        Where nobody idled when the mail came, they are counted from its arrival.
        """
        taken = []
        for raw in mails(count, seed=seed):
            writer, began = sender(raw), time.monotonic()
            self._imap.announcements.clear()
            await self.deliver(raw, DESK)
            async with asyncio.timeout(PATIENCE):
                while writer not in self._accepted:
                    self._news.clear()
                    await self._news.wait()
            told = next(iter(self._imap.announcements), began)
            taken.append(self._accepted[writer] - told)
            await asyncio.sleep(_REST)
        return {"seconds": taken}

    async def put(self, *, count: int, seed: int) -> dict[str, Any]:
        """Put mails into the mailbox and wait for nothing."""
        for raw in mails(count, seed=seed):
            await self.deliver(raw, DESK)
        self._letters = 0
        return {}

    async def first(self) -> dict[str, Any]:
        """Wait for the first letter since `put`: the moment it came, on the system's clock."""
        async with asyncio.timeout(PATIENCE):
            while not self._letters:
                self._news.clear()
                await self._news.wait()
        return {"at": max(self._accepted.values())}

    async def spent(self) -> dict[str, Any]:
        """Seconds of processor time of this process so far."""
        return {"seconds": time.process_time()}


async def main() -> None:
    """Serve until standard input ends."""
    async with await World.start({DESK: PASSWORD}) as world:
        await obey(world, {"imap": world.imap_port, "smtp": world.smtp_port})


if __name__ == "__main__":
    gc.disable()  # a pause of the measuring side would be read as one of the desk's
    asyncio.run(main())
