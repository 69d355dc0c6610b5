"""A book whose every function runs at once, in the event loop: nobody waits for a thread."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar, cast

from bot.store import TakesLetters, Work
from storage.database import open_engine
from storage.errand import Errand, HandBack, Line
from storage.sqlite import Reader, Writer

T = TypeVar("T")


class AtOnce:
    """`bot.store.Store` on SQLite, by the same rooms as a desk's own book, but no threads.

    A year has some millions of transactions, and handing each to a thread and back costs more
    than most of them. The disk isn't waited for either.
    """

    def __init__(self, path: Path) -> None:
        self._back = HandBack(asyncio.get_running_loop())
        self._engine = open_engine(f"sqlite:///{path}")
        self._line: Line = SimpleQueue()
        self._writer = Writer(self._engine, self._line, self._back)
        self._reader = Reader(self._engine, self._line, self._back)

    async def write(self, fn: Callable[[Work], T], *, durable: bool = True) -> T:  # noqa: ARG002 - the disk isn't waited for
        """Run `fn` in a transaction of its own."""
        errand = self._errand(fn, durable=False)
        letters = self._writer.keep([errand])
        self._back.hand([errand], letters)
        return cast(T, await errand.future)

    async def read(self, fn: Callable[[Work], T]) -> T:
        """Run `fn` on a snapshot."""
        errand = self._errand(fn, reads=True)
        self._reader.look(errand)
        self._back.hand([errand])
        return cast(T, await errand.future)

    def on_letters(self, taker: TakesLetters) -> None:
        """Tell this one of each commit that queued letters."""
        self._back.takers.append(taker)

    async def close(self) -> None:
        """Let go of the file."""
        for each in (self._writer, self._reader):
            self._line.put(None)  # that nobody comes any more, as a desk's own book is told
            each.run()
        self._engine.dispose()

    def _errand(self, fn: Callable[[Work], T], **how: bool) -> Errand:
        return Errand(fn, self._back.loop.create_future(), **how)
